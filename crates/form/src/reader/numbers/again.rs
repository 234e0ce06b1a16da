//! Digits that are taken back in the breath that says them.

use super::*;

/// «…, одинадцять, сорок сім… Яке сорок сім, сорок вісім! Сорок вісім, вона каже»: the last pair is said once more
/// and another one instead, and nothing else behind it.
pub(super) fn last_pair_again(u: &Utterance<'_>, hit: &Found<CprNumber>) -> Option<String> {
    let value = hit.value.formatted();
    if let Some(pair) = instead_of_last(u, &hit.span, value.get(9..)?) {
        return with_last_pair(&value, pair);
    }
    if u.is_staff() {
        return None;
    }
    let last: u64 = value.get(9..)?.parse().ok()?;
    let behind: Vec<u64> = u
        .numbers()
        .iter()
        .filter(|n| n.span.start >= hit.span.end)
        .map(|n| n.value.value)
        .collect();
    let (first, right) = (*behind.first()?, *behind.last()?);
    // «…, дванадцять, шістдесят… мамо? Шістдесят чотири»: the pair was broken off.
    let paused = u.said[hit.span.end..].trim_start().starts_with('…');
    if paused
        && behind.len() == 1
        && last >= 20
        && last.is_multiple_of(10)
        && right / 10 * 10 == last
    {
        return with_last_pair(&value, right);
    }
    let only = behind.len() <= 4 && behind.iter().all(|n| *n == last || *n == right);
    if first != last || right == last || right > 99 || !only {
        return None;
    }
    with_last_pair(&value, right)
}

/// «…, одинадцять… сорок сім? Ні, шістдесят сім»; «…, сімдесят, вісім. Нуль вісім»: the last pair once more, as it is right.
pub(super) fn put_right_at_once(
    u: &Utterance<'_>,
    hit: &Found<phone::Phone>,
) -> Found<phone::Phone> {
    let value = hit.value.canonical();
    let fresh = value.split_at_checked(value.len().saturating_sub(2));
    let fresh = fresh.and_then(|(start, last)| {
        let pair = instead_of_last(u, &hit.span, last).or_else(|| with_zero(u, &hit.span, last))?;
        let start = start.strip_prefix("+45")?;
        phone::Phone::from_digits(&format!("{start}{pair:02}"), false)
    });
    fresh.map_or_else(
        || hit.clone(),
        |value| Found {
            value,
            ..hit.clone()
        },
    )
}

/// «…, одинадцять… сорок сім? Ні, шістдесят сім»: the pair behind a number that takes the place of its last one, from which
/// it differs in one digit.
fn instead_of_last(u: &Utterance<'_>, number: &Range<usize>, last: &str) -> Option<u64> {
    let last: u64 = last.parse().ok()?;
    let numbers = u.numbers();
    let mut behind = numbers.iter().filter(|n| n.span.start >= number.end);
    let (pair, None) = (behind.next()?, behind.next()) else {
        return None;
    };
    let between = u.said.get(number.end..pair.span.start)?.to_lowercase();
    let no = between.trim_matches(|c: char| !c.is_alphabetic());
    let taken_back = matches!(
        no,
        "ні" | "ой ні" | "ой, ні" | "ні, ні" | "ні-ні" | "nej" | "nej, undskyld"
    );
    let right = pair.value.value;
    let alike = right / 10 == last / 10 || right % 10 == last % 10;
    (taken_back && (10..=99).contains(&right) && right != last && alike).then_some(right)
}

/// «…, сімдесят, вісім. Нуль вісім»: the digit was said without its zero first, and "80" is not what was meant.
fn with_zero(u: &Utterance<'_>, number: &Range<usize>, last: &str) -> Option<u64> {
    let digit: u64 = last.strip_suffix('0')?.parse().ok()?;
    let numbers = u.numbers();
    let next = numbers.iter().find(|n| n.span.start >= number.end)?;
    let between = u.said.get(number.end..next.span.start)?;
    (digit > 0 && next.value.value == digit && between.trim().is_empty()).then_some(digit)
}

fn with_last_pair(value: &str, pair: u64) -> Option<String> {
    let fresh = format!("{}{pair:02}", value.get(..9)?);
    CprNumber::parse(&fresh)
        .ok()
        .map(|number| number.formatted())
}
