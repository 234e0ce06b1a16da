//! "… gyldigt til den fjerde marts næste år." – «Четвертого? Там сімнадцяте, здається.» – "Den syttende marts, ja.": the day
//! that the citizen put in its place, and that the employee then read, is that of the permit.

use super::*;

const KEY: &str = "mover.residence_permit_valid_until";

/// A day of the permit that the citizen has read otherwise.
#[derive(Debug, Clone)]
pub(in crate::reader) struct DisputedDay {
    day: i8,
    turn: usize,
}

/// Notes which other day the citizen names for one that was just read out.
pub(super) fn note(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() {
        return;
    }
    m.disputed_day = None;
    let read_out = m.heard_before.iter().any(|heard| heard == KEY);
    let Some(was) = valid_until(m).filter(|_| read_out) else {
        return;
    };
    let doubted = m.objected || u.sentences.iter().any(|s| s.question);
    let ordinal = |n: &Found<tolkebot_values::numbers::Number>| {
        matches!(n.value.form, tolkebot_values::numbers::Form::Ordinal(_))
    };
    let numbers = u.numbers();
    let days = numbers.iter().filter(|n| ordinal(n)).map(|n| n.value.value);
    let mut others = days.filter_map(|day| i8::try_from(day).ok());
    let other = others.find(|day| (1..=31).contains(day) && *day != was.day());
    if let Some(day) = other.filter(|_| doubted) {
        m.disputed_day = Some(DisputedDay { day, turn: m.turns });
    }
}

/// Takes the date if it is the one that the citizen meant.
pub(super) fn settled(m: &mut Memory, u: &Utterance<'_>, hit: &Found<DateReading>) -> bool {
    let Some(disputed) = m.disputed_day.clone().filter(|_| u.is_staff()) else {
        return false;
    };
    let was = valid_until(m);
    let meant = hit.value.date.filter(|date| {
        date.day() == disputed.day
            && disputed.turn + 1 == m.turns
            && was.is_some_and(|was| was.month() == date.month())
    });
    let (Some(date), Some(was)) = (meant, was) else {
        return false;
    };
    // "Den syttende marts" alone is one of the year that was read out.
    let said = u.said.get(hit.span.clone()).unwrap_or_default();
    let words = said.split_whitespace().count();
    let date = match words <= 3 {
        true => date.with().year(was.year()).build().unwrap_or(date),
        false => date,
    };
    let heard = Heard::new(date.to_string(), u.evidence(hit.span.clone()), 0.85);
    m.hear(KEY, heard.act(Act::Correct));
    m.disputed_day = None;
    true
}

fn valid_until(m: &Memory) -> Option<Date> {
    m.text(KEY)?.parse().ok()
}
