//! Whose home it is, as the employee sums it up ("så er Stig ejeren", "så er han din logivært") or as the citizen says
//! whose paper or house it is («квартира на ньому, я до нього», «живу в неї, будинок її»).

use super::belief::Heard;
use super::kin::Sex;
use super::memory::Memory;
use super::people::{Ref, Who};
use super::sentences::Sentence;
use super::utterance::Utterance;
use crate::state::PersonId;

/// For how many turns somebody stays the one whom a pronoun may mean.
const SPOKEN_OF: usize = 2;

/// Reads whose home the new one is.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    if m.mover != 0 {
        return;
    }
    for sentence in &u.sentences {
        let words = u.words(sentence.words.clone());
        if u.is_staff() {
            if !sentence.question {
                summed_up(m, u, sentence, &words, refs);
            }
        } else {
            told(m, u, sentence, &words, refs);
        }
    }
}

/// "Så er Stig ejeren", "så er han din logivært".
fn summed_up(m: &mut Memory, u: &Utterance<'_>, sentence: &Sentence, words: &[&str], refs: &[Ref]) {
    let role = |word: &str| match word {
        "ejeren" | "husejeren" => Some(Some("owner")),
        "udlejeren" => Some(Some("landlord")),
        "lejeren" => Some(Some("tenant")),
        "logivært" | "logiværten" => Some(None),
        _ => None,
    };
    let Some((at, role)) = words
        .iter()
        .enumerate()
        .find_map(|(at, w)| Some((at, role(w)?)))
    else {
        return;
    };
    if words
        .iter()
        .any(|w| matches!(*w, "ikke" | "hvis" | "ingen" | "når"))
    {
        return;
    }
    // The name stands right beside "er": "så er Stig ejeren", "Ole Rask er udlejeren".
    let named = refs.iter().find_map(|r| match r.who {
        Who::Person(id) if !r.pronoun && sentence.bytes.contains(&r.bytes.start) => {
            let from = u.word_at(r.bytes.start) - sentence.words.start;
            let to =
                u.word_at(r.bytes.end).max(from + sentence.words.start + 1) - sentence.words.start;
            let before = from > 0 && words[from - 1] == "er" && to == at;
            let behind = words.get(to) == Some(&"er") && to + 1 == at
                // "så er det Poul Holm, der er logivært"
                || matches!(words.get(to..to + 2), Some(["der" | "som", "er" | "bliver"]))
                    && to + 2 == at;
            (before || behind).then_some(id)
        }
        _ => None,
    });
    let meant = words.windows(2).find_map(|w| match w {
        ["er", "han"] | ["han", "er"] => Some(Sex::Male),
        ["er", "hun"] | ["hun", "er"] => Some(Sex::Female),
        _ => None,
    });
    let by_pronoun = || {
        let yours = words[..at]
            .iter()
            .rev()
            .take(1)
            .any(|w| matches!(*w, "din" | "jeres"));
        last_named(m, meant.filter(|_| yours)?)
    };
    let Some(id) = named.or_else(by_pronoun) else {
        return;
    };
    becomes_host(m, id);
    if let Some(role) = role
        && m.host == Some(id)
        && !m.has("host.role")
    {
        m.hear(
            "host.role",
            Heard::new(role, u.evidence_of_words(&sentence.words), 0.75),
        );
    }
}

/// «Квартира на ньому», «дім на ній», «живу в неї … Будинок її».
fn told(m: &mut Memory, u: &Utterance<'_>, sentence: &Sentence, words: &[&str], refs: &[Ref]) {
    let found = words.windows(3).enumerate().find_map(|(at, w)| {
        let sex = match w[2] {
            "ньому" | "нього" => Sex::Male,
            "ній" | "неї" => Sex::Female,
            _ => return None,
        };
        let house = matches!(w[0], "дім" | "будинок" | "хата");
        let paper = matches!(w[0], "договір" | "контракт" | "оренда");
        let on = w[1] == "на" && (house || paper || w[0] == "квартира");
        let role = if house {
            Some("owner")
        } else if paper {
            Some("tenant")
        } else {
            None
        };
        on.then_some((at, sex, role))
    });
    let Some((at, sex, role)) = found else { return };
    if sentence.question || words[..at].last() == Some(&"не") {
        return;
    }
    let here = u.token(sentence.words.start + at).span.start;
    let meant = refs
        .iter()
        .rev()
        .filter(|r| !r.pronoun && r.bytes.start < here)
        .find_map(|r| match r.who {
            Who::Person(id) if m.person(id).is_some_and(|p| p.sex.is_none_or(|s| s == sex)) => {
                Some(id)
            }
            _ => None,
        });
    let Some(id) = meant.filter(|id| m.has(&Memory::key(*id, "given_names"))) else {
        return;
    };
    let asked = m.asked.mentions_any(&[
        super::topic::Topic::HostName,
        super::topic::Topic::HostRole,
        super::topic::Topic::OthersRegistered,
        super::topic::Topic::DwellingType,
    ]);
    if !asked {
        return;
    }
    becomes_host(m, id);
    if let Some(role) = role
        && m.host == Some(id)
        && !m.has("host.role")
    {
        let evidence =
            u.evidence_of_words(&(sentence.words.start + at..sentence.words.start + at + 3));
        m.hear("host.role", Heard::new(role, evidence, 0.75));
    }
}

/// The one of that sex who was named last.
fn last_named(m: &Memory, sex: Sex) -> Option<PersonId> {
    m.people
        .iter()
        .filter(|p| p.id != 0 && p.sex == Some(sex) && p.moves != Some(true))
        .filter(|p| p.last_turn + SPOKEN_OF >= m.turns)
        .filter(|p| m.has(&Memory::key(p.id, "given_names")))
        .max_by_key(|p| p.last_turn)
        .map(|p| p.id)
}

fn becomes_host(m: &mut Memory, id: PersonId) {
    if m.person(id).is_none_or(|p| p.moves == Some(true)) || m.has(&Memory::key(id, "cpr_number")) {
        return;
    }
    m.host = Some(id);
    if let Some(person) = m.person_mut(id) {
        person.moves = Some(false);
    }
}
