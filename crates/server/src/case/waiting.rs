//! Typed words wait for spoken ones that began before them, so that what is read and filled in has the order in which
//! people said it: an answer must not come behind the next question.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;
use tolkebot_protocol::{ErrorCode, Role, ServerMessage, Speaker};

use super::ClientId;
use super::actor::Actor;
use super::requests::{Refused, refuse};

/// Longest typed text, characters.
const MAX_TYPED: usize = 2000;
/// Longest name that a client gives it, characters.
const MAX_NAME: usize = 64;

/// How long typed words wait at most. A client takes its connection for broken if they are not back after twice that.
const PATIENCE: Duration = Duration::from_secs(5);

/// What somebody typed.
pub(super) struct Typed {
    pub role: Role,
    pub speaker: Speaker,
    pub text: String,
    /// Its translation, if the form has that.
    pub translation: Option<String>,
    /// The client's own name for it.
    pub sent_as: Option<String>,
    /// When it was, ms from the channel's first sample.
    pub at_ms: u64,
}

/// Typed words that wait.
struct Held {
    typed: Typed,
    /// The stretches of speech that it waits for: whose, and their start.
    behind: Vec<(Speaker, u64)>,
    by: Instant,
}

/// Speech that is not settled yet, and what was typed meanwhile.
#[derive(Default)]
pub(super) struct Waiting {
    spoken: Vec<(Speaker, u64)>,
    typed: VecDeque<Held>,
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
        for held in &mut self.typed {
            held.behind.retain(goes_on);
        }
    }

    /// Takes typed words, behind all speech that is not settled.
    pub fn add(&mut self, now: Instant, typed: Typed) {
        self.typed.push_back(Held {
            typed,
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
        let held = self.typed.pop_front()?;
        // Speech that had its time holds up nothing that is typed later.
        self.spoken.retain(|one| !held.behind.contains(one));
        for later in &mut self.typed {
            later.behind.retain(|one| !held.behind.contains(one));
        }
        Some(held.typed)
    }

    /// When the next has waited long enough.
    pub fn wake_at(&self) -> Option<Instant> {
        self.typed.front().map(|held| held.by)
    }

    pub fn is_empty(&self) -> bool {
        self.typed.is_empty()
    }

    /// Whether words that were sent with this name wait.
    fn has(&self, speaker: Speaker, sent_as: &str) -> bool {
        let mut typed = self.typed.iter().map(|held| &held.typed);
        typed.any(|t| t.speaker == speaker && t.sent_as.as_deref() == Some(sent_as))
    }
}

impl Actor {
    /// Somebody types. Words of a name that was taken already are not taken again, whatever the conversation has become
    /// meanwhile: a client that lost its connection cannot know what arrived.
    pub(super) fn type_text(
        &mut self,
        client: ClientId,
        role: Role,
        speaker: Speaker,
        text: &str,
        sent_as: Option<String>,
    ) -> Result<(), Refused> {
        let text = text.trim();
        if text.is_empty() {
            return refuse(
                ErrorCode::BadMessage,
                "the typed text is empty: write something",
            );
        }
        let length = text.chars().count();
        if length > MAX_TYPED {
            return refuse(
                ErrorCode::TooLarge,
                format!("{length} characters typed: send at most {MAX_TYPED} at once"),
            );
        }
        if sent_as.as_deref().is_some_and(|id| !is_name(id)) {
            return refuse(
                ErrorCode::BadMessage,
                format!(
                    "the `id` of typed text is wrong: send 1 to {MAX_NAME} letters, digits, `-` or `_`"
                ),
            );
        }
        let name = sent_as.as_deref();
        if !name.is_some_and(|id| self.has_typed(speaker, id)) {
            self.may_speak(speaker)?;
            self.open_talk()?;
            self.take_typed(role, speaker, text.to_owned(), sent_as.clone());
        }
        if let Some(id) = sent_as
            && let Some(client) = self.clients.iter().find(|c| c.id == client)
        {
            client.outbox.send(&ServerMessage::TextTaken { id });
        }
        Ok(())
    }

    /// The form's own translation of what staff asks in its words: the next question has both languages, and what the
    /// screen shows under the Danish is what the citizen must hear.
    pub(super) fn asked_by_form(&self, speaker: Speaker, text: &str) -> Option<String> {
        if speaker != Speaker::Staff {
            return None;
        }
        let question = self.journal.view().form_state().next_question()?;
        (question.da.trim() == text).then_some(question.uk)
    }

    /// Whether a side's words of this name are in the log, or wait to be.
    fn has_typed(&self, speaker: Speaker, sent_as: &str) -> bool {
        let view = self.journal.view();
        let mut said = view.utterances().iter().rev().map(|one| &one.utterance);
        self.waiting.has(speaker, sent_as)
            || said.any(|one| one.speaker == speaker && one.sent_as.as_deref() == Some(sent_as))
    }

    /// Writes down typed words that have waited enough.
    pub(super) fn write_typed(&mut self) {
        while let Some(typed) = self.waiting.due(Instant::now()) {
            self.typed(typed);
        }
    }

    /// Writes down all typed words, whatever they wait for.
    pub(super) fn write_all_typed(&mut self) {
        while let Some(held) = self.waiting.typed.pop_front() {
            self.typed(held.typed);
        }
    }
}

/// Whether a client may name its words so: it stands in the log, and must say nothing of anybody.
fn is_name(id: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=MAX_NAME).contains(&id.len()) && id.bytes().all(fits)
}
