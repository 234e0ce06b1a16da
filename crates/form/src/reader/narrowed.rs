//! Topics that another topic of the same turn makes void.

use std::ops::Range;

use super::asked::{Ask, Asked};
use super::topic::Topic;
use super::utterance::Utterance;

impl Asked {
    /// A shorter match inside a longer one about something else is a part of its wording
    /// ("flytter du fra" inside "hvornår flytter du fra").
    pub(super) fn drop_shorter(&mut self, u: &Utterance<'_>) {
        let all = self.asks.clone();
        self.asks.retain(|ask| {
            // "hvor og hvornår" asks for both.
            let kept = matches!(
                ask.topic,
                Topic::MoveDate | Topic::Arrival | Topic::BirthDate
            );
            kept || !all.iter().any(|other| {
                // "navn og nummer" asks for both.
                let pair = matches!(
                    (ask.topic, other.topic),
                    (Topic::Name, Topic::Cpr | Topic::Phone | Topic::BirthDate)
                        | (Topic::Cpr, Topic::Name)
                );
                // "Hvor flytter I hen, og hvornår?" asks for both.
                let pair = pair
                    || other.topic == Topic::MoveDate
                        && matches!(ask.topic, Topic::NewAddress | Topic::OldAddress)
                        && u.words(ask.words.clone()).contains(&"hvor")
                        && u.words(other.words.clone())
                            .windows(2)
                            .any(|w| matches!(w, ["og", "hvornår"]));
                // "Hvor boede I i Randers?" asks for no country.
                let town = ask.topic == Topic::OldAddress
                    && other.topic == Topic::Country
                    && u.word_tokens.len() > other.words.end
                    && u.places().iter().any(|p| {
                        p.value.country == "Danmark"
                            && p.span.start == u.token(other.words.end).span.start
                    });
                other.topic != ask.topic
                    && !pair
                    && !town
                    && other.words.start < ask.words.end
                    && ask.words.start < other.words.end
                    && other.words.len() > ask.words.len()
            })
        });
        // "Hvornår begynder kontrakten?" asks for no day of a move.
        self.asks.retain(|ask| {
            ask.topic != Topic::MoveDate
                || !all.iter().any(|other| {
                    other.topic == Topic::LeaseStart
                        && leases(&u.words(other.words.clone()))
                        && other.words.start <= ask.words.start
                        && ask.words.end < other.words.end
                })
        });
        // "Bliver der nogen tilbage i lejligheden?" is about the old home, not about who lives in the new one.
        let behind: Vec<Range<usize>> = all
            .iter()
            .filter(|a| a.topic == Topic::Remaining)
            .map(|a| a.words.clone())
            .collect();
        self.asks.retain(|ask| {
            !matches!(ask.topic, Topic::HostStays | Topic::OthersRegistered)
                || !behind
                    .iter()
                    .any(|b| b.start < ask.words.end && ask.words.start < b.end && b.len() > 1)
        });
        let lost: Vec<Ask> = all
            .iter()
            .filter(|a| a.topic == Topic::Remaining && a.words.len() > 1)
            .filter(|a| !self.asks.contains(a))
            .cloned()
            .collect();
        self.asks.extend(lost);
        self.asks
            .dedup_by(|a, b| a.topic == b.topic && a.question == b.question);
    }

