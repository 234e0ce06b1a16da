//! The last day of a residence permit, told or read out from the card.

use super::*;
use crate::reader::asked_of_newcomers::speaks_of_stay;
use crate::reader::grounds;

/// Days from today on which a card that is read out may end: nobody shows one that ends next week.
const LASTS: i32 = 30;

/// "Den er gyldig til …", «дозвіл до …»: the day on which a permit ends.
pub(super) fn ends_a_permit(
    m: &Memory,
    u: &Utterance<'_>,
    hit: &Found<DateReading>,
    left: &[&str],
) -> bool {
    let staff: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let spoken = u.words(0..u.word_at(hit.span.start));
    // "Hvornår udløber tilladelsen?" – «Сімнадцяте березня …»
    let asks_end = !u.is_staff()
        && is_named(&staff)
        && lasts(&staff)
        && staff
            .iter()
            .any(|w| matches!(*w, "hvornår" | "længe" | "hvad"))
        && !staff
            .iter()
            .any(|w| w.contains("kontrakt") || w.starts_with("leje"))
        && hit.value.date.is_some_and(|date| date > m.today);
    if asks_end {
        return true;
    }
    let until = [left.last().copied(), spoken.last().copied()]
        .iter()
        .any(|w| matches!(w, Some("до" | "til" | "den")));
    if !until {
        return false;
    }
    if u.is_staff() {
        let stay = is_named(&u.all_words()) || speaks_of_stay(&spoken);
        return lasts(&spoken) && (stay || is_card(&spoken)) || is_read_out(m, u, hit, &spoken);
    }
    // "Er det efter særloven?" – «Ага, тимчасовий захист. До четвертого березня …»
    let of_law = staff.iter().any(|w| w.starts_with("særlov")) && left.last() == Some(&"до");
    let asked = m.asked.asks(Topic::Permit) || lasts(&staff) || lasts(&spoken);
    let stay = is_named(&staff) || speaks_of_stay(&staff);
    is_named(&spoken) || stay && asked || of_law || by_its_ground(m, &spoken)
}

/// «У мене за законом для українців, до сімнадцятого березня …» of who has come from abroad.
fn by_its_ground(m: &Memory, spoken: &[&str]) -> bool {
    m.from_abroad.is_some() && grounds::names_law(spoken)
}

/// "Og opholdskortet?" – «Ось. Там написано четверте березня двадцять восьмого.»
pub(super) fn stands_in_permit(
    m: &Memory,
    u: &Utterance<'_>,
    hit: &Found<DateReading>,
    left: &[&str],
) -> bool {
    let staff: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let stay =
        is_named(&staff) || speaks_of_stay(&staff) || m.from_abroad.is_some() && is_card(&staff);
    !u.is_staff()
        && stay
        && !m.asked.asks(Topic::MoveDate)
        && left.iter().any(|w| {
            matches!(
                *w,
                "написано"
                    | "стоїть"
                    | "вказано"
                    | "надруковано"
                    | "дата"
                    | "термін"
            )
        })
        && hit.value.date.is_some_and(|d| d > m.today)
}

/// "Opholds- og arbejdstilladelse til den enogtredivte august otteogtyve", "på grundlag af arbejde, til den …": what the
/// employee reads from the card needs no verb.
fn is_read_out(m: &Memory, u: &Utterance<'_>, hit: &Found<DateReading>, spoken: &[&str]) -> bool {
    let until = matches!(
        spoken,
        [.., "til"] | [.., "til", "den"] | [.., "til", "og", "med"]
    );
    let home = spoken.iter().any(|w| {
        [
            "leje",
            "fremlej",
            "midlertidig",
            "tidsbegræns",
            "kontrakt",
            "bolig",
            "beskyt",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    let ground = spoken.iter().any(|w| {
        ["grundlag", "familiesammenf", "særlov"]
            .iter()
            .any(|stem| w.starts_with(stem))
            || w.ends_with("tilladelse")
            || w.ends_with("tilladelsen")
    });
    // "… august otteogtyve": the year is one that no move has.
    let far = resolve(m, u, hit, Use::Permit)
        .value
        .date
        .is_some_and(|d| (d - m.today).get_days() > LASTS);
    until && far && !home && (ground || is_named(spoken) || is_card(spoken))
}

fn is_named(words: &[&str]) -> bool {
    words.iter().any(|w| {
        [
            "opholdst",
            "opholdsk",
            "opholds",
            "særlov",
            "sær",
            "tilladelse",
            "посвідк",
            "дозв",
            "картк",
            "карта",
            "карту",
            "карти",
            "карточк",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    })
}

fn lasts(words: &[&str]) -> bool {
    words.iter().any(|w| {
        ["gyldig", "gælder", "udløb", "løber", "дійсн", "чинн", "діє"]
            .iter()
            .any(|stem| w.starts_with(stem))
    })
}

/// "Kortet løber til femtende marts": the card of who comes from abroad.
fn is_card(words: &[&str]) -> bool {
    words.iter().any(|w| matches!(*w, "kortet" | "kort"))
}
