//! Surnames without capitals beside the citizen's given name, or first in the answer.

use super::*;

/// «ліна корж», «мене звати дар'я шульга»: without capitals, the word beside the citizen's given name in
/// answer to the name question; asked about.
pub(super) fn beside_given(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    let wanted = !u.is_staff()
        && !u.written
        && u.lang() == Lang::Uk
        && m.mover == 0
        && m.has(&Memory::key(0, "given_names"))
        && !m.has(&Memory::key(0, "surname"));
    if !wanted {
        return;
    }
    let Some(name) = refs.iter().find(|r| r.who == Who::Me && !r.pronoun) else {
        return;
    };
    let words = u.words_in(&name.bytes);
    let said = |at: usize| u.word_tokens.get(at).map(|_| u.token(at).text.clone());
    let asked = m.asked.asks(Topic::Name)
        || words.start > 0
            && said(words.start - 1)
                .is_some_and(|w| matches!(w.as_str(), "я" | "звати" | "звуть" | "мене"));
    if !asked {
        return;
    }
    // «ганна прізвище лис», «петренко ім'я іван»
    let announced = said(words.end).is_some_and(|w| w == "прізвище");
    let next = words.end + usize::from(announced);
    let after = (next < u.word_tokens.len() && could_be_surname(u, next)).then_some(next);
    let named = words
        .start
        .checked_sub(1)
        .and_then(said)
        .is_some_and(|w| w == "ім'я");
    let before = words
        .start
        .checked_sub(1 + usize::from(named))
        .filter(|at| could_be_surname(u, *at))
        .filter(|at| *at == 0 || said(*at - 1).is_some_and(|w| w == "я" || w == "звати"));
    let Some(word) = before.or(after) else { return };
    let span = u.token(word).span.clone();
    let latin = names::romanise(u.said.get(span.clone()).unwrap_or(""));
    let mut chars = latin.chars();
    let Some(first) = chars.next() else { return };
    let value: String = first.to_uppercase().chain(chars).collect();
    write_name(m, u, 0, "surname", &value, span, 0.5, true);
}

/// Whether a word without capitals may be a surname at all.
fn could_be_surname(u: &Utterance<'_>, word: usize) -> bool {
    const NO: &[&str] = &[
        "мене",
        "звати",
        "добрий",
        "добридень",
        "доброго",
        "вітаю",
        "дякую",
        "номер",
        "мій",
        "моя",
        "моє",
        "день",
        "ранок",
        "вечір",
        "паспорт",
        "паспорті",
        "прізвище",
        "ім'я",
        "тобто",
        "пишіть",
        "через",
        "кінці",
        "тільки",
        "потім",
        "дата",
        "народження",
        "народився",
        "народилася",
        "живу",
        "переїхав",
        "переїхала",
        "переїжджаю",
        "приїхав",
        "приїхала",
        "прийшов",
        "прийшла",
        "хочу",
        "буду",
        "давайте",
        "здрастуйте",
        "привіт",
        "сиджу",
        "можна",
        "просто",
        "мама",
        "тато",
        "записана",
        "записаний",
        "одна",
        "один",
        "сама",
        "двоє",
        "разом",
        "також",
        "ось",
        "тут",
        "там",
        "сіпіер",
        "картка",
        "картці",
    ];
    let token = u.token(word);
    let text = token.text.as_str();
    token.is_cyrillic()
        && text.chars().count() >= 4
        && !NO.contains(&text)
        && kin(text, u.lang()).is_none()
        && !names::is_patronymic(text)
        && tolkebot_values::numbers::read_at(&u.tokens, u.word_tokens[word], u.lang()).is_none()
        && !u
            .places()
            .iter()
            .any(|p| p.span.contains(&token.span.start))
}

/// "Og så dit efternavn og cpr-nummer" – «глушко, двадцять дев'ять нуль п'ять …»
pub(super) fn surname_first(m: &mut Memory, u: &Utterance<'_>) {
    let wanted = !u.is_staff()
        && u.lang() == Lang::Uk
        && m.mover == 0
        && !m.has(&Memory::key(0, "surname"))
        && m.staff_words
            .windows(2)
            .any(|w| matches!(w[0].as_str(), "dit" | "jeres") && w[1].starts_with("efternavn"));
    if !wanted || u.word_tokens.is_empty() || !could_be_surname(u, 0) {
        return;
    }
    take_surname(m, u, 0, 0);
}
