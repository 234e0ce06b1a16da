//! Numbers in words and digits.
//!
//! A [`Read`] is one number starting at a token. Several reads may start at the same token: «двадцять
//! три» is 23, or 20 before a separate 3. [`reads_at`] lists all of them, longest first; the
//! parsers for dates, digits and addresses choose.

mod da;
mod uk;

use tolkebot_protocol::Lang;

use crate::found::Found;
use crate::token::{Token, TokenKind, span_of, tokenise};

/// How a number was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// Counting form in the nominative, or digits.
    Cardinal,
    /// Ukrainian counting form in another case («двох», «п'ятьма»).
    Oblique,
    /// Ukrainian collective («четверо»).
    Collective,
    /// Rank («третій», `tredje`).
    Ordinal(Rank),
}

/// Inflection of an ordinal; it decides whether a Ukrainian ordinal can be a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rank {
    /// Danish ordinals don't inflect.
    Danish,
    /// третій
    Masculine,
    /// третя, третьої, третю, третій (о третій is a clock time)
    Feminine,
    /// третє
    Neuter,
    /// третього
    Genitive,
    /// третьому
    Locative,
    /// третім
    Instrumental,
}

/// One number that starts at a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// Its value.
    pub value: u64,
    /// Its own digits: `007` keeps its zeros when it was written so.
    pub digits: String,
    /// How it was said.
    pub form: Form,
    /// Index of the first token.
    pub start: usize,
    /// Index behind the last token.
    pub end: usize,
    /// True when it stood in digits.
    pub written: bool,
}

impl Read {
    pub(crate) fn spoken(value: u64, form: Form, start: usize, end: usize) -> Self {
        Self {
            value,
            digits: value.to_string(),
            form,
            start,
            end,
            written: false,
        }
    }

    /// True for ordinals of any inflection.
    pub fn is_ordinal(&self) -> bool {
        matches!(self.form, Form::Ordinal(_))
    }
}

/// A number found in running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// Its value.
    pub value: u64,
    /// How it was said.
    pub form: Form,
}

/// All numbers that start at token `at`, longest first.
pub fn reads_at(tokens: &[Token], at: usize, lang: Lang) -> Vec<Read> {
    let mut reads = match lang {
        Lang::Da => da::reads(tokens, at),
        Lang::Uk => uk::reads(tokens, at),
    };
    reads.extend(thousands_at(tokens, at, lang));
    reads.sort_by_key(|read| std::cmp::Reverse(read.end));
    reads.dedup_by_key(|read| read.end);
    reads
}

/// The longest number that starts at token `at`.
pub fn read_at(tokens: &[Token], at: usize, lang: Lang) -> Option<Read> {
    reads_at(tokens, at, lang).into_iter().next()
}

/// «8 тисяч 200», "8 tusind 200": recognisers write the thousands as a word between digits.
fn thousands_at(tokens: &[Token], at: usize, lang: Lang) -> Option<Read> {
    let thousands = written_at(tokens, at).filter(|read| (1..100).contains(&read.value))?;
    let word = tokens.get(at + 1)?.text.as_str();
    let named = match lang {
        Lang::Uk => word.starts_with("тисяч"),
        Lang::Da => matches!(word, "tusind" | "tusinde"),
    };
    if !named {
        return None;
    }
    let and = lang == Lang::Da && tokens.get(at + 2).is_some_and(|t| t.is("og"));
    let rest = written_at(tokens, at + 2 + usize::from(and)).filter(|rest| {
        // «7 тисяч 2-ий сал»: an ordinal is another number.
        let ordinal = tokens.get(rest.end).is_some_and(|t| t.glued && t.is_dash());
        rest.value < 1000 && !ordinal
    });
    let (value, end) = rest.map_or((0, at + 2), |rest| (rest.value, rest.end));
    let value = thousands.value * 1000 + value;
    Some(Read::spoken(value, Form::Cardinal, at, end))
}

/// A digit token as a number; `None` beyond 12 digits.
pub(crate) fn written_at(tokens: &[Token], at: usize) -> Option<Read> {
    let token = tokens
        .get(at)
        .filter(|t| t.kind == TokenKind::Digits && t.text.len() <= 12)?;
    Some(Read {
        value: token.text.parse().ok()?,
        digits: token.text.clone(),
        form: Form::Cardinal,
        start: at,
        end: at + 1,
        written: true,
    })
}

/// Every number of a text, left to right. The Danish articles `en` and `et` are numbers only
/// beside other numbers, so they come back with a low confidence.
pub fn find(text: &str, lang: Lang) -> Vec<Found<Number>> {
    find_in(&tokenise(text, lang), lang)
}

