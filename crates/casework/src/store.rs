//! What keeps the logs.

use jiff::{SignedDuration, Timestamp};
use tolkebot_protocol::{CaseEvent, CaseId, EventPayload, Role, UtteranceId};
use zeroize::Zeroizing;

use crate::audit::AuditReport;
use crate::chain::check_links;
use crate::ledger::{ErasureReason, LedgerHead};
use crate::outline::Snapshot;
use crate::progress::Progress;
use crate::sound::SoundKept;
use crate::{CaseKey, Corruption, EventHash, StoreError, StoredEvent};

/// An event that has no place in the log yet.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEvent {
    /// When it happened; kept to the millisecond.
    pub at: Timestamp,
    /// Who caused it.
    pub actor: Role,
    /// What happened.
    pub payload: EventPayload,
}

impl NewEvent {
    /// True if `event` is this one with a place in the log.
    pub fn is_same_as(&self, event: &CaseEvent) -> bool {
        event.actor == self.actor
            && event.payload == self.payload
            && event.at == format!("{:.3}", self.at)
    }
}

/// The newest place of a case's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Sequence number of the newest event.
    pub seq: u64,
    /// Its hash.
    pub hash: EventHash,
}

/// One line of the list of cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseSummary {
    /// The case.
    pub case: CaseId,
    /// Sequence number of the newest event.
    pub seq: u64,
    /// Time of the first event, RFC 3339.
    pub opened_at: String,
    /// Time of the newest event, RFC 3339.
    pub changed_at: String,
    /// True if the case was erased: only this line of it is left.
    pub erased: bool,
    /// How far it has come; `None` where an older program wrote the line, and for erased cases.
    pub progress: Option<Progress>,
}

/// Keeps every case's log. All methods block until the work is done; what `append` returned
/// survives a crash of the process (and of the machine, for stores on disk).
pub trait Store: Send + Sync {
    /// Appends events behind event `expected` (0 for a new case); all of them or none. The caller
    /// shows an event only after this returned it.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if the newest event is not `expected`.
    fn append(
        &self,
        case: &CaseId,
        expected: u64,
        events: &[NewEvent],
    ) -> Result<Vec<StoredEvent>, StoreError>;

    /// The events with a sequence number above `after`, oldest first; none for an unknown case.
    /// Their hashes are checked.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] if they are not what was appended.
    fn load(&self, case: &CaseId, after: u64) -> Result<Vec<StoredEvent>, StoreError>;

    /// All cases, in order of their ids.
    fn list(&self) -> Result<Vec<CaseSummary>, StoreError>;

    /// The next cases behind `after` in order of their ids, at most `most`: the list page by page.
    ///
    /// The list is kept beside the events and is what somebody who can write the database made of
    /// it; decisions are taken from the events.
    fn list_page(
        &self,
        after: Option<&CaseId>,
        most: usize,
    ) -> Result<Vec<CaseSummary>, StoreError> {
        let all = self.list()?.into_iter();
        let behind = all.filter(|line| after.is_none_or(|after| line.case > *after));
        Ok(behind.take(most).collect())
    }

    /// The cases that have come as far as one of `wanted`, and those whose lines do not say how far, in
    /// order of their ids; no erased ones. See [`cases_in`](crate::cases_in).
    fn list_in(&self, wanted: &[Progress]) -> Result<Vec<CaseSummary>, StoreError> {
        let mut lines = self.list()?;
        lines.retain(|line| !line.erased && line.progress.is_none_or(|at| wanted.contains(&at)));
        Ok(lines)
    }

    /// Completes a line that does not say how far the case has come, if its newest event is still
    /// `seq`.
    fn set_progress(&self, case: &CaseId, seq: u64, progress: Progress) -> Result<(), StoreError> {
        let _ = (case, seq, progress);
        Ok(())
    }

