//! Where a number must stand and none was heard.
//!
//! Four numbers in a row are a telephone number, behind "den" and before a month stands a day, between
//! a street and the next number the number of the house. What stands there and is no number was
//! misheard. What may stand instead is the business of [`crate::number_words`], and which of it was
//! said that of [`crate::rows`].

use std::ops::Range;

use tolkebot_protocol::Lang;
use tolkebot_values::render;

use crate::number_words::{NumberWords, ends_like_compound, is_like_zero};
use crate::postal::{self, Spoken, is_apart};
use crate::rows::BETWEEN;

/// So many numbers must stand directly before and after a word, taken together.
const NEIGHBOURS: usize = 3;
/// Letters of what may be a number of several parts, at least.
const COMPOUND_LETTERS: usize = 7;

/// Letters of what may be a ten behind a unit that was heard, at least.
const TEN_LETTERS: usize = 4;

/// With what people begin to read a number. Before a sign it is no part of it: "Nå, enogtredive, fyrre".
const BEFORE: [&str; 2] = ["nå", "nu"];

/// Why a number must stand there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    /// Among other numbers.
    InRow,
    /// First or last of a row of numbers.
    AtEdge,
    /// Among other numbers, and one or two words that sound like a compound: "otto firs".
    Split,
    /// Between a street and another number.
    House,
    /// The end of a compound number, spelled as another word ("treogfører").
    Compound,
    /// A hesitation among digits: «ну» is half of «нуль».
    Zero,
    /// The same between two signs, where it may be a hesitation after all.
    MaybeZero,
    /// The same in one word with the digit behind it: «нусім».
    ZeroAnd,
    /// Between "den" and a month.
    Day,
    /// Between a month and "hundrede": a year of the last century.
    Century,
}

/// A stretch that must have been a number.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Gap {
    /// In words.
    pub at: Range<usize>,
    pub kind: Kind,
}

/// What a stretch of one or two words is, in a row of numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Is {
    Number,
    LikeCompound,
    Other,
}

/// What is known about the words of a text.
pub(crate) struct Knows<N, S, V, E> {
    pub lang: Lang,
    pub is_number: N,
    pub is_street: S,
    /// Whether a word is a name or a place.
    pub is_name: V,
    /// Whether a sentence ends behind the word at a place.
    pub ends_sentence: E,
}

