//! Where in a house somebody lives, as Danish addresses say it: "2. th", "st. tv", "Nygade 5, th".

use super::danish_words::{number, ordinal, side};
use super::tokens::{Token, is_digits};

fn level(floor: &str) -> Option<&'static str> {
    match floor {
        "st" => Some("stuen"),
        "kl" => Some("kælderen"),
        "k2" => Some("anden kælder"),
        "k3" => Some("tredje kælder"),
        n if is_digits(n) => ordinal(n.parse().ok()?),
        _ => None,
    }
}

/// "2. th", "2.th.", "st. tv" → words and the number of tokens they took. Danish in a Ukrainian sentence
/// too, as the street before it is.
pub(super) fn floor(token: &Token<'_>, next: Option<&Token<'_>>) -> Option<(String, usize)> {
    let lower = token.core.to_lowercase();
    if let Some((floor, where_)) = lower.split_once('.')
        && let (Some(level), Some(side)) = (level(floor), side(where_))
    {
        return Some((format!("{level} {side}"), 1));
    }
    let side = side(&next?.core.to_lowercase())?;
    let level = level(&lower).filter(|_| matches!(token.tail, "." | "" | "," | ".,"))?;
    Some((format!("{level} {side}"), 2))
}

/// The end of a street's name.
fn ends_a_street(word: &str) -> bool {
    word.ends_with(|c: char| matches!(c, 'a'..='z' | 'ß'..='ÿ'))
}

/// "Nygade 5, th", "Elmevej 12 tv": the side of a house without a floor, which is behind its number.
pub(super) fn house_side(tokens: &[Token<'_>], i: usize) -> Option<&'static str> {
    let (street, house) = (&tokens[i.checked_sub(1)?], &tokens[i]);
    let name = street.core;
    // "På 2 th" and "Etage 2, th" are floors.
    let floor = name.chars().count() < 4
        || matches!(
            name.to_lowercase().as_str(),
            "etage" | "lejlighed" | "bolig"
        );
    let in_street = street.tail.is_empty()
        && !street.last
        && name.starts_with(char::is_uppercase)
        && ends_a_street(name);
    let number = house
        .core
        .trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let at_house = is_digits(number)
        && number.len() <= 3
        && house.core.len() <= number.len() + 1
        && matches!(house.tail, "" | ",")
        && !house.last;
    let behind = tokens
        .get(i + 1)
        .filter(|_| in_street && !floor && at_house)?;
    side(&behind.core.to_lowercase())
}

/// A floor behind a Danish house number without a side: "Nygade 5, 2., 8000 …", "5, st.", "5, 1. 12, …".
pub(super) fn storey(tokens: &[Token<'_>], i: usize) -> Option<(String, usize)> {
    let (street, house) = (&tokens[i.checked_sub(2)?], &tokens[i - 1]);
    let in_street = street.tail.is_empty() && ends_a_street(street.core);
    let at_house = house.core.len() <= 4 && house.core.starts_with(|c: char| c.is_ascii_digit());
    let token = &tokens[i];
    if !in_street || !at_house || house.tail != "," || street.last || house.last {
        return None;
    }
    let floor = token.core.to_lowercase();
    let named = level(&floor)?;
    let whole = if is_digits(&floor) {
        format!("{named} sal")
    } else {
        named.to_owned()
    };
    let next = tokens.get(i + 1).filter(|_| !token.last);
    match token.tail {
        ".," => Some((whole, 1)),
        "." => match next {
            None if !is_digits(&floor) => Some((whole, 1)),
            // "Nygade 5, kl. 10, …" is an hour.
            Some(door)
                if floor != "kl"
                    && is_digits(door.core)
                    && door.core.len() < 4
                    && door.tail.starts_with(',') =>
            {
                Some((
                    format!("{whole} dør {}", number(door.core.parse().ok()?)),
                    2,
                ))
            }
            _ => None,
        },
        _ => None,
    }
}
