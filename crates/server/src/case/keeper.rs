//! The sound of a case that opted in, on its way to the store.
//!
//! Sound is stored behind the events that allow it: the key for it is made once the opt-in is stored,
//! and an utterance's sound is kept once its words are. Until then, and while the store cannot be
//! written, it waits in memory, within the case's limit, and the conversation goes on. A withdrawal
//! forgets what waits at once and destroys what is stored.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until};
use tolkebot_audio::{SAMPLE_RATE, encode_wav};
use tolkebot_casework::{SoundKept, Store, StoreError};
use tolkebot_interpreter::HeardSound;
use tolkebot_protocol::{CaseId, UtteranceId};
use zeroize::Zeroizing;

use crate::state::Shared;

/// First wait before something is tried again; doubled up to [`LONGEST_WAIT`].
const FIRST_WAIT: Duration = Duration::from_millis(250);
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// Bytes of a second of kept sound: 16 kHz, 16 bit.
const BYTES_PER_S: u64 = 2 * SAMPLE_RATE as u64;

/// What the keeper tells the conversation.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum KeeperTold {
    /// The case has as much sound as it may have.
    Full,
    /// Sound cannot be kept sealed in this case.
    Unsealed,
    /// Nothing can be stored at the moment; it is tried again.
    NotSaved(String),
    /// It can be stored again.
    SavedAgain,
}

#[derive(Clone)]
enum Job {
    Begin,
    Keep(UtteranceId, Arc<Zeroizing<Vec<u8>>>),
    Destroy,
}

/// Keeps the sound of one case while its conversation runs.
pub(super) struct Keeper {
    store: Arc<dyn Store>,
    case: CaseId,
    /// Most bytes of the case.
    most: u64,
    /// Settled; the events with their words are not stored yet.
    heard: VecDeque<(UtteranceId, HeardSound)>,
    /// To be done in this order.
    jobs: VecDeque<Job>,
    flight: Option<JoinHandle<Result<SoundKept, StoreError>>>,
    /// When it is tried again, and how long was waited for that.
    trouble: Option<(Instant, Duration)>,
}

impl Keeper {
    pub fn new(shared: &Shared, case: &CaseId) -> Keeper {
        let minutes = u64::from(shared.config.privacy.sound_minutes);
        Keeper {
            store: shared.store.clone(),
            case: case.clone(),
            most: minutes * 60 * BYTES_PER_S,
            heard: VecDeque::new(),
            jobs: VecDeque::new(),
            flight: None,
            trouble: None,
        }
    }

    /// The opt-in is stored: from now on there may be sound.
    pub fn begin(&mut self) {
        self.jobs.push_back(Job::Begin);
        self.pump();
    }

    /// Takes the sound of an utterance whose words are on their way into the log. False if more waits
    /// than a case may have: then this one is dropped.
    pub fn take(&mut self, id: UtteranceId, sound: HeardSound) -> bool {
        let bytes = 2 * sound.samples().len() as u64;
        if self.waiting_bytes() + bytes > self.most {
            return false;
        }
        self.heard.push_back((id, sound));
        true
    }

    fn waiting_bytes(&self) -> u64 {
        let heard = self.heard.iter().map(|(_, one)| 2 * one.samples().len());
        let jobs = self.jobs.iter().map(|job| match job {
            Job::Keep(_, wav) => wav.len(),
            Job::Begin | Job::Destroy => 0,
        });
        heard.chain(jobs).sum::<usize>() as u64
    }

    /// The words of an utterance are stored: its sound may follow.
    pub fn settled(&mut self, id: UtteranceId) {
        let Some(at) = self.heard.iter().position(|(heard, _)| *heard == id) else {
            return;
        };
        // Words that no store could hold never come; what stands before them is theirs.
        self.heard.drain(..at);
        let Some((_, sound)) = self.heard.pop_front() else {
            return;
        };
        match encode_wav(sound.samples(), SAMPLE_RATE) {
            Ok(wav) => {
                let wav = Arc::new(Zeroizing::new(wav));
                self.jobs.push_back(Job::Keep(id, wav));
                self.pump();
            }
            Err(error) => tracing::error!(case = %self.case, %id, %error, "sound is not kept"),
        }
    }

