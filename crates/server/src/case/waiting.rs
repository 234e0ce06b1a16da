//! Typed words wait for spoken ones that began before them, so that what is read and filled in has the order in which
//! people said it: an answer must not come behind the next question.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;
use tolkebot_protocol::{Role, Speaker};

use super::actor::Actor;

/// How long typed words wait at most. A client takes its connection for broken if they are not back after twice that.
const PATIENCE: Duration = Duration::from_secs(5);

/// What somebody typed.
pub(super) struct Typed {
    pub role: Role,
    pub speaker: Speaker,
    pub text: String,
    /// When it was, ms from the channel's first sample.
    pub at_ms: u64,
    /// The stretches of speech that it waits for: whose, and their start.
    behind: Vec<(Speaker, u64)>,
    by: Instant,
}

/// Speech that is not settled yet, and what was typed meanwhile.
#[derive(Default)]
pub(super) struct Waiting {
    spoken: Vec<(Speaker, u64)>,
    typed: VecDeque<Typed>,
}

impl Waiting {
    /// Somebody speaks.
    pub fn began(&mut self, speaker: Speaker, start_ms: u64) {
        if !self.spoken.contains(&(speaker, start_ms)) {
            self.spoken.push((speaker, start_ms));
        }
    }

    /// What somebody said was settled, or held no words; with it all before.
    pub fn over(&mut self, speaker: Speaker, start_ms: u64) {
        let goes_on = |one: &(Speaker, u64)| one.0 != speaker || one.1 > start_ms;
        self.spoken.retain(goes_on);
        for typed in &mut self.typed {
            typed.behind.retain(goes_on);
        }
    }

    /// Takes typed words, behind all speech that is not settled.
    pub fn add(&mut self, now: Instant, role: Role, speaker: Speaker, text: String, at_ms: u64) {
        self.typed.push_back(Typed {
            role,
            speaker,
            text,
            at_ms,
            behind: self.spoken.clone(),
            by: now + PATIENCE,
        });
    }

    /// The next that has waited enough.
    fn due(&mut self, now: Instant) -> Option<Typed> {
        let first = self.typed.front()?;
        if !first.behind.is_empty() && first.by > now {
            return None;
        }
        let typed = self.typed.pop_front()?;
        // Speech that had its time holds up nothing that is typed later.
        self.spoken.retain(|one| !typed.behind.contains(one));
        for later in &mut self.typed {
            later.behind.retain(|one| !typed.behind.contains(one));
        }
        Some(typed)
    }

    /// When the next has waited long enough.
    pub fn wake_at(&self) -> Option<Instant> {
        self.typed.front().map(|typed| typed.by)
    }

    pub fn is_empty(&self) -> bool {
        self.typed.is_empty()
    }
}

impl Actor {
    /// Writes down typed words that have waited enough.
    pub(super) fn write_typed(&mut self) {
        while let Some(typed) = self.waiting.due(Instant::now()) {
            self.typed(typed);
        }
    }

    /// Writes down all typed words, whatever they wait for.
    pub(super) fn write_all_typed(&mut self) {
        while let Some(typed) = self.waiting.typed.pop_front() {
            self.typed(typed);
        }
    }
}
