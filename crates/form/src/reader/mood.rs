//! Yes, no, or neither: how a turn answers.

use super::utterance::Utterance;

/// How the citizen answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Mood {
    pub agreed: bool,
    /// The yes is none that settles anything: «мабуть», «так?»
    pub hedged: bool,
    pub objected: bool,
    /// The turn is nothing but yes or no.
    pub bare: bool,
}

const YES: &[&str] = &[
    "так",
    "да",
    "ага",
    "угу",
    "точно",
    "правильно",
    "вірно",
    "саме",
    "атож",
    "авжеж",
    "звісно",
    "звичайно",
    "еге",
    "виходить",
    "ок",
    "добре",
    "аякже",
    "абсолютно",
    "все",
    "усе",
    "мабуть",
    "правильний",
    "правильна",
    "вірний",
    "вірна",
    "сходиться",
    "підходить",
    "згоден",
    "згодна",
    "правда",
    "канєшно",
    "конєчно",
    "ясно",
    "вєрно",
    "давайте",
    "певно",
    "обов'язково",
    "безумовно",
    "ja",
    "jo",
    "jep",
    "netop",
    "præcis",
    "rigtigt",
    "lige",
    "korrekt",
];
const NO: &[&str] = &[
    "ні",
    "нє",
    "не",
    "нет",
    "нєа",
    "nej",
    "næ",
    "неправильно",
    "невірно",
    "стоп",
];

pub(super) fn mood(u: &Utterance<'_>) -> Mood {
    let words = u.all_words();
    let filler = |w: &&&str| {
        matches!(
            **w,
            "ой" | "а"
                | "ну"
                | "е"
                | "ем"
                | "та"
                | "еее"
                | "ох"
                | "о"
                | "м"
                | "øh"
                | "тобто"
                | "отож"
                | "йой"
        )
    };
    let first = words.iter().find(|w| !filler(w)).copied().unwrap_or("");
    let objects = NO.contains(&first)
        || concludes_no(&words)
        || words.windows(2).any(|w| {
            matches!(
                w,
                ["не", "так"]
                    | ["та", "де"]
                    | ["ikke", "rigtigt"]
                    | ["er", "forkert"]
                    | ["тільки", "не"]
            )
        })
        || words
            .iter()
            .any(|w| w.starts_with("помил") || matches!(*w, "неправильно" | "невірно" | "forkert"))
        || swap_phrase(&words)
        || refuses_number(u, &words);
    // «Оце вже так», «І те, і те правильно»
    let ends = words.len() <= 5
        && words.last().is_some_and(|w| {
            matches!(
                *w,
                "так"
                    | "точно"
                    | "правильно"
                    | "вірно"
                    | "сходиться"
                    | "звісно"
                    | "авжеж"
                    | "аякже"
            )
        });
    let agreed = ends
        || YES.contains(&first)
        || (matches!(first, "він" | "вона" | "це") && words.len() == 1);
    // «Так було, але хлопці можуть тільки в суботу»: a yes that is taken back.
    let but = words.iter().take(5).any(|w| *w == "але");
    Mood {
        agreed: agreed && !objects && !but,
        hedged: is_hedged(u, &words),
        objected: objects,
        bare: words.len() <= 3 && (agreed || objects),
    }
}

/// «Мабуть, десь тоді», «напевно так», «так?»: who answers so may be right, and doesn't know it.
fn is_hedged(u: &Utterance<'_>, words: &[&str]) -> bool {
    let doubts = words.iter().take(2).any(|w| {
        matches!(
            *w,
            "мабуть"
                | "певно"
                | "напевно"
                | "напевне"
                | "здається"
                | "наче"
                | "ніби"
        )
    });
    let asks_back = u
        .sentences
        .first()
        .is_some_and(|s| s.question && s.words.len() <= 2);
    doubts || asks_back
}

/// «Виходить, ні», «мабуть, ні»
fn concludes_no(words: &[&str]) -> bool {
    let start = words
        .iter()
        .position(|w| !matches!(*w, "ой" | "а" | "ну" | "та" | "тобто" | "то"));
    matches!(
        start.and_then(|at| words.get(at..at + 2)),
        Some([
            "виходить" | "мабуть" | "певно" | "значить" | "отже" | "напевно" | "напевне",
            "ні" | "нє" | "нет"
        ])
    )
}

/// «Сорок два, не сорок п'ять»
fn refuses_number(u: &Utterance<'_>, words: &[&str]) -> bool {
    words.iter().enumerate().any(|(at, w)| {
        matches!(*w, "не" | "ikke")
            && u.word_tokens.get(at + 1).is_some_and(|&next| {
                tolkebot_values::numbers::read_at(&u.tokens, next, u.lang()).is_some()
            })
    })
}

/// «не X, а Y», "ikke X men Y".
fn swap_phrase(words: &[&str]) -> bool {
    words.iter().enumerate().any(|(at, w)| {
        let (no, but): (bool, &[&str]) = match *w {
            "не" => (true, &["а"]),
            "ikke" => (true, &["men"]),
            _ => (false, &[]),
        };
        no && words[at + 1..].iter().take(5).any(|x| but.contains(x))
    })
}