/// The gaps of a text, in their order.
pub(crate) fn find<N, S, V, E>(
    words: &[Spoken],
    like: &NumberWords,
    knows: &Knows<N, S, V, E>,
) -> Vec<Gap>
where
    N: Fn(&str) -> bool,
    S: Fn(&str) -> bool,
    V: Fn(&str) -> bool,
    E: Fn(usize) -> bool,
{
    let is_number = &knows.is_number;
    let numbers: Vec<bool> = words.iter().map(|(_, word)| is_number(word)).collect();
    let text = |at: usize| words.get(at).map_or("", |(_, word)| word.as_str());
    let mut gaps = Vec::new();
    let segments = segments(words, &numbers, like);
    let fits = |place: usize, alike: bool| {
        let at = &segments[place].0;
        let fits = match in_row(&segments, place, alike) {
            Place::Apart => false,
            Place::Inside => return Some(Kind::InRow),
            // A row ends with a sign, and what is another sentence is no part of it.
            Place::End => {
                let closes = at.end == words.len() || is_apart(words, at.end);
                closes && !(knows.ends_sentence)(at.start - 1)
            }
            Place::Start => {
                let opens = at.start == 0 || is_apart(words, at.start);
                let before =
                    at.len() == 1 && BEFORE.contains(&text(at.start)) && is_apart(words, at.end);
                opens && !before && !(knows.ends_sentence)(at.end - 1)
            }
        };
        (fits && !(knows.is_name)(text(at.start))).then_some(Kind::AtEdge)
    };
    for (place, (at, is)) in segments.iter().enumerate() {
        let one = at.len() == 1;
        let word = text(at.start);
        let kind = if at.start > 0
            && let Some(end) = day(words, &numbers, at.start)
        {
            gaps.push(Gap {
                at: at.start..end,
                kind: Kind::Day,
            });
            continue;
        } else if one && ends_like_compound(word, is_number) {
            Kind::Compound
        } else if *is == Is::LikeCompound && fits(place, true).is_some() {
            Kind::Split
        } else if !one || numbers[at.start] {
            continue;
        } else if is_like_zero(word)
            && let Some(kind) = zero(words, &numbers, at.start)
        {
            kind
        } else if like.zero_and(word).is_some() && fits(place, false).is_some() {
            Kind::ZeroAnd
        } else if word.chars().count() < 2 || is_like_zero(word) || BETWEEN.contains(&word) {
            continue;
        } else if at.start > 0
            && (knows.is_street)(text(at.start - 1))
            && !is_apart(words, at.start)
            && numbers.get(at.end) == Some(&true)
            && is_apart(words, at.end)
            && begins_with_code(&words[at.end..], knows.lang)
        {
            // "Vestergade nu, otte tusind". Without the sign and the code it is what people say of a street: "på
            // Vestergade siden 2019", "Vestergade nu, tre personer", «на Вестергаде сам, вісім років».
            Kind::House
        } else if at.start > 0 && is_month(text(at.start - 1)) && text(at.end) == "hundrede" {
            Kind::Century
        } else if *is == Is::Other
            && !(knows.is_street)(word)
            // Between the number of a house and the code: "tolv, stuen, otte tusind".
            && !postal::OF_ADDRESS.contains(&word)
            && let Some(kind) = fits(place, false)
        {
            kind
        } else {
            continue;
        };
        gaps.push(Gap {
            at: at.clone(),
            kind,
        });
    }
    gaps.dedup_by(|next, before| next.at.start < before.at.end);
    gaps
}

/// Whether words begin with a postal code.
fn begins_with_code(words: &[Spoken], lang: Lang) -> bool {
    (1..=words.len().min(postal::SAID_WORDS))
        .any(|behind| postal::code_before(words, behind, lang).is_some())
}

/// A text in numbers, what sounds like a number of several parts, and other words.
fn segments(words: &[Spoken], numbers: &[bool], like: &NumberWords) -> Vec<(Range<usize>, Is)> {
    let sounds = |at: Range<usize>| {
        let heard: String = words[at].iter().map(|(_, word)| word.as_str()).collect();
        heard.chars().count() >= COMPOUND_LETTERS && like.is_like_compound(&heard)
    };
    let mut segments = Vec::new();
    let mut from = 0;
    while from < words.len() {
        let two = from + 1 < words.len()
            && (!numbers[from] || !numbers[from + 1])
            && !is_apart(words, from + 1)
            && like.is_like_unit(&words[from].1)
            && !BETWEEN.contains(&words[from].1.as_str())
            && !BETWEEN.contains(&words[from + 1].1.as_str());
        let (to, is) = match numbers[from] {
            // "To treve"; shorter words are too much like anything.
            true if two
                && words[from + 1].1.chars().count() >= TEN_LETTERS
                && sounds(from..from + 2) =>
            {
                (from + 2, Is::LikeCompound)
            }
            true => (from + 1, Is::Number),
            false if two && sounds(from..from + 2) => (from + 2, Is::LikeCompound),
            false if sounds(from..from + 1) => (from + 1, Is::LikeCompound),
            false => (from + 1, Is::Other),
        };
        segments.push((from..to, is));
        from = to;
    }
    segments
}

/// Where a stretch stands to a row of numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    Apart,
    Start,
    Inside,
    End,
}

