//! What clients ask, and who may ask it.
//!
//! | message | staff | citizen |
//! |---|---|---|
//! | sound, `type_text` | after the AI disclosure | after the AI disclosure and the processing notice |
//! | `consent`, `speak_again` | yes | yes |
//! | slots | yes | those that staff does not fill in |
//! | `request_interpreter` | no | yes |
//! | `end_conversation` | yes | no |
//!
//! Steps of the case's life: see `paper`; keeping the sound: see `sound_keeping`.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tokio::time::Instant;
use tolkebot_casework::SlotError;
use tolkebot_document::check_text;
use tolkebot_interpreter::InterpreterError;
use tolkebot_protocol::{
    ClientMessage, ErrorCode, EventPayload, Notice, Role, SAMPLE_RATE, Speaker, UtteranceId,
};

use super::ClientId;
use super::actor::Actor;
use super::ending::Draining;
use super::sounds::NotKept;
use crate::citizen;
use crate::heavy::in_place;
use crate::metrics::add;

/// Presses for a human interpreter within this time are one request.
const ASKED_ONCE: SignedDuration = SignedDuration::from_secs(10);

/// Trouble that the client is told of.
pub(super) type Refused = (ErrorCode, String);

pub(super) fn refuse<T>(code: ErrorCode, message: impl Into<String>) -> Result<T, Refused> {
    Err((code, message.into()))
}

impl Actor {
    pub(super) fn message(&mut self, id: ClientId, message: ClientMessage) {
        let Some((role, speaker)) = self.who(id) else {
            return;
        };
        let result = match message {
            ClientMessage::Hello { .. } => refuse(
                ErrorCode::BadMessage,
                "hello was said already: go on without it",
            ),
            ClientMessage::StartAudio { sample_rate } => self.start_audio(id, speaker, sample_rate),
            ClientMessage::Devices {
                microphone,
                voice,
                speaking,
            } => {
                self.devices(id, microphone, voice);
                self.speaking(id, speaker, speaking);
                Ok(())
            }
            ClientMessage::EndAudio {} => self.end_audio(id, speaker),
            ClientMessage::Consent { notice, accepted } => {
                self.consent(id, role, speaker, notice, accepted)
            }
            ClientMessage::AskKeepSound {} => self.ask_keep_sound(role, self.account(id)),
            ClientMessage::KeepSound { basis } => self.keep_sound(role, basis, self.account(id)),
            ClientMessage::WithdrawSound {} => self.withdraw_sound(role, self.account(id)),
            ClientMessage::RequestInterpreter {} => self.request_interpreter(role),
            ClientMessage::ConfirmSlot { key, value } => {
                self.confirm(role, key, value, self.account(id))
            }
            ClientMessage::CorrectSlot {
                key,
                value,
                person,
                seen,
            } => self
                .same_person(&key, person.as_deref())
                .and_then(|()| self.correct(role, key, &value, seen.as_ref(), self.account(id))),
            ClientMessage::ClearSlot { key, person, seen } => self
                .same_person(&key, person.as_deref())
                .and_then(|()| self.same_value(&key, seen.as_ref(), &Value::Null))
                .and_then(|()| self.clear(role, key, self.account(id))),
            ClientMessage::SpeakAgain { utterance } => self.speak_again(id, utterance),
            ClientMessage::TypeText { text, id: sent_as } => {
                self.type_text(id, role, speaker, &text, sent_as)
            }
            ClientMessage::EndConversation {} => self.end_conversation(role),
            ClientMessage::ReadBack { digest } => self.read_back(role, digest, self.account(id)),
            ClientMessage::ReadAgain {} => self.read_again(role),
            ClientMessage::ConfirmReadBack { digest } => self.confirm_read_back(role, digest),
            ClientMessage::DoubtReadBack { digest } => self.doubt_read_back(role, digest),
            ClientMessage::Sign { digest, ink } => self.sign(role, digest, ink),
            ClientMessage::SignedOnPaper { digest } => {
                self.signed_on_paper(role, digest, self.account(id))
            }
            ClientMessage::SendToReview {} => self.send_to_review(role, self.account(id)),
            ClientMessage::Reopen {} => self.reopen(role, self.account(id)),
            ClientMessage::CancelCase { reason } => {
                self.cancel_case(role, reason, self.account(id))
            }
        };
        if let Err((code, message)) = result
            && let Some(client) = self.clients.iter().find(|c| c.id == id)
        {
            client.outbox.error(code, message);
        }
    }

    /// Role and channel of a client; `None` if it was replaced meanwhile.
    fn who(&self, id: ClientId) -> Option<(Role, Speaker)> {
        let role = self.clients.iter().find(|c| c.id == id)?.role;
        Some((role, role.speaker()?))
    }

    /// Account of who sits at a client.
    fn account(&self, id: ClientId) -> Option<String> {
        let client = self.clients.iter().find(|c| c.id == id)?;
        client.account.clone()
    }