    /// Forgets what waits and destroys what is stored. Again after the withdrawal is stored: somebody
    /// may have begun elsewhere meanwhile.
    pub fn destroy(&mut self) {
        self.forget();
        self.jobs.push_back(Job::Destroy);
        // Nobody who withdraws waits for the next try.
        if let Some((retry_at, _)) = &mut self.trouble {
            *retry_at = Instant::now();
        }
        self.pump();
    }

    /// Forgets what waits.
    pub fn forget(&mut self) {
        self.heard.clear();
        // What is being written is finished first; it stays at the front until then.
        let writing = match self.flight {
            Some(_) => self.jobs.pop_front(),
            None => None,
        };
        self.jobs.retain(|job| matches!(job, Job::Destroy));
        if let Some(writing) = writing {
            self.jobs.push_front(writing);
        }
    }

    /// True if nothing waits to be stored or destroyed.
    pub fn is_idle(&self) -> bool {
        self.jobs.is_empty() && self.flight.is_none()
    }

    /// The next thing to tell. Safe to cancel. Never returns while there is nothing.
    pub async fn next(&mut self) -> KeeperTold {
        loop {
            let told = if let Some(flight) = &mut self.flight {
                let landed = flight.await;
                self.flight = None;
                let result = landed.unwrap_or_else(|_| {
                    Err(StoreError::Together(
                        "the store stopped while writing".to_owned(),
                    ))
                });
                self.landed(result)
            } else if let Some((retry_at, _)) = self.trouble
                && !self.jobs.is_empty()
            {
                sleep_until(retry_at).await;
                self.take_off();
                None
            } else {
                std::future::pending::<Option<KeeperTold>>().await
            };
            self.pump();
            if let Some(told) = told {
                return told;
            }
        }
    }

    fn landed(&mut self, result: Result<SoundKept, StoreError>) -> Option<KeeperTold> {
        match result {
            Ok(kept) => {
                self.jobs.pop_front();
                let recovered = self.trouble.take().map(|_| KeeperTold::SavedAgain);
                if kept == SoundKept::Full {
                    // A shorter one might fit, behind a gap that nobody sees.
                    self.forget();
                    return Some(KeeperTold::Full);
                }
                // What nobody opted in to any more is dropped without a word.
                recovered
            }
            // The conversation is told of an erasure by the log.
            Err(StoreError::Erased(_)) => {
                self.heard.clear();
                self.jobs.clear();
                None
            }
            Err(error @ (StoreError::Unsealed(_) | StoreError::Sound { .. })) => {
                tracing::error!(case = %self.case, %error, "sound cannot be kept");
                self.jobs.pop_front();
                self.trouble = None;
                self.forget();
                Some(KeeperTold::Unsealed)
            }
            Err(error) => {
                let wait = self.trouble.map(|(_, wait)| (wait * 2).min(LONGEST_WAIT));
                let first = wait.is_none();
                let wait = wait.unwrap_or(FIRST_WAIT);
                let mut retry_at = Instant::now() + wait;
                // Nobody wants it any more: what people had destroyed does not wait for it.
                let mut behind = self.jobs.iter().skip(1);
                if behind.any(|job| matches!(job, Job::Destroy)) {
                    self.jobs.pop_front();
                    retry_at = Instant::now();
                }
                self.trouble = Some((retry_at, wait));
                first.then(|| KeeperTold::NotSaved(error.to_string()))
            }
        }
    }

    fn pump(&mut self) {
        if self.flight.is_none() && self.trouble.is_none() {
            self.take_off();
        }
    }

    fn take_off(&mut self) {
        let Some(job) = self.jobs.front().cloned() else {
            return;
        };
        let (store, case, most) = (self.store.clone(), self.case.clone(), self.most);
        self.flight = Some(tokio::task::spawn_blocking(move || match job {
            Job::Begin => store.begin_sound(&case).map(|()| SoundKept::Stored),
            Job::Keep(id, wav) => store.keep_sound(&case, id, &wav, most),
            Job::Destroy => store.destroy_sound(&case).map(|()| SoundKept::Stored),
        }));
    }
}
