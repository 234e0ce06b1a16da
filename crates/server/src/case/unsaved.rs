//! What people and operators are told while the log cannot be written.

use std::sync::Arc;

use tolkebot_casework::NewEvent;
use tolkebot_protocol::{ErrorCode, EventPayload, ServerMessage};

use super::actor::Actor;
use crate::metrics::{Gauge, Metrics};

/// A conversation's share in what operators watch.
pub(super) struct Standing {
    not_saved: Gauge,
    waiting: Gauge,
}

impl Standing {
    pub fn new(metrics: &Arc<Metrics>) -> Standing {
        Standing {
            not_saved: Gauge::empty(metrics, |m| &m.cases_not_saved),
            waiting: Gauge::empty(metrics, |m| &m.events_waiting),
        }
    }

    /// Whether the log cannot be written, and how many events wait to be stored.
    pub fn set(&mut self, in_trouble: bool, waiting: usize) {
        self.not_saved.set(i64::from(in_trouble));
        self.waiting.set(i64::try_from(waiting).unwrap_or(i64::MAX));
    }
}

/// How clients are let go when the server stops and so many events are not stored.
pub(super) fn goodbye(unsaved: usize) -> (ErrorCode, &'static str) {
    match unsaved {
        0 => (
            ErrorCode::ShuttingDown,
            "the server is stopping: connect again with the resume ticket in a moment",
        ),
        _ => (
            ErrorCode::NotSaved,
            "the server is stopping, and what was said and done since it told that nothing is saved is lost: \
             connect again with the resume ticket and say it again",
        ),
    }
}

impl Actor {
    /// Shows what was said or translated as something that is not settled: nothing is shown as final that is not
    /// stored, but people must see what was said.
    pub(super) fn show_unsaved(&mut self, event: &NewEvent) {
        for message in self.unsettled(&event.payload) {
            self.tell_all(&message);
        }
    }

    /// The same of everything that waits.
    pub(super) fn show_all_unsaved(&mut self) {
        // It may have been stored meanwhile, and is shown as final then.
        if self.journal.in_trouble() {
            let waiting = self.journal.waiting();
            let all: Vec<_> = waiting
                .flat_map(|event| self.unsettled(&event.payload))
                .collect();
            for message in &all {
                self.tell_all(message);
            }
        }
    }

    fn unsettled(&self, payload: &EventPayload) -> Vec<ServerMessage> {
        match payload {
            EventPayload::UtteranceSettled(said) => {
                let words = |text: &str| ServerMessage::Partial {
                    speaker: said.speaker,
                    lang: said.lang,
                    text: text.to_owned(),
                    settled_chars: u32::try_from(text.chars().count()).unwrap_or(u32::MAX),
                    start_ms: said.start_ms,
                };
                // Without words first: the translation of the ones before would stand beside these.
                vec![words(""), words(&said.text)]
            }
            EventPayload::TranslationSettled {
                utterance,
                lang,
                text,
                ..
            } => {
                let view = self.journal.view();
                let said = view.utterance(*utterance).map(|one| &one.utterance);
                // What is on the screen are the speaker's newest words.
                let newest = said.filter(|said| {
                    let mut later = view.utterances().iter().rev().map(|one| &one.utterance);
                    later
                        .find(|one| one.speaker == said.speaker)
                        .map(|one| one.id)
                        == Some(said.id)
                });
                let draft = newest.map(|said| ServerMessage::Draft {
                    speaker: said.speaker,
                    lang: *lang,
                    text: text.clone(),
                    start_ms: said.start_ms,
                });
                draft.into_iter().collect()
            }
            _ => Vec::new(),
        }
    }
}