    pub(super) fn audio(&mut self, id: ClientId, samples: &[f32]) {
        let Some((_, speaker)) = self.who(id) else {
            return;
        };
        if let Err((code, message)) = self.take_audio(id, speaker, samples)
            && let Some(client) = self.clients.iter().find(|c| c.id == id)
        {
            client.outbox.audio_error(code, message);
        }
    }

    fn take_audio(
        &mut self,
        id: ClientId,
        speaker: Speaker,
        samples: &[f32],
    ) -> Result<(), Refused> {
        if self.is_under_way(id) {
            return Ok(());
        }
        self.may_speak(speaker)?;
        if !self.clients.iter().any(|c| c.id == id && c.audio_on) {
            return refuse(
                ErrorCode::BadAudio,
                "sound without `start_audio`: send that first",
            );
        }
        let Some(talk) = &mut self.talk else {
            return refuse(
                ErrorCode::EngineFailed,
                "the interpreter stopped: start audio again",
            );
        };
        match talk.handle.push(speaker, samples) {
            Ok(()) => {
                self.lag.heard(speaker, samples, Instant::now());
                *talk.heard.entry(speaker).or_default() += samples.len() as u64;
                let ms = samples.len() as u64 * 1000 / u64::from(SAMPLE_RATE);
                add(&self.shared.metrics.audio_ms, ms);
                Ok(())
            }
            Err(error @ InterpreterError::TooFast) => refuse(ErrorCode::TooFast, error.to_string()),
            Err(error) => refuse(ErrorCode::EngineFailed, error.to_string()),
        }
    }

    /// Refuses words of people who do not know yet what happens to them.
    pub(super) fn may_speak(&self, speaker: Speaker) -> Result<(), Refused> {
        let view = self.journal.view();
        if view.cancelled() {
            return refuse(
                ErrorCode::NotAllowed,
                "the case was given up: open a new one",
            );
        }
        let ends = |draining: &Draining| draining.ends_conversation;
        if view.ended() || self.draining.as_ref().is_some_and(ends) {
            return refuse(
                ErrorCode::NotAllowed,
                "the conversation has ended: open a new case",
            );
        }
        if self.draining.is_some() {
            return refuse(
                ErrorCode::ShuttingDown,
                "the server is stopping: say it again when you are connected again",
            );
        }
        match view.missing_consent(speaker) {
            None => Ok(()),
            Some(Notice::AiDisclosure) => refuse(
                ErrorCode::NotAllowed,
                "the AI disclosure has not been accepted on this side: show it and send `consent`",
            ),
            Some(Notice::Processing | Notice::SoundKeeping) => refuse(
                ErrorCode::NotAllowed,
                "the processing notice has not been accepted: show it and send `consent`",
            ),
        }
    }

    fn start_audio(
        &mut self,
        id: ClientId,
        speaker: Speaker,
        sample_rate: u32,
    ) -> Result<(), Refused> {
        if sample_rate != SAMPLE_RATE {
            return refuse(
                ErrorCode::BadAudio,
                format!("{sample_rate} samples a second: send {SAMPLE_RATE}, mono, 16-bit"),
            );
        }
        // As it is told that an engine failed, for example; its screen shows the end in a moment.
        if self.is_over_for(id) {
            return Ok(());
        }
        self.may_speak(speaker)?;
        self.open_talk()?;
        self.set_audio(id, true);
        Ok(())
    }

    fn end_audio(&mut self, id: ClientId, speaker: Speaker) -> Result<(), Refused> {
        let was_on = self.set_audio(id, false);
        self.microphone_off(speaker, was_on);
        Ok(())
    }

    fn set_audio(&mut self, id: ClientId, on: bool) -> bool {
        self.clients
            .iter_mut()
            .find(|c| c.id == id)
            .is_some_and(|client| {
                client.cut_off = None;
                std::mem::replace(&mut client.audio_on, on)
            })
    }

    fn consent(
        &mut self,
        id: ClientId,
        role: Role,
        speaker: Speaker,
        notice: Notice,
        accepted: bool,
    ) -> Result<(), Refused> {
        if notice == Notice::SoundKeeping {
            return self.sound_consent(role, accepted);
        }
        if self.journal.view().consent(role, notice) == Some(accepted) {
            return Ok(());
        }
        self.record(role, EventPayload::ConsentGiven { notice, accepted });
        if self.journal.view().missing_consent(speaker).is_some() {
            self.end_audio(id, speaker)?;
        }
        Ok(())
    }

    fn request_interpreter(&mut self, role: Role) -> Result<(), Refused> {
        if role != Role::Citizen {
            return refuse(
                ErrorCode::NotAllowed,
                "only the citizen asks for an interpreter",
            );
        }
        // Asked again later it is told again: staff may have ticked the first off. A double press is one.
        let now = self.shared.clock.now();
        let just_asked = |at: Timestamp| now.duration_since(at) < ASKED_ONCE;
        if !self.human_asked_at.is_some_and(just_asked) {
            self.human_asked_at = Some(now);
            self.record(role, EventPayload::InterpreterRequested {});
        }
        Ok(())
    }