    /// "Hvilken dag kørte du ind i landet?": the day is that of the arrival, and no other is asked for.
    pub(super) fn drop_bare_day(&mut self, u: &Utterance<'_>) {
        let sentence = |words: &Range<usize>| {
            u.sentences
                .iter()
                .position(|s| s.words.contains(&words.start))
        };
        let arrival: Vec<_> = self
            .asks
            .iter()
            .filter(|a| a.topic == Topic::Arrival)
            .map(|a| sentence(&a.words))
            .filter(|at| {
                !at.is_some_and(|at| {
                    u.words(u.sentences[at].words.clone()).iter().any(|w| {
                        ["flytt", "sov", "overnat", "rykk", "boede"]
                            .iter()
                            .any(|stem| w.starts_with(stem))
                    })
                })
            })
            .collect();
        self.asks.retain(|ask| {
            let bare = u
                .words(ask.words.clone())
                .iter()
                .all(|w| matches!(*w, "hvilken" | "hvilket" | "dag" | "dato"));
            // "Hvilken dag er han født?"
            let born = sentence(&ask.words).is_some_and(|at| {
                let words = u.words(u.sentences[at].words.clone());
                words.contains(&"født") && !words.iter().any(|w| w.starts_with("flyt"))
            });
            ask.topic != Topic::MoveDate
                || !bare
                || !(born || arrival.contains(&sentence(&ask.words)))
        });
    }

    /// "Hvad er adressen på den lejlighed, I har forladt?": an address alone is no new one.
    pub(super) fn drop_general(&mut self, u: &Utterance<'_>) {
        if !self.asks(Topic::OldAddress) {
            return;
        }
        let sentences = &u.sentences;
        let general = |ask: &Ask| {
            let of = |words: &Range<usize>| {
                sentences
                    .iter()
                    .position(|s| s.words.contains(&words.start))
            };
            let words = u.words(ask.words.clone());
            ask.topic == Topic::NewAddress
                && words
                    .iter()
                    .any(|w| w.starts_with("adresse") || matches!(*w, "vejen" | "gaden"))
                && !words.iter().any(|w| w.starts_with("ny") || is_towards(w))
                && self.asks.iter().any(|other| {
                    // "Hvad hedder vejen, og hvor kommer du fra?" asks twice.
                    let twice = other.words.start >= ask.words.end
                        && u.words(ask.words.end..other.words.start).contains(&"og")
                        && !words.iter().any(|w| w.starts_with("adresse"));
                    other.topic == Topic::OldAddress && of(&other.words) == of(&ask.words) && !twice
                })
        };
        let kept: Vec<Ask> = self
            .asks
            .iter()
            .filter(|ask| !general(ask))
            .cloned()
            .collect();
        self.asks = kept;
    }

    /// "Har du MitID, så du kan læse svaret i Digital Post?" asks for the first only.
    pub(super) fn drop_purpose(&mut self, u: &Utterance<'_>) {
        let words = u.all_words();
        let purpose = words
            .windows(3)
            .position(|w| matches!(w, ["så", "du" | "i", "kan"]));
        let Some(at) = purpose.filter(|_| self.asks(Topic::MitId)) else {
            return;
        };
        self.asks
            .retain(|a| a.topic != Topic::DigitalPost || a.words.start < at);
    }
}

fn is_towards(word: &str) -> bool {
    matches!(word, "til" | "hen" | "nu" | "ind" | "nye" | "skal")
}

/// A contract is named, and not only "det".
fn leases(words: &[&str]) -> bool {
    words.iter().any(|w| {
        ["kontrakt", "leje", "aftale", "fremleje"]
            .iter()
            .any(|stem| w.starts_with(stem))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialogue::Turn;
    use tolkebot_protocol::{Lang, Speaker};
    use tolkebot_values::address::Gazetteer;

    #[test]
    fn the_day_of_an_arrival_is_no_day_of_a_move() {
        let asked = |text: &str| {
            let turn = Turn::new(1, Speaker::Staff, Lang::Da, text);
            Asked::of(&Utterance::new(&turn, &Gazetteer::shipped()))
        };
        let a = asked("Hvilken dag kørte du ind i landet?");
        assert!(a.asks(Topic::Arrival) && !a.asks(Topic::MoveDate), "{a:?}");
        let a = asked("Hvornår rejste du ind, og hvilken dag flyttede du?");
        assert!(a.asks(Topic::Arrival) && a.asks(Topic::MoveDate), "{a:?}");
    }
}
