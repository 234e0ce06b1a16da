//! "Hedder hun også Poshtaruk?" – «Ні, Гейсюк, по татові», "Polina hvad?" – «Шевчук»: the surname of somebody else who was
//! asked about opens the answer.

use super::*;

/// Words that may stand before it.
const LEADS: &[&str] = &[
    "ні",
    "нє",
    "не",
    "а",
    "та",
    "в",
    "у",
    "неї",
    "нього",
    "вона",
    "він",
    "теж",
    "прізвище",
    "по",
    "татові",
    "батькові",
];

/// Takes the surname in.
pub(in crate::reader) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || u.lang() != Lang::Uk || !is_asked(m) {
        return;
    }
    let Some(id) = whom(m) else { return };
    let Some(word) = answered(m, u) else { return };
    let key = Memory::key(id, "surname");
    let settled = m
        .belief(&key)
        .is_some_and(|b| b.is_said() && !b.is_unsure());
    if !settled {
        m.forget(&key);
        take_surname(m, u, id, word);
    }
}

/// The question is for a surname, and not for the citizen's.
fn is_asked(m: &Memory) -> bool {
    let words: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let surname = words.iter().any(|w| w.starts_with("efternavn"));
    let called = words.iter().position(|w| *w == "hedder").is_some_and(|at| {
        let third =
            words[at..].iter().any(|w| matches!(*w, "hun" | "han")) || m.asked_person.is_some();
        let as_you = words[at..]
            .windows(2)
            .any(|w| matches!(w, ["som", "dig" | "du" | "far" | "mor"]));
        third && (as_you || words[at..].contains(&"også"))
    });
    let bare = words.len() <= 3 && words.last() == Some(&"hvad") && m.asked_person.is_some();
    let yours = words
        .windows(2)
        .any(|w| matches!(w[0], "dit" | "jeres") && w[1].starts_with("efternavn"));
    (surname || called || bare) && !yours && m.mover == 0
}

/// Whom the question is about: named in it, a relative, or the one whose data are being taken.
fn whom(m: &Memory) -> Option<PersonId> {
    let relative = m
        .asked
        .kin()
        .filter(|k| !matches!(k, Kin::Children | Kin::Landlord))
        .and_then(|kin| m.person_by_kin(kin));
    let third = m.asked.is_about(Target::Third).then_some(m.focus);
    let other = |id: &PersonId| *id != 0 && *id != m.mover && Some(*id) != m.host;
    // "Hedder hun også Kushnir?" of the one woman who comes along.
    let spoken_of = || {
        let says = |word: &str| m.staff_words.iter().any(|w| w == word);
        let sex = match (says("hun"), says("han")) {
            (true, false) => Sex::Female,
            (false, true) => Sex::Male,
            _ => return None,
        };
        m.third(sex, |id| {
            m.person(id).is_some_and(|p| p.moves == Some(true))
        })
    };
    let named = m.asked_person.or(relative).or(third).filter(other);
    named.or_else(spoken_of).filter(other)
}

/// The surname that opens the answer.
fn answered(m: &Memory, u: &Utterance<'_>) -> Option<usize> {
    let count = u.word_tokens.len().min(5);
    let word = (0..count).find(|at| !LEADS.contains(&u.token(*at).text.as_str()))?;
    let token = u.token(word);
    let shaped = if u.written {
        token.capital
    } else {
        names::looks_like_surname(&token.text) || names::is_known_surname(&token.text)
    };
    let number =
        tolkebot_values::numbers::read_at(&u.tokens, u.word_tokens[word], u.lang()).is_some();
    let plain = matches!(
        token.text.as_str(),
        "моє"
            | "моя"
            | "мій"
            | "наше"
            | "своє"
            | "таке"
            | "інше"
            | "однакове"
            | "різні"
            | "різне"
            | "є"
            | "обидва"
            | "обидві"
            | "усі"
            | "всі"
    );
    let free = !plain
        && kin(&token.text, u.lang()).is_none()
        && names::to_nominative(&token.text).is_none()
        && !crate::reader::mood::mood(u).agreed;
    (shaped && !number && free && token.is_cyrillic() && is_surname_word(m, u, word))
        .then_some(word)
}
