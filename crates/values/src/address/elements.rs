//! The elements of addresses, one by one from left to right.

use std::ops::Range;

use tolkebot_protocol::Lang;

use super::gazetteer::Gazetteer;
use super::street::{self, Street};
use super::unit::{Door, Floor};
use super::{house, hundreds, unit_da, unit_uk};
use crate::digits::{Run, Style, greedy, runs};
use crate::found::{Ambiguity, Found, Reason};
use crate::numbers::read_at;
use crate::places::{Place, PlaceKind};
use crate::postal::{self, PostalCode};
use crate::token::{Token, TokenKind, span_of};

/// What was found at a range of tokens.
pub(super) enum Part {
    Street(Found<Street>),
    House {
        number: Found<String>,
        letter: Option<Found<char>>,
    },
    Floor(Found<Floor>),
    Door(Found<Door>),
    Postal(Found<PostalCode>),
    Place(Found<Place>),
}

pub(super) struct Element {
    pub range: Range<usize>,
    pub part: Part,
}

struct Scan<'a> {
    tokens: &'a [Token],
    lang: Lang,
    runs: Vec<Run>,
    places: Vec<(Range<usize>, Found<Place>)>,
    out: Vec<Element>,
    /// Where a house number may still follow the last street.
    house_until: usize,
    /// Behind a street, where a bare ordinal can be a floor.
    inside_until: usize,
}

pub(super) fn find(
    tokens: &[Token],
    lang: Lang,
    streets: &Gazetteer,
    places: &[Found<Place>],
) -> Vec<Element> {
    let mut scan = Scan {
        tokens,
        lang,
        runs: runs(tokens, lang, Style::Plain),
        places: located(tokens, places),
        out: Vec::new(),
        house_until: 0,
        inside_until: 0,
    };
    let mut streets = street::find(tokens, lang, streets).into_iter().peekable();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(hit) = streets.next_if(|hit| hit.start == at) {
            at = scan.street(hit);
            continue;
        }
        at = scan.step(at).max(at + 1);
    }
    scan.out
}

/// The places in Denmark with their tokens.
fn located(tokens: &[Token], places: &[Found<Place>]) -> Vec<(Range<usize>, Found<Place>)> {
    places
        .iter()
        .filter(|p| matches!(p.value.kind, PlaceKind::DanishTown | PlaceKind::AarhusArea))
        .filter_map(|place| {
            let start = tokens.partition_point(|t| t.span.start < place.span.start);
            let end = tokens.partition_point(|t| t.span.end < place.span.end) + 1;
            let exact = tokens.get(start)?.span.start == place.span.start
                && tokens.get(end - 1)?.span.end == place.span.end;
            exact.then(|| (start..end, place.clone()))
        })
        .collect()
}

