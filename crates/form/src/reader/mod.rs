//! Reads a conversation turn by turn and keeps the form filled.

mod pattern;
mod topic;

use std::sync::Arc;

use jiff::civil::Date;
use serde_json::Value;

use crate::definition::FormDefinition;
use crate::dialogue::Turn;
use crate::state::{DecisionError, FormState, Readings, SlotChange};

/// Reads turns in order and keeps a [`FormState`]. The same turns and decisions in the same order
/// always give the same state.
#[derive(Debug, Clone)]
pub struct FormReader {
    state: FormState,
}

impl FormReader {
    /// An empty form on the day of the conversation; relative dates count from it.
    pub fn new(definition: Arc<FormDefinition>, today: Date) -> FormReader {
        FormReader {
            state: FormState::new(definition, today),
        }
    }

    /// Reads one turn; returns the slots that changed.
    pub fn push(&mut self, _turn: &Turn) -> Vec<SlotChange> {
        self.state.update(Readings::default())
    }

    /// The form as it stands.
    pub fn state(&self) -> &FormState {
        &self.state
    }

    /// See [`FormState::confirm`].
    pub fn confirm(&mut self, key: &str, actor: &str) -> Result<Vec<SlotChange>, DecisionError> {
        self.state.confirm(key, actor)
    }

    /// See [`FormState::correct`].
    pub fn correct(
        &mut self,
        key: &str,
        value: Value,
        actor: &str,
    ) -> Result<Vec<SlotChange>, DecisionError> {
        self.state.correct(key, value, actor)
    }

    /// See [`FormState::clear`].
    pub fn clear(&mut self, key: &str, actor: &str) -> Result<Vec<SlotChange>, DecisionError> {
        self.state.clear(key, actor)
    }

    /// See [`FormState::mark_read_back`].
    pub fn mark_read_back(&mut self) {
        self.state.mark_read_back();
    }
}
