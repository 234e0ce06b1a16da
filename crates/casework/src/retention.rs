//! How long cases are kept, and erasing those whose time is over.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use tolkebot_protocol::{CaseEvent, CaseId, CaseStage, EventPayload, Role, SoundEnd};

use crate::ledger::ErasureReason;
use crate::sound::{self, SoundState};
use crate::{CaseView, Store, StoreError};

/// Lines of the list that are looked at together.
const PAGE: usize = 256;

/// How far a case has come, as far as keeping it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseState {
    /// The conversation goes on, or was left without an end.
    Open,
    /// Staff ended the conversation.
    Ended,
    /// The case was given up.
    Cancelled,
    /// The citizen's signature holds, and somebody has it to do: staff, the second person, or the
    /// server that seals it. Never erased by age, however long that takes.
    Signed,
    /// Its document is sealed and on its way: never erased by age, or it would be lost.
    HandingIn,
    /// Its document arrived.
    Submitted,
}

/// How long cases are kept after their last event, in days, by state. 0: until somebody erases them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Retention {
    /// Conversations that nobody ended, days.
    pub open_days: u32,
    /// Conversations that staff ended, days.
    pub ended_days: u32,
    /// Cases that were given up, days.
    pub cancelled_days: u32,
    /// Cases that were handed in, days.
    pub submitted_days: u32,
    /// The sound of a case that opted in, in whatever state, days from when keeping began. 0: as long
    /// as its case.
    pub sound_days: u32,
}

impl Retention {
    /// How many days after its case is over (handed in, given up, or left unsigned) the text of a conversation is erased at the
    /// latest; `None` if in one of these states nothing is erased by age.
    pub fn at_the_latest(&self) -> Option<u32> {
        let days = [
            self.open_days,
            self.ended_days,
            self.cancelled_days,
            self.submitted_days,
        ];
        days.iter()
            .all(|&d| d > 0)
            .then(|| days.into_iter().max())?
    }
}

impl Default for Retention {
    fn default() -> Self {
        Retention {
            open_days: 0,
            ended_days: 0,
            cancelled_days: 0,
            submitted_days: 0,
            sound_days: 30,
        }
    }
}

impl Retention {
    /// Days for a state; `None` if cases in it are kept.
    fn days(&self, state: CaseState) -> Option<u32> {
        let days = match state {
            CaseState::Open => self.open_days,
            CaseState::Ended => self.ended_days,
            CaseState::Cancelled => self.cancelled_days,
            CaseState::Submitted => self.submitted_days,
            CaseState::Signed | CaseState::HandingIn => 0,
        };
        (days > 0).then_some(days)
    }

    /// True if no case is ever erased by age; its sound may be.
    pub fn keeps_cases(&self) -> bool {
        let days = [
            self.open_days,
            self.ended_days,
            self.cancelled_days,
            self.submitted_days,
        ];
        days == [0; 4]
    }
}

/// A case whose time is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Expired {
    /// The case.
    pub case: CaseId,
    /// How far it had come.
    pub state: CaseState,
    /// Time of its newest event, RFC 3339.
    pub changed_at: String,
}

/// A case whose sound's time is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExpiredSound {
    /// The case.
    pub case: CaseId,
    /// Since when its sound was kept, RFC 3339; `None` if the log does not say that any is.
    pub since: Option<String>,
}

/// What keeping the rules came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Retained {
    /// Cases whose time is over; erased unless it was a dry run.
    pub expired: Vec<Expired>,
    /// Cases whose sound's time is over; destroyed unless it was a dry run.
    pub sounds: Vec<ExpiredSound>,
    /// Old cases that cannot be read, so that nobody knows how far they had come. Not erased.
    pub unreadable: Vec<CaseId>,
}

/// How far a case has come.
///
/// # Errors
/// [`StoreError`] if it cannot be read.
pub fn state_of(store: &dyn Store, case: &CaseId) -> Result<CaseState, StoreError> {
    read(store, case).map(|(state, _)| state)
}

