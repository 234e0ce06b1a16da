//! Text before it is spoken: only what can be said, in words where the engines read digits and
//! abbreviations wrongly, one sentence at a time.

mod danish;
mod danish_homes;
mod danish_words;
mod sentences;
mod tokens;
mod ukrainian;
mod ukrainian_cases;
mod ukrainian_hours;
mod ukrainian_nouns;
mod ukrainian_numbers;
mod ukrainian_runs;
mod ukrainian_years;

use tolkebot_protocol::Lang;

use crate::TtsError;

/// Longest text that is spoken at once, in bytes: about twenty minutes of speech. More is a mistake
/// of the caller, not something a listener wants.
pub const MAX_TEXT_BYTES: usize = 40_000;

/// Splits a text into sentences as they will be spoken: symbols without a sound (emoji, other
/// scripts) are gone, dates, times, numbers and abbreviations that the engines misread are written
/// out. No sentence is longer than 300 characters.
///
/// # Errors
/// [`TtsError::TooLong`] above [`MAX_TEXT_BYTES`].
pub fn spoken_sentences(text: &str, lang: Lang) -> Result<Vec<String>, TtsError> {
    if text.len() > MAX_TEXT_BYTES {
        return Err(TtsError::TooLong {
            bytes: text.len(),
            limit: MAX_TEXT_BYTES,
        });
    }
    let words = match lang {
        Lang::Da => danish::in_words(&speakable(text)),
        Lang::Uk => ukrainian::in_words(&speakable(text)),
    };
    Ok(sentences::split(&words))
}

/// As [`spoken_sentences`], but the first sentence is cut behind its first clause where it has one:
/// what a listener hears first is ready sooner.
///
/// # Errors
/// As [`spoken_sentences`].
pub(crate) fn spoken_soon(text: &str, lang: Lang) -> Result<Vec<String>, TtsError> {
    let mut sentences = spoken_sentences(text, lang)?;
    if let Some((clause, rest)) = sentences.first().and_then(|s| sentences::first_clause(s)) {
        let parts = [clause.to_owned(), rest.to_owned()];
        sentences.splice(..1, parts);
    }
    Ok(sentences)
}

/// Keeps what the two languages' voices can say and makes typographic variants plain.
fn speakable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '’' | 'ʼ' | '‘' | '`' | '´' | '′' => out.push('\''),
            '“' | '”' | '„' | '«' | '»' | '"' => out.push('"'),
            '–' | '—' | '‒' | '―' => out.push('–'),
            '‑' | '‐' | '−' => out.push('-'),
            '…' => out.push_str("..."),
            '\n' | '\r' => out.push('\n'),
            c if c.is_whitespace() => out.push(' '),
            // "138 m²" is an area; a mark that leads to a note is none.
            '²' if out.ends_with(['m', 'м']) => out.push('2'),
            // Soft hyphens, joiners and combining stress marks vanish without leaving a gap.
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2060}'
            | '\u{feff}'
            | '\u{300}'..='\u{36f}' => {}
            c if c.is_ascii_graphic() || is_letter(c) || "§€№°½¼¾£".contains(c) => {
                out.push(c)
            }
            _ => out.push(' '),
        }
    }
    out
}

/// Letters that Danish, Ukrainian and their neighbours write.
fn is_letter(c: char) -> bool {
    matches!(c, 'À'..='ɏ' | 'Ѐ'..='ԯ') && c.is_alphabetic()
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, 'Ѐ'..='ԯ')
}

/// A stretch of a sentence in one script, with the language whose voice reads it.
#[derive(Debug, PartialEq)]
pub(crate) struct Run<'a> {
    pub(crate) lang: Lang,
    pub(crate) text: &'a str,
}

