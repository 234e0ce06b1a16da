//! The conversation's side of the pipe: what comes out of it becomes events and sound.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::Instant;
use tolkebot_interpreter::{
    ConversationHandle, InterpreterError, PipeEvent, Rendered, SettledSpeech, Stage,
};
use tolkebot_protocol::{
    ErrorCode, EventPayload, Lang, Role, ServerMessage, Speaker, TranslationWarning, Utterance,
    UtteranceId, UtteranceSource,
};

use super::actor::{Actor, Audience, Client, Delivery};
use super::requests::Refused;
use super::sounds::length;
use super::waiting::{Typed, Waiting};
use crate::metrics::{Gauge, add};

/// An open conversation of the interpreter.
pub(super) struct Talk {
    pub handle: Arc<dyn ConversationHandle>,
    pub events: mpsc::Receiver<PipeEvent>,
    /// Utterances of an earlier run that are translated anew, by their number in this one.
    retold: HashMap<u32, UtteranceId>,
    lags: HashMap<UtteranceId, Lags>,
    /// What the machine says of itself: sentences of the read-back, by their number.
    said: HashSet<u32>,
    /// Samples taken in, by channel.
    pub heard: HashMap<Speaker, u64>,
    /// Samples that were taken in before the case opted in to its sound being kept, by channel.
    pub keep_from: HashMap<Speaker, u64>,
    _running: Gauge,
}

/// What is known of an utterance's delays, ms.
#[derive(Debug, Clone, Copy, Default)]
struct Lags {
    settled: u64,
    translated: u64,
    spoken: bool,
}

impl Actor {
    /// Opens the interpreter if it is not open. What an earlier run left untranslated is
    /// translated now.
    pub(super) fn open_talk(&mut self) -> Result<(), (ErrorCode, String)> {
        if self.talk.is_some() {
            return Ok(());
        }
        let (handle, events) = self.shared.pipe.open().map_err(|error| {
            let code = match error {
                InterpreterError::Busy { .. } | InterpreterError::Behind { .. } => ErrorCode::Busy,
                _ => ErrorCode::EngineFailed,
            };
            (code, error.to_string())
        })?;
        let view = self.journal.view();
        handle.number_from(view.next_utterance());
        let mut retold = HashMap::new();
        for open in view.utterances().iter().filter(|u| u.translation.is_none()) {
            let utterance = &open.utterance;
            let number = handle.translate_typed(utterance.speaker, utterance.text.clone());
            retold.insert(number, utterance.id);
        }
        self.talk = Some(Talk {
            handle,
            events,
            retold,
            lags: HashMap::new(),
            said: HashSet::new(),
            heard: HashMap::new(),
            keep_from: HashMap::new(),
            _running: Gauge::hold(&self.shared.metrics, |m| &m.conversations),
        });
        self.expect();
        self.tell_speaking();
        Ok(())
    }

    /// The interpreter ended a conversation that we did not close.
    pub(super) fn pipe_broke(&mut self) {
        // It translates no more, but its numbers go on; the next one translates what is open.
        self.write_all_typed();
        self.waiting = Waiting::default();
        self.talk = None;
        self.sounds.forget_incomplete();
        self.cut_off();
        tracing::error!(case = %self.case, "the interpreter ended the conversation by itself");
        self.trouble(
            ErrorCode::EngineFailed,
            "the interpreter stopped: switch the microphone on again to start it anew",
        );
        if let Some(draining) = &mut self.draining {
            draining.waiting.clear();
        }
        self.drained_or_late();
    }

    pub(super) fn pipe_event(&mut self, event: PipeEvent) {
        self.lag.piped(&event, Instant::now());
        self.tell_behind();
        match event {
            PipeEvent::SpeechStarted { speaker, start_ms } => self.waiting.began(speaker, start_ms),
            PipeEvent::Partial {
                speaker,
                text,
                settled_chars,
                start_ms,
            } => {
                if text.is_empty() {
                    self.waiting.over(speaker, start_ms);
                }
                self.speaks_after_unsaved(speaker);
                let lang = speaker.lang();
                self.tell_all(&ServerMessage::Partial {
                    speaker,
                    lang,
                    text,
                    settled_chars,
                    start_ms,
                });
            }
            PipeEvent::Draft {
                speaker,
                lang,
                text,
                start_ms,
            } if !self.shown_unsaved.contains_key(&speaker) => {
                self.tell_all(&ServerMessage::Draft {
                    speaker,
                    lang,
                    text,
                    start_ms,
                });
            }
            // On the screens stand other words of the same speaker: it would be read as theirs.
            PipeEvent::Draft { .. } => {}
            PipeEvent::Settled(settled) => {
                let (speaker, start_ms) = (settled.speaker, settled.start_ms);
                self.settled(settled);
                self.waiting.over(speaker, start_ms);
            }
            PipeEvent::Translated {
                number,
                lang,
                text,
                confidence,
                warnings,
                verified,
                lag_ms,
            } => {
                let rendered = Rendered {
                    text,
                    confidence,
                    warnings,
                    verified,
                };
                self.translated(number, lang, rendered, lag_ms);
            }
            PipeEvent::Speech {
                number,
                lang,
                sample_rate,
                samples,
                last,
                lag_ms,
                ..
            } => {
                self.speech(number, lang, sample_rate, &samples, last, lag_ms);
                if last {
                    self.sentence_said(number);
                }
            }
            PipeEvent::Failed {
                number,
                speaker,
                stage,
                message,
            } => {
                tracing::warn!(case = %self.case, ?number, ?speaker, ?stage, %message, "an engine failed");
                self.failed(stage, &message);
                if let Some(number) = number {
                    self.sentence_said(number);
                }
            }
            PipeEvent::Drained { speaker } => {
                // Of a microphone that is on again: what is being said now is not over.
                let on = |c: &Client| c.role.speaker() == Some(speaker) && c.audio_on;
                if !self.clients.iter().any(on) {
                    self.waiting.over(speaker, u64::MAX);
                }
                if let Some(draining) = &mut self.draining {
                    draining.waiting.retain(|s| *s != speaker);
                }
                self.drained_or_late();
            }
        }
    }

