//! Which address a street, a floor or a postal code belongs to, and what is believed about it.
//!
//! The grammar finds addresses; here they get their place. Old and new are told apart by, in this
//! order: a street that is known already, words beside the mention («з …», "boede", «переїхали на»),
//! the question, the tense of the move, and at last by which of the two is still empty.

mod asked_briefly;
mod asked_town;
mod before_question;
mod beside;
mod beside_street;
mod details;
mod disputed;
mod echo;
mod landmarks;
mod likeness;
mod offered;
mod on_record;
mod open;
mod others;
mod parts;
mod place;
mod read_back;
mod refusals;
mod restarts;
mod room;
mod short_answers;
mod staff_spelling;
mod stages;
mod stray;
mod street;
mod town_beside;
mod usable;

use std::ops::Range;

use tolkebot_values::address::{Address, Street, StreetSource, street_similarity};
use tolkebot_values::places::PlaceKind;
use tolkebot_values::{Found, dates::Tense, municipality, postal};

use super::asked::Target;
use super::belief::{Act, Heard};
use super::cues;
use super::memory::{Memory, Place};
use super::old_or_new;
use super::topic::Topic;
use super::utterance::Utterance;
use asked_town::asked_in_general;
pub(super) use asked_town::question_by_town;
use beside::*;
use details::*;
pub(super) use details::{implied_code, number_spans};
pub(super) use echo::keep_names;
use likeness::*;
use on_record::*;
pub(super) use open::digits_follow;
use open::*;
use parts::*;
use place::*;
use refusals::*;
use room::*;
pub(super) use room::{
    makes_room, nowhere_to_go, read_back_as_old, said_to_be_old, swap, swap_guess, written_without,
};
use staff_spelling::*;
pub(super) use stages::and_the_new_one;
use stray::*;
pub(super) use town_beside::AskedTown;
use usable::*;

const ADDRESS_TOPICS: [Topic; 8] = [
    Topic::OldAddress,
    Topic::NewAddress,
    Topic::CurrentAddress,
    Topic::PostalCode,
    Topic::Floor,
    Topic::Door,
    Topic::HouseNumber,
    Topic::HouseLetter,
];

/// Reads all addresses and parts of addresses of a turn.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>, blocked: &[Range<usize>]) {
    let mut found: Vec<Found<Address>> =
        u.addresses().iter().map(|a| as_spelled(m, u, a)).collect();
    let dropped = restarts::dropped(u, &mut found);
    // Where the words before a street end that was begun anew.
    let mut begun: Option<usize> = None;
    let mut from = 0;
    let mut last_street = 0;
    let mut spots: Vec<(usize, Place)> = Vec::new();
    stages::asked_for_now(m, u);
    lived_there(m, u);
    told_which(m, u);
    same_street_again(m, u);
    complete(m, u);
    number_alone(m, u);
    echo::read(m, u, blocked);
    disputed::completed_by_staff(m, u);
    said_by_staff(m, u, blocked);
    for (at, hit) in found.iter().enumerate() {
        let span = anchor(&hit.value).unwrap_or(hit.span.clone());
        if dropped[at] {
            begun = begun.or(Some(span.start));
            continue;
        }
        let mut left = cues::left(u, from, span.start);
        if let Some(start) = begun.take()
            && old_or_new::place(&left, &[], m.tense_so_far()).is_none()
        {
            left = cues::left(u, from, start);
        }
        // «Раніше в Гьорсгольмі. Уссерьод Конґевей …»: a village before the street says nothing either.
        let village = left.len() == 1 && u.written && {
            let word = u.word_at(span.start);
            word > 0 && u.token(word - 1).capital
        };
        if hit.value.street.is_some() && (village || left.iter().all(|w| before_a_street(w))) {
            left.splice(0..0, carried(u, last_street, span.start));
        }
        // Words before the next street belong to that one: «…, а до того жила на …».
        let next = found[at + 1..]
            .iter()
            .find(|h| h.value.street.is_some())
            .map(|h| u.word_at(h.span.start));
        let first = u.word_at(hit.span.end);
        let mut right = cues::right(u, hit.span.end);
        if let Some(next) = next.filter(|next| *next < first + right.len()) {
            right.truncate(clause_end(u, first, next));
        }
        let told = u.is_staff() && others::of_staff(&left, &right) && !same_house_as_known(m, hit);
        if !told && usable(m, u, hit, blocked, &left) {
            if hit.value.street.is_some() {
                street::read(m, u, hit, &left, &right);
            } else {
                parts(m, u, hit, &left, &right);
            }
        }
        from = hit.span.end;
        if hit.value.street.is_some() {
            last_street = from;
        }
        if hit.value.street.is_none() && hit.value.place.is_some() {
            narrower(m, u, &found[..at], hit);
        }
        if let Some(place) = m.place.filter(|_| m.place_turn == m.turns) {
            spots.push((hit.span.start, place));
        }
    }
    disputed::unknown_to_staff(m, u);
    town_beside::read(m, u);
    town_beside::keep(m, u);
    same_code(m, u);
    code_of_both(m, u);
    number_again(m, u);
    said_to_be_new(m, u);
    read_back::letter(m, u);
    read_back::village(m, u);
    numbered(m, u);
    written_otherwise(m, u);
    room_number(m, u);
    short_answers::read(m, u);
    disputed::insisted(m, u);
    disputed::floor_refused(m, u);
    keep(m, u);
    keep_spelling(m, u);
    no_floor(m, u, &spots);
    same_house(m, u);
}

/// Codes that the street or the town of an address allows; empty when nothing is known.
fn codes_of(m: &Memory, place: Place) -> Vec<String> {
    let prefix = place.prefix();
    let list = |key: String| {
        m.text(&key)
            .map(|s| s.split(' ').map(str::to_owned).collect())
            .unwrap_or_default()
    };
    let codes: Vec<String> = list(format!("{prefix}.codes"));
    if codes.is_empty() {
        list(format!("{prefix}.town_codes"))
    } else {
        codes
    }
}

/// Whether two names are those of one street.
pub(super) fn is_same_street(a: &str, b: &str) -> bool {
    street_similarity(a, b) >= SAME_STREET
}

fn asked_address(m: &Memory) -> bool {
    m.asked.asks_any(&ADDRESS_TOPICS)
}

/// An address was spoken of in one of the last turns.
fn recently(m: &Memory) -> bool {
    m.place_turn + 3 >= m.turns
}

fn open_place(m: &Memory) -> Option<Place> {
    m.place
}
