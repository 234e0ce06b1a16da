//! The form's own questions about a value, asked word for word, and the plain yes to them.
//!
//! A yes to "Boligtype – lejlighed?" says what it agrees to nowhere but in the question, which the form has put
//! itself: kinds, lists and free texts are understood by it like dates and numbers. Which value it was about is
//! found when the form is merged: the one whose question reads just so
//! ([`FormState::settle_agreed`](crate::state::FormState)).

use tolkebot_protocol::Lang;

use super::memory::Memory;
use super::mood::Mood;
use super::utterance::Utterance;
use crate::state::{Agreed, DANISH_COUNT, Evidence};
use crate::texts;

/// So many of a conversation's are kept.
const MAX_AGREED: usize = 128;

/// A question of the form's.
#[derive(Debug, Clone)]
pub(crate) struct OwnQuestion {
    asked: Evidence,
    /// The words of the value.
    value: Vec<String>,
}

/// The employee's turn: whether it is such a question.
pub(super) fn asked(m: &mut Memory, u: &Utterance<'_>) {
    m.own_question = value_start(&u.said).map(|start| OwnQuestion {
        asked: u.evidence(0..u.said.len()),
        value: (0..u.word_tokens.len())
            .map(|at| u.token(at))
            .filter(|token| token.span.start >= start)
            .map(|token| token.text.clone())
            .collect(),
    });
}

/// Where the value begins in a question like "Er det rigtigt: Boligtype – lejlighed?", "Nygade 5: er det 3. sal efter
/// dansk tælling?"
fn value_start(text: &str) -> Option<usize> {
    if let Some(floor) = text.strip_suffix(DANISH_COUNT) {
        return floor.rfind("r det ").map(|at| at + "r det ".len());
    }
    ["confirm", "confirm_name"].iter().find_map(|id| {
        let frame = texts::question(id).in_lang(Lang::Da);
        let lead = frame.split('{').next().filter(|lead| !lead.is_empty())?;
        let rest = text.strip_prefix(lead)?;
        let dash = rest.rfind(" – ").map_or(0, |at| at + " – ".len());
        Some(lead.len() + dash)
    })
}

/// The citizen's turn: a plain yes agrees; a no to the same value takes an earlier yes back.
pub(super) fn answered(m: &mut Memory, u: &Utterance<'_>, mood: Mood) {
    if mood.objected {
        let staff = &m.staff_words;
        m.agreed
            .retain(|(question, _)| !question.value.iter().all(|word| staff.contains(word)));
    }
    let Some(question) = m.own_question.take() else {
        return;
    };
    if mood.agreed && mood.bare && !mood.hedged {
        m.agreed
            .retain(|(old, _)| old.asked.text != question.asked.text);
        m.agreed.push((question, u.evidence(0..u.said.len())));
        if m.agreed.len() > MAX_AGREED {
            m.agreed.remove(0);
        }
    }
}

/// What was agreed to, for the form.
pub(super) fn agreements(m: &Memory) -> Vec<Agreed> {
    let each = m.agreed.iter().map(|(question, yes)| Agreed {
        asked: question.asked.clone(),
        yes: yes.clone(),
    });
    each.collect()
}
