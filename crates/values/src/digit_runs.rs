//! Digits said one after another, with every way to cut them: for corrections and for values that
//! have no grammar of their own.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use tolkebot_protocol::Lang;

use crate::digits::{Style, bytes, cuts_of_len, greedy, runs};
use crate::found::{Ambiguity, Found, Reason};
use crate::token::{Token, tokenise};

/// A stretch of numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigitRun {
    /// The digits with numbers as long as they go: «двадцять три» is 23.
    pub digits: String,
    /// All readings, that one first: «двадцять три» is also 203.
    pub readings: Vec<String>,
    /// Said with "plus" in front.
    pub plus: bool,
}

/// All stretches of numbers in a text, left to right.
pub fn find(text: &str, lang: Lang) -> Vec<Found<DigitRun>> {
    let tokens = tokenise(text, lang);
    runs(&tokens, lang, Style::Plain)
        .into_iter()
        .map(|run| {
            let whole = greedy(&tokens, run.range.clone(), lang, Style::Plain);
            let digits = whole.digits();
            let mut readings = vec![digits.clone()];
            // Each cut of a ten and its unit costs one digit more.
            for more in 1..=2 {
                let len = whole.len() + more;
                for cut in cuts_of_len(&tokens, run.range.clone(), lang, Style::Plain, len) {
                    let reading = cut.digits();
                    if readings.len() < 12 && !readings.contains(&reading) {
                        readings.push(reading);
                    }
                }
            }
            let span = bytes(&tokens, &run.range);
            let several = readings.len() > 1;
            let note = several.then(|| Ambiguity::between(Reason::SeveralReadings, &readings));
            let confidence = if several { 0.8 } else { 0.95 };
            Found {
                value: DigitRun {
                    digits,
                    readings,
                    plus: run.plus,
                },
                span,
                confidence,
                note,
            }
        })
        .collect()
}

/// How sure a shorter run is: «…, сорок шість, двадцять два. Двохтисячного, тому нулі» leaves out another sentence only.
pub(crate) fn sureness(tokens: &[Token], whole: &Range<usize>, shorter: &Range<usize>) -> f32 {
    let ends = |at: usize| tokens.get(at).is_some_and(Token::ends_sentence);
    let starts = |at: usize| at.checked_sub(1).is_some_and(ends);
    let parted = (shorter.start == whole.start || starts(shorter.start))
        && (shorter.end == whole.end || ends(shorter.end));
    if parted { 0.95 } else { 0.6 }
}

/// «… лютого двадцятого. Дві тисячі, звісно»: a year, and no serial number.
pub(crate) fn ends_in_thousands(tokens: &[Token], range: &Range<usize>) -> bool {
    tokens[range.clone()]
        .last()
        .is_some_and(|t| t.text.starts_with("тисяч") || t.text.starts_with("tusind"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cut_is_a_reading() {
        let found = find("двадцять три, нуль п'ять", Lang::Uk);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].value.digits, "2305");
        assert_eq!(found[0].value.readings, ["2305", "20305"]);
        let found = find("Тридцять!", Lang::Uk);
        assert_eq!(found[0].value.readings, ["30"]);
        assert!(found[0].note.is_none());
    }

    #[test]
    fn runs_end_at_other_words() {
        let found = find("ikke tolv, men toogtyve", Lang::Da);
        let digits: Vec<_> = found.iter().map(|f| f.value.digits.as_str()).collect();
        assert_eq!(digits, ["12", "22"]);
    }
}
