//! What people and operators are told while the log cannot be written.

use std::sync::Arc;

use tolkebot_casework::NewEvent;
use tolkebot_protocol::{
    ErrorCode, EventPayload, ServerMessage, Speaker, Utterance, UtteranceSource,
};

use super::actor::{Actor, Audience};
use crate::metrics::{Gauge, Metrics};
use crate::outbox::Out;

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
            for message in self.all_unsaved() {
                self.tell_all(&message);
            }
        }
    }

    /// Everything that waits to be stored, as it is shown until then.
    pub(super) fn all_unsaved(&mut self) -> Vec<ServerMessage> {
        let waiting = self.journal.waiting().map(|event| event.payload.clone());
        let waiting: Vec<_> = waiting.collect();
        let all = waiting.iter().flat_map(|payload| self.unsettled(payload));
        all.collect()
    }

    /// Typed words that were shown as unsettled are stored: they stand there no longer once they are shown as final.
    /// With spoken ones screens do that by themselves; what is typed is to them beside what is being said.
    pub(super) fn show_no_more_unsaved(&mut self, payload: &EventPayload) {
        let EventPayload::UtteranceSettled(said) = payload else {
            return;
        };
        if self.shown_unsaved.get(&said.speaker) != Some(&said.id) {
            return;
        }
        self.shown_unsaved.remove(&said.speaker);
        if said.source == UtteranceSource::Typed {
            self.send(Audience::All, &Out::message(&no_words(said.speaker)));
        }
    }

    /// Somebody of whom unsaved words stand on the screens speaks on: the translation of those must not stand beside
    /// what is being said.
    pub(super) fn speaks_after_unsaved(&mut self, speaker: Speaker) {
        if self.shown_unsaved.remove(&speaker).is_some() {
            self.tell_all(&no_words(speaker));
        }
    }

    fn unsettled(&mut self, payload: &EventPayload) -> Vec<ServerMessage> {
        match payload {
            EventPayload::UtteranceSettled(said) => {
                self.shown_unsaved.insert(said.speaker, said.id);
                let words = ServerMessage::Partial {
                    speaker: said.speaker,
                    lang: said.lang,
                    text: said.text.clone(),
                    settled_chars: u32::try_from(said.text.chars().count()).unwrap_or(u32::MAX),
                    start_ms: said.start_ms,
                };
                // Without words first: the translation of the ones before would stand beside these.
                vec![no_words(said.speaker), words]
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
                let shown =
                    |said: &&Utterance| self.shown_unsaved.get(&said.speaker) == Some(&said.id);
                let draft = said.filter(shown).map(|said| ServerMessage::Draft {
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

/// Nothing stands on the screens as being said by a side any more, nor its translation.
fn no_words(speaker: Speaker) -> ServerMessage {
    ServerMessage::Partial {
        speaker,
        lang: speaker.lang(),
        text: String::new(),
        settled_chars: 0,
        start_ms: 0,
    }
}
