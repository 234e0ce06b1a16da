//! What one attempt does differently from the one before.

use std::ops::Range;

use tolkebot_protocol::Lang;

use crate::guard::{self, Report};
use crate::search::End;
use crate::stand_in::StandIns;
use crate::{Glossary, MtWarning};

/// How an attempt translates a stretch.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plan {
    /// What the model reads: the stretch, perhaps with numbers in digits and names in Latin letters.
    pub source: String,
    /// Names that others stand in for there.
    pub stand_ins: StandIns,
    /// Alternatives of the wordings that the target should contain.
    pub wanted: Vec<Vec<String>>,
    /// How strongly the first pieces of these wordings are pulled (added to their scores).
    pub pull: f32,
    /// See `Search::repetition_penalty`.
    pub repetition_penalty: f32,
}

/// How strongly the second, third … attempt pulls wanted wordings. At 3 two thirds of names that
/// the plain attempt garbled come out right, at 9 nearly all, but now and then in a wrong place.
const PULLS: [f32; 3] = [4.0, 6.5, 9.5];
/// Repetition penalties of the second, third … attempt after a loop or runaway.
const PENALTIES: [f32; 3] = [1.15, 1.3, 1.5];

/// The attempt (the first is 0) from which another name stands in for one that is still lost, and dates
/// are said in digits: worse style, but the value survives.
const LAST_RESORTS: usize = 2;

/// The share of its confidence that an attempt must keep to be taken for a term alone.
const STILL_SURE: f32 = 0.5;
/// The same for a polite word: verbs must go with it, and «Вам Ви оштрафують» is worse than «Ти отримаєш штраф».
const STILL_AS_SURE: f32 = 0.8;

impl Plan {
    /// The first attempt: as the model would, but addresses are never left to it.
    pub(crate) fn first(source: &str) -> Plan {
        let wanted = guard::addresses_of(source);
        Plan {
            source: source.to_owned(),
            stand_ins: StandIns::default(),
            wanted,
            pull: PULLS[0],
            repetition_penalty: 1.0,
        }
    }

    /// The attempt number `n` (from 1) after what came out of the one before.
    pub(crate) fn next(&self, source: &str, attempt: &Attempt, n: usize) -> Plan {
        let nth = |list: &[f32; 3]| list[n.saturating_sub(1).min(list.len() - 1)];
        let mut plan = self.clone();
        for wording in attempt.report.wanted.iter().chain(&attempt.terms) {
            if !plan.wanted.contains(wording) {
                plan.wanted.push(wording.clone());
            }
        }
        plan.pull = nth(&PULLS);
        if attempt.end != End::Finished || plan == *self {
            plan.repetition_penalty = nth(&PENALTIES);
        }
        let report = &attempt.report;
        let late = n >= LAST_RESORTS;
        if late && !report.people.is_empty() {
            let (source, stand_ins) = StandIns::put(source, &report.people, n);
            let lost = |wording: &String| report.people.iter().any(|(_, name)| name == wording);
            plan.wanted.retain(|wordings| !wordings.iter().any(lost));
            (plan.source, plan.stand_ins) = (source, stand_ins);
        } else if late && !report.dates.is_empty() {
            (plan.source, plan.stand_ins) = (rewritten(source, &report.dates), StandIns::default());
            // Months in words would be pulled against their digits.
            plan.wanted = guard::addresses_of(source);
        } else if !report.reread.is_empty() {
            // The model copies digits and letters more surely than it translates them.
            let source = rewritten(source, &report.reread);
            (plan.source, plan.stand_ins) = (source, StandIns::default());
        }
        plan
    }
}

/// The source with what went missing as it is copied best.
fn rewritten(source: &str, places: &[(Range<usize>, String)]) -> String {
    let mut out = source.to_owned();
    let mut places = places.to_vec();
    places.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    for (span, written) in places {
        if out.get(span.clone()).is_some() {
            out.replace_range(span, &written);
        }
    }
    out
}

/// What came out of an attempt.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Attempt {
    report: Report,
    /// Terms of the glossary that are missing, as wanted wordings.
    terms: Vec<Vec<String>>,
    end: End,
}

