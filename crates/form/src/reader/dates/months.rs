//! Months that are named.

use tolkebot_values::dates::month_named;

use super::*;

/// Whether a lower-case word is a month in one of the two languages, in any case.
pub(super) fn names_month(word: &str) -> bool {
    month_named(word).is_some()
}

/// The first day of a month that is named, nearest to today.
pub(in crate::reader) fn month_spoken_of(today: Date, u: &Utterance<'_>) -> Option<Date> {
    let month = u.all_words().into_iter().find_map(month_named)?;
    (-1..=1)
        .filter_map(|years| Date::new(today.year() + years, month, 1).ok())
        .min_by_key(|date| today.until(*date).map_or(i32::MAX, |s| s.get_days().abs()))
}
