//! What a turn is about: the topics of questions and statements.
//!
//! The wordings come from the `ask_da`/`ask_uk` texts of the form definition and from how
//! employees really ask at a counter. A topic is no field: «Adressen?» is the new address with all
//! its parts, «Og hans?» repeats the last question about another person.

mod asked_addresses;
mod asked_children;
mod asked_homes;
mod children;
mod everyday;
mod family;
mod home;
mod homes;
mod moving;
mod people;
mod ukrainian;

use std::ops::Range;
use std::sync::LazyLock;

use super::pattern::Lexicon;

/// What is asked or talked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Topic {
    Name,
    Spelling,
    Cpr,
    BirthDate,
    Age,
    Phone,
    Email,
    MoveDate,
    OldAddress,
    NewAddress,
    /// «Hvor bor du nu?»: old or new, depending on whether the move has happened.
    CurrentAddress,
    PostalCode,
    Floor,
    Door,
    HouseLetter,
    HouseNumber,
    DwellingType,
    Lease,
    LeaseStart,
    TemporaryUntil,
    OthersRegistered,
    HostStays,
    HostName,
    HostRole,
    CoName,
    Mailbox,
    WhoMoves,
    HowMany,
    Alone,
    Remaining,
    Married,
    Custody,
    LivedBefore,
    OtherParentMoves,
    OtherParentName,
    OtherParentAgrees,
    SixWeeks,
    Residence,
    Doctor,
    Protection,
    ProtectionExisting,
    MitId,
    DigitalPost,
    DigitalExempt,
    NameSource,
    Country,
    Arrival,
    ThreeMonths,
    BirthPlace,
    MaritalDate,
    MaritalPlace,
    RelativesAbroad,
    Departure,
    DepartureCountry,
    KeepsDwelling,
    ContactAddress,
    PowerOfAttorney,
    LateReason,
    Permit,
    Documents,
    Deadline,
    Interpreter,
}

impl Topic {
    /// Asks for a day.
    pub(crate) fn is_date(self) -> bool {
        matches!(
            self,
            Topic::BirthDate
                | Topic::MoveDate
                | Topic::Arrival
                | Topic::Departure
                | Topic::MaritalDate
                | Topic::LeaseStart
                | Topic::TemporaryUntil
                | Topic::Deadline
                | Topic::PowerOfAttorney
                | Topic::Permit
        )
    }
}

static IN_DANISH: LazyLock<Lexicon<Topic>> = LazyLock::new(|| {
    Lexicon::new(
        &[
            people::PEOPLE,
            family::FAMILY,
            children::CHILDREN,
            asked_children::ASKED_CHILDREN,
            moving::MOVING,
            home::HOME,
            homes::HOMES,
            asked_homes::ASKED_HOMES,
            asked_addresses::ASKED_ADDRESSES,
            homes::JOURNEYS,
            everyday::EVERYDAY,
        ]
        .concat(),
    )
});

static IN_UKRAINIAN: LazyLock<Lexicon<Topic>> =
    LazyLock::new(|| Lexicon::new(ukrainian::UKRAINIAN));

/// All topics in a row of folded words, with the words that show them.
pub(crate) fn topics(words: &[&str], ukrainian: bool) -> Vec<(Topic, Range<usize>)> {
    if ukrainian {
        IN_UKRAINIAN.find_all(words)
    } else {
        IN_DANISH.find_all(words)
    }
}
