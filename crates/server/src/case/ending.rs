//! How a conversation ends: what is still in the pipe comes out first, whoever ends it.

use std::time::Duration;

use tokio::time::Instant;
use tolkebot_protocol::{ErrorCode, EventPayload, Role, Speaker};

use super::ClientId;
use super::actor::Actor;

/// How many times longer than for speech a conversation's end waits for words: what was said must not be lost
/// because the machine is behind.
const WORDS_PATIENCE: u32 = 6;
/// How long a stopping server waits for the log to take the last events.
const LAST_APPEND: Duration = Duration::from_secs(5);
/// How often it is looked whether words have come out for nobody: the pipe does not tell.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// Sound that was on its way when a microphone was switched off here has come by then: on a slow network up to 1.5 s of
/// it wait in a browser.
const UNDER_WAY: Duration = Duration::from_secs(3);

/// The conversation listens no more and waits for what is still in the pipe.
pub(super) struct Draining {
    /// Channels that still have something in the pipe.
    pub waiting: Vec<Speaker>,
    pub deadline: Instant,
    /// Words are waited for longer than speech, until then.
    pub words_by: Instant,
    /// Record the end of the conversation then.
    pub ends_conversation: bool,
    /// A read-back was given meanwhile: read it out then.
    pub then_read: bool,
}

impl Actor {
    /// How long what is in the pipe may take to come out.
    fn drain_time(&self) -> Duration {
        Duration::from_secs(u64::from(self.shared.config.timeouts.drain_s))
    }

    /// The server stops: clients are told once what was said is stored, or has had its time.
    pub(super) fn stop(&mut self) {
        let by = Instant::now() + self.drain_time();
        self.goodbye_by = Some(by + LAST_APPEND);
        match &mut self.draining {
            None => self.drain(false),
            // An end that waits already comes in the usual way, but in time to be stored; reading out would take longer.
            Some(draining) => {
                draining.words_by = draining.words_by.min(by);
                draining.deadline = draining.deadline.min(by);
                draining.then_read = false;
            }
        }
    }

    /// Ends the conversation, if it has not ended.
    pub(super) fn end(&mut self) {
        if self.journal.view().ended() {
            return;
        }
        match &mut self.draining {
            // The server stops: the end is recorded with the rest.
            Some(draining) => draining.ends_conversation = true,
            None => self.drain(true),
        }
    }

    /// Listens no more; what is in the pipe comes out until a deadline.
    pub(super) fn drain(&mut self, ends_conversation: bool) {
        self.write_all_typed();
        self.cut_off();
        let mut waiting = Vec::new();
        if let Some(talk) = &self.talk {
            for speaker in [Speaker::Staff, Speaker::Citizen] {
                talk.handle.end_speech(speaker);
                waiting.push(speaker);
            }
        }
        let (drain, stops) = (self.drain_time(), self.goodbye_by.is_some());
        self.draining = Some(Draining {
            waiting,
            deadline: Instant::now() + drain,
            // A stop has its own time, and what is in the log goes on after it.
            words_by: Instant::now() + drain * if stops { 1 } else { WORDS_PATIENCE },
            ends_conversation,
            then_read: false,
        });
        self.drained_or_late();
    }

