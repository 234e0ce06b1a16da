//! A husband, wife or parent of whom who arrives says that they are still in another country: «чоловік мій, Олег, у
//! Харкові, його не випускають», "hvor er hans far?" – «У Дніпрі, воює».

use tolkebot_protocol::Speaker;

use super::kin::Kin;
use super::memory::Memory;
use super::people::{Ref, Who};
use super::utterance::Utterance;

/// What is said of who cannot or does not come.
const STAYS: &[&str] = &[
    "випуск",
    "випуст",
    "пуска",
    "воює",
    "служит",
    "служб",
    "фронт",
    "мобіліз",
    "зсу",
    "залиш",
    "лиш",
    "зост",
    "чека",
];

/// Takes it that they do not come along, and that they are the other parent where the employee asked for that one.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    if u.turn.speaker == Speaker::Staff || m.from_abroad.is_none() || m.mover != 0 {
        return;
    }
    let staff: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let asked_where = staff.windows(2).any(|w| {
        w[0] == "hvor" && matches!(w[1], "er" | "bor" | "befinder" | "opholder")
            || matches!(w[0], "far" | "mor" | "faren" | "moren" | "mand" | "kone") && w[1] == "hvor"
    });
    let words = u.all_words();
    let stays = words
        .iter()
        .any(|w| STAYS.iter().any(|stem| w.starts_with(stem)));
    let with_us = words
        .iter()
        .any(|w| matches!(*w, "приїхав" | "приїхала" | "приїде" | "був" | "була"));
    if with_us || !(asked_where || stays) {
        return;
    }
    let parent = staff.iter().any(|w| {
        matches!(
            *w,
            "far" | "mor" | "faren" | "moren" | "faderen" | "moderen"
        )
    });
    for pointer in refs {
        let Who::Person(id) = pointer.who else {
            continue;
        };
        let abroad = m
            .text(&format!("p{id}.lives"))
            .is_some_and(|place| place != "Danmark")
            && m.belief(&format!("p{id}.lives"))
                .and_then(|b| b.slot())
                .is_some_and(|s| s.evidence.iter().any(|e| e.turn == u.turn.n));
        let close = m.person(id).and_then(|p| p.kin).is_some_and(Kin::is_couple);
        if !abroad || !close {
            continue;
        }
        if let Some(person) = m.person_mut(id) {
            person.moves = Some(false);
        }
        let named = |m: &Memory, id| m.has(&Memory::key(id, "given_names"));
        let open = m.other_parent.is_none_or(|other| !named(m, other));
        if parent && open && m.host != Some(id) {
            m.other_parent = Some(id);
        }
    }
}
