//! Sound to text.

mod second_thoughts;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ffi::CStr;
use std::path::Path;
use std::sync::Arc;

use tolkebot_protocol::Lang;

use crate::ffi::{self, Context, Failure, Heard, Job, LEAST_SAMPLES, SAMPLES_PER_FRAME, State};
use crate::guard::{self, Evidence};
use crate::looping::without_loop;
use crate::options::{AsrConfig, DecodeOptions};
use crate::second_opinion::SecondOpinion;
use crate::sound::{self, RATE};
use crate::transcript::{Nothing, Transcript, Word};
use crate::words::{self, Piece};
use crate::{AsrError, Language, header};

/// Silence that the encoder sees after the sound, in frames of 20 ms. With none, Whisper repeats
/// itself; more costs time.
const PADDING_FRAMES: usize = 64;
/// Fewest frames that an option may ask for.
const LEAST_FRAMES: usize = 64;
/// Longest sound of one call: longer is no utterance but a recording.
const LONGEST_SECONDS: usize = 600;
/// Most beams that whisper.cpp follows.
const MOST_BEAMS: usize = 8;
/// A text has at most so many tokens per second of sound, and some to begin with.
const TOKENS_PER_SECOND: usize = 14;
const TOKENS_TO_BEGIN: usize = 16;
/// Prompts longer than this leave no room for the text.
const LONGEST_PROMPT: usize = 200;
/// No more is believed of a text whose end had to be forced: what was said behind it was not heard.
const CUT_SHORT: f32 = 0.3;
/// Temperature of the second try.
const FALLBACK: f32 = 0.6;

/// A loaded model. Clones share it; each conversation has its own [`RecogniserSession`].
#[derive(Debug, Clone)]
pub struct Recogniser {
    context: Arc<Context>,
    threads: usize,
    opinions: Arc<HashMap<Lang, SecondOpinion>>,
}

impl Recogniser {
    /// Loads a Whisper model in ggml format, and the example sentences beside it, if there are any.
    ///
    /// # Errors
    /// [`AsrError::Model`] if a file is missing, damaged or English only; [`AsrError::Option`]
    /// for no or more than 64 threads.
    pub fn load(path: impl AsRef<Path>, config: &AsrConfig) -> Result<Recogniser, AsrError> {
        let path = path.as_ref();
        check_threads(config.threads)?;
        let sizes = header::read(path)?;
        let load = ffi::Load {
            gpu: config.gpu,
            word_times: config.word_times,
            sizes,
        };
        let context = Context::load(path, &load).ok_or_else(|| AsrError::Model {
            path: path.to_path_buf(),
            what: "it is damaged, or there is too little memory".to_owned(),
        })?;
        let mut opinions = HashMap::new();
        if let Some(folder) = path.parent().filter(|_| config.second_opinion) {
            for lang in Lang::ALL {
                let found = SecondOpinion::beside(folder, lang)?;
                opinions.extend(found.map(|opinion| (lang, opinion)));
            }
        }
        Ok(Recogniser {
            context: Arc::new(context),
            threads: config.threads,
            opinions: Arc::new(opinions),
        })
    }

    /// The same model with another number of threads per call.
    ///
    /// # Errors
    /// [`AsrError::Option`] for no or more than 64 threads.
    pub fn with_threads(&self, threads: usize) -> Result<Recogniser, AsrError> {
        check_threads(threads)?;
        Ok(Recogniser {
            context: Arc::clone(&self.context),
            threads,
            opinions: Arc::clone(&self.opinions),
        })
    }

    /// A session for one conversation's channel. It takes some 70 MB beside the shared model.
    ///
    /// # Errors
    /// [`AsrError::NoMemory`].
    pub fn session(&self, lang: Lang) -> Result<RecogniserSession, AsrError> {
        let state = State::new(Arc::clone(&self.context)).ok_or(AsrError::NoMemory)?;
        Ok(RecogniserSession {
            state,
            recogniser: self.clone(),
            lang,
        })
    }
}

