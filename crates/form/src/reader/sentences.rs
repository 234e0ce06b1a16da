//! Where one sentence ends and the next begins, with signs and without.

use std::ops::Range;

use tolkebot_protocol::Lang;
use tolkebot_values::{TokenKind, render};

use super::utterance::Utterance;

/// A stretch of words that belongs together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// Range of words.
    pub words: Range<usize>,
    /// Byte range in the text.
    pub bytes: Range<usize>,
    /// Ends in a question mark, or has the word order of a question where there are no signs.
    pub question: bool,
}

impl Utterance<'_> {
    /// The sentences of the turn.
    pub(super) fn split(&self) -> Vec<Sentence> {
        let mut out = Vec::new();
        let mut start = 0;
        for (at, token) in self.tokens.iter().enumerate() {
            let glued_next = self.tokens.get(at + 1).is_some_and(|t| t.glued);
            let ends = token.kind == TokenKind::Sign
                && match token.text.as_str() {
                    "?" | "!" => true,
                    // `1.`, `2. th` and abbreviations go on; `…` is a hesitation.
                    "." => {
                        let after_digits = at > 0 && self.tokens[at - 1].kind == TokenKind::Digits;
                        let capital_next = self
                            .tokens
                            .get(at + 1)
                            .is_none_or(|t| t.capital || !t.is_word())
                            || self.care_of(at + 1);
                        let number = after_digits
                            && at + 1 < self.tokens.len()
                            && !self.opens_behind_number(at + 1)
                            && !self.behind_code(at);
                        // "Sct. Hansgade", "Gl. Landevej"
                        let short = at > 0
                            && matches!(
                                self.tokens[at - 1].text.as_str(),
                                "sct" | "skt" | "gl" | "ndr" | "sdr" | "chr" | "vul" | "вул"
                            );
                        capital_next && !(short || glued_next || number)
                    }
                    _ => false,
                };
            if ends {
                self.sentence(start..at + 1, token.text == "?", &mut out);
                start = at + 1;
            }
        }
        self.sentence(start..self.tokens.len(), false, &mut out);
        out
    }

    /// "… lejer og vært. c/o Hussain på døren?": no other sentence begins with a small letter.
    fn care_of(&self, at: usize) -> bool {
        let text = |at: usize| self.tokens.get(at).map_or("", |t| t.text.as_str());
        matches!((text(at), text(at + 1), text(at + 2)), ("c", "/", "o"))
    }

    /// "…, 5600. Er det det samme?": a postal code or a year is no ordinal.
    fn behind_code(&self, stop: usize) -> bool {
        let next = self.tokens.get(stop + 1);
        self.tokens[stop - 1].text.len() == 4
            && next.is_some_and(|t| t.is_word() && t.capital && t.text.chars().count() >= 2)
    }

    /// "…, det er den 11. Telefon?": a whole word with a capital, which no part of an address or a date is.
    fn opens_behind_number(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let part = [
            "etage",
            "midtfor",
            "venstre",
            "højre",
            "søndag",
            "juledag",
            "pinsedag",
            "påskedag",
            "dør",
            "værelse",
        ];
        self.is_staff()
            && token.is_word()
            && token.capital
            && token.text.chars().count() >= 4
            && !part.contains(&token.text.as_str())
            && !(1..=12).any(|n| render::month_forms(n, Lang::Da).contains(&token.text.as_str()))
            && !["vej", "gade", "allé"]
                .iter()
                .any(|end| token.text.ends_with(end))
    }

    fn sentence(&self, tokens: Range<usize>, question: bool, out: &mut Vec<Sentence>) {
        let first = self.word_tokens.partition_point(|&i| i < tokens.start);
        let last = self.word_tokens.partition_point(|&i| i < tokens.end);
        if first == last {
            return;
        }
        // Without signs a Danish question word opens a new sentence; where there are signs, behind a comma: recognisers write
        // "Den er fin, er I gift?" for two sentences.
        let mut cuts = vec![first];
        let danish = self.lang() == Lang::Da;
        let after_comma = |w: usize| self.tokens[self.word_tokens[w] - 1].text == ",";
        if danish && (!self.written || question) {
            cuts.extend(
                (first + 1..last)
                    .filter(|&w| {
                        !self.written
                            || after_comma(w) && self.says(first..w) && !self.means_before(w..last)
                    })
                    .filter(|&w| self.opens_question(w, first)),
            );
        }
        cuts.push(last);
        let spliced = self.written && cuts.len() > 2;
        for pair in cuts.windows(2) {
            let words = pair[0]..pair[1];
            let opened = danish && (!self.written || spliced) && self.asks(&words);
            let question = question && (!spliced || words.end == last);
            let from = self.token(words.start).span.start;
            let to = if words.end == last {
                self.tokens[tokens.end - 1].span.end
            } else {
                self.token(words.end).span.start
            };
            out.push(Sentence {
                words,
                bytes: from..to,
                question: question || opened,
            });
        }
    }

    /// Whether the words are a sentence of their own: "Og her i Aabenraa, hvad hedder gaden?" are none before the comma.
    fn says(&self, words: Range<usize>) -> bool {
        const VERBS: [&str; 28] = [
            "er", "har", "var", "ser", "står", "bor", "kan", "vil", "må", "får", "kommer",
            "hedder", "ligger", "skriver", "tager", "gælder", "bliver", "ved", "siger", "passer",
            "mangler", "læser", "noterer", "kender", "gør", "lyder", "hører", "sender",
        ];
        self.words(words).iter().any(|w| VERBS.contains(w))
    }

    /// "Huset, I har købt, hvor ligger det?": the question is about what stands before it, so the two are one.
    fn means_before(&self, words: Range<usize>) -> bool {
        const BACK: [&str; 7] = ["det", "den", "dem", "han", "hun", "der", "de"];
        self.words(words).iter().any(|w| BACK.contains(w))
    }

    fn opens_question(&self, word: usize, first: usize) -> bool {
        let text = self.token(word).text.as_str();
        let before = if word > first {
            self.token(word - 1).text.as_str()
        } else {
            ""
        };
        let next = self
            .word_tokens
            .get(word + 1)
            .map_or("", |&i| self.tokens[i].text.as_str());
        // "fint kontrakten kan jeg se har du børnenes numre"
        let inverted = !self.is_staff()
            && matches!(
                text,
                "har" | "er" | "bor" | "vil" | "skal" | "ejer" | "lejer" | "ønsker" | "flytter"
            )
            && matches!(next, "du" | "i" | "han" | "hun" | "de")
            && !matches!(
                before,
                "så" | "her"
                    | "nu"
                    | "da"
                    | "når"
                    | "hvis"
                    | "som"
                    | "hvad"
                    | "hvor"
                    | "hvornår"
                    | "hvem"
                    | "hvordan"
                    | "hvorfor"
                    | "hvilken"
                    | "hvilket"
                    | "at"
                    | "der"
                    | "det"
                    | "den"
                    | "altså"
                    | "mange"
                    | "længe"
                    | "fra"
                    | "til"
                    | "dag"
                    | "allerede"
                    | ""
            );
        if inverted {
            return true;
        }
        matches!(
            text,
            "hvad" | "hvornår" | "hvor" | "hvem" | "hvilken" | "hvilket" | "hvorfra"
        ) && !matches!(before, "ved" | "at" | "om" | "nej" | "der" | "det" | "og")
            || (matches!(before, "og" | "så")
                && matches!(text, "hvad" | "hvornår" | "hvor" | "hvem"))
    }
}