/// Where a stretch stands to the numbers directly beside it; with `alike` also such as only sound like
/// numbers count, if one beside it surely is one.
fn in_row(segments: &[(Range<usize>, Is)], place: usize, alike: bool) -> Place {
    let counts = |(_, is): &&(Range<usize>, Is)| match is {
        Is::Number => true,
        Is::LikeCompound => alike,
        Is::Other => false,
    };
    let before = segments[..place].iter().rev().take_while(counts);
    let before: Vec<_> = before.collect();
    let after: Vec<_> = segments[place + 1..].iter().take_while(counts).collect();
    let mut row = before.iter().chain(&after);
    if before.len() + after.len() < NEIGHBOURS || !row.any(|(_, is)| *is == Is::Number) {
        return Place::Apart;
    }
    match (before.is_empty(), after.is_empty()) {
        (true, _) => Place::Start,
        (_, true) => Place::End,
        _ => Place::Inside,
    }
}

/// Whether «ну» among numbers is a zero: digits go on with a digit or another zero, or end with it.
/// A hesitation stands before a number of two digits, or behind a sign: «шістнадцять, ну, я не пам'ятаю».
/// Between two signs it may be one before a digit, too: «вісім, п'ять, ну, три роки».
fn zero(words: &[Spoken], numbers: &[bool], at: usize) -> Option<Kind> {
    let text = |at: usize| words[at].1.as_str();
    let counts = |at: usize| numbers[at] || is_like_zero(text(at));
    let before = (0..at).rev().take_while(|at| counts(*at)).count();
    let after = (at + 1..words.len()).take_while(|at| counts(*at)).count();
    let zero = |at: usize| is_like_zero(text(at)) || text(at) == "нуль";
    let fits = match after {
        0 => {
            let goes_on =
                at > 0 && (!is_apart(words, at) || is_digit(text(at - 1)) || zero(at - 1));
            before > 0 && goes_on && (at + 1 == words.len() || is_apart(words, at + 1))
        }
        _ => zero(at + 1) || is_digit(text(at + 1)) || at > 0 && zero(at - 1),
    };
    let alone = at > 0 && is_apart(words, at) && !zero(at - 1);
    let may_hesitate = after > 0 && alone && is_apart(words, at + 1) && !zero(at + 1);
    (before + after >= NEIGHBOURS && fits).then_some(match may_hesitate {
        true => Kind::MaybeZero,
        false => Kind::Zero,
    })
}

fn is_digit(word: &str) -> bool {
    (1..10).any(|value| {
        render::cardinal(value, Lang::Uk)
            .replace('’', "'")
            .replace('\'', "")
            == word
    })
}

/// Where what stands between "den" and a month ends, if it begins at `at` and is no number.
fn day(words: &[Spoken], numbers: &[bool], at: usize) -> Option<usize> {
    if words[at - 1].1 != "den" {
        return None;
    }
    let ends = (at + 1..=at + 2).filter(|end| *end < words.len());
    let end = ends.into_iter().find(|end| is_month(&words[*end].1))?;
    (!numbers[end - 1]).then_some(end)
}

