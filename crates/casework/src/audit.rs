//! Looking for anything that is not what was appended: every event, the ledger, the daily heads.
//!
//! Needs no key: hashes cover what is stored. With the master key it also opens every event and
//! checks the signatures, which finds changes whose hashes were made anew.

use std::collections::HashMap;
use std::fmt;

use tolkebot_protocol::CaseId;

use crate::keys::{CaseKey, MasterKey};
use crate::ledger::{DayHead, LedgerEntry, LedgerHead};
use crate::progress::Progress;
use crate::{CaseSummary, EventHash, Fault, StoredEvent};

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
    /// The list of cases is not what the events say.
    #[error("the list of cases says something else about it than its events")]
    Listed,
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

/// What the ledger says last of a case.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub case: CaseId,
    pub seq: u64,
    pub hash: EventHash,
    pub erased: bool,
}

impl From<&LedgerEntry> for Known {
    fn from(entry: &LedgerEntry) -> Self {
        Known {
            case: entry.case.clone(),
            seq: entry.seq,
            hash: entry.hash,
            erased: entry.kind.is_erasure(),
        }
    }
}

/// What a store has about its cases besides their events. Both lists are in the order of the cases'
/// ids, so that they can be read side by side with the events, however many there are.
pub(crate) trait AboutCases {
    /// Why it cannot be read.
    type Error;

    /// The next case of the ledger.
    fn known(&mut self) -> Result<Option<Known>, Self::Error>;

    /// The next case of the list.
    fn listed(&mut self) -> Result<Option<CaseSummary>, Self::Error>;

    /// A case's key. Cases are asked for in order, not all of them.
    fn key(&mut self, case: &CaseId) -> Result<KeyState, Self::Error>;
}

/// Takes in a store's content in order (days, ledger, head, then events by case) and says what is
/// wrong. Keeps one case at a time, and the days.
pub(crate) struct Auditor<'a> {
    master: Option<&'a MasterKey>,
    anchor: Option<LedgerHead>,
    report: AuditReport,
    days: HashMap<String, DayHead>,
    newest_day: String,
    /// The next ones of the two lists, once they were asked for.
    known: Option<Option<Known>>,
    listed: Option<Option<CaseSummary>>,
    run: Option<Run>,
}

/// The case whose events come in.
struct Run {
    case: CaseId,
    known: Option<Known>,
    listed: Option<CaseSummary>,
    seq: u64,
    hash: EventHash,
    /// Times of the first and the newest event, where they can be read.
    times: Option<(String, String)>,
    /// How far the case has come, while every event was opened.
    progress: Option<Progress>,
    key: KeyState,
    sealed: bool,
    bad: bool,
}

impl Run {
    fn is_erased(&self) -> bool {
        self.known.as_ref().is_some_and(|known| known.erased)
    }

    /// Whether the list of cases says what the events say.
    fn is_listed_right(&self) -> bool {
        let Some(listed) = &self.listed else {
            return false;
        };
        let times = self.times.as_ref().is_none_or(|(first, newest)| {
            (&listed.opened_at, &listed.changed_at) == (first, newest)
        });
        // A line without it is one of an older program.
        let progress = self.progress.is_none()
            || listed.progress.is_none()
            || listed.progress == self.progress;
        times && progress && (listed.seq, listed.erased) == (self.seq, self.is_erased())
    }
}