/// [`find`] over tokens.
pub fn find_in(tokens: &[Token], lang: Lang) -> Vec<Found<Number>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some(read) = read_at(tokens, at, lang) else {
            at += 1;
            continue;
        };
        let span = span_of(&tokens[read.start..read.end]);
        let confidence = if is_article(&tokens[read.start], &read, lang) {
            0.3
        } else {
            0.95
        };
        found.push(Found::new(
            Number {
                value: read.value,
                form: read.form,
            },
            span,
            confidence,
        ));
        at = read.end;
    }
    found
}

/// True for Danish `en`/`et`, which are articles more often than numbers, and for `anden`/`andet`
/// (also "other").
pub(crate) fn is_article(token: &Token, read: &Read, lang: Lang) -> bool {
    lang == Lang::Da
        && read.end - read.start == 1
        && matches!(token.text.as_str(), "en" | "et" | "anden" | "andet")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str, lang: Lang) -> Option<u64> {
        let tokens = tokenise(text, lang);
        let read = read_at(&tokens, 0, lang)?;
        (read.end == tokens.len()).then_some(read.value)
    }

    #[test]
    fn danish_numbers() {
        for (text, value) in [
            ("nul", 0),
            ("femoghalvfems", 95),
            ("fem og halvfems", 95),
            ("femog halvfems", 95),
            ("fem og halv fems", 95),
            ("halvtredsindstyve", 50),
            ("femtifem", 55),
            ("hundrede og tre", 103),
            ("et hundrede tolv", 112),
            ("hundredetolv", 112),
            ("to hundrede og syvogtyve", 227),
            ("otte tusind to hundrede", 8200),
            ("ottetusind tohundrede", 8200),
            ("toogfirs hundrede", 8200),
            ("nitten hundrede og fireogfirs", 1984),
            ("to tusind og seksogtyve", 2026),
            ("tretusinde", 3000),
            ("enogtredivte", 31),
            ("otte og tyvende", 28),
            ("et tusind", 1000),
            ("8 tusind 200", 8200),
            ("2 tusind og 26", 2026),
            ("8 tusind", 8000),
        ] {
            assert_eq!(one(text, Lang::Da), Some(value), "{text}");
        }
        assert_eq!(one("tyve tre", Lang::Da), None, "20 and 3 are two numbers");
    }

    #[test]
    fn ukrainian_numbers() {
        for (text, value) in [
            ("нуль", 0),
            ("двадцять три", 23),
            ("двадцятьтри", 23),
            ("дев'яносто п'ять", 95),
            ("девяносто пять", 95),
            ("сто дванадцять", 112),
            ("вісім тисяч двісті двадцять", 8220),
            ("дві тисячі двадцять шостого", 2026),
            ("тисяча дев'ятсот вісімдесят четвертого", 1984),
            ("двотисячного", 2000),
            ("8 тисяч 200", 8200),
            ("7 тисяч", 7000),
            ("двадцять восьмого", 28),
            ("пісят", 50),
            ("четверо", 4),
            ("двадцятьох", 20),
            ("6 тисяч", 6000),
            ("28-го", 28),
        ] {
            assert_eq!(one(text, Lang::Uk), Some(value), "{text}");
        }
        assert_eq!(one("двадцять дванадцять", Lang::Uk), None);
        assert_eq!(
            one("двадцять, три", Lang::Uk),
            None,
            "a comma parts numbers"
        );
    }

    #[test]
    fn every_row_of_the_tables_reads_back() {
        for (value, _, form) in crate::tables::danish_numerals() {
            assert_eq!(one(&form, Lang::Da), Some(value), "{form}");
        }
        for (value, _, form) in crate::tables::ukrainian_numerals() {
            if form != "раз" {
                assert_eq!(one(&form, Lang::Uk), Some(value), "{form}");
            }
        }
    }

    #[test]
    fn both_readings_of_tens_and_units_are_kept() {
        let tokens = tokenise("двадцять три", Lang::Uk);
        let values: Vec<_> = reads_at(&tokens, 0, Lang::Uk)
            .iter()
            .map(|r| r.value)
            .collect();
        assert_eq!(values, [23, 20]);
    }

    #[test]
    fn the_article_is_a_doubtful_number() {
        let found = find("jeg har en søn på tolv", Lang::Da);
        assert_eq!(found.len(), 2);
        assert!(found[0].confidence < 0.5 && found[1].confidence > 0.9);
        assert_eq!(found[1].value.value, 12);
    }
}
