//! Days of birth of several people, told one after the other and nobody named beside them: "deres fødselsdage?" –
//! «П'яте червня п'ятнадцятого і друге лютого дев'ятнадцятого».

use super::*;
use crate::state::PersonId;

/// Gives each of those who come along their day, in the order in which they were named; `false` where the answer is none
/// of that kind.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) -> bool {
    let named = refs
        .iter()
        .any(|r| matches!(r.who, Who::Person(id) if id != 0) || r.who == Who::Me);
    if u.is_staff() || named || !asks_of_several(m) {
        return false;
    }
    let people: Vec<PersonId> = m
        .household()
        .into_iter()
        .filter(|id| *id != m.mover)
        .filter(|id| {
            !only_children_asked(m) || m.person(*id).and_then(|p| p.kin).is_some_and(Kin::is_child)
        })
        .filter(|id| {
            !["birth_date", "cpr_number"]
                .iter()
                .any(|field| m.has(&Memory::key(*id, field)))
        })
        .collect();
    let context = DateContext::new(m.today, Purpose::Birth);
    let days = dates::find(&u.said, u.lang(), &context);
    let past = days
        .iter()
        .all(|day| day.value.date.is_some_and(|date| date <= m.today));
    if people.len() < 2 || people.len() != days.len() || !past {
        return false;
    }
    for (id, day) in people.into_iter().zip(days) {
        let Some(date) = day.value.date else { continue };
        // Whose day is whose is only the order's word.
        let heard = Heard::new(date.to_string(), u.evidence(day.span), 0.6).unsure(true);
        m.hear(&Memory::key(id, "birth_date"), heard);
        m.dates_now.push((Use::Birth, date));
    }
    true
}

/// "Deres fødselsdage?", "hvornår er de født?", "børnenes fødselsdatoer?"
fn asks_of_several(m: &Memory) -> bool {
    let starts = |stems: &[&str]| {
        m.staff_words
            .iter()
            .any(|w| stems.iter().any(|s| w.starts_with(s)))
    };
    let theirs = m
        .staff_words
        .iter()
        .any(|w| matches!(w.as_str(), "deres" | "de" | "dem"))
        || starts(&["børnene"]);
    theirs && (starts(&["fødselsda"]) || m.staff_words.iter().any(|w| w == "født"))
}

fn only_children_asked(m: &Memory) -> bool {
    m.staff_words.iter().any(|w| w.starts_with("børn"))
}
