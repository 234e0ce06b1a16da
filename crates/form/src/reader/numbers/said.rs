//! Digits that the citizen put right in the same breath («дев'яносто… ой, не дев'яносто, двадцять вісім.
//! Тридцять один двадцять вісім») and the employee reads back as they were meant.

use super::*;

/// For how many turns a relative of whom was spoken may be the one whose number is read out.
const RECENT: usize = 4;

/// The numbers of a turn as digits, one after the other. What was broken off and begun again («сорок…
/// зараз, сорок п'ять») is left out.
pub(super) fn digits(u: &Utterance<'_>) -> Vec<String> {
    let mut said: Vec<(u64, String)> = Vec::new();
    let mut at = 0;
    while at < u.word_tokens.len() {
        let token = u.word_tokens[at];
        let Some(read) = tolkebot_values::numbers::read_at(&u.tokens, token, u.lang()) else {
            at += 1;
            continue;
        };
        if let Some((before, _)) = said.last()
            && matches!(before, 20..=90)
            && before % 10 == 0
            && (before + 1..before + 10).contains(&read.value)
        {
            said.pop();
        }
        said.push((read.value, read.digits.clone()));
        at = u.word_tokens.partition_point(|t| *t < read.end).max(at + 1);
    }
    said.into_iter().map(|(_, digits)| digits).collect()
}

/// Whether whole numbers of that turn, one right after the other, give these digits. A month or a day may
/// have been said without its zero.
pub(super) fn were_said(said: &[String], wanted: &str) -> bool {
    (0..said.len()).any(|from| {
        let mut rest = wanted;
        for number in &said[from..] {
            rest = match rest.strip_prefix(number.as_str()) {
                Some(rest) => rest,
                None => return false,
            };
            if rest.is_empty() {
                return true;
            }
        }
        false
    })
}

/// Whether the employee reads back a CPR number with other last digits than were understood, and the citizen's
/// last turn said just those.
pub(super) fn serial_meant(m: &Memory, known: &str, value: &str) -> bool {
    let (Some(head), Some(tail)) = (value.get(..7), value.get(7..)) else {
        return false;
    };
    known.starts_with(head) && !known.ends_with(tail) && were_said(&m.digits_said, tail)
}

/// "081155-4008 og 210452-2871": whose number the employee reads out that was said in the citizen's last turn and
/// not understood: the one who was spoken of there and has none.
pub(super) fn spoken_of(m: &Memory, value: &str) -> Option<PersonId> {
    let tail = value.get(7..)?;
    if !m.has(&Memory::key(m.mover, "cpr_number")) || !were_said(&m.digits_said, tail) {
        return None;
    }
    // One that is known, misread: "130789-3366" for 310789-3366.
    let misread = m.people.iter().any(|p| {
        m.text(&Memory::key(p.id, "cpr_number"))
            .is_some_and(|known| !unlike(known, value))
    });
    if misread {
        return None;
    }
    // "Og Sofiias nummer?" – «Ну дев'ять, десять …»: the employee understood what the recogniser did not.
    let has = |id: PersonId| m.has(&Memory::key(id, "cpr_number"));
    if let Some(id) = m.asked_person_before
        && id != m.mover
        && id != 0
        && Some(id) != m.host
        && !has(id)
    {
        return Some(id);
    }
    let only = |since: usize| {
        let mut open = m.people.iter().filter(|p| {
            p.id != m.mover
                && p.id != 0
                && (since..m.turns).contains(&p.last_turn)
                && p.moves != Some(false)
                && Some(p.id) != m.host
                && !m.has(&Memory::key(p.id, "cpr_number"))
        });
        match (open.next(), open.next()) {
            (Some(one), None) => Some(one.id),
            _ => None,
        }
    };
    only(m.turns.saturating_sub(1)).or_else(|| only(m.turns.saturating_sub(RECENT)))
}

/// "Og dig: 240599-2628?": the one whose number it is but for a digit or two.
pub(super) fn misread(m: &Memory, value: &str) -> Option<PersonId> {
    let mut close = m.people.iter().filter(|p| {
        m.text(&Memory::key(p.id, "cpr_number"))
            .is_some_and(|known| {
                (1..=2).contains(
                    &known
                        .bytes()
                        .zip(value.bytes())
                        .filter(|(a, b)| a != b)
                        .count(),
                )
            })
    });
    let one = close.next()?;
    close.next().is_none().then_some(one.id)
}

/// A number that the employee reads back with one or two wrong digits.
pub(super) fn staff_means(m: &Memory, value: &str) -> Option<PersonId> {
    let id = m.last_cpr?;
    let known = m.text(&Memory::key(id, "cpr_number"))?;
    let wrong = known
        .bytes()
        .zip(value.bytes())
        .filter(|(a, b)| a != b)
        .count();
    // Twins: the same day of birth, and four other digits behind it.
    let other = known.get(..6) == value.get(..6) && wrong == 4;
    (wrong <= 4 && !other).then_some(id)
}

/// Whether the citizen's last turn said all digits of this telephone number in a row.
pub(super) fn phone_meant(m: &Memory, canonical: &str) -> bool {
    let digits = canonical.strip_prefix("+45").unwrap_or(canonical);
    were_said(&m.digits_said, digits)
}

/// Keeps the numbers of the citizen's turn until the employee has answered it.
pub(super) fn keep(m: &mut Memory, u: &Utterance<'_>) {
    if !u.is_staff() {
        m.digits_said = digits(u);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_in_a_row_give_the_digits() {
        let said: Vec<String> = ["31", "90", "90", "28", "31", "28"]
            .iter()
            .map(|s| (*s).to_owned())
            .collect();
        assert!(were_said(&said, "3128"));
        assert!(!were_said(&said, "3190"[..3].as_ref()), "half a number");
        assert!(!were_said(&said, "9031"));
    }
}
