//! A doctor or a surgery that a citizen calls by name: «доктор Хольст», «зветься Лундсґор», «клініка „Бінде“»; written as
//! the employee writes it who takes it up.

use std::ops::Range;

use tolkebot_values::names;

use super::belief::{Act, Heard};
use super::memory::Memory;
use super::topic::Topic;
use super::utterance::Utterance;

const NAME: &str = "gp.clinic_name";
const CHOICE: &str = "gp.choice";
/// What the citizen called the doctor, until the employee writes it down.
const CALLED: &str = "doctor.called";
/// From here on two spellings are one name.
const SAME: f32 = 0.72;

/// Takes the doctor whom a citizen names, and how the employee writes the name.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() {
        written_down(m, u);
    } else {
        called(m, u);
    }
}

/// «Тут, кажуть, жінка хороша, Бодільсен» where the doctor is asked for.
fn called(m: &mut Memory, u: &Utterance<'_>) {
    let asked = m.asked.asks(Topic::Doctor);
    let chosen = matches!(m.text(CHOICE), Some("change" | "first"));
    let spoken = asked || chosen && (m.asked.mentions(Topic::Doctor) || speaks_of_doctor(u));
    let kept = m.text_is_now(CHOICE, "keep") || m.text_is_now(CHOICE, "later");
    let named = m.heard_now.iter().any(|k| k == NAME);
    if !spoken
        || kept
        || named
        || super::doctors::asks_to_keep(m) && !m.text_is_now(CHOICE, "change")
    {
        return;
    }
    let Some(words) = named_doctor(u) else { return };
    let evidence = u.evidence_of_words(&words);
    let raw = u.words(words.clone()).join(" ");
    let act = if m.has(CALLED) {
        Act::Correct
    } else {
        Act::Say
    };
    m.hear(CALLED, Heard::new(raw, evidence.clone(), 0.6).act(act));
    if let Some(name) = in_danish(u, &words) {
        let act = if m.has(NAME) { Act::Correct } else { Act::Say };
        let heard = Heard::new(name, evidence.clone(), 0.5).unsure(true);
        m.hear(NAME, heard.act(act));
    }
    if !m.has(CHOICE) {
        m.hear(CHOICE, Heard::new("change", evidence, 0.65));
    }
}

/// The doctor's name as Danes write it, as far as it is heard whole: a surname of their list, or in Latin letters.
fn in_danish(u: &Utterance<'_>, words: &Range<usize>) -> Option<String> {
    // «лікар сундаль sundahl»: written behind.
    let next = words.end;
    if next < u.word_tokens.len() && !u.token(next).is_cyrillic() && u.token(next).is_word() {
        let said = u.token(next);
        let same = names::same_name(&u.token(next - 1).text, &said.text) >= SAME;
        if same {
            return Some(title(u.said.get(said.span.clone())?));
        }
    }
    let count = words.len();
    let parts: Option<Vec<String>> = words
        .clone()
        .enumerate()
        .map(|(nth, word)| {
            let said = u.said.get(u.token(word).span.clone())?;
            if !u.token(word).is_cyrillic() {
                return Some(title(said));
            }
            let list = |said: &str| {
                if nth + 1 < count {
                    names::danish_given(said)
                } else {
                    names::danish_surname(said)
                }
            };
            let stem = said.strip_suffix(['а', 'у', 'и']);
            let name = list(said).or_else(|| stem.and_then(list))?;
            Some(name.to_owned())
        })
        .collect();
    parts.map(|parts| parts.join(" "))
}

fn speaks_of_doctor(u: &Utterance<'_>) -> bool {
    u.all_words().iter().any(|w| {
        ["лікар", "доктор", "клінік"]
            .iter()
            .any(|stem| w.starts_with(stem))
    })
}

/// The words of a doctor's name: behind what doctors are called, beside «зветься», quoted.
fn named_doctor(u: &Utterance<'_>) -> Option<Range<usize>> {
    let words = u.all_words();
    (0..words.len()).find_map(|at| {
        let glued = at + 1 < words.len() && u.word_tokens[at + 1] <= u.word_tokens[at] + 2;
        if is_title(words[at]) && glued {
            name_from(u, at + 1)
        } else if matches!(words[at], "зветься" | "кличуть" | "звуть" | "звати")
        {
            name_from(u, at + 1).or_else(|| name_until(u, at))
        } else {
            None
        }
    })
}

fn is_title(word: &str) -> bool {
    // «У лікарні» is no doctor.
    matches!(word, "пан" | "пана" | "пані" | "фру" | "гер")
        || !word.starts_with("лікарн")
            && ["доктор", "лікарк", "лікар", "клінік", "клініц"]
                .iter()
                .any(|stem| word.starts_with(stem))
}

/// Up to two words that begin like a name; without capitals one that sounds like a Danish surname.
fn name_from(u: &Utterance<'_>, start: usize) -> Option<Range<usize>> {
    let count = u.word_tokens.len();
    let fits = |at: usize| {
        let token = u.token(at);
        if is_title(&token.text) || token.text.chars().count() < 3 {
            return false;
        }
        if u.written {
            token.capital
        } else {
            !token.is_cyrillic()
                || names::danish_surname(&token.text).is_some()
                || at == start && names::danish_given(&token.text).is_some()
        }
    };
    let end = (start..count.min(start + 2))
        .take_while(|at| fits(*at))
        .last()?
        + 1;
    let glued = (start + 1..end).all(|at| u.word_tokens[at] == u.word_tokens[at - 1] + 1);
    Some(start..if glued { end } else { start + 1 })
}

/// «Гуллер звати»
fn name_until(u: &Utterance<'_>, end: usize) -> Option<Range<usize>> {
    let at = end.checked_sub(1)?;
    (u.written && u.token(at).capital).then_some(at..end)
}

/// "Bodilsen tager nye.", "Frydensberg, ja.": how the employee writes what the citizen called.
fn written_down(m: &mut Memory, u: &Utterance<'_>) {
    let Some(raw) = m.text(CALLED).map(str::to_owned) else {
        return;
    };
    let just = m.heard_before.iter().any(|k| k == CALLED);
    if !just || m.heard_now.iter().any(|k| k == NAME) || m.text(CHOICE) == Some("keep") {
        return;
    }
    let said: Vec<&str> = raw.split(' ').collect();
    let count = u.word_tokens.len();
    let same = |word: &str, at: usize| {
        let token = u.token(at);
        (token.capital || !u.written) && names::same_name(word, &token.text) >= SAME
    };
    let Some(at) = (0..count).find(|at| same(said[said.len() - 1], *at)) else {
        return;
    };
    let first = match at.checked_sub(1) {
        Some(before) if said.len() > 1 && same(said[0], before) => before,
        _ => at,
    };
    let name: Vec<String> = (first..=at)
        .map(|word| title(u.said.get(u.token(word).span.clone()).unwrap_or("")))
        .collect();
    let evidence = u.evidence_of_words(&(first..at + 1));
    let heard = Heard::new(name.join(" "), evidence, 0.7).act(Act::Correct);
    m.hear(NAME, heard);
}

fn title(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
