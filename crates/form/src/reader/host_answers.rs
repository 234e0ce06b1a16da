//! Whose home it is, told with a whole name to whom it was asked: "hvad hedder hun, og bliver hun boende?" – «Доріт
//! Скоубо», "hvem udlejer huset?" – «управитель, Томас Дюрберг», "Nicolai hvad?" – «Крамп», also where no list has the
//! name.

mod asked;
mod beside;
mod context;
mod reporter;

use tolkebot_protocol::Lang;

use super::belief::{Act, Heard};
use super::host_names::is_mover;
use super::memory::Memory;
use super::people::write_name;
use super::utterance::Utterance;
use super::whole_names::{Whole, foreign, is_lead, single, whole_names};
use crate::state::PersonId;
use asked::{Question, question};
pub(super) use context::spoken_of;

/// Reads the host's name from an answer, where none is known by a whole one.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    reporter::read(m, u);
    let leaves = m.text("case.move_type") == Some("to_abroad");
    if u.is_staff() || u.lang() != Lang::Uk || leaves || told_unsure(u) {
        return;
    }
    if !open(m) {
        told_longer(m, u);
        return;
    }
    let Some(question) = question(m) else {
        let names = others(m, u);
        if let Some(name) = beside::told(m, u, names)
            && let Some(id) = host(m, &name, &Question::Name)
        {
            takes(m, u, id, &name);
        }
        return;
    };
    if let Question::Surname(given) = &question {
        behind_given(m, u, given);
        return;
    }
    let Some(name) = chosen(m, u, &question) else {
        relative_named(m);
        return;
    };
    if let Some(id) = host(m, &name, &question) {
        takes(m, u, id, &name);
    }
}

/// «Йорґен Тофт Нільсен», of whom two parts were just taken: the name is longer.
fn told_longer(m: &mut Memory, u: &Utterance<'_>) {
    let Some(id) = m.host.filter(|id| *id != 0) else {
        return;
    };
    let keys = ["given_names", "surname"].map(|field| Memory::key(id, field));
    if !keys.iter().all(|key| m.heard_now.contains(key)) {
        return;
    }
    let have = |key: &String| m.text(key).unwrap_or("").to_owned();
    let (given, surname) = (have(&keys[0]), have(&keys[1]));
    let longer = whole_names(m, u).into_iter().find(|name| {
        let parts = name.given.split(' ').count();
        let part = |text: &str| {
            name.given
                .split(' ')
                .chain([name.surname.as_str()])
                .any(|part| tolkebot_values::names::same_name(part, text) >= 0.82)
        };
        parts >= 2 && part(&given) && part(&surname) && name.surname.chars().count() > 2
    });
    let Some(name) = longer else { return };
    for (key, text, span) in [
        (&keys[0], &name.given, &name.given_at),
        (&keys[1], &name.surname, &name.surname_at),
    ] {
        let heard = Heard::new(text.as_str(), u.evidence(span.clone()), 0.6).unsure(true);
        m.hear(key, heard.act(Act::Correct));
    }
}

/// The question is for the one whose home it is, and for nobody who moves.
pub(super) fn asks_for_host(m: &Memory) -> bool {
    matches!(question(m), Some(Question::Holder | Question::Surname(_)))
}

/// "Hvad hedder din søster?" – «Ілона», where her home was spoken of.
fn relative_named(m: &mut Memory) {
    let kin = m.asked.kin().filter(|k| !k.is_child());
    if m.host.is_some() || m.mover != 0 || !context::recent(m, None) {
        return;
    }
    let id = kin.and_then(|k| m.person_by_kin(k)).filter(|id| {
        m.heard_now.contains(&Memory::key(*id, "given_names")) && may_host(m, *id, &Question::Name)
    });
    let Some(id) = id else { return };
    m.host = Some(id);
    if let Some(person) = m.person_mut(id) {
        person.moves = Some(false);
    }
}

/// Nobody's whole name is known as the host's, and it is not the one who reports.
fn open(m: &Memory) -> bool {
    m.host.is_none_or(|id| {
        id != 0 && !(m.has(&Memory::key(id, "given_names")) && m.has(&Memory::key(id, "surname")))
    })
}

