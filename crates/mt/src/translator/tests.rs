//! How utterances of several sentences are tried again.

use super::*;
use crate::model::Move;

const PAGES: [(&str, &str); 3] = [
    ("Ja. Jeg har 2 børn.", "Так. Маю дітей."),
    ("Ja.", "Так."),
    ("Jeg har 2 børn.", "Маю 2 дітей."),
];

/// Knows whole texts by heart: every word is a piece.
struct Book {
    words: Vec<&'static str>,
    page: Vec<Token>,
    at: usize,
    logits: Vec<f32>,
}

impl Book {
    fn new() -> Self {
        let mut words = vec!["</s>"];
        let pages = PAGES.iter().flat_map(|(source, target)| [source, target]);
        for word in pages.flat_map(|text| text.split(' ')) {
            if !words.contains(&word) {
                words.push(word);
            }
        }
        Book {
            words,
            page: Vec::new(),
            at: 0,
            logits: Vec::new(),
        }
    }

    fn predict(&mut self) {
        self.logits = vec![0.0; self.words.len()];
        let next = self.page.get(self.at).copied().unwrap_or(0);
        self.logits[next as usize] = 9.0;
    }
}

impl Model for Book {
    fn encode(&self, text: &str, _: Lang) -> Result<Vec<Token>, MtError> {
        let known = |word| self.words.iter().position(|w| *w == word);
        let words = text.split_whitespace();
        Ok(words
            .filter_map(|w| known(w).map(|at| at as Token))
            .collect())
    }
    fn decode(&self, tokens: &[Token]) -> Result<String, MtError> {
        let words: Vec<&str> = tokens.iter().map(|&t| self.words[t as usize]).collect();
        Ok(words.join(" "))
    }
    fn pieces(&self) -> Vec<&str> {
        self.words.clone()
    }
    fn eos(&self) -> Token {
        0
    }
    fn begin(&mut self, source: &[Token], lang: Lang) -> Result<(), MtError> {
        let text = self.decode(source)?;
        let target = PAGES.iter().find(|(from, _)| *from == text);
        self.page = self.encode(target.map_or("", |(_, to)| to), lang)?;
        self.rewind();
        Ok(())
    }
    fn rewind(&mut self) {
        self.at = 0;
        self.predict();
    }
    fn advance(&mut self, _: &[Move]) -> Result<(), MtError> {
        self.at += 1;
        self.predict();
        Ok(())
    }
    fn another(&self) -> Box<dyn Model> {
        unreachable!("one target only")
    }
    fn logits(&self, _: usize) -> &[f32] {
        &self.logits
    }
}

#[test]
fn sentences_are_translated_alone_where_the_whole_is_at_fault() {
    let config = MtConfig {
        beam: 1,
        phrases: None,
        glossary: None,
        ..MtConfig::default()
    };
    let mut translator = Translator::over(Box::new(Book::new()), &config);
    let whole = PAGES[0].0;
    let got = translator.translate(whole, Lang::Da, Lang::Uk).unwrap();
    assert_eq!(got.text, "Так. Маю 2 дітей.");
    assert_eq!(got.warnings, []);

    let once = MtConfig {
        max_attempts: 1,
        ..config
    };
    let mut translator = Translator::over(Box::new(Book::new()), &once);
    let got = translator.translate(whole, Lang::Da, Lang::Uk).unwrap();
    assert_eq!(got.text, "Так. Маю дітей.");
    assert_ne!(got.warnings, []);
}

#[test]
fn a_fixed_translation_points_out_a_storey() {
    let config = MtConfig::default();
    let mut translator = Translator::over(Box::new(Book::new()), &config);
    for (source, from) in [
        ("Перший поверх.", Lang::Uk),
        ("Fjerde til højre.", Lang::Da),
        ("Другий поверх праворуч.", Lang::Uk),
    ] {
        let got = translator.translate(source, from, from.other()).unwrap();
        assert!(got.verified, "{source}");
        assert_eq!(got.warnings, [MtWarning::FloorCount], "{source}");
    }
    let got = translator.translate("Hvilken etage?", Lang::Da, Lang::Uk);
    assert_eq!(got.unwrap().warnings, []);
}