    /// Keeps a snapshot of a case instead of an earlier one, sealed as its events are. Nothing is kept
    /// of a case that was erased or has no events. A store that keeps none is a store all the same.
    fn put_snapshot(&self, case: &CaseId, snapshot: &Snapshot) -> Result<(), StoreError> {
        let _ = (case, snapshot);
        Ok(())
    }

    /// The snapshot of a case; `None` if there is none, or it is not what was kept.
    fn snapshot(&self, case: &CaseId) -> Result<Option<Snapshot>, StoreError> {
        let _ = case;
        Ok(None)
    }

    /// Makes the key under which the sound of a case is kept, if it has none. Who calls this has made
    /// sure that the case opted in.
    ///
    /// # Errors
    /// [`StoreError::Unsealed`] if the case is not sealed, or this store keeps no sound.
    fn begin_sound(&self, case: &CaseId) -> Result<(), StoreError> {
        Err(StoreError::Unsealed(case.clone()))
    }

    /// Keeps the sound of an utterance, a WAV file, instead of an earlier one, unless the case would
    /// have more than `most` bytes of it then.
    fn keep_sound(
        &self,
        case: &CaseId,
        utterance: UtteranceId,
        wav: &Zeroizing<Vec<u8>>,
        most: u64,
    ) -> Result<SoundKept, StoreError> {
        let _ = (case, utterance, wav, most);
        Ok(SoundKept::Off)
    }

    /// The utterances of a case whose sound is kept, in order.
    fn sounds(&self, case: &CaseId) -> Result<Vec<UtteranceId>, StoreError> {
        let _ = case;
        Ok(Vec::new())
    }

    /// The kept sound of an utterance, a WAV file.
    ///
    /// # Errors
    /// [`StoreError::Sound`] if it is not what was kept.
    fn sound(
        &self,
        case: &CaseId,
        utterance: UtteranceId,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        let _ = (case, utterance);
        Ok(None)
    }

    /// Destroys the sound of a case and its key, for good. A case without sound stays as it is.
    fn destroy_sound(&self, case: &CaseId) -> Result<(), StoreError> {
        let _ = case;
        Ok(())
    }

    /// The cases with a key for sound, in order of their ids.
    fn cases_with_sound(&self) -> Result<Vec<CaseId>, StoreError> {
        Ok(Vec::new())
    }

    /// Whether it can be used: it can be read, and is still what the next start will open. Says nothing of
    /// room on the disk.
    ///
    /// # Errors
    /// [`StoreError`], with what is the matter.
    fn check(&self) -> Result<(), StoreError> {
        self.last(&CaseId(String::new())).map(|_| ())
    }

    /// The newest event's place; `None` for an unknown case.
    fn last(&self, case: &CaseId) -> Result<Option<Head>, StoreError>;

    /// Destroys what makes a case readable, for good, and records it in the ledger. The chains stay
    /// whole. Its sound, its snapshot and its notes ([`Store::put_note`]) go with it. Erasing an erased case again
    /// removes notes that came later, and changes nothing else.
    ///
    /// # Errors
    /// [`StoreError`] if it cannot be written; then the case may still be there.
    fn erase(&self, case: &CaseId, reason: ErasureReason, now: Timestamp)
    -> Result<(), StoreError>;

    /// Looks for anything that is not what was appended, in one case or in all. `anchor` is a head
    /// that was kept elsewhere; the ledger must have it.
    ///
    /// # Errors
    /// [`StoreError`] if the store cannot be read at all.
    fn audit(
        &self,
        only: Option<&CaseId>,
        anchor: Option<LedgerHead>,
    ) -> Result<AuditReport, StoreError>;

