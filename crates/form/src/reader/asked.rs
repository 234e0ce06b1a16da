//! What an employee's turn asks for, and about whom.

use std::ops::Range;

use tolkebot_protocol::Lang;

use super::asked_day::leaves_day_open;
use super::families::{ends_on_relative, last_relative, leans_on};
use super::kin::Kin;
use super::requests::{is_question, requests, says_please};
use super::sentences::Sentence;
use super::targets::{ends_on_you, named_alone, targets};
use super::topic::{Topic, topics};
use super::utterance::Utterance;

/// One topic of a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ask {
    pub topic: Topic,
    /// Asked and not only mentioned.
    pub question: bool,
    /// The words that show it.
    pub words: Range<usize>,
}

/// Whom a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// The citizen at the counter, or the one who moves: "du", "dit", "jeres".
    You,
    /// A relative.
    Kin(Kin),
    /// "hans", "hendes": the person spoken of last.
    Third,
    /// "hans far", "hendes mor": a parent of the person spoken of last.
    ParentOfThird,
}

/// Everything that a turn asks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    pub asks: Vec<Ask>,
    pub targets: Vec<Target>,
    /// The whole turn is no question and no request.
    pub statement: bool,
}

impl Asked {
    /// Reads the topics of a turn.
    pub(crate) fn of(u: &Utterance<'_>) -> Asked {
        let ukrainian = u.lang() == Lang::Uk;
        let mut asked = Asked {
            statement: true,
            ..Asked::default()
        };
        let questions = u.sentences.iter().filter(|s| is_question(u, s)).count();
        let mut named: Option<Kin> = None;
        // The relative of the statement right before, whom "de", "hun", "begge" of a question mean.
        let mut told: Option<Kin> = None;
        for (nth, sentence) in u.sentences.iter().enumerate() {
            let question = is_question(u, sentence)
                || (questions == 0
                    && (nth + 1 == u.sentences.len() || says_please(u, sentence))
                    && requests(u, sentence));
            if question {
                asked.statement = false;
                let mut found = targets(u, sentence);
                // "og barnet hvad hedder det": the relative stands right before the question.
                if let Some(kin) = named.filter(|_| found.is_empty()) {
                    found.push(Target::Kin(kin));
                }
                let kinless = !found.iter().any(|t| matches!(t, Target::Kin(_)));
                if let Some(kin) = told.filter(|k| kinless && leans_on(u, sentence, *k)) {
                    found.push(Target::Kin(kin));
                }
                // "Så skriver jeg ham som stedbarn. Efternavn?"
                let bare = sentence.words.len() <= 2 && found.is_empty() && nth > 0;
                let bare = bare
                    && u.words(sentence.words.clone()).iter().any(|w| {
                        ["efternavn", "fornavn", "navn", "fødsels", "født"]
                            .iter()
                            .any(|stem| w.starts_with(stem))
                    });
                if bare && speaks_of_third(u, &u.sentences[nth - 1]) {
                    found.push(Target::Third);
                }
                asked.targets.extend(found);
            }
            named = named_alone(u, sentence);
            told = last_relative(u, sentence).filter(|_| !question);
            let words = u.words(sentence.words.clone());
            if question && matches!(words.as_slice(), ["hvornår"] | ["og", "hvornår"] | ["коли"])
            {
                let words = sentence.words.clone();
                asked.asks.push(Ask {
                    topic: Topic::MoveDate,
                    question,
                    words,
                });
            }
            // "Fra?", "fra hvor?", "og før?": nothing but the home that is left.
            if matches!(
                words.as_slice(),
                ["fra" | "før"]
                    | ["fra" | "før", "hvor" | "det" | "hvilken"]
                    | ["og" | "altså" | "hvor" | "så", "fra" | "før"]
                    | ["og", "hvor", "fra" | "før"]
            ) {
                let words = sentence.words.clone();
                asked.asks.push(Ask {
                    topic: Topic::OldAddress,
                    question,
                    words,
                });
            }
            let found = topics(&words, ukrainian);
            let last = nth + 1 == u.sentences.len();
            let open = leaves_day_open(&words, u.written).filter(|_| {
                (question || last) && !ukrainian && !found.iter().any(|(t, _)| t.is_date())
            });
            if let Some(at) = open {
                asked.statement = false;
                asked.asks.push(Ask {
                    topic: Topic::MoveDate,
                    question: true,
                    words: at + sentence.words.start..sentence.words.end,
                });
            } else if question
                && asks_when(&words)
                && !of_relative(&asked, &words)
                && !found.iter().any(|(t, _)| t.is_date())
            {
                // A bare "dato" in a list hides nothing else of it.
                let day = names_the_day(&words).map(|at| at + sentence.words.start);
                let words = day.map_or(sentence.words.clone(), |at| at..at + 1);
                asked.asks.push(Ask {
                    topic: Topic::MoveDate,
                    question,
                    words,
                });
            }
            for (topic, range) in found {
                // "Hvad er den gamle adresse?" has the words of a question for any address.
                let old = words[range.clone()].iter().any(|w| {
                    matches!(
                        *w,
                        "gamle" | "gammel" | "tidligere" | "forrige" | "hidtidige" | "sidste"
                    )
                });
                // "På hvilken etage, og til hvilken side?" asks where in the house.
                let side = words[range.clone()].last() == Some(&"til")
                    && match words[range.end..] {
                        ["hvilken", what, ..] => {
                            matches!(what, "side" | "etage" | "sal" | "dør" | "hånd")
                        }
                        [what, ..] => matches!(what, "højre" | "venstre"),
                        [] => false,
                    };
                if topic == Topic::NewAddress && (old || side) {
                    continue;
                }
                // "Ejer du lejligheden?" asks for no host.
                let yours = words[range.clone()]
                    .iter()
                    .any(|w| matches!(*w, "du" | "i" | "dig" | "jer"));
                if topic == Topic::HostRole && yours {
                    continue;
                }
                let words = range.start + sentence.words.start..range.end + sentence.words.start;
                asked.asks.push(Ask {
                    topic,
                    question,
                    words,
                });
            }
        }
        if !u.written && questions == 0 {
            asked.ends_in_question(u);
        }
        if asked.targets.is_empty()
            && let Some(kin) = ends_on_relative(u)
        {
            asked.targets.push(Target::Kin(kin));
            asked.statement = false;
        }
        // "Hvordan kommer vi i kontakt med hende?" brings nobody along.
        if u.all_words().windows(2).any(|w| w == ["kontakt", "med"]) {
            asked.asks.retain(|a| a.topic != Topic::WhoMoves);
        }
        if ends_on_you(u) {
            asked.targets.retain(|t| *t == Target::You);
        }
        asked.being(u);
        asked.how_many(u);
        asked.day_of_marriage(u);
        asked.drop_shorter(u);
        asked.drop_bare_day(u);
        asked.drop_general(u);
        asked.drop_purpose(u);
        if asked.asks(Topic::HostName) {
            // "Hvad hedder manden, du bor hos?" is nobody's husband.
            asked
                .targets
                .retain(|t| !matches!(t, Target::Kin(Kin::Husband | Kin::Wife)));
        }
        asked
    }