impl Attempt {
    pub(crate) fn judge(
        source: &str,
        text: &str,
        end: End,
        from: Lang,
        glossary: Option<&Glossary>,
    ) -> Attempt {
        Attempt {
            report: guard::check(source, text, from),
            terms: glossary.map_or_else(Vec::new, |g| g.missing(source, text, from)),
            end,
        }
    }

    /// 0 for a faultless attempt.
    pub(crate) fn badness(&self) -> u32 {
        // Another word for a term is a smaller fault than another value.
        self.of_values() + self.report.manners + self.terms.len() as u32
    }

    /// The same, whatever words it has for the terms, and for whom it speaks to.
    fn of_values(&self) -> u32 {
        let end = match self.end {
            End::Finished => 0,
            End::Loop => 4,
            End::Limit => 5,
        };
        self.report.badness + end
    }

    /// Whether this attempt is to be taken instead of another, both with their confidence. A word alone is not worth a
    /// sentence in which the model believes clearly less: it stands where a verb was meant.
    pub(crate) fn beats(&self, confidence: f32, other: &Attempt, before: f32) -> bool {
        let share = match self.report.manners < other.report.manners {
            true => STILL_AS_SURE,
            false => STILL_SURE,
        };
        self.badness() < other.badness()
            && (self.of_values() < other.of_values() || confidence >= before * share)
    }

    /// Whether nothing but its words could be better.
    pub(crate) fn lacks_only_words(&self) -> bool {
        self.of_values() == 0 && self.badness() > 0
    }

    /// What to tell a person if this attempt is the best.
    pub(crate) fn warnings(&self) -> Vec<MtWarning> {
        let mut out = self.report.warnings.clone();
        let end = match self.end {
            End::Finished => None,
            End::Loop => Some(MtWarning::Repetition),
            End::Limit => Some(MtWarning::Incomplete),
        };
        out.extend(end.filter(|w| !out.contains(w)));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "Vi flytter den 6. september 2016 til Vestergade 18.";

    #[test]
    fn a_date_that_is_lost_twice_is_read_in_digits_and_addresses_stay_wanted() {
        let lost = Attempt {
            report: guard::check(SOURCE, "Ми переїжджаємо на Vestergade 18.", Lang::Da),
            terms: Vec::new(),
            end: End::Finished,
        };
        let first = Plan::first(SOURCE);
        let second = first.next(SOURCE, &lost, 1);
        assert!(second.source.contains("september"), "{second:?}");
        let third = second.next(SOURCE, &lost, 2);
        assert!(third.source.contains("6.9.2016"), "{third:?}");
        assert_eq!(third.wanted, first.wanted);
    }

    #[test]
    fn a_term_alone_is_not_worth_a_sentence_that_the_model_believes_less() {
        let judge = |text| {
            let glossary = crate::Glossary::embedded();
            let source = "Du får en kvittering senest den 6. maj.";
            Attempt::judge(source, text, End::Finished, Lang::Da, Some(&glossary))
        };
        let plain = judge("Ви отримаєте чек не пізніше 6 травня.");
        let pulled = judge("Ви отримаєте квитанцію не пізніше 6 травня.");
        let lost = judge("Ви отримаєте квитанцію у травні.");
        assert!(plain.lacks_only_words() && !pulled.lacks_only_words() && !lost.lacks_only_words());
        assert!(pulled.beats(0.8, &plain, 0.82));
        assert!(!pulled.beats(0.3, &plain, 0.82));
        // A value is worth more than confidence.
        assert!(pulled.beats(0.3, &lost, 0.82));
        assert!(plain.beats(0.3, &lost, 0.82));
    }

    #[test]
    fn a_date_that_is_there_stays_in_words_when_something_else_is_lost() {
        let lost = guard::check(
            SOURCE,
            "Ми переїжджаємо 6 вересня 2016 року на Вестерброґаде 18.",
            Lang::Da,
        );
        assert!(lost.badness > 0 && lost.dates.is_empty(), "{lost:?}");
    }
}