/// How far a case has come, and the time of its newest event.
fn read(store: &dyn Store, case: &CaseId) -> Result<(CaseState, String), StoreError> {
    let stored = store.load(case, 0)?;
    let events: Vec<CaseEvent> = stored.into_iter().map(|one| one.event).collect();
    let by_kind = events
        .iter()
        .fold(CaseState::Open, |state, one| match (state, &one.payload) {
            (CaseState::Submitted | CaseState::Cancelled, _) => state,
            (_, EventPayload::Submitted { .. }) => CaseState::Submitted,
            (CaseState::HandingIn, _) | (_, EventPayload::DocumentSealed { .. }) => {
                CaseState::HandingIn
            }
            (_, EventPayload::Cancelled { .. }) => CaseState::Cancelled,
            (_, EventPayload::ConversationEnded {}) => CaseState::Ended,
            _ => state,
        });
    let signed = events
        .iter()
        .any(|one| matches!(one.payload, EventPayload::Signed { .. }));
    let state = match by_kind {
        // Only the fold knows whether the signature still holds. Cases that nobody signed need none.
        CaseState::Open | CaseState::Ended if signed => match stage(case, &events)? {
            CaseStage::Signed | CaseStage::InReview | CaseStage::Returned | CaseStage::Approved => {
                CaseState::Signed
            }
            CaseStage::Open | CaseStage::ReadBack | CaseStage::Cancelled | CaseStage::Submitted => {
                by_kind
            }
        },
        _ => by_kind,
    };
    let at = events.last().map_or_else(String::new, |one| one.at.clone());
    Ok((state, at))
}

fn stage(case: &CaseId, events: &[CaseEvent]) -> Result<CaseStage, StoreError> {
    let view = CaseView::fold(case, events).map_err(|error| StoreError::Unstorable {
        case: case.clone(),
        seq: events.last().map_or(0, |one| one.seq),
        reason: error.to_string(),
    })?;
    Ok(view.lifecycle().stage())
}

/// Note with the time when erasing by age was last looked at.
const LOOKED: &str = "retention-looked";

/// When erasing by age was last looked at with this store; `None` if it never was.
///
/// # Errors
/// [`StoreError`].
pub fn last_retained(store: &dyn Store, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let note = store.note(LOOKED, now)?;
    Ok(note.and_then(|at| at.parse().ok()))
}

/// A clock that was behind and was put right: what was written meanwhile looks older than it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leap {
    /// Since when the clock was behind at the earliest, by that clock.
    pub from: Timestamp,
    /// When it was put right at the latest, by that clock.
    pub until: Timestamp,
    /// By how much, seconds.
    pub by_s: i64,
}

impl Leap {
    /// When it was in truth.
    fn right(&self, at: Timestamp) -> Timestamp {
        if !(self.from..=self.until).contains(&at) {
            return at;
        }
        let by = SignedDuration::from_secs(self.by_s);
        at.checked_add(by).unwrap_or(Timestamp::MAX)
    }
}

/// Note with the last leap.
const LEAPT: &str = "retention-leapt";

/// Keeps a leap instead of an earlier one, so that [`retain`] knows how old is what was written before it.
///
/// # Errors
/// [`StoreError`].
pub fn note_leap(store: &dyn Store, leap: &Leap, now: Timestamp) -> Result<(), StoreError> {
    let text = serde_json::to_string(leap).unwrap_or_default();
    store.put_note(LEAPT, &text, Timestamp::MAX, now)
}

fn last_leap(store: &dyn Store, now: Timestamp) -> Result<Option<Leap>, StoreError> {
    let note = store.note(LEAPT, now)?;
    Ok(note.and_then(|text| serde_json::from_str(&text).ok()))
}

/// Erases every case whose time is over and destroys the sound whose time is over, or only says which
/// with `dry_run`.
///
/// # Errors
/// [`StoreError`] if the store cannot be read or written; cases erased by then stay erased.
pub fn retain(
    store: &dyn Store,
    rules: &Retention,
    now: Timestamp,
    dry_run: bool,
) -> Result<Retained, StoreError> {
    let retained = erase_over(store, rules, now, dry_run)?;
    if !dry_run {
        store.put_note(LOOKED, &now.to_string(), Timestamp::MAX, now)?;
    }
    Ok(retained)
}

