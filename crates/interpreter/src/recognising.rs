//! The recognising threads: what a stretch of speech says, as far as it is known, and what stays of it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use tolkebot_asr::{HeardAlready, SpokenIn, Word, reconsidered};
use tolkebot_protocol::Speaker;
use tracing::{debug, error, warn};

use crate::engines::{Effort, Heard, Recognise};
use crate::holes::is_cut;
use crate::queue::ChannelKey;
use crate::talk::{Purpose, RecogniseJob, SAMPLES_PER_MS, Talk, TranslateJob, lag_ms, text};
use crate::workers::{Queues, UNEXPECTED, guarded};
use crate::{HeardSound, PipeEvent, SettledSpeech, Stage};

/// No more is believed of words that were written in another language than they were spoken in:
/// whoever reads them has to ask.
const OTHER_LANGUAGE: f32 = 0.3;
/// … and of words between which others are missing: those may have taken them back.
const INTERRUPTED: f32 = 0.6;
/// A stretch in the other side's language is the other person, heard by both microphones, if that person
/// spoke so much of the time.
const OVERHEARD: f32 = 0.7;

/// Recognises until the queue is closed.
pub(crate) fn recognise(queues: &Queues, engine: &mut dyn Recognise) {
    while let Some((key, (talk, job))) = queues.recognise.pop() {
        let (speaker, settled, start_ms) = (job.speaker, job.settled, job.start_ms);
        let work = AssertUnwindSafe(|| one(queues, engine, key, &talk, job));
        // The engine is guarded by itself; this is for what is made of its words. Without an end the channel
        // would wait for ever.
        if !talk.is_closed() && catch_unwind(work).is_err() {
            error!(
                conversation = talk.id,
                "what was recognised could not be used; it is given up, the thread goes on"
            );
            if settled {
                failed(&talk, speaker, UNEXPECTED.to_owned());
                nothing(&talk, speaker, start_ms);
            }
        }
        queues.recognise.done(key);
    }
}

/// Recognises one stretch and hands it on.
fn one(
    queues: &Queues,
    engine: &mut dyn Recognise,
    key: ChannelKey,
    talk: &Arc<Talk>,
    job: RecogniseJob,
) {
    let (speaker, start_ms) = (job.speaker, job.start_ms);
    let (effort, already) = match job.settled || job.presumed_over {
        true => (Effort::Settled, HeardAlready::default()),
        false => {
            let already = talk.heard_already(speaker, start_ms, job.sound_ms());
            let settled_until_ms = already.settled_until_ms;
            (Effort::Partial { settled_until_ms }, already)
        }
    };
    let left_out = already.ms as usize * SAMPLES_PER_MS;
    let samples = job.samples.get(left_out..).unwrap_or_default();
    let mut known = talk.known(speaker, start_ms);
    if !queues.context {
        known.context = None;
    }
    if !queues.expected_words {
        known.expected = None;
    }
    let presumed = match job.settled {
        true => talk.presumed(speaker, start_ms, samples.len()),
        false => None,
    };
    let heard = match presumed {
        Some(heard) => Ok(heard),
        None => guarded(Stage::Recognise, || {
            engine.recognise(speaker.lang(), samples, effort, &known)
        }),
    };
    if let Ok(heard) = &heard
        && job.presumed_over
    {
        talk.presume(speaker, start_ms, samples.len(), heard);
    }
    let heard = match heard {
        Ok(heard) if heard.spoken_in == SpokenIn::OtherSides && is_overheard(talk, &job) => {
            Ok(overheard(talk, heard))
        }
        heard => heard,
    };
    match (heard, job.settled) {
        (Ok(heard), false) if heard.text.is_empty() => {}
        (Ok(heard), false) => partial(queues, key, talk, &job, (already, heard)),
        (Err(message), false) => {
            debug!(
                conversation = talk.id,
                message, "a partial recognition failed"
            );
        }
        (heard, true) => {
            let heard = match heard {
                Ok(heard) => Ok(with_settled(talk, &job, heard)),
                Err(message) => kept(talk, &job, message),
            };
            match heard {
                Ok(heard) if heard.text.is_empty() => nothing(talk, speaker, start_ms),
                Ok(heard) => settled(queues, key, talk, job, heard),
                Err(message) => {
                    failed(talk, speaker, message);
                    nothing(talk, speaker, start_ms);
                }
            }
        }
    }
}

/// Whether the other person spoke at that time, or was spoken to: two microphones on one counter hear both people and
/// both devices.
fn is_overheard(talk: &Talk, job: &RecogniseJob) -> bool {
    talk.other_side_spoke(job.speaker, job.begun_at, job.heard_at) >= OVERHEARD
}

/// The other person's words, which that person's own microphone heard better, or our own to that person. What was settled of them
/// before this was known stays, as everything does that people have seen.
fn overheard(talk: &Talk, heard: Heard) -> Heard {
    debug!(
        conversation = talk.id,
        "a stretch of the other person's speech is left to the other microphone"
    );
    Heard {
        words: Vec::new(),
        text: String::new(),
        ..heard
    }
}

