//! «До кінця лютого»: the last day of a month until which the home may be lived in.

use jiff::Span;
use jiff::civil::Date;

use super::{has, question, suppose};
use crate::reader::dates::month_spoken_of;
use crate::reader::memory::Memory;
use crate::reader::topic::Topic;
use crate::reader::utterance::Utterance;

const KEY: &str = "dwelling.temporary_until";

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
    if !(short || long || m.asked.asks(Topic::TemporaryUntil)) {
        return;
    }
    let words = u.all_words();
    if has(&words, &["може", "мабуть", "десь", "приблизно"]) {
        return;
    }
    let Some(at) = words.windows(2).position(|w| matches!(w, ["до", "кінця"])) else {
        return;
    };
    let named = words
        .get(at + 2)
        .is_some_and(|w| !matches!(*w, "року" | "місяця" | "тижня"));
    let Some(end) = month_spoken_of(m.today, u)
        .filter(|_| named)
        .and_then(|month| end_of(m.today, month))
    else {
        return;
    };
    suppose(m, u, KEY, end.to_string(), at..at + 3);
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