fn is_month(word: &str) -> bool {
    (1..=12).any(|month| render::month_forms(month, Lang::Da).contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBERS: [&str; 14] = [
        "to",
        "otte",
        "syvogtyve",
        "seksten",
        "fyrre",
        "tredive",
        "seks",
        "два",
        "вісім",
        "три",
        "сорок",
        "одинадцять",
        "нуль",
        "тридцять",
    ];

    /// A sign at the end of a word is a piece of its own.
    fn spoken(text: &str) -> Vec<Spoken> {
        let mut at = 0;
        let words = text.split(' ').map(|word| {
            let plain = word.trim_end_matches([',', '.']);
            let piece = at..at + 1;
            at += if plain.len() < word.len() { 2 } else { 1 };
            (piece, plain.to_owned())
        });
        words.collect()
    }

    fn gaps(text: &str) -> Vec<(Kind, String)> {
        let lang = match text.is_ascii() || text.contains(['ø', 'å']) {
            true => Lang::Da,
            false => Lang::Uk,
        };
        let words = spoken(text);
        // Sentences end with a full stop.
        let stops: Vec<bool> = text.split(' ').map(|word| word.ends_with('.')).collect();
        let knows = Knows {
            lang,
            is_number: |word: &str| NUMBERS.contains(&word),
            is_street: |word: &str| word.ends_with("vej"),
            is_name: |word: &str| word == "fur",
            ends_sentence: |at: usize| stops[at],
        };
        let found = find(&words, &NumberWords::of(lang), &knows);
        let text = |at: Range<usize>| {
            let words: Vec<&str> = words[at].iter().map(|(_, word)| word.as_str()).collect();
            words.join(" ")
        };
        let found = found.into_iter();
        found.map(|gap| (gap.kind, text(gap.at))).collect()
    }

    fn one(kind: Kind, heard: &str) -> Vec<(Kind, String)> {
        vec![(kind, heard.to_owned())]
    }

    #[test]
    fn only_a_word_among_numbers_is_a_gap() {
        let in_row = one(Kind::InRow, "fører");
        assert_eq!(gaps("tredive fører seksten syvogtyve"), in_row);
        let at_edge = one(Kind::AtEdge, "fører");
        assert_eq!(gaps("fører syvogtyve seksten otte"), at_edge);
        assert_eq!(gaps("syvogtyve seksten otte fører"), at_edge);
        // Two numbers beside it are an address, or two children.
        assert!(gaps("to der seksten").is_empty());
        assert!(gaps("vi er to der flytter").is_empty());
        assert!(gaps("tredive nej seksten syvogtyve").is_empty());
        let hedder = one(Kind::AtEdge, "hedder");
        assert_eq!(gaps("tredive fører, hedder seksten syvogtyve otte"), hedder);
        assert!(gaps("").is_empty());
    }

    #[test]
    fn a_row_ends_where_talk_goes_on() {
        let row = "tredive, seksten, syvogtyve, otte";
        assert_eq!(gaps(&format!("{row}, fører.")), one(Kind::AtEdge, "fører"));
        assert!(gaps(&format!("{row}. fra hvem")).is_empty());
        assert!(gaps(&format!("{row}, hvor bor du")).is_empty());
        assert!(gaps(&format!("{row}. dato.")).is_empty());
        assert!(gaps(&format!("{row} fur.")).is_empty());
        assert!(gaps(&format!("telefon. {row}")).is_empty());
        assert!(gaps(&format!("hans er {row}")).is_empty());
    }

    #[test]
    fn what_stands_between_the_numbers_of_an_address_is_none() {
        assert!(gaps("ryvej seksten, stuen, otte tredive").is_empty());
        assert!(gaps("ryvej seksten, højre, otte tredive").is_empty());
        assert!(gaps("ryvej seksten, to sal, otte tredive").is_empty());
    }

    #[test]
    fn who_begins_to_read_a_number_says_none() {
        assert!(gaps("nå, tredive, seksten, syvogtyve, otte").is_empty());
        assert!(gaps("nu, tredive, seksten, syvogtyve, otte").is_empty());
        // Among digits, or without a breath, it may be "ni".
        assert_eq!(gaps("to nu seks otte"), one(Kind::InRow, "nu"));
        let at_edge = one(Kind::AtEdge, "nu");
        assert_eq!(gaps("nu seksten, tredive, syvogtyve, otte"), at_edge);
    }

    #[test]
    fn behind_a_street_stands_its_number() {
        assert_eq!(
            gaps("ryvej aften, otte tusind aarhus"),
            one(Kind::House, "aften")
        );
        // What is said of a street, and no number of a house.
        assert!(gaps("ryvej aften otte tusind").is_empty());
        assert!(gaps("ryvej, aften, otte tusind").is_empty());
        assert!(gaps("ryvej nu, otte personer").is_empty());
        assert!(gaps("ryvej siden, otte år").is_empty());
        assert!(gaps("vi bor på ryvej aften").is_empty());
        assert!(gaps("ryvej aften der").is_empty());
        assert!(gaps("ryvej og otte").is_empty());
        // No Danish word ends like this.
        assert!(gaps("rosenhøj ottogfører nej").is_empty());
        let compound = one(Kind::Compound, "otteogfører");
        assert_eq!(gaps("rosenhøj otteogfører nej"), compound);
    }

    #[test]
    fn numbers_that_were_cut_up_stand_in_a_row() {
        let split = |heard: [&str; 2]| heard.map(|heard| (Kind::Split, heard.to_owned())).to_vec();
        assert_eq!(
            gaps("otto haltres, syvogtyve, tredive, otto firs, rigtigt"),
            split(["otto haltres", "otto firs"])
        );
        assert_eq!(
            gaps("to treve, otte, seksten, tredive"),
            one(Kind::Split, "to treve")
        );
        assert!(
            gaps("to der, otte, seksten, tredive")
                .iter()
                .all(|(kind, _)| *kind != Kind::Split)
        );
        // "Fører" is "fyrre", also there.
        let row = gaps("otteogfører, otteogfører, otto firs, to");
        assert_eq!(row[0].0, Kind::Compound);
        // A name before a number is none of its parts.
        let rodion = gaps("rodion tredive, otte, seksten, to");
        assert!(rodion.iter().all(|(kind, _)| *kind != Kind::Split));
        // Alone they are nobody's number.
        assert!(gaps("otto haltres bor der").is_empty());
        assert!(gaps("jeg kender otto firs og to andre").is_empty());
    }

    #[test]
    fn a_hesitation_among_digits_is_a_zero() {
        let zero = one(Kind::Zero, "ну");
        assert_eq!(gaps("ну, три, нуль вісім, одинадцять"), zero);
        assert_eq!(gaps("тридцять, сорок два, нуль ну"), zero);
        // A person who does not remember, and no digit.
        assert_eq!(gaps("тридцять, сорок два, одинадцять, ну, я не знаю"), []);
        assert_eq!(gaps("сорок два ну ну").len(), 2);
        let both = one(Kind::ZeroAnd, "нувісім");
        assert_eq!(gaps("нувісім, нуль три, сорок, одинадцять"), both);
        assert_eq!(gaps("тридцять, ну ну, сорок").len(), 2);
        assert!(gaps("тридцять, сорок, два ну тут").is_empty());
        // Somebody thinks of the next number, or begins to speak.
        assert!(gaps("ну, тридцять, сорок два, одинадцять").is_empty());
        assert!(gaps("тридцять, сорок, ну, одинадцять").is_empty());
        assert!(gaps("ну, два дні").is_empty());
    }

    #[test]
    fn a_hesitation_between_two_signs_is_asked_about() {
        let maybe = one(Kind::MaybeZero, "ну");
        assert_eq!(gaps("вісім, сорок, ну, три роки"), maybe);
        assert_eq!(gaps("два, три, ну, вісім, одинадцять"), maybe);
        // Beside another zero, and where nobody stopped, it is one.
        let zero = one(Kind::Zero, "ну");
        assert_eq!(gaps("два, нуль, ну, три"), zero);
        assert_eq!(gaps("два, три ну, вісім"), zero);
        assert_eq!(gaps("два, три, ну вісім"), zero);
    }

    #[test]
    fn a_day_stands_before_its_month() {
        assert_eq!(gaps("flytter den tolde august to"), one(Kind::Day, "tolde"));
        assert_eq!(
            gaps("den seks otyvende juli"),
            one(Kind::Day, "seks otyvende")
        );
        assert!(gaps("den otte juli").is_empty());
        assert!(gaps("den anden dag i juli").is_empty());
        let century = one(Kind::Century, "neden");
        assert_eq!(gaps("februar neden hundrede otte"), century);
        assert!(gaps("bor neden hundrede meter").is_empty());
    }
}
