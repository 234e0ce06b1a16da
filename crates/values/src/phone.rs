//! Telephone numbers: Danish (8 digits), Ukrainian (+380), others in international form.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use tolkebot_protocol::Lang;

use crate::cpr::CprNumber;
use crate::digits::{Cut, Reading, Style, bytes, candidates, greedy, read_exactly, runs, trimmed};
use crate::found::{Ambiguity, Found, Reason};
use crate::token::{Token, tokenise};

/// A telephone number in international form.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Phone(String);

impl Phone {
    /// `+` and digits only (E.164).
    pub fn canonical(&self) -> &str {
        &self.0
    }

    /// As it is written in letters: `+45 21 45 07 83`, `+380 67 123 45 67`.
    pub fn formatted(&self) -> String {
        let groups: (&str, &[usize]) = if self.0.starts_with("+45") && self.0.len() == 11 {
            ("+45", &[2, 2, 2, 2])
        } else if self.0.starts_with("+380") && self.0.len() == 13 {
            ("+380", &[2, 3, 2, 2])
        } else {
            return self.0.clone();
        };
        let mut out = groups.0.to_string();
        let mut rest = &self.0[groups.0.len()..];
        for &len in groups.1 {
            let (group, tail) = rest.split_at(len.min(rest.len()));
            out.push(' ');
            out.push_str(group);
            rest = tail;
        }
        out
    }

    /// True for a Danish number that no subscriber has (first digit 0 or 1; rule R25).
    pub fn is_unusual(&self) -> bool {
        self.0.starts_with("+45")
            && (self.0.len() != 11 || matches!(self.0.as_bytes()[3], b'0' | b'1'))
    }

    /// Reads digits as they were said; `plus` when an international prefix was said.
    pub fn from_digits(digits: &str, plus: bool) -> Option<Self> {
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let (digits, plus) = match digits.strip_prefix("00") {
            Some(rest) if rest.len() > 8 => (rest, true),
            _ => (digits, plus),
        };
        let canonical = match digits.len() {
            8 if !plus => format!("+45{digits}"),
            10 if digits.starts_with("45") && danish(&digits[2..]) => format!("+{digits}"),
            12 if digits.starts_with("380") => format!("+{digits}"),
            // "plus тридцять вісім, нуль …": the trunk zero is part of the country code.
            10 if !plus && ukrainian(digits) => format!("+38{digits}"),
            // +45 and +380 have one length each; a Danish number that nobody has is kept for rule R25.
            10 if plus && digits.starts_with("45") => format!("+{digits}"),
            8..=15 if plus && !digits.starts_with("45") && !digits.starts_with("380") => {
                format!("+{digits}")
            }
            _ => return None,
        };
        Some(Self(canonical))
    }
}

fn danish(digits: &str) -> bool {
    digits.len() == 8 && matches!(digits.as_bytes()[0], b'2'..=b'9')
}

/// Mobile and area codes of Ukrainian numbers said with the trunk zero.
fn ukrainian(digits: &str) -> bool {
    digits.len() == 10
        && matches!(
            digits.get(..3),
            Some(
                "039"
                    | "050"
                    | "063"
                    | "066"
                    | "067"
                    | "068"
                    | "073"
                    | "075"
                    | "077"
                    | "091"
                    | "092"
                    | "093"
                    | "094"
                    | "095"
                    | "096"
                    | "097"
                    | "098"
                    | "099"
            )
        )
        || digits.len() == 10 && matches!(digits.get(..2), Some("03" | "04" | "05" | "06"))
}

