//! Looking for anything that is not what was appended: every event, the ledger, the daily heads.
//!
//! Needs no key: hashes cover what is stored. With the master key it also opens every event and
//! checks the signatures, which finds changes whose hashes were made anew.

use std::collections::HashMap;
use std::fmt;

use tolkebot_protocol::CaseId;

use crate::keys::{CaseKey, MasterKey};
use crate::ledger::{DayHead, LedgerEntry, LedgerHead, LedgerKind};
use crate::{EventHash, Fault, StoredEvent};

/// More findings than this are counted and not kept.
const MOST_FINDINGS: usize = 1000;

/// Something that is not as it was appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The case, if it is about one.
    pub case: Option<CaseId>,
    /// The event's sequence number, or the ledger entry's place if there is no case.
    pub at: u64,
    /// What is wrong.
    pub what: FindingKind,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FindingKind {
    /// An event is not what was appended.
    #[error("{0}")]
    Event(Fault),
    /// It cannot be opened with its case's key.
    #[error("it cannot be opened with the key of its case: it was changed, or moved here")]
    Sealed,
    /// The ledger knows newer events than there are.
    #[error("this and later events were taken away")]
    TakenAway,
    /// The ledger knows another event here.
    #[error("the ledger has another hash for it")]
    OtherHash,
    /// The ledger knows nothing of this event.
    #[error("it was put in: the ledger does not know it")]
    PutIn,
    /// The case's key is gone and nobody erased it.
    #[error("the key of the case is gone, and no erasure is recorded")]
    KeyGone,
    /// The case's key is not under this master key.
    #[error("the key of the case cannot be unwrapped with this master key")]
    WrongMaster,
    /// The case was erased and its key is still there.
    #[error("the case was erased, but its key or text is still there")]
    NotErased,
    /// An entry of the ledger is not what was written.
    #[error("the ledger's entry with this number is missing or changed")]
    Ledger,
    /// The ledger does not end where its head says.
    #[error("the ledger does not end where its head says: entries were taken away or put in")]
    Head,
    /// The head or a daily head is not signed with this master key.
    #[error("the head here is not signed with this master key")]
    Signature,
    /// A daily head is missing or not the day's last entry.
    #[error("the daily head of the entry with this number is missing or changed")]
    Day,
    /// The ledger does not have the head that was kept elsewhere.
    #[error("the ledger does not have the head that was kept elsewhere")]
    Anchor,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.case {
            Some(case) => write!(f, "case {case}, event {}: {}", self.at, self.what),
            None => write!(f, "ledger, entry {}: {}", self.at, self.what),
        }
    }
}

/// What an audit saw.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditReport {
    /// Cases looked at.
    pub cases: u64,
    /// Events looked at.
    pub events: u64,
    /// Events whose content was read, not only their hash.
    pub opened: u64,
    /// Erased cases among the cases.
    pub erased: u64,
    /// Entries of the ledger.
    pub entries: u64,
    /// Closed days.
    pub days: u64,
    /// Where the ledger ends.
    pub head: Option<LedgerHead>,
    /// The first findings: the ledger's first, then by case.
    pub findings: Vec<Finding>,
    /// Findings beyond these.
    pub more_findings: u64,
}

impl AuditReport {
    /// True if nothing was found.
    pub fn is_intact(&self) -> bool {
        self.findings.is_empty()
    }

    fn find(&mut self, case: Option<&CaseId>, at: u64, what: FindingKind) {
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(Finding {
                case: case.cloned(),
                at,
                what,
            });
        } else {
            self.more_findings += 1;
        }
    }
}

/// An event as it lies in a store.
#[derive(Debug, Clone)]
pub(crate) struct RawEvent {
    pub case: CaseId,
    pub seq: u64,
    pub body: String,
    pub previous: EventHash,
    pub hash: EventHash,
}

/// What a store has as a case's key.
pub(crate) enum KeyState {
    /// None: its events are not sealed.
    None,
    /// A wrapped key, which nobody can unwrap here.
    Wrapped,
    /// The key.
    Open(CaseKey),
    /// A wrapped key of another master key.
    Foreign,
}