/// Recognises one language. Serves one call at a time; nothing of one call reaches the next.
#[derive(Debug)]
pub struct RecogniserSession {
    state: State,
    recogniser: Recogniser,
    lang: Lang,
}

impl RecogniserSession {
    /// The language that it recognises.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Recognises sound (16 kHz mono, between -1 and 1) of any length up to ten minutes. Sound
    /// longer than some 28 s is cut in its pauses. Silence and noise give an empty text.
    ///
    /// # Errors
    /// [`AsrError::Sample`] for NaN and the like, [`AsrError::TooLong`], [`AsrError::Option`] for
    /// options that do not exist, [`AsrError::Cancelled`], [`AsrError::NoMemory`],
    /// [`AsrError::Engine`].
    pub fn transcribe(
        &mut self,
        samples: &[f32],
        options: &DecodeOptions,
    ) -> Result<Transcript, AsrError> {
        if !(1..=MOST_BEAMS).contains(&options.beams) {
            return Err(AsrError::Option {
                what: format!("{} beams: use 1 to {MOST_BEAMS}", options.beams),
            });
        }
        sound::check(samples)?;
        if sound::is_too_short(samples) {
            return Ok(Transcript::nothing(Nothing::TooShort, 1.0));
        }
        if samples.len() > LONGEST_SECONDS * RATE {
            let seconds = samples.len() / RATE;
            return Err(AsrError::TooLong {
                seconds,
                most: LONGEST_SECONDS,
            });
        }
        let prompt = options.prompt.as_deref().unwrap_or_default();
        let prompt = self.prompt_tokens(prompt);
        let room = self.state.context().sizes().audio_ctx as usize;
        let most = room.saturating_sub(PADDING_FRAMES).max(room / 2) * SAMPLES_PER_FRAME;
        let mut parts = Vec::new();
        for window in sound::windows(samples, most) {
            let start_ms = (window.start * 1000 / RATE) as u64;
            let options = DecodeOptions {
                settled_until_ms: options.settled_until_ms.saturating_sub(start_ms),
                ..options.clone()
            };
            let part = self.window(&samples[window], &options, &prompt)?;
            parts.push((start_ms, part));
        }
        Ok(join(parts))
    }

    /// The tokens of a prompt, or of as many of its last words as the model has room for: what is to be recognised must
    /// not be lost because of what was said before it.
    fn prompt_tokens(&self, prompt: &str) -> Vec<ffi::Token> {
        let prompt = prompt.replace('\0', " ");
        let mut rest = prompt.trim();
        while !rest.is_empty() {
            if let Some(tokens) = self.state.context().tokenize(rest, LONGEST_PROMPT) {
                return tokens;
            }
            // Word by word; a word without end is cut in two.
            let half = || rest.char_indices().nth(rest.chars().count() / 2);
            rest = match rest.split_once(char::is_whitespace) {
                Some((_, behind)) => behind.trim_start(),
                None => half().map_or("", |(at, _)| {
                    rest.get(at..).filter(|_| at > 0).unwrap_or("")
                }),
            };
        }
        Vec::new()
    }

    /// Whether the model has room for a whole prompt.
    pub fn has_room_for(&self, prompt: &str) -> bool {
        let prompt = prompt.trim();
        prompt.is_empty()
            || self
                .state
                .context()
                .tokenize(prompt, LONGEST_PROMPT)
                .is_some()
    }