/// Telephone numbers in a text, left to right.
pub fn find(text: &str, lang: Lang) -> Vec<Found<Phone>> {
    let tokens = tokenise(text, lang);
    let mut found = Vec::new();
    for run in runs(&tokens, lang, Style::Plain) {
        let ranges = candidates(&tokens, &run, lang, Style::Plain);
        let mut covered = run.range.start;
        for (nth, range) in ranges.iter().enumerate() {
            if nth > 0 && range.start < covered {
                continue;
            }
            let plus = run.plus && range.start == run.range.start;
            let hit = one(&tokens, range, lang, plus, 0.95).or_else(|| {
                if plus {
                    return None;
                }
                trimmed(&tokens, range, lang, Style::Plain)
                    .iter()
                    .find_map(|shorter| one(&tokens, shorter, lang, false, 0.5))
                    .filter(|hit| hit.confidence > 0.4)
            });
            if let Some(mut hit) = hit {
                if plus && let Some(sign) = range.start.checked_sub(1).and_then(|b| tokens.get(b)) {
                    hit.span.start = sign.span.start;
                }
                found.push(hit);
                covered = range.end;
                if nth == 0 {
                    break;
                }
            }
        }
    }
    found
}

fn one(
    tokens: &[Token],
    range: &Range<usize>,
    lang: Lang,
    plus: bool,
    confidence: f32,
) -> Option<Found<Phone>> {
    let span = bytes(tokens, range);
    let whole = greedy(tokens, range.clone(), lang, Style::Plain);
    if let Some(phone) = Phone::from_digits(&whole.digits(), plus) {
        return Some(Found::new(
            phone,
            span,
            confidence * certainty(&whole, plus),
        ));
    }
    if plus {
        return international(tokens, range, lang, span);
    }
    match read_exactly(tokens, range.clone(), lang, Style::Plain, 8, &danish) {
        Reading::Whole(cut) | Reading::OtherCut(cut) => {
            let phone = Phone::from_digits(&cut.digits(), false)?;
            Some(Found::new(phone, span, confidence - 0.35))
        }
        Reading::Several(options) => {
            let phones: Vec<Phone> = options
                .iter()
                .filter_map(|o| Phone::from_digits(o, false))
                .collect();
            let first = phones.first()?.clone();
            let note =
                Ambiguity::between(Reason::SeveralReadings, phones.iter().map(Phone::canonical));
            Some(Found::new(first, span, 0.3).with_note(note))
        }
        Reading::None => None,
    }
}

/// A number with a plus whose longest numbers don't fit: «двадцять п'ять» may be 20 5.
fn international(
    tokens: &[Token],
    range: &Range<usize>,
    lang: Lang,
    span: Range<usize>,
) -> Option<Found<Phone>> {
    for (len, start) in [(10, "45"), (12, "380")] {
        let check = |digits: &str| {
            let own = digits.strip_prefix(start);
            own.is_some_and(|own| start != "45" || danish(own))
        };
        if let Reading::Whole(cut) | Reading::OtherCut(cut) =
            read_exactly(tokens, range.clone(), lang, Style::Plain, len, &check)
        {
            // A digit that was not said makes the same gap: one to ask about.
            let phone = Phone::from_digits(&cut.digits(), true)?;
            let note = Ambiguity::between(Reason::TooFewDigits, [phone.canonical()]);
            return Some(Found::new(phone, span, 0.5).with_note(note));
        }
    }
    None
}

