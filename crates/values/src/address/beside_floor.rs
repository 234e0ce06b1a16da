//! Floors told without the word for one, as Danish addresses are written: «другий, праворуч», «третій двері мідт фор», «ст. ліворуч».

use tolkebot_protocol::Lang;

use super::beside_door;
use super::unit_uk::{behind_floor, side};
use crate::dates::word;
use crate::numbers::{Form, Rank, Read, read_at};
use crate::token::Token;

/// From here on no house has floors.
const HIGHEST: u64 = 40;

/// A rank that may be a floor or, in the feminine, the Danish "sal" that nobody says: «друга, мф».
pub(super) fn is_rank(read: &Read) -> bool {
    let rank = matches!(
        read.form,
        Form::Ordinal(Rank::Masculine | Rank::Locative | Rank::Feminine)
    );
    rank && (1..=HIGHEST).contains(&read.value)
}

/// «Другий, праворуч», «третій двері мідт фор», «перша тв»: a rank right before a door. Away from an address only a rank
/// beside a side is one.
pub(super) fn rank_before_door(tokens: &[Token], read: &Read, inside: bool) -> bool {
    if !is_rank(read) || !inside && read.form == Form::Ordinal(Rank::Feminine) {
        return false;
    }
    let comma = usize::from(tokens.get(read.end).is_some_and(|t| t.is_sign(',')));
    if !inside && comma > 0 {
        return false;
    }
    let next = read.end + comma;
    // «Друга двері» counts doors, «третій двері» cannot.
    let doors = inside
        && read.form != Form::Ordinal(Rank::Feminine)
        && matches!(word(tokens, next), "двері" | "дверь")
        && (side(tokens, next).is_some()
            || side(tokens, next + 1).is_some()
            || read_at(tokens, next + 1, Lang::Uk).is_some());
    let letters = inside && beside_door::letters(word(tokens, next)).is_some();
    side(tokens, next).is_some() || letters || doors
}

/// The Danish word for the ground floor as Ukrainians say and recognisers write it.
pub(super) fn is_stuen(text: &str) -> bool {
    matches!(
        text,
        "stuen"
            | "стуен"
            | "штуен"
            | "стуєн"
            | "стюен"
            | "стюєн"
            | "стуені"
            | "стуену"
            | "стуена"
            | "стюені"
    )
}

/// Whether the letters of a door stand behind a floor: «другий сал, тв», «стуен тв», «третя, мф».
pub(super) fn is_behind(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|b| tokens.get(b));
    let comma = usize::from(before.is_some_and(|t| t.is_sign(',') || t.is_sign('.')));
    let Some(last) = at.checked_sub(1 + comma) else {
        return false;
    };
    let ground = is_stuen(word(tokens, last)) || word(tokens, last) == "ст";
    let ranked = (1..=2).any(|back| {
        (last + 1)
            .checked_sub(back)
            .and_then(|start| read_at(tokens, start, Lang::Uk))
            .is_some_and(|read| read.end == last + 1 && is_rank(&read))
    });
    ground || ranked || behind_floor(tokens, last + 1)
}

/// «Ст. ліворуч», «ст, тв»: the Danish abbreviation of the ground floor before a door; the index behind.
pub(super) fn abbreviated_ground(tokens: &[Token], at: usize) -> Option<usize> {
    if word(tokens, at) != "ст" {
        return None;
    }
    let sign = |n: usize| {
        tokens
            .get(n)
            .is_some_and(|t| t.is_sign('.') || t.is_sign(','))
    };
    let end = at + 1 + usize::from(sign(at + 1));
    let next = end + usize::from(sign(end));
    let door = side(tokens, next).is_some() || beside_door::letters(word(tokens, next)).is_some();
    door.then_some(end)
}