    /// Tells all that an engine failed, and whether the words are there all the same.
    fn failed(&self, stage: Stage, message: &str) {
        let message = format!("{stage:?}: {message}");
        match stage {
            Stage::Segment | Stage::Recognise => self.trouble(ErrorCode::EngineFailed, &message),
            Stage::Translate | Stage::Speak => {
                for client in &self.clients {
                    client.outbox.failed_on_kept_words(message.as_str());
                }
            }
        }
    }

    fn settled(&mut self, settled: SettledSpeech) {
        let id = UtteranceId(settled.number);
        if self.journal.view().utterance(id).is_some() {
            tracing::error!(case = %self.case, %id, "the interpreter used a number twice");
            return;
        }
        add(&self.shared.metrics.utterances, 1);
        if let Some(talk) = &mut self.talk {
            talk.lags.insert(
                id,
                Lags {
                    settled: settled.lag_ms,
                    ..Lags::default()
                },
            );
        }
        self.record(
            Role::System,
            EventPayload::UtteranceSettled(Utterance {
                id,
                speaker: settled.speaker,
                lang: settled.lang,
                text: settled.text,
                source: UtteranceSource::Speech,
                start_ms: settled.start_ms,
                end_ms: settled.end_ms,
                confidence: probability(settled.confidence),
                reconsidered: settled.reconsidered,
                interrupted: settled.interrupted,
                sent_as: None,
            }),
        );
        self.hear(id, settled.start_ms, settled.sound);
    }

    fn translated(&mut self, number: u32, lang: Lang, rendered: Rendered, lag_ms: u64) {
        let id = self.utterance_of(number);
        let known = self.journal.view().utterance(id);
        if known.is_none_or(|u| u.translation.is_some()) {
            return;
        }
        let failed = rendered.warnings.contains(&TranslationWarning::Failed);
        self.record(
            Role::System,
            EventPayload::TranslationSettled {
                utterance: id,
                lang,
                text: if failed { String::new() } else { rendered.text },
                confidence: probability(rendered.confidence),
                warnings: rendered.warnings,
                verified: rendered.verified,
            },
        );
        let Some(lags) = self.talk.as_mut().and_then(|t| t.lags.get_mut(&id)) else {
            return;
        };
        lags.translated = lag_ms;
        let timing = timing(id, *lags, None);
        self.tell_all(&timing);
    }

    fn speech(
        &mut self,
        number: u32,
        lang: Lang,
        sample_rate: u32,
        samples: &[f32],
        last: bool,
        lag_ms: u64,
    ) {
        // What is translated anew after a restart was part of a moment that is over.
        let retold = self
            .talk
            .as_ref()
            .is_some_and(|t| t.retold.contains_key(&number));
        if !self.shared.config.speech || retold {
            return;
        }
        let id = UtteranceId(number);
        let said = self.talk.as_ref().is_some_and(|t| t.said.contains(&number));
        let utterance = self.journal.view().utterance(id);
        let speaker = match utterance.map(|u| u.utterance.speaker) {
            Some(speaker) => speaker,
            // To the citizen, as if staff had said it.
            None if said => Speaker::Staff,
            None => return,
        };
        let outs = self.sounds.add(id, lang, sample_rate, samples, last);
        let begun = self.talk.as_ref().and_then(|t| t.lags.get(&id));
        let begun = begun.is_some_and(|lags| lags.spoken);
        let listener = speaker.other();
        let now = Instant::now();
        if outs.is_empty() || !said && self.lag.is_too_late(id, listener, begun, lag_ms, now) {
            return;
        }
        self.playing(speaker.other(), length(samples.len(), sample_rate));
        for out in outs {
            self.journal.deliver(Delivery {
                to: Audience::Side(listener),
                out,
            });
        }
        let Some(lags) = self.talk.as_mut().and_then(|t| t.lags.get_mut(&id)) else {
            return;
        };
        if !samples.is_empty() && !std::mem::replace(&mut lags.spoken, true) {
            let timing = timing(id, *lags, Some(lag_ms));
            self.tell_all(&timing);
        }
    }

