//! Whose turn it is to deliver a case: several servers may look after one store.

use jiff::{SignedDuration, Timestamp};
use tolkebot_casework::{Store, StoreError};
use tolkebot_protocol::CaseId;

/// How long a turn lasts at most: far longer than any way out takes, so that nobody else begins meanwhile. Whoever
/// takes one and falls holds the case up for as long.
const TURN: SignedDuration = SignedDuration::from_mins(10);

/// A turn that was taken.
pub(super) struct Turn<'a> {
    store: &'a dyn Store,
    note: String,
    who: &'a str,
}

impl<'a> Turn<'a> {
    /// Takes the turn at a case for `who`; `None` if somebody else has it.
    ///
    /// # Errors
    /// [`StoreError`]; then it may be taken all the same, until its time is over.
    pub(super) fn take(
        store: &'a dyn Store,
        case: &CaseId,
        who: &'a str,
        now: Timestamp,
    ) -> Result<Option<Turn<'a>>, StoreError> {
        let note = format!("outbox-turn/{case}");
        let mut taken = store.claim_note(&note, who, TURN, now)?;
        if !taken && store.note(&note, now)?.as_deref() == Some(who) {
            // One of its own, which could not be let go: while it lasts nobody else takes it.
            let expires = now.checked_add(TURN).unwrap_or(Timestamp::MAX);
            store.put_note(&note, who, expires, now)?;
            taken = true;
        }
        Ok(taken.then_some(Turn { store, note, who }))
    }

    /// Lets somebody else have the next one. What cannot be written ends by itself.
    pub(super) fn let_go(self, now: Timestamp) {
        let let_go = || {
            // Who took too long has lost it to somebody else.
            let held = self.store.note(&self.note, now)?;
            if held.as_deref() == Some(self.who) {
                self.store.take_note(&self.note, now)?;
            }
            Ok::<_, StoreError>(())
        };
        if let Err(error) = let_go() {
            tracing::warn!(%error, "no other server looks at a case before this one's turn is over");
        }
    }
}
