//! CPR numbers told as people tell them when nobody holds them to a form: «двадцять шосте, вересень, вісімдесят сьомий,
//! потім двадцять один тридцять шість», «вісімдесят дев'ятого року чотирнадцятого вересня двадцять шість нуль вісім»,
//! «… шістдесят перше. Хвостик: двадцять два, вісімдесят чотири».

use tolkebot_values::numbers::read_at;

use super::*;

/// Other words that may stand between two parts of the date, and before the last four.
const GAP: usize = 3;
const GAP_BEFORE_SERIAL: usize = 6;

/// A piece of what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// A number with its value and how many digits it has.
    Number(u64, usize),
    /// «сьомого»
    Ordinal(u64),
    Month(u64),
    /// «року», «число», «потім», «хвостик»: nothing of the number itself.
    Filler,
    Other,
}

/// A piece with its first word and the word behind it.
#[derive(Debug, Clone, Copy)]
struct At {
    piece: Piece,
    word: usize,
    next: usize,
}

/// The numbers of a turn that no stricter reading covers.
pub(super) fn numbers(u: &Utterance<'_>, taken: &[Range<usize>]) -> Vec<Found<CprNumber>> {
    let pieces = pieces(u);
    let mut out: Vec<Found<CprNumber>> = Vec::new();
    let mut from = 0;
    for at in 0..pieces.len() {
        if at < from {
            continue;
        }
        let Some((digits, end)) = number_from(u, &pieces, at) else {
            continue;
        };
        let Ok(number) = CprNumber::parse(&digits) else {
            continue;
        };
        let span = u.token(pieces[at].word).span.start..u.token(pieces[end - 1].next - 1).span.end;
        let covered = taken
            .iter()
            .any(|t| t.start < span.end && span.start < t.end);
        if covered || number.birth_date().is_none() {
            continue;
        }
        from = end;
        out.push(Found::new(number, span, 0.8));
    }
    out
}

/// Somebody has this number already, or nearly.
pub(super) fn is_known(m: &Memory, number: &CprNumber) -> bool {
    let value = number.formatted();
    m.people.iter().any(|p| {
        m.text(&Memory::key(p.id, "cpr_number"))
            .is_some_and(|known| !unlike(known, &value) || known.get(7..) == value.get(7..))
    })
}

/// Date and last four that begin with this piece: their digits, and the piece behind them.
fn number_from(u: &Utterance<'_>, pieces: &[At], at: usize) -> Option<(String, usize)> {
    let (date, end) = day_first(pieces, at).or_else(|| year_first(pieces, at))?;
    // Five pairs in a row are read elsewhere: a date has a month's name or an ordinal.
    let dated = pieces[at..end]
        .iter()
        .any(|p| matches!(p.piece, Piece::Ordinal(_) | Piece::Month(_)));
    if !dated {
        return None;
    }
    let (serial, next) = serial(u, pieces, end)?;
    // «…, нуль три, сорок… її картка», «вісімнадцять, двадцять… тьху, тридцять шість»: broken off.
    let said = u.token(pieces[at].word).span.start..u.token(pieces[next - 1].word).span.end;
    let behind = u.said[said.end..].trim_start();
    if u.said[said].contains('…') || behind.starts_with('…') {
        return None;
    }
    Some((format!("{date}{serial}"), next))
}

/// «двадцять шосте, вересень, вісімдесят сьомий»
fn day_first(pieces: &[At], at: usize) -> Option<(String, usize)> {
    let (day, next) = small(pieces, at, 31)?;
    let next = skip(pieces, next, GAP);
    let (month, next) = month(pieces, next)?;
    let next = skip(pieces, next, GAP);
    let (mut year, mut next) = year(pieces, next)?;
    // «вісімдесят дев'ятого… дев'яносто п'ятого!»
    if let Some(Piece::Ordinal(again @ 1..=99)) = pieces.get(next).map(|p| p.piece) {
        (year, next) = (again, next + 1);
    }
    Some((format!("{day:02}{month:02}{year:02}"), next))
}

/// «вісімдесят дев'ятого року чотирнадцятого вересня»: only with the month's name.
fn year_first(pieces: &[At], at: usize) -> Option<(String, usize)> {
    let (year, next) = year(pieces, at)?;
    let next = skip(pieces, next, GAP);
    let (day, next) = small(pieces, next, 31)?;
    let next = skip(pieces, next, GAP);
    let Piece::Month(month) = pieces.get(next)?.piece else {
        return None;
    };
    Some((format!("{day:02}{month:02}{year:02}"), next + 1))
}

/// The last four behind the date.
fn serial(u: &Utterance<'_>, pieces: &[At], from: usize) -> Option<(String, usize)> {
    let mut at = skip(pieces, from, GAP_BEFORE_SERIAL);
    // «останні чотири», «чотири останні»: how many they are.
    if matches!(pieces.get(at)?.piece, Piece::Number(4, 1))
        && (from..at + 2).any(|n| {
            pieces
                .get(n)
                .is_some_and(|p| u.token(p.word).text.starts_with("останн"))
        })
    {
        at = skip(pieces, at + 1, GAP_BEFORE_SERIAL);
    }
    let mut digits = String::new();
    while digits.len() < 4 {
        let Piece::Number(value, wide) = pieces.get(at)?.piece else {
            return None;
        };
        if wide > 2 {
            return None;
        }
        digits.push_str(&value.to_string());
        at += 1;
        if digits.len() < 4 {
            at = skip(pieces, at, 1);
        }
    }
    (digits.len() == 4).then_some((digits, at))
}

