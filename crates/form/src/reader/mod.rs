//! Reads a conversation turn by turn and keeps the form filled.
//!
//! A turn goes through the same steps whoever speaks: what is asked ([`asked`]), who is meant
//! ([`people`]), then numbers, addresses and dates with the place they belong to, then plain facts.
//! What is heard goes into [`memory`]; [`project`] turns the memory into slots.

mod abroad;
mod address;
mod addressee;
mod answers;
mod asides;
mod asked;
mod asked_about;
mod asked_day;
mod asked_of_newcomers;
mod asking;
mod asks_meant;
mod at_home;
mod before_and_now;
mod belief;
mod birth_towns;
mod box_names;
mod church;
mod citizens;
mod clinic_names;
mod clinics;
mod consent;
mod couples;
mod cues;
mod dates;
mod departures;
mod digits;
mod doctor_answers;
mod doctors;
mod documents;
mod echoes;
mod either_or;
mod elsewhere;
mod emails;
mod expected;
mod facts;
mod families;
mod foreign;
mod foreign_towns;
mod given_up;
mod grounds;
mod home_answers;
mod home_called;
mod home_names;
mod home_quoted;
mod homes;
mod host_answers;
mod host_concluded;
mod host_heard;
mod host_names;
mod host_told;
mod hosts;
mod house_next_door;
mod id_shown;
mod insurance;
mod kin;
mod landlords;
mod last_homes;
mod last_pair;
mod lease;
mod left_behind;
mod letters;
mod lodging;
mod long_here;
mod mailbox;
mod marital;
mod memory;
mod memory_people;
mod mitid_answers;
mod moment;
mod mood;
mod mover_answers;
mod moves;
mod municipality;
mod name_copied;
mod named_on_door;
mod narrowed;
mod newcomers;
mod not_ones_own;
mod numbers;
mod offers;
mod office;
mod old_or_new;
mod own_home;
mod own_question;
mod owners;
mod padding;
mod pair_alone;
mod paper_read;
mod papers;
mod papers_asked;
mod parted;
mod partly;
mod passport;
mod pattern;
mod people;
mod permits;
mod plain;
mod project;
mod protected;
mod reasons;
mod registered;
mod registries;
mod repairs;
mod replies;
mod requests;
mod roster;
mod sentences;
mod sex_of_name;
mod stays;
mod stays_abroad;
mod stays_long;
mod stepchildren;
mod surgeries;
mod taken_back;
mod targets;
mod told;
mod topic;
mod transit;
mod turns;
mod utterance;
mod wanting;
mod wedding;
mod wedding_told;
mod whence_confirmed;
mod whereabouts;
mod who_is_left;
mod who_lived;
mod whole_names;
mod young_relatives;

use std::sync::Arc;

use jiff::civil::Date;
use serde_json::Value;
use tolkebot_values::WordGroup;
use tolkebot_values::names::Comparing;

use crate::definition::FormDefinition;
use crate::dialogue::Turn;
use crate::state::{Decider, DecisionError, FormState, SlotChange};
use memory::Memory;
use utterance::Utterance;

/// Turns that are prepared together.
const AT_ONCE: usize = 1024;

/// Reads turns in order and keeps a [`FormState`]. The same turns and decisions in the same order
/// always give the same state.
#[derive(Debug, Clone)]
pub struct FormReader {
    state: FormState,
    memory: Memory,
}

impl FormReader {
    /// An empty form on the day of the conversation; relative dates count from it, streets are looked for
    /// among those of the definition.
    pub fn new(definition: Arc<FormDefinition>, today: Date) -> FormReader {
        FormReader {
            memory: Memory::new(today, definition.streets().clone()),
            state: FormState::new(definition, today),
        }
    }

    /// Another day has begun: a conversation that goes on the day after counts «завтра» from there, and a
    /// notification that was too early may not be any more (R01).
    pub fn begin_day(&mut self, today: Date) {
        self.memory.today = today;
        self.state.begin_day(today);
    }

    /// Reads one turn; returns the slots that changed.
    pub fn push(&mut self, turn: &Turn) -> Vec<SlotChange> {
        let _names = Comparing::begin();
        let utterance = Utterance::new(turn, &self.memory.streets);
        turns::read(&mut self.memory, &utterance);
        self.state.update(project::project(&self.memory))
    }

    /// Reads many turns and works the form out once, after the last: the state is the same as after
    /// [`FormReader::push`] of each, in a fraction of the time.
    pub fn push_all<'a>(&mut self, turns: impl IntoIterator<Item = &'a Turn>) -> Vec<SlotChange> {
        let _names = Comparing::begin();
        let turns: Vec<&Turn> = turns.into_iter().collect();
        // In parts, so that no conversation however long is held in memory twice.
        for part in turns.chunks(AT_ONCE) {
            for utterance in utterance::prepared(part, &self.memory.streets) {
                turns::read(&mut self.memory, &utterance);
            }
        }
        self.state.update(project::project(&self.memory))
    }

    /// The form as it stands.
    pub fn state(&self) -> &FormState {
        &self.state
    }

    /// What the next answer is likely to name, by what was asked last and by what the form asks
    /// next, each once.
    pub fn expected(&self) -> Vec<WordGroup> {
        expected::expected(&self.memory, &self.state)
    }

    /// See [`FormState::confirm`].
    pub fn confirm(&mut self, key: &str, who: &Decider) -> Result<Vec<SlotChange>, DecisionError> {
        self.state.confirm(key, who)
    }

    /// See [`FormState::correct`].
    pub fn correct(
        &mut self,
        key: &str,
        value: Value,
        who: &Decider,
    ) -> Result<Vec<SlotChange>, DecisionError> {
        self.state.correct(key, value, who)
    }

    /// See [`FormState::clear`].
    pub fn clear(&mut self, key: &str, who: &Decider) -> Result<Vec<SlotChange>, DecisionError> {
        self.state.clear(key, who)
    }

    /// See [`FormState::keep_decided_line`].
    pub fn keep_decided_line(&mut self) -> Vec<SlotChange> {
        self.state.keep_decided_line()
    }

    /// See [`FormState::keep_decided_district`].
    pub fn keep_decided_district(&mut self) -> Vec<SlotChange> {
        self.state.keep_decided_district()
    }

    /// See [`FormState::keep_beside`].
    pub fn keep_beside(&mut self, seen: bool) -> Vec<SlotChange> {
        self.state.keep_beside(seen)
    }

    /// See [`FormState::take_in`].
    pub fn take_in(&mut self) -> Vec<SlotChange> {
        self.state.take_in()
    }

    /// See [`FormState::mark_read_back`].
    pub fn mark_read_back(&mut self) {
        self.state.mark_read_back();
    }
}