    /// Tells the interpreter that a side's device gets speech to play, if there is one and it does not say itself when
    /// it plays it.
    pub(super) fn playing(&self, listener: Speaker, length: Duration) {
        let mut clients = self.clients.iter();
        let guessed = clients.any(|c| c.role.speaker() == Some(listener) && c.speaking.is_none());
        if let Some(talk) = self.talk.as_ref().filter(|_| guessed && !length.is_zero()) {
            talk.handle.playing(listener, length);
        }
    }

    /// Speaks sentences to the citizen, also after the conversation has ended: then the form is
    /// still to be read out and signed. They stand on the screens as well, so that a machine
    /// without a voice loses nothing.
    pub(super) fn say_to_citizen(
        &mut self,
        sentences: impl IntoIterator<Item = String>,
    ) -> Result<(), Refused> {
        if !self.shared.config.speech {
            return Ok(());
        }
        self.open_talk()?;
        if let Some(talk) = &mut self.talk {
            for sentence in sentences {
                talk.said
                    .insert(talk.handle.say(Speaker::Citizen, sentence));
            }
        }
        Ok(())
    }

    /// True while the form is read out, or will be as soon as the pipe is empty.
    pub(super) fn is_reading(&self) -> bool {
        let waits = self.draining.as_ref().is_some_and(|d| d.then_read);
        waits || self.talk.as_ref().is_some_and(|t| !t.said.is_empty())
    }

    /// What is being read out is not so any more, or not wanted: only the sentence that has begun is spoken to its end.
    pub(super) fn stop_reading(&mut self) {
        if let Some(draining) = &mut self.draining {
            draining.then_read = false;
        }
        let Some(talk) = &mut self.talk else { return };
        let (sounds, waiting) = (&self.sounds, talk.said.len());
        talk.said.retain(|n| sounds.is_speaking(UtteranceId(*n)));
        if talk.said.len() == waiting {
            return;
        }
        talk.handle.hush(Speaker::Citizen);
        let keeps_open = !talk.said.is_empty() || self.draining.is_some();
        if !keeps_open
            && self.journal.view().ended()
            && let Some(talk) = self.talk.take()
        {
            talk.handle.close();
        }
    }

    /// After the end nothing but the last sentence keeps the interpreter open.
    fn sentence_said(&mut self, number: u32) {
        let Some(talk) = &mut self.talk else { return };
        let last = talk.said.remove(&number) && talk.said.is_empty();
        if last
            && self.journal.view().ended()
            && let Some(talk) = self.talk.take()
        {
            talk.handle.close();
        }
    }

    fn utterance_of(&self, number: u32) -> UtteranceId {
        let retold = self.talk.as_ref().and_then(|t| t.retold.get(&number));
        retold.copied().unwrap_or(UtteranceId(number))
    }

    /// Takes typed text, which is written down when what was said before it is.
    pub(super) fn take_typed(
        &mut self,
        role: Role,
        speaker: Speaker,
        text: String,
        sent_as: Option<String>,
    ) {
        let heard = self.talk.as_ref().and_then(|t| t.heard.get(&speaker));
        let at_ms = heard.copied().unwrap_or(0) / 16;
        let typed = Typed {
            role,
            speaker,
            translation: self.asked_by_form(speaker, &text),
            text,
            sent_as,
            at_ms,
        };
        self.waiting.add(Instant::now(), typed);
        self.write_typed();
    }

    /// Sends typed text into the pipe and records it.
    pub(super) fn typed(&mut self, typed: Typed) {
        let Typed {
            role,
            speaker,
            text,
            translation,
            sent_as,
            at_ms,
        } = typed;
        let Some(talk) = &mut self.talk else { return };
        let number = match translation {
            Some(known) => talk.handle.type_translated(speaker, text.clone(), known),
            None => talk.handle.translate_typed(speaker, text.clone()),
        };
        let id = UtteranceId(number);
        self.lag.typed(id, speaker, Instant::now());
        talk.lags.insert(id, Lags::default());
        add(&self.shared.metrics.utterances, 1);
        self.record(
            role,
            EventPayload::UtteranceSettled(Utterance {
                id,
                speaker,
                lang: speaker.lang(),
                text,
                source: UtteranceSource::Typed,
                start_ms: at_ms,
                end_ms: at_ms,
                confidence: 1.0,
                reconsidered: Vec::new(),
                interrupted: false,
                sent_as,
            }),
        );
    }
}

fn timing(utterance: UtteranceId, lags: Lags, spoken_ms: Option<u64>) -> ServerMessage {
    ServerMessage::Timing {
        utterance,
        settled_ms: lags.settled,
        translated_ms: lags.translated,
        spoken_ms,
    }
}

/// A confidence that JSON can hold.
fn probability(confidence: f32) -> f32 {
    if confidence.is_finite() {
        confidence.clamp(0.0, 1.0)
    } else {
        0.0
    }
}
