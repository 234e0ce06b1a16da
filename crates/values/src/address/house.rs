//! House numbers with their letters, and the postal code that may follow in the same breath.

use std::ops::Range;

use tolkebot_protocol::Lang;

use super::street::{abbreviated, house_word};
use super::{unit_da, unit_uk};
use crate::dates::word;
use crate::digits::{Style, greedy};
use crate::numbers::{Form, Rank, Read, read_at, reads_at};
use crate::postal;
use crate::token::{Token, TokenKind};

/// "Fireogtyve på Østergade": the house number before its street, the tokens of the number.
pub(super) fn before_street(tokens: &[Token], street: usize, lang: Lang) -> Option<Range<usize>> {
    const OTHER: &[&str] = &[
        "er",
        "de",
        "jer",
        "alle",
        "os",
        "i",
        "med",
        "dør",
        "sal",
        "lejlighed",
        "værelse",
        "klokken",
        "kl",
        "den",
        "plads",
        "bor",
        "kun",
        "jo",
    ];
    let end = street.checked_sub(1)?;
    if lang != Lang::Da || tokens[end].text != "på" {
        return None;
    }
    let start = (end.saturating_sub(4)..end).find(|start| {
        read_at(tokens, *start, lang)
            .is_some_and(|n| n.end == end && !n.is_ordinal() && (1..1000).contains(&n.value))
    })?;
    let before = start.checked_sub(1).map_or("", |b| tokens[b].text.as_str());
    (!OTHER.contains(&before)).then_some(start..end)
}

/// A house number: digits, letter, and the token range of each.
pub(super) struct House {
    pub number: String,
    pub range: Range<usize>,
    pub letter: Option<(char, Range<usize>)>,
    /// How sure the letter is: less where it was neither glued to the number nor announced.
    pub letter_confidence: f32,
}

/// A house number at `at`. `run_end` is where the run of numbers ends that begins here: what stays
/// behind the house number must be nothing or a postal code.
pub(super) fn at(tokens: &[Token], at: usize, run_end: usize, lang: Lang) -> Option<House> {
    // "Er Jellebakken et lejemål?": an article.
    let article = lang == Lang::Da
        && matches!(word(tokens, at), "et" | "en")
        && [
            "leje", "hus", "kolleg", "værelse", "række", "sted", "ejer", "andel", "villa",
            "privat", "pleje",
        ]
        .iter()
        .any(|stem| word(tokens, at + 1).starts_with(stem));
    // "Skalborgvej med ét l", "med to n'er"
    let spells = lang == Lang::Da
        && at > 0
        && word(tokens, at - 1) == "med"
        && tokens
            .get(at + 1)
            .is_some_and(|t| t.is_word() && t.text.chars().count() == 1);
    if article || spells {
        return None;
    }
    let reads: Vec<_> = reads_at(tokens, at, lang)
        .into_iter()
        .filter(|r| r.form == Form::Cardinal && (1..1000).contains(&r.value) && r.digits.len() <= 3)
        .collect();
    let fits = |end: usize| {
        let rest = greedy(tokens, end..run_end.max(end), lang, Style::Plain);
        rest.len() == 0 || rest.len() == 4 && postal::lookup(&rest.digits()).is_some()
    };
    let read = reads.iter().find(|r| fits(r.end)).or(reads.first())?;
    let whole = begun_again(tokens, read, lang);
    Some(told(tokens, whole.as_ref().unwrap_or(read), lang))
}

/// «Дві… двадцять дві»: a number that was broken off and said whole.
fn begun_again(tokens: &[Token], read: &Read, lang: Lang) -> Option<Read> {
    let dots = tokens[read.end..]
        .iter()
        .take(3)
        .take_while(|t| t.is_sign('…') || t.is_sign('.'));
    let broken_off = match dots.clone().count() {
        0 | 2 => return None,
        1 => tokens[read.end].is_sign('…'),
        _ => true,
    };
    let next = read.end + dots.count();
    read_at(tokens, next, lang)
        .filter(|again| again.form == Form::Cardinal && (10..1000).contains(&again.value))
        .filter(|again| broken_off && again.digits.len() > read.digits.len())
        .filter(|again| {
            again.digits.ends_with(&read.digits) || again.digits.starts_with(&read.digits)
        })
}