    /// Goes on when the pipe is empty, or has had its time.
    pub(super) fn drained_or_late(&mut self) {
        let now = Instant::now();
        let words_wait = self.talk.as_ref().is_some_and(|t| t.handle.words_wait());
        let Some(draining) = &mut self.draining else {
            return;
        };
        if !draining.waiting.is_empty() {
            if now < draining.deadline {
                return;
            }
            if words_wait && now < draining.words_by {
                draining.deadline = draining.words_by.min(now + Duration::from_millis(500));
                return;
            }
        }
        let lost = words_wait && !draining.waiting.is_empty();
        let Some(draining) = self.draining.take() else {
            return;
        };
        if lost {
            tracing::warn!(case = %self.case, "the last words were not recognised in time");
            // Of a case that was given up nobody needs them.
            if !self.journal.view().cancelled() {
                self.trouble(
                    ErrorCode::EngineFailed,
                    "the last words that were said could not be written down in time: ask what they were, and type them into the form",
                );
            }
        }
        // A form that is being read out is read to its end, and its last sentence closes the interpreter. Not where words
        // are given up that might still come out of it.
        let goes_on = draining.ends_conversation && !lost && self.goodbye_by.is_none();
        let reads = goes_on && self.is_reading();
        if !reads && let Some(talk) = self.talk.take() {
            talk.handle.close();
            self.sounds.forget_incomplete();
        }
        if draining.ends_conversation {
            self.record(Role::Staff, EventPayload::ConversationEnded {});
            if draining.then_read
                && self.in_read_back()
                && let Err((code, message)) = self.read_aloud()
            {
                self.trouble(code, &message);
            }
        }
    }

    /// Switches all microphones off here, before the clients know.
    pub(super) fn cut_off(&mut self) {
        let now = Instant::now();
        for client in &mut self.clients {
            if std::mem::take(&mut client.audio_on) {
                client.cut_off = Some(now);
            }
        }
    }

    /// True if a client's microphone was switched off here because all is over, which its screen shows soon.
    pub(super) fn is_over_for(&self, id: ClientId) -> bool {
        let view = self.journal.view();
        let stops = self.draining.is_some() || self.goodbye_by.is_some();
        self.cut_off_at(id).is_some() && (stops || view.ended() || view.cancelled())
    }

    /// True if a client's sound may have been on its way when its microphone was switched off here, or when the case was
    /// given up. One that goes on although it was told is told again.
    pub(super) fn is_under_way(&self, id: ClientId) -> bool {
        let mut clients = self.clients.iter();
        let on = clients.any(|c| c.id == id && c.audio_on);
        let lately = |at: Instant| at.elapsed() < UNDER_WAY;
        self.is_over_for(id)
            || self.cut_off_at(id).is_some_and(lately)
            || on && self.journal.view().cancelled()
    }

    fn cut_off_at(&self, id: ClientId) -> Option<Instant> {
        let client = self.clients.iter().find(|c| c.id == id)?;
        client.cut_off
    }

    /// When it is looked whether the conversation is over because nobody is there.
    pub(super) fn linger_at(&self) -> Option<Instant> {
        let until = self.linger_until()?;
        if self.is_quiet() {
            return Some(until);
        }
        Some(until.min(Instant::now() + LOOK_AGAIN))
    }

    /// Until when somebody may come back, or words that were said last may come out. An engine that hangs keeps no
    /// conversation for ever.
    fn linger_until(&self) -> Option<Instant> {
        let linger = Duration::from_secs(u64::from(self.shared.config.timeouts.linger_s));
        let words = match self.is_quiet() {
            true => Duration::ZERO,
            false => self.drain_time() * WORDS_PATIENCE,
        };
        Some(self.empty_since? + linger + words)
    }

    pub(super) fn is_over(&self) -> bool {
        let now = Instant::now();
        if let Some(by) = self.goodbye_by {
            let quiet = self.draining.is_none() && self.is_settled();
            return quiet || now >= by;
        }
        self.linger_until().is_some_and(|until| now >= until) && self.is_settled()
    }

    /// True if nothing waits to be written down or stored.
    pub(super) fn is_settled(&self) -> bool {
        self.journal.is_settled() && self.keeper.is_idle() && self.waiting.is_empty()
    }

    /// True if no words are to come out of the pipe.
    fn is_quiet(&self) -> bool {
        // In this order: words are counted until they are among the events.
        let words = |talk: &super::talk::Talk| talk.handle.words_wait() || !talk.events.is_empty();
        self.draining.is_none() && !self.talk.as_ref().is_some_and(words)
    }
}
