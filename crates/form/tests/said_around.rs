//! Hesitation, thanks, a word about the talk itself, a question that has to be asked twice: none of it changes the form. Whole
//! conversations are read as they are and with all that said around them.

#[allow(dead_code, unused_imports)]
mod scoring;

use std::collections::BTreeMap;

use serde_json::Value;
use tolkebot_form::Turn;
use tolkebot_protocol::{Lang, Speaker};

const FILES: [&str; 4] = [
    include_str!("data/conversations.jsonl"),
    include_str!("data/fresh.jsonl"),
    include_str!("data/reserve.jsonl"),
    include_str!("data/mixed.jsonl"),
];

/// How many of a thousand values may change: a sound between two words may stand for a comma that somebody meant.
const TOLERATED: usize = 4;

fn values(sample: &scoring::Sample) -> BTreeMap<String, Value> {
    scoring::read(sample)
        .into_iter()
        .map(|(key, (value, _, _))| (key, value))
        .collect()
}

/// Reads every conversation as it is and as `told` tells it, and compares all values.
fn changes_nothing(told: impl Fn(&[Turn]) -> Vec<Turn>) {
    let (mut all, mut changed) = (0, Vec::new());
    for mut sample in FILES.iter().flat_map(|file| scoring::load(file)) {
        let plain = values(&sample);
        sample.dialogue.turns = told(&sample.dialogue.turns);
        for (n, turn) in (1..).zip(&mut sample.dialogue.turns) {
            turn.n = n;
        }
        let padded = values(&sample);
        let keys = plain
            .keys()
            .chain(padded.keys().filter(|k| !plain.contains_key(*k)));
        for key in keys {
            all += 1;
            if plain.get(key) != padded.get(key) {
                let pair = (plain.get(key), padded.get(key));
                changed.push(format!("{} {key}: {pair:?}", sample.id));
            }
        }
    }
    assert!(all > 1000, "{all} values are too few");
    assert!(
        changed.len() * 1000 <= all * TOLERATED,
        "{} of {all} values changed: {changed:#?}",
        changed.len()
    );
}

fn staff(text: &str) -> Turn {
    Turn::new(0, Speaker::Staff, Lang::Da, text)
}

fn citizen(text: &str) -> Turn {
    Turn::new(0, Speaker::Citizen, Lang::Uk, text)
}

/// Whether the turn was written with signs and capitals; recognisers that write neither write none around it either.
fn written(turn: &Turn) -> bool {
    turn.text.chars().any(char::is_uppercase)
}

/// Every turn with a text made of its own.
fn each(turns: &[Turn], text: impl Fn(usize, &Turn) -> String) -> Vec<Turn> {
    let with = |(at, turn): (usize, &Turn)| Turn {
        text: text(at, turn),
        ..turn.clone()
    };
    turns.iter().enumerate().map(with).collect()
}

#[test]
fn hesitation_before_every_turn() {
    changes_nothing(|turns| {
        each(turns, |at, turn| {
            let sounds = match (turn.lang, written(turn)) {
                (Lang::Da, true) => ["Øh, ", "Altså, ", "Okay, ", "Jamen, "],
                (Lang::Da, false) => ["øh ", "altså ", "okay ", "jamen "],
                (Lang::Uk, true) => ["Ну, ", "Е-е, ", "Значить, ", "Так от, "],
                (Lang::Uk, false) => ["ну ", "ем ", "значить ", "так от "],
            };
            format!("{}{}", sounds[at % sounds.len()], turn.text)
        })
    });
}

#[test]
fn hesitation_within_every_turn() {
    changes_nothing(|turns| {
        each(turns, |at, turn| {
            let words: Vec<&str> = turn.text.split(' ').collect();
            if words.len() < 4 {
                return turn.text.clone();
            }
            let (before, after) = words.split_at(1 + at % (words.len() - 1));
            let sound = match turn.lang {
                Lang::Da => "øhm",
                Lang::Uk => "е-е",
            };
            let (comma, rest) = match written(turn) {
                true => (
                    if before[before.len() - 1].ends_with(char::is_alphanumeric) {
                        ","
                    } else {
                        ""
                    },
                    ",",
                ),
                false => ("", ""),
            };
            format!(
                "{}{comma} {sound}{rest} {}",
                before.join(" "),
                after.join(" ")
            )
        })
    });
}

