//! One birth date of several children: «двійнята», «обоє десятого вересня», "tvillinger, så samme dag?"

use super::*;
use crate::state::PersonId;

/// How old somebody at the counter is at least.
const SPEAKS: i64 = 14;

/// Whether somebody has called the children twins, in this turn or before.
fn spoken_of(m: &mut Memory, u: &Utterance<'_>) -> bool {
    let twins = |w: &str| {
        ["двійн", "близн", "двойн", "tvilling"]
            .iter()
            .any(|stem| w.starts_with(stem))
    };
    m.twins |= u.all_words().iter().any(|w| twins(w)) || m.staff_words.iter().any(|w| twins(w));
    m.twins
}

/// Notes that children are twins, also where no date is told.
pub(super) fn note(m: &mut Memory, u: &Utterance<'_>) {
    spoken_of(m, u);
}

/// Children who come along and of whom neither number nor birth date is known.
fn open(m: &Memory) -> Vec<PersonId> {
    m.household()
        .into_iter()
        .filter(|id| {
            let child = m.person(*id).and_then(|p| p.kin).is_some_and(Kin::is_child);
            child
                && !m.has(&Memory::key(*id, "birth_date"))
                && !m.has(&Memory::key(*id, "cpr_number"))
        })
        .collect()
}

/// "Og tvillingerne?" – «Матвій і Мар'яна, обоє десятого вересня двадцять четвертого»: the one child of whom no date
/// is known yet, or the first of both.
pub(super) fn child_asked_for(m: &mut Memory, u: &Utterance<'_>) -> Option<PersonId> {
    let asked = m.asked.kin().is_some_and(Kin::is_child);
    if u.is_staff() || !asked {
        return None;
    }
    let together = spoken_of(m, u) || for_both(u);
    match open(m).as_slice() {
        [one] => Some(*one),
        [first, _] if together => Some(*first),
        _ => None,
    }
}

/// «Обоє», «обидві», «народилися»
fn for_both(u: &Utterance<'_>) -> bool {
    u.all_words().iter().any(|w| {
        matches!(
            *w,
            "обоє" | "обидва" | "обидві" | "обидвоє" | "народилися" | "народились"
        )
    })
}

/// The child that the turn names last before the date.
fn named_before(
    m: &Memory,
    u: &Utterance<'_>,
    refs: &[Ref],
    span: &Range<usize>,
) -> Option<PersonId> {
    let sentence = u.sentence_at(span.start)?;
    refs.iter()
        .filter(|r| sentence.bytes.contains(&r.bytes.start) && r.bytes.end <= span.start)
        .filter(|r| !r.pronoun)
        .filter_map(|r| match r.who {
            Who::Person(id) => Some(id),
            Who::Me => None,
        })
        .rfind(|id| m.person(*id).and_then(|p| p.kin).is_some_and(Kin::is_child))
}

/// "Født?" – «П'ятнадцятого листопада двадцятого року»: nobody who speaks for themselves is that young, so it is the
/// one child's, or both twins'.
pub(super) fn instead_of_speaker(
    m: &mut Memory,
    u: &Utterance<'_>,
    refs: &[Ref],
    span: &Range<usize>,
    person: PersonId,
    date: Date,
) -> PersonId {
    let young = date.saturating_add(jiff::Span::new().years(SPEAKS)) > m.today;
    if person != 0 || m.mover != 0 || !young || u.is_staff() {
        return person;
    }
    if let Some(id) = named_before(m, u, refs, span) {
        return id;
    }
    let twins = spoken_of(m, u);
    match open(m).as_slice() {
        [one] => *one,
        [first, _] if twins => *first,
        _ => person,
    }
}

/// The other twin has the same birthday.
pub(super) fn of_the_other(m: &mut Memory, u: &Utterance<'_>, person: PersonId, heard: &Heard) {
    let child = m
        .person(person)
        .and_then(|p| p.kin)
        .is_some_and(Kin::is_child);
    if !child || u.is_staff() || !for_both(u) && !spoken_of(m, u) {
        return;
    }
    let others: Vec<PersonId> = open(m).into_iter().filter(|id| *id != person).collect();
    if let [other] = others.as_slice() {
        let heard = heard.clone().unsure(true);
        m.hear(&Memory::key(*other, "birth_date"), heard);
    }
}
