//! The engine threads: each takes jobs from its queue, does them, and hands the result on.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use tolkebot_asr::{SettlingPolicy, reconsidered};
use tolkebot_protocol::{Speaker, TranslationWarning};
use tracing::{debug, error, warn};

use crate::engines::{Effort, Heard, Recognise, Rendered, Speak, Translate};
use crate::queue::WorkQueue;
use crate::talk::{Purpose, RecogniseJob, SpeakJob, Talk, TranslateJob, lag_ms, text};
use crate::{HeardSound, InterpreterConfig, PipeEvent, SettledSpeech, Stage};

/// No more is believed of words that were written in another language than they were spoken in:
/// whoever reads them has to ask.
const OTHER_LANGUAGE: f32 = 0.3;
/// Samples per millisecond.
const SAMPLES_PER_MS: usize = tolkebot_audio::SAMPLE_RATE as usize / 1000;

/// The queues between the stages.
pub(crate) struct Queues {
    pub(crate) recognise: WorkQueue<(Arc<Talk>, RecogniseJob)>,
    pub(crate) translate: WorkQueue<(Arc<Talk>, TranslateJob)>,
    pub(crate) speak: WorkQueue<(Arc<Talk>, SpeakJob)>,
    /// Whether translations are spoken.
    pub(crate) speech: bool,
    /// Whether settled words are translated while somebody still speaks.
    pub(crate) drafts: bool,
    /// Which words stay while somebody still speaks.
    pub(crate) settling: SettlingPolicy,
    /// Whether the recogniser is told what was said last.
    pub(crate) context: bool,
    /// Whether it is told which words were asked for.
    pub(crate) expected_words: bool,
}

impl Queues {
    pub(crate) fn new(config: &InterpreterConfig) -> Self {
        Queues {
            recognise: WorkQueue::in_order(),
            translate: WorkQueue::new(),
            speak: WorkQueue::new(),
            speech: config.speech,
            drafts: config.simultaneous,
            settling: config.settling(),
            context: config.context,
            expected_words: config.expected_words,
        }
    }

    pub(crate) fn forget(&self, conversation: u64) {
        self.recognise.forget(conversation);
        self.translate.forget(conversation);
        self.speak.forget(conversation);
    }

    pub(crate) fn close(&self) {
        self.recognise.close();
        self.translate.close();
        self.speak.close();
    }
}

/// Runs an engine on one job. An engine that panics costs that job, not the thread: the other
/// conversations go on.
fn guarded<T>(stage: Stage, work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        error!(
            ?stage,
            "an engine panicked; the job is given up, the thread goes on"
        );
        Err("the engine stopped unexpectedly on this utterance: say it again or type it".into())
    })
}

