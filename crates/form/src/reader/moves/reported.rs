//! Somebody else than the citizen moves, as the employee asks: "hvornår flytter hun?", "hvor boede han?", "er det kun
//! hende?"

use super::*;
use crate::reader::kin::{Sex, kin, sex_by_word};
use crate::reader::memory::Person;
use crate::state::PersonId;

const ROLE: &str = "case.reporter_role";

/// Whom a question is about, as far as it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Whom {
    sex: Option<Sex>,
    kin: Option<Kin>,
}

/// How clearly an employee's turn takes it that somebody else moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Clear {
    /// "Hans nummer?": whoever acts for somebody is asked for that one's.
    Data,
    /// "Hvor boede han?": asked of somebody who comes along as well.
    Move,
    /// "Er det kun hende?", "så melder du for ham?"
    Alone,
}

/// What an employee's turn tells, where nothing was said of a move of the citizen's own.
pub(super) fn by_employee(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    m.own_move |= asks_of_own(&words);
    if !m.has(ROLE) && m.mover == 0 && house_reports(&words) {
        m.hear(ROLE, Heard::new("institution", u.evidence(0..0), 0.75));
    }
    if m.mover != 0 || m.own_move || m.own_number_asked || has_data(m, 0) {
        return;
    }
    let Some((whom, clear)) = asked_of(&words) else {
        return;
    };
    if clear == Clear::Move {
        m.third_moves += 1;
    }
    let one = candidate(m, whom);
    let acts = matches!(
        m.text(ROLE),
        Some("guardian" | "power_of_attorney" | "institution")
    );
    let known = one.is_some_and(|id| has_data(m, id));
    let enough = match clear {
        Clear::Alone => true,
        Clear::Move => acts || known || m.third_moves > 1,
        Clear::Data => acts,
    };
    let one = one.or_else(|| {
        let kin = whom.kin.filter(|_| acts || clear == Clear::Alone)?;
        Some(m.person_for_kin(kin))
    });
    if let Some(id) = one.filter(|_| enough) {
        moves_instead(m, u, id);
    }
}