#[cfg(test)]
mod tests {
    use tolkebot_protocol::Speaker;
    use tolkebot_values::address::Gazetteer;

    use super::*;
    use crate::dialogue::Turn;

    fn sentences(text: &str, lang: Lang) -> Vec<(String, bool)> {
        let turn = Turn::new(1, Speaker::Staff, lang, text);
        let u = Utterance::new(&turn, &Gazetteer::shipped());
        u.sentences
            .iter()
            .map(|s| (text[s.bytes.clone()].to_owned(), s.question))
            .collect()
    }

    #[test]
    fn signs_part_sentences_but_not_floors() {
        let found = sentences("Ja. Er det 1. th? Fint, 2. mf.", Lang::Da);
        let texts: Vec<&str> = found.iter().map(|(t, _)| t.trim()).collect();
        assert_eq!(texts, ["Ja.", "Er det 1. th?", "Fint, 2. mf."]);
        assert_eq!(
            found.iter().map(|(_, q)| *q).collect::<Vec<_>>(),
            [false, true, false]
        );
    }

    #[test]
    fn question_words_part_unpunctuated_danish() {
        let found = sentences(
            "okay den trettende september hvad er den nye adresse",
            Lang::Da,
        );
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[1], ("hvad er den nye adresse".to_owned(), true));
    }

    #[test]
    fn a_question_needs_no_mark_and_a_statement_gets_none() {
        let asks = |text: &str| sentences(text, Lang::Da)[0].1;
        for text in [
            "flytter faren også med",
            "din mand flytter han også med",
            "skal alle have ny adresse",
        ] {
            assert!(asks(text), "{text}");
        }
        for text in [
            "faren flytter også med",
            "din nye adresse er den på randersvej",
            "dit nummer er det her",
        ] {
            assert!(!asks(text), "{text}");
        }
    }

    #[test]
    fn a_comma_parts_a_question_from_what_was_said() {
        let found = sentences("Kontrakten er fin, hvornår flyttede du ind?", Lang::Da);
        let found: Vec<(&str, bool)> = found.iter().map(|(t, q)| (t.trim(), *q)).collect();
        assert_eq!(
            found,
            [
                ("Kontrakten er fin,", false),
                ("hvornår flyttede du ind?", true)
            ]
        );
        let whole = sentences("Og her i Aabenraa, hvad hedder gaden?", Lang::Da);
        assert_eq!(whole.len(), 1, "{whole:?}");
    }
}