impl Scan<'_> {
    fn found<T>(&self, value: T, range: &Range<usize>, confidence: f32) -> Found<T> {
        Found::new(value, span_of(&self.tokens[range.clone()]), confidence)
    }

    fn push(&mut self, range: Range<usize>, part: Part) -> usize {
        let end = range.end;
        self.out.push(Element { range, part });
        end
    }

    fn street(&mut self, hit: street::Hit) -> usize {
        let range = hit.start..hit.end;
        let mut found = self.found(hit.street, &range, hit.confidence);
        let reason = match found.value.source {
            street::StreetSource::Heard => Some(Reason::HeardName),
            street::StreetSource::Guessed => Some(Reason::UnknownStreet),
            _ => None,
        };
        if let Some(reason) = reason {
            let names = found.value.candidates.iter().map(|(name, _)| name);
            found.note = Some(Ambiguity::between(reason, names));
        }
        let start = range.start;
        let end = self.push(range, Part::Street(found));
        // "Fireogtyve på Østergade i Lemvig"
        if !street::number_behind(self.tokens, end, self.lang)
            && let Some(number) = house::before_street(self.tokens, start, self.lang)
            && let Some(hit) = house::at(self.tokens, number.start, number.end, self.lang)
        {
            self.house(hit, true);
            return end;
        }
        self.house_until = end + 5;
        self.inside_until = end + 14;
        // The house number follows over commas and "nummer".
        let next = house::after_street(self.tokens, end);
        if self.lang == Lang::Uk
            && let Some(rank) = house::ranked(self.tokens, next)
        {
            return self.house(house::told(self.tokens, &rank, self.lang), true);
        }
        self.number(next, true).unwrap_or(end)
    }

    fn step(&mut self, at: usize) -> usize {
        self.place(at)
            .or_else(|| self.floor(at))
            .or_else(|| self.door(at))
            .or_else(|| self.labelled_house(at))
            .or_else(|| self.number(at, false))
            .unwrap_or(at + 1)
    }

    fn place(&mut self, at: usize) -> Option<usize> {
        let (range, place) = self
            .places
            .iter()
            .find(|(range, _)| range.start == at)?
            .clone();
        Some(self.push(range, Part::Place(place)))
    }

    fn floor(&mut self, at: usize) -> Option<usize> {
        let inside = at < self.inside_until;
        let latin = !self.tokens[at].is_cyrillic();
        let hit = match self.lang {
            Lang::Da => unit_da::floor(self.tokens, at, inside),
            Lang::Uk if latin && self.tokens[at].is_word() => {
                unit_da::floor(self.tokens, at, inside)
            }
            Lang::Uk => unit_uk::floor(self.tokens, at, inside),
        };
        let (floor, end) = hit?;
        let mut found = self.found(floor, &(at..end), 0.9);
        if floor.danish().is_none() {
            let options = [floor.suggestion().code(), floor.if_other().code()];
            found.note = Some(Ambiguity::between(Reason::FloorCount, options));
            found.confidence = 0.7;
        }
        self.inside_until = self.inside_until.max(end + 6);
        self.push(at..end, Part::Floor(found));
        // "4. 2": a typed floor and door.
        if self.lang == Lang::Da
            && self.tokens[at].kind == TokenKind::Digits
            && let Some((door, behind)) = unit_da::typed_door(self.tokens, end)
        {
            let found = self.found(door, &(end..behind), 0.85);
            return Some(self.push(end..behind, Part::Door(found)));
        }
        Some(end)
    }

    fn door(&mut self, at: usize) -> Option<usize> {
        let (door, end, flat) = match self.lang {
            Lang::Da => unit_da::door(self.tokens, at).map(|(door, end)| (door, end, false)),
            Lang::Uk => unit_uk::door(self.tokens, at)
                .or_else(|| unit_da::door(self.tokens, at).map(|(door, end)| (door, end, false))),
        }?;
        let mut found = self.found(door, &(at..end), 0.9);
        if flat {
            found.confidence = 0.5;
            found.note = Some(Ambiguity::of(Reason::FlatNumber));
        }
        Some(self.push(at..end, Part::Door(found)))
    }

    /// «будинок двадцять», "husnummer tolv" away from a street.
    fn labelled_house(&mut self, at: usize) -> Option<usize> {
        // «Двадцять п'ятий номер», «у сорок першому будинку»
        let named = |word: &str| {
            ["номер", "будин", "дім", "домі", "дому", "хат"]
                .iter()
                .any(|stem| word.starts_with(stem))
        };
        let ordinal = read_at(self.tokens, at, self.lang)
            .filter(|n| self.lang == Lang::Uk && n.is_ordinal() && (4..1000).contains(&n.value))
            .filter(|n| self.tokens.get(n.end).is_some_and(|t| named(&t.text)));
        if let Some(read) = ordinal.filter(|_| self.house_missing() || self.out.is_empty()) {
            let number = self.found(read.value.to_string(), &(at..read.end), 0.8);
            self.house_until = 0;
            self.inside_until = read.end + 12;
            return Some(self.push(
                at..read.end,
                Part::House {
                    number,
                    letter: None,
                },
            ));
        }
        let label = matches!(
            self.tokens[at].text.as_str(),
            "husnummer" | "будинок" | "будинку" | "дім" | "номером"
        );
        let next = at + 1 + usize::from(self.tokens.get(at + 1).is_some_and(|t| t.is("номер")));
        if !label {
            return None;
        }
        self.number(next, true)
    }

    /// A run of numbers: house number, postal code, or both.
    fn number(&mut self, at: usize, house: bool) -> Option<usize> {
        let run = self
            .runs
            .iter()
            .find(|run| run.range.contains(&at) && !run.plus)?
            .clone();
        let end = run.range.end;
        let cut = greedy(self.tokens, at..end, self.lang, Style::Plain);
        let first = cut.pieces.first().filter(|p| p.range.start == at)?;
        let whole = cut.digits();
        let expected = house || at < self.house_until;
        // Eight digits and more are telephone and CPR numbers.
        if !house && cut.len() >= 8 {
            return Some(end);
        }
        // «Ґранґордсвей, сорок сім нуль нуль»: a code, and no house number before two zeros.
        let code = cut.len() == 4 && cut.pieces.len() >= 3 && postal::lookup(&whole).is_some();
        let code = code && whole.ends_with("00");
        let again = self.put_right(at);
        if first.digits.len() < 4
            && !code
            && (expected && (house || self.house_missing()) || again)
            && !(cut.len() == 4 && postal::lookup(&whole).is_some() && !house)
            && let Some(hit) = house::at(self.tokens, at, end, self.lang)
        {
            return Some(self.house(hit, house));
        }
        self.postal(at, end)
    }

    /// «Вісім, ні, вісімнадцять»: right behind a house number, with a word that takes it back between.
    fn put_right(&self, at: usize) -> bool {
        let Some(last) = self.out.last().map(|e| (e.range.end, &e.part)) else {
            return false;
        };
        let (end, Part::House { .. }) = last else {
            return false;
        };
        let between = self.tokens.get(end..at).unwrap_or(&[]);
        let counted = read_at(self.tokens, at, self.lang)
            .and_then(|number| self.tokens.get(number.end))
            .is_some_and(|t| {
                ["рок", "рік", "дн", "місяц", "людей"]
                    .iter()
                    .any(|stem| t.text.starts_with(stem))
            });
        let takes_back =
            |t: &Token| matches!(t.text.as_str(), "ні" | "ой" | "тьху" | "вибачте" | "nej");
        let filler = |t: &Token| {
            matches!(
                t.text.as_str(),
                "там" | "то" | "це" | "не" | "стоп" | "чекайте"
            )
        };
        between.len() <= 4
            && !counted
            && between.iter().any(takes_back)
            && between
                .iter()
                .all(|t| !t.is_word() || takes_back(t) || filler(t))
    }

    fn house_missing(&self) -> bool {
        matches!(
            self.out.last().map(|e| &e.part),
            Some(Part::Street(_) | Part::Place(_))
        )
    }

    fn house(&mut self, hit: house::House, sure: bool) -> usize {
        let confidence = if sure { 0.92 } else { 0.7 };
        let number = self.found(hit.number, &hit.range, confidence);
        let mut end = hit.range.end;
        let letter = hit.letter.map(|(letter, range)| {
            end = range.end;
            self.found(letter, &range, hit.letter_confidence)
        });
        self.house_until = 0;
        self.inside_until = end + 12;
        self.push(hit.range.start..end, Part::House { number, letter })
    }

    fn postal(&mut self, at: usize, end: usize) -> Option<usize> {
        if self.lang == Lang::Uk
            && let Some((row, behind)) = hundreds::code(self.tokens, at, end)
        {
            let code = PostalCode {
                code: row.code.into(),
                district: row.district.into(),
            };
            let found = self.found(code, &(at..behind), 0.8);
            return Some(self.push(at..behind, Part::Postal(found)));
        }
        let cut = greedy(self.tokens, at..end, self.lang, Style::Plain);
        // The longest start of the run that is a code; a code may be followed by other numbers.
        let mut digits = String::new();
        for piece in &cut.pieces {
            digits.push_str(&piece.digits);
            let range = at..piece.range.end;
            if digits.len() == 4 {
                let row = postal::lookup(&digits)?;
                let rest = cut.len() - 4;
                let code = PostalCode {
                    code: row.code.into(),
                    district: row.district.into(),
                };
                let doubtful = at >= self.inside_until
                    && !postal::announced(self.tokens, at)
                    && postal::two_pairs_apart(self.tokens, &cut.pieces);
                let confidence = match rest {
                    0 if doubtful => 0.35,
                    0 => 0.9,
                    _ => 0.5,
                };
                let found = self.found(code, &range, confidence);
                return Some(self.push(range, Part::Postal(found)));
            }
            if digits.len() > 4 {
                break;
            }
        }
        // «вісімсот шістсот»: eight (hundred) six hundred.
        if let [first, second] = cut.pieces.as_slice()
            && first.digits.len() == 3
            && first.digits.ends_with("00")
            && second.digits.len() == 3
            && let Some(row) = postal::lookup(&format!("{}{}", &first.digits[..1], second.digits))
        {
            let code = PostalCode {
                code: row.code.into(),
                district: row.district.into(),
            };
            let found = self
                .found(code, &(at..end), 0.5)
                .with_note(Ambiguity::between(Reason::SeveralReadings, [row.code]));
            return Some(self.push(at..end, Part::Postal(found)));
        }
        None
    }
}
