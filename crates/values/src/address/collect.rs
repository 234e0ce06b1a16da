//! Gathers elements around the streets they belong to.

use std::ops::Range;

use super::Address;
use super::elements::{Element, Part};
use crate::found::Found;
use crate::places::Place;
use crate::token::{Token, span_of};

/// Farther from the last part than this many tokens, an element belongs to something else.
const REACH: usize = 12;

struct Draft {
    address: Address,
    range: Range<usize>,
}

pub(super) fn addresses(tokens: &[Token], elements: Vec<Element>) -> Vec<Found<Address>> {
    let mut done: Vec<Draft> = Vec::new();
    let mut current: Option<Draft> = None;
    for element in elements {
        let is_street = matches!(element.part, Part::Street(_));
        let opens = match &current {
            None => true,
            Some(draft) if is_street => !leads_into(tokens, draft, &element),
            Some(draft) => !belongs(tokens, draft, &element),
        };
        if opens && let Some(draft) = current.take() {
            done.push(draft);
        }
        match &mut current {
            Some(draft) => draft.add(tokens, element),
            None => {
                let mut draft = Draft {
                    address: Address::default(),
                    range: element.range.clone(),
                };
                draft.add(tokens, element);
                current = Some(draft);
            }
        }
    }
    done.extend(current);
    done.into_iter()
        .map(|draft| finish(tokens, draft))
        .collect()
}

fn finish(tokens: &[Token], draft: Draft) -> Found<Address> {
    let address = draft.address;
    let mut confidence: f32 = 1.0;
    let mut least = |value: Option<f32>| confidence = confidence.min(value.unwrap_or(1.0));
    least(address.street.as_ref().map(|f| f.confidence));
    least(address.number.as_ref().map(|f| f.confidence));
    least(address.letter.as_ref().map(|f| f.confidence));
    least(address.floor.as_ref().map(|f| f.confidence));
    least(address.door.as_ref().map(|f| f.confidence));
    least(address.postal_code.as_ref().map(|f| f.confidence));
    Found::new(address, span_of(&tokens[draft.range]), confidence)
}

fn gap<'a>(tokens: &'a [Token], draft: &Draft, element: &Element) -> &'a [Token] {
    tokens
        .get(draft.range.end..element.range.start)
        .unwrap_or(&[])
}

fn sentence_between(gap: &[Token]) -> bool {
    // A full stop glued to what follows is part of a number or an abbreviation.
    gap.iter().any(Token::ends_sentence)
}

/// A town or code just before a street opens its address («у Вібю, Росенвангс алле»), and so does a
/// floor with "på" («stuen til venstre på Herredsvej»).
fn leads_into(tokens: &[Token], draft: &Draft, street: &Element) -> bool {
    let address = &draft.address;
    if address.street.is_some() || address.number.is_some() {
        return false;
    }
    let gap = gap(tokens, draft, street);
    if address.floor.is_none() && address.door.is_none() {
        let near = gap.len() <= 6 && !sentence_between(gap) && !goes_on(tokens, draft, gap);
        return near || names_only_a_town(tokens, draft, gap);
    }
    matches!(gap, [on] if matches!(on.text.as_str(), "på" | "на" | "i" | "в" | "у"))
}

/// «З Бенлесе на Аллегаде»: from the town to the street.
fn goes_on(tokens: &[Token], draft: &Draft, gap: &[Token]) -> bool {
    let from = draft
        .range
        .start
        .checked_sub(1)
        .is_some_and(|before| matches!(tokens[before].text.as_str(), "з" | "із" | "зі"));
    from && matches!(gap, [on] if on.text == "на")
}

