//! «До кінця лютого», «до тридцятого червня»: the last day until which the home may be lived in, where that is asked
//! about, told of the lease, or the home is one for a time.

use std::ops::Range;

use jiff::Span;
use jiff::civil::Date;
use tolkebot_values::dates::{self, DateContext, DateKind, Purpose, Tense};

use super::lease::LEASE;
use super::{has, question, starts, suppose};
use crate::reader::dates::month_spoken_of;
use crate::reader::memory::Memory;
use crate::reader::topic::Topic;
use crate::reader::utterance::Utterance;

const KEY: &str = "dwelling.temporary_until";
/// Homes for a time end within so many days.
const AHEAD: i32 = 1500;

pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || m.has(KEY) || m.text("case.move_type") == Some("to_abroad") {
        return;
    }
    let short = matches!(
        m.text("dwelling.type"),
        Some("sublet" | "municipal_temporary" | "holiday_home")
    );
    let staff = question(m);
    let long = staff.windows(2).any(|w| w == ["hvor", "længe"])
        && !has(&staff, &["boet", "været", "boede", "danmark", "væk"]);
    let of_stay = starts(
        &staff,
        &["opholds", "ophold", "kort", "tilladelse", "visum", "særlov"],
    );
    if of_stay {
        return;
    }
    let ends = asks_end(&staff);
    let asked = long || ends || m.asked.asks(Topic::TemporaryUntil);
    let words = u.all_words();
    if has(&words, &["може", "мабуть", "десь", "приблизно"]) || brings(&words)
    {
        return;
    }
    if let Some((end, at)) = whole_month(m, u, &words).filter(|_| short || asked) {
        suppose(m, u, KEY, end.to_string(), at);
        return;
    }
    let ends_then = ends
        && !starts(&staff, &["flytt"])
        && has(
            &staff,
            &["forbi", "slutter", "udløber", "ophører", "stopper"],
        );
    let of_home = m
        .asked
        .asks_any(&[Topic::DwellingType, Topic::HostName, Topic::Lease])
        || starts(
            &staff,
            &["lej", "udlej", "kontrakt", "aftale", "fremlej", "ejer"],
        );
    let paper = |at: &Range<usize>| {
        of_home && {
            let near = u.words(at.start.saturating_sub(6)..at.start);
            starts(&near, &LEASE[..4])
                || starts(&near, &["суборенд", "тимчас", "фремле", "здал", "здав"])
        }
    };
    let day = last_day(m, u, ends_then).filter(|(_, at)| asked || paper(at));
    if let Some((end, at)) = day {
        suppose(m, u, KEY, end.to_string(), at);
    }
}

/// "Er det tidsbegrænset?", "hvornår må du blive til?", "hvornår skal I ud igen?", "hvilken periode?"
fn asks_end(all: &[&str]) -> bool {
    // "… til højre, det passer. Hvornår flyttede I?": only what belongs to the question.
    let from = all.iter().position(|w| *w == "hvornår").unwrap_or(0);
    let staff = &all[from.saturating_sub(1)..];
    // "Hvornår du ophører med at bo i Esbjerg og overnatter fast i Tilst": when somebody moves.
    let moves =
        starts(staff, &["flytt", "overnat"]) || staff.windows(2).any(|w| w == ["ophører", "med"]);
    let until = !moves
        && has(staff, &["hvornår", "dato"])
        && has(
            staff,
            &[
                "til", "ud", "slutter", "udløber", "forbi", "ophører", "stopper",
            ],
        )
        && has(
            staff,
            &[
                "blive",
                "bo",
                "ud",
                "den",
                "det",
                "kontrakten",
                "aftalen",
                "semesteret",
            ],
        );
    starts(all, &["tidsbegræns", "midlertidig", "periode"]) || until
}

/// «Принесу до п'ятниці»: when a paper comes.
fn brings(words: &[&str]) -> bool {
    starts(
        words,
        &[
            "принес",
            "донес",
            "пришл",
            "привез",
            "надішл",
            "встигн",
            "дасть",
            "дадуть",
            "пишемо",
            "посвідк",
            "дозвіл",
            "картк",
        ],
    )
}

/// «До кінця лютого»
fn whole_month(m: &Memory, u: &Utterance<'_>, words: &[&str]) -> Option<(Date, Range<usize>)> {
    let at = words
        .windows(2)
        .position(|w| matches!(w, ["до", "кінця"]))?;
    let named = words
        .get(at + 2)
        .is_some_and(|w| !matches!(*w, "року" | "місяця" | "тижня"));
    if words.get(at + 2) == Some(&"року") {
        return Some((Date::new(m.today.year(), 12, 31).ok()?, at..at + 3));
    }
    let month = month_spoken_of(m.today, u).filter(|_| named)?;
    Some((end_of(m.today, month)?, at..at + 3))
}

/// «До тридцятого червня»; where it is asked when it ends, the day alone.
fn last_day(m: &Memory, u: &Utterance<'_>, alone: bool) -> Option<(Date, Range<usize>)> {
    let context = DateContext::new(m.today, Purpose::Other)
        .with_tense(Some(Tense::Future))
        .with_anchor(month_spoken_of(m.today, u).or(m.anchor));
    dates::find(&u.said, u.lang(), &context)
        .into_iter()
        .filter(|hit| !matches!(hit.value.kind, DateKind::Weekday | DateKind::Relative))
        .filter_map(|hit| Some((hit.value.date?, u.words_in(&hit.span))))
        .filter(|(date, _)| (1..=AHEAD).contains(&(*date - m.today).get_days()))
        .filter(|(_, at)| {
            let before = at
                .start
                .checked_sub(1)
                .map(|word| u.token(word).text.as_str());
            before == Some("до") || alone
        })
        .last()
}

/// The last day of the month, the next one that is still to come.
fn end_of(today: Date, month: Date) -> Option<Date> {
    let end = month.last_of_month();
    if end >= today {
        return Some(end);
    }
    Some(
        month
            .checked_add(Span::new().years(1))
            .ok()?
            .last_of_month(),
    )
}