    /// A recogniser writes no question mark: what an employee ends on is what they ask.
    fn ends_in_question(&mut self, u: &Utterance<'_>) {
        const TAIL: usize = 7;
        let from = u.word_tokens.len().saturating_sub(TAIL);
        let mut any = false;
        for ask in &mut self.asks {
            let data = !matches!(ask.topic, Topic::Floor | Topic::Door | Topic::Deadline);
            if !ask.question
                && data
                && (ask.words.start >= from
                    || ask.topic == Topic::Remaining && ask.words.end > from)
            {
                ask.question = true;
                any = true;
            }
        }
        if any {
            self.statement = false;
            if let Some(last) = u.sentences.last() {
                self.targets.extend(targets(u, last));
            }
        }
    }

    /// "Du er altså fraskilt. Ved du datoen?", "hvornår og hvor blev I gift": the day of the marriage that is
    /// spoken of right beside.
    fn day_of_marriage(&mut self, u: &Utterance<'_>) {
        let asks = u.sentences.iter().find(|s| {
            let words = u.words(s.words.clone());
            let moves = words.iter().any(|w| {
                ["flytt", "sov", "overnat", "rykk", "boede", "bor"]
                    .iter()
                    .any(|stem| w.starts_with(stem))
            });
            s.question
                && !moves
                && words
                    .iter()
                    .any(|w| matches!(*w, "datoen" | "hvornår" | "dagen"))
        });
        let Some(sentence) = asks else { return };
        let other = self
            .asks
            .iter()
            .any(|a| a.topic.is_date() && !matches!(a.topic, Topic::MoveDate | Topic::MaritalDate));
        let short = sentence.words.len() <= 8;
        let beside = self.asks.iter().any(|a| {
            let before = a.words.end <= sentence.words.start;
            let inside = sentence.words.contains(&a.words.start);
            let after = a.words.start == sentence.words.end;
            match a.topic {
                Topic::Married => short && before,
                Topic::MaritalDate | Topic::MaritalPlace => short && before || inside || after,
                _ => false,
            }
        });
        if beside && !other {
            self.asks
                .retain(|a| a.topic != Topic::MoveDate || !sentence.words.contains(&a.words.start));
            self.asks.push(Ask {
                topic: Topic::MaritalDate,
                question: true,
                words: sentence.words.clone(),
            });
        }
    }