pub(crate) fn recognise(queues: &Queues, engine: &mut dyn Recognise) {
    while let Some((key, (talk, job))) = queues.recognise.pop() {
        if talk.is_closed() {
            queues.recognise.done(key);
            continue;
        }
        let effort = if job.settled {
            Effort::Settled
        } else {
            Effort::Partial
        };
        let lang = job.speaker.lang();
        let mut known = talk.known(job.speaker, job.start_ms);
        if !queues.context {
            known.context = None;
        }
        if !queues.expected_words {
            known.expected = None;
        }
        let heard = guarded(Stage::Recognise, || {
            engine.recognise(lang, &job.samples, effort, &known)
        });
        let RecogniseJob {
            speaker,
            start_ms,
            end_ms,
            heard_at,
            ..
        } = job;
        let heard = match heard {
            Ok(heard) if job.settled => Ok(with_settled(&talk, speaker, start_ms, heard)),
            Err(message) if job.settled => kept(&talk, speaker, start_ms, message),
            heard => heard,
        };
        match (heard, job.settled) {
            (Ok(heard), false) => {
                if !heard.text.is_empty() {
                    let sound_ms = (job.samples.len() / SAMPLES_PER_MS) as u64;
                    let (text, settled_chars) = match heard.words.is_empty() {
                        true => (heard.text, 0),
                        false => talk.hypothesis(
                            speaker,
                            start_ms,
                            queues.settling,
                            &heard.words,
                            sound_ms,
                        ),
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
            }
            (Err(message), false) => {
                debug!(
                    conversation = talk.id,
                    message, "a partial recognition failed"
                );
            }
            (Ok(Heard { text, .. }), true) if text.is_empty() => {
                talk.end_draft(speaker);
                talk.send_or_drop(PipeEvent::Partial {
                    speaker,
                    text,
                    settled_chars: 0,
                    start_ms,
                });
                talk.finish(speaker);
            }
            (
                Ok(Heard {
                    text,
                    confidence,
                    other_language,
                    words,
                }),
                true,
            ) => {
                let confidence = match other_language {
                    true => confidence.min(OTHER_LANGUAGE),
                    false => confidence,
                };
                talk.end_draft(speaker);
                if !other_language {
                    talk.said_last(lang, &text);
                }
                let number = talk.take_number();
                talk.send(PipeEvent::Settled(SettledSpeech {
                    number,
                    speaker,
                    lang,
                    text: text.clone(),
                    confidence,
                    reconsidered: reconsidered(&text, &words),
                    start_ms,
                    end_ms,
                    lag_ms: lag_ms(heard_at),
                    sound: HeardSound::new(job.samples),
                }));
                let job = TranslateJob {
                    speaker,
                    text,
                    purpose: Purpose::Settled {
                        number,
                        heard_at,
                        other_language,
                    },
                };
                queues.translate.push_firm(key, (talk.clone(), job));
            }
            (Err(message), true) => {
                failed(&talk, speaker, message);
                talk.end_draft(speaker);
                talk.send_or_drop(PipeEvent::Partial {
                    speaker,
                    text: String::new(),
                    settled_chars: 0,
                    start_ms,
                });
                talk.finish(speaker);
            }
        }
        queues.recognise.done(key);
    }
}

/// A whole stretch, in which words that were settled while it was spoken stay as they were.
fn with_settled(talk: &Talk, speaker: Speaker, start_ms: u64, heard: Heard) -> Heard {
    let Some(words) = talk.finished(speaker, start_ms, &heard.words) else {
        return heard;
    };
    let logs = words.iter().map(|word| word.confidence.max(1e-6).ln());
    let mean = logs.sum::<f32>() / words.len().max(1) as f32;
    Heard {
        text: text(&words),
        // The last hypothesis may be surer of words that it does not get to decide.
        confidence: heard.confidence.min(mean.exp()),
        other_language: heard.other_language,
        words,
    }
}

/// What was settled of a stretch whose last recognition failed: people have seen these words, so they
/// stay, all of them marked. That the rest is lost is said.
fn kept(talk: &Talk, speaker: Speaker, start_ms: u64, message: String) -> Result<Heard, String> {
    let Some(words) = talk.finished(speaker, start_ms, &[]) else {
        return Err(message);
    };
    failed(talk, speaker, message);
    let logs = words.iter().map(|word| word.confidence.max(1e-6).ln());
    Ok(Heard {
        text: text(&words),
        confidence: (logs.sum::<f32>() / words.len().max(1) as f32).exp(),
        other_language: false,
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

pub(crate) fn translate(queues: &Queues, engine: &mut dyn Translate) {
    while let Some((key, (talk, job))) = queues.translate.pop() {
        if talk.is_closed() {
            queues.translate.done(key);
            continue;
        }
        let TranslateJob {
            speaker,
            text,
            purpose,
        } = job;
        let (number, heard_at, other_language) = match purpose {
            Purpose::Settled {
                number,
                heard_at,
                other_language,
            } => (number, heard_at, other_language),
            Purpose::Draft { start_ms, held } => {
                draft(queues, engine, &talk, speaker, start_ms, &text, &held);
                queues.translate.done(key);
                continue;
            }
        };
        let rendered = guarded(Stage::Translate, || engine.translate(&text, speaker.lang()));
        let lang = speaker.lang().other();
        let failed = rendered.is_err();
        let Rendered {
            text,
            confidence,
            mut warnings,
            verified,
        } = rendered.unwrap_or_else(|message| {
            warn!(conversation = talk.id, message, "translation failed");
            let stage = Stage::Translate;
            talk.send(PipeEvent::Failed {
                number: Some(number),
                speaker,
                stage,
                message,
            });
            Rendered {
                text,
                confidence: 0.0,
                warnings: vec![TranslationWarning::Failed],
                verified: false,
            }
        });
        if other_language && !warnings.contains(&TranslationWarning::WrongLanguage) {
            warnings.push(TranslationWarning::WrongLanguage);
        }
        if !failed && !other_language {
            talk.said_last(lang, &text);
        }
        let spoken = text.clone();
        let lag = lag_ms(heard_at);
        talk.send(PipeEvent::Translated {
            number,
            lang,
            text,
            confidence,
            warnings,
            verified,
            lag_ms: lag,
        });
        if queues.speech && !failed && !spoken.is_empty() {
            let job = SpeakJob {
                speaker,
                number,
                text: spoken,
                heard_at,
                piece: 0,
            };
            queues.speak.push_firm(key, (talk.clone(), job));
        } else {
            talk.finish(speaker);
        }
        queues.translate.done(key);
    }
}

/// Translates settled words of an utterance that goes on. It gives way to everything that is kept and waits.
fn draft(
    queues: &Queues,
    engine: &mut dyn Translate,
    talk: &Talk,
    speaker: Speaker,
    start_ms: u64,
    text: &str,
    held: &str,
) {
    let go_on = || !queues.translate.has_firm() && !talk.is_closed();
    let drafted = guarded(Stage::Translate, || {
        engine.draft(text, speaker.lang(), held, &go_on)
    });
    match drafted {
        Ok(Some(text)) => talk.drafted(speaker, start_ms, &text),
        Ok(None) => {}
        Err(message) => debug!(conversation = talk.id, message, "a draft failed"),
    }
}

pub(crate) fn speak(queues: &Queues, engine: &mut dyn Speak) {
    while let Some((key, (talk, job))) = queues.speak.pop() {
        if talk.is_closed() {
            queues.speak.done(key);
            continue;
        }
        let SpeakJob {
            speaker,
            number,
            text,
            heard_at,
            mut piece,
        } = job;
        let lang = speaker.lang().other();
        let sample_rate = engine.sample_rate(lang);
        let (now, rest) = first_breath(&text);
        let spoken = guarded(Stage::Speak, || {
            engine.speak(now, lang, &mut |samples| {
                if talk.is_closed() {
                    return ControlFlow::Break(());
                }
                if !samples.is_empty() {
                    talk.send(PipeEvent::Speech {
                        number,
                        lang,
                        sample_rate,
                        samples: samples.to_vec(),
                        piece,
                        last: false,
                        lag_ms: lag_ms(heard_at),
                    });
                    piece += 1;
                }
                ControlFlow::Continue(())
            })
        });
        if spoken.is_ok() && !rest.is_empty() {
            let job = SpeakJob {
                speaker,
                number,
                text: rest.to_owned(),
                heard_at,
                piece,
            };
            queues.speak.put_back(key, (talk, job));
            continue;
        }
        if let Err(message) = spoken {
            warn!(conversation = talk.id, message, "speaking failed");
            let stage = Stage::Speak;
            talk.send(PipeEvent::Failed {
                number: Some(number),
                speaker,
                stage,
                message,
            });
        }
        talk.send(PipeEvent::Speech {
            number,
            lang,
            sample_rate,
            samples: Vec::new(),
            piece,
            last: true,
            lag_ms: lag_ms(heard_at),
        });
        talk.finish(speaker);
        queues.speak.done(key);
    }
}

/// What is spoken before others have their turn, and the rest: whole sentences of at least [`BREATH`] characters, so that two
/// minutes of typed text silence nobody else.
fn first_breath(text: &str) -> (&str, &str) {
    let mut chars = text.char_indices().enumerate().peekable();
    while let Some((n, (_, c))) = chars.next() {
        let Some(&(_, (next, space))) = chars.peek() else {
            break;
        };
        let ends = matches!(c, '.' | '!' | '?' | '…') && space.is_whitespace();
        // "3. august", "ca. ti" go on.
        let begins = text[next..]
            .trim_start()
            .starts_with(|c: char| c.is_uppercase() || "«\"–—".contains(c));
        if ends && begins && n >= BREATH {
            return (&text[..next], text[next..].trim_start());
        }
    }
    (text, "")
}

/// About ten seconds of speech.
const BREATH: usize = 120;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_spoken_in_whole_sentences() {
        let sentence =
            "Vi ses den 3. august kl. 10 i Borgerservice, når du har fået nøglerne til boligen.";
        let text = [sentence; 5].join(" ");
        let (mut rest, mut parts) = (text.as_str(), Vec::new());
        while !rest.is_empty() {
            let (now, behind) = first_breath(rest);
            parts.push(now);
            rest = behind;
        }
        assert_eq!(parts.len(), 3, "{parts:?}");
        assert_eq!(parts.join(" "), text);
        assert!(parts.iter().all(|part| part.ends_with("boligen.")));
        for short in ["", "Ja.", sentence, "Ні! Ще раз? Так."] {
            assert_eq!(first_breath(short), (short, ""));
        }
        let endless = "ord ".repeat(500);
        assert_eq!(first_breath(&endless), (endless.as_str(), ""));
    }
}
