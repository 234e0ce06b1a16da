//! Grandchildren, nephews and nieces who are asked for by a word for a child: "og børnene?" of «онуки».

use super::kin::{Kin, kin};
use super::memory::Memory;
use super::sentences::Sentence;
use super::utterance::Utterance;
use crate::state::PersonId;

/// The young people who come along are grandchildren or nephews, as a note of nobody.
const SPOKEN_OF: &str = "young.relatives";

/// Note of one who is no child of the citizen's, whatever the employee calls them.
pub(super) const FARTHER: &str = "kin_farther";

/// Note of one of whom it was decided.
const DECIDED: &str = "kin_farther_decided";

/// Notes that grandchildren or nephews are spoken of, and which of the children who are named are these.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if m.mover != 0 {
        return;
    }
    if u.sentences.iter().any(|s| tells_of(u, s)) {
        m.note(SPOKEN_OF, "yes", u.evidence(0..0));
        // "De er dine børnebørn": those who are known already.
        if u.is_staff() {
            for id in children(m) {
                m.note(&Memory::key(id, FARTHER), "yes", u.evidence(0..0));
            }
        }
    }
    if u.is_staff() {
        return;
    }
    for id in children(m) {
        let decided = Memory::key(id, DECIDED);
        let Some(own) = named_as_own(m, u, id).filter(|_| !m.has(&decided)) else {
            continue;
        };
        m.note(&decided, "yes", u.evidence(0..0));
        if m.has(SPOKEN_OF) && !own {
            m.note(&Memory::key(id, FARTHER), "yes", u.evidence(0..0));
        }
    }
}

/// Those who come along as children.
fn children(m: &Memory) -> Vec<PersonId> {
    m.people
        .iter()
        .filter(|p| {
            p.kin
                .is_some_and(|k| matches!(k, Kin::Son | Kin::Daughter | Kin::Child))
        })
        .filter(|p| p.moves == Some(true))
        .map(|p| p.id)
        .collect()
}

/// Whether the sentence that names somebody calls them son, daughter or the citizen's own; `None` where they are not
/// named in this turn.
fn named_as_own(m: &Memory, u: &Utterance<'_>, id: PersonId) -> Option<bool> {
    let name = m.belief(&Memory::key(id, "given_names"))?.slot()?;
    let here = name.evidence.iter().find(|e| e.turn == u.turn.n)?;
    let sentence = u.sentence_at(here.bytes.start)?;
    let words = u.words(sentence.words.clone());
    Some(
        words
            .iter()
            .any(|w| own(w) || matches!(*w, "мій" | "моя" | "мої"))
            && !tells_of(u, sentence),
    )
}

fn own(word: &str) -> bool {
    kin(word, tolkebot_protocol::Lang::Uk).is_some_and(|k| matches!(k, Kin::Son | Kin::Daughter))
        && !matches!(word, "хлопчик" | "дівчинка" | "мала" | "малий" | "пацан")
}

/// «Онуки житимуть у мене», «з племінницею», "dine børnebørn": grandchildren or nephews, and nobody who visits or stays.
fn tells_of(u: &Utterance<'_>, sentence: &Sentence) -> bool {
    let words = u.words(sentence.words.clone());
    let young = |w: &&str| {
        [
            "онук",
            "онуч",
            "внук",
            "внуч",
            "племінни",
            "племяш",
            "небіж",
            "небож",
            "небог",
            "похресни",
            "børnebørn",
            "barnebarn",
            "nevø",
            "niece",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    };
    let apart = words.iter().any(|w| {
        [
            "канікул",
            "гост",
            "гіст",
            "лиша",
            "лиши",
            "залиш",
            "besøg",
            "bliver",
            "har",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    words.iter().any(young) && !apart && !sentence.question
}