struct Known {
    seq: u64,
    hash: EventHash,
    erased: bool,
    seen: bool,
}

/// Takes in a store's content in order (days, ledger, head, then events by case) and says what is
/// wrong.
pub(crate) struct Auditor<'a> {
    only: Option<&'a CaseId>,
    master: Option<&'a MasterKey>,
    anchor: Option<LedgerHead>,
    report: AuditReport,
    days: HashMap<String, DayHead>,
    newest_day: String,
    known: HashMap<CaseId, Known>,
    run: Option<Run>,
}

/// The case whose events come in.
struct Run {
    case: CaseId,
    seq: u64,
    hash: EventHash,
    key: KeyState,
    sealed: bool,
    bad: bool,
}

impl<'a> Auditor<'a> {
    pub fn new(
        only: Option<&'a CaseId>,
        master: Option<&'a MasterKey>,
        anchor: Option<LedgerHead>,
        days: Vec<DayHead>,
    ) -> Auditor<'a> {
        Auditor {
            only,
            master,
            anchor,
            report: AuditReport {
                days: days.len() as u64,
                ..AuditReport::default()
            },
            days: days.into_iter().map(|d| (d.day.clone(), d)).collect(),
            newest_day: String::new(),
            known: HashMap::new(),
            run: None,
        }
    }

    /// The next entry; `None` for one that cannot be read.
    pub fn entry(&mut self, entry: Option<LedgerEntry>) {
        let last = self.report.head;
        let (n, previous) = last.map_or((0, EventHash::START), |h| (h.n, h.chain));
        self.report.entries += 1;
        let Some(entry) = entry else {
            return self.report.find(None, n + 1, FindingKind::Ledger);
        };
        if entry.n != n + 1 || entry.chain != entry.chain_behind(previous) {
            self.report.find(None, n + 1, FindingKind::Ledger);
        }
        if entry.day() > self.newest_day.as_str() {
            if let Some(last) = last {
                let day = std::mem::take(&mut self.newest_day);
                self.day(&day, last);
            }
            entry.day().clone_into(&mut self.newest_day);
        }
        self.report.head = Some(entry.head());
        if self.anchor == self.report.head {
            self.anchor = None;
        }
        self.known.insert(
            entry.case,
            Known {
                seq: entry.seq,
                hash: entry.hash,
                erased: matches!(entry.kind, LedgerKind::Erased(_)),
                seen: false,
            },
        );
    }

    fn day(&mut self, day: &str, head: LedgerHead) {
        match self.days.remove(day) {
            Some(kept) if kept.head == head => {
                if !self.is_signed(Some(day), head, kept.signature.as_deref()) {
                    self.report.find(None, head.n, FindingKind::Signature);
                }
            }
            _ => self.report.find(None, head.n, FindingKind::Day),
        }
    }

    fn is_signed(&self, day: Option<&str>, head: LedgerHead, signature: Option<&[u8]>) -> bool {
        self.master.is_none_or(|key| {
            signature.is_some_and(|signature| key.is_signed(&head.statement(day), signature))
        })
    }

    /// The head that the store keeps, after all entries.
    pub fn head(&mut self, kept: Option<LedgerHead>, signature: Option<&[u8]>) {
        let found = self.report.head;
        let n = found.map_or(0, |h| h.n);
        if kept != found {
            self.report.find(None, n + 1, FindingKind::Head);
        } else if let Some(head) = kept
            && !self.is_signed(None, head, signature)
        {
            self.report.find(None, n, FindingKind::Signature);
        }
        let left: Vec<u64> = self.days.drain().map(|(_, day)| day.head.n).collect();
        for n in left {
            self.report.find(None, n, FindingKind::Day);
        }
        if let Some(anchor) = self.anchor.take() {
            self.report.find(None, anchor.n, FindingKind::Anchor);
        }
    }

    /// The next event, by case and number. `key` is asked at a case's first event.
    pub fn event<E>(
        &mut self,
        event: RawEvent,
        key: impl FnOnce(&CaseId) -> Result<KeyState, E>,
    ) -> Result<(), E> {
        if self.only.is_some_and(|only| *only != event.case) {
            return Ok(());
        }
        if self.run.as_ref().is_none_or(|run| run.case != event.case) {
            self.end_case();
            let key = key(&event.case)?;
            self.begin_case(&event.case, key);
        }
        self.report.events += 1;
        let erased = self.known.get(&event.case).is_some_and(|k| k.erased);
        let Some(run) = &mut self.run else {
            return Ok(());
        };
        let wrong = |fault| Some(FindingKind::Event(fault));
        let wanted = run.seq + 1;
        let mut what = None;
        if event.seq != wanted {
            what = wrong(Fault::Gap);
        } else if event.previous != run.hash {
            what = wrong(Fault::Link);
        } else if erased && event.body.is_empty() {
            // Text that was never sealed is taken away by an erasure; its links stay.
        } else if erased && !StoredEvent::is_sealed(&event.body) {
            what = Some(FindingKind::NotErased);
        } else {
            let sealed = StoredEvent::is_sealed(&event.body);
            run.sealed |= sealed;
            let case_key = match &run.key {
                KeyState::Open(key) => Some(key),
                _ => None,
            };
            if sealed && case_key.is_none() {
                if let Err(c) = StoredEvent::check_hash(&event) {
                    what = wrong(c);
                }
            } else {
                let (case, seq, previous) = (&event.case, event.seq, event.previous);
                match StoredEvent::open(case, seq, event.body, previous, event.hash, case_key) {
                    Ok(_) => self.report.opened += 1,
                    Err(c) if c.fault == Fault::Sealed => what = Some(FindingKind::Sealed),
                    Err(c) => what = wrong(c.fault),
                }
            }
        }
        if let Some(what) = what.filter(|_| !run.bad) {
            // The first bad event is named; those behind it follow from it.
            run.bad = true;
            self.report.find(Some(&event.case), wanted, what);
        }
        (run.seq, run.hash) = (event.seq, event.hash);
        Ok(())
    }

    fn begin_case(&mut self, case: &CaseId, key: KeyState) {
        self.report.cases += 1;
        let erased = self.known.get(case).is_some_and(|k| k.erased);
        self.report.erased += u64::from(erased);
        let mut bad = false;
        match key {
            KeyState::Wrapped | KeyState::Open(_) | KeyState::Foreign if erased => {
                self.report.find(Some(case), 1, FindingKind::NotErased);
            }
            KeyState::Foreign => {
                bad = true;
                self.report.find(Some(case), 1, FindingKind::WrongMaster);
            }
            _ => {}
        }
        self.run = Some(Run {
            case: case.clone(),
            seq: 0,
            hash: EventHash::START,
            key,
            sealed: false,
            bad,
        });
    }

    fn end_case(&mut self) {
        let Some(run) = self.run.take() else { return };
        let Some(known) = self.known.get_mut(&run.case) else {
            if !run.bad {
                self.report.find(Some(&run.case), 1, FindingKind::PutIn);
            }
            return;
        };
        known.seen = true;
        if run.bad {
            return;
        }
        let erased = known.erased;
        let (at, what) = if run.seq < known.seq {
            (run.seq + 1, FindingKind::TakenAway)
        } else if run.seq > known.seq {
            (known.seq + 1, FindingKind::PutIn)
        } else if run.hash != known.hash {
            (run.seq, FindingKind::OtherHash)
        } else if run.sealed && matches!(run.key, KeyState::None) && !erased {
            (1, FindingKind::KeyGone)
        } else {
            return;
        };
        self.report.find(Some(&run.case), at, what);
    }

    /// The result, after all events.
    pub fn finish(mut self) -> AuditReport {
        self.end_case();
        let mut gone: Vec<CaseId> = self
            .known
            .iter()
            .filter(|(case, known)| !known.seen && self.only.is_none_or(|only| only == *case))
            .map(|(case, _)| case.clone())
            .collect();
        gone.sort();
        for case in gone {
            self.report.find(Some(&case), 1, FindingKind::TakenAway);
        }
        self.report
    }
}
