//! A citizen's sentence: who comes along and who stays, whether they move alone, whether they have moved, for whom
//! they report.

use super::*;

impl Reading<'_, '_> {
    /// What the sentence of a citizen says of who moves.
    pub(super) fn of_citizen(&self, m: &mut Memory) {
        let words = self.words.as_slice();
        m.tense_guess = told_tense(words).or(m.tense_guess);
        self.of_people(m);
        if m.children_spoken_of && (self.has(Says::Comes) || listing(m)) {
            children_come(m);
        }
        if self.moves_alone() && !covers_whom(m) && !self.tells_who_rents(m) {
            m.alone = Some(self.u.evidence_of_words(&self.sentence.words));
        }
        if self.has(Says::Moved) && m.tense.is_none() {
            m.tense = Some(Tense::Past);
        } else if self.has(Says::WillMove) && m.tense.is_none() {
            m.tense = Some(Tense::Future);
        }
        if !supposed(words) && !self.sentence.question {
            reporter(m, self.u, &self.says, self.refs);
        }
    }

    /// «Я сам», «лише мене», but «Я сам прийду» is about something else.
    fn moves_alone(&self) -> bool {
        self.says.iter().any(|(s, range)| {
            let next = self.words.get(range.end).copied().unwrap_or("");
            *s == Says::Alone && !is_done_by_oneself(next)
        })
    }

    /// "Huset er lejet af firmaet?" – «Ні, я сам, від приватної»: who rents it, and not who moves.
    fn tells_who_rents(&self, m: &Memory) -> bool {
        let asked = m.staff_words.iter().any(|w| {
            matches!(
                w.as_str(),
                "lejet" | "lejer" | "ejer" | "købt" | "købte" | "betaler" | "betalt"
            )
        });
        let lives = self
            .words
            .iter()
            .any(|w| w.starts_with("жив") || w.starts_with("меш"));
        asked
            && !lives
            && !m.asked.asks_any(&[
                Topic::WhoMoves,
                Topic::HowMany,
                Topic::Alone,
                Topic::OthersRegistered,
            ])
    }
}

/// The children who were spoken of come along, unless it was said of one that they don't.
fn children_come(m: &mut Memory) {
    m.children_move = true;
    for person in &mut m.people {
        if person.kin.is_some_and(Kin::is_child) && person.moves.is_none() {
            person.moves = Some(true);
        }
    }
}

/// "Skal beskyttelsen fortsætte?" – «На мене. Нікого більше»: the question is whom it covers.
fn covers_whom(m: &Memory) -> bool {
    m.asked.mentions(Topic::Protection) && !listing(m)
}

/// «Я сама бачила», «я сам прийду»: what somebody does without help, unless it is the move. `next` is the word behind
/// «сам».
fn is_done_by_oneself(next: &str) -> bool {
    let begins = |stems: &[&str]| stems.iter().any(|stem| next.starts_with(stem));
    let moved = begins(&[
        "переї",
        "пересел",
        "перебра",
        "засел",
        "жив",
        "жил",
        "бул",
        "був",
        "приї",
        "поїха",
        "виїха",
        "виїжджа",
        "з'їха",
        "з'їжджа",
    ]);
    let did = next.chars().count() > 4
        && !moved
        && ["ла", "ав", "ив", "ів"]
            .iter()
            .any(|end| next.ends_with(end));
    let does = begins(&[
        "прийду",
        "зробл",
        "подзвон",
        "вибер",
        "запиш",
        "знаю",
        // «Я сам нікуди не їду»
        "нікуди",
        "бачу",
        "скажу",
    ]);
    did || does
}