/// A number up to `most`, or «нуль» and a digit.
fn small(pieces: &[At], at: usize, most: u64) -> Option<(u64, usize)> {
    match (value(pieces, at)?, value(pieces, at + 1)) {
        (0, Some(digit @ 1..=9)) => Some((digit, at + 2)),
        (value, _) if (1..=most).contains(&value) => Some((value, at + 1)),
        _ => None,
    }
}

fn month(pieces: &[At], at: usize) -> Option<(u64, usize)> {
    match pieces.get(at)?.piece {
        Piece::Month(month) => Some((month, at + 1)),
        _ => small(pieces, at, 12),
    }
}

/// «вісімдесят сьомий», «нуль четвертого», «дві тисячі одинадцятого», «двотисячного»
fn year(pieces: &[At], at: usize) -> Option<(u64, usize)> {
    match (value(pieces, at)?, value(pieces, at + 1)) {
        (0, Some(digit @ 0..=9)) => Some((digit, at + 2)),
        (2000, Some(year @ 1..=30)) if !matches!(pieces[at + 1].piece, Piece::Number(..)) => {
            Some((year, at + 2))
        }
        (year @ (1900..=2030), _) => Some((year % 100, at + 1)),
        (year @ 1..=99, _) => Some((year, at + 1)),
        _ => None,
    }
}

/// The value of the number there, whatever its form.
fn value(pieces: &[At], at: usize) -> Option<u64> {
    match pieces.get(at)?.piece {
        Piece::Number(value, _) | Piece::Ordinal(value) => Some(value),
        _ => None,
    }
}

/// Leaves up to `most` fillers out.
fn skip(pieces: &[At], from: usize, most: usize) -> usize {
    let fillers = pieces[from.min(pieces.len())..]
        .iter()
        .take(most)
        .take_while(|p| p.piece == Piece::Filler)
        .count();
    from + fillers
}

fn pieces(u: &Utterance<'_>) -> Vec<At> {
    let mut out = Vec::new();
    let mut word = 0;
    while word < u.word_tokens.len() {
        let text = u.token(word).text.as_str();
        let read = read_at(&u.tokens, u.word_tokens[word], u.lang());
        let (piece, next) = match read {
            _ if millennium(text) => (Piece::Number(2000, 4), word + 1),
            Some(read) => {
                let next = u.word_tokens.partition_point(|t| *t < read.end);
                let piece = match read.is_ordinal() {
                    true => Piece::Ordinal(read.value),
                    false => Piece::Number(read.value, read.value.to_string().len()),
                };
                (piece, next.max(word + 1))
            }
            None => (other(text), word + 1),
        };
        out.push(At { piece, word, next });
        word = next;
    }
    out
}

/// «двохтисячного», «двотисячний»: the year 2000.
fn millennium(text: &str) -> bool {
    text.starts_with("двохтисячн") || text.starts_with("двотисячн")
}

fn other(text: &str) -> Piece {
    if let Some(month) = tolkebot_values::dates::month_named(text) {
        return Piece::Month(u64::from(month.unsigned_abs()));
    }
    let filler = matches!(
        text,
        "день"
            | "дня"
            | "числа"
            | "число"
            | "дата"
            | "місяць"
            | "місяця"
            | "місяці"
            | "рік"
            | "року"
            | "році"
            | "роки"
            | "р"
            | "г"
            | "года"
            | "е"
            | "ем"
            | "ну"
            | "там"
            | "і"
            | "й"
            | "та"
            | "а"
            | "потім"
            | "далі"
            | "тоді"
            | "це"
            | "цифри"
            | "цифра"
            | "номер"
            | "в"
            | "у"
            | "на"
            | "з"
            | "її"
            | "його"
            | "моє"
            | "мій"
            | "мої"
            | "наприкінці"
            | "ось"
            | "такі"
            | "такий"
            | "тут"
            | "ще"
            | "картці"
            | "карточці"
            | "папірці"
            | "записано"
            | "папері"
            | "ж"
            | "народження"
            | "слідом"
            | "опісля"
            | "після"
            | "цього"
            | "нього"
            | "сам"
            | "саме"
            | "решта"
            | "решту"
            | "риска"
            | "рискою"
            | "тире"
            | "дефіс"
            | "через"
            | "йде"
            | "йдуть"
            | "іде"
            | "ідуть"
            | "стоїть"
            | "хвіст"
    ) || ["останн", "закінч", "кінец", "кінц", "хвост"]
        .iter()
        .any(|stem| text.starts_with(stem));
    if filler { Piece::Filler } else { Piece::Other }
}
