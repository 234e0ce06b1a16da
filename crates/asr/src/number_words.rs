//! Number words of one language, found by how they sound.

use tolkebot_protocol::Lang;
use tolkebot_values::{BySound, render};

use crate::gaps::{Gap, Kind};
use crate::postal::Spoken;

/// How alike a number and a word among numbers must sound, 0 to 1.
const ALIKE: f32 = 0.65;
/// The same at the beginning or the end of a row, where other talk may stand, too.
const EDGE_ALIKE: f32 = 0.75;
/// Numbers that are asked about for one gap.
const FOR_ONE: usize = 5;
/// How alike a house number must sound: the word directly behind a street and before another number
/// is one, whatever the decoder finds.
const HOUSE_ALIKE: f32 = 0.8;
/// How alike a compound number and what may be one must sound.
const COMPOUND_ALIKE: f32 = 0.8;
/// A compound that is so much alike, and so much more than any other, is taken whatever the decoder finds.
const COMPOUND_CERTAIN: f32 = 0.93;
const COMPOUND_CLEAR: f32 = 0.05;
/// How alike the first word of a compound in two words and a unit must sound.
const UNIT_ALIKE: f32 = 0.8;
/// How alike an ordinal and what stands between "den" and a month must sound.
const DAY_ALIKE: f32 = 0.75;
/// How alike "nitten" and what stands before "hundrede" behind a month must sound.
const CENTURY_ALIKE: f32 = 0.75;

/// Ways in which a number word is written by whoever hears it and does not expect a number.
const SAME_SOUND: [(&str, &str); 3] = [("fører", "fyrre"), ("førre", "fyrre"), ("træs", "tres")];
/// What zero is written like.
const ZERO: (&str, &str) = ("ну", "нуль");
/// How alike they are where the decoder may refuse, because they do not sound the same.
const MAYBE_ZERO: f32 = 0.9;
/// Years that begin with "nitten hundrede".
const CENTURY: &str = "nitten";

/// The number words of one language below a hundred, by their sound.
#[derive(Debug, Clone)]
pub(crate) struct NumberWords {
    cardinals: BySound,
    /// Danish ones of several parts in one word ("seksogfyrre").
    compounds: BySound,
    /// What these begin with.
    units: BySound,
    /// Ukrainian digits behind a zero.
    zeros: Vec<String>,
    /// Danish days of a month.
    days: BySound,
}

impl NumberWords {
    pub(crate) fn of(lang: Lang) -> NumberWords {
        let words = (0..100).map(|value| render::cardinal(value, lang));
        let mut words: Vec<String> = words.filter(|word| !word.contains(' ')).collect();
        let compounds = words.iter().filter(|word| word.contains("og"));
        let compounds = match lang {
            Lang::Da => compounds.cloned().collect(),
            Lang::Uk => Vec::new(),
        };
        let units = match lang {
            Lang::Da => (1..10).map(|value| render::cardinal(value, lang)).collect(),
            Lang::Uk => Vec::new(),
        };
        let days = match lang {
            Lang::Da => (1..=31).map(render::danish_ordinal).collect(),
            Lang::Uk => Vec::new(),
        };
        if lang == Lang::Da {
            words.push("et".to_owned());
        }
        NumberWords {
            cardinals: BySound::of(words),
            compounds: BySound::of(compounds),
            units: BySound::of(units),
            zeros: match lang {
                Lang::Da => Vec::new(),
                Lang::Uk => {
                    let digits = (0..10).map(|value| render::cardinal(value, lang));
                    digits.map(|digit| format!("{} {digit}", ZERO.1)).collect()
                }
            },
            days: BySound::of(days),
        }
    }

    /// Those that may stand in a gap, the likest first; one alone, with 1, if nothing else can.
    pub(crate) fn for_gap(&self, words: &[Spoken], gap: &Gap) -> Vec<(&str, f32)> {
        let heard: String = words[gap.at.clone()]
            .iter()
            .map(|(_, word)| word.as_str())
            .collect();
        let mut like = match gap.kind {
            Kind::InRow | Kind::Compound => self.like(&heard),
            Kind::AtEdge => {
                let mut like = self.like(&heard);
                like.retain(|(_, likeness)| *likeness >= EDGE_ALIKE);
                like
            }
            Kind::House => certain(self.like(&heard), HOUSE_ALIKE),
            Kind::Zero => vec![(ZERO.1, 1.0)],
            Kind::MaybeZero => vec![(ZERO.1, MAYBE_ZERO)],
            Kind::Split => clear(self.compounds.like(&heard, COMPOUND_ALIKE)),
            Kind::ZeroAnd => self.zero_and(&heard).into_iter().collect(),
            Kind::Day => self.days.like(&heard, DAY_ALIKE),
            Kind::Century => {
                let mut like = self.cardinals.like(&heard, CENTURY_ALIKE);
                like.retain(|(word, _)| *word == CENTURY);
                certain(like, CENTURY_ALIKE)
            }
        };
        like.truncate(FOR_ONE);
        like
    }

    /// Those that sound like what was heard, the likest first; one alone, with 1, if it sounds the
    /// same.
    fn like(&self, heard: &str) -> Vec<(&str, f32)> {
        for (written, said) in SAME_SOUND {
            if let Some(unit) = heard.strip_suffix(written)
                && let Some(word) = self.word(&format!("{unit}{said}"))
            {
                return vec![(word, 1.0)];
            }
        }
        self.cardinals.like(heard, ALIKE)
    }