impl<'a> Auditor<'a> {
    pub fn new(
        master: Option<&'a MasterKey>,
        anchor: Option<LedgerHead>,
        days: Vec<DayHead>,
    ) -> Auditor<'a> {
        Auditor {
            master,
            anchor,
            report: AuditReport {
                days: days.len() as u64,
                ..AuditReport::default()
            },
            days: days.into_iter().map(|d| (d.day.clone(), d)).collect(),
            newest_day: String::new(),
            known: None,
            listed: None,
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

    /// The next event, by case and number.
    pub fn event<S: AboutCases>(&mut self, event: RawEvent, about: &mut S) -> Result<(), S::Error> {
        let mut run = match self.run.take() {
            Some(run) if run.case == event.case => run,
            ended => {
                if let Some(ended) = ended {
                    self.end_case(&ended);
                }
                self.begin_case(&event.case, about)?
            }
        };
        self.report.events += 1;
        let wanted = run.seq + 1;
        let what = self.look_at(&mut run, event);
        if let Some(what) = what.filter(|_| !run.bad) {
            // The first bad event is named; those behind it follow from it.
            run.bad = true;
            self.report.find(Some(&run.case), wanted, what);
        }
        self.run = Some(run);
        Ok(())
    }

    fn look_at(&mut self, run: &mut Run, event: RawEvent) -> Option<FindingKind> {
        let (seq, previous, hash) = (event.seq, event.previous, event.hash);
        let (wanted, link) = (run.seq + 1, run.hash);
        (run.seq, run.hash) = (seq, hash);
        if seq != wanted {
            return Some(FindingKind::Event(Fault::Gap));
        }
        if previous != link {
            return Some(FindingKind::Event(Fault::Link));
        }
        if run.is_erased() && event.body.is_empty() {
            // Text that was never sealed is taken away by an erasure; its links stay.
            run.times = None;
            return None;
        }
        let sealed = StoredEvent::is_sealed(&event.body);
        if run.is_erased() && !sealed {
            return Some(FindingKind::NotErased);
        }
        run.sealed |= sealed;
        let so_far = run.progress.take();
        let key = match &run.key {
            KeyState::Open(key) => Some(key),
            _ => None,
        };
        let at = if sealed && key.is_none() {
            StoredEvent::check_hash(&event)
        } else {
            StoredEvent::open(&event.case, seq, event.body, previous, hash, key)
                .map(|opened| {
                    self.report.opened += 1;
                    let event = opened.event;
                    run.progress = so_far.map(|so_far| so_far.after(event.actor, &event.payload));
                    event.at
                })
                .map_err(|corruption| corruption.fault)
        };
        match at {
            Ok(at) if seq == 1 => run.times = Some((at.clone(), at)),
            Ok(at) => run.times = run.times.take().map(|(first, _)| (first, at)),
            Err(Fault::Sealed) => return Some(FindingKind::Sealed),
            Err(fault) => return Some(FindingKind::Event(fault)),
        }
        None
    }

    /// Reads both lists up to `case` (to their ends without one) and returns what they say of it.
    fn about<S: AboutCases>(
        &mut self,
        case: Option<&CaseId>,
        about: &mut S,
    ) -> Result<(Option<Known>, Option<CaseSummary>), S::Error> {
        loop {
            if self.known.is_none() {
                self.known = Some(about.known()?);
            }
            if self.listed.is_none() {
                self.listed = Some(about.listed()?);
            }
            let known = self.known.iter().flatten().map(|known| &known.case);
            let listed = self.listed.iter().flatten().map(|listed| &listed.case);
            let Some(next) = known.chain(listed).min().cloned() else {
                return Ok((None, None));
            };
            if case.is_some_and(|case| next > *case) {
                return Ok((None, None));
            }
            let known = take_if(&mut self.known, |known| known.case == next);
            let listed = take_if(&mut self.listed, |listed| listed.case == next);
            if case == Some(&next) {
                return Ok((known, listed));
            }
            // There are no events of it.
            let what = match known {
                Some(_) => FindingKind::TakenAway,
                None => FindingKind::Listed,
            };
            self.report.find(Some(&next), 1, what);
        }
    }

    fn begin_case<S: AboutCases>(&mut self, case: &CaseId, about: &mut S) -> Result<Run, S::Error> {
        let (known, listed) = self.about(Some(case), about)?;
        let mut run = Run {
            case: case.clone(),
            known,
            listed,
            seq: 0,
            hash: EventHash::START,
            times: None,
            progress: Some(Progress::Open),
            key: about.key(case)?,
            sealed: false,
            bad: false,
        };
        self.report.cases += 1;
        self.report.erased += u64::from(run.is_erased());
        match run.key {
            KeyState::Wrapped | KeyState::Open(_) | KeyState::Foreign if run.is_erased() => {
                self.report.find(Some(case), 1, FindingKind::NotErased);
            }
            KeyState::Foreign => {
                run.bad = true;
                self.report.find(Some(case), 1, FindingKind::WrongMaster);
            }
            _ => {}
        }
        Ok(run)
    }

    fn end_case(&mut self, run: &Run) {
        if run.bad {
            return;
        }
        let Some(known) = &run.known else {
            return self.report.find(Some(&run.case), 1, FindingKind::PutIn);
        };
        let (at, what) = if run.seq < known.seq {
            (run.seq + 1, FindingKind::TakenAway)
        } else if run.seq > known.seq {
            (known.seq + 1, FindingKind::PutIn)
        } else if run.hash != known.hash {
            (run.seq, FindingKind::OtherHash)
        } else if run.sealed && matches!(run.key, KeyState::None) && !known.erased {
            (1, FindingKind::KeyGone)
        } else if !run.is_listed_right() {
            (run.seq, FindingKind::Listed)
        } else {
            return;
        };
        self.report.find(Some(&run.case), at, what);
    }

    /// The result, after all events.
    pub fn finish<S: AboutCases>(mut self, about: &mut S) -> Result<AuditReport, S::Error> {
        if let Some(run) = self.run.take() {
            self.end_case(&run);
        }
        self.about(None, about)?;
        Ok(self.report)
    }
}

/// Takes the next one of a list if it is the one, so that the list is asked again.
fn take_if<T>(next: &mut Option<Option<T>>, is_it: impl Fn(&T) -> bool) -> Option<T> {
    if next.iter().flatten().any(is_it) {
        next.take().flatten()
    } else {
        None
    }
}