/// A number with the letter behind it.
pub(super) fn told(tokens: &[Token], read: &Read, lang: Lang) -> House {
    let letter = letter(tokens, read.end, lang);
    let letter_confidence = letter.as_ref().map_or(SURE, |l| l.2);
    House {
        number: read.value.to_string(),
        range: read.start..read.end,
        letter: letter.map(|(letter, range, _)| (letter, range)),
        letter_confidence,
    }
}

/// A letter that is glued to its number or announced.
const SURE: f32 = 0.95;

/// A letter that only stands behind its number.
const LOOSE: f32 = 0.75;

/// The index of the number behind a street name: over commas and words like "nummer".
pub(super) fn after_street(tokens: &[Token], mut at: usize) -> usize {
    for _ in 0..3 {
        let skip = tokens
            .get(at)
            .is_some_and(|t| t.is_sign(',') || house_word(&t.text) || abbreviated(tokens, at));
        if !skip {
            break;
        }
        at += 1;
    }
    at
}

/// «струєр вей двадцять перший сал»: the house number and the floor in one breath, and no twenty-first floor.
pub(super) fn before_a_floor(tokens: &[Token], at: usize, lang: Lang) -> bool {
    let numbers = reads_at(tokens, at, lang).into_iter();
    let mut numbers = numbers.filter(|r| !r.is_ordinal() && (1..1000).contains(&r.value));
    numbers.any(|number| {
        read_at(tokens, number.end, lang)
            .filter(|floor| floor.is_ordinal() && floor.value <= 10)
            .and_then(|floor| tokens.get(floor.end))
            .is_some_and(|noun| {
                matches!(noun.text.as_str(), "сал" | "sal" | "салі")
                    || noun.text.starts_with("поверх")
            })
    })
}

/// «Гобровей двадцять сьомий», «скаттегаде сто перша»: a house number told as a rank, right behind its street. One
/// that may be a floor («…, другий праворуч») is none.
pub(super) fn ranked(tokens: &[Token], at: usize) -> Option<Read> {
    let read = read_at(tokens, at, Lang::Uk)
        .filter(|r| matches!(r.form, Form::Ordinal(Rank::Masculine | Rank::Feminine)))
        .filter(|r| !r.written && (10..1000).contains(&r.value))?;
    let floor = |n: usize| unit_uk::floor_noun(word(tokens, n)).is_some();
    let next = read.end;
    let closed = tokens.get(next).is_none_or(|t| {
        !t.is_word()
            || announces_letter(&t.text)
            || matches!(t.text.as_str(), "дім" | "будинок" | "номер")
    });
    let before_floor = read_at(tokens, next, Lang::Uk).is_some_and(|r| {
        r.is_ordinal() && (floor(r.end) || unit_uk::side(tokens, r.end).is_some())
    });
    let comma = next + usize::from(tokens.get(next).is_some_and(|t| t.is_sign(',')));
    let upstairs = floor(next) || unit_uk::side(tokens, comma).is_some();
    ((closed || before_floor) && !upstairs).then_some(read)
}

fn announces_letter(text: &str) -> bool {
    matches!(
        text,
        "літера"
            | "літери"
            | "буква"
            | "літерою"
            | "буквою"
            | "букву"
            | "літеру"
            | "bogstav"
            | "bogstavet"
            | "litra"
    )
}

/// A house letter at `at`: glued (`95B`), announced («літера бе») or alone before a pause.
fn letter(tokens: &[Token], at: usize, lang: Lang) -> Option<(char, Range<usize>, f32)> {
    let found = first_letter(tokens, at, lang)?;
    // «літера це, ні, бе як Борис»
    let behind = found.1.end + usize::from(tokens.get(found.1.end).is_some_and(|t| t.is_sign(',')));
    let again = behind + 1 + usize::from(tokens.get(behind + 1).is_some_and(|t| t.is_sign(',')));
    let put_right = matches!(word(tokens, behind), "ні" | "тобто" | "nej")
        && matches!(word(tokens, again + 1), "як" | "som" | "");
    match letter_name(word(tokens, again), lang).filter(|_| put_right) {
        Some(other) => Some((other, found.1.start..again + 1, found.2)),
        None => Some(found),
    }
}

