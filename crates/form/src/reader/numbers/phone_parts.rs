//! Telephone numbers told in pieces: «шістдесят один нуль вісім» – "enogtres nul otte, ja" – «потім дев'яносто два
//! сімнадцять».

use super::*;

/// Digits of a Danish telephone number.
const WHOLE: usize = 8;
/// The other side has spoken once between two pieces.
const NEXT: usize = 2;
/// Stands for the whole number while only its beginning is known.
const ANY: &str = "20000000";

/// The beginning of a telephone number and whose it is.
#[derive(Debug, Clone)]
pub(crate) struct PhoneStart {
    key: Option<String>,
    digits: String,
    turn: usize,
}

/// Takes a piece of a telephone number; `None` when the turn says none.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) -> Option<Vec<Range<usize>>> {
    let said = said::digits(u);
    let digits = said.concat();
    if u.is_staff() {
        // "Enogtres nul ni?": what is not repeated as it was told is no beginning.
        let other = |start: &mut PhoneStart| !digits.is_empty() && start.digits != digits;
        m.phone_start.take_if(other);
        return None;
    }
    let start = m.phone_start.take();
    let piece = (2..WHOLE).contains(&digits.len())
        && digits.len().is_multiple_of(2)
        && said.iter().all(|number| number.len() <= 2);
    let elsewhere = u.addresses().iter().any(|a| a.value.street.is_some());
    let whole = phone::find(&u.said, u.lang())
        .iter()
        .any(|hit| hit.confidence >= 0.45);
    // «В суботу тринадцятого червня»
    let ordinal = u
        .numbers()
        .iter()
        .any(|n| matches!(n.value.form, tolkebot_values::numbers::Form::Ordinal(_)));
    if !piece || whole || ordinal || elsewhere || m.asked.asks(Topic::Cpr) {
        return None;
    }
    let span = said_at(u)?;
    let open = m.asked.questions().all(|topic| topic == Topic::Phone);
    if let Some(start) = start.filter(|s| s.turn + NEXT >= m.turns && open && !m.objected) {
        return goes_on(m, u, start, &digits, span);
    }
    let asked = m.asked.asks(Topic::Phone) || ends_in_number(u, &span) && names_phone(u);
    if !asked || digits.len() < 4 && u.word_tokens.len() > 3 {
        return None;
    }
    let whole = phone::Phone::from_digits(ANY, false)?;
    let hit = Found::new(whole, span.clone(), 0.9);
    let key = phone_owner(m, u, refs, &hit, false);
    if key.as_deref().is_some_and(|key| m.has(key)) {
        return None;
    }
    m.phone_start = Some(PhoneStart {
        key,
        digits,
        turn: m.turns,
    });
    Some(vec![span])
}

fn goes_on(
    m: &mut Memory,
    u: &Utterance<'_>,
    start: PhoneStart,
    digits: &str,
    span: Range<usize>,
) -> Option<Vec<Range<usize>>> {
    let digits = format!("{}{digits}", start.digits);
    if digits.len() < WHOLE {
        m.phone_start = Some(PhoneStart {
            digits,
            turn: m.turns,
            ..start
        });
        return Some(vec![span]);
    }
    let whole = phone::Phone::from_digits(&digits, false)?;
    if let Some(key) = start.key {
        let heard = Heard::new(whole.canonical(), u.evidence(span.clone()), 0.8);
        m.hear(&key, heard);
        m.last_phone = Some(key);
    }
    Some(vec![span])
}

/// From the first number of a turn to its last.
fn said_at(u: &Utterance<'_>) -> Option<Range<usize>> {
    let found = u.numbers();
    Some(found.first()?.span.start..found.last()?.span.end)
}

/// «… і телефон у неї два два сім один»; a mere «номер» is also of a house or a postal code.
fn names_phone(u: &Utterance<'_>) -> bool {
    u.all_words()
        .iter()
        .any(|w| w.starts_with("телефон") || w.starts_with("мобіл"))
}

fn ends_in_number(u: &Utterance<'_>, span: &Range<usize>) -> bool {
    u.word_at(span.end) >= u.word_tokens.len()
}
