//! What a date is the date of.
//!
//! Every date of a turn is weighed for each possible use: words beside it («договір з …», "frist",
//! «народилася»), the question, and what the other side has just said. A date without use is left.

mod births;
mod choice;
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
use births::*;
use choice::*;
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
    let context = DateContext::new(m.today, Purpose::Move).with_anchor(m.anchor);
    let found = dates::find(&u.turn.text, u.lang(), &context);
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
        {
            continue;
        }
        let last_use = uses.last().map(|(_, purpose, _)| *purpose);
        m.dates_seen.extend(hit.value.date);
        let (purpose, weight) = weigh(m, u, &hit, previous, last_use);
        previous = hit.span.end;
        if weight > 0 {
            uses.push((hit, purpose, weight));
        }
    }
    let dated = uses.iter().any(|(hit, _, _)| hit.value.date.is_some());
    if !dated && !u.is_staff() && m.asked.asks(Topic::MoveDate) {
        // «Десь у середині жовтня»: a day that is named later is one of that month.
        m.anchor = month_spoken_of(m.today, u).or(m.anchor);
    }
    if slept_the_same_night(m, u) {
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
    births(m, u, refs, &uses, blocked);
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

/// The best use of a date and how much speaks for it; 0 when nothing does.
fn weigh(
    m: &Memory,
    u: &Utterance<'_>,
    hit: &Found<DateReading>,
    previous: usize,
    last: Option<Use>,
) -> (Use, i32) {
    let mut scores: Vec<(Use, i32)> = Vec::new();
    let mut add = |purpose: Use, points: i32| match scores.iter_mut().find(|(p, _)| *p == purpose) {
        Some((_, total)) => *total += points,
        None => scores.push((purpose, points)),
    };
    let clause = clause(u, &hit.span);
    let in_clause = u.words_in(&clause);
    for (purpose, _) in CUES.find_all(&u.words(in_clause.clone())) {
        add(purpose, if purpose == Use::Nothing { 5 } else { 4 });
    }
    let left = cues::left(u, previous, hit.span.start);
    for (purpose, range) in CUES.find_all(&left) {
        let far = left.len() - range.end;
        add(purpose, if far <= 5 { 2 } else { 1 });
    }
    let right = cues::right(u, hit.span.end);
    for (purpose, range) in CUES.find_all(&right) {
        if purpose != Use::Nothing {
            add(purpose, if range.start <= 4 { 2 } else { 1 });
        }
    }
    for topic in m.context().questions() {
        let purpose = match topic {
            // "Hvordan kom I hertil, og hvilken dag?" of those who come from abroad.
            Topic::MoveDate
                if m.from_abroad.is_some()
                    && !m.has("arrival.date")
                    && m.staff_words.iter().any(|w| w == "hertil") =>
            {
                Use::Arrival
            }
            // "Hvornår sagde du det til faren?": another day is asked for.
            Topic::MoveDate if told_when(&m.staff_words) => continue,
            Topic::MoveDate => Use::Move,
            Topic::BirthDate => Use::Birth,
            Topic::Arrival => Use::Arrival,
            Topic::Departure => Use::Departure,
            Topic::MaritalDate => Use::Married,
            Topic::Married if m.from_abroad.is_some() => Use::Married,
            Topic::TemporaryUntil => Use::Until,
            Topic::LeaseStart => Use::LeaseStart,
            Topic::Deadline => Use::Deadline,
            Topic::PowerOfAttorney => Use::Authority,
            _ => continue,
        };
        add(purpose, 3);
    }
    if u.is_staff() {
        // The employee repeats what the citizen has just said.
        for (purpose, date) in &m.dates_before {
            // Nobody repeats the year of a birth.
            let same = hit.value.date.is_some_and(|d| {
                d == *date
                    || *purpose == Use::Birth && (d.month(), d.day()) == (date.month(), date.day())
            });
            if same || *purpose != Use::Birth {
                add(*purpose, if same { 4 } else { 2 });
            }
        }
        if m.asked.asks(Topic::MoveDate) && !m.has("move_date") {
            add(Use::Move, 1);
        }
        // "Søndag den syvende juni": the day the citizen has just mentioned.
        let echo = hit
            .value
            .date
            .is_some_and(|d| m.dates_seen_before.contains(&d));
        if echo && !m.has("move_date") && m.dates_before.is_empty() {
            add(Use::Move, 2);
        }
    } else {
        if m.offered.iter().any(|key| key == "move_date") || m.was_read_back("move_date") {
            add(Use::Move, 2);
        }
        for (key, purpose) in [
            ("departure.date", Use::Departure),
            ("arrival.date", Use::Arrival),
        ] {
            if m.was_read_back(key) {
                add(purpose, 2);
            }
        }
        // The employee asked which of two days was meant.
        for (purpose, date) in &m.dates_before {
            if *date == Date::ZERO {
                add(*purpose, 3);
            }
        }
    }
    // «А прийом дали аж на сьогодні»: why so late, and not when.
    if !u.is_staff() && m.asked.asks(Topic::LateReason) && m.has("move_date") && !m.objected {
        add(Use::Nothing, 7);
    }
    // «Уже п'ять днів як живемо» – "så det var i lørdags, den fjortende februar"
    let reckons = u.is_staff()
        && m.turns <= 6
        && !m.has("move_date")
        && m.tense_so_far() == Some(Tense::Past)
        && m.dates_before.is_empty()
        && left.iter().any(|w| matches!(*w, "var" | "altså" | "så"))
        && hit.value.date.is_some_and(|date| {
            date <= m.today && date.saturating_add(jiff::Span::new().days(60)) >= m.today
        });
    if reckons {
        add(Use::Move, 2);
    }
    // A second date of the same breath corrects or explains the first.
    if let Some(last) = last {
        add(last, 1);
    }
    if matches!(left.last(), Some(&("senest" | "inden"))) {
        add(Use::Deadline, 6);
    } else if wanting::names_the_day(u) {
        add(Use::Deadline, 4);
    }
    // «Чоловік приїде двадцять третього»: somebody else's day.
    let of_mine = |words: &[&str]| {
        words.iter().any(|w| {
            matches!(
                *w,
                "я" | "ми"
                    | "мене"
                    | "нас"
                    | "нам"
                    | "мені"
                    | "ви"
                    | "jeg"
                    | "vi"
                    | "du"
                    | "dig"
                    | "i"
                    | "jer"
                    | "din"
                    | "dit"
                    | "jeres"
            )
        })
    };
    let whole: Vec<&str> = left.iter().chain(&right).copied().collect();
    let somebody = whole.iter().any(|w| {
        matches!(*w, "він" | "вона" | "чоловік" | "дружина" | "han" | "hun")
            || *w == "mand"
            || *w == "kone"
    });
    let theirs = somebody
        && (!of_mine(&whole)
            || whole
                .windows(2)
                .any(|w| matches!(w, ["din", "mand" | "kone"])));
    let long_ago = hit
        .value
        .date
        .is_some_and(|d| d.saturating_add(jiff::Span::new().years(1)) < m.today);
    if theirs && !(long_ago) && m.mover == 0 && m.household().is_empty() | u.is_staff() {
        add(Use::Nothing, 4);
    }
    // "Den er gyldig til …", «дозвіл до …»
    let permit = |words: &[&str]| {
        words.iter().any(|w| {
            [
                "opholdst",
                "opholdsk",
                "opholds",
                "særlov",
                "sær",
                "tilladelse",
                "посвідк",
                "дозв",
                "картк",
            ]
            .iter()
            .any(|stem| w.starts_with(stem))
        })
    };
    let lasts = |words: &[&str]| {
        words.iter().any(|w| {
            ["gyldig", "gælder", "udløb", "løber", "дійсн", "чинн", "діє"]
                .iter()
                .any(|stem| w.starts_with(stem))
        })
    };
    let staff: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let spoken: Vec<&str> = u.words(0..u.word_at(hit.span.start));
    let until = matches!(left.last(), Some(&("до" | "til" | "den")));
    // "Kortet løber til femtende marts": the card of who comes from abroad.
    let card = |words: &[&str]| words.iter().any(|w| matches!(*w, "kortet" | "kort"));
    // "Er det efter særloven?" – «Ага, тимчасовий захист. До четвертого березня …»
    let of_law = staff.iter().any(|w| w.starts_with("særlov")) && left.last() == Some(&"до");
    let of_permit = m.from_abroad.is_some()
        && until
        && (permit(&spoken) && (lasts(&spoken) || !u.is_staff())
            || u.is_staff() && card(&spoken) && lasts(&spoken)
            || !u.is_staff() && (permit(&staff) && lasts(&staff) || of_law));
    if of_permit {
        add(Use::Permit, 9);
    }
    // "Fremleje til den 31. marts", "det er midlertidigt, I har den til den tredivte november"
    let limited = |words: &[&str]| {
        words.iter().any(|w| {
            ["fremlej", "midlertidig", "tidsbegræns"]
                .iter()
                .any(|stem| w.starts_with(stem))
        })
    };
    let to_the = left.last() == Some(&"til") || left.ends_with(&["til", "den"]);
    let asked_until = m.asked_before.asks(Topic::TemporaryUntil)
        && (m.dates_before.is_empty() || m.dates_before.iter().any(|(p, _)| *p == Use::Until));
    if u.is_staff() && (to_the && limited(&spoken) || asked_until) {
        add(Use::Until, 8);
    }
    // «до тридцять першого травня»: the end of something, never a beginning.
    if left.last() == Some(&"до") && !of_permit {
        let limited = matches!(
            m.text("dwelling.type"),
            Some("sublet" | "municipal_temporary" | "holiday_home")
        ) || left.iter().chain(&right).any(|w| {
            w.starts_with("знімаю") || w.starts_with("суборенд") || w.starts_with("дозволив")
        }) || m.asked.asks(Topic::TemporaryUntil);
        add(if limited { Use::Until } else { Use::Nothing }, 6);
    }
    if m.context().asks(Topic::Departure) {
        for (purpose, _) in &mut scores {
            if *purpose == Use::Move {
                *purpose = Use::Nothing;
            }
        }
    }
    // «в'їхав» without coming from abroad is moving in.
    if m.from_abroad.is_none() {
        for (purpose, _) in &mut scores {
            if *purpose == Use::Arrival {
                *purpose = Use::Move;
            }
        }
    }
    // Who does not leave the country has no day of departure: "hvilken dag kører de ham herover?" And who leaves has
    // no day of a move.
    let leaves = m.text("case.move_type") == Some("to_abroad");
    let (from, to) = if leaves {
        (Use::Move, Use::Departure)
    } else {
        (Use::Departure, Use::Move)
    };
    if leaves || !m.leaving_spoken && m.leaving_for.is_none() && m.place_turn > 0 {
        let points: i32 = scores
            .iter()
            .filter(|(purpose, _)| *purpose == from)
            .map(|(_, points)| points)
            .sum();
        if points > 0 {
            scores.retain(|(purpose, _)| *purpose != from);
            match scores.iter_mut().find(|(purpose, _)| *purpose == to) {
                Some((_, total)) => *total = (*total).max(points),
                None => scores.push((to, points)),
            }
        }
    }
    scores.sort_by_key(|(purpose, points)| (-points, *purpose));
    scores.first().copied().unwrap_or((Use::Nothing, 0))
}

/// "Hvornår sagde du …", "hvornår fik I brevet": asked is when something else happened.
fn told_when(staff: &[String]) -> bool {
    staff.windows(2).any(|w| {
        w[0] == "hvornår"
            && matches!(
                w[1].as_str(),
                "sagde"
                    | "fortalte"
                    | "skrev"
                    | "fik"
                    | "opdagede"
                    | "meldte"
                    | "søgte"
                    | "betalte"
            )
    })
}

/// The stretch between signs that a byte range stands in; without signs six words either side.
fn clause(u: &Utterance<'_>, span: &Range<usize>) -> Range<usize> {
    let text = &u.turn.text;
    let stops = |c: char| matches!(c, ',' | '.' | ';' | '?' | '!' | '…' | '—' | '–' | ':');
    if text.contains(stops) {
        let start = text[..span.start].rfind(stops).map_or(0, |at| {
            at + text[at..].chars().next().map_or(1, char::len_utf8)
        });
        let end = text[span.end..]
            .find(stops)
            .map_or(text.len(), |at| span.end + at);
        return start..end;
    }
    let words = u.words_in(span);
    let mut first = words.start.saturating_sub(6);
    let mut last = (words.end + 4).min(u.word_tokens.len());
    // «… двадцять другого січня а ключі аж тридцять першого»: another matter begins.
    let turns = |at: usize| matches!(u.token(at).text.as_str(), "а" | "але" | "men");
    if let Some(at) = (words.end..last).find(|at| turns(*at)) {
        last = at;
    }
    if let Some(at) = (first..words.start).rfind(|at| turns(*at)) {
        first = at + 1;
    }
    u.bytes(&(first..last))
}
