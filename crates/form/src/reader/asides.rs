//! What is said about the talk itself and not about the move: "vent lige, skærmen er langsom", «нічого, почекаю», «вибачте, не
//! почув». Between a question and its answer it changes nothing.

use super::memory::Memory;
use super::utterance::Utterance;

/// What the last turn asked the other side for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Aside {
    #[default]
    Nothing,
    /// "Vent lige."
    Wait,
    /// "Kan du sige det igen?", «вибачте, не почув»: what follows is what was said before.
    Repeat,
}

/// Whether the turn is nothing but an aside, a short answer to one, or what was said before, word by word, because somebody asked
/// for it.
pub(super) fn is(m: &mut Memory, u: &Utterance<'_>) -> bool {
    let before = std::mem::take(&mut m.aside);
    let words = u.all_words();
    let said = if u.is_staff() {
        &m.staff_words
    } else {
        &m.citizen_words
    };
    if before == Aside::Repeat && said.iter().map(String::as_str).eq(words.iter().copied()) {
        return true;
    }
    if u.is_staff() {
        let all = |is: fn(&[&str]) -> bool| {
            !words.is_empty() && u.sentences.iter().all(|s| is(&u.words(s.words.clone())))
        };
        if all(asks_again) {
            m.aside = Aside::Repeat;
        } else if all(waits) {
            m.aside = Aside::Wait;
        }
    } else if has_not_heard(&words) {
        m.aside = Aside::Repeat;
    } else if before == Aside::Wait && lets_wait(&words) {
        return true;
    } else {
        m.citizen_words = words.iter().map(|w| (*w).to_owned()).collect();
    }
    m.aside != Aside::Nothing
}

/// "Undskyld, kan du sige det igen?", "det hørte jeg ikke", "en gang til, tak".
fn asks_again(words: &[&str]) -> bool {
    const AGAIN: [&str; 9] = [
        "igen", "gentage", "gentag", "gang", "hørte", "fangede", "fik", "hvabehar", "undskyld",
    ];
    const BESIDE: [&str; 26] = [
        "kan", "kunne", "vil", "du", "i", "jeg", "sige", "sig", "det", "en", "til", "tak", "ikke",
        "lige", "helt", "fat", "på", "må", "bede", "dig", "om", "at", "gerne", "hvad", "siger",
        "sagde",
    ];
    words.iter().any(|w| AGAIN.contains(w))
        && words
            .iter()
            .all(|w| AGAIN.contains(w) || BESIDE.contains(w))
}

/// "Vent lige et øjeblik", "skærmen er langsom", "jeg skriver lige".
fn waits(words: &[&str]) -> bool {
    const WAIT: [&str; 9] = [
        "vent",
        "øjeblik",
        "sekund",
        "sekunder",
        "tålmodig",
        "tålmodighed",
        "langsom",
        "langsomt",
        "driller",
    ];
    const BESIDE: [&str; 38] = [
        "lige",
        "et",
        "to",
        "lidt",
        "så",
        "jeg",
        "skal",
        "vil",
        "bare",
        "her",
        "du",
        "i",
        "må",
        "er",
        "den",
        "det",
        "skærmen",
        "systemet",
        "computeren",
        "maskinen",
        "programmet",
        "nettet",
        "printeren",
        "i",
        "dag",
        "beklager",
        "undskyld",
        "tak",
        "for",
        "din",
        "meget",
        "venligst",
        "at",
        "vente",
        "nu",
        "tænker",
        "snart",
        "desværre",
    ];
    words.iter().any(|w| WAIT.contains(w))
        && words.iter().all(|w| WAIT.contains(w) || BESIDE.contains(w))
}

/// «Нічого, я почекаю», «добре»: to who asks to wait.
fn lets_wait(words: &[&str]) -> bool {
    const LETS: [&str; 34] = [
        "добре",
        "гаразд",
        "так",
        "окей",
        "ладно",
        "нічого",
        "я",
        "ми",
        "чекаю",
        "чекаємо",
        "почекаю",
        "почекаємо",
        "зачекаю",
        "підожду",
        "звичайно",
        "звісно",
        "не",
        "поспішайте",
        "поспішаю",
        "поспішаємо",
        "нема",
        "немає",
        "проблем",
        "проблема",
        "без",
        "дякую",
        "угу",
        "ага",
        "розумію",
        "спокійно",
        "страшного",
        "все",
        "в",
        "порядку",
    ];
    words.iter().all(|w| LETS.contains(w))
}

/// «Вибачте, не почув», «перепрошую?», «ще раз, будь ласка»: the question will be asked again.
fn has_not_heard(words: &[&str]) -> bool {
    const HEARD: [&str; 15] = [
        "почув",
        "почула",
        "почули",
        "розчув",
        "розчула",
        "дочув",
        "дочула",
        "чую",
        "чути",
        "раз",
        "повторіть",
        "повторити",
        "перепрошую",
        "пробачте",
        "вибачте",
    ];
    const BESIDE: [&str; 23] = [
        "прошу",
        "я",
        "не",
        "ще",
        "можна",
        "можете",
        "будь",
        "ласка",
        "вас",
        "вам",
        "погано",
        "що",
        "ви",
        "сказали",
        "казали",
        "трохи",
        "голосніше",
        "повільніше",
        "мені",
        "шумно",
        "тут",
        "дуже",
        "зовсім",
    ];
    words.iter().any(|w| HEARD.contains(w))
        && words
            .iter()
            .all(|w| HEARD.contains(w) || BESIDE.contains(w))
}