/// «Наче Бо Міккельсен», «не знаю, якось на Б»
fn told_unsure(u: &Utterance<'_>) -> bool {
    u.all_words()
        .windows(2)
        .any(|w| matches!(w, ["не", "знаю" | "пам'ятаю" | "скажу"]))
}

/// The name that answers: of several the one beside which «на нього», «власник», «договір» stands, else the last of a
/// person who was named twice, else the first.
fn chosen(m: &Memory, u: &Utterance<'_>, question: &Question) -> Option<Whole> {
    let names = others(m, u);
    let near = |name: &Whole| {
        u.sentence_at(name.given_at.start)
            .is_some_and(|s| context::holds(&u.words(s.words.clone())))
    };
    let limit = match question {
        // Without signs the name opens the answer or stands behind a word for somebody.
        Question::Name if !u.written => 8,
        _ => usize::MAX,
    };
    names
        .iter()
        .find(|name| *question == Question::Holder && near(name))
        .or(names.first())
        .filter(|name| name.words.start <= limit)
        .cloned()
}

/// The whole names of the turn that are nobody's who moves.
fn others(m: &Memory, u: &Utterance<'_>) -> Vec<Whole> {
    whole_names(m, u)
        .into_iter()
        .filter(|name| !of_mover(m, u, name) && !of_speaker(u, name) && !numbered(u, name))
        .filter(|name| !is_dead(u, name))
        .filter(|name| name.listed)
        .collect()
}

/// «Василь Григорович Олійник, двадцять сьомого восьмого …»: whose number is told moves along.
fn numbered(u: &Utterance<'_>, name: &Whole) -> bool {
    (name.words.end..(name.words.end + 3).min(u.word_tokens.len())).any(|word| {
        tolkebot_values::numbers::read_at(&u.tokens, u.word_tokens[word], u.lang()).is_some()
    })
}

/// «З паном Еґоном Тофтом, але він помер»: whoever has died holds no home.
fn is_dead(u: &Utterance<'_>, name: &Whole) -> bool {
    u.written
        && u.sentence_at(name.given_at.start).is_some_and(|s| {
            u.words(name.words.end.min(s.words.end)..s.words.end)
                .iter()
                .any(|w| matches!(*w, "помер" | "померла" | "загинув" | "загинула"))
        })
}

/// The citizen's own name, or that of somebody who moves along.
fn of_mover(m: &Memory, u: &Utterance<'_>, name: &Whole) -> bool {
    // Taken for the citizen's without a question for it, and perhaps only now.
    let guessed = m.name_guessed || m.heard_now.contains(&Memory::key(0, "surname"));
    if m.mover == 0 && guessed && !m.asked.is_about(super::asked::Target::You) {
        return false;
    }
    let given = is_mover(m, u, u.word_at(name.given_at.start));
    let surname = is_mover(m, u, u.word_at(name.surname_at.start));
    given && surname
}

/// «Я, Олена Коваль», «договір на мене, Олену …»: the speaker's own.
fn of_speaker(u: &Utterance<'_>, name: &Whole) -> bool {
    let from = u
        .sentence_at(name.given_at.start)
        .map_or(0, |s| s.words.start.max(name.words.start.saturating_sub(4)));
    u.words(from..name.words.start)
        .iter()
        .any(|w| matches!(*w, "я" | "мене" | "мені" | "ми"))
}

/// Whose name it is: the host's who is known without one or by this given name, or the relative's who was asked for.
fn host(m: &mut Memory, name: &Whole, question: &Question) -> Option<PersonId> {
    let called = |m: &Memory, id: PersonId| {
        m.text(&Memory::key(id, "given_names"))
            .map(|have| alike(have, &name.given))
    };
    if let Some(id) = m.host {
        return called(m, id).unwrap_or(true).then_some(id);
    }
    let known = m
        .people
        .iter()
        .filter(|p| p.id != 0 && p.id != m.mover)
        .find(|p| called(m, p.id) == Some(true))
        .map(|p| p.id);
    if let Some(id) = known {
        return may_host(m, id, question).then_some(id);
    }
    let kin = m.asked.kin().filter(|k| !k.is_child());
    let relative = kin
        .and_then(|k| m.person_by_kin(k))
        .filter(|id| *id != m.mover && called(m, *id).is_none() && may_host(m, *id, question));
    mistaken_for_mover(m, name);
    Some(relative.unwrap_or_else(|| m.add_person(kin)))
}

