//! The mover's whole name in an answer to whoever asks for it, also where no list has its parts: "hvad hedder du" –
//! «терентій окунь окунь як риба», "navn?" – «Васюта Калина», "og mor?" of who moves – «пилявець тетяна».

use tolkebot_protocol::Lang;
use tolkebot_values::names;

use super::asked::Target;
use super::belief::{Act, Heard};
use super::host_answers;
use super::kin::kin;
use super::memory::Memory;
use super::people::write_name;
use super::topic::Topic;
use super::utterance::Utterance;
use super::whole_names::{Whole, is_lead, own_names};
use crate::state::PersonId;

/// Without signs a name that answers begins within so many words.
const OPENS: usize = 6;

/// Reads the name of the one who was asked for, where it is not known whole.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || u.lang() != Lang::Uk || !asks(m) || host_answers::asks_for_host(m) {
        return;
    }
    let Some(id) = whom(m).filter(|id| !of_another(m, *id)) else {
        return;
    };
    let has = |field: &str| {
        m.belief(&Memory::key(id, field))
            .is_some_and(|b| !b.is_unsure())
    };
    if has("given_names") && has("surname") {
        return;
    }
    let Some(name) = chosen(m, u, id) else {
        return;
    };
    taken_for_another(m, id, &name);
    write(m, u, id, &name);
}

/// The employee asks for a name, or speaks of one: "er det dig?" behind a name that is read.
fn asks(m: &Memory) -> bool {
    let you = m.staff_words.windows(3).any(|w| w == ["er", "det", "dig"]);
    m.asked.mentions(Topic::Name) || you
}

/// Whose name the question asks for: the citizen's, or that of the one for whom they came.
fn whom(m: &Memory) -> Option<PersonId> {
    let third = m.asked.is_about(Target::Third) || m.asked.is_about(Target::ParentOfThird);
    let kin = m.asked.kin();
    if m.mover == 0 {
        return (!third && kin.is_none()).then_some(0);
    }
    let theirs = m.person(m.mover).and_then(|p| p.kin);
    let of_mover = kin.is_some_and(|k| theirs.is_none_or(|t| t.agrees(k)));
    if of_mover || third && kin.is_none() {
        return Some(m.mover);
    }
    let yours = m
        .staff_words
        .iter()
        .any(|w| matches!(w.as_str(), "du" | "dit" | "dig" | "selv" | "deres"));
    (yours && kin.is_none()).then_some(0)
}

/// "Og Darynka, er det det rigtige navn?": somebody else is called so.
pub(super) fn of_another(m: &Memory, id: PersonId) -> bool {
    let others = m.people.iter().filter(|p| p.id != id);
    others
        .filter_map(|p| m.text(&Memory::key(p.id, "given_names")))
        .any(|given| m.staff_words.iter().any(|w| alike(w, given)))
}

/// The name that answers: one that begins with the given name that is known, or else one that opens the answer.
fn chosen(m: &Memory, u: &Utterance<'_>, id: PersonId) -> Option<Whole> {
    let given = m.text(&Memory::key(id, "given_names"));
    let all: Vec<Whole> = own_names(m, u)
        .into_iter()
        .filter(|name| !of_relative(m, u, id, name) && u.token(name.words.start).is_cyrillic())
        .filter(|name| id == m.mover || !of_mover(m, name))
        .filter(|name| id == 0 || !behind_me(u, name))
        .collect();
    let known = all
        .iter()
        .find(|name| given.is_some_and(|given| alike(given, &name.given)));
    let first = all.first().filter(|name| {
        if u.written {
            opens(u, name)
        } else {
            name.words.start <= OPENS && !listed(u, name) && leads(u, name)
        }
    });
    known.or(first).cloned()
}

/// The name of the one who moves, and of nobody who reports.
fn of_mover(m: &Memory, name: &Whole) -> bool {
    m.text(&Memory::key(m.mover, "given_names"))
        .is_some_and(|have| alike(have, &name.given))
}

/// «Я Богун Леонід. А вона …»: the speaker's own.
fn behind_me(u: &Utterance<'_>, name: &Whole) -> bool {
    let before = u.words(name.words.start.saturating_sub(2)..name.words.start);
    matches!(before.as_slice(), [.., "я"] | ["мене", "звати" | "звуть"])
}

/// «я й син назар стельмах», «чоловік Мстислав Квітка»: a relative's.
fn of_relative(m: &Memory, u: &Utterance<'_>, id: PersonId, name: &Whole) -> bool {
    let Some(before) = name.words.start.checked_sub(1) else {
        return false;
    };
    let theirs = m.person(id).and_then(|p| p.kin);
    kin(&u.token(before).text, u.lang()).is_some_and(|k| theirs.is_none_or(|t| !t.agrees(k)))
}