    /// Keeps a note beside the logs: something small that must survive a restart and may be
    /// forgotten afterwards, such as a ticket under the hash of its secret. Replaces an earlier one
    /// with the same key, and forgets those that have expired at `now`.
    ///
    /// A note about one case has the case's id as a part of its key between slashes, after a first
    /// part that says what it is: `KIND/CASE` or `KIND/CASE/…`. It goes when the case is erased.
    fn put_note(
        &self,
        key: &str,
        value: &str,
        expires: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// Keeps a note for as long as `lasts` if there is none with this key; true if it was kept. Of several who ask at
    /// once, on several servers too, exactly one is told so. It ends by itself, so that who asked and fell holds
    /// nobody up: one that has expired counts for nothing, and neither does one with more than twice its time left,
    /// which was written while a clock was ahead.
    fn claim_note(
        &self,
        key: &str,
        value: &str,
        lasts: SignedDuration,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Whether there are sealed cases and this store's master key, if it has one, opens none of them: nothing may be
    /// written then, neither new cases nor a ledger that this key signs.
    fn is_sealed_by_another(&self) -> Result<bool, StoreError> {
        Ok(false)
    }

    /// The keys of notes that begin with `prefix`, in order.
    fn note_keys(&self, prefix: &str, now: Timestamp) -> Result<Vec<String>, StoreError>;

    /// The note under a key; `None` if there is none or it has expired at `now`.
    fn note(&self, key: &str, now: Timestamp) -> Result<Option<String>, StoreError>;

    /// Like [`Store::note`], and removes it: of several takers exactly one gets it.
    fn take_note(&self, key: &str, now: Timestamp) -> Result<Option<String>, StoreError>;
}

/// The times by which [`Store::claim_note`] decides.
pub(crate) struct Claim {
    pub now: Timestamp,
    /// When the new note ends.
    pub expires: Timestamp,
    /// A note that ends later than this counts for nothing.
    pub latest: Timestamp,
}

impl Claim {
    pub fn new(lasts: SignedDuration, now: Timestamp) -> Claim {
        let after = |at: Timestamp| at.checked_add(lasts).unwrap_or(Timestamp::MAX);
        let expires = after(now);
        Claim {
            now,
            expires,
            latest: after(expires),
        }
    }
}

/// True for the key of a note that is about a case. `owner:CASE` is how who opened it was once written.
pub(crate) fn is_note_of(key: &str, case: &CaseId) -> bool {
    key.split('/').skip(1).any(|part| part == case.0) || key.strip_prefix("owner:") == Some(&case.0)
}

/// Checks a case's whole log and returns its newest place; `None` for an unknown case.
///
/// # Errors
/// [`StoreError::Corrupt`] at the first event that is not what was appended.
pub fn verify(store: &dyn Store, case: &CaseId) -> Result<Option<Head>, StoreError> {
    let events = store.load(case, 0)?;
    let hash = check_links(case, 0, EventHash::START, &events)?;
    let Some(newest) = events.last() else {
        return Ok(None);
    };
    let head = Head {
        seq: newest.event.seq,
        hash,
    };
    // The head that writers continue from must be the chain's end.
    match store.last(case)? {
        Some(last) if last.seq > head.seq => Ok(Some(last)), // appended meanwhile
        Some(last) if last == head => Ok(Some(head)),
        _ => Err(Corruption {
            case: case.clone(),
            seq: head.seq,
            fault: crate::Fault::Link,
        }
        .into()),
    }
}

/// Seals `events` behind `head` and refuses ids that are not ours.
pub(crate) fn seal_all(
    case: &CaseId,
    head: Option<Head>,
    expected: u64,
    events: &[NewEvent],
    key: Option<&CaseKey>,
) -> Result<Vec<StoredEvent>, StoreError> {
    if !case.is_well_formed() {
        return Err(StoreError::BadCaseId(case.0.chars().take(80).collect()));
    }
    let head = head.unwrap_or(Head {
        seq: 0,
        hash: EventHash::START,
    });
    if head.seq != expected {
        return Err(StoreError::Conflict {
            case: case.clone(),
            expected,
            actual: head.seq,
        });
    }
    let mut previous = head.hash;
    let mut sealed = Vec::with_capacity(events.len());
    for (event, seq) in events.iter().zip(expected + 1..) {
        let one = StoredEvent::seal_with(case, seq, previous, event, key)?;
        previous = one.hash;
        sealed.push(one);
    }
    Ok(sealed)
}