/// Who moves along lets nobody in, and who was named as the children's other parent is asked for something else.
fn may_host(m: &Memory, id: PersonId, question: &Question) -> bool {
    if m.has(&Memory::key(id, "cpr_number")) || Some(id) == m.other_parent {
        return false;
    }
    let named_now = m
        .heard_now
        .iter()
        .any(|key| *key == Memory::key(id, "given_names"));
    m.person(id).is_some_and(|p| {
        p.moves != Some(true)
            || named_now && *question == Question::Holder && !p.kin.is_some_and(|k| k.is_child())
    })
}

/// Nobody had a name yet, and this one was taken for the citizen's.
fn mistaken_for_mover(m: &mut Memory, name: &Whole) {
    for (field, value) in [("given_names", &name.given), ("surname", &name.surname)] {
        let key = Memory::key(0, field);
        let now = m.heard_now.contains(&key) || m.name_guessed;
        if now && m.text(&key).is_some_and(|have| alike(have, value)) {
            m.beliefs.remove(&key);
            m.beliefs
                .remove(&Memory::key(0, &format!("{field}_native")));
        }
    }
}

fn alike(have: &str, name: &str) -> bool {
    let first = |text: &str| text.split(' ').next().unwrap_or("").to_owned();
    tolkebot_values::names::same_name(&first(have), &first(name)) >= 0.82
}

fn takes(m: &mut Memory, u: &Utterance<'_>, id: PersonId, name: &Whole) {
    m.host = Some(id);
    let turn = m.turns;
    if let Some(person) = m.person_mut(id) {
        person.moves = Some(false);
        person.last_turn = turn;
    }
    for (field, text, span) in [
        ("given_names", &name.given, &name.given_at),
        ("surname", &name.surname, &name.surname_at),
    ] {
        write_name(m, u, id, field, text, span.clone(), 0.6, true);
    }
}

/// "Nicolai hvad?" – «Крамп, мій чоловік», "Dorit hvad?" – «Доріт Скоубо»: what stands first, or behind the given name.
fn behind_given(m: &mut Memory, u: &Utterance<'_>, given: &str) {
    let whole = whole_names(m, u)
        .into_iter()
        .find(|name| alike(&name.given, given));
    let known = m
        .people
        .iter()
        .filter(|p| p.id != 0 && p.id != m.mover)
        .find(|p| {
            m.text(&Memory::key(p.id, "given_names"))
                .is_some_and(|have| alike(have, given))
        })
        .map(|p| p.id);
    let id = match (m.host, known) {
        (Some(id), _) => id,
        (None, Some(id)) if may_host(m, id, &Question::Name) => id,
        (None, Some(_)) => return,
        (None, None) => m.add_person(None),
    };
    let bears_another = m
        .text(&Memory::key(id, "given_names"))
        .is_some_and(|have| !alike(have, given));
    if bears_another {
        return;
    }
    if let Some(name) = whole {
        takes(m, u, id, &name);
        return;
    }
    let Some(word) = surname_word(u) else { return };
    let span = u.token(word).span.clone();
    let said = u.said.get(span.clone()).unwrap_or("").to_owned();
    let surname = single(m, &said, foreign(given));
    let name = Whole {
        given: given.to_owned(),
        surname,
        given_at: span.clone(),
        surname_at: span,
        words: word..word + 1,
        listed: false,
    };
    takes(m, u, id, &name);
}

/// The word with which the answer begins, where it can be a surname.
fn surname_word(u: &Utterance<'_>) -> Option<usize> {
    let word = (0..u.word_tokens.len().min(4)).find(|w| !is_lead(&u.token(*w).text, u))?;
    let token = u.token(word);
    let shaped = if u.written {
        let number = tolkebot_values::numbers::read_at(&u.tokens, u.word_tokens[word], u.lang());
        token.capital && number.is_none()
    } else {
        tolkebot_values::names::danish_surname(&token.text).is_some()
            || tolkebot_values::names::looks_like_surname(&token.text)
    };
    (shaped && token.is_word() && token.text.chars().count() >= 3).then_some(word)
}
