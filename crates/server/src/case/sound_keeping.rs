//! Whether the sound of a case is kept: what people ask for, and what follows from it.
//!
//! | message | who |
//! |---|---|
//! | `ask_keep_sound`, `keep_sound` | staff |
//! | `consent` to keeping the sound | citizen |
//! | `withdraw_sound` | staff and citizen |

use tolkebot_casework::SoundState;
use tolkebot_interpreter::HeardSound;
use tolkebot_protocol::{
    CaseEvent, ErrorCode, EventPayload, Notice, Role, SoundBasis, SoundEnd, SoundStop, UtteranceId,
};

use super::actor::Actor;
use super::keeper::KeeperTold;
use super::requests::{Refused, refuse};
use crate::config::KeepSound;

impl Actor {
    /// True if the municipality allows sound to be kept.
    pub(super) fn sound_may_be_kept(&self) -> bool {
        self.shared.config.privacy.keep_sound == KeepSound::WhenAgreed
    }

    /// Goes on where an earlier run of this conversation, or another server, stopped.
    pub(super) fn resume_sound(&mut self) {
        let was_kept =
            |event: &CaseEvent| matches!(event.payload, EventPayload::SoundKeepingStarted { .. });
        match self.journal.view().sound() {
            SoundState::Keeping if !self.sound_may_be_kept() => {
                self.stop_sound(SoundStop::Settings)
            }
            SoundState::Keeping => self.keeper.begin(),
            // A withdrawal may be stored and its sound not be destroyed yet.
            SoundState::Off if self.journal.log().iter().any(was_kept) => self.keeper.destroy(),
            SoundState::Off | SoundState::Stopped => {}
        }
    }

    fn may_keep_sound(&self, role: Role) -> Result<(), Refused> {
        if !self.sound_may_be_kept() {
            return refuse(
                ErrorCode::NotAllowed,
                "the setting `privacy.keep_sound` is `never`: the municipality must set it to \
                 `when_agreed` first",
            );
        }
        if role != Role::Staff {
            return refuse(ErrorCode::NotAllowed, "only staff has sound kept");
        }
        let view = self.journal.view();
        if view.ended() || view.cancelled() || self.draining.is_some() {
            return refuse(
                ErrorCode::NotAllowed,
                "the conversation has ended: open a new case",
            );
        }
        match view.sound() {
            SoundState::Off => Ok(()),
            SoundState::Keeping => refuse(ErrorCode::NotAllowed, "the sound is being kept already"),
            SoundState::Stopped => refuse(
                ErrorCode::NotAllowed,
                "no more sound of this case can be kept: have what there is destroyed first",
            ),
        }
    }

    pub(super) fn ask_keep_sound(&mut self, role: Role, by: Option<String>) -> Result<(), Refused> {
        self.may_keep_sound(role)?;
        self.record(role, EventPayload::SoundKeepingAsked { by });
        Ok(())
    }

    pub(super) fn keep_sound(
        &mut self,
        role: Role,
        basis: SoundBasis,
        by: Option<String>,
    ) -> Result<(), Refused> {
        self.may_keep_sound(role)?;
        let view = self.journal.view();
        let answer = view.consent(Role::Citizen, Notice::SoundKeeping);
        if basis == SoundBasis::Consent && answer.is_none() {
            return refuse(
                ErrorCode::NotAllowed,
                "the citizen has not consented to keeping the sound: send `ask_keep_sound` and wait for \
                 the answer",
            );
        }
        if view.sound_refused() {
            return refuse(
                ErrorCode::NotAllowed,
                "the citizen does not want the sound to be kept: only a yes to `ask_keep_sound` changes that",
            );
        }
        self.record(role, EventPayload::SoundKeepingStarted { basis, by });
        // What is being said at this moment began before it was decided.
        if let Some(talk) = &mut self.talk {
            talk.keep_from = talk.heard.clone();
        }
        Ok(())
    }

    /// The citizen's answer to the question whether sound may be kept.
    pub(super) fn sound_consent(&mut self, role: Role, accepted: bool) -> Result<(), Refused> {
        if role != Role::Citizen {
            return refuse(
                ErrorCode::NotAllowed,
                "only the citizen consents to keeping the sound",
            );
        }
        let notice = Notice::SoundKeeping;
        let view = self.journal.view();
        if accepted && !view.sound_asked() {
            return refuse(
                ErrorCode::NotAllowed,
                "nobody has asked whether the sound may be kept",
            );
        }
        if view.consent(role, notice) == Some(accepted) {
            return Ok(());
        }
        let kept = view.sound() != SoundState::Off;
        self.record(role, EventPayload::ConsentGiven { notice, accepted });
        if kept && !accepted {
            self.destroy_sound(role, None);
        }
        Ok(())
    }

    pub(super) fn withdraw_sound(&mut self, role: Role, by: Option<String>) -> Result<(), Refused> {
        if self.journal.view().sound() == SoundState::Off {
            return refuse(
                ErrorCode::NotAllowed,
                "no sound of this case is kept: there is nothing to destroy",
            );
        }
        self.destroy_sound(role, by);
        Ok(())
    }

    fn destroy_sound(&mut self, role: Role, by: Option<String>) {
        // At once, and not only when the event can be stored.
        self.keeper.destroy();
        let reason = SoundEnd::Withdrawn;
        self.record(role, EventPayload::SoundDestroyed { reason, by });
    }

    fn stop_sound(&mut self, reason: SoundStop) {
        if self.journal.view().sound() == SoundState::Keeping {
            self.record(Role::System, EventPayload::SoundKeepingStopped { reason });
        }
    }

    /// Takes the sound of settled words, if the case opted in before they were said.
    pub(super) fn hear(&mut self, id: UtteranceId, start_ms: u64, sound: HeardSound) {
        if self.journal.view().sound() != SoundState::Keeping || !self.sound_may_be_kept() {
            return;
        }
        let Some(speaker) = self
            .journal
            .view()
            .utterance(id)
            .map(|u| u.utterance.speaker)
        else {
            return;
        };
        let from = self
            .talk
            .as_ref()
            .and_then(|talk| talk.keep_from.get(&speaker));
        let from_ms = from.map_or(0, |samples| samples / 16);
        if start_ms >= from_ms && !self.keeper.take(id, sound) {
            self.stop_sound(SoundStop::Limit);
        }
    }

    /// An event is stored: what it allows may follow.
    pub(super) fn sound_follows(&mut self, event: &CaseEvent) {
        match &event.payload {
            EventPayload::UtteranceSettled(utterance) => self.keeper.settled(utterance.id),
            // The view knows what came after it.
            EventPayload::SoundKeepingStarted { .. }
                if self.journal.view().sound() == SoundState::Keeping =>
            {
                self.keeper.begin();
            }
            EventPayload::SoundDestroyed { .. }
                if self.journal.view().sound() == SoundState::Off =>
            {
                self.keeper.destroy();
            }
            _ => {}
        }
    }

    pub(super) fn keeper_told(&mut self, told: KeeperTold) {
        match told {
            KeeperTold::Full => self.stop_sound(SoundStop::Limit),
            KeeperTold::Unsealed => self.stop_sound(SoundStop::Unsealed),
            KeeperTold::NotSaved(reason) => {
                tracing::error!(case = %self.case, %reason, "sound cannot be stored");
                self.trouble(
                    ErrorCode::NotSaved,
                    "the sound of this case cannot be stored or destroyed at the moment; it is tried \
                     again: tell whoever runs this server",
                );
            }
            KeeperTold::SavedAgain => tracing::info!(case = %self.case, "sound is stored again"),
        }
    }
}
