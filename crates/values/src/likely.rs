//! Words that an answer is likely to hold, by what was asked: for whoever has to make words of sound.

use std::collections::BTreeSet;

use tolkebot_protocol::Lang;

use crate::address::Gazetteer;
use crate::names::cases::declined;
use crate::names::{Gender, capitalise, romanise};
use crate::render::in_cyrillic;
use crate::tables::{self, MONTHS, POSTAL};
use crate::token::{fold, is_cyrillic};
use crate::{places, spelling};

/// What may be asked for. Numbers are no group: a list of all numbers would say nothing about which
/// one was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WordGroup {
    /// Given names and surnames.
    Names,
    /// Danish streets.
    Streets,
    /// Towns, parts of towns and countries.
    Places,
    /// Months.
    Months,
    /// Letters by their names.
    Letters,
}

/// Likely words of one language, each once, in the order of the alphabet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LikelyWords {
    /// Whole words as they are written in a sentence: names with a capital letter.
    pub words: Vec<String>,
    /// Beginnings of Ukrainian names, lower case, to which case endings are added.
    pub stems: Vec<String>,
}

/// The words of some groups. Names of more than one word are given word by word; Danish names that
/// a Ukrainian says, in the letters that are written for what is heard.
pub fn likely_words(groups: &[WordGroup], lang: Lang, streets: &Gazetteer) -> LikelyWords {
    let mut words = BTreeSet::new();
    let mut stems = BTreeSet::new();
    for group in groups {
        match group {
            WordGroup::Names => names(lang, &mut words),
            WordGroup::Streets => {
                streets
                    .names()
                    .for_each(|name| danish(name, lang, &mut words));
                tables::common_streets().for_each(|name| danish(name, lang, &mut words));
            }
            WordGroup::Places => {
                for town in POSTAL.iter().filter(|row| row.status != "check") {
                    danish(places::base(town.district), lang, &mut words);
                }
                for row in tables::place_rows() {
                    match lang {
                        Lang::Da => row
                            .danish
                            .iter()
                            .for_each(|form| add_name(form, &mut words)),
                        Lang::Uk => row.stems.iter().for_each(|stem| add(stem, &mut stems)),
                    }
                }
            }
            WordGroup::Months => {
                let of_lang = |name: &&String| name.chars().any(is_cyrillic) == (lang == Lang::Uk);
                MONTHS
                    .keys()
                    .filter(of_lang)
                    .for_each(|name| add(name, &mut words));
            }
            WordGroup::Letters => {
                for name in spelling::letter_names(lang) {
                    words.insert(name.to_owned());
                }
            }
        }
    }
    LikelyWords {
        words: words.into_iter().collect(),
        stems: stems.into_iter().collect(),
    }
}

/// Names that a conversation has settled on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KnownNames {
    /// Given names in Latin letters.
    pub given: Vec<String>,
    /// Danish streets.
    pub streets: Vec<String>,
    /// Danish towns (`Aarhus C`).
    pub towns: Vec<String>,
}

/// Names that are known by now, as they are said again: given names in all cases. What stands in no
/// table is left out, since what was misheard once would be heard again.
pub fn names_again(known: &KnownNames, lang: Lang, streets: &Gazetteer) -> LikelyWords {
    let mut words = BTreeSet::new();
    for name in known.given.iter().flat_map(|names| parts(names)) {
        for row in tables::given_name_rows().filter(|row| romanise(row.name) == name) {
            match lang {
                Lang::Da => {
                    // Danes write one i where the rules write two.
                    for spelled in [name.to_owned(), name.replace("ii", "i")] {
                        add_name(&spelled, &mut words);
                        add_name(&format!("{spelled}s"), &mut words);
                    }
                }
                Lang::Uk => declined(&fold(row.name), gender(row.feminine))
                    .iter()
                    .for_each(|form| add_name(form, &mut words)),
            }
        }
    }
    for street in &known.streets {
        if streets.holds(street) || tables::common_streets().any(|name| name == street) {
            danish(street, lang, &mut words);
        }
    }
    for town in &known.towns {
        if POSTAL.iter().any(|row| row.district == town) {
            danish(places::base(town), lang, &mut words);
        }
    }
    LikelyWords {
        words: words.into_iter().collect(),
        stems: Vec::new(),
    }
}

fn gender(feminine: bool) -> Gender {
    match feminine {
        true => Gender::Feminine,
        false => Gender::Masculine,
    }
}

