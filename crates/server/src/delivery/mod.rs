//! Handing approved cases in: sealed once, delivered once, whatever falls over in between.
//!
//! The log is the outbox. An approved case without `document_sealed` waits to be sealed; one with
//! it and without `submitted` waits to be delivered. The sealed PDF is kept as a note beside the
//! log (sealed under the master key) from before the event that names its hash until after the
//! event that says it arrived. So a process that is killed between any two steps finds, when it
//! comes back, either the old state or the new one; and the way out knows a package that it has
//! had by its key. Of several servers that look after one store, one at a time delivers a case.

mod channel;
mod config;
mod package;
mod settings;
mod stamps;
mod token;
mod token_uri;
mod tries;
mod turn;
mod waiting;
mod webhook;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use tolkebot_casework::{CaseView, NewEvent, Progress, Step, Store, StoreError, cases_in, outline};
use tolkebot_document::{SealError, SealKey, TimeStamps, digest, render_with, seal, sha256_hex};
use tolkebot_protocol::{
    CaseEvent, CaseId, CaseStage, DeliveryTrouble, EventPayload, Role, SigningMethod,
};
use uuid::Uuid;

pub use channel::{Channel, DeliveryError, Directory};
pub use config::{
    ChannelKind, DeliveryConfig, DeliveryConfigError, MemoConfig, NemLogInConfig, SealConfig,
    TokenConfig,
};
pub use package::{Package, PackedFile};
pub use settings::{HandingIn, HandingInError};
pub use stamps::StampService;
pub use token::TokenKey;
pub use token_uri::TokenUri;
pub use tries::Tries;
pub use waiting::{RetryError, Waiting, try_again, waiting};
pub use webhook::{SIGNATURE_HEADER, Webhook, signature};

use self::tries::tries_note;
use self::turn::Turn;
use crate::clock::Clock;
use crate::documents::document_of;
use crate::nemlogin;

/// Cases that may have to be handed in, as the list says it; whether they are is seen by each.
pub(crate) const TO_HAND_IN: [Progress; 2] = [Progress::Approved, Progress::HandingIn];
/// Where sealed documents are kept until they have arrived.
const PDF_NOTES: &str = "outbox-pdf/";

/// What stands in the seal, in Danish.
const REASON: &str = "Anmeldelse godkendt i kommunen";

/// What one look at a case came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Its document was sealed.
    Sealed,
    /// It arrived.
    Submitted {
        /// The receiver's receipt.
        receipt: String,
    },
    /// It did not arrive.
    Failed(Tries),
}

/// What is done for a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Seal,
    Deliver,
}

/// Says whether it is time to stop.
pub type Stops = Arc<dyn Fn() -> bool + Send + Sync>;

/// Seals and delivers.
pub struct Handover {
    store: Arc<dyn Store>,
    /// By what it is told from others that hand in from the same store.
    name: String,
    channel: Box<dyn Channel>,
    key: Box<dyn SealKey>,
    stamps: Option<Stamping>,
    memo: MemoConfig,
    authority: String,
    attempts: u32,
    /// True once it is to stop.
    stops: Stops,
    /// Cases with nothing to do at their newest event.
    idle: Mutex<HashMap<CaseId, u64>>,
}

/// A time-stamp service, and what to do without it.
struct Stamping {
    service: Box<dyn TimeStamps + Send + Sync>,
    required: bool,
}

/// Seals a document, with a time stamp if there is a service. A service that cannot be had is waited
/// for if it is required; otherwise the document is sealed without, and the log says so.
///
/// # Errors
/// [`SealError`].
pub fn seal_stamped(
    pdf: &[u8],
    key: &dyn SealKey,
    now: Timestamp,
    reason: &str,
    stamps: Option<&dyn TimeStamps>,
    required: bool,
) -> Result<Vec<u8>, SealError> {
    match seal(pdf, key, now, reason, stamps) {
        Err(SealError::TimeStamp(because)) if !required => {
            tracing::warn!(%because, "a document is sealed without a time stamp");
            seal(pdf, key, now, reason, None)
        }
        done => done,
    }
}

