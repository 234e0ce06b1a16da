//! Handing in as the settings say.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use jiff::Timestamp;
use tolkebot_casework::{Store, StoreError, cases_in};
use tolkebot_protocol::CaseId;

use super::{
    Channel, ChannelKind, DeliveryConfig, DeliveryConfigError, Directory, Handover, MemoConfig,
    Outcome, PDF_NOTES, SealConfig, Stops, TO_HAND_IN, Webhook,
};
use crate::clock::Clock;
use crate::config::ServerConfig;

/// Why cases cannot be handed in at all.
#[derive(Debug, thiserror::Error)]
pub enum HandingInError {
    /// The cases cannot be listed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The key, a certificate, the secret or the like cannot be used.
    #[error(transparent)]
    Settings(#[from] DeliveryConfigError),
}

/// Seals and delivers with what the settings name: as it is now, so that a renewed certificate or another
/// secret is taken up without a restart. The key is looked for when something waits for it.
pub struct HandingIn {
    store: Arc<dyn Store>,
    seal: SealConfig,
    delivery: DeliveryConfig,
    memo: MemoConfig,
    authority: String,
    data_dir: PathBuf,
    stops: Stops,
    ready: Option<(Handover, Vec<FileMark>)>,
}

/// By what a file that was written anew is told from the one before; `None`: it is not there.
type FileMark = Option<(SystemTime, u64)>;

impl HandingIn {
    /// For the cases in `store`.
    pub fn new(store: Arc<dyn Store>, config: &ServerConfig) -> HandingIn {
        HandingIn {
            store,
            seal: config.seal.clone(),
            delivery: config.delivery.clone(),
            memo: config.memo.clone(),
            authority: config.authority.clone(),
            data_dir: config.data_dir.clone(),
            stops: Arc::new(|| false),
            ready: None,
        }
    }

    /// The same, which begins with no further case once `stops` is true.
    #[must_use]
    pub fn until(self, stops: Stops) -> HandingIn {
        HandingIn { stops, ..self }
    }

    /// Looks at every case that may wait and does what is due, as [`Handover::pass`].
    ///
    /// # Errors
    /// [`HandingInError`]; the next look tries anew.
    pub fn pass(&mut self, clock: impl Clock) -> Result<Vec<(CaseId, Outcome)>, HandingInError> {
        if self.delivery.paused {
            return Ok(Vec::new());
        }
        let now = clock.now();
        // Before the files are read: what changes meanwhile is seen at the next look.
        let marks = self.marks();
        if self.ready.as_ref().is_some_and(|(_, made)| *made != marks) {
            self.ready = None;
        }
        let ready = match self.ready.take() {
            Some((ready, _)) => ready,
            None if self.anything_waits(now)? => self.set_up(now)?,
            None => return Ok(Vec::new()),
        };
        let (ready, _) = self.ready.insert((ready, marks));
        Ok(ready.pass(clock)?)
    }

    fn marks(&self) -> Vec<FileMark> {
        let (seal, delivery) = (&self.seal, &self.delivery);
        let files = [
            &seal.key_file,
            &seal.certificate_file,
            &seal.pkcs11.pin_file,
            &seal.tsa_root,
            &delivery.webhook_secret_file,
        ];
        let mark = |file: &PathBuf| {
            let about = std::fs::metadata(file).ok()?;
            Some((about.modified().ok()?, about.len()))
        };
        files.map(mark).to_vec()
    }

    /// True if some case may have been approved and not handed in, or its document still lies here.
    fn anything_waits(&self, now: Timestamp) -> Result<bool, StoreError> {
        Ok(!cases_in(&*self.store, &TO_HAND_IN)?.is_empty()
            || !self.store.note_keys(PDF_NOTES, now)?.is_empty())
    }

    fn set_up(&self, now: Timestamp) -> Result<Handover, DeliveryConfigError> {
        let channel: Box<dyn Channel> = match self.delivery.webhook()? {
            Some(webhook) => Box::new(webhook),
            None if self.delivery.directory.as_os_str().is_empty() => {
                Box::new(Directory::new(self.data_dir.join("submitted")))
            }
            None => Box::new(Directory::new(&self.delivery.directory)),
        };
        let key = self.seal.key(&self.data_dir, now)?;
        let made = Handover::new(
            self.store.clone(),
            channel,
            key,
            &self.authority,
            self.delivery.attempts,
        )
        .with_memo(self.memo.clone())
        .until(self.stops.clone());
        Ok(match self.seal.stamps()? {
            Some(service) => made.stamped_by(Box::new(service), self.seal.tsa_required),
            None => made,
        })
    }
}

impl DeliveryConfig {
    /// The receiver that packages are posted to; `None` for another way.
    ///
    /// # Errors
    /// [`DeliveryConfigError`] for an address or a secret that cannot be used.
    pub(crate) fn webhook(&self) -> Result<Option<Webhook>, DeliveryConfigError> {
        match self.channel {
            ChannelKind::Directory => Ok(None),
            ChannelKind::Webhook => Webhook::new(&self.webhook_url, &self.secret()?).map(Some),
        }
    }
}

impl std::fmt::Debug for HandingIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ready = self.ready.as_ref().map(|(ready, _)| ready);
        write!(f, "HandingIn({ready:?})")
    }
}