    /// "Når du er flyttet": only "og du er?" and "du er Oleh?" ask for a name.
    fn being(&mut self, u: &Utterance<'_>) {
        self.asks.retain(|a| {
            let words = u.words(a.words.clone());
            let bare = a.topic == Topic::Name
                && matches!(
                    words.as_slice(),
                    ["du", "er"] | ["så", "er", "du"] | ["og", "du", "er"]
                );
            let next = u.word_tokens.get(a.words.end).map(|_| u.token(a.words.end));
            let inside = u
                .sentences
                .iter()
                .any(|s| s.words.contains(&a.words.start) && s.words.contains(&a.words.end));
            let last = a.words.end + 2 >= u.word_tokens.len();
            let name = next.is_some_and(|t| if u.written { t.capital } else { last });
            !bare || !inside || name
        });
    }

    /// "Hvor mange bliver I så i huset?": how many move, and not who lives there already.
    fn how_many(&mut self, u: &Utterance<'_>) {
        let found = u.sentences.iter().find(|s| {
            let words = u.words(s.words.clone());
            words.windows(4).any(|w| {
                w[..2] == ["hvor", "mange"]
                    && matches!(w[2], "bliver" | "er" | "flytter" | "kommer")
                    && w[3] == "i"
            })
        });
        let Some(sentence) = found else { return };
        self.asks.retain(|a| a.topic != Topic::HostStays);
        if !self.mentions(Topic::HowMany) {
            self.asks.push(Ask {
                topic: Topic::HowMany,
                question: true,
                words: sentence.words.clone(),
            });
        }
    }

    /// Asked for in a question or request.
    pub(crate) fn asks(&self, topic: Topic) -> bool {
        self.asks.iter().any(|a| a.topic == topic && a.question)
    }

    /// Any of these is asked for.
    pub(crate) fn asks_any(&self, topics: &[Topic]) -> bool {
        topics.iter().any(|t| self.asks(*t))
    }

    /// Asked for or mentioned.
    pub(crate) fn mentions(&self, topic: Topic) -> bool {
        self.asks.iter().any(|a| a.topic == topic)
    }

    /// Any of these is asked for or mentioned.
    pub(crate) fn mentions_any(&self, topics: &[Topic]) -> bool {
        topics.iter().any(|t| self.mentions(*t))
    }

    /// The last relative asked about.
    pub(crate) fn kin(&self) -> Option<Kin> {
        self.targets.iter().rev().find_map(|t| match t {
            Target::Kin(kin) => Some(*kin),
            _ => None,
        })
    }

    /// Whether somebody is asked about this way.
    pub(crate) fn is_about(&self, target: Target) -> bool {
        self.targets.contains(&target)
    }

    /// The topics asked for, in order.
    pub(crate) fn questions(&self) -> impl Iterator<Item = Topic> + '_ {
        self.asks.iter().filter(|a| a.question).map(|a| a.topic)
    }
}

/// A statement about "ham" or "hende", and not about "dig".
fn speaks_of_third(u: &Utterance<'_>, sentence: &Sentence) -> bool {
    let words = u.words(sentence.words.clone());
    words
        .iter()
        .any(|w| matches!(*w, "ham" | "hende" | "han" | "hun"))
        && !words
            .iter()
            .any(|w| matches!(*w, "du" | "dig" | "dit" | "din"))
}