/// «я і лізавета мозгова»: somebody beside the one who answers.
fn listed(u: &Utterance<'_>, name: &Whole) -> bool {
    u.words(0..name.words.start)
        .iter()
        .any(|w| matches!(*w, "і" | "й" | "та" | "з" | "із" | "зі"))
}

/// Without signs: it is what the turn begins with, but for words that say that a name follows.
fn leads(u: &Utterance<'_>, name: &Whole) -> bool {
    let lead = u.words(0..name.words.start);
    lead.iter().all(|w| is_opening(w) || is_lead(w, u))
        && !lead
            .iter()
            .any(|w| matches!(*w, "у" | "в" | "до" | "від" | "для" | "його" | "її"))
}

/// It begins one of the first sentences, or stands behind «я», «мене звати», «це».
fn opens(u: &Utterance<'_>, name: &Whole) -> bool {
    let Some(at) = u
        .sentences
        .iter()
        .position(|s| s.words.contains(&name.words.start))
    else {
        return false;
    };
    let lead = u.words(u.sentences[at].words.start..name.words.start);
    at <= 1 && lead.len() <= 4 && lead.iter().all(|w| is_opening(w))
}

/// A word that stands before a name that answers.
fn is_opening(word: &str) -> bool {
    matches!(
        word,
        "я" | "мене"
            | "звати"
            | "так"
            | "це"
            | "ну"
            | "пишіть"
            | "запишіть"
            | "тоді"
            | "тепер"
            | "сама"
            | "сам"
            | "та"
            | "ж"
            | "пан"
            | "пані"
            | "його"
            | "її"
            | "тобто"
            | "по-паспорту"
            | "повністю"
    )
}

fn alike(a: &str, b: &str) -> bool {
    names::same_name(a, b) >= 0.82
}

/// The name was just taken for somebody who was not spoken of before: there is nobody but the one who was asked for.
fn taken_for_another(m: &mut Memory, id: PersonId, name: &Whole) {
    let prefix = |p: PersonId| Memory::key(p, "");
    let other = m
        .people
        .iter()
        .map(|p| p.id)
        .filter(|p| *p != id && *p != 0 && *p != m.mover && Some(*p) != m.host)
        .find(|p| {
            let mine: Vec<&String> = m
                .beliefs
                .keys()
                .filter(|key| key.starts_with(&prefix(*p)))
                .collect();
            let now = mine
                .iter()
                .all(|key| m.heard_now.contains(*key) || key.ends_with("_native"));
            let called = m
                .text(&Memory::key(*p, "given_names"))
                .is_some_and(|given| alike(given, &name.given));
            !mine.is_empty() && now && called
        });
    let Some(other) = other else { return };
    m.beliefs.retain(|key, _| !key.starts_with(&prefix(other)));
    m.people.retain(|p| p.id != other);
    if m.focus == other {
        m.focus = id;
    }
}

fn write(m: &mut Memory, u: &Utterance<'_>, id: PersonId, name: &Whole) {
    // «Кульбаба Пармен», where «Кульбаба» was told to be the surname.
    let turned = m
        .text(&Memory::key(id, "surname"))
        .is_some_and(|have| alike(have, &name.given) && !alike(have, &name.surname));
    let name = &if turned {
        Whole {
            given: name.surname.clone(),
            surname: name.given.clone(),
            given_at: name.surname_at.clone(),
            surname_at: name.given_at.clone(),
            ..name.clone()
        }
    } else {
        name.clone()
    };
    let given = Memory::key(id, "given_names");
    let known = m.text(&given).is_some_and(|have| alike(have, &name.given));
    let mut parts = Vec::new();
    if !known {
        parts.push(("given_names", &name.given, &name.given_at));
    }
    let surname = m
        .text(&Memory::key(id, "surname"))
        .is_some_and(|have| alike(have, &name.surname));
    if !surname {
        parts.push(("surname", &name.surname, &name.surname_at));
    }
    for (field, text, span) in parts {
        let key = Memory::key(id, field);
        if m.has(&key) {
            // Told before without a question for it: another's, or misheard.
            let heard = Heard::new(text.as_str(), u.evidence(span.clone()), 0.6).unsure(true);
            m.hear(&key, heard.act(Act::Correct));
        } else {
            write_name(m, u, id, field, text, span.clone(), 0.6, true);
        }
        let native = title(u.said.get(span.clone()).unwrap_or(""));
        let key = Memory::key(id, &format!("{field}_native"));
        m.note(&key, &native, u.evidence(span.clone()));
    }
}

fn title(text: &str) -> String {
    let words: Vec<String> = text
        .split(' ')
        .map(|word| {
            let mut chars = word.chars();
            chars.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(chars).collect()
            })
        })
        .collect();
    words.join(" ")
}