/// Cuts a sentence where the script changes: a Danish street name inside Ukrainian is read by the
/// Danish voice and the other way round. Digits and punctuation stay with what comes before them.
pub(crate) fn runs(sentence: &str, lang: Lang) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    let mut start = 0;
    let mut current = None;
    for (at, c) in sentence.char_indices() {
        if !c.is_alphabetic() {
            continue;
        }
        let here = if is_cyrillic(c) { Lang::Uk } else { Lang::Da };
        match current {
            Some(before) if before != here => {
                // Cut at the space before the word; inside a word (`CPR-номер`) right here.
                let cut = sentence[start..at]
                    .rfind(' ')
                    .map_or(at, |gap| start + gap + 1);
                let cut = if sentence[cut..at].chars().any(char::is_alphabetic) {
                    at
                } else {
                    cut
                };
                runs.push(Run {
                    lang: before,
                    text: &sentence[start..cut],
                });
                start = cut;
            }
            _ => {}
        }
        current = Some(here);
    }
    if start < sentence.len() {
        runs.push(Run {
            lang: current.unwrap_or(lang),
            text: &sentence[start..],
        });
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_has_no_sound_is_left_out() {
        let says = |text, lang| spoken_sentences(text, lang).unwrap();
        for text in [
            "",
            "   \n ",
            "🙂🙂",
            "你好",
            "...",
            "-- !? \"\"",
            "\u{200b}\0",
        ] {
            assert!(says(text, Lang::Da).is_empty(), "{text:?}");
            assert!(says(text, Lang::Uk).is_empty(), "{text:?}");
        }
        assert_eq!(says("Goddag 🙂 du!", Lang::Da), ["Goddag du!"]);
        assert_eq!(says("сім’я, і\u{301}мʼя", Lang::Uk), ["сім'я, ім'я"]);
    }

    #[test]
    fn an_area_is_one() {
        let says = |text, lang| spoken_sentences(text, lang).unwrap();
        assert_eq!(
            says("Boligen er 90 m².", Lang::Da),
            ["Boligen er halvfems kvadratmeter."]
        );
        assert_eq!(
            says("Квартира 90 м².", Lang::Uk),
            ["Квартира дев'яносто квадратних метрів."]
        );
    }

    #[test]
    fn ten_megabytes_are_refused_at_once() {
        let text = "Goddag. ".repeat(1_300_000);
        assert!(matches!(
            spoken_sentences(&text, Lang::Da),
            Err(TtsError::TooLong { .. })
        ));
    }

    #[test]
    fn each_script_gets_its_own_voice() {
        let cut = |text, lang| -> Vec<(Lang, &str)> {
            runs(text, lang)
                .into_iter()
                .map(|r| (r.lang, r.text))
                .collect()
        };
        assert_eq!(
            cut("Я живу на Silkeborgvej двадцять, так.", Lang::Uk),
            [
                (Lang::Uk, "Я живу на "),
                (Lang::Da, "Silkeborgvej "),
                (Lang::Uk, "двадцять, так.")
            ]
        );
        assert_eq!(
            cut("CPR-номер", Lang::Uk),
            [(Lang::Da, "CPR-"), (Lang::Uk, "номер")]
        );
        assert_eq!(cut("12, 13", Lang::Uk), [(Lang::Uk, "12, 13")]);
        assert_eq!(cut("", Lang::Da), []);
    }

    proptest! {
        #[test]
        fn any_text_becomes_bounded_sentences(text in any::<String>(), danish in any::<bool>()) {
            let lang = if danish { Lang::Da } else { Lang::Uk };
            for sentence in spoken_sentences(&text, lang).unwrap() {
                prop_assert!(sentence.chars().count() <= 300);
                prop_assert!(sentence.chars().any(char::is_alphanumeric));
                let joined: String = runs(&sentence, lang).iter().map(|r| r.text).collect();
                prop_assert_eq!(joined, sentence);
            }
        }

        #[test]
        fn every_digit_becomes_a_word(text in "[0-9.:/+ ,$£½-]{0,40}(го|А|-й|м²)?") {
            let spoken = spoken_sentences(&text, Lang::Uk).unwrap();
            let unheard = |c: char| c.is_ascii_digit() || "$£½".contains(c);
            let left: Vec<_> = spoken.iter().filter(|s| s.contains(unheard)).collect();
            prop_assert!(left.is_empty(), "{left:?}");
        }

        #[test]
        fn digits_and_dots_in_any_order_do_no_harm(text in "[0-9.:/@+ -]{0,40}(th|kl|року|го)?") {
            for lang in Lang::ALL {
                spoken_sentences(&text, lang).unwrap();
            }
        }
    }
}