/// Eight digits can also be a date, ten can be a CPR number; the grouping tells.
fn certainty(cut: &Cut, plus: bool) -> f32 {
    if plus {
        return 1.0;
    }
    let digits = cut.digits();
    match digits.len() {
        8 => {
            let dated = cut.breaks_at(2) && cut.breaks_at(4) && !cut.breaks_at(6);
            let year = matches!(digits.get(4..6), Some("19" | "20"));
            if !danish(&digits) || (dated && year) {
                0.4
            } else {
                1.0
            }
        }
        10 => {
            let birthday =
                CprNumber::parse(&digits).is_ok_and(|number| number.birth_date().is_some());
            match (birthday, cut.breaks_at(3) && !cut.breaks_at(2)) {
                (_, true) => 0.95,
                (true, false) => 0.3,
                (false, false) => 0.85,
            }
        }
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str, lang: Lang) -> Vec<String> {
        find(text, lang)
            .into_iter()
            .map(|f| f.value.canonical().to_string())
            .collect()
    }

    #[test]
    fn danish_numbers_in_every_clothing() {
        for text in [
            "21450783",
            "21 45 07 83",
            "+45 21 45 07 83",
            "+4521450783",
            "0045 21 45 07 83",
            "enogtyve femogfyrre nul syv treogfirs",
            "plus femogfyrre enogtyve femogfyrre nul syv treogfirs",
            "mit nummer er en og tyve fem og fyrre nul syv tre og firs",
        ] {
            assert_eq!(all(text, Lang::Da), ["+4521450783"], "{text}");
        }
    }

    #[test]
    fn ukrainian_numbers_with_and_without_the_country_code() {
        for text in [
            "плюс триста вісімдесят, шістдесят сім, п'ятсот дванадцять, тридцять, нуль чотири",
            "плюс тридцять вісім, нуль шістдесят сім, п'ятсот дванадцять, тридцять, нуль чотири",
            "+380 67 512 30 04",
            "067 512 30 04",
        ] {
            assert_eq!(all(text, Lang::Uk), ["+380675123004"], "{text}");
        }
    }

    #[test]
    fn a_short_number_with_a_country_code_is_none() {
        for (text, lang) in [
            (
                "плюс триста вісімдесят шістдесят сім двісті двадцять п'ять тридцять п'ять",
                Lang::Uk,
            ),
            ("плюс 380 67 123 45 6", Lang::Uk),
            ("+380 67 123 45 6", Lang::Da),
            ("plus femogfyrre enogtyve femogfyrre nul syv", Lang::Da),
            ("+45 21 45 07 8", Lang::Da),
        ] {
            assert_eq!(all(text, lang), Vec::<String>::new(), "{text}");
        }
        // One digit more in another cut is a number to ask about.
        let found = find(
            "плюс триста вісімдесят п'ятдесят сто двадцять три сорок п'ять шість",
            Lang::Uk,
        );
        let asked = found.first().is_some_and(|f| f.note.is_some());
        assert!(asked, "{found:?}");
        assert_eq!(all("+45 11 45 07 83", Lang::Da), ["+4511450783"]);
        assert_eq!(all("+48 601 223 344", Lang::Da), ["+48601223344"]);
    }

    #[test]
    fn a_taken_back_number_is_not_glued_to_the_next() {
        let text = "Сорок два, сімнадцять, шістдесят, тридцять… ой ні, це чоловіків. \
                    Мій: двадцять вісім, дев'яносто один, нуль шість, п'ятдесят чотири.";
        assert_eq!(all(text, Lang::Uk), ["+4542176030", "+4528910654"]);
    }

    #[test]
    fn digits_repeated_as_nouns() {
        assert_eq!(all("двадцять два нулі", Lang::Uk), Vec::<String>::new());
        assert_eq!(
            all("сорок, сорок чотири, дванадцять, дві дев'ятки", Lang::Uk),
            ["+4540441299"]
        );
    }

    #[test]
    fn formats_for_letters() {
        let phone = |digits, plus| Phone::from_digits(digits, plus).expect("a number");
        assert_eq!(phone("21450783", false).formatted(), "+45 21 45 07 83");
        assert_eq!(phone("380671234567", true).formatted(), "+380 67 123 45 67");
        assert!(phone("11450783", false).is_unusual());
    }

    #[test]
    fn a_cpr_number_is_a_poor_telephone_number() {
        assert!(
            find(
                "нуль п'ять, нуль п'ять, вісімдесят чотири, дванадцять, тридцять чотири",
                Lang::Uk
            )
            .iter()
            .all(|f| f.confidence < 0.5)
        );
    }

    #[test]
    fn the_span_covers_plus_and_digits() {
        let text = "ring +45 21 45 07 83 tak";
        let found = find(text, Lang::Da);
        assert_eq!(&text[found[0].span.clone()], "+45 21 45 07 83");
    }
}
