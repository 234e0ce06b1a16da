//! Married, parted, widowed or never: how people answer without the form's words, and a day whose year is told apart
//! from it: «З вісімдесят другого! Двадцять перше серпня.»

use jiff::civil::Date;
use tolkebot_protocol::Lang;
use tolkebot_values::{numbers, render};

use super::belief::{Act, Heard};
use super::memory::Memory;
use super::topic::Topic;
use super::utterance::Utterance;

const STATUS: &str = "arrival.marital_status";
const DAY: &str = "arrival.marital_status_date";

/// Reads the answer to a question about marriage.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || !asked(m) {
        return;
    }
    if !m.has(STATUS)
        && let Some(status) = status(m, &u.all_words())
    {
        m.hear(STATUS, Heard::new(status, u.evidence(0..0), 0.75));
    }
    day(m, u);
}

fn says(m: &Memory, list: &[&str]) -> bool {
    m.staff_words.iter().any(|w| list.contains(&w.as_str()))
}

fn asked(m: &Memory) -> bool {
    m.asked
        .asks_any(&[Topic::Married, Topic::MaritalDate, Topic::MaritalPlace])
        || says(
            m,
            &[
                "gift", "giftede", "viet", "viede", "skilt", "fraskilt", "enke", "enkemand",
                "enlig",
            ],
        )
}

/// The status that an answer tells.
fn status(m: &Memory, words: &[&str]) -> Option<&'static str> {
    let starts = |stems: &[&str]| words.iter().any(|w| stems.iter().any(|s| w.starts_with(s)));
    let of_other = words
        .iter()
        .any(|w| matches!(*w, "мама" | "тато" | "брат" | "сестра" | "батьки"));
    if of_other {
        return None;
    }
    let parted = starts(&["розлуч", "розвел", "розвед", "розійш", "розбіг"]);
    let dead = starts(&["помер", "загину", "вдов", "вдів", "удов", "удів", "поховал"]);
    let never = never(words) || says(m, &["gift"]) && was_never(words);
    if dead && !parted && !never {
        return Some("E");
    }
    if parted
        && !never
        && !words
            .windows(2)
            .any(|w| w[0] == "не" && w[1].starts_with("роз"))
    {
        return Some("F");
    }
    let dated = words.iter().any(|w| month(w).is_some());
    if dated && says(m, &["skilt", "fraskilt"]) && !says(m, &["gift", "viet"]) {
        return Some("F");
    }
    let denies = words
        .iter()
        .find(|w| !matches!(**w, "ой" | "та" | "а" | "ну"))
        .is_some_and(|w| matches!(*w, "ні" | "нє" | "нет" | "ніколи"))
        || words
            .windows(2)
            .any(|w| matches!(w, ["поки" | "ще", "ні"] | ["поки", "що"]))
            && words.contains(&"ні");
    let partner = starts(&["чоловік", "дружин", "колишн"]);
    let single = says(m, &["ugift"]) && !says(m, &["gift", "eller"]);
    // "Var du gift med hendes mor?" asks of another marriage.
    if says(m, &["var"]) && says(m, &["med"]) {
        return None;
    }
    if never
        || denies
            && !partner
            && !single
            && says(m, &["gift", "viet", "civilstand"])
            && !says(m, &["skilt", "enke"])
    {
        return Some("U");
    }
    None
}

/// «Ні разу», «в загсі ніколи не була», «жили без печатки», «не розписувались», «не поспішаю»
fn never(words: &[&str]) -> bool {
    let no = |stems: &[&str]| {
        words.windows(3).any(|w| {
            w[0] == "не"
                && (stems.iter().any(|s| w[1].starts_with(s))
                    || stems.iter().any(|s| w[2].starts_with(s)))
        }) || words
            .windows(2)
            .any(|w| w[0] == "не" && stems.iter().any(|s| w[1].starts_with(s)))
    };
    no(&[
        "розписувал",
        "розписал",
        "розписан",
        "одружув",
        "одружен",
        "женив",
        "женат",
        "заміж",
        "поспіша",
    ]) || words.windows(2).any(|w| {
        matches!(
            w,
            ["ні" | "жодного", "разу"] | ["без", "печатки" | "штампа" | "штампу" | "розпису"]
        )
    }) || words
        .iter()
        .any(|w| matches!(*w, "загсі" | "рацсі" | "драцсі" | "рагсі"))
        && words.iter().any(|w| matches!(*w, "ніколи" | "жодного"))
}

