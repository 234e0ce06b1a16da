//! Stretches of time that are no day: they are reported, never filled.

use tolkebot_protocol::Lang;

use super::said::{Mention, Said};
use super::{mention, word};
use crate::tables::MONTHS;
use crate::token::Token;

pub(super) fn at(tokens: &[Token], at: usize, lang: Lang) -> Option<Mention> {
    let end = match lang {
        Lang::Da => danish(tokens, at),
        Lang::Uk => ukrainian(tokens, at),
    }?;
    let month = tokens[at..end]
        .iter()
        .find_map(|t| MONTHS.get(&t.text))
        .map(|form| form.month);
    Some(mention(at..end, Said::Vague(month)))
}

fn danish(tokens: &[Token], at: usize) -> Option<usize> {
    let w = |n: usize| word(tokens, at + n);
    let with_month = |end: usize| {
        let skip = usize::from(matches!(word(tokens, end), "af" | "i"));
        let unit = word(tokens, end + skip);
        if MONTHS.contains_key(unit)
            || matches!(unit, "måneden" | "ugen" | "året" | "måned" | "uge")
        {
            Some(end + skip + 1)
        } else {
            None
        }
    };
    match (w(0), w(1), w(2)) {
        ("primo" | "medio" | "ultimo", _, _) => with_month(at + 1).or(Some(at + 1)),
        (
            "i" | "til" | "inden",
            "udgangen" | "starten" | "begyndelsen" | "slutningen" | "midten" | "løbet",
            _,
        ) => with_month(at + 2),
        ("hen", "mod" | "over", _) => Some(at + 2),
        ("lige", "efter" | "før" | "inden" | "op", _) if danish_holiday(w(2)) => Some(at + 3),
        ("efter" | "før" | "inden" | "til" | "omkring" | "siden" | "i", next, _)
            if danish_holiday(next) =>
        {
            Some(at + 2)
        }
        ("i", "næste" | "sidste" | "denne", "uge" | "måned" | "weekend") => Some(at + 3),
        ("næste" | "sidste", "uge" | "måned" | "weekend", _) => Some(at + 2),
        ("i", "weekenden", _) => Some(at + 2),
        ("for", "nylig" | "nyligt", _) => Some(at + 2),
        ("snart", _, _) => None,
        _ => None,
    }
}

fn danish_holiday(text: &str) -> bool {
    matches!(
        text,
        "jul"
            | "julen"
            | "nytår"
            | "nytåret"
            | "påske"
            | "påsken"
            | "pinse"
            | "pinsen"
            | "ferien"
            | "sommerferien"
            | "helligdagene"
            | "juleaften"
            | "sommeren"
            | "vinteren"
    )
}

fn ukrainian(tokens: &[Token], at: usize) -> Option<usize> {
    let w = |n: usize| word(tokens, at + n);
    let with_month = |end: usize| {
        let mut end = end;
        end += usize::from(matches!(
            word(tokens, end),
            "цього" | "минулого" | "наступного" | "того"
        ));
        let unit = word(tokens, end);
        if MONTHS.contains_key(unit) || matches!(unit, "місяця" | "тижня" | "року" | "літа")
        {
            Some(end + 1)
        } else {
            None
        }
    };
    match (w(0), w(1)) {
        ("наприкінці" | "напочатку" | "всередині" | "посеред" | "протягом", _) => {
            with_month(at + 1)
        }
        ("на", "початку" | "початок") => with_month(at + 2),
        ("в" | "у" | "під" | "до", "кінці" | "середині" | "кінець" | "кінця" | "середини") => {
            with_month(at + 2)
        }
        ("після" | "до" | "перед" | "під" | "на" | "у" | "в" | "з", next)
            if ukrainian_holiday(next) =>
        {
            Some(at + 2)
        }
        ("після" | "до" | "перед" | "на", "нового" | "новим" | "новий")
            if w(2).starts_with("рок") || w(2) == "рік" =>
        {
            Some(at + 3)
        }
        ("цього" | "минулого" | "наступного", "тижня" | "місяця") => {
            Some(at + 2)
        }
        ("на", "вихідних" | "вихідні") => Some(at + 2),
        ("нещодавно" | "незабаром", _) => Some(at + 1),
        _ => None,
    }
}

fn ukrainian_holiday(text: &str) -> bool {
    matches!(
        text,
        "свят"
            | "свята"
            | "святами"
            | "святах"
            | "різдва"
            | "різдвом"
            | "різдво"
            | "пасхи"
            | "великодня"
            | "великоднем"
            | "паски"
            | "канікул"
            | "відпустки"
            | "новорічних"
    )
}