/// «Скандерборґ. Ванґгойвей тридцять п'ять», "Herlev. Klausdalsbrovej tolv": a town that is a sentence of its own right
/// before the one that the street opens.
fn names_only_a_town(tokens: &[Token], draft: &Draft, gap: &[Token]) -> bool {
    let opens = draft
        .range
        .start
        .checked_sub(1)
        .is_none_or(|before| tokens[before].ends_sentence());
    let [stop, between @ ..] = gap else {
        return false;
    };
    let on = between.iter().all(|t| {
        matches!(
            t.text.as_str(),
            "вулиця" | "на" | "адреса" | "будинок" | "дім"
        )
    });
    opens && draft.address.place.is_some() && stop.is_sign('.') && on && between.len() <= 2
}

fn belongs(tokens: &[Token], draft: &Draft, element: &Element) -> bool {
    let address = &draft.address;
    let gap = gap(tokens, draft, element);
    if gap.len() > REACH {
        return false;
    }
    let corrected = gap.iter().any(|t| corrects(&t.text));
    match &element.part {
        Part::Street(_) => false,
        Part::House { .. } => address.number.is_none() || corrected,
        Part::Floor(floor) => {
            corrected
                || match &address.floor {
                    None => true,
                    Some(earlier) => {
                        earlier.value.danish().is_none() && floor.value.danish().is_some()
                            || earlier.value == floor.value
                    }
                }
        }
        Part::Door(_) => address.door.is_none() || corrected,
        Part::Postal(postal) => match &address.postal_code {
            Some(_) => corrected,
            None => fits_place(address.place.as_ref(), &postal.value.code) || gap.len() <= 4,
        },
        Part::Place(place) => {
            let free = address.place.is_none() || merges(address.place.as_ref(), place);
            let near_code = address
                .postal_code
                .as_ref()
                .is_none_or(|code| place.value.postal_codes.contains(&code.value.code));
            let near = near_code && !sentence_between(gap) && !leaves(tokens, element);
            near && (free || takes_back(gap))
        }
    }
}

/// «…, до Орхуса»: a new direction, when the address already has its house number.
fn leaves(tokens: &[Token], element: &Element) -> bool {
    element.range.start.checked_sub(1).is_some_and(|before| {
        matches!(
            tokens[before].text.as_str(),
            "до" | "з" | "із" | "зі" | "fra" | "til"
        )
    })
}

fn fits_place(place: Option<&Found<Place>>, code: &str) -> bool {
    place.is_none_or(|place| place.value.postal_codes.iter().any(|own| own == code))
}

/// A part of Aarhus may stand beside its district.
fn merges(earlier: Option<&Found<Place>>, later: &Found<Place>) -> bool {
    earlier.is_some_and(|earlier| {
        earlier
            .value
            .postal_codes
            .iter()
            .any(|code| later.value.postal_codes.contains(code))
    })
}

/// «…, у Нексе, тьху, у Рьонне»: the town that was named last is meant.
fn takes_back(gap: &[Token]) -> bool {
    gap.len() <= 6 && gap.iter().any(|t| corrects(&t.text))
}

fn corrects(text: &str) -> bool {
    matches!(
        text,
        "ні" | "ой"
            | "вибачте"
            | "тобто"
            | "точніше"
            | "nej"
            | "undskyld"
            | "altså"
            | "hov"
            | "тьху"
    )
}

impl Draft {
    fn add(&mut self, tokens: &[Token], element: Element) {
        let address = &mut self.address;
        match element.part {
            Part::Street(street) => address.street = Some(street),
            Part::House { number, letter } => {
                address.number = Some(number);
                address.letter = letter;
            }
            Part::Floor(floor) => address.floor = Some(floor),
            Part::Door(door) => address.door = Some(door),
            Part::Postal(postal) => address.postal_code = Some(postal),
            Part::Place(place) => {
                let narrower = address.place.as_ref().is_none_or(|own| {
                    place.value.postal_codes.len() <= own.value.postal_codes.len()
                });
                let behind = tokens.get(self.range.end..element.range.start);
                if narrower || behind.is_some_and(takes_back) {
                    address.place = Some(place);
                }
            }
        }
        debug_assert!(element.range.end <= tokens.len());
        self.range.start = self.range.start.min(element.range.start);
        self.range.end = self.range.end.max(element.range.end);
    }
}
