//! The citizen's own surname told by itself: «ні, я Яцишин», «Роман це прізвище».

use super::*;
use crate::reader::belief::{Act, Heard};

/// "Og du hedder også Ponomarenko?", "hvad er dit efternavn?"
pub(super) fn asked_of_you(m: &Memory) -> bool {
    m.asked.targets.first() == Some(&Target::You)
        && m.asked.kin().is_none()
        && m.staff_words
            .iter()
            .any(|w| w.starts_with("efternavn") || w == "også")
}

/// Reads it while the citizen speaks for themselves.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    if u.is_staff() || m.mover != 0 {
        return;
    }
    which_is_surname(m, u);
    of_us(m, u, refs);
    behind_me(m, u, refs);
    said_otherwise(m, u, refs);
}

/// «Моє прізвище Коваленко» of somebody who is called Melnyk so far: neither is taken for wrong once both sides agreed on
/// the first, and whoever answers that question alone is asked.
fn said_otherwise(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    let key = Memory::key(0, "surname");
    let Some(known) = m.text(&key).map(str::to_owned) else {
        return;
    };
    // "Hvad hedder hun til efternavn?"
    let of_others = m.staff_words.iter().any(|w| {
        matches!(
            w.as_str(),
            "han" | "hans" | "hun" | "hendes" | "de" | "deres"
        ) || w.starts_with("udlej")
            || w.starts_with("ejer")
    });
    if of_others
        || m.asked.kin().is_some()
        || m.asked.mentions_any(&[Topic::CoName, Topic::Mailbox])
        || refs.iter().any(|r| !r.pronoun && r.who != Who::Me)
    {
        return;
    }
    let told = (0..u.word_tokens.len()).find_map(|at| {
        let own = match at.checked_sub(1).map(|before| u.token(before)) {
            _ if u.sentences.iter().any(|s| s.words.start == at) => true,
            Some(before) => matches!(
                before.text.as_str(),
                "моє" | "так" | "ні" | "а" | "ну" | "і" | "й"
            ),
            None => true,
        };
        let word =
            at + 1 + usize::from(at + 1 < u.word_tokens.len() && u.token(at + 1).text == "це");
        (own && u.token(at).text == "прізвище" && word < u.word_tokens.len()).then_some(word)
    });
    let Some(word) = told else { return };
    let token = u.token(word);
    let rest = u.said[token.span.end..].trim_start();
    let ends = !u.written || rest.is_empty() || rest.starts_with(['.', ',', '!', ';']);
    let other = u.all_words().iter().any(|w| {
        ["дівоч", "скриньц", "двер", "колись", "раніше", "був", "бул"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    if !ends
        || other
        || !same_sentence(u, word - 1, word)
        || !token.is_cyrillic()
        || u.written && !token.capital
        || !is_surname_word(m, u, word)
    {
        return;
    }
    let value = surname_of(u.said.get(token.span.clone()).unwrap_or(""));
    if !value.is_empty() && !same(&known, &value) {
        m.hear_beside(&key, Heard::new(value, u.evidence(token.span.clone()), 0.8));
    }
}

/// "Og du hedder også Ponomarenko?" – «Я ні. … Дорошук», «бо я Дуб», "er det også dig?" – «я семко»: what stands
/// right behind «я» and ends there, where names are spoken of.
fn behind_me(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    let key = Memory::key(0, "surname");
    let spoken = m
        .asked
        .mentions_any(&[Topic::Name, Topic::CoName, Topic::Mailbox])
        || m.staff_words.iter().any(|w| {
            matches!(
                w.as_str(),
                "hedder" | "efternavn" | "navn" | "navnet" | "står"
            )
        })
        || m.has(&Memory::key(0, "given_names")) && !m.has(&key);
    let unsure = m.belief(&key).is_none_or(|b| b.is_unsure());
    if !unsure || !spoken {
        return;
    }
    for word in 1..u.word_tokens.len() {
        let token = u.token(word);
        let me = u.token(word - 1).text == "я" && same_sentence(u, word - 1, word);
        // «Ми розійшлися, тепер знову Безпалько»
        let again = word > 1
            && u.written
            && matches!(u.token(word - 2).text.as_str(), "тепер" | "вже" | "уже")
            && matches!(u.token(word - 1).text.as_str(), "знову" | "я");
        let me = me || again;
        let named = refs.iter().any(|r| r.bytes.contains(&token.span.start));
        // «я Олена» is no surname.
        let given = names::to_nominative(&token.text).is_some();
        let rest = u.said[token.span.end..].trim_start();
        let ends = rest.is_empty()
            || rest.starts_with([',', '.', '!', ';'])
            || !u.written
                && ["а ", "звати ", "і ", "бо "]
                    .iter()
                    .any(|w| rest.starts_with(w));
        let fits = token.is_cyrillic() && is_surname_word(m, u, word) && !given && !named;
        if me && ends && fits {
            if m.has(&key) {
                m.beliefs.remove(&key);
            }
            take_surname(m, u, 0, word);
            return;
        }
    }
}

/// "Roman Marian?" – «Роман це прізвище!»: a surname that looks like a given name.
fn which_is_surname(m: &mut Memory, u: &Utterance<'_>) {
    let told = (2..u.word_tokens.len()).find(|at| {
        u.token(*at).text == "прізвище"
            && matches!(u.token(at - 1).text.as_str(), "це" | "то")
            && same_sentence(u, at - 2, *at)
            && u.token(at - 2).is_cyrillic()
            && (u.token(at - 2).capital || !u.written)
    });
    let Some(at) = told.map(|at| at - 2) else {
        return;
    };
    let token = u.token(at);
    if !(names::to_nominative(&token.text).is_some() || names::looks_like_surname(&token.text)) {
        return;
    }
    let said = u.said.get(token.span.clone()).unwrap_or("");
    let latin = names::romanise(said);
    let mut chars = latin.chars();
    let Some(first) = chars.next() else { return };
    let latin: String = first.to_uppercase().chain(chars).collect();
    let evidence = u.evidence(token.span.clone());
    let given = Memory::key(0, "given_names");
    let other = m.text(&Memory::key(0, "surname")).map(str::to_owned);
    // "Roman Marian?" was taken in that order.
    if m.text(&given).is_some_and(|have| same(have, &latin)) {
        m.beliefs.remove(&given);
        if let Some(other) = other.filter(|o| !same(o, &latin)) {
            m.hear(
                &given,
                Heard::new(other, evidence.clone(), 0.7).unsure(true),
            );
        }
    }
    let heard = Heard::new(latin, evidence, 0.85).act(Act::Correct);
    m.hear(&Memory::key(0, "surname"), heard);
}

/// A word that is a sentence by itself.
pub(super) fn alone_in_sentence(u: &Utterance<'_>, word: usize) -> bool {
    u.sentences
        .iter()
        .any(|s| s.words.start == word && s.words.end == word + 1)
}

/// "Hvad er dit efternavn og nummer?" – «Руденко, дев'ятнадцять нуль один …»: the first word of the answer, and digits
/// behind it.
pub(super) fn before_number(m: &Memory, u: &Utterance<'_>, word: usize) -> bool {
    let opens = u.sentences.iter().any(|s| s.words.start == word);
    let number = u
        .word_tokens
        .get(word + 1)
        .is_some_and(|at| tolkebot_values::numbers::read_at(&u.tokens, *at, u.lang()).is_some());
    opens && number && m.staff_words.iter().any(|w| w.starts_with("efternavn"))
}

/// "Hvad er dit efternavn, Dmytro?": the given name of whoever is asked is no surname.
pub(super) fn calls_mover(m: &Memory, u: &Utterance<'_>, word: usize) -> bool {
    u.is_staff()
        && m.text(&Memory::key(m.mover, "given_names"))
            .is_some_and(|have| same(have, &u.token(word).text))
        && u.token(word - 1).text != "er"
}

/// «Підтверджую.», «Приїхали.»: a verb with a capital at the start of its sentence.
pub(super) fn tells_what_one_does(word: &str) -> bool {
    !names::looks_like_surname(word)
        && [
            "ую", "юю", "аю", "яю", "ію", "емо", "имо", "ємо", "мось", "уюсь", "аюсь", "лася",
            "лися", "вся", "ала", "али", "ила", "или", "єте", "айте", "іть",
        ]
        .iter()
        .any(|end| word.ends_with(end))
}

/// «Я Клавдія, вона Лідія, Худенко ми»: of all who were just named.
fn of_us(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    if !u.written {
        return;
    }
    let found = (1..u.word_tokens.len()).find(|at| {
        let rest = u.said[u.token(*at).span.end..].trim_start();
        u.token(*at).text == "ми"
            && (rest.is_empty() || rest.starts_with(['.', ',', '!']))
            && same_sentence(u, at - 1, *at)
            && u.token(at - 1).is_cyrillic()
            && is_surname_word(m, u, at - 1)
            && names::to_nominative(&u.token(at - 1).text).is_none()
            && !u.sentences.iter().any(|s| s.words.start == at - 1)
    });
    let Some(at) = found.map(|at| at - 1) else {
        return;
    };
    let mut ids: Vec<PersonId> = refs
        .iter()
        .filter(|r| !r.pronoun)
        .map(|r| match r.who {
            Who::Me => 0,
            Who::Person(id) => id,
        })
        .filter(|id| m.has(&Memory::key(*id, "given_names")))
        .chain([0])
        .collect();
    ids.sort_unstable();
    ids.dedup();
    for id in ids {
        if !m.has(&Memory::key(id, "surname")) {
            take_surname(m, u, id, at);
        }
    }
}

/// "Nechui-Levytska, er det ét efternavn eller to?", "Petrovych, er det et fadersnavn?": the surname that an employee
/// reads out and asks about, to be asked for.
pub(super) fn read_out(m: &mut Memory, u: &Utterance<'_>) {
    let key = Memory::key(m.mover, "surname");
    if !u.is_staff() || !u.written || m.mover != 0 || m.has(&key) || u.word_tokens.len() < 4 {
        return;
    }
    let words = u.all_words();
    let about = words.iter().any(|w| {
        w.starts_with("efternavn") || w.starts_with("fadersnavn") || w.starts_with("mellemnavn")
    });
    let asks = words.windows(2).any(|w| w == ["er", "det"]);
    let Some(comma) = u.tokens.iter().position(|t| t.is_sign(',')) else {
        return;
    };
    let first = u.token(0);
    let end = u.tokens[..comma].iter().rev().find(|t| t.is_word());
    let parts = u.tokens[..comma].iter().filter(|t| t.is_word()).count();
    let (Some(end), true) = (end, about && asks && first.capital) else {
        return;
    };
    let span = first.span.start..end.span.end;
    let said = u.said.get(span.clone()).unwrap_or("");
    let one = parts == 1 || said.contains('-') && !said.contains(' ');
    if one && names::to_nominative(said).is_none() && said.chars().count() >= 4 {
        m.hear(&key, Heard::new(said, u.evidence(span), 0.6).unsure(true));
    }
}
