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
    behind_me(m, u, refs);
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
        let rest = u.turn.text[token.span.end..].trim_start();
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
    let said = u.turn.text.get(token.span.clone()).unwrap_or("");
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
