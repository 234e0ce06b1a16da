//! Whether somebody moves alone, from plain answers.

use super::*;
use crate::reader::kin::kin;

/// Plain answers: «Сам.», «Ніхто.», «Ні.» to "flytter der andre med?".
pub(super) fn alone_answer(m: &mut Memory, u: &Utterance<'_>) {
    let asked = m.asked.asks_any(&[
        Topic::WhoMoves,
        Topic::Alone,
        Topic::OthersRegistered,
        Topic::HowMany,
    ]);
    // «Ми вдвох … Більше нікого»: nobody besides the two.
    let words = u.all_words();
    // «Ні, одна», «сам-один», «соло»
    let plainly = u.sentences.first().is_some_and(|s| {
        let first = u.words(s.words.clone());
        first.len() <= 3
            && first
                .last()
                .is_some_and(|w| matches!(*w, "сам" | "сама" | "один" | "одна" | "соло"))
    }) && m
        .asked
        .asks_any(&[Topic::WhoMoves, Topic::OthersRegistered])
        && !words.iter().any(|w| matches!(*w, "ми" | "нас" | "нами"));
    let several = m.plural && !m.asked.asks(Topic::Alone) && !plainly;
    // "Har du forældremyndigheden alene?" – «Сама»
    let rights =
        m.asked.mentions(Topic::Custody) && !m.asked.asks_any(&[Topic::WhoMoves, Topic::HowMany]);
    if !asked || several || rights || !m.household().is_empty() {
        return;
    }
    // "Så har du forældremyndigheden alene?"
    // … and "bor du alene?" – «Ні, з хлопцем»
    // … and "er det kun dig?" – «Ні, ще син»
    let alone_asked = (m.asked.asks(Topic::Alone)
        || m.asked.asks(Topic::WhoMoves)
            && (m.staff_words.iter().any(|w| w == "alene") || asks_only_you(m)))
        && !m.asked.mentions(Topic::Custody);
    // … and of who is not alone it is not supposed any more.
    let moves = |w: &String| w.starts_with("flyt") || w == "rejser";
    let of_move = asks_only_you(m) || m.staff_words.iter().any(moves);
    m.not_alone |= alone_asked && of_move && words.first() == Some(&"ні");
    let first: Vec<&str> = words.iter().take(4).copied().collect();
    let alone = first.iter().any(|w| {
        matches!(
            *w,
            "сам" | "сама" | "ніхто" | "нікого" | "один" | "одна" | "соло"
        )
    }) && !with_children(&words, u)
        || (m.asked.asks(Topic::WhoMoves)
            && !alone_asked
            && words.first() == Some(&"ні")
            && !names_company(u))
        || (alone_asked && words.first() == Some(&"так"))
        || m.asked.asks(Topic::WhoMoves)
            && matches!(
                words.as_slice(),
                ["тільки" | "лише" | "лиш" | "хіба", "що", animal, ..]
                | ["тільки" | "лише" | "лиш" | "хіба", animal, ..] if is_pet(animal)
            );
    if alone {
        m.alone = Some(u.evidence(0..0));
        // "Du bor der alene?" – «Сама, нарешті!»: nobody else is there.
        let there = m
            .staff_words
            .windows(2)
            .any(|w| w[0] == "der" && w[1] == "alene")
            && m.staff_words.iter().any(|w| w == "bor");
        let key = "dwelling.others_registered";
        if there && alone_asked && !m.has(key) && m.host.is_none() {
            m.hear(key, Heard::new(false, u.evidence(0..0), 0.6).unsure(true));
        }
    }
}

/// «Я одна з двома дітьми», «сам із сином»: alone but for the children.
fn with_children(words: &[&str], u: &Utterance<'_>) -> bool {
    words.windows(3).any(|w| {
        matches!(w[0], "сам" | "сама" | "один" | "одна") && matches!(w[1], "з" | "із" | "зі") && {
            let from = words.iter().position(|word| *word == w[2]).unwrap_or(0);
            let behind = &words[from..(from + 2).min(words.len())];
            behind
                .iter()
                .any(|word| kin(word, u.lang()).is_some_and(Kin::is_child))
        }
    })
}

/// "Er det kun dig?", and no "eller flytter der nogen med?" behind it.
fn asks_only_you(m: &Memory) -> bool {
    let only = m.staff_words.windows(2).any(|w| {
        matches!(w[0].as_str(), "kun" | "bare" | "blot") && matches!(w[1].as_str(), "dig" | "du")
    });
    only && !m.staff_words.iter().any(|w| w == "eller")
}

/// «Ні, ще донька Віра», «ні, зі мною син», but not «ні, чоловік лишається»: the sentence of the "no" names who comes along.
pub(super) fn names_company(u: &Utterance<'_>) -> bool {
    let Some(sentence) = u.sentences.first() else {
        return false;
    };
    let words = u.words(sentence.words.clone());
    let stays = words.iter().skip(1).any(|w| {
        matches!(
            *w,
            "не" | "нема" | "немає" | "без" | "вдома" | "там" | "тут"
        ) || ["лиша", "лишит", "залиш", "зоста", "поїха", "живе", "живу"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    let mut rest = words.iter().skip(1).skip_while(|w| {
        matches!(
            **w,
            "ще" | "й"
                | "і"
                | "та"
                | "тільки"
                | "лише"
                | "моя"
                | "мій"
                | "мої"
                | "моєю"
                | "моїм"
                | "наша"
                | "наш"
                | "зі"
                | "з"
                | "із"
                | "мною"
                | "також"
                | "теж"
                | "от"
                | "ось"
                | "це"
        )
    });
    let named = rest.next().is_some_and(|w| kin(w, u.lang()).is_some());
    named && !stays
}

/// «Тільки кота», «хіба що собака»: nobody who is written down.
fn is_pet(word: &str) -> bool {
    [
        "кіт",
        "кот",
        "кішк",
        "собак",
        "пес",
        "пса",
        "папуг",
        "хом",
        "рибк",
        "кицьк",
    ]
    .iter()
    .any(|stem| word.starts_with(stem))
}
