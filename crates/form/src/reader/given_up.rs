//! What becomes of the home here when somebody leaves the country: told of the keys, the lease or the sale, and asked in
//! many other words than "beholder I boligen?".

use super::belief::Heard;
use super::memory::Memory;
use super::mood;
use super::utterance::Utterance;

const KEY: &str = "departure.keeps_dwelling";

/// The home, or what opens it.
const HOMES: [&str; 14] = [
    "квартир",
    "хат",
    "кімнат",
    "житл",
    "дім",
    "дом",
    "будин",
    "ключ",
    "оренд",
    "договір",
    "контракт",
    "меблі",
    "помешк",
    "гуртож",
];

/// Giving it back, selling it, letting others have it.
const GIVES_UP: [&str; 18] = [
    "здаю",
    "здам",
    "здаєм",
    "здав",
    "здал",
    "здамо",
    "віддаю",
    "віддам",
    "віддаєм",
    "віддав",
    "віддал",
    "продаю",
    "продаєм",
    "продав",
    "продал",
    "продам",
    "розірв",
    "виселя",
];

/// Whoever keeps it.
const KEEPS: [&str; 9] = [
    "лишаю",
    "лишаєм",
    "залишаю",
    "залишаєм",
    "тримаю",
    "тримаєм",
    "платитим",
    "стоятим",
    "чекатим",
];

/// Reads what the citizen tells of it.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if m.text("case.move_type") != Some("to_abroad") || m.has(KEY) {
        return;
    }
    let asked = asks_home(m) || asked_nothing_left(m);
    let told: Vec<bool> = u
        .sentences
        .iter()
        .filter(|s| !s.question)
        .filter_map(|s| told(&u.words(s.words.clone()), asked))
        .collect();
    // «Не продаємо. Здали знайомим на рік»: what is let to others is none that they have.
    let keeps = match told.as_slice() {
        [] if asked_nothing_left(m) && mood::mood(u).agreed => false,
        [] => return,
        told => told.iter().all(|keeps| *keeps),
    };
    let heard = Heard::new(keeps, u.evidence(0..0), 0.7).unsure(!asked);
    m.hear(KEY, heard);
}

/// What one sentence tells: given up, kept, or nothing.
fn told(words: &[&str], asked: bool) -> Option<bool> {
    let negated = |at: usize| at > 0 && matches!(words[at - 1], "не" | "нікому");
    let home = asked
        || words
            .iter()
            .any(|w| HOMES.iter().any(|stem| w.starts_with(stem)));
    let verb = |stems: &[&str], denied: bool| {
        (0..words.len())
            .any(|at| stems.iter().any(|stem| words[at].starts_with(stem)) && negated(at) == denied)
    };
    let pair = |list: &[[&str; 2]]| words.windows(2).any(|w| list.iter().any(|p| w == p));
    let none = pair(&[
        ["нічого", "не"],
        ["нічого", "нема"],
        ["нічого", "немає"],
        ["не", "наша"],
        ["не", "моя"],
        ["не", "мій"],
        ["нікого", "нема"],
        ["інші", "люди"],
        ["не", "тримаю"],
    ]) || words.iter().any(|w| matches!(*w, "жодної" | "жодного"));
    let mine = pair(&[
        ["за", "мною"],
        ["за", "нами"],
        ["за", "собою"],
        ["мене", "чекає"],
    ]);
    if home && verb(&GIVES_UP, false) {
        return Some(false);
    }
    if home && verb(&KEEPS, true) {
        return Some(false);
    }
    if home && (verb(&KEEPS, false) || mine || verb(&GIVES_UP, true)) && !none {
        return Some(true);
    }
    (asked && none).then_some(false)
}

/// "Pladsen i København, er den solgt eller udlejet?", "og lejligheden, opgiver De den?"
fn asks_home(m: &Memory) -> bool {
    let starts = |stems: &[&str]| {
        m.staff_words
            .iter()
            .any(|w| stems.iter().any(|stem| w.starts_with(stem)))
    };
    let home = starts(&[
        "bolig",
        "lejlighed",
        "lejemål",
        "værelse",
        "hus",
        "plads",
        "den",
        "nøgl",
    ]);
    let fate = starts(&[
        "behold", "opgiv", "opsig", "solgt", "sælg", "udlej", "lejer", "siger", "sagt", "råde",
        "mere", "din", "dit", "venter",
    ]);
    let bare = m.staff_words.len() <= 2 && starts(&["bolig", "lejlighed", "lejemål"]);
    home && fate || bare
}

/// "Så har du ingen bolig her bagefter", "så er der ikke noget i dit navn?"
fn asked_nothing_left(m: &Memory) -> bool {
    let words: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let none = words.iter().any(|w| matches!(*w, "ingen" | "ikke"));
    let home = words.iter().any(|w| {
        ["bolig", "lejlighed", "råde", "navn"]
            .iter()
            .any(|s| w.starts_with(s))
    });
    none && home && !words.contains(&"læge")
}

/// "Så er den solgt", "og den står og venter på dig": what the employee has understood of it.
pub(super) fn noted(m: &mut Memory, u: &Utterance<'_>) {
    if m.text("case.move_type") != Some("to_abroad") || m.has(KEY) {
        return;
    }
    let words = u.all_words();
    let has = |word: &str| words.contains(&word);
    let asks = u.sentences.iter().any(|s| s.question);
    let gone = has("solgt")
        || has("ingen") && words.iter().any(|w| w.starts_with("bolig"))
        || has("ikke") && has("råder");
    let keeps = words
        .windows(2)
        .any(|w| matches!(w, ["du" | "i" | "de", "beholder"]));
    let kept = has("venter") && has("dig") || keeps && !has("ikke");
    if asks || gone == kept {
        return;
    }
    let heard = Heard::new(kept, u.evidence(0..0), 0.6).unsure(true);
    m.hear(KEY, heard);
}