/// Words for the screen, of which some stay already.
fn partial(
    queues: &Queues,
    key: ChannelKey,
    talk: &Arc<Talk>,
    job: &RecogniseJob,
    (already, heard): (HeardAlready, Heard),
) {
    let (speaker, start_ms) = (job.speaker, job.start_ms);
    let (text, settled_chars) = match heard.words.is_empty() {
        true => (heard.text, 0),
        false => {
            let (policy, words) = (queues.settling, (already, heard.words.as_slice()));
            talk.hypothesis(speaker, start_ms, policy, words, job.sound_ms())
        }
    };
    let settled: String = text.chars().take(settled_chars as usize).collect();
    talk.send_or_drop(PipeEvent::Partial {
        speaker,
        text,
        settled_chars,
        start_ms,
    });
    if queues.drafts
        && let Some(held) = talk.draft_due(speaker, start_ms, &settled)
    {
        let job = TranslateJob {
            speaker,
            text: settled,
            purpose: Purpose::Draft { start_ms, held },
        };
        queues.translate.offer_partial(key, (talk.clone(), job));
    }
}

/// Words that stay, on their way to be translated.
fn settled(queues: &Queues, key: ChannelKey, talk: &Arc<Talk>, job: RecogniseJob, heard: Heard) {
    let RecogniseJob {
        speaker,
        samples,
        start_ms,
        end_ms,
        begun_at,
        heard_at,
        broken_off,
        ..
    } = job;
    let Heard {
        text,
        confidence,
        spoken_in,
        words,
    } = heard;
    let confidence = match spoken_in.is_other() {
        true => confidence.min(OTHER_LANGUAGE),
        false => confidence,
    };
    let spoken_over = talk.was_played_to(speaker, begun_at, heard_at) && is_cut(&samples);
    let interrupted = broken_off || spoken_over;
    let confidence = match interrupted {
        true => confidence.min(INTERRUPTED),
        false => confidence,
    };
    talk.end_draft(speaker);
    if !spoken_in.is_other() {
        talk.said_last(speaker.lang(), &text);
    }
    let number = talk.take_number();
    talk.send(PipeEvent::Settled(SettledSpeech {
        number,
        speaker,
        lang: speaker.lang(),
        text: text.clone(),
        confidence,
        reconsidered: reconsidered(&text, &words),
        interrupted,
        start_ms,
        end_ms,
        lag_ms: lag_ms(heard_at),
        sound: HeardSound::new(samples),
    }));
    let job = TranslateJob {
        speaker,
        text,
        purpose: Purpose::Settled {
            number,
            heard_at,
            spoken_in,
            known: None,
        },
    };
    queues.translate.push_firm(key, (talk.clone(), job));
}

/// The stretch holds no words.
fn nothing(talk: &Talk, speaker: Speaker, start_ms: u64) {
    talk.end_draft(speaker);
    talk.send_or_drop(PipeEvent::Partial {
        speaker,
        text: String::new(),
        settled_chars: 0,
        start_ms,
    });
    talk.written(speaker);
    talk.finish(speaker);
}

/// A whole stretch, in which words that were settled while it was spoken stay as they were.
fn with_settled(talk: &Talk, job: &RecogniseJob, heard: Heard) -> Heard {
    let Some(words) = finished(talk, job, &heard.words) else {
        return heard;
    };
    let logs = words.iter().map(|word| word.confidence.max(1e-6).ln());
    let mean = logs.sum::<f32>() / words.len().max(1) as f32;
    Heard {
        text: text(&words),
        // The last hypothesis may be surer of words that it does not get to decide.
        confidence: heard.confidence.min(mean.exp()),
        spoken_in: heard.spoken_in,
        words,
    }
}

fn finished(talk: &Talk, job: &RecogniseJob, words: &[Word]) -> Option<Vec<Word>> {
    talk.finished(job.speaker, (job.start_ms, job.end_ms), job.goes_on, words)
}

/// What was settled of a stretch whose last recognition failed: people have seen these words, so they
/// stay, all of them marked. That the rest is lost is said.
fn kept(talk: &Talk, job: &RecogniseJob, message: String) -> Result<Heard, String> {
    let Some(words) = finished(talk, job, &[]) else {
        return Err(message);
    };
    failed(talk, job.speaker, message);
    let logs = words.iter().map(|word| word.confidence.max(1e-6).ln());
    Ok(Heard {
        text: text(&words),
        confidence: (logs.sum::<f32>() / words.len().max(1) as f32).exp(),
        spoken_in: SpokenIn::Channels,
        words,
    })
}

fn failed(talk: &Talk, speaker: Speaker, message: String) {
    warn!(conversation = talk.id, message, "recognition failed");
    talk.send(PipeEvent::Failed {
        number: None,
        speaker,
        stage: Stage::Recognise,
        message,
    });
}
