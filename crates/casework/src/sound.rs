//! The sound of a case that opted in: sealed under a key of its own, which is kept sealed under the
//! case's key. Destroying that key destroys the sound, whatever is left of its bytes, and leaves the
//! case and its chain as they are.
//!
//! Whether sound may be kept is decided by the log: [`CaseView::sound`](crate::CaseView::sound).

use jiff::Timestamp;
use tolkebot_protocol::{CaseEvent, CaseId, EventPayload, Role, SoundEnd, UtteranceId};

use crate::{CaseKey, FoldError, NewEvent, Store, StoreError};

/// Where a case stands with its sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SoundState {
    /// No sound is kept: nobody opted in, or it was destroyed.
    #[default]
    Off,
    /// The sound of what is said is kept.
    Keeping,
    /// No more is kept; what was kept is there.
    Stopped,
}

impl SoundState {
    /// After one more event.
    #[must_use]
    pub fn after(self, payload: &EventPayload) -> SoundState {
        match payload {
            EventPayload::SoundKeepingStarted { .. } => SoundState::Keeping,
            EventPayload::SoundKeepingStopped { .. } if self == SoundState::Keeping => {
                SoundState::Stopped
            }
            EventPayload::SoundDestroyed { .. } => SoundState::Off,
            _ => self,
        }
    }

    /// After all events of a case, and when its sound was first kept since it was last destroyed.
    pub fn of<'a>(
        events: impl IntoIterator<Item = &'a CaseEvent>,
    ) -> (SoundState, Option<&'a str>) {
        let mut state = SoundState::Off;
        let mut since = None;
        for event in events {
            let before = state;
            state = state.after(&event.payload);
            if state == SoundState::Off {
                since = None;
            } else if before == SoundState::Off {
                since = Some(event.at.as_str());
            }
        }
        (state, since)
    }
}

/// What became of a piece of sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SoundKept {
    /// It is stored.
    Stored,
    /// The case has as much as it may have; nothing was stored.
    Full,
    /// The case has no key for sound: it did not opt in, or withdrew. Nothing was stored.
    Off,
}

/// What a sound key is sealed with, so that it opens for its case only.
pub(crate) fn about_key(case: &CaseId) -> Vec<u8> {
    format!("tolkebot sound key 1 {case}").into_bytes()
}

/// What a piece of sound is sealed with, so that it opens as that utterance of its case only.
pub(crate) fn about(case: &CaseId, utterance: UtteranceId) -> Vec<u8> {
    format!("tolkebot sound 1 {case} {utterance}").into_bytes()
}

/// A new sound key, sealed under the case's key as stores keep it.
pub(crate) fn new_key(case: &CaseId, key: Option<&CaseKey>) -> Result<Vec<u8>, StoreError> {
    let case_key = key.ok_or_else(|| StoreError::Unsealed(case.clone()))?;
    Ok(case_key.wrap(&about_key(case), &CaseKey::generate()?)?)
}

/// The sound key of a case from what a store kept.
pub(crate) fn open_key(
    case: &CaseId,
    key: Option<&CaseKey>,
    wrapped: &[u8],
) -> Result<CaseKey, StoreError> {
    key.and_then(|key| key.unwrap(&about_key(case), wrapped))
        .ok_or_else(|| StoreError::Sound {
            case: case.clone(),
            reason: "its key does not open with the case's key",
        })
}

/// What is wrong with a piece of sound that does not open.
pub(crate) fn damaged(case: &CaseId) -> StoreError {
    StoreError::Sound {
        case: case.clone(),
        reason: "it does not open with its key",
    }
}

/// Why a case's sound cannot be withdrawn.
#[derive(Debug, thiserror::Error)]
pub enum WithdrawError {
    /// The store cannot do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no such case.
    #[error(transparent)]
    Fold(#[from] FoldError),
    /// There is nothing to destroy.
    #[error("no sound of case {0} is kept: there is nothing to destroy")]
    NoSound(CaseId),
}

/// Destroys the kept sound of a case and records that, outside a conversation. The sound goes first:
/// what people ask to be destroyed must not wait for anything.
///
/// # Errors
/// [`WithdrawError`].
pub fn withdraw_sound(
    store: &dyn Store,
    case: &CaseId,
    actor: Role,
    now: Timestamp,
) -> Result<(), WithdrawError> {
    if store.last(case)?.is_none() {
        return Err(FoldError::NoSuchCase(case.clone()).into());
    }
    if !end(store, case, actor, SoundEnd::Withdrawn, now)? {
        return Err(WithdrawError::NoSound(case.clone()));
    }
    Ok(())
}

/// Destroys the sound of a case and appends that it was. False if the log says that none is kept;
/// what a crash left is destroyed all the same.
pub(crate) fn end(
    store: &dyn Store,
    case: &CaseId,
    actor: Role,
    reason: SoundEnd,
    now: Timestamp,
) -> Result<bool, StoreError> {
    // A running conversation may append at the same time.
    for _ in 0..5 {
        let events = store.load(case, 0)?;
        let (state, _) = SoundState::of(events.iter().map(|one| &one.event));
        store.destroy_sound(case)?;
        if state == SoundState::Off {
            return Ok(false);
        }
        let seq = events.last().map_or(0, |one| one.event.seq);
        let ended = NewEvent {
            at: now,
            actor,
            payload: EventPayload::SoundDestroyed { reason, by: None },
        };
        match store.append(case, seq, &[ended]) {
            Err(StoreError::Conflict { .. }) => {}
            result => return result.map(|_| true),
        }
    }
    Err(StoreError::Together(format!(
        "the conversation of case {case} writes all the time"
    )))
}
