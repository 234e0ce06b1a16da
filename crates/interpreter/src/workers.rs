//! The threads of the other engines, and the queues between all of them: each takes jobs from its queue, does them, and hands the result on.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use tolkebot_asr::{SettlingPolicy, SpokenIn};
use tolkebot_protocol::{Speaker, TranslationWarning};
use tracing::{debug, error, warn};

use crate::engines::{Rendered, Speak, Translate};
use crate::queue::WorkQueue;
use crate::talk::{Purpose, RecogniseJob, SpeakJob, Talk, TranslateJob, lag_ms};
use crate::{InterpreterConfig, PipeEvent, Stage};

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

/// What people are told when a panic cost an utterance.
pub(crate) const UNEXPECTED: &str =
    "the engine stopped unexpectedly on this utterance: say it again or type it";

/// Runs an engine on one job. An engine that panics costs that job, not the thread: the other
/// conversations go on.
pub(crate) fn guarded<T>(
    stage: Stage,
    work: impl FnOnce() -> Result<T, String>,
) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        error!(
            ?stage,
            "an engine panicked; the job is given up, the thread goes on"
        );
        Err(UNEXPECTED.to_owned())
    })
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
        let (number, heard_at, spoken_in, known) = match purpose {
            Purpose::Settled {
                number,
                heard_at,
                spoken_in,
                known,
            } => (number, heard_at, spoken_in, known),
            Purpose::Draft { start_ms, held } => {
                draft(queues, engine, &talk, speaker, start_ms, &text, &held);
                queues.translate.done(key);
                continue;
            }
        };
        let rendered = match known {
            Some(text) => Ok(Rendered::fixed(text)),
            None => guarded(Stage::Translate, || engine.translate(&text, speaker.lang())),
        };
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
        if spoken_in.is_other() && !warnings.contains(&TranslationWarning::WrongLanguage) {
            warnings.push(TranslationWarning::WrongLanguage);
        }
        if !failed && !spoken_in.is_other() {
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
        talk.written(speaker);
        // Who hears the other side speak the own language needs no voice, and least of all one that says what
        // was made of it.
        let is_needed = spoken_in != SpokenIn::OtherSides;
        if queues.speech && is_needed && !failed && !spoken.is_empty() {
            let job = SpeakJob {
                speaker,
                number,
                text: spoken,
                heard_at,
                piece: 0,
                is_read_out: false,
            };
            // An answer during a read-back is heard after the sentence that is being read.
            let talk_job = (talk.clone(), job);
            let can_wait = |(_, job): &(Arc<Talk>, SpeakJob)| job.can_wait();
            queues.speak.push_before(key, talk_job, can_wait);
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
            is_read_out,
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
                is_read_out,
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
