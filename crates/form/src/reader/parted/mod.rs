//! Children of two parents, told in everyday words: whose they are, with whom they live and lived, what the other
//! parent says to it.

mod custody;
mod homes;
mod notice;
mod statement;
mod whereabouts;

use super::belief::{Act, Heard};
use super::kin::Kin;
use super::memory::Memory;
use super::people::{Ref, Who};
use super::sentences::Sentence;
use super::topic::Topic;
use super::utterance::Utterance;

pub(super) use custody::asks_of_both;
pub(super) use statement::{heard_already, of_nobody, only_both};

/// For how many turns a parent whom the employee named may be meant.
const SPOKEN_OF: usize = 2;

/// Reads what a citizen's turn tells of children and their other parent.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    statement::signs_here(m, u);
    if u.is_staff() || !speaks_for_children(m) || !(m.minors_spoken_of || has_children(m)) {
        return;
    }
    custody::read(m, u);
    homes::read(m, u);
    statement::read(m, u, refs);
    whereabouts::read(m, u);
    notice::read(m, u);
}

/// Whoever moves with children, or reports the move of one: their other parent is somebody else.
pub(super) fn speaks_for_children(m: &Memory) -> bool {
    m.mover == 0 || m.text("case.reporter_role") == Some("custody_holder")
}

fn has_children(m: &Memory) -> bool {
    m.children_spoken_of || m.people.iter().any(|p| p.kin.is_some_and(Kin::is_child))
}

/// Whether any of the words begins so.
fn starts(words: &[&str], stems: &[&str]) -> bool {
    words
        .iter()
        .any(|w| stems.iter().any(|stem| w.starts_with(stem)))
}

fn has(words: &[&str], list: &[&str]) -> bool {
    words.iter().any(|w| list.contains(w))
}

fn staff_says(m: &Memory, list: &[&str]) -> bool {
    m.staff_words.iter().any(|w| list.contains(&w.as_str()))
}

/// Words for a parent of the children: «тато», «мамі», «колишня».
fn is_parent(word: &str) -> bool {
    matches!(
        word,
        "тато"
            | "тата"
            | "татові"
            | "батько"
            | "батька"
            | "батькові"
            | "мама"
            | "мами"
            | "маму"
            | "мамі"
            | "мати"
            | "матір"
            | "матері"
    ) || word.starts_with("колишн")
}

/// Whether a parent of the children is named, and nobody's own: «мій тато» is the citizen's.
fn names_parent(words: &[&str]) -> bool {
    words.iter().enumerate().any(|(at, w)| {
        let own = at.checked_sub(1).is_some_and(|b| {
            matches!(
                words[b],
                "мій"
                    | "моя"
                    | "мого"
                    | "моєї"
                    | "моєму"
                    | "моїй"
                    | "мою"
                    | "свою"
                    | "свого"
                    | "своєї"
            )
        });
        is_parent(w) && (!own || w.starts_with("колишн"))
    })
}

/// Whether the other parent is asked about or spoken of in this turn.
fn in_view(m: &Memory, u: &Utterance<'_>, refs: &[Ref]) -> bool {
    let words = u.all_words();
    // «Господар дозволив», «вона підписала ту заяву, що я там живу»
    if starts(&words, &["господар", "хазя", "власн", "орендодав"]) {
        return false;
    }
    let named = refs.iter().any(|r| match r.who {
        Who::Person(id) => Some(id) == m.other_parent,
        Who::Me => false,
    }) || names_parent(&words);
    let family = |topic: Topic| OF_FAMILY.contains(&topic);
    let other_question = m.asked.questions().next().is_some() && !m.asked.questions().any(family);
    // "Hvor er hans mor?" asks for an address, and is answered by what she says to it.
    let just = m.parent_spoken.is_some_and(|(turn, _)| turn + 1 >= m.turns)
        && staff_says(m, &["far", "faren", "faderen", "mor", "moren", "moderen"])
        || asks_by_name(m);
    if other_question && !just && !m.asked.kin().is_some_and(Kin::is_couple) {
        return named;
    }
    let asked = m.asked.asks_any(&[
        Topic::OtherParentAgrees,
        Topic::OtherParentMoves,
        Topic::OtherParentName,
        Topic::SixWeeks,
    ]);
    let spoken = just
        || m.parent_spoken
            .is_some_and(|(turn, _)| turn + SPOKEN_OF > m.turns);
    let third = has(
        &words,
        &[
            "він",
            "вона",
            "йому",
            "їй",
            "його",
            "її",
            "чоловік",
            "дружина",
            "жінка",
        ],
    );
    let custody = third
        && m.asked
            .asks_any(&[Topic::Custody, Topic::Residence, Topic::LivedBefore]);
    let couple = third && m.asked.kin().is_some_and(Kin::is_couple);
    asked || spoken || named || custody || couple
}

/// "Hvad mener Maksym om det?", "har Trine svaret?": whether the other parent is asked about by name.
fn asks_by_name(m: &Memory) -> bool {
    let mut others = m.people.iter().filter(|p| {
        Some(p.id) == m.other_parent || p.kin.is_some_and(Kin::is_couple) && Some(p.id) != m.host
    });
    let says = |p: &super::memory::Person| {
        m.text(&Memory::key(p.id, "given_names"))
            .is_some_and(|name| {
                let given = tolkebot_values::fold(name);
                let given = given.split(' ').next().unwrap_or("");
                !given.is_empty() && m.staff_words.iter().any(|w| w == given)
            })
    };
    let opinion = staff_says(
        m,
        &[
            "mener",
            "siger",
            "sagt",
            "synes",
            "svaret",
            "enig",
            "indforstået",
            "accepteret",
            "vidste",
            "ved",
        ],
    );
    opinion && others.any(says)
}

/// Questions beside which the other parent may be spoken of without a name.
const OF_FAMILY: &[Topic] = &[
    Topic::OtherParentAgrees,
    Topic::OtherParentMoves,
    Topic::OtherParentName,
    Topic::SixWeeks,
    Topic::Custody,
    Topic::Residence,
    Topic::LivedBefore,
    Topic::Married,
    Topic::WhoMoves,
    Topic::Name,
];

/// Takes a value in where nothing was heard, or where this turn heard it from a word that says less.
fn hear(
    m: &mut Memory,
    key: &str,
    value: &str,
    u: &Utterance<'_>,
    sentence: &Sentence,
    asked: bool,
) {
    if m.has(key) && (!asked || m.heard_now.iter().any(|k| k == key)) {
        return;
    }
    let act = if m.has(key) { Act::Correct } else { Act::Say };
    let heard = Heard::new(value, u.evidence_of_words(&sentence.words), 0.7)
        .act(act)
        .in_passing(!asked);
    m.hear(key, heard);
}
