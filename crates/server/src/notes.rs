//! Small things that are kept beside the log: tickets, sessions, who opened a case.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use tokio::task::spawn_blocking;
use tolkebot_casework::Store;

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The store does not answer: nobody knows whether the one who asks may come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Away;

/// Notes of the store, which survive a restart; this process's memory while the store fails.
pub(crate) struct Notes {
    store: Arc<dyn Store>,
    unsaved: Mutex<HashMap<String, (String, Timestamp)>>,
}

impl Notes {
    pub fn new(store: Arc<dyn Store>) -> Notes {
        Notes {
            store,
            unsaved: Mutex::default(),
        }
    }

    pub async fn put(&self, key: String, value: String, expires: Timestamp, now: Timestamp) {
        let (store, k, v) = (self.store.clone(), key.clone(), value.clone());
        let saved = spawn_blocking(move || store.put_note(&k, &v, expires, now)).await;
        let mut unsaved = lock(&self.unsaved);
        unsaved.retain(|_, (_, expires)| *expires > now);
        if matches!(saved, Ok(Ok(()))) {
            unsaved.remove(&key);
        } else {
            unsaved.insert(key, (value, expires));
        }
    }

    pub async fn take(&self, key: String, now: Timestamp) -> Result<Option<String>, Away> {
        let unsaved = lock(&self.unsaved)
            .remove(&key)
            .filter(|(_, expires)| *expires > now);
        let store = self.store.clone();
        let saved = spawn_blocking(move || store.take_note(&key, now)).await;
        match (unsaved, saved) {
            (Some((value, _)), _) => Ok(Some(value)),
            (None, Ok(Ok(value))) => Ok(value),
            (None, _) => Err(Away),
        }
    }

    /// Forgets a note for good; it stays whole if the store does not answer.
    pub async fn forget(&self, key: String, now: Timestamp) -> Result<(), Away> {
        let (store, k) = (self.store.clone(), key.clone());
        match spawn_blocking(move || store.take_note(&k, now)).await {
            Ok(Ok(_)) => {
                lock(&self.unsaved).remove(&key);
                Ok(())
            }
            _ => Err(Away),
        }
    }

    pub async fn get(&self, key: String, now: Timestamp) -> Result<Option<String>, Away> {
        let unsaved = lock(&self.unsaved)
            .get(&key)
            .filter(|(_, expires)| *expires > now)
            .cloned();
        if let Some((value, _)) = unsaved {
            return Ok(Some(value));
        }
        let store = self.store.clone();
        match spawn_blocking(move || store.note(&key, now)).await {
            Ok(Ok(value)) => Ok(value),
            _ => Err(Away),
        }
    }
}