/// «Ні. І не була»
fn was_never(words: &[&str]) -> bool {
    words.first() == Some(&"ні")
        && words
            .windows(2)
            .take(5)
            .any(|w| matches!(w, ["не", "була" | "був" | "були"]))
}

/// A day and month in one place and the year in another.
fn day(m: &mut Memory, u: &Utterance<'_>) {
    let Some((day, month, at)) = day_and_month(u) else {
        return;
    };
    let Some(year) = year_apart(m.today, u, &at) else {
        return;
    };
    let Ok(date) = Date::new(year, month, day) else {
        return;
    };
    if date > m.today {
        return;
    }
    let heard = Heard::new(date.to_string(), u.evidence(0..0), 0.75);
    m.hear(DAY, heard.act(Act::Correct));
}

/// «Двадцять перше серпня», and the words where it stands; none that has its year behind it.
fn day_and_month(u: &Utterance<'_>) -> Option<(i8, i8, std::ops::Range<usize>)> {
    let count = u.word_tokens.len();
    (0..count).find_map(|at| {
        let read = numbers::read_at(&u.tokens, u.word_tokens[at], u.lang())?;
        let last = u.word_tokens.iter().position(|t| *t + 1 == read.end)?;
        let month = u.tokens.get(*u.word_tokens.get(last + 1)?)?;
        let month = self::month(&month.text)?;
        let day = i8::try_from(read.value)
            .ok()
            .filter(|d| (1..=31).contains(d))?;
        let own = u.word_tokens.get(last + 2).is_some_and(|&t| {
            numbers::read_at(&u.tokens, t, u.lang()).is_some_and(|n| n.is_ordinal() || n.written)
        });
        (read.is_ordinal() && !own).then_some((day, month, at..last + 2))
    })
}

fn month(word: &str) -> Option<i8> {
    (1..=12_u8)
        .find(|n| render::month_forms(*n, Lang::Uk).contains(&word))
        .and_then(|n| i8::try_from(n).ok())
}

/// «З двадцять першого», «у шістдесят дев'ятому», «торік»: the year that is told elsewhere in the turn.
fn year_apart(today: Date, u: &Utterance<'_>, day: &std::ops::Range<usize>) -> Option<i16> {
    let words = u.all_words();
    if words.contains(&"торік") || words.windows(2).any(|w| w == ["минулого", "року"])
    {
        return Some(today.year() - 1);
    }
    if words.contains(&"цьогоріч") || words.windows(2).any(|w| w == ["цього", "року"])
    {
        return Some(today.year());
    }
    (0..words.len())
        .filter(|at| !day.contains(at))
        .find_map(|at| {
            let before = at.checked_sub(1).map_or("", |b| words[b]);
            let led = matches!(before, "з" | "із" | "зі" | "у" | "в" | "від" | "ще")
                || month(before).is_some();
            let read = numbers::read_at(&u.tokens, u.word_tokens[at], u.lang())?;
            let end = u
                .word_tokens
                .iter()
                .position(|t| *t >= read.end)
                .unwrap_or(words.len());
            let named = words
                .get(end)
                .is_some_and(|w| w.starts_with("рок") || w.starts_with("році"));
            let ordinal = read.is_ordinal() || read.written;
            // «Тисяча дев'ятсот шістдесят дев'ятого, дев'ятого серпня»
            let whole = read.value >= 1940;
            (ordinal
                && (led || named || whole)
                && words.get(end).is_none_or(|w| month(w).is_none()))
            .then(|| full_year(today, read.value))?
        })
}

fn full_year(today: Date, value: u64) -> Option<i16> {
    let value = i16::try_from(value).ok()?;
    let year = match value {
        1940..=2100 => value,
        0..=99 if 2000 + value <= today.year() => 2000 + value,
        40..=99 => 1900 + value,
        _ => return None,
    };
    (year <= today.year()).then_some(year)
}
