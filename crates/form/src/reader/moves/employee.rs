//! An employee's sentence: who moves as the employee sums it up or takes it to be.

use super::*;
use crate::reader::memory::Person;

impl Reading<'_, '_> {
    /// What the sentence of an employee says of who moves.
    pub(super) fn of_employee(&self, m: &mut Memory) {
        let (u, words) = (self.u, self.words.as_slice());
        let question = self.sentence.question;
        let not_alone = self.adds_somebody();
        if not_alone {
            self.added_come(m);
        }
        // "Så han kommer ikke med", "Matvii bliver boende"
        if !question {
            self.stay_told(m);
        }
        if !not_alone && !question && self.sums_up_alone(m) {
            m.alone = Some(u.evidence_of_words(&self.sentence.words));
        }
        begge(m, words);
        if self.has(Says::PowerOfAttorney) && !question && !supposed(words) {
            attorney(m, u);
        }
        if !question {
            errand::read_out(m, u, words);
        }
        covers_no_move(m, words);
        if about_another(words) {
            mover_named(m, u);
        }
        said_by_staff(m, u, words, question);
        reports_as(m, u, words);
        you_and(m, words);
        if question {
            m.tense_guess = asked_tense(words).or(m.tense_guess);
        }
    }

    /// "Så er det kun dig og Tymofii": not alone.
    fn adds_somebody(&self) -> bool {
        self.says.iter().any(|(s, range)| {
            *s == Says::Alone && self.words.get(range.end).is_some_and(|w| *w == "og")
        })
    }

    /// … and who is named comes along.
    fn added_come(&self, m: &mut Memory) {
        for pointer in self.pointers() {
            if let Who::Person(id) = pointer.who
                && !pointer.pronoun
                && m.host != Some(id)
                && m.person(id).is_some_and(|p| p.moves.is_none())
            {
                set(m, id, true);
            }
        }
    }

    /// The employee takes it that somebody moves alone.
    fn sums_up_alone(&self, m: &Memory) -> bool {
        // "Inna flytter den fjortende november til Egå, alene."
        let sums_up = self.words.last() == Some(&"alene")
            && self.words.iter().any(|w| w.starts_with("flytte"))
            && !self.words.contains(&"ikke");
        // "Skal beskyttelsen også gælde din søn?" – «Ні» – "Så er det kun dig, i et år": whom it covers.
        let covers = m.asked_before.mentions(Topic::Protection)
            && !m.asked_before.asks_any(&[Topic::WhoMoves, Topic::HowMany]);
        (self.has(Says::Alone) || sums_up) && !covers
    }

    /// The employee sums up that somebody does not come along, or stays in the old home.
    fn stay_told(&self, m: &mut Memory) {
        let words = &self.words;
        let not_along = words
            .windows(3)
            .any(|w| matches!(w, ["kommer" | "flytter" | "rejser" | "skal", "ikke", "med"]))
            || words.windows(2).any(|w| w == ["ikke", "med"]) && words.contains(&"kommer");
        let behind = words.windows(2).any(|w| {
            matches!(
                w,
                ["bliver" | "blev", "tilbage"] | ["bliver" | "blev", "boende"]
            )
        });
        // "Så tager jeg Serhii ud"
        let out = words.iter().position(|w| *w == "tager").is_some_and(|at| {
            let behind = &words[at..(at + 5).min(words.len())];
            behind.get(1) == Some(&"jeg") && behind.contains(&"ud")
        });
        if !not_along && !behind && !out
            || words
                .iter()
                .any(|w| matches!(*w, "ingen" | "der" | "nogen"))
        {
            return;
        }
        let pointers = self.pointers();
        let last = pointers.iter().rev().find_map(|r| match r.who {
            Who::Person(id) => Some(id),
            Who::Me => None,
        });
        let Some(last) = last else { return };
        // "Tamara, Sofiia og Lukian bliver boende"
        let listed = behind && words.contains(&"og");
        let all: Vec<u32> = pointers
            .iter()
            .filter(|r| !r.pronoun)
            .filter_map(|r| match r.who {
                Who::Person(id) if listed => Some(id),
                _ => None,
            })
            .chain([last])
            .collect();
        for id in all {
            let numbered = m.has(&Memory::key(id, "cpr_number")) && !out;
            if id == m.mover || m.host == Some(id) || numbered {
                continue;
            }
            set(m, id, false);
            if behind && let Some(person) = m.person_mut(id) {
                person.stays_behind = true;
            }
        }
    }
}

/// "… for jer begge": the one relative spoken of moves along.
fn begge(m: &mut Memory, words: &[&str]) {
    let both = words.windows(2).any(|w| {
        matches!(
            w,
            ["jer" | "i" | "jeres", "begge"] | ["begge", "to" | "cpr"] | ["vi", "begge"]
        )
    });
    if !both || !m.household().is_empty() {
        return;
    }
    let host = m.host;
    let parent = m.other_parent;
    let mut open: Vec<&mut Person> = m
        .people
        .iter_mut()
        .filter(|p| {
            p.id != 0
                && p.moves.is_none()
                && Some(p.id) != host
                && Some(p.id) != parent
                && p.kin.is_some_and(|k| {
                    k.is_child() || k.is_couple() || k.relation() == Some("parent")
                })
        })
        .collect();
    if let [one] = open.as_mut_slice() {
        one.moves = Some(true);
    }
}
