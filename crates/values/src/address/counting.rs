//! Who counts a floor, and the floor that needs no counting: «по-данськи», «другий датський», «унизу».

use tolkebot_protocol::Lang;

use super::unit::{Floor, FloorCount};
use super::unit_uk::{floor_noun, floor_ordinal, side};
use crate::dates::word;
use crate::numbers::{Form, Rank, read_at};
use crate::token::Token;

/// «по-данськи», «за вашою лічбою», «по-нашому» at `at`: who counts, and the index behind.
pub(super) fn count_phrase(tokens: &[Token], at: usize) -> Option<(FloorCount, usize)> {
    let lead = word(tokens, at);
    if matches!(lead, "ваш" | "ваша") {
        return Some((FloorCount::Danish, at + 1));
    }
    if danish_adjective(tokens, at) {
        return Some((FloorCount::Danish, at + 1));
    }
    if !matches!(lead, "по" | "за") {
        return None;
    }
    let dash = usize::from(tokens.get(at + 1).is_some_and(Token::is_dash));
    let who = word(tokens, at + 1 + dash);
    let count = if who.starts_with("данськ")
        || who.starts_with("датськ")
        || matches!(
            who,
            "вашому"
                | "вашою"
                | "вашим"
                | "вашій"
                | "їхньому"
                | "їхнім"
                | "тутешньому"
                | "тутешнім"
        )
        || who.starts_with("місцев")
    {
        FloorCount::Danish
    } else if who.starts_with("українськ")
        || matches!(who, "нашому" | "нашою" | "нашим" | "нашій" | "українському")
    {
        FloorCount::UkrainianCount
    } else {
        return None;
    };
    let mut end = at + 2 + dash;
    end += usize::from(matches!(
        word(tokens, end),
        "лічбою" | "рахунком" | "системою" | "ліком" | "лічбі" | "нумерацією" | "рахунку"
    ));
    Some((count, end))
}

/// «По-вашому другий», «по-нашому то третій поверх», «по-вашому два»: who counts stands before the floor.
pub(super) fn counted_first(tokens: &[Token], at: usize) -> Option<(Floor, usize)> {
    let (count, end) = count_phrase(tokens, at)?;
    let next = end + usize::from(matches!(word(tokens, end), "то" | "це"));
    let next = next + usize::from(tokens.get(next).is_some_and(|t| t.is_sign(',')));
    let read = read_at(tokens, next, Lang::Uk).filter(|r| {
        let alone = count == FloorCount::Danish && tokens.get(r.end).is_none_or(|t| !t.is_word());
        // «По-вашому два, не по-нашому»
        let plain = alone && r.form == Form::Cardinal && (1..=12).contains(&r.value);
        // «По-вашому перша»: of "sal".
        let of_sal =
            alone && r.form == Form::Ordinal(Rank::Feminine) && (1..=40).contains(&r.value);
        floor_ordinal(r) || plain || of_sal
    })?;
    let noun = usize::from(floor_noun(word(tokens, read.end)).is_some());
    let said = read.value as i8;
    Some((Floor { said, count }, read.end + noun))
}

/// «П'ятий, по-вашому четвертий»: the count belongs to the floor behind it, unless that one has its own («перший
/// по-вашому, другий по-нашому»).
pub(super) fn counts_the_next(tokens: &[Token], at: usize) -> bool {
    let at = at + usize::from(tokens.get(at).is_some_and(|t| t.is_sign(',')));
    let Some((_, end)) = count_phrase(tokens, at) else {
        return false;
    };
    let next = read_at(tokens, end, Lang::Uk).filter(floor_ordinal);
    next.is_some_and(|next| {
        let behind = next.end + usize::from(tokens.get(next.end).is_some_and(|t| t.is_sign(',')));
        count_phrase(tokens, behind).is_none() && floor_noun(word(tokens, behind)).is_none()
    })
}

/// «Другий датський», «на данському першому»: a floor by the Danish count, and no Danish thing.
fn danish_adjective(tokens: &[Token], at: usize) -> bool {
    let text = word(tokens, at);
    let stem = text.starts_with("данськ") || text.starts_with("датськ");
    if !stem || !["ий", "ому", "ого"].iter().any(|end| text.ends_with(end)) {
        return false;
    }
    let ranked = |n: usize| read_at(tokens, n, Lang::Uk).filter(floor_ordinal);
    let next = tokens.get(at + 1);
    let closed = next.is_none_or(|t| {
        !t.is_word()
            || floor_noun(&t.text).is_some()
            || t.text.starts_with("двер")
            || matches!(
                t.text.as_str(),
                "а" | "і" | "там" | "ліворуч" | "праворуч" | "зліва" | "справа"
            )
    });
    let before = at
        .checked_sub(1)
        .is_some_and(|b| ranked(b).is_some() || floor_noun(&tokens[b].text).is_some());
    let behind = ranked(at + 1).is_some_and(|r| {
        tokens
            .get(r.end)
            .is_none_or(|t| !t.is_word() || floor_noun(&t.text).is_some())
    });
    before && closed || behind
}

/// «…чотирнадцять, унизу, …», «на землі»: the ground floor, between pauses and in an address; the index behind.
pub(super) fn ground(tokens: &[Token], at: usize) -> Option<usize> {
    let end = match (word(tokens, at), word(tokens, at + 1)) {
        ("низ" | "внизу" | "унизу", _) => at + 1,
        ("на", "землі") => at + 2,
        _ => return None,
    };
    let before = at.checked_sub(1).and_then(|b| tokens.get(b));
    let opens = before.is_none_or(|t| !t.is_word())
        || at
            .checked_sub(1)
            .is_some_and(|b| read_at(tokens, b, Lang::Uk).is_some());
    let closes = tokens
        .get(end)
        .is_none_or(|t| !t.is_word() || t.text.starts_with("двер"))
        || side(tokens, end).is_some();
    (opens && closes).then_some(end)
}