/// "Så institutionen anmelder.", "så er det bostedet, der melder det?"
fn house_reports(words: &[&str]) -> bool {
    let house = words.iter().any(|w| {
        [
            "institution",
            "opholdssted",
            "bosted",
            "plejehjem",
            "krisecent",
            "botilbud",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    house && words.iter().any(|w| matches!(*w, "anmelder" | "melder"))
}

/// A CPR number or a birth date of that person is known.
pub(super) fn has_data(m: &Memory, id: PersonId) -> bool {
    m.has(&Memory::key(id, "cpr_number")) || m.has(&Memory::key(id, "birth_date"))
}

/// That one moves, and not the citizen.
pub(super) fn moves_instead(m: &mut Memory, u: &Utterance<'_>, id: PersonId) {
    become_mover(m, id);
    let own_child = m
        .person(id)
        .and_then(|p| p.kin)
        .is_some_and(|k| matches!(k, Kin::Son | Kin::Daughter | Kin::Child));
    if own_child && !m.has(ROLE) {
        let heard = Heard::new("custody_holder", u.evidence(0..0), 0.7);
        m.hear(ROLE, heard.unsure(true));
    }
}

/// "Hvor flytter du fra?", "hvornår flyttede I?", "hvor har du boet?"
fn asks_of_own(words: &[&str]) -> bool {
    let you = |w: &str| matches!(w, "du" | "i");
    let asks = words
        .iter()
        .any(|w| matches!(*w, "hvor" | "hvornår" | "hvilken" | "hvorfra"));
    asks && words.windows(2).any(|w| is_move(w[0]) && you(w[1]))
        || words.iter().enumerate().any(|(at, w)| {
            let behind = &words[(at + 1).min(words.len())..(at + 6).min(words.len())];
            matches!(*w, "har" | "skal" | "er")
                && behind.first().is_some_and(|w| you(w))
                && asks
                && behind
                    .iter()
                    .any(|w| matches!(*w, "boet" | "flytte" | "flyttet"))
        })
}

fn is_move(word: &str) -> bool {
    matches!(
        word,
        "flytter" | "flyttede" | "flytte" | "fraflytter" | "rejser" | "rejste" | "boede"
    )
}

/// Whom an employee's turn is about, and how clearly that one moves.
fn asked_of(words: &[&str]) -> Option<(Whom, Clear)> {
    // "Flytter han med?", "kommer hun også?": somebody who may come along.
    let along = words
        .iter()
        .any(|w| matches!(*w, "med" | "også" | "sammen" | "begge" | "andre"));
    if let Some(whom) = alone(words) {
        return Some((whom, Clear::Alone));
    }
    if let Some(whom) = behalf(words) {
        return Some((whom, Clear::Alone));
    }
    if along {
        return None;
    }
    of_move(words)
        .map(|whom| (whom, Clear::Move))
        .or_else(|| data(words).map(|whom| (whom, Clear::Data)))
}

fn by_sex(word: &str) -> Option<Whom> {
    let sex = match word {
        "han" | "ham" | "hans" => Sex::Male,
        "hun" | "hende" | "hendes" => Sex::Female,
        _ => return None,
    };
    Some(Whom {
        sex: Some(sex),
        kin: None,
    })
}

fn by_kin(word: &str) -> Option<Whom> {
    let kin = kin(word, Lang::Da)
        .filter(|k| !matches!(k, Kin::Landlord | Kin::Children | Kin::Friend))?;
    Some(Whom {
        sex: kin.sex().or_else(|| sex_by_word(word)),
        kin: Some(kin),
    })
}

fn third(word: &str) -> Option<Whom> {
    by_sex(word).or_else(|| by_kin(word))
}

/// "Er det kun hende?", "flytter han alene?", "er hun den eneste, der flytter?", "det er moren, der flytter?"
fn alone(words: &[&str]) -> Option<Whom> {
    words.windows(3).enumerate().find_map(|(at, w)| {
        let next = words.get(at + 3).copied().unwrap_or("");
        let behind = &words[at + 2..(at + 8).min(words.len())];
        match w {
            ["er", "det", "kun" | "bare"] => third(next),
            ["det", "er", whom] if words[at + 3..].starts_with(&["der", "flytter"]) => third(whom),
            [verb, whom, "alene"] if is_move(verb) => third(whom),
            [whom, "er", "alene"] if behind.contains(&"flytningen") => third(whom),
            ["er", whom, "den"] if next == "eneste" && behind.contains(&"flytter") => third(whom),
            [whom, "er", _] => {
                let one = behind
                    .windows(3)
                    .any(|w| w == ["den", "der", "flytter"] || w == ["den", "eneste", "der"]);
                third(whom).filter(|_| one)
            }
            _ => None,
        }
    })
}

/// "Har du lov til at melde for hende?", "så anmelder du for din far", "skriver du under for ham?"
fn behalf(words: &[&str]) -> Option<Whom> {
    let at = words.iter().position(|w| *w == "for")?;
    let before = &words[at.saturating_sub(3)..at];
    let reports = before
        .iter()
        .any(|w| w.starts_with("melde") || w.starts_with("anmelde") || *w == "under");
    let behind = &words[at + 1..(at + 3).min(words.len())];
    let own = behind
        .first()
        .is_some_and(|w| matches!(*w, "din" | "dit" | "et"));
    let whom = behind.get(usize::from(own))?;
    third(whom).filter(|_| reports)
}

/// "Hvornår flytter hun?", "hvor boede han?", "hvor har hun boet?", "hvor skal han flytte hen?"
fn of_move(words: &[&str]) -> Option<Whom> {
    let asks = words
        .iter()
        .any(|w| matches!(*w, "hvor" | "hvornår" | "hvilken" | "hvorfra"));
    if !asks {
        return None;
    }
    words.windows(2).enumerate().find_map(|(at, w)| {
        let whom = by_sex(w[1])?;
        let behind = &words[at + 2..(at + 6).min(words.len())];
        let moved = matches!(w[0], "har" | "skal" | "er" | "vil")
            && behind
                .iter()
                .any(|w| matches!(*w, "boet" | "flytte" | "flyttet" | "hen"));
        (is_move(w[0]) || moved).then_some(whom)
    })
}

/// "Hans nummer?", "hvad hedder hun?", "svigermors navn?"
fn data(words: &[&str]) -> Option<Whom> {
    let thing = |w: &str| {
        ["cpr", "nummer", "personnummer", "navn", "fulde", "fødsels"]
            .iter()
            .any(|stem| w.starts_with(stem))
    };
    words.windows(2).find_map(|w| {
        let owner = w[0].ends_with('s').then(|| third(w[0])).flatten();
        owner.filter(|_| thing(w[1])).or_else(|| match w[0] {
            "hedder" | "er" => by_sex(w[1]).filter(|_| words.contains(&"hedder")),
            "din" if words.contains(&"hedder") => by_kin(w[1]),
            _ => None,
        })
    })
}

/// The one person who may be meant.
fn candidate(m: &Memory, whom: Whom) -> Option<PersonId> {
    let fits = |p: &&Person| {
        p.id != 0
            && Some(p.id) != m.host
            && Some(p.id) != m.other_parent
            && p.moves != Some(false)
            && !matches!(p.kin, Some(Kin::Landlord | Kin::Children))
            && whom
                .kin
                .is_none_or(|k| p.kin.is_none_or(|own| own.agrees(k)))
            && whom.sex.is_none_or(|s| p.sex.is_none_or(|own| own == s))
    };
    let all: Vec<PersonId> = m.people.iter().filter(fits).map(|p| p.id).collect();
    let told = |field: &str| {
        let ids: Vec<PersonId> = all
            .iter()
            .copied()
            .filter(|id| m.has(&Memory::key(*id, field)))
            .collect();
        ids
    };
    [
        told("cpr_number"),
        told("birth_date"),
        told("given_names"),
        all.clone(),
    ]
    .into_iter()
    .find(|ids| !ids.is_empty())
    .and_then(|ids| match ids.as_slice() {
        [one] => Some(*one),
        _ => None,
    })
}
