//! Danish addresses as Danes and Ukrainians say them.
//!
//! The order of the parts is free. Elements (street, house number, floor, door, postal code, town)
//! are found one by one, then gathered around the streets; what belongs to no street comes back as
//! an address without one, for answers like «другий сал праворуч».

mod bare;
mod beside_door;
mod beside_floor;
mod collect;
mod counting;
mod elements;
mod elsewhere;
mod gazetteer;
mod heard;
mod heard_words;
mod house;
mod houses;
mod hundreds;
mod parts;
mod spell_back;
mod street;
mod street_words;
mod tail;
mod unit;
mod unit_da;
mod unit_uk;

use serde::{Deserialize, Serialize};
use tolkebot_protocol::Lang;

use crate::found::{Found, Reason};
use crate::places::{self, Place};
use crate::postal::PostalCode;
use crate::sound::similarity;
use crate::token::{Token, tokenise};

pub use gazetteer::{Gazetteer, GazetteerError};
pub use houses::{house_name, sounds_like_a_house};
pub use street::{Street, StreetSource};
pub use unit::{DanishFloor, Door, Floor, FloorCount, UnknownFloor, ukrainian_floor};

/// The parts of an address that were said, each with its own span and confidence.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Address {
    /// Street name.
    pub street: Option<Found<Street>>,
    /// House number, 1–999, without leading zero.
    pub number: Option<Found<String>>,
    /// House letter, A–Z.
    pub letter: Option<Found<char>>,
    /// Floor as it was counted.
    pub floor: Option<Found<Floor>>,
    /// Side or door number.
    pub door: Option<Found<Door>>,
    /// Postal code of the table.
    pub postal_code: Option<Found<PostalCode>>,
    /// Town or part of Aarhus that was named.
    pub place: Option<Found<Place>>,
}

impl Address {
    /// The one-line format of CPR, with the floor as the likeliest Danish one:
    /// `Randersvej 95B, 2. th, 8200 Aarhus N`. Parts that are missing disappear with their signs.
    pub fn one_line(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        if let Some(street) = &self.street {
            let mut line = street.value.name.clone();
            if let Some(number) = &self.number {
                line.push(' ');
                line.push_str(&number.value);
                line.extend(self.letter.as_ref().map(|letter| letter.value));
            }
            parts.push(line);
        }
        let floor = self
            .floor
            .as_ref()
            .map(|floor| floor.value.suggestion().code());
        match (floor, &self.door) {
            (Some(floor), Some(door)) => parts.push(format!("{floor}. {}", door.value.code())),
            (Some(floor), None) => parts.push(format!("{floor}.")),
            (None, Some(door)) => parts.push(door.value.code().to_string()),
            (None, None) => {}
        }
        if let Some(postal) = &self.postal_code {
            parts.push(format!("{} {}", postal.value.code, postal.value.district));
        }
        parts.join(", ")
    }

    /// Why a person must confirm the address before it is used; empty when everything was said in
    /// Danish terms and is known.
    pub fn doubts(&self) -> Vec<Reason> {
        let mut doubts = Vec::new();
        match self.street.as_ref().map(|s| s.value.source) {
            Some(StreetSource::Heard) => doubts.push(Reason::HeardName),
            Some(StreetSource::Guessed) => doubts.push(Reason::UnknownStreet),
            _ => {}
        }
        if self
            .floor
            .as_ref()
            .is_some_and(|f| f.value.danish().is_none())
        {
            doubts.push(Reason::FloorCount);
        }
        let notes = [
            self.door.as_ref().and_then(|d| d.note.as_ref()),
            self.postal_code.as_ref().and_then(|p| p.note.as_ref()),
            self.letter.as_ref().and_then(|l| l.note.as_ref()),
        ];
        doubts.extend(notes.into_iter().flatten().map(|note| note.reason));
        doubts
    }

    /// True when nothing was found.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// All addresses of a text, left to right: one for each street, and one for each group of parts
/// that belongs to no street.
pub fn find(text: &str, lang: Lang) -> Vec<Found<Address>> {
    find_with(text, lang, &Gazetteer::shipped())
}

/// [`find`] with the streets of a register.
pub fn find_with(text: &str, lang: Lang, streets: &Gazetteer) -> Vec<Found<Address>> {
    let tokens = tokenise(text, lang);
    let places = places::find_in(&tokens, lang);
    find_in(&tokens, lang, streets, &places)
}

/// [`find_with`] over tokens whose places are found already.
pub fn find_in(
    tokens: &[Token],
    lang: Lang,
    streets: &Gazetteer,
    places: &[Found<Place>],
) -> Vec<Found<Address>> {
    let elements = elements::find(tokens, lang, streets, places);
    let mut found = collect::addresses(tokens, elements);
    for address in &mut found {
        elsewhere::reconsider(tokens, address);
    }
    found
}

/// The house letter that a word names: «бе», "ef".
pub fn letter_of_house(text: &str, lang: Lang) -> Option<char> {
    house::letter_name(text, lang)
}

/// Whether a Cyrillic word ends as the names of Danish streets do, with a name before that ending.
pub(crate) fn ends_as_a_street(word: &str) -> bool {
    heard_words::is_shaped(word)
}

/// How alike two street names sound (0–1), whichever alphabet they are in: to match the citizen's
/// «Рандерсвей» with the Randersvej the employee says next.
pub fn street_similarity(a: &str, b: &str) -> f32 {
    similarity(a, b)
}

#[cfg(test)]
#[path = "../address_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "../address_doors_tests.rs"]
mod doors_tests;

#[cfg(test)]
#[path = "../address_heard_tests.rs"]
mod heard_tests;