fn pdf_note(case: &CaseId, hash: &str) -> String {
    format!("{PDF_NOTES}{case}/{hash}")
}

impl Handover {
    /// Hands in for `authority` through `channel`; `attempts` failures in a row make a dead letter.
    pub fn new(
        store: Arc<dyn Store>,
        channel: Box<dyn Channel>,
        key: Box<dyn SealKey>,
        authority: &str,
        attempts: u32,
    ) -> Handover {
        Handover {
            store,
            name: Uuid::new_v4().simple().to_string(),
            channel,
            key,
            stamps: None,
            memo: MemoConfig::default(),
            authority: authority.to_owned(),
            attempts,
            stops: Arc::new(|| false),
            idle: Mutex::default(),
        }
    }

    /// The same with time stamps; `required`: no document is sealed without one.
    #[must_use]
    pub fn stamped_by(
        self,
        service: Box<dyn TimeStamps + Send + Sync>,
        required: bool,
    ) -> Handover {
        let stamps = Some(Stamping { service, required });
        Handover { stamps, ..self }
    }

    /// The same with receipts as messages for Digital Post.
    #[must_use]
    pub fn with_memo(self, memo: MemoConfig) -> Handover {
        Handover { memo, ..self }
    }

    /// The same, which begins with no further case once `stops` is true.
    #[must_use]
    pub fn until(self, stops: Stops) -> Handover {
        Handover { stops, ..self }
    }

    /// Looks at every case that may wait and does what is due. Trouble of one case stops no other; what was
    /// approved is sealed before anything is delivered, and a receiver that cannot be reached is asked once,
    /// because each asking may last a minute. For the same reason the clock is asked at each case.
    ///
    /// # Errors
    /// [`StoreError`] if the cases cannot be listed.
    pub fn pass(&self, clock: impl Clock) -> Result<Vec<(CaseId, Outcome)>, StoreError> {
        let mut done = Vec::new();
        self.each(Part::Seal, &clock, &mut done)?;
        self.each(Part::Deliver, &clock, &mut done)?;
        Ok(done)
    }

    /// Does one part for every case.
    fn each(
        &self,
        part: Part,
        clock: &dyn Clock,
        done: &mut Vec<(CaseId, Outcome)>,
    ) -> Result<(), StoreError> {
        for (case, seq) in self.candidates(clock.now())? {
            // Each may last a minute, and a stop does not wait for all of them.
            if (self.stops)() {
                break;
            }
            let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
            let known = idle.get(&case) == Some(&seq);
            drop(idle);
            if known {
                continue;
            }
            // Somebody who appended meanwhile is looked at at once.
            let mut moved = self.advance(&case, part, clock.now());
            for _ in 0..5 {
                if !matches!(moved, Err(StoreError::Conflict { .. })) {
                    break;
                }
                moved = self.advance(&case, part, clock.now());
            }
            match moved {
                Ok(Some(outcome)) => {
                    let away = matches!(&outcome, Outcome::Failed(tries)
                        if tries.trouble == DeliveryTrouble::Unreachable);
                    done.push((case, outcome));
                    if away {
                        break;
                    }
                }
                Ok(None) => {}
                Err(error) => {
                    tracing::error!(%case, %error, "a case cannot be handed in now");
                }
            }
        }
        Ok(())
    }

    /// The cases to look at, with the number of their newest event: those that are approved, and those
    /// whose document still lies here although it may have arrived.
    fn candidates(&self, now: Timestamp) -> Result<BTreeMap<CaseId, u64>, StoreError> {
        let lines = cases_in(&*self.store, &TO_HAND_IN)?;
        let mut found: BTreeMap<CaseId, u64> = lines.into_iter().map(|l| (l.case, l.seq)).collect();
        for key in self.store.note_keys(PDF_NOTES, now)? {
            let case = key
                .strip_prefix(PDF_NOTES)
                .and_then(|k| k.split('/').next());
            let case = CaseId(case.unwrap_or_default().to_owned());
            if !found.contains_key(&case)
                && let Some(head) = self.store.last(&case)?
            {
                found.insert(case, head.seq);
            }
        }
        Ok(found)
    }

