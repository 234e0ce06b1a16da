//! Days and times as people write them, in both languages.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use tolkebot_protocol::Lang;
use tolkebot_values::render::{date_written, moment_written};

/// Danish time by its rule (summer time from the last Sunday of March to the last of October): a
/// document that asked the machine for its table of zones would not be the same everywhere.
const DANISH: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

/// A time (RFC 3339) in Danish time: "26. november 2026 kl. 14.05", «26 листопада 2026 року о
/// 14:05». What is no time is returned as it came.
pub fn moment(at: &str, lang: Lang) -> String {
    match (at.parse::<Timestamp>(), TimeZone::posix(DANISH)) {
        (Ok(at), Ok(zone)) => moment_written(zone.to_datetime(at), lang),
        _ => at.to_owned(),
    }
}

/// The day in Denmark of a time (RFC 3339); `None` for what is no time.
pub(crate) fn danish_day(at: &str) -> Option<Date> {
    let at = at.parse::<Timestamp>().ok()?;
    Some(TimeZone::posix(DANISH).ok()?.to_datetime(at).date())
}

/// A day (ISO 8601): "26. november 2026", «26 листопада 2026 року». What is no day is returned as it
/// came.
pub(crate) fn day(date: &str, lang: Lang) -> String {
    date.parse::<Date>()
        .map_or_else(|_| date.to_owned(), |date| date_written(date, lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_danish_in_summer_and_in_winter() {
        let da = |at: &str| moment(at, Lang::Da);
        assert_eq!(
            da("2026-11-26T13:05:00.120Z"),
            "26. november 2026 kl. 14.05"
        );
        assert_eq!(da("2026-07-01T22:30:59Z"), "2. juli 2026 kl. 0.30");
        // The clocks change at one o'clock UTC.
        assert_eq!(da("2026-03-29T00:59:00Z"), "29. marts 2026 kl. 1.59");
        assert_eq!(da("2026-03-29T01:00:00Z"), "29. marts 2026 kl. 3.00");
        assert_eq!(da("2026-10-25T00:59:00Z"), "25. oktober 2026 kl. 2.59");
        assert_eq!(da("2026-10-25T01:00:00Z"), "25. oktober 2026 kl. 2.00");
        assert_eq!(
            moment("2026-11-26T13:05:00.120Z", Lang::Uk),
            "26 листопада 2026 року о 14:05"
        );
        assert_eq!(da("i går"), "i går");
    }

    #[test]
    fn days_are_written_in_each_language() {
        assert_eq!(day("2026-11-26", Lang::Da), "26. november 2026");
        assert_eq!(day("2026-11-26", Lang::Uk), "26 листопада 2026 року");
        assert_eq!(day("26/11", Lang::Da), "26/11");
    }
}