fn erase_over(
    store: &dyn Store,
    rules: &Retention,
    now: Timestamp,
    dry_run: bool,
) -> Result<Retained, StoreError> {
    let mut retained = Retained::default();
    let leap = last_leap(store, now)?;
    let states = [
        CaseState::Open,
        CaseState::Ended,
        CaseState::Cancelled,
        CaseState::Submitted,
    ];
    let Some(shortest) = states.iter().filter_map(|s| rules.days(*s)).min() else {
        retain_sound(store, rules, now, dry_run, &mut retained)?;
        return Ok(retained);
    };
    let mut after = None;
    loop {
        let page = store.list_page(after.as_ref(), PAGE)?;
        let Some(last) = page.last() else {
            retain_sound(store, rules, now, dry_run, &mut retained)?;
            return Ok(retained);
        };
        after = Some(last.case.clone());
        for line in page.into_iter().filter(|line| !line.erased) {
            // A time that cannot be read belongs to a damaged case: the audit's business.
            let Ok(is_over) = age(&line.changed_at, leap, now) else {
                retained.unreadable.push(line.case);
                continue;
            };
            if !is_over(shortest) {
                continue;
            }
            // The list only says where to look; what is erased is decided by the events.
            let (state, changed_at) = match read(store, &line.case) {
                Ok(read) => read,
                Err(
                    StoreError::Corrupt(_)
                    | StoreError::MasterKey { .. }
                    | StoreError::Unstorable { .. },
                ) => {
                    retained.unreadable.push(line.case);
                    continue;
                }
                Err(error) => return Err(error),
            };
            let over = age(&changed_at, leap, now).is_ok_and(|is_over| {
                let days = rules.days(state);
                days.is_some_and(is_over)
            });
            if !over {
                continue;
            }
            if !dry_run {
                store.erase(&line.case, ErasureReason::Retention, now)?;
            }
            retained.expired.push(Expired {
                case: line.case,
                state,
                changed_at,
            });
        }
    }
}

/// Destroys the sound whose time is over, and what is there although the log does not say so: of a
/// server that fell between two steps.
fn retain_sound(
    store: &dyn Store,
    rules: &Retention,
    now: Timestamp,
    dry_run: bool,
    retained: &mut Retained,
) -> Result<(), StoreError> {
    let leap = last_leap(store, now)?;
    for case in store.cases_with_sound()? {
        // Its case is erased in this very run, or would be.
        if retained.expired.iter().any(|one| one.case == case) {
            continue;
        }
        let events = match store.load(&case, 0) {
            Ok(events) => events,
            Err(StoreError::Corrupt(_) | StoreError::MasterKey { .. }) => {
                if !retained.unreadable.contains(&case) {
                    retained.unreadable.push(case);
                }
                continue;
            }
            Err(StoreError::Erased(_)) => continue,
            Err(error) => return Err(error),
        };
        let (state, since) = SoundState::of(events.iter().map(|one| &one.event));
        let over = match (state, since.map(|since| age(since, leap, now))) {
            (SoundState::Off, _) => true,
            (_, Some(Ok(is_over))) => rules.sound_days > 0 && is_over(rules.sound_days),
            _ => false,
        };
        if !over {
            continue;
        }
        let since = since.map(str::to_owned);
        if !dry_run {
            sound::end(store, &case, Role::System, SoundEnd::Expired, now)?;
        }
        retained.sounds.push(ExpiredSound { case, since });
    }
    Ok(())
}

/// Says of a number of days whether they have gone by since a time.
fn age(
    changed_at: &str,
    leap: Option<Leap>,
    now: Timestamp,
) -> Result<impl Fn(u32) -> bool, jiff::Error> {
    let written: Timestamp = changed_at.parse()?;
    let changed = leap.map_or(written, |leap| leap.right(written));
    Ok(move |days: u32| {
        now.duration_since(changed) >= SignedDuration::from_hours(24 * i64::from(days))
    })
}
