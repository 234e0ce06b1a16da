//! Which finds are addresses at all: no numbers of other things, clinics and stray matches.

use super::*;
use crate::reader::home_names;

/// Leaves out numbers that are CPR or telephone numbers, clinics, and stray matches.
pub(super) fn usable(
    m: &Memory,
    u: &Utterance<'_>,
    hit: &Found<Address>,
    blocked: &[Range<usize>],
    left: &[&str],
) -> bool {
    let overlaps = |span: &Range<usize>| {
        blocked
            .iter()
            .any(|b| b.start < span.end && span.start < b.end)
    };
    if u.is_example(hit.span.start) || offered::is_choice(u, hit) {
        return false;
    }
    let a = &hit.value;
    if let Some(street) = &a.street {
        let clinic = left.iter().any(|w| {
            ["лікар", "клінік", "læge", "klinik"]
                .iter()
                .any(|stem| w.starts_with(stem))
        });
        let bare = a.number.is_none();
        if foreign_street(m, u, &street.value) || supposed(m, u, street.span.start) {
            return false;
        }
        // «Ґолвей, Шоп-стріт» of Ireland
        let guessed = street.value.source == StreetSource::Guessed;
        if guessed && m.asked_foreign && !u.is_staff() && a.postal_code.is_none() {
            return false;
        }
        let known = same_street(m, &street.value, None, u.is_staff()).is_some();
        let house = home_names::calls_a_house(u, street.span.start);
        if clinic || house || overlaps(&street.span) || no_street(u, a) {
            return false;
        }
        let taken = m.has("to.street_name") && m.has("from.street_name");
        // «Живу тепер на Демнінген»
        let lives_now = left.iter().any(|w| matches!(*w, "тепер" | "зараз"))
            && left.iter().any(|w| w.starts_with("жив"));
        return !bare
            || lives_now && !taken
            || known
            || asked_address(m)
            || !taken && street.value.source != StreetSource::Guessed;
    }
    if overlaps(&hit.span) {
        return false;
    }
    // «права» are rights here.
    let rights = a.door.as_ref().is_some_and(|d| {
        u.turn
            .text
            .get(d.span.clone())
            .is_some_and(|t| tolkebot_values::fold(t) == "права")
    });
    let in_email = u
        .all_words()
        .iter()
        .any(|w| w.starts_with("собак") || w.starts_with("равлик") || *w == "snabel");
    let only_door = a.door.is_some() && a.floor.is_none() && a.postal_code.is_none();
    let only_code = a.postal_code.is_some() && a.floor.is_none() && a.door.is_none();
    // «Садова вісім, квартира шість»: the flat of an address abroad.
    let flat_abroad = only_door
        && !u.is_staff()
        && m.text("case.move_type") == Some("to_abroad")
        && tolkebot_values::foreign::find(&u.said, u.lang())
            .is_some_and(|found| found.value.street.is_some() && found.value.flat.is_some());
    if flat_abroad {
        return false;
    }
    if only_door {
        if rights || in_email || of_neighbour(u, hit) {
            return false;
        }
        let clear = a.door.as_ref().is_some_and(|d| d.note.is_none());
        return clear && (asked_address(m) || open_place(m).is_some() && recently(m));
    }
    let sum = a
        .postal_code
        .as_ref()
        .is_some_and(|code| is_a_sum(u, &code.span));
    // "Det er seksten halvtreds, ikke seksten tyve"
    let refused = left.last().is_some_and(|w| matches!(*w, "ikke" | "не"));
    if only_code && (sum || refused) {
        return false;
    }
    if only_code {
        return code_fits(m, u, hit, left);
    }
    true
}

/// "Selkirk Avenue fem hundrede og tolv" of the address abroad: no Danish street is called so.
fn foreign_street(m: &Memory, u: &Utterance<'_>, street: &Street) -> bool {
    let kind = tolkebot_values::fold(&street.name);
    let abroad = m.from_abroad.is_some() || m.text("case.move_type") == Some("to_abroad");
    u.is_staff()
        && abroad
        && kind.split([' ', '-']).next_back().is_some_and(|last| {
            matches!(
                last,
                "avenue" | "street" | "road" | "lane" | "strasse" | "straße"
            )
        })
}

/// «А з січня, може, дадуть квартиру на Кірке вей вісім»: no address as long as there is another.
fn supposed(m: &Memory, u: &Utterance<'_>, at: usize) -> bool {
    let Some(sentence) = u.sentence_at(at).filter(|_| !u.is_staff()) else {
        return false;
    };
    let word = u.word_at(at);
    let before = u.words(word.saturating_sub(8).max(sentence.words.start)..word);
    let maybe = before
        .iter()
        .any(|w| matches!(*w, "може" | "можливо" | "мабуть" | "якби" | "якщо"))
        && before.iter().any(|w| {
            ["дадуть", "дасть", "буде", "знайд", "обіця"]
                .iter()
                .any(|s| w.starts_with(s))
        });
    maybe && m.has("to.street_name")
}

/// «Ліворуч то тітка Роза», «праворуч сусід», «зліва ліфт»: the door of somebody else in the house, or none.
fn of_neighbour(u: &Utterance<'_>, hit: &Found<Address>) -> bool {
    let first = u.word_at(hit.span.end);
    let words = u.words(first..(first + 3).min(u.word_tokens.len()));
    let somebody = |w: &str| {
        crate::reader::kin::kin(w, u.lang()).is_some()
            || w.starts_with("сусід")
            || w.starts_with("інш")
    };
    match words.as_slice() {
        ["то" | "це" | "там", next, ..] if somebody(next) => !u.is_staff(),
        [next, ..] if next.starts_with("сусід") => !u.is_staff(),
        // «Так, зліва ліфт»: what stands on that side.
        [
            "ліфт" | "сходи" | "вхід" | "підвал" | "смітник" | "кухня" | "вікно" | "комора"
            | "туалет",
            ..,
        ] => !u.is_staff(),
        _ => false,
    }
}

/// A loose postal code is believed when it was asked for or announced, or when it fits the street
/// or town that is being spoken of.
fn code_fits(m: &Memory, u: &Utterance<'_>, hit: &Found<Address>, left: &[&str]) -> bool {
    let Some(code) = &hit.value.postal_code else {
        return false;
    };
    let announced = left
        .iter()
        .rev()
        .take(4)
        .any(|w| w.starts_with("індекс") || w.starts_with("postn") || w.starts_with("поштов"));
    if announced || m.asked.asks(Topic::PostalCode) || hit.value.place.is_some() {
        return true;
    }
    // "Lagårdsveien otteoghalvfjerds, fire nul en nul Stavanger": numbers of an address abroad.
    let abroad = u.is_staff()
        && m.heard_before
            .iter()
            .any(|key| key.starts_with("leaving.") || key.starts_with("abroad."));
    if abroad
        || m.asked
            .asks_any(&[Topic::Cpr, Topic::Phone, Topic::BirthDate])
    {
        return false;
    }
    if u.is_staff() || asked_address(m) {
        return recently(m)
            && [Place::New, Place::Old].iter().any(|place| {
                let codes = codes_of(m, *place);
                codes.is_empty() || codes.contains(&code.value.code)
            });
    }
    false
}
