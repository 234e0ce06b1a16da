//! Ordinals that stand alone: a day of the month, or a floor, a child, another person.

use super::{DateContext, Purpose, word};
use crate::numbers::{Form, Rank, Read, reads_at};
use crate::token::{Token, TokenKind};
use tolkebot_protocol::Lang;

/// Words that may follow "den femtende" when it is a day.
const DANISH_FOLLOWERS: &[&str] = &[
    "i",
    "og",
    "så",
    "fra",
    "til",
    "er",
    "var",
    "som",
    "klokken",
    "kl",
    "denne",
    "men",
    "eller",
    "hvis",
    "om",
    "sov",
    "flyttede",
    "flytter",
    "flyttet",
    "overtager",
    "overtog",
    "fik",
    "får",
    "jeg",
    "vi",
    "hun",
    "han",
    "de",
    "du",
    "I",
    "med",
    "ved",
    "på",
    "når",
    "for",
    "kommer",
    "kom",
    "skal",
    "har",
    "havde",
    "kan",
    "vil",
    "ikke",
    "tak",
    "altså",
    "da",
    "der",
    "det",
    "passer",
    "blev",
    "bliver",
    "senest",
    "tidligst",
    "inden",
    "efter",
    "hos",
    "in",
    "at",
    "ville",
    "tror",
    "rykker",
    "rykkede",
    "sover",
    "bor",
    "boede",
    "begge",
    "også",
    "allerede",
    "først",
    "som",
];

/// Whether "den" + ordinal is a day here.
pub(super) fn danish(tokens: &[Token], at: usize, day: i8, end: usize, ctx: &DateContext) -> bool {
    if ctx.purpose == Purpose::Birth {
        return false;
    }
    let before = at.checked_sub(1).map_or("", |i| word(tokens, i));
    let next = tokens.get(end);
    let alone = next.is_none_or(|t| t.kind == TokenKind::Sign);
    // "den anden" is "the other one" unless something says it is a day.
    let dated = matches!(
        before,
        "fra" | "til" | "siden" | "inden" | "senest" | "per" | "pr"
    ) || before.ends_with("dag") && is_weekday(before);
    if day == 2 && !dated {
        return false;
    }
    alone || DANISH_FOLLOWERS.contains(&word(tokens, end))
}

fn is_weekday(word: &str) -> bool {
    matches!(
        word,
        "mandag"
            | "tirsdag"
            | "onsdag"
            | "torsdag"
            | "fredag"
            | "lørdag"
            | "søndag"
            | "понеділок"
            | "вівторок"
            | "середа"
            | "середу"
            | "четвер"
            | "п'ятниця"
            | "п'ятницю"
            | "субота"
            | "суботу"
            | "неділя"
            | "неділю"
            | "середи"
            | "суботи"
            | "неділі"
            | "п'ятниці"
    )
}

/// «Середа, друге», «у суботу, першого»: behind a weekday an ordinal is its day.
fn behind_weekday(tokens: &[Token], at: usize) -> bool {
    let back = |n: usize| at.checked_sub(n).and_then(|i| tokens.get(i));
    match back(1) {
        Some(t) if t.is_sign(',') => back(2).is_some_and(|t| is_weekday(&t.text)),
        Some(t) => is_weekday(&t.text),
        None => false,
    }
}

/// Words that an ordinal counts: floors, houses, children.
pub(super) fn counts_something(next: &str) -> bool {
    const STEMS: &[&str] = &[
        "поверх",
        "сал",
        "під'їзд",
        "будин",
        "квартир",
        "кімнат",
        "двер",
        "клас",
        "раз",
        "курс",
        "шлюб",
        "чоловік",
        "дружин",
        "син",
        "доньк",
        "дитин",
        "дітей",
        "номер",
        "міся",
        "дня",
        "день",
        "ранку",
        "тиж",
        "рок",
        "рік",
        "році",
        "ліфт",
        "бік",
        "боку",
        "рівн",
        "етаж",
        "корпус",
        "пункт",
        "житл",
        "дом",
        "людин",
        "батьк",
        "мам",
        "адрес",
        "лікар",
        "рядк",
        "ряду",
        "кут",
    ];
    STEMS.iter().any(|stem| next.starts_with(stem))
}

/// Whether an ordinal without a month is a day here.
pub(super) fn ukrainian(
    tokens: &[Token],
    at: usize,
    day: &Read,
    end: usize,
    numbered: bool,
    ctx: &DateContext,
) -> bool {
    if numbered && (day.is_ordinal() || day.written) {
        return true;
    }
    if ctx.purpose == Purpose::Birth {
        return false;
    }
    let next = word(tokens, end);
    let before = at.checked_sub(1).map_or("", |i| word(tokens, i));
    let neighbours_numbers =
        !reads_at(tokens, end, Lang::Uk).is_empty() && !matches!(next, "одна" | "один" | "сто");
    if counts_something(next) || neighbours_numbers {
        return false;
    }
    match day.form {
        Form::Ordinal(Rank::Genitive) => {
            // «в одного, в другого», «для другого»: persons.
            let person = matches!(before, "в" | "у" | "для" | "без" | "біля" | "коло" | "крім")
                || matches!(before, "одного" | "до" | "того" | "цього")
                    && matches!(day.value, 1 | 2);
            !person
                && (behind_weekday(tokens, at)
                    || day.value > 3
                    || follows(tokens, end)
                    || preceded(before))
        }
        Form::Ordinal(Rank::Neuter) => {
            // «перше, що», «друге —»: enumerations. A neuter day stands alone or is large.
            (day.value > 4 || behind_weekday(tokens, at)) && follows(tokens, end)
        }
        _ => false,
    }
}

fn preceded(before: &str) -> bool {
    matches!(
        before,
        "з" | "із" | "зі" | "від" | "до" | "після" | "аж" | "вже" | "тільки"
    )
}

fn follows(tokens: &[Token], end: usize) -> bool {
    let Some(next) = tokens.get(end) else {
        return true;
    };
    if next.kind == TokenKind::Sign {
        return true;
    }
    let text = next.text.as_str();
    const WORDS: &[&str] = &[
        "я",
        "ми",
        "він",
        "вона",
        "вони",
        "в",
        "у",
        "на",
        "з",
        "із",
        "зі",
        "вже",
        "уже",
        "там",
        "і",
        "й",
        "та",
        "а",
        "але",
        "бо",
        "не",
        "ще",
        "то",
        "тільки",
        "точно",
        "мабуть",
        "ніби",
        "по",
        "до",
        "о",
        "об",
        "так",
        "тут",
        "ключі",
        "нам",
        "мені",
        "їй",
        "їм",
        "йому",
        "вранці",
        "ввечері",
        "зранку",
        "ночував",
        "ночувала",
        "з'їхав",
        "мав",
        "мала",
        "мали",
        "окей",
        "ок",
    ];
    WORDS.contains(&text) || verbal(text)
}

fn verbal(text: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "ла", "ли", "ло", "вся", "лася", "лися", "лись", "лась", "ємо", "имо", "їмо", "ють", "ать",
        "ить", "їть", "жу", "ду", "аю", "яю", "юся", "емо", "сплю", "ю", "ав", "ів", "ив", "ала",
    ];
    ENDINGS.iter().any(|ending| text.ends_with(ending))
}