    fn word(&self, word: &str) -> Option<&str> {
        let mut words = self.cardinals.words().iter().map(String::as_str);
        words.find(|known| *known == word)
    }

    /// Zero and a digit that were heard as one word («нусім»).
    pub(crate) fn zero_and(&self, heard: &str) -> Option<(&str, f32)> {
        let digit = heard
            .strip_prefix(ZERO.0)
            .filter(|digit| !digit.is_empty())?;
        let mut both = self.zeros.iter().map(String::as_str);
        let said =
            both.find(|both| both.strip_prefix(ZERO.1).is_some_and(|d| d.trim() == digit))?;
        Some((said, 1.0))
    }

    /// Whether a word sounds like the first part of a number of several parts.
    pub(crate) fn is_like_unit(&self, heard: &str) -> bool {
        !self.units.like(heard, UNIT_ALIKE).is_empty()
    }

    /// Whether a stretch sounds like a number of several parts.
    pub(crate) fn is_like_compound(&self, heard: &str) -> bool {
        !self.compounds.like(heard, COMPOUND_ALIKE).is_empty()
    }
}

/// The likest alone if it is very much alike and no other nearly as much: nothing else is asked.
fn clear(mut like: Vec<(&str, f32)>) -> Vec<(&str, f32)> {
    let next = like.get(1).map_or(0.0, |(_, likeness)| *likeness);
    if let Some((word, likeness)) = like.first().copied()
        && likeness >= COMPOUND_CERTAIN
        && likeness - next >= COMPOUND_CLEAR
    {
        like = vec![(word, 1.0)];
    }
    like
}

/// The likest alone, if it is alike enough: nothing else is asked.
fn certain(mut like: Vec<(&str, f32)>, least: f32) -> Vec<(&str, f32)> {
    like.truncate(1);
    like.retain(|(_, likeness)| *likeness >= least);
    like.iter_mut().for_each(|(_, likeness)| *likeness = 1.0);
    like
}

/// Whether a word is how zero is written by whoever hears a hesitation.
pub(crate) fn is_like_zero(word: &str) -> bool {
    word == ZERO.0
}

/// Whether a word ends as a number that was spelled as another word, behind a unit that `is_number`.
pub(crate) fn ends_like_compound(word: &str, is_number: impl Fn(&str) -> bool) -> bool {
    SAME_SOUND.iter().any(|(written, _)| {
        let unit = word
            .strip_suffix(written)
            .and_then(|unit| unit.strip_suffix("og"));
        unit.is_some_and(&is_number)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::SAME;

    fn compounds(heard: &str) -> Vec<(String, f32)> {
        let words = NumberWords::of(Lang::Da);
        let gap = Gap {
            at: 0..1,
            kind: Kind::Split,
        };
        let found = words.for_gap(&[(0..1, heard.to_owned())], &gap).into_iter();
        found.map(|(word, like)| (word.to_owned(), like)).collect()
    }

    #[test]
    fn number_words_are_found_by_sound_in_both_languages() {
        for (lang, heard, said) in [
            (Lang::Da, "trave", "tredive"),
            (Lang::Uk, "шизнадцять", "шістнадцять"),
            (Lang::Uk, "тридця", "тридцять"),
        ] {
            let words = NumberWords::of(lang);
            let found = words.like(heard);
            let holds = found.iter().any(|(word, _)| *word == said);
            assert!(holds, "{heard}: {found:?}");
        }
        for other in ["хвилинка", "індекс", "року"] {
            assert!(NumberWords::of(Lang::Uk).like(other).is_empty(), "{other}");
        }
    }

    #[test]
    fn what_sounds_the_same_is_no_question() {
        let words = NumberWords::of(Lang::Da);
        assert_eq!(words.like("fører"), [("fyrre", 1.0)]);
        assert_eq!(words.like("seksogfører"), [("seksogfyrre", 1.0)]);
        assert!(
            words
                .like("vognfører")
                .iter()
                .all(|(_, alike)| *alike < 1.0)
        );
    }

    #[test]
    fn the_decoder_may_refuse_a_zero_that_may_be_a_hesitation() {
        let words = NumberWords::of(Lang::Uk);
        let zero =
            |kind: Kind| words.for_gap(&[(0..1, "ну".to_owned())], &Gap { at: 0..1, kind })[0];
        assert_eq!(zero(Kind::Zero), ("нуль", 1.0));
        let (word, likeness) = zero(Kind::MaybeZero);
        assert!(word == "нуль" && likeness < SAME);
    }

    #[test]
    fn a_compound_is_known_in_two_words_or_clipped() {
        assert_eq!(compounds("niotredive"), [("niogtredive".to_owned(), 1.0)]);
        for (heard, said) in [
            ("ottohaltres", "otteoghalvtreds"),
            ("ottofirs", "otteogfirs"),
            ("seksofirs", "seksogfirs"),
        ] {
            assert_eq!(compounds(heard)[0].0, said);
        }
        let none = ["ottetusind", "tyve", "hedderdu", "telefonnummer"];
        assert!(none.iter().all(|heard| compounds(heard).is_empty()));
    }
}