    fn load(&self, case: &CaseId) -> Result<(CaseView, u64), StoreError> {
        let stored = self.store.load(case, 0)?;
        let seq = stored.last().map_or(0, |one| one.event.seq);
        let events: Vec<CaseEvent> = stored.into_iter().map(|one| one.event).collect();
        let view = CaseView::fold(case, &events).map_err(|error| StoreError::Unstorable {
            case: case.clone(),
            seq,
            reason: error.to_string(),
        })?;
        Ok((view, seq))
    }

    /// Does a part for one case, if it is due.
    fn advance(
        &self,
        case: &CaseId,
        part: Part,
        now: Timestamp,
    ) -> Result<Option<Outcome>, StoreError> {
        if !self.is_due(case, part, now)? {
            return Ok(None);
        }
        if part == Part::Seal {
            // Of two servers that seal at once, one has its event in the log.
            return self.take_on(case, part, now);
        }
        let Some(turn) = Turn::take(&*self.store, case, &self.name, now)? else {
            return Ok(None);
        };
        // While another server had the turn, it may have arrived, or not.
        let done = match self.is_due(case, part, now) {
            Ok(true) => self.take_on(case, part, now),
            Ok(false) => Ok(None),
            Err(error) => Err(error),
        };
        turn.let_go(now);
        done
    }

    /// Whether a part may be due. While nothing is, nothing is folded. What a person must mend before it can be
    /// sealed is looked at each time.
    fn is_due(&self, case: &CaseId, part: Part, now: Timestamp) -> Result<bool, StoreError> {
        let is_sealed = outline(&*self.store, case)?.is_some_and(|case| case.sealed);
        let tries = self.tries(case, now)?;
        Ok(is_sealed == (part == Part::Deliver)
            && !(tries.dead && is_sealed)
            && (tries.dead || tries.is_due(now)))
    }

    fn take_on(
        &self,
        case: &CaseId,
        part: Part,
        now: Timestamp,
    ) -> Result<Option<Outcome>, StoreError> {
        let (view, seq) = self.load(case)?;
        match view.lifecycle().stage() {
            CaseStage::Approved => {}
            CaseStage::Submitted => {
                self.forget(case, now)?;
                self.rest(case, seq);
                return Ok(None);
            }
            _ => {
                self.rest(case, seq);
                return Ok(None);
            }
        }
        match part {
            Part::Seal => match self.seal(&view, seq, now)? {
                Ok(()) => Ok(Some(Outcome::Sealed)),
                Err(error) => self.failed(case, now, error),
            },
            Part::Deliver => self.deliver(&view, seq, now),
        }
    }

