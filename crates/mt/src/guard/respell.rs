//! Names that a translation has nearly right, written as they must be.

use tolkebot_protocol::Lang;
use tolkebot_values::{names as people, sound};

use super::names::{self, words};
use super::{danes, ukrainians};
use crate::text::{is_cyrillic, is_latin};

/// Likeness from which a word that is no name of the source stands for a name that is missing («Герасим» is not "Hergasym").
const MEANT: f32 = 0.8;

/// The target with Danes in the letters that Danes have («Йонас Fabricius»), and with Ukrainians who are named in the
/// nominative by the rules of romanisation ("Hergasym Bahrii"); from Danish, with their own names again («Тихон
/// Стецюко» for "Tykhon Stetsko"). Only where one word of the target can be meant.
pub(crate) fn names_put_right(source: &str, target: String, from: Lang) -> String {
    let mut out = target;
    let named = names::find(source, from);
    let all: Vec<String> = named
        .iter()
        .flat_map(|name| &name.words)
        .map(|word| people::romanise(word))
        .collect();
    for name in &named {
        match from {
            Lang::Da if danes::is_dane(&name.words) => {
                for word in &name.words {
                    put(&mut out, word, |there| {
                        there.chars().all(is_ukrainian) && danes::sounds_like(word, there)
                    });
                }
            }
            Lang::Da if ukrainians::is_ukrainian(name) => {
                for word in &name.words {
                    let there = words(&out);
                    let Some(right) = people::from_latin(word) else {
                        continue;
                    };
                    let called = ukrainians::is_called(name, source);
                    if called
                        && there
                            .iter()
                            .any(|t| ukrainians::is_nominative(word, t.text))
                    {
                        continue;
                    }
                    if called || !there.iter().any(|t| ukrainians::is_it(word, t.text)) {
                        put(&mut out, &right, |t| {
                            ukrainians::is_meant(word, t) || called && ukrainians::is_it(word, t)
                        });
                    }
                }
            }
            // «Нільсен» is Nielsen as often as Nilsen: for a Dane's name there is no rule.
            Lang::Uk
                if names::is_nominative(name)
                    || names::is_called(name, source) && !names::ends_danish(name) =>
            {
                for word in &name.words {
                    let right = people::romanise(word);
                    put(&mut out, &right, |there| {
                        there.chars().all(is_latin)
                            && sound::similarity(&right, there) >= MEANT
                            && !all.iter().any(|other| other == there)
                    });
                }
            }
            _ => {}
        }
    }
    out
}

/// A letter of a Ukrainian word, or the sign inside it («К’єльсен»).
fn is_ukrainian(c: char) -> bool {
    is_cyrillic(c) || matches!(c, '\'' | '’' | 'ʼ')
}

/// Writes `right` in place of the one capitalised word that `is_meant`, if `right` is not there and there is one such word.
fn put(target: &mut String, right: &str, is_meant: impl Fn(&str) -> bool) {
    let there = words(target);
    let is_right = |word: &str| {
        let bare = word.strip_suffix('s').unwrap_or(word);
        [word, bare].iter().any(|w| w.eq_ignore_ascii_case(right))
    };
    if there.iter().any(|word| is_right(word.text)) {
        return;
    }
    let mut meant = there
        .iter()
        .filter(|word| word.text.starts_with(char::is_uppercase) && is_meant(word.text));
    if let (Some(one), None) = (meant.next(), meant.next()) {
        let (span, owner) = (one.span.clone(), one.text.ends_with('s'));
        // "Bahrijs lejlighed"
        let ending = if owner && !right.ends_with('s') && right.is_ascii() {
            "s"
        } else {
            ""
        };
        target.replace_range(span, &format!("{right}{ending}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn danes_keep_their_letters() {
        let right = |source, target: &str| names_put_right(source, target.to_owned(), Lang::Da);
        for (source, target, want) in [
            (
                "Min udlejer hedder Jonas Fabricius.",
                "Мого орендодавця звати Йонас Fabricius.",
                "Мого орендодавця звати Jonas Fabricius.",
            ),
            (
                "Lejligheden ejes af Trine Fog.",
                "Квартира належить Тріне Фог.",
                "Квартира належить Trine Fog.",
            ),
            // Somebody with a Ukrainian name keeps hers, and what is right stays.
            (
                "Du hedder Anna Kovalenko.",
                "Вас звати Анна Коваленко.",
                "Вас звати Анна Коваленко.",
            ),
            (
                "Ring til Mette Sørensen.",
                "Подзвоніть Mette Sørensen.",
                "Подзвоніть Mette Sørensen.",
            ),
            // And hers is spelled as she spells it, in whatever case.
            (
                "Min kollega hedder Tykhon Stetsko.",
                "Мого колегу звати Тихон Стецюко.",
                "Мого колегу звати Тихон Стецько.",
            ),
            (
                "Min kollega hedder Lukash Kozak.",
                "Мого колеги звати Лукаш Козака.",
                "Мого колеги звати Лукаш Козак.",
            ),
            (
                "Min udlejer hedder Solvej Kjeldsen.",
                "Прізвище мого орендодавця — Сольвей К’єльсен.",
                "Прізвище мого орендодавця — Solvej Kjeldsen.",
            ),
            (
                "Har du talt med Olena Halka?",
                "Ви розмовляли з Оленою Галкою?",
                "Ви розмовляли з Оленою Галкою?",
            ),
            (
                "Min kollega hedder Markel Lebid.",
                "Мого колегу звати Марк Лебій.",
                "Мого колегу звати Маркел Лебідь.",
            ),
            // Another word is not the name, however it begins.
            (
                "Værten hedder Helena Lykke.",
                "Господиню звати Helena Лікаря.",
                "Господиню звати Helena Лікаря.",
            ),
        ] {
            assert_eq!(right(source, target), want);
        }
    }

    #[test]
    fn ukrainians_are_written_by_the_rules() {
        let right = |source, target: &str| names_put_right(source, target.to_owned(), Lang::Uk);
        for (source, target, want) in [
            (
                "Мене звати Герасим Багрій.",
                "Jeg hedder Hergasym Bahrii.",
                "Jeg hedder Herasym Bahrii.",
            ),
            (
                "Герасим Коваль живе тут.",
                "Det er Herasym Kovaljs lejlighed.",
                "Det er Herasym Kovals lejlighed.",
            ),
            // A Dane is not written by them.
            (
                "Його звати Ларс Нільсен.",
                "Han hedder Lars Nielsen.",
                "Han hedder Lars Nielsen.",
            ),
            (
                "Його звати Сьорен Сьоренсен.",
                "Han hedder Søren Sørensen.",
                "Han hedder Søren Sørensen.",
            ),
            (
                "Її звати Марія Йенсен.",
                "Hun hedder Mariia Jensen.",
                "Hun hedder Mariia Jensen.",
            ),
            // Two who sound alike: which of them is meant is not known here.
            (
                "Мене звати Герасим Багрій.",
                "Hergasym Harasym Bahrii",
                "Hergasym Harasym Bahrii",
            ),
            // The name of somebody else stays hers.
            (
                "Це Олена Багрій, а це Олеся.",
                "Det er Bahrii, og det er Olesia.",
                "Det er Bahrii, og det er Olesia.",
            ),
        ] {
            assert_eq!(right(source, target), want);
        }
    }
}