#[test]
fn thanks_before_every_question() {
    changes_nothing(|turns| {
        each(turns, |at, turn| {
            let thanks = match (turn.speaker, written(turn)) {
                (Speaker::Citizen, _) => "",
                (Speaker::Staff, true) => ["Tak. ", "Godt, tak. ", "Fint. "][at % 3],
                (Speaker::Staff, false) => ["tak ", "fint ", "super "][at % 3],
            };
            format!("{thanks}{}", turn.text)
        })
    });
}

#[test]
fn a_word_after_every_answer() {
    changes_nothing(|turns| {
        each(turns, |at, turn| {
            let word = match (turn.speaker, written(turn)) {
                (Speaker::Staff, _) => "",
                (Speaker::Citizen, true) => [" Ось так.", " Дякую.", " Якось так."][at % 3],
                (Speaker::Citizen, false) => [" ось так", " дякую", " якось так"][at % 3],
            };
            format!("{}{word}", turn.text)
        })
    });
}

#[test]
fn how_the_two_talk_before_they_begin() {
    changes_nothing(|turns| {
        let mut all = vec![
            staff("Goddag. Vi taler sammen gennem en tolkemaskine. Er det i orden med dig?"),
            citizen("Добрий день. Так, добре."),
            staff("Fint. Den kan tage fejl, så sig til, hvis noget lyder forkert."),
            citizen("Добре, скажу."),
            staff("Det, vi siger, bliver ikke optaget, kun skrevet ned. Er du med på det?"),
            citizen("Так, зрозуміло."),
        ];
        all.extend(turns.iter().cloned());
        all
    });
}

#[test]
fn waiting_between_question_and_question() {
    changes_nothing(|turns| {
        let mut all = Vec::new();
        for (at, turn) in turns.iter().enumerate() {
            all.push(turn.clone());
            if turn.speaker == Speaker::Citizen && at % 4 == 3 {
                all.push(staff("Vent lige et øjeblik, skærmen er langsom."));
                all.push(citizen("Нічого, я почекаю."));
            }
        }
        all
    });
}

/// Turns with `again(question, answer)` where an answer follows a question: now and then somebody did not hear.
fn repeated(turns: &[Turn], again: impl Fn(&Turn, &Turn) -> Vec<Turn>) -> Vec<Turn> {
    let mut all = Vec::new();
    for (at, turn) in turns.iter().enumerate() {
        let question = at.checked_sub(1).map(|before| &turns[before]);
        match question.filter(|q| q.speaker == Speaker::Staff) {
            Some(question) if turn.speaker == Speaker::Citizen && at % 4 == 1 => {
                all.extend(again(question, turn));
            }
            _ => all.push(turn.clone()),
        }
    }
    all
}

#[test]
fn questions_that_were_not_heard() {
    changes_nothing(|turns| {
        repeated(turns, |question, answer| {
            vec![
                citizen("Вибачте, не почув."),
                question.clone(),
                answer.clone(),
            ]
        })
    });
}

#[test]
fn answers_that_were_not_heard() {
    changes_nothing(|turns| {
        repeated(turns, |_, answer| {
            vec![
                answer.clone(),
                staff("Undskyld, kan du sige det igen?"),
                answer.clone(),
            ]
        })
    });
}

#[test]
fn what_means_something_stays() {
    let value = |answer: &str| {
        let turns = ["Hvad hedder du?", "Павло Кушнір.", "Har du MitID?", answer];
        slots(&turns).get("mover.has_mitid").cloned()
    };
    assert_eq!(value("Ну так."), Some(Value::Bool(true)));
    assert_eq!(value("Ну, є."), Some(Value::Bool(true)));
    assert_eq!(value("Ну ні."), Some(Value::Bool(false)));
    assert_eq!(value("Е-е…"), None);
    assert_eq!(value("Вибачте, не почув."), None);
}

fn slots(texts: &[&str]) -> BTreeMap<String, Value> {
    let turns = (0..).zip(texts).map(|(at, text)| match at % 2 {
        0 => staff(text),
        _ => citizen(text),
    });
    let mut sample = scoring::load(FILES[0]).swap_remove(0);
    sample.dialogue.turns = turns.collect();
    values(&sample)
}