    fn rest(&self, case: &CaseId, seq: u64) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.insert(case.clone(), seq);
    }

    /// Makes the document, seals it, keeps it, and then says so in the log.
    fn seal(
        &self,
        view: &CaseView,
        seq: u64,
        now: Timestamp,
    ) -> Result<Result<(), DeliveryError>, StoreError> {
        let case = view.case();
        let (form, extras) = document_of(view, &self.authority, false);
        let digest = digest(&form);
        let step = Step::Seal { digest: &digest };
        if let Err(refused) = view.lifecycle().check(step, Role::System, true) {
            let refused = DeliveryError::hopeless(refused.to_string());
            return Ok(Err(refused.about(DeliveryTrouble::State)));
        }
        let (stamps, required) = match &self.stamps {
            Some(Stamping { service, required }) => {
                (Some(&**service as &dyn TimeStamps), *required)
            }
            None => (None, false),
        };
        let made = render_with(&form, &extras)
            .map_err(|e| DeliveryError::hopeless(e.to_string()).about(DeliveryTrouble::Document))
            .and_then(|pdf| {
                let made = seal_stamped(&pdf, &*self.key, now, REASON, stamps, required);
                made.map_err(DeliveryError::from)
            });
        let pdf = match made {
            Ok(pdf) => pdf,
            Err(error) => return Ok(Err(error)),
        };
        let pdf_sha256 = sha256_hex(&pdf);
        let note = pdf_note(case, &pdf_sha256);
        self.store
            .put_note(&note, &STANDARD.encode(&pdf), Timestamp::MAX, now)?;
        let event = NewEvent {
            at: now,
            actor: Role::System,
            payload: EventPayload::DocumentSealed { digest, pdf_sha256 },
        };
        // What stood in the way of sealing is no trouble of the delivery. Before the event, so that
        // a server that falls here does not leave a sealed case that counts as given up.
        self.store.take_note(&tries_note(case), now)?;
        let appended = self.store.append(case, seq, &[event]);
        if matches!(appended, Err(StoreError::Erased(_))) {
            // Erased meanwhile: the note came too late to go with the case.
            self.store.take_note(&note, now)?;
        }
        appended?;
        Ok(Ok(()))
    }

    fn deliver(
        &self,
        view: &CaseView,
        seq: u64,
        now: Timestamp,
    ) -> Result<Option<Outcome>, StoreError> {
        let case = view.case();
        let Some(hash) = view.lifecycle().sealed() else {
            return Ok(None);
        };
        let pdf = self
            .store
            .note(&pdf_note(case, hash), now)?
            .and_then(|text| STANDARD.decode(text).ok())
            .filter(|pdf| sha256_hex(pdf) == hash);
        let delivered = match pdf {
            None => Err(DeliveryError::hopeless(
                "the sealed document is not there any more: make it anew by hand",
            )
            .about(DeliveryTrouble::Gone)),
            Some(pdf) => {
                let signed = self.signed(view, now)?;
                Package::with_memo(view, &self.authority, pdf, signed, &self.memo)
                    .and_then(|package| self.channel.deliver(&package))
            }
        };
        match delivered {
            Ok(receipt) => {
                let event = NewEvent {
                    at: now,
                    actor: Role::System,
                    payload: EventPayload::Submitted {
                        channel: self.channel.name().to_owned(),
                        receipt: receipt.clone(),
                    },
                };
                self.store.append(case, seq, &[event])?;
                self.forget(case, now)?;
                Ok(Some(Outcome::Submitted { receipt }))
            }
            Err(error) => self.failed(case, now, error),
        }
    }

    /// The file that was signed at NemLog-in.
    fn signed(&self, view: &CaseView, now: Timestamp) -> Result<Option<Vec<u8>>, StoreError> {
        match view.lifecycle().signature() {
            Some(signature) if signature.method == SigningMethod::NemLogIn => {
                nemlogin::kept(&*self.store, view.case(), &signature.digest, now)
            }
            _ => Ok(None),
        }
    }

    /// Tries of a case so far.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn tries(&self, case: &CaseId, now: Timestamp) -> Result<Tries, StoreError> {
        waiting::tries(&*self.store, case, now)
    }

    fn failed(
        &self,
        case: &CaseId,
        now: Timestamp,
        error: DeliveryError,
    ) -> Result<Option<Outcome>, StoreError> {
        let before = self.tries(case, now)?;
        let tries = before.and_one_more(error, self.attempts, now);
        // Sealing is tried at each look. The same trouble is told once; another one, or that of the case
        // as it was changed meanwhile, is news.
        let is_news = !before.dead || before.trouble != tries.trouble;
        if is_news {
            let text = serde_json::to_string(&tries).unwrap_or_default();
            self.store
                .put_note(&tries_note(case), &text, tries.kept_until(now), now)?;
        }
        Ok(is_news.then_some(Outcome::Failed(tries)))
    }

    /// Nothing of a delivered package stays here but the log: neither what arrived nor a document that was
    /// made before a fall and then made anew, nor a signed file whose signature did not hold.
    fn forget(&self, case: &CaseId, now: Timestamp) -> Result<(), StoreError> {
        let all_of = |notes: &str| self.store.note_keys(&format!("{notes}{case}/"), now);
        let signed = all_of(nemlogin::NOTES)?;
        // Last, because the case is looked at again as long as one is there.
        let documents = all_of(PDF_NOTES)?;
        let tries = std::iter::once(tries_note(case));
        for note in signed.into_iter().chain(tries).chain(documents) {
            self.store.take_note(&note, now)?;
        }
        Ok(())
    }
}

impl std::fmt::Debug for Handover {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Handover({})", self.channel.name())
    }
}
