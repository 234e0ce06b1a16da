//! The host named by whom the declaration goes to, or by the lease that is read out.

use super::hosts;
use super::kin::kin;
use super::memory::Memory;
use super::people::write_name;
use super::utterance::Utterance;
use crate::state::PersonId;

/// Reads the host out of what the employee says they will send and of the lease they hold.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if !u.is_staff() {
        return;
    }
    let unknown = |m: &Memory, id: PersonId| {
        !m.has(&Memory::key(id, "given_names")) && m.person(id).is_none_or(|p| p.kin.is_none())
    };
    if m.host.is_none_or(|id| id != 0 && unknown(m, id))
        && let Some(id) = receiver(m, u).or_else(|| holds_lease(m, u))
    {
        m.host = Some(id);
        if let Some(person) = m.person_mut(id) {
            person.moves = Some(false);
        }
    }
    sublets(m, u);
}

/// "Så sender jeg en logiværtserklæring til Tetiana", "jeg sender din søn en …": somebody who is known.
fn receiver(m: &Memory, u: &Utterance<'_>) -> Option<PersonId> {
    let words = u.all_words();
    if !hosts::speaks_of_declaration(&words) {
        return None;
    }
    // "En erklæring" may also be one of custody, which the husband signs who moves along.
    let of_host = words.iter().any(|w| w.starts_with("logi"));
    (0..words.len()).find_map(|at| {
        if !matches!(words[at], "til" | "sender" | "sende" | "jeg" | "vi") {
            return None;
        }
        let id = match words.get(at + 1..)? {
            ["din" | "dit" | "jeres", relative, ..] => m.person_by_kin(kin(relative, u.lang())?)?,
            [name, ..] => named(m, name)?,
            [] => return None,
        };
        (may_let_in(m, id) && (of_host || !moves_along(m, id))).then_some(id)
    })
}

/// "Det er altså din kone, der står som lejer": the relative whose home it is.
fn holds_lease(m: &Memory, u: &Utterance<'_>) -> Option<PersonId> {
    let words = u.all_words();
    // "Er det din mand, der står som lejer?" asks.
    let asks = |w: &[&str]| matches!(w, ["er" | "var", "det", "din" | "dit"]);
    if words.windows(3).any(asks) {
        return None;
    }
    let id = words.windows(6).find_map(|w| {
        let holds =
            w[2] == "der" && w[3] == "står" && w[4] == "som" && matches!(w[5], "lejer" | "ejer");
        let relative = matches!(w[0], "din" | "dit").then(|| kin(w[1], u.lang()))?;
        m.person_by_kin(relative.filter(|_| holds)?)
    })?;
    (may_let_in(m, id) && !moves_along(m, id)).then_some(id)
}

/// The one person who is called so.
fn named(m: &Memory, word: &str) -> Option<PersonId> {
    let mut called = m.people.iter().filter(|p| {
        m.text(&Memory::key(p.id, "given_names"))
            .is_some_and(|name| tolkebot_values::fold(name) == word)
    });
    let one = called.next()?;
    called.next().is_none().then_some(one.id)
}

/// Whoever has neither number nor birth date here and has not stayed behind.
fn may_let_in(m: &Memory, id: PersonId) -> bool {
    id != 0
        && id != m.mover
        && !m.has(&Memory::key(id, "cpr_number"))
        && !m.has(&Memory::key(id, "birth_date"))
        && m.person(id).is_some_and(|p| !p.stays_behind)
}

fn moves_along(m: &Memory, id: PersonId) -> bool {
    m.person(id).is_some_and(|p| p.moves == Some(true))
}

/// "Fremlejekontrakt, Signe Østergaard, til og med …": who sublets the home, as the paper says it.
fn sublets(m: &mut Memory, u: &Utterance<'_>) {
    let names = u.names().to_vec();
    for sentence in &u.sentences {
        let words = u.words(sentence.words.clone());
        let paper = words
            .first()
            .is_some_and(|w| w.starts_with("fremlejekontrakt"));
        if !paper || sentence.question {
            continue;
        }
        let Some(name) = names
            .iter()
            .find(|n| sentence.bytes.contains(&n.span.start))
        else {
            continue;
        };
        let (Some(given), Some(surname)) = (name.value.given(), name.value.surname()) else {
            continue;
        };
        let key = |id: PersonId, field: &str| Memory::key(id, field);
        let others = m.people.iter().any(|p| {
            Some(p.id) != m.host && m.text(&key(p.id, "given_names")) == Some(given.as_str())
        });
        if others {
            continue;
        }
        // Whoever was taken for the host and bears another name has it for themselves.
        let host = m.host.filter(|id| !m.has(&key(*id, "surname")));
        let id = host.unwrap_or_else(|| m.add_person(None));
        m.host = Some(id);
        if host.is_some() {
            m.forget(&key(id, "given_names"));
        }
        let span = name.span.clone();
        write_name(m, u, id, "given_names", &given, span.clone(), 0.8, false);
        write_name(m, u, id, "surname", &surname, span, 0.8, false);
    }
}