fn names(lang: Lang, words: &mut BTreeSet<String>) {
    let given = tables::given_name_rows();
    let ukrainian = given
        .flat_map(|row| std::iter::once(row.name).chain(row.diminutives))
        .chain(tables::surname_rows());
    for name in ukrainian {
        match lang {
            Lang::Da => add_name(&romanise(name), words),
            Lang::Uk => add_name(name, words),
        }
    }
    for (name, _) in tables::danish_name_rows() {
        danish(name, lang, words);
    }
}

/// A Danish name as it is written in a text of the language.
fn danish(name: &str, lang: Lang, words: &mut BTreeSet<String>) {
    match lang {
        Lang::Da => add_name(name, words),
        Lang::Uk => add_name(&in_cyrillic(name), words),
    }
}

/// The words of a name, each with a capital letter.
fn add_name(name: &str, words: &mut BTreeSet<String>) {
    words.extend(parts(name).map(capitalise));
}

fn add(text: &str, words: &mut BTreeSet<String>) {
    words.extend(parts(text).map(fold));
}

/// The words of a text. What is shorter than three letters is no evidence of anything.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|part| part.chars().count() >= 3 && !part.contains(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(groups: &[WordGroup], lang: Lang) -> LikelyWords {
        likely_words(groups, lang, &Gazetteer::shipped())
    }

    fn holds(words: &[String], word: &str) -> bool {
        words
            .binary_search_by(|known| known.as_str().cmp(word))
            .is_ok()
    }

    #[test]
    fn each_group_has_its_words_in_both_languages() {
        for (group, danish, ukrainian) in [
            (WordGroup::Names, "Oksana", "Оксана"),
            (WordGroup::Names, "Nielsen", "Нілсен"),
            (WordGroup::Streets, "Badstuegade", "Бадстуегаде"),
            (WordGroup::Places, "Randers", "Рандерс"),
            (WordGroup::Months, "december", "грудня"),
            (WordGroup::Letters, "æf", "йот"),
        ] {
            assert!(holds(&of(&[group], Lang::Da).words, danish), "{danish}");
            assert!(
                holds(&of(&[group], Lang::Uk).words, ukrainian),
                "{ukrainian}"
            );
        }
        // Towns and countries are said in cases.
        assert!(holds(&of(&[WordGroup::Places], Lang::Uk).stems, "польщ"));
        assert!(holds(&of(&[WordGroup::Places], Lang::Da).words, "Polen"));
    }

    #[test]
    fn names_of_several_words_are_given_word_by_word() {
        let words = of(&[WordGroup::Streets], Lang::Da).words;
        assert!(holds(&words, "Dalgas") && holds(&words, "Avenue"));
        assert!(!words.iter().any(|word| word.contains(' ')));
    }

    #[test]
    fn known_names_are_said_again_in_their_cases() {
        let known = KnownNames {
            given: ["Sofiia", "Mennyk", "Anna Maksym"]
                .map(str::to_owned)
                .to_vec(),
            ..KnownNames::default()
        };
        let again = |lang| names_again(&known, lang, &Gazetteer::shipped()).words;
        assert_eq!(
            again(Lang::Da),
            [
                "Anna", "Annas", "Maksym", "Maksyms", "Sofia", "Sofias", "Sofiia", "Sofiias"
            ]
        );
        let ukrainian = again(Lang::Uk);
        for form in ["Софія", "Софії", "Софію", "Максим", "Максима", "Анни"]
        {
            assert!(holds(&ukrainian, form), "{form}");
        }
        assert!(!ukrainian.iter().any(|word| word.starts_with("Менн")));
    }

    #[test]
    fn known_streets_and_towns_are_said_again_and_misheard_ones_are_not() {
        let known = KnownNames {
            streets: ["Langelandsgade", "Lange Landskade"]
                .map(str::to_owned)
                .to_vec(),
            towns: ["Aarhus C", "Aarslev Ø"].map(str::to_owned).to_vec(),
            ..KnownNames::default()
        };
        let again = |lang| names_again(&known, lang, &Gazetteer::shipped()).words;
        assert_eq!(again(Lang::Da), ["Aarhus", "Langelandsgade"]);
        assert!(again(Lang::Uk).contains(&"Лангеландсгаде".to_owned()));
    }

    #[test]
    fn groups_come_together_and_nothing_comes_twice() {
        let both = of(&[WordGroup::Streets, WordGroup::Places], Lang::Uk);
        let streets = of(&[WordGroup::Streets], Lang::Uk);
        assert!(streets.words.iter().all(|word| holds(&both.words, word)));
        assert!(both.words.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(of(&[], Lang::Da), LikelyWords::default());
    }
}
