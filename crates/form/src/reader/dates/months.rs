//! Months that are named.

use super::*;

/// Whether a lower-case word is a month in one of the two languages, in any case.
pub(super) fn names_month(word: &str) -> bool {
    month_of(word).is_some()
}

/// The first day of a month that is named, nearest to today.
pub(in crate::reader) fn month_spoken_of(today: Date, u: &Utterance<'_>) -> Option<Date> {
    let month = u.all_words().into_iter().find_map(month_of)?;
    (-1..=1)
        .filter_map(|years| Date::new(today.year() + years, month, 1).ok())
        .min_by_key(|date| today.until(*date).map_or(i32::MAX, |s| s.get_days().abs()))
}

/// The number of the month that a word names.
fn month_of(word: &str) -> Option<i8> {
    const STEMS: [&str; 24] = [
        "січн",
        "лют",
        "берез",
        "квітн",
        "травн",
        "червн",
        "липн",
        "серпн",
        "вересн",
        "жовтн",
        "листопад",
        "грудн",
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ];
    let at = STEMS.iter().position(|stem| word.starts_with(stem))?;
    i8::try_from(at % 12 + 1).ok()
}