fn first_letter(tokens: &[Token], at: usize, lang: Lang) -> Option<(char, Range<usize>, f32)> {
    let dash = usize::from(tokens.get(at).is_some_and(|t| t.glued && t.is_dash()));
    if let Some(token) = tokens.get(at + dash)
        && token.glued
        && token.kind == TokenKind::Word
        && token.text.chars().count() == 1
        && let Some(letter) = letter_name(&token.text, lang)
    {
        return Some((letter, at + dash..at + dash + 1, SURE));
    }
    if let Some(quoted) = quoted_letter(tokens, at, lang) {
        return Some(quoted);
    }
    let mut from = at + usize::from(tokens.get(at).is_some_and(|t| t.is_sign(',')));
    let comma = from > at;
    // «сорок шість з літерою еф»
    let with = matches!(word(tokens, from), "з" | "із" | "і" | "med");
    from += usize::from(with && announces_letter(word(tokens, from + 1)));
    let announced = announces_letter(word(tokens, from));
    from += usize::from(announced);
    let token = tokens.get(from).filter(|t| t.is_word())?;
    let letter = letter_name(&token.text, lang)?;
    let range = if announced {
        at..from + 1
    } else {
        from..from + 1
    };
    if announced {
        return Some((letter, range, SURE));
    }
    let next = tokens.get(from + 1);
    if !comma && before_its_floor(tokens, from, lang) {
        return Some((letter, range, LOOSE));
    }
    let pause = next.is_none_or(|t| t.kind == TokenKind::Sign);
    let explained = next.is_some_and(|t| {
        matches!(
            t.text.as_str(),
            "як" | "це" | "як-от" | "som" | "літера" | "буква"
        )
    });
    let single_capital = token.capital && token.text.chars().count() == 1;
    // «а», «де», "de", "i", "e" are words: only with a pause or an explanation behind, and without
    // a comma in front.
    let is_word = matches!(
        token.text.as_str(),
        "а" | "і"
            | "й"
            | "е"
            | "о"
            | "у"
            | "в"
            | "з"
            | "с"
            | "де"
            | "це"
            | "ми"
            | "i"
            | "å"
            | "a"
            | "e"
            | "o"
            | "de"
            | "є"
            | "те"
            | "же"
            | "я"
            | "ка"
            | "хе"
            | "ха"
            | "к"
    );
    let allowed = if is_word {
        !comma && (pause || explained || single_capital && lang == Lang::Da)
    } else {
        !comma || pause || explained
    };
    allowed.then_some((letter, range, LOOSE))
}

/// "Syv a kælderen", "ni e stuen nordborg": between the number and the floor, in Danish, where neither is a word.
fn before_its_floor(tokens: &[Token], at: usize, lang: Lang) -> bool {
    lang == Lang::Da
        && matches!(word(tokens, at), "a" | "e")
        && unit_da::floor(tokens, at + 1, true).is_some()
}

/// «Одинадцять „д“», «25 „а“»: a letter in quotation marks.
fn quoted_letter(tokens: &[Token], at: usize, lang: Lang) -> Option<(char, Range<usize>, f32)> {
    let mark = |n: usize| {
        tokens
            .get(n)
            .is_some_and(|t| matches!(t.text.as_str(), "«" | "»" | "\"" | "„" | "“" | "”"))
    };
    let quoted = mark(at) && mark(at + 2);
    let letter = letter_name(word(tokens, at + 1), lang).filter(|_| quoted)?;
    Some((letter, at..at + 3, SURE))
}

/// House letters by name. Cyrillic names give the Latin letter that sounds so.
pub(super) fn letter_name(text: &str, lang: Lang) -> Option<char> {
    if text.len() == 1 {
        return text
            .chars()
            .next()
            .filter(char::is_ascii_lowercase)
            .map(|c| c.to_ascii_uppercase());
    }
    let letter = match (lang, text) {
        (_, "а") => 'A',
        (_, "б" | "бе" | "бі" | "be") => 'B',
        (_, "ц" | "це" | "сі" | "с" | "ce") => 'C',
        (_, "д" | "де" | "ді" | "de") => 'D',
        (_, "е") => 'E',
        (_, "ф" | "еф" | "æf" | "ef") => 'F',
        (_, "ґ" | "г" | "ґе" | "ге" | "джі" | "ge") => 'G',
        (_, "х" | "ха" | "аш" | "ейч" | "hå") => 'H',
        (_, "к" | "ка" | "кей" | "kå") => 'K',
        (_, "л" | "ел" | "ель") => 'L',
        (_, "м" | "ем") => 'M',
        (_, "н" | "ен") => 'N',
        (Lang::Uk, "ве" | "в") => 'V',
        _ => return None,
    };
    Some(letter)
}