/// "Hvornår …?", "Hvilken dag …?"
fn asks_when(words: &[&str]) -> bool {
    words.contains(&"hvornår")
        || words.windows(2).any(|w| {
            matches!(
                w,
                ["hvilken" | "hvilket", "dag" | "dato" | "nat" | "aften"]
                    | ["første", "nat" | "aften"]
            )
        })
        || names_the_day(words).is_some()
}

/// "Og sønnens dato?": a day of somebody's, and none of the move.
fn of_relative(asked: &Asked, words: &[&str]) -> bool {
    names_the_day(words).is_some()
        && asked
            .targets
            .iter()
            .any(|t| matches!(t, Target::Kin(_) | Target::Third))
}

/// "Dato?", "dagen, tak", "… anden til højre, dato", "flyttedatoen er …": the word for the day.
fn names_the_day(words: &[&str]) -> Option<usize> {
    let day = |at: usize| {
        matches!(
            words[at],
            "dato" | "datoen" | "dagen" | "flyttedato" | "flyttedatoen"
        )
    };
    if matches!(words, ["dag"] | ["og", "dag"]) {
        return Some(words.len() - 1);
    }
    let last = words
        .iter()
        .rposition(|w| !matches!(*w, "er" | "så" | "tak" | "da"))?;
    // "Datoen for vielsen" is another day's, "navn og dato" a birth's.
    let of_other = words
        .iter()
        .any(|w| matches!(*w, "for" | "på" | "af" | "hans" | "hendes" | "født"))
        || words.iter().any(|w| w.contains("navn")) && !words.iter().any(|w| w.contains("adress"));
    if of_other {
        return None;
    }
    let short = (0..words.len()).find(|at| words.len() < 3 && day(*at));
    short.or_else(|| (words.len() > 4 && day(last)).then_some(last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialogue::Turn;
    use tolkebot_protocol::Speaker;
    use tolkebot_values::address::Gazetteer;

    fn asked(text: &str) -> Asked {
        let turn = Turn::new(1, Speaker::Staff, Lang::Da, text);
        Asked::of(&Utterance::new(&turn, &Gazetteer::shipped()))
    }

    #[test]
    fn definition_questions_are_recognised() {
        for (text, topic) in [
            ("Hvad er dit CPR-nummer?", Topic::Cpr),
            ("Hvilken adresse flytter du fra?", Topic::OldAddress),
            ("Hvad er postnummeret?", Topic::PostalCode),
            ("Vil du beholde din læge eller vælge en ny?", Topic::Doctor),
            ("Hvem har forældremyndigheden over barnet?", Topic::Custody),
            ("Har du MitID?", Topic::MitId),
            (
                "Bor der allerede nogen på adressen?",
                Topic::OthersRegistered,
            ),
            ("Hvad hedder den person, du bor hos?", Topic::HostName),
            ("Hvor mange flytter I?", Topic::HowMany),
            ("Ønsker du navne- og adressebeskyttelse?", Topic::Protection),
        ] {
            assert!(asked(text).asks(topic), "{text}: {:?}", asked(text));
        }
    }

    #[test]
    fn statements_are_no_questions() {
        let a = asked("Så skriver jeg tredje sal til højre. Hvem flytter med dig?");
        assert!(a.asks(Topic::WhoMoves), "{a:?}");
        assert!(!a.asks(Topic::Door), "{a:?}");
        assert!(asked("Lægen beholder du.").statement);
    }

    #[test]
    fn requests_without_question_mark() {
        assert!(asked("Dit navn og CPR-nummer, tak.").asks(Topic::Name));
        assert!(asked("Så skal jeg bruge et telefonnummer.").asks(Topic::Phone));
        assert!(asked("så har jeg brug for dit cpr nummer").asks(Topic::Cpr));
    }

    #[test]
    fn who_stays_behind_is_not_who_lives_in_the_new_home() {
        let a = asked("Bliver der nogen tilbage i lejligheden?");
        assert!(
            a.asks(Topic::Remaining) && !a.asks(Topic::HostStays),
            "{a:?}"
        );
        assert!(!asked("Ejer du lejligheden?").asks(Topic::HostRole));
        assert!(asked("Ejer hun lejligheden?").asks(Topic::HostRole));
    }

    #[test]
    fn targets() {
        assert_eq!(asked("Og din mand?").kin(), Some(Kin::Husband));
        assert_eq!(
            asked("Hvad hedder drengen, og hvornår er han født?").kin(),
            Some(Kin::Son)
        );
    }
}
