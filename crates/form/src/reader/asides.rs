//! What is said about the talk itself and not about the move: "vent lige, skærmen er langsom", «нічого, почекаю», «вибачте, не
//! почув». Between a question and its answer it changes nothing.

use super::memory::Memory;
use super::utterance::Utterance;

/// Whether the turn is nothing but an aside, or a short answer to one.
pub(super) fn is(m: &mut Memory, u: &Utterance<'_>) -> bool {
    let answers = std::mem::take(&mut m.aside);
    if u.is_staff() {
        m.aside = u.sentences.iter().all(|s| waits(&u.words(s.words.clone())));
        return m.aside;
    }
    let words = u.all_words();
    answers && lets_wait(&words) || has_not_heard(&words)
}

/// "Vent lige et øjeblik", "skærmen er langsom", "jeg skriver lige".
fn waits(words: &[&str]) -> bool {
    const WAIT: [&str; 9] = [
        "vent", "øjeblik", "sekund", "sekunder", "tålmodig", "tålmodighed", "langsom", "langsomt",
        "driller",
    ];
    const BESIDE: [&str; 38] = [
        "lige", "et", "to", "lidt", "så", "jeg", "skal", "vil", "bare", "her", "du", "i", "må", "er",
        "den", "det", "skærmen", "systemet", "computeren", "maskinen", "programmet", "nettet",
        "printeren", "i", "dag", "beklager", "undskyld", "tak", "for", "din", "meget", "venligst",
        "at", "vente", "nu", "tænker", "snart", "desværre",
    ];
    words.iter().any(|w| WAIT.contains(w))
        && words.iter().all(|w| WAIT.contains(w) || BESIDE.contains(w))
}

/// «Нічого, я почекаю», «добре»: to who asks to wait.
fn lets_wait(words: &[&str]) -> bool {
    const LETS: [&str; 34] = [
        "добре", "гаразд", "так", "окей", "ладно", "нічого", "я", "ми", "чекаю", "чекаємо",
        "почекаю", "почекаємо", "зачекаю", "підожду", "звичайно", "звісно", "не", "поспішайте",
        "поспішаю", "поспішаємо", "нема", "немає", "проблем", "проблема", "без", "дякую", "угу",
        "ага", "розумію", "спокійно", "страшного", "все", "в", "порядку",
    ];
    words.iter().all(|w| LETS.contains(w))
}

/// «Вибачте, не почув», «перепрошую?», «ще раз, будь ласка»: the question will be asked again.
fn has_not_heard(words: &[&str]) -> bool {
    const HEARD: [&str; 16] = [
        "почув", "почула", "почули", "розчув", "розчула", "дочув", "дочула", "чую", "чути", "раз",
        "повторіть", "повторити", "перепрошую", "прошу", "пробачте", "вибачте",
    ];
    const BESIDE: [&str; 22] = [
        "я", "не", "ще", "можна", "можете", "будь", "ласка", "вас", "вам", "погано", "що", "ви",
        "сказали", "казали", "трохи", "голосніше", "повільніше", "мені", "шумно", "тут", "дуже",
        "зовсім",
    ];
    words.iter().any(|w| HEARD.contains(w))
        && words.iter().all(|w| HEARD.contains(w) || BESIDE.contains(w))
}
