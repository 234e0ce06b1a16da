//! An interpreter that has translated before anybody can wait, so that nothing but the server and the log
//! is measured.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::mpsc;
use tolkebot_interpreter::{ConversationHandle, Expected, InterpreterError, Pipe, PipeEvent};
use tolkebot_protocol::{Lang, Speaker};

/// What it makes of a line.
pub fn translated(text: &str) -> String {
    format!("linje: {text}")
}

pub struct AtOnce;

struct Talk {
    events: Mutex<Option<mpsc::Sender<PipeEvent>>>,
    next: AtomicU32,
}

impl Pipe for AtOnce {
    fn open(
        &self,
    ) -> Result<(Arc<dyn ConversationHandle>, mpsc::Receiver<PipeEvent>), InterpreterError> {
        let (events, receiver) = mpsc::channel(4096);
        let talk = Talk {
            events: Mutex::new(Some(events)),
            next: AtomicU32::new(1),
        };
        Ok((Arc::new(talk), receiver))
    }
}

impl ConversationHandle for Talk {
    fn push(&self, _: Speaker, _: &[f32]) -> Result<(), InterpreterError> {
        Ok(())
    }

    fn expect(&self, _: Lang, _: Option<Arc<Expected>>) {}

    fn end_speech(&self, _: Speaker) {}

    fn break_off(&self, _: Speaker) {}

    fn playing(&self, _: Speaker, _: Duration) {}

    fn speaks(&self, _: Speaker, _: bool) {}

    fn words_wait(&self) -> bool {
        false
    }

    fn translate_typed(&self, speaker: Speaker, text: String) -> u32 {
        let number = self.next.fetch_add(1, Ordering::SeqCst);
        let events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(events) = &*events {
            let _ = events.try_send(PipeEvent::Translated {
                number,
                lang: speaker.lang().other(),
                text: translated(&text),
                confidence: 1.0,
                warnings: Vec::new(),
                verified: false,
                lag_ms: 0,
            });
        }
        number
    }

    fn type_translated(&self, speaker: Speaker, text: String, _: String) -> u32 {
        self.translate_typed(speaker, text)
    }

    fn say(&self, _: Speaker, _: String) -> u32 {
        self.next.fetch_add(1, Ordering::SeqCst)
    }

    fn hush(&self, _: Speaker) {}

    fn number_from(&self, next: u32) {
        self.next.store(next, Ordering::SeqCst);
    }

    fn close(&self) {
        self.events
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
    }
}