    /// Recognises what fits the encoder at once.
    fn window(
        &mut self,
        samples: &[f32],
        options: &DecodeOptions,
        prompt: &[ffi::Token],
    ) -> Result<Transcript, AsrError> {
        let levels = sound::levels(samples);
        if levels.is_silent() {
            return Ok(Transcript::nothing(Nothing::Silent, 1.0));
        }
        if levels.is_steady() {
            return Ok(Transcript::nothing(Nothing::Steady, 1.0));
        }
        let seconds = samples.len() as f32 / RATE as f32;
        let padded = padded(samples);
        let job = Job {
            samples: &padded,
            language: language(self.lang),
            threads: self.recogniser.threads,
            frames: frames(
                padded.len(),
                options.least_frames,
                self.state.context().sizes().audio_ctx as usize,
            ),
            beams: options.beams,
            fallback: options.fallback.then_some(FALLBACK),
            prompt,
            most_tokens: TOKENS_TO_BEGIN + (seconds.ceil() as usize) * TOKENS_PER_SECOND,
            forks: options.second_thoughts > 0 && self.recogniser.opinions.contains_key(&self.lang),
            cancel: options.cancel.as_deref(),
        };
        let mut output = match self.state.run(&job) {
            Ok(output) => output,
            Err(Failure::Cancelled) => return Err(AsrError::Cancelled),
            Err(Failure::Size) => return Err(AsrError::Engine { code: 0, seconds }),
            Err(Failure::Code(code)) => {
                // A state that whisper.cpp has thrown away is made anew for the next call.
                if let Some(state) = State::new(Arc::clone(&self.recogniser.context)) {
                    self.state = state;
                }
                return Err(AsrError::Engine { code, seconds });
            }
        };
        if !output.forced {
            self.reconsider(&mut output, &job, options);
        }
        let end_ms = (samples.len() * 1000 / RATE) as u64;
        let words = words::without_unspoken_repeats(self.words(&output.tokens, samples, end_ms));
        let text = text(&words);
        let evidence = Evidence {
            text: &text,
            seconds,
            levels,
            mean_log_probability: output.mean_log_probability,
            no_speech: output.opinion.no_speech,
            crowded: words::crowded(&words),
            forced: output.forced,
            prompt: options.prompt.as_deref().unwrap_or_default(),
        };
        if let Some(why) = guard::judge(&evidence) {
            tracing::debug!(
                ?why,
                mean_log_probability = output.mean_log_probability,
                no_speech = output.opinion.no_speech,
                seconds,
                "dropped what was recognised"
            );
            return Ok(Transcript::nothing(why, output.opinion.no_speech));
        }
        let confidence = words::geometric_mean(output.tokens.iter().map(|t| t.log_probability));
        Ok(Transcript {
            text,
            words,
            confidence: match output.forced {
                true => confidence.min(CUT_SHORT),
                false => confidence,
            },
            no_speech_probability: output.opinion.no_speech,
            language: Language::of(&output.opinion, levels.voiced_ms),
            nothing: None,
        })
    }

    fn words(&self, tokens: &[Heard], samples: &[f32], end_ms: u64) -> Vec<Word> {
        let ids: Vec<ffi::Token> = tokens.iter().map(|heard| heard.token).collect();
        let context = self.state.context();
        let pieces: Vec<Piece<'_>> = tokens
            [..without_loop(&ids, |token| context.begins_word(*token))]
            .iter()
            .map(|heard| Piece {
                bytes: context.bytes(heard.token),
                log_probability: heard.log_probability,
                start_ms: heard.start_ms,
                reconsidered: heard.reconsidered,
            })
            .collect();
        words::words(&pieces, &sound::voiced_range(samples), end_ms)
    }
}

fn check_threads(threads: usize) -> Result<(), AsrError> {
    if !(1..=64).contains(&threads) {
        return Err(AsrError::Option {
            what: format!("{threads} threads: use 1 to 64"),
        });
    }
    Ok(())
}

/// whisper.cpp's name of a language.
fn language(lang: Lang) -> &'static CStr {
    match lang {
        Lang::Da => c"da",
        Lang::Uk => c"uk",
    }
}

/// Sound that is long enough for the engine: silence is added to a single short word.
fn padded(samples: &[f32]) -> Cow<'_, [f32]> {
    let least = LEAST_SAMPLES.max(RATE / 2);
    if samples.len() >= least {
        return Cow::Borrowed(samples);
    }
    let mut longer = samples.to_vec();
    longer.resize(least, 0.0);
    Cow::Owned(longer)
}

