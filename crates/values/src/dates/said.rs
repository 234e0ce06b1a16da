//! What was said, before anybody knows which day it means.

use std::ops::Range;

use jiff::civil::Weekday;

/// A mention of a date in a range of tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    pub range: Range<usize>,
    pub said: Said,
    /// A weekday said beside a day of the month.
    pub weekday: Option<Weekday>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    Calendar {
        day: i8,
        month: Month,
        year: Year,
        /// Written in full with digits, or spoken.
        sure: bool,
    },
    /// Days from today.
    Days(i32),
    /// Months (12 for a year) from today.
    Months(i32),
    Weekday {
        day: Weekday,
        which: Which,
    },
    Month(i8),
    /// With the month, when one was said («наприкінці жовтня»).
    Vague(Option<i8>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Month {
    Named(i8),
    /// Months from today's.
    Offset(i32),
    Missing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    Full(i16),
    /// Two digits.
    Short(i16),
    /// Years from today's.
    Offset(i16),
    Missing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// «у п'ятницю», "fredag".
    Bare,
    /// "på fredag", «цієї п'ятниці».
    Coming,
    /// "i fredags", «минулої п'ятниці».
    Last,
    /// "næste fredag", «наступної п'ятниці».
    Next,
    /// Weeks beyond the next such day, or back from the last: "fredag om otte dage", «у п'ятницю через тиждень» are 1,
    /// "i mandags for fjorten dage siden" is -2.
    WeeksAfter(i32),
    /// «у п'ятницю, не цю, а ту»: a week beyond the nearest, in the direction of the talk.
    NotThis,
    /// Week counted from this one: "fredag i næste uge" is 1.
    Week(i32),
    /// Week of the calendar: "mandag i uge 51".
    IsoWeek(i8),
}

impl Said {
    /// «до кінця жовтня, до тридцять першого»: the day belongs to the month just named.
    pub fn take_month(&mut self, earlier: &Said) {
        if let (
            Said::Calendar {
                month: mine @ Month::Missing,
                ..
            },
            Said::Month(named) | Said::Vague(Some(named)),
        ) = (self, earlier)
        {
            *mine = Month::Named(*named);
        }
    }

    /// "den første til den femtende december": the first day takes the month of the second.
    pub fn borrow_month(&mut self, other: &Said) {
        if let (
            Said::Calendar {
                month: mine @ Month::Missing,
                year: my_year,
                ..
            },
            Said::Calendar { month, year, .. },
        ) = (self, other)
        {
            *mine = *month;
            if *my_year == Year::Missing {
                *my_year = *year;
            }
        }
    }
}
