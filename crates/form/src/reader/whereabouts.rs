//! Relatives who did not come along and those who stay in the old home, by what they are: "Mor", "Forældre".
//!
//! Arrivals name close family that is not with them and where it lives; who moves out of a shared home says
//! who stays. Both are written as people say them, relation first, with the name where one was told.

use tolkebot_values::places::PlaceKind;

use super::kin::Kin;
use super::memory::Memory;
use super::people::{Ref, Who};
use super::utterance::Utterance;

/// Reads where relatives live who are no part of the household, and who stays behind.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    of_relatives(m, u, refs);
    super::left_behind::read(m, u);
}

fn of_relatives(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    if u.is_staff() {
        return;
    }
    m.parted |= u.all_words().iter().any(|w| {
        ["розлуч", "розійшл", "розійшов", "розвел", "колишн", "екс-"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    lives(m, u, refs);
    groups(m, u);
}

/// «Мама, Галина, вона в Україні»: country and, when one was named, town.
fn lives(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    for pointer in refs {
        let Who::Person(id) = pointer.who else {
            continue;
        };
        let Some(sentence) = u.sentence_at(pointer.bytes.start) else {
            continue;
        };
        let words = u.words(sentence.words.clone());
        if words.iter().any(|w| {
            ["помер", "загин", "покійн"]
                .iter()
                .any(|stem| w.starts_with(stem))
        }) {
            m.note(&format!("p{id}.dead"), "1", u.evidence(0..0));
        }
        // What is said of somebody ends with the clause, else with the next who is spoken of; «з татом» only
        // says with whom.
        let text = u.said.get(pointer.bytes.end..sentence.bytes.end);
        let clause = text
            .and_then(|text| text.find([',', ';', '.']))
            .filter(|_| u.written)
            .map_or(pointer.bytes.end, |at| pointer.bytes.end + at);
        let next = refs
            .iter()
            .find(|r| r.bytes.start > pointer.bytes.start && r.who != pointer.who && !r.weak)
            .map_or(sentence.bytes.end, |r| r.bytes.start);
        let end = clause.max(next);
        let place = u.places().iter().find(|p| {
            p.span.start >= pointer.bytes.end
                && p.span.end <= end
                && sentence.bytes.contains(&p.span.start)
                && matches!(
                    super::cues::left(u, 0, p.span.start).last(),
                    Some(&("в" | "у" | "під" | "біля"))
                )
        });
        let Some(place) = place else { continue };
        let value = match place.value.kind {
            PlaceKind::Country => place.value.country.clone(),
            PlaceKind::ForeignTown => format!("{}, {}", place.value.name, place.value.country),
            _ => "Danmark".to_owned(),
        };
        let evidence = u.evidence(place.span.clone());
        m.note(&format!("p{id}.lives"), &value, evidence);
    }
}

/// «Батьки там лишаються», «мама з вітчимом», «сусідка по кімнаті»: who has no word of kinship of their own.
fn groups(m: &mut Memory, u: &Utterance<'_>) {
    for sentence in &u.sentences {
        let words = u.words(sentence.words.clone());
        let Some(stays) = words.iter().position(|w| is_staying(w)) else {
            continue;
        };
        if sentence.question || words[stays.saturating_sub(2)..stays].contains(&"не") {
            continue;
        }
        let near = |at: usize| at.abs_diff(stays) <= 7;
        for (at, word) in words.iter().enumerate().filter(|(at, _)| near(*at)) {
            let before = at.checked_sub(1).map_or("", |b| words[b]);
            let label = match *word {
                "батьки" | "батьками" => "Forældre",
                "вітчим" | "вітчимом" => "stedfar",
                "мачуха" | "мачухою" => "stedmor",
                "сусід" | "сусідка" | "сусідом" | "сусідкою"
                    if words.get(at + 1) == Some(&"по") =>
                {
                    "bofælle"
                }
                "співмешканець" | "співмешканка" => "bofælle",
                // «Ми жили в батьків, вони там і лишаються»
                "вони"
                    if u.all_words()
                        .iter()
                        .any(|w| matches!(*w, "батьків" | "батьками")) =>
                {
                    "Forældre"
                }
                _ => continue,
            };
            // «Мої батьки там лишаються, Орест і Катерина»: they have names.
            let named = label == "Forældre"
                && u.written
                && (at + 1..words.len()).any(|w| u.token(sentence.words.start + w).capital);
            if named {
                continue;
            }
            let elsewhere = matches!(before, "до" | "від" | "для" | "біля");
            if elsewhere || m.stayers.iter().any(|(known, _)| *known == label) {
                continue;
            }
            let word = sentence.words.start + at;
            m.stayers
                .push((label, u.evidence_of_words(&(word..word + 1))));
        }
    }
}

fn is_staying(word: &str) -> bool {
    [
        "лишаєть",
        "лишають",
        "залишаєть",
        "залишають",
        "лишив",
        "лишил",
        "залишив",
        "залишил",
        "лишить",
        "залишить",
        "зостал",
        "зостаєть",
        "зостають",
        "остают",
        "остаєть",
    ]
    .iter()
    .any(|stem| word.starts_with(stem))
}

/// What somebody is to the citizen, in Danish; `None` for who is no relative or friend.
pub(super) fn label(kin: Kin, parted: bool) -> Option<&'static str> {
    Some(match kin {
        Kin::Husband if parted => "eksmand",
        Kin::Wife if parted => "ekskone",
        Kin::Husband | Kin::Wife => "ægtefælle",
        Kin::Partner => "samlever",
        Kin::Son => "søn",
        Kin::Daughter => "datter",
        Kin::Child => "barn",
        Kin::Children => "børn",
        Kin::StepSon => "stedsøn",
        Kin::StepDaughter => "steddatter",
        Kin::Mother => "mor",
        Kin::Father => "far",
        Kin::Brother => "bror",
        Kin::Sister => "søster",
        Kin::Grandmother => "bedstemor",
        Kin::Grandfather => "bedstefar",
        _ => return None,
    })
}

/// With a capital letter in front.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
