//! Handing in as the settings say.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use tolkebot_casework::{Store, StoreError, cases_in};
use tolkebot_protocol::CaseId;

use super::{
    Channel, ChannelKind, DeliveryConfig, DeliveryConfigError, Directory, Handover, MemoConfig,
    Outcome, PDF_NOTES, SealConfig, TO_HAND_IN, Webhook,
};
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

/// Seals and delivers with what the settings name. The key is looked for when something waits for it.
pub struct HandingIn {
    store: Arc<dyn Store>,
    seal: SealConfig,
    delivery: DeliveryConfig,
    memo: MemoConfig,
    authority: String,
    data_dir: PathBuf,
    ready: Option<Handover>,
}

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
            ready: None,
        }
    }

    /// Looks at every case that may wait and does what is due, as [`Handover::pass`].
    ///
    /// # Errors
    /// [`HandingInError`]; the next look tries anew.
    pub fn pass(&mut self, now: Timestamp) -> Result<Vec<(CaseId, Outcome)>, HandingInError> {
        if self.ready.is_none() {
            if !self.anything_waits(now)? {
                return Ok(Vec::new());
            }
            self.ready = Some(self.set_up(now)?);
        }
        match &self.ready {
            Some(ready) => Ok(ready.pass(now)?),
            None => Ok(Vec::new()),
        }
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
        .with_memo(self.memo.clone());
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
        write!(f, "HandingIn({:?})", self.ready)
    }
}