/// How many frames to compute for so many samples.
fn frames(samples: usize, least: usize, most: usize) -> usize {
    let sound = samples.div_ceil(SAMPLES_PER_FRAME);
    let least = least.max(LEAST_FRAMES);
    (sound + PADDING_FRAMES)
        .max(least)
        .next_multiple_of(least / 4)
        .min(most)
        .max(sound)
}

fn text(words: &[Word]) -> String {
    words
        .iter()
        .map(|word| word.text.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Joins the windows of a long sound.
fn join(mut parts: Vec<(u64, Transcript)>) -> Transcript {
    if parts.len() == 1
        && let Some((_, only)) = parts.pop()
    {
        return only;
    }
    let nothing = parts.first().and_then(|(_, part)| part.nothing);
    let no_speech = parts.iter().map(|(_, part)| part.no_speech_probability);
    let no_speech_probability = no_speech.fold(1.0, f32::min);
    let longest = parts.iter().max_by_key(|(_, part)| part.words.len());
    let language = longest.and_then(|(_, part)| part.language.clone());
    // Each window counts by its words.
    let logs: Vec<f32> = parts
        .iter()
        .flat_map(|(_, part)| std::iter::repeat_n(part.confidence.ln(), part.words.len()))
        .collect();
    let words: Vec<Word> = parts
        .into_iter()
        .flat_map(|(offset, part)| {
            part.words.into_iter().map(move |word| Word {
                start_ms: word.start_ms + offset,
                end_ms: word.end_ms + offset,
                ..word
            })
        })
        .collect();
    let text = text(&words);
    Transcript {
        nothing: if text.is_empty() { nothing } else { None },
        confidence: words::geometric_mean(logs.into_iter()),
        text,
        words,
        no_speech_probability,
        language,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_hold_the_sound_and_its_padding() {
        assert_eq!(frames(RATE, 256, 1500), 256);
        assert_eq!(frames(6 * RATE, 256, 1500), 384);
        assert_eq!(frames(28 * RATE, 256, 1500), 1472);
        assert_eq!(frames(30 * RATE, 256, 1500), 1500);
        assert_eq!(frames(RATE, 128, 1500), 128);
        assert_eq!(frames(2 * RATE, 128, 1500), 192);
        assert_eq!(frames(6 * RATE, 128, 1500), 384);
        assert_eq!(frames(RATE, 0, 1500), 128, "never without padding");
        for seconds in 1..=28 {
            let frames = frames(seconds * RATE, 256, 1500);
            assert!(
                frames >= seconds * 50 + 36 && frames <= 1500,
                "{seconds}: {frames}"
            );
        }
    }

    #[test]
    fn windows_are_joined_with_their_offsets() {
        let word = |text: &str, start_ms, end_ms| Word {
            text: text.to_owned(),
            start_ms,
            end_ms,
            confidence: 0.5,
            reconsidered: false,
        };
        let part = |text: &str| Transcript {
            text: text.to_owned(),
            words: vec![word(text, 100, 400)],
            confidence: 0.5,
            no_speech_probability: 0.2,
            language: None,
            nothing: None,
        };
        let joined = join(vec![
            (0, part("hej")),
            (10_000, Transcript::nothing(Nothing::Silent, 1.0)),
            (20_000, part("du")),
        ]);
        assert_eq!(joined.text, "hej du");
        assert_eq!(
            (joined.words[1].start_ms, joined.words[1].end_ms),
            (20_100, 20_400)
        );
        assert!((joined.confidence - 0.5).abs() < 1e-6);
        assert_eq!(joined.nothing, None);

        let empty = join(vec![
            (0, Transcript::nothing(Nothing::Silent, 1.0)),
            (1, Transcript::nothing(Nothing::Steady, 1.0)),
        ]);
        assert_eq!(empty.nothing, Some(Nothing::Silent));
        assert_eq!(empty.confidence, 0.0);
    }
}