    fn confirm(
        &mut self,
        role: Role,
        key: String,
        value: Value,
        by: Option<String>,
    ) -> Result<(), Refused> {
        self.may_change(role, &key)?;
        self.journal
            .view()
            .check_confirm(&key, &value)
            .map_err(slot_trouble)?;
        self.record(role, EventPayload::SlotConfirmed { key, value, by });
        Ok(())
    }

    fn correct(
        &mut self,
        role: Role,
        key: String,
        value: &Value,
        seen: Option<&Value>,
        by: Option<String>,
    ) -> Result<(), Refused> {
        self.may_change(role, &key)?;
        let value = self
            .journal
            .view()
            .check_correct(&key, value)
            .map_err(slot_trouble)?;
        self.same_value(&key, seen, &value)?;
        in_place(|| can_be_shown(&key, &value))?;
        self.record(role, EventPayload::SlotCorrected { key, value, by });
        Ok(())
    }

    fn clear(&mut self, role: Role, key: String, by: Option<String>) -> Result<(), Refused> {
        self.may_change(role, &key)?;
        self.journal
            .view()
            .check_clear(&key)
            .map_err(slot_trouble)?;
        self.record(role, EventPayload::SlotCleared { key, by });
        Ok(())
    }

    /// Refuses what was meant for another person: rows of persons are counted, and may move while somebody types.
    fn same_person(&self, key: &str, seen: Option<&str>) -> Result<(), Refused> {
        let Some(seen) = seen else {
            return Ok(());
        };
        let form = self.journal.view().form_state();
        match form.whose(key) {
            Some(now) if now != seen => refuse(
                ErrorCode::SlotChanged,
                format!(
                    "the person of `{key}` has changed since you saw it: look whom it is about now"
                ),
            ),
            _ => Ok(()),
        }
    }

    /// Refuses to write over what was heard while somebody wrote, unless both are the same.
    fn same_value(&self, key: &str, seen: Option<&Value>, written: &Value) -> Result<(), Refused> {
        let Some(seen) = seen else {
            return Ok(());
        };
        let now = self.journal.view().form_state().value(key);
        let now = now.unwrap_or(&Value::Null);
        if now == seen || now == written {
            return Ok(());
        }
        Err(slot_trouble(SlotError::Changed(key.to_owned())))
    }

    fn may_change(&self, role: Role, key: &str) -> Result<(), Refused> {
        if role == Role::Citizen && citizen::is_staffs(key) {
            return refuse(
                ErrorCode::NotAllowed,
                "that field is filled in by staff: tell them what is wrong",
            );
        }
        let view = self.journal.view();
        if view.cancelled() {
            return refuse(
                ErrorCode::NotAllowed,
                "the case was given up: open a new one",
            );
        }
        if view.lifecycle().is_frozen() {
            return refuse(
                ErrorCode::NotAllowed,
                "the document is being handed in, or was: nothing of it can be changed",
            );
        }
        Ok(())
    }

    fn speak_again(&self, id: ClientId, utterance: UtteranceId) -> Result<(), Refused> {
        let Some(client) = self.clients.iter().find(|c| c.id == id) else {
            return Ok(());
        };
        // It comes at once, however long it is: one at a time, or any number of them would wait here.
        if client.outbox.has_again() {
            return refuse(
                ErrorCode::TooFast,
                "what was asked for before is still on its way: ask when it is there",
            );
        }
        let frames = match self.sounds.again(utterance) {
            Ok(frames) => frames,
            Err(NotKept::Speaking) => {
                return refuse(
                    ErrorCode::BadMessage,
                    format!("utterance {utterance} is being spoken: ask when it is done"),
                );
            }
            Err(NotKept::Gone) => {
                return refuse(
                    ErrorCode::BadMessage,
                    format!(
                        "the sound of utterance {utterance} is not kept: only that of the last \
                         utterances is, and only while the conversation runs"
                    ),
                );
            }
        };
        if let Some((_, listener)) = self.who(id) {
            self.playing(listener, self.sounds.length(utterance));
        }
        for frame in frames {
            client.outbox.push(frame);
        }
        Ok(())
    }

    fn end_conversation(&mut self, role: Role) -> Result<(), Refused> {
        if role != Role::Staff {
            return refuse(ErrorCode::NotAllowed, "only staff ends the conversation");
        }
        self.end();
        Ok(())
    }
}

fn slot_trouble(error: SlotError) -> Refused {
    let code = match error {
        SlotError::Unknown(_) | SlotError::Refused(_) => ErrorCode::BadSlot,
        SlotError::Changed(_) => ErrorCode::SlotChanged,
    };
    (code, error.to_string())
}

/// What the document cannot show is refused where it is typed: once the citizen has signed it is too late.
fn can_be_shown(key: &str, value: &Value) -> Result<(), Refused> {
    let wrong = match value {
        Value::String(text) => check_text(key, text).err(),
        Value::Array(texts) => texts
            .iter()
            .filter_map(Value::as_str)
            .find_map(|text| check_text(key, text).err()),
        _ => None,
    };
    match wrong {
        Some(error) => refuse(ErrorCode::BadSlot, error.to_string()),
        None => Ok(()),
    }
}
