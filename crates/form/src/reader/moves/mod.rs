//! Who moves along, who stays, who only reports.

mod alone_answers;
mod by_oneself;
mod citizen;
mod count;
mod employee;
pub(super) mod errand;
mod for_other;
mod for_them;
mod joining;
pub(super) mod on_behalf;
mod reported;
mod reporter;
mod speaks_for;
mod spoken_of;
mod tense;
mod together;
mod told;
mod total;
mod words;

use std::ops::Range;
use std::sync::LazyLock;

use tolkebot_protocol::Lang;
use tolkebot_values::dates::Tense;

use super::belief::{Act, Heard};
use super::kin::Kin;
use super::memory::Memory;
use super::pattern::Lexicon;
use super::people::{Ref, Who};
use super::sentences::Sentence;
use super::topic::Topic;
use super::utterance::Utterance;
use alone_answers::alone_answer;
use count::*;
use for_other::*;
pub(super) use reporter::become_mover;
use reporter::*;
use tense::*;
use told::*;
use words::*;

/// A sentence with its words, the pointers of its turn and what the lexicon finds in it.
struct Reading<'a, 'u> {
    u: &'a Utterance<'u>,
    refs: &'a [Ref],
    sentence: &'a Sentence,
    lexicon: &'static Lexicon<Says>,
    words: Vec<&'a str>,
    says: Vec<(Says, Range<usize>)>,
}

impl<'a, 'u> Reading<'a, 'u> {
    fn new(u: &'a Utterance<'u>, refs: &'a [Ref], sentence: &'a Sentence) -> Self {
        let lexicon = if u.lang() == Lang::Uk { &*UK } else { &*DA };
        let words = u.words(sentence.words.clone());
        let says = lexicon.find_all(&words);
        Reading {
            u,
            refs,
            sentence,
            lexicon,
            words,
            says,
        }
    }

    fn has(&self, what: Says) -> bool {
        self.says.iter().any(|(s, _)| *s == what)
    }

    /// The pointers that stand in the sentence.
    fn pointers(&self) -> Vec<&'a Ref> {
        self.refs
            .iter()
            .filter(|r| self.sentence.bytes.contains(&r.bytes.start))
            .collect()
    }
}

/// Reads who comes along and who stays: sentence by sentence, and then what the turn says as a whole.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    for sentence in &u.sentences {
        let reading = Reading::new(u, refs, sentence);
        if u.is_staff() {
            reading.of_employee(m);
        } else {
            reading.of_citizen(m);
        }
    }
    if u.is_staff() {
        turn_of_employee(m, u, refs);
    } else {
        turn_of_citizen(m, u, refs);
    }
    household_member(m, u);
}

/// What an employee's turn says as a whole.
fn turn_of_employee(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    by_staff(m, u);
    m.company_asked |= m.staff_count.is_some()
        || m.asked
            .asks_any(&[Topic::WhoMoves, Topic::HowMany, Topic::Alone]);
    together::summed_up(m, u, refs);
    reported::by_employee(m, u);
    total::of_employee(m, u);
    for_them::named_by_staff(m, u);
}

/// What a citizen's turn says as a whole.
fn turn_of_citizen(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    counted(m, u);
    children_told(m, u);
    counted_out(m, u, refs);
    total::read(m, u, refs);
    accepts_count(m, u);
    alone_answer(m, u);
    by_oneself::says_alone(m, u);
    by_oneself::third_alone(m, u);
    comes_for_other(m, u, refs);
    only_me(m, u);
    mover_answer(m, u, refs);
    denies_self(m, u, refs);
    joining::to_me(m, u, refs);
    wants_to_report(m, u, refs);
    for_them::told(m, u, refs);
    together::agreed(m, u);
    together::also(m, u, refs);
    together::goes_on(m, u, refs);
    together::children_and_me(m, u);
    together::already_there(m, u);
    errand::told(m, u, refs);
    on_behalf::third_moves(m, u);
    speaks_for::by_citizen(m, u, refs);
    on_behalf::they_stay(m, u, refs);
    on_behalf::only_one(m, u, refs);
    on_behalf::stays_away(m, u, refs);
}

/// "Hvis han har fuldmagt", «якщо дати довіреність»: no power of attorney is there yet.
fn supposed(words: &[&str]) -> bool {
    words.iter().any(|w| {
        matches!(
            *w,
            "hvis"
                | "man"
                | "når"
                | "kan"
                | "skal"
                | "uden"
                | "behøver"
                | "якщо"
                | "якби"
                | "чи"
                | "подрузі"
                | "подруги"
        )
    })
}

/// Whether the citizen lists who moves.
fn listing(m: &Memory) -> bool {
    m.asked.asks_any(&[Topic::WhoMoves, Topic::HowMany])
}

/// Somebody moves along, or does not.
fn set(m: &mut Memory, id: u32, moves: bool) {
    if let Some(person) = m.person_mut(id) {
        // Once a number was given, only «не їде» counts, and that clears it.
        person.moves = Some(moves);
    }
}
