//! Whether the other parent knew of the move six weeks before: since when they know, and what came in between.

use super::*;

const KEY: &str = "children[].six_weeks_notice";

/// Days that a month must be over for six weeks to have passed.
const SIX_WEEKS: i32 = 42;

/// "Vidste hun det seks uger før?" – «Від вересня», «ще взимку», «та які шість, я в неділю спакувалася»
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    let asked = m.asked.asks(Topic::SixWeeks);
    // «Більш як за шість тижнів», also where it is told with the consent.
    let more = words
        .windows(2)
        .any(|w| w[0].starts_with("більш") && matches!(w[1], "як" | "ніж" | "шести" | "шість"))
        && has(&words, &["шість", "шести"])
        && starts(&words, &["тижн"]);
    if !(asked || more) {
        return;
    }
    let value = if asked && too_late(&words) {
        false
    } else if more || asked && !has(&words, &["не"]) && long_known(m, &words) {
        true
    } else {
        return;
    };
    let now = m.heard_now.iter().any(|k| k == KEY);
    if m.has(KEY) && !now {
        return;
    }
    let act = if m.has(KEY) { Act::Correct } else { Act::Say };
    m.hear(KEY, Heard::new(value, u.evidence(0..0), 0.7).act(act));
}

/// «Які там шість», «не вийшло раніше», «яких шість тижнів»
fn too_late(words: &[&str]) -> bool {
    words.windows(2).any(|w| {
        matches!(
            w,
            ["які" | "яких" | "яке" | "там", "шість"]
                | [
                    "не",
                    "вийшло" | "вдалося" | "встигла" | "встиг" | "встигли" | "виходило"
                ]
        )
    })
}

/// «Ще взимку», «від вересня», «місяців зо три»
fn long_known(m: &Memory, words: &[&str]) -> bool {
    let months = words
        .windows(3)
        .any(|w| w[0].starts_with("місяц") && w[1..].iter().any(|w| is_some(w)))
        || words
            .windows(2)
            .any(|w| is_some(w[0]) && w[1].starts_with("місяц"));
    let season = season(words).is_some_and(|month| over(m, month));
    months
        || season
        || words
            .iter()
            .filter_map(|w| tolkebot_values::dates::month_named(w))
            .any(|month| over(m, month))
}

fn is_some(word: &str) -> bool {
    matches!(
        word,
        "два" | "дві" | "три" | "чотири" | "п'ять" | "пів" | "кілька"
    )
}

/// Whether the month that was last has been over for six weeks.
fn over(m: &Memory, month: i8) -> bool {
    let ago = (m.today.month() - month).rem_euclid(12);
    // Whole months between the end of that month and today, and the days of this one.
    (1..=9).contains(&ago) && i32::from(ago - 1) * 30 + i32::from(m.today.day()) >= SIX_WEEKS
}

/// The last month of a season that is spoken of.
fn season(words: &[&str]) -> Option<i8> {
    words.iter().find_map(|w| match *w {
        "взимку" | "зимою" | "зими" => Some(2),
        "навесні" | "весною" | "весни" => Some(5),
        "влітку" | "літом" | "літа" => Some(8),
        "восени" | "осені" | "осінню" => Some(11),
        _ => None,
    })
}
