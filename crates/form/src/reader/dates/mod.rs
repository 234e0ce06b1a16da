//! What a date is the date of.
//!
//! Every date of a turn is weighed for each possible use: words beside it («договір з …», "frist",
//! «народилася»), the question, and what the other side has just said. A date without use is left.

mod at_once;
mod births;
mod choice;
mod disputed;
mod in_turn;
pub(super) mod journeys;
mod labels;
mod months;
mod no_moves;
mod own_move;
mod permits;
mod read_out;
mod weigh;
mod words;

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use tolkebot_protocol::Speaker;
use tolkebot_values::dates::{self, DateContext, DateKind, DateReading, Purpose, Tense};
use tolkebot_values::{Found, Reason};

use super::belief::{Act, Heard};
use super::cues;
use super::kin::Kin;
use super::memory::Memory;
use super::pattern::Lexicon;
use super::people::{Ref, Who, owner};
use super::topic::Topic;
use super::utterance::Utterance;
use super::wanting;
use at_once::*;
use births::*;
use choice::*;
pub(super) use disputed::DisputedDay;
use labels::*;
pub(super) use months::month_spoken_of;
use months::names_month;
use no_moves::*;
use own_move::*;
use permits::*;
use weigh::*;
use words::*;

/// What a date can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Use {
    Move,
    Birth,
    LeaseStart,
    Until,
    Permit,
    Arrival,
    Departure,
    Married,
    Deadline,
    Authority,
    /// Something that the form does not want: keys, school, a holiday, somebody else's day.
    Nothing,
}

impl Use {
    fn key(self) -> Option<&'static str> {
        Some(match self {
            Use::Move => "move_date",
            Use::LeaseStart => "dwelling.lease_start",
            Use::Until => "dwelling.temporary_until",
            Use::Permit => "mover.residence_permit_valid_until",
            Use::Arrival => "arrival.date",
            Use::Departure => "departure.date",
            Use::Married => "arrival.marital_status_date",
            Use::Deadline => "documents.deadline",
            Use::Authority => "poa.date",
            Use::Birth | Use::Nothing => return None,
        })
    }

    fn purpose(self) -> Purpose {
        match self {
            Use::Move | Use::Arrival | Use::Departure => Purpose::Move,
            Use::Birth | Use::Married => Purpose::Birth,
            _ => Purpose::Other,
        }
    }
}

/// Reads the dates of a turn, except those inside the given byte ranges.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref], blocked: &[Range<usize>]) {
    disputed::note(m, u);
    let context = DateContext::new(m.today, Purpose::Move).with_anchor(m.anchor);
    let found = dates::find(&u.said, u.lang(), &context);
    let overlaps = |span: &Range<usize>| {
        blocked
            .iter()
            .any(|b| b.start < span.end && span.start < b.end)
    };
    // "Flytter man for eksempel den første, …": an explanation, not this case.
    let example = |span: &Range<usize>| {
        u.sentence_at(span.start).is_some_and(|s| {
            let words = u.words(s.words.clone());
            words.iter().any(|w| {
                matches!(
                    *w,
                    "eksempel" | "hvis" | "man" | "наприклад" | "якби" | "якщо"
                )
            })
        })
    };
    let days: Vec<Date> = found.iter().filter_map(|hit| hit.value.date).collect();
    let mut uses: Vec<(Found<DateReading>, Use, i32)> = Vec::new();
    let mut previous = 0;
    for hit in found {
        let asks = !u.is_staff()
            && m.has("move_date")
            && u.sentence_at(hit.span.start).is_some_and(|s| s.question);
        if overlaps(&hit.span)
            || example(&hit.span)
            || asks
            || mere_today(m, u, &hit)
            || of_a_year(u, &hit)
            || or_another(u, &hit)
            || disputed::settled(m, u, &hit)
        {
            continue;
        }
        let last_use = uses.last().map(|(_, purpose, _)| *purpose);
        m.dates_seen.extend(hit.value.date);
        let (purpose, weight) = weigh(m, u, &hit, previous, last_use);
        previous = hit.span.end;
        if let Some(date) = hit.value.date.filter(|_| of_others(m, u, &hit)) {
            m.dates_now.push((Use::Nothing, date));
        }
        if weight > 0 {
            uses.push((hit, purpose, weight));
        }
    }
    let dated = uses.iter().any(|(hit, _, _)| hit.value.date.is_some());
    if !dated && !u.is_staff() && m.asked.asks(Topic::MoveDate) {
        // «Десь у середині жовтня»: a day that is named later is one of that month.
        m.anchor = month_spoken_of(m.today, u).or(m.anchor);
    }
    if slept_the_same_night(m, u) || slept_last_night(m, u, &days) {
        return;
    }
    if offers_choice(u, &uses) {
        // The answer is a bare day of the same month.
        m.anchor = uses
            .iter()
            .rev()
            .find_map(|(hit, _, _)| hit.value.date)
            .or(m.anchor);
        let authority = m.asked.asks(Topic::PowerOfAttorney) && !m.asked.asks(Topic::MoveDate)
            || uses
                .iter()
                .any(|(_, purpose, _)| *purpose == Use::Authority);
        let purpose = if authority { Use::Authority } else { Use::Move };
        m.dates_now.push((purpose, Date::ZERO));
        return;
    }
    if !in_turn::read(m, u, refs) {
        births(m, u, refs, &uses, blocked);
    }
    for purpose in [
        Use::Move,
        Use::LeaseStart,
        Use::Until,
        Use::Permit,
        Use::Arrival,
        Use::Departure,
        Use::Married,
        Use::Deadline,
        Use::Authority,
    ] {
        take(m, u, purpose, &uses);
    }
    another_night(m, u, &days);
}

/// "Det er tre uger siden", "hvor bor du så i dag?", "i dag er det den femtende": the employee's today is no day of a move unless the
/// citizen named it or it is asked whether they move in on it.
fn mere_today(m: &Memory, u: &Utterance<'_>, hit: &Found<DateReading>) -> bool {
    // "Det er jo over tre uger siden": reckoned from the day that is known.
    let ago = u.is_staff()
        && m.has("move_date")
        && u.words(u.words_in(&hit.span)).contains(&"siden")
        && hit.value.kind == DateKind::Relative;
    if ago {
        return true;
    }
    if !u.is_staff() || hit.value.date != Some(m.today) || m.dates_seen_before.contains(&m.today) {
        return false;
    }
    let said = u.words(u.words_in(&hit.span));
    let left = cues::left(u, 0, hit.span.start);
    let word = said.first() == Some(&"i") && said.contains(&"dag");
    let calendar = left.windows(3).any(|w| matches!(w, ["i", "dag", "er"]));
    let moving = u.sentence_at(hit.span.start).is_some_and(|s| {
        u.words(s.words.clone()).iter().any(|w| {
            matches!(
                *w,
                "sover" | "overnatter" | "rykker" | "ind" | "rejser" | "tager"
            )
        })
    });
    calendar || word && !moving
}
