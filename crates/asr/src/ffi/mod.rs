//! The only door to whisper.cpp.
//!
//! whisper-rs builds, links and logs. Why not its safe calls as well: they leak a string for every
//! language and prompt that is set, their abort callback is undefined behaviour, and they let
//! through what aborts the process. This layer sets parameters for the time of one call and keeps whisper.cpp's
//! assertions from ever being reached:
//!
//! - alignment (word times) asserts that the sound is at least eight encoder frames long and not
//!   longer than the encoder's window: [`State::run`] refuses both;
//! - alignment reads past its results unless the last token ends the text, so an end is forced by
//!   the logit filter instead of by `max_tokens`;
//! - a state is freed by whisper.cpp itself when its cache cannot grow.

mod forking;
mod opinion;

use std::ffi::{CStr, CString, c_int, c_void};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::ptr::{self, NonNull};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use whisper_rs::whisper_rs_sys as sys;

use crate::looping::is_looping;
use crate::reconsider::Fork;

pub(crate) use opinion::Opinion;

/// Samples per encoder frame at 16 kHz.
pub(crate) const SAMPLES_PER_FRAME: usize = 320;
/// Shortest sound in samples: the alignment's median filter is seven frames wide.
pub(crate) const LEAST_SAMPLES: usize = 16 * SAMPLES_PER_FRAME;

/// A token's number.
pub(crate) type Token = sys::whisper_token;

/// The sizes in the header of a model's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sizes {
    pub vocab: u32,
    pub audio_ctx: u32,
    pub text_ctx: u32,
    pub text_state: u32,
    pub text_layer: u32,
}

/// A loaded model: weights and vocabulary, read-only after loading.
#[derive(Debug)]
pub(crate) struct Context {
    ptr: NonNull<sys::whisper_context>,
    sizes: Sizes,
    start: Token,
    end: Token,
    no_speech: Token,
    /// Whether the model's alignment heads are known, so that words have times.
    aligned: bool,
}

// SAFETY: whisper.cpp documents one context with a state per thread as its way of serving several
// threads: after loading, weights, vocabulary and parameters are only read.
unsafe impl Send for Context {}
// SAFETY: see above; everything that a call changes is in the state.
unsafe impl Sync for Context {}

impl Drop for Context {
    fn drop(&mut self) {
        // SAFETY: the pointer came from whisper_init_…, is freed once, and no state is left:
        // each holds an Arc of this.
        unsafe { sys::whisper_free(self.ptr.as_ptr()) }
    }
}

/// How to load a model.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
    pub gpu: bool,
    pub word_times: bool,
    pub sizes: Sizes,
}

impl Context {
    /// Loads a model whose header was read before. `None` if whisper.cpp refuses it; why is in
    /// the log.
    pub fn load(path: &Path, load: &Load) -> Option<Context> {
        // Its messages go to the log instead of to standard error.
        whisper_rs::install_logging_hooks();
        let path = CString::new(path.as_os_str().as_bytes()).ok()?;
        // SAFETY: has no preconditions.
        let mut params = unsafe { sys::whisper_context_default_params() };
        params.use_gpu = load.gpu;
        // It computes no attention weights, which alignment needs.
        params.flash_attn = false;
        let heads = if load.word_times {
            alignment_heads(&load.sizes)
        } else {
            None
        };
        if let Some(preset) = heads {
            params.dtw_token_timestamps = true;
            params.dtw_aheads_preset = preset;
        }
        // SAFETY: the path is NUL-terminated and lives through the call; the parameters are
        // whisper.cpp's own with plain values changed.
        let ptr =
            unsafe { sys::whisper_init_from_file_with_params_no_state(path.as_ptr(), params) };
        let ptr = NonNull::new(ptr)?;
        // SAFETY: the pointer is a live context.
        let (start, end, no_speech) = unsafe {
            (
                sys::whisper_token_sot(ptr.as_ptr()),
                sys::whisper_token_eot(ptr.as_ptr()),
                sys::whisper_token_nosp(ptr.as_ptr()),
            )
        };
        let aligned = heads.is_some();
        Some(Context {
            ptr,
            sizes: load.sizes,
            start,
            end,
            no_speech,
            aligned,
        })
    }

    /// The token that ends a text.
    pub fn end(&self) -> Token {
        self.end
    }

    /// The sizes that it was loaded with.
    pub fn sizes(&self) -> &Sizes {
        &self.sizes
    }

    /// Tokens of a text; none if it has more than `most`.
    pub fn tokenize(&self, text: &str, most: usize) -> Option<Vec<Token>> {
        let text = CString::new(text).ok()?;
        let mut tokens = vec![0; most];
        let room = c_int::try_from(most).ok()?;
        // SAFETY: the text is NUL-terminated, `tokens` has room for as many as are announced.
        let count = unsafe {
            sys::whisper_tokenize(self.ptr.as_ptr(), text.as_ptr(), tokens.as_mut_ptr(), room)
        };
        // A negative count says how many there would be.
        tokens.truncate(usize::try_from(count).ok()?);
        Some(tokens)
    }

    /// The bytes of a text token; UTF-8 characters may be spread over several tokens.
    pub fn bytes(&self, token: Token) -> &[u8] {
        // SAFETY: the token came from this model, and the string belongs to its vocabulary.
        let text = unsafe { sys::whisper_token_to_str(self.ptr.as_ptr(), token) };
        if text.is_null() {
            return &[];
        }
        // SAFETY: a NUL-terminated string that lives as long as the context.
        unsafe { CStr::from_ptr(text) }.to_bytes()
    }

    /// Whether a token begins a word, and does not go on with one or stand behind it.
    pub fn begins_word(&self, token: Token) -> bool {
        self.bytes(token).first() == Some(&b' ')
    }
}

/// The attention heads that follow the sound, for the published sizes of the model. A fine-tuned
/// model keeps those of the model that it was made from.
fn alignment_heads(sizes: &Sizes) -> Option<sys::whisper_alignment_heads_preset> {
    match (sizes.text_layer, sizes.text_state, sizes.vocab) {
        (4, 384, _) => Some(sys::whisper_alignment_heads_preset_WHISPER_AHEADS_TINY),
        (6, 512, _) => Some(sys::whisper_alignment_heads_preset_WHISPER_AHEADS_BASE),
        (12, 768, _) => Some(sys::whisper_alignment_heads_preset_WHISPER_AHEADS_SMALL),
        (24, 1024, _) => Some(sys::whisper_alignment_heads_preset_WHISPER_AHEADS_MEDIUM),
        (4, 1280, 51_866) => {
            Some(sys::whisper_alignment_heads_preset_WHISPER_AHEADS_LARGE_V3_TURBO)
        }
        (32, 1280, 51_866) => Some(sys::whisper_alignment_heads_preset_WHISPER_AHEADS_LARGE_V3),
        (32, 1280, 51_865) => Some(sys::whisper_alignment_heads_preset_WHISPER_AHEADS_LARGE_V2),
        _ => None,
    }
}

/// What one call works on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Job<'a> {
    pub samples: &'a [f32],
    pub language: &'static CStr,
    pub threads: usize,
    /// Encoder frames to compute.
    pub frames: usize,
    /// Beams; one is greedy.
    pub beams: usize,
    /// Temperature of a second try, if the first one is improbable.
    pub fallback: Option<f32>,
    pub prompt: &'a [Token],
    pub most_tokens: usize,
    /// Whether to keep what else the model might have written; only for one beam and one try.
    pub forks: bool,
    pub cancel: Option<&'a AtomicBool>,
}

/// A text token that was recognised.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Heard {
    pub token: Token,
    /// Natural logarithm of its probability.
    pub log_probability: f32,
    /// Where it begins, in ms from the beginning of the sound, if that is known.
    pub start_ms: Option<u64>,
    /// Whether the language decided on it; the sound alone would have been written otherwise.
    pub reconsidered: bool,
}

/// What came out of one call.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Output {
    pub tokens: Vec<Heard>,
    /// Mean log probability of all tokens, the end included.
    pub mean_log_probability: f32,
    /// What the model thinks of the sound before it writes anything.
    pub opinion: Opinion,
    /// Whether the end was forced: the text was too long or went round in circles.
    pub forced: bool,
    /// What else the model might have written in the place of each token, if that was asked for.
    pub forks: Vec<Fork>,
    /// Log probability of the end.
    pub end: f32,
}

/// How a call ended without a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    Cancelled,
    /// The sound does not fit the frames.
    Size,
    /// whisper.cpp's code.
    Code(i32),
}

/// What one session needs of its own: caches and scratch memory.
#[derive(Debug)]
pub(crate) struct State {
    /// `None` after whisper.cpp freed it.
    ptr: Option<NonNull<sys::whisper_state>>,
    context: Arc<Context>,
}

// SAFETY: a state has no thread of its own and is only used through `&mut self`.
unsafe impl Send for State {}

impl Drop for State {
    fn drop(&mut self) {
        if let Some(ptr) = self.ptr {
            // SAFETY: the pointer came from whisper_init_state and was not freed.
            unsafe { sys::whisper_free_state(ptr.as_ptr()) }
        }
    }
}

impl State {
    /// `None` if there is no memory for it.
    pub fn new(context: Arc<Context>) -> Option<State> {
        // SAFETY: the context is live.
        let ptr = unsafe { sys::whisper_init_state(context.ptr.as_ptr()) };
        Some(State {
            ptr: Some(NonNull::new(ptr)?),
            context,
        })
    }

    /// The model that it belongs to.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// Recognises one window of sound.
    pub fn run(&mut self, job: &Job<'_>) -> Result<Output, Failure> {
        let ptr = self.ptr.ok_or(Failure::Code(CACHE_GONE))?.as_ptr();
        let frames = job.frames.min(self.context.sizes.audio_ctx as usize);
        if job.samples.len() < LEAST_SAMPLES || job.samples.len() > frames * SAMPLES_PER_FRAME {
            return Err(Failure::Size);
        }
        let to_int = |n: usize| c_int::try_from(n).map_err(|_| Failure::Size);
        let ending = Ending {
            context: Arc::clone(&self.context),
            end: self.context.end,
            vocab: self.context.sizes.vocab as usize,
            // Only up to here does whisper.cpp go on asking.
            most: job
                .most_tokens
                .min(self.context.sizes.text_ctx as usize / 2 - 8),
            forks: (job.forks && job.beams == 1 && job.fallback.is_none()).then(Mutex::default),
        };
        let strategy = if job.beams > 1 {
            sys::whisper_sampling_strategy_WHISPER_SAMPLING_BEAM_SEARCH
        } else {
            sys::whisper_sampling_strategy_WHISPER_SAMPLING_GREEDY
        };
        // SAFETY: has no preconditions.
        let mut params = unsafe { sys::whisper_full_default_params(strategy) };
        params.n_threads = to_int(job.threads.max(1))?;
        params.audio_ctx = to_int(frames)?;
        params.language = job.language.as_ptr();
        params.beam_search.beam_size = to_int(job.beams)?;
        // At temperatures above zero, tries drawn at random.
        params.greedy.best_of = 2;
        params.temperature = 0.0;
        params.temperature_inc = job.fallback.unwrap_or(0.0);
        // One window, text only: nothing of an earlier call, no time tokens in between.
        params.no_context = true;
        params.no_timestamps = true;
        params.single_segment = true;
        params.suppress_blank = true;
        params.suppress_nst = true;
        // whisper.cpp would drop the text itself; judging it needs the text.
        params.no_speech_thold = 2.0;
        params.print_progress = false;
        params.print_realtime = false;
        params.print_timestamps = false;
        if !job.prompt.is_empty() {
            params.prompt_tokens = job.prompt.as_ptr();
            params.prompt_n_tokens = to_int(job.prompt.len())?;
        }
        params.logits_filter_callback = Some(force_end);
        params.logits_filter_callback_user_data = (&raw const ending).cast_mut().cast();
        if let Some(cancel) = job.cancel {
            params.abort_callback = Some(is_cancelled);
            params.abort_callback_user_data = ptr::from_ref(cancel).cast_mut().cast();
        }
        let samples = to_int(job.samples.len())?;
        // SAFETY: context and state are live and belong together, and `&mut self` keeps others
        // away; language, prompt, samples and both callbacks' data outlive the call.
        let code = unsafe {
            sys::whisper_full_with_state(
                self.context.ptr.as_ptr(),
                ptr,
                params,
                job.samples.as_ptr(),
                samples,
            )
        };
        if code == CACHE_GONE {
            // whisper.cpp has freed the state.
            self.ptr = None;
        }
        if job
            .cancel
            .is_some_and(|cancel| cancel.load(Ordering::Relaxed))
        {
            return Err(Failure::Cancelled);
        }
        match code {
            0 => {
                let mut output = self.output(ptr, &ending);
                output.opinion = opinion::ask(&self.context, ptr, params.n_threads, job.language);
                Ok(output)
            }
            code => Err(Failure::Code(code)),
        }
    }

    fn output(&self, ptr: *mut sys::whisper_state, ending: &Ending) -> Output {
        let mut tokens = Vec::new();
        let (mut sum, mut count, mut end) = (0.0, 0, 0.0);
        // SAFETY: the state is live and holds the results of a call; indices stay below the
        // counts that it gives.
        unsafe {
            for segment in 0..sys::whisper_full_n_segments_from_state(ptr) {
                for index in 0..sys::whisper_full_n_tokens_from_state(ptr, segment) {
                    let data = sys::whisper_full_get_token_data_from_state(ptr, segment, index);
                    sum += data.plog;
                    count += 1;
                    if data.id < self.context.end {
                        tokens.push(Heard {
                            token: data.id,
                            log_probability: data.plog,
                            // In hundredths of a second; negative where it was not computed.
                            start_ms: u64::try_from(data.t_dtw)
                                .ok()
                                .filter(|_| self.context.aligned)
                                .map(|hundredths| hundredths * 10),
                            reconsidered: false,
                        });
                    } else {
                        end = data.plog;
                    }
                }
            }
        }
        let ids: Vec<Token> = tokens.iter().map(|heard| heard.token).collect();
        let begins = |token: &Token| self.context.begins_word(*token);
        let forced = ids.len() >= ending.most || is_looping(&ids, begins);
        let mean_log_probability = if count > 0 { sum / count as f32 } else { 0.0 };
        Output {
            tokens,
            mean_log_probability,
            opinion: Opinion::default(),
            forced,
            forks: ending.forks.as_ref().map(take).unwrap_or_default(),
            end,
        }
    }
}

fn take(forks: &Mutex<Vec<Fork>>) -> Vec<Fork> {
    std::mem::take(&mut *forks.lock().unwrap_or_else(PoisonError::into_inner))
}

/// whisper.cpp's code after which the state no longer exists.
const CACHE_GONE: i32 = -7;

/// When the text must end.
struct Ending {
    context: Arc<Context>,
    end: Token,
    vocab: usize,
    most: usize,
    /// Where to note what else might be written.
    forks: Option<Mutex<Vec<Fork>>>,
}

/// Makes the end the only possible next token once the text is too long or repeats itself.
unsafe extern "C" fn force_end(
    _: *mut sys::whisper_context,
    _: *mut sys::whisper_state,
    tokens: *const sys::whisper_token_data,
    count: c_int,
    logits: *mut f32,
    data: *mut c_void,
) {
    // SAFETY: `data` is the `Ending` of the call that is going on.
    let ending = unsafe { &*data.cast::<Ending>() };
    let count = usize::try_from(count).unwrap_or(0);
    if let Some(forks) = &ending.forks
        && !logits.is_null()
    {
        // SAFETY: there is a logit for each token of the vocabulary.
        let logits = unsafe { std::slice::from_raw_parts(logits, ending.vocab) };
        let mut forks = forks.lock().unwrap_or_else(PoisonError::into_inner);
        forks.truncate(count);
        forks.push(forking::likeliest(logits, ending.end));
    }
    if count == 0 || tokens.is_null() || logits.is_null() {
        return;
    }
    // SAFETY: whisper.cpp passes as many tokens as it announces.
    let tokens = unsafe { std::slice::from_raw_parts(tokens, count) };
    let must_end = count >= ending.most || {
        let ids: Vec<Token> = tokens.iter().map(|token| token.id).collect();
        is_looping(&ids, |token| ending.context.begins_word(*token))
    };
    if must_end {
        // SAFETY: there is a logit for each token of the vocabulary.
        let logits = unsafe { std::slice::from_raw_parts_mut(logits, ending.vocab) };
        let end = usize::try_from(ending.end).unwrap_or(0);
        for (token, logit) in logits.iter_mut().enumerate() {
            *logit = if token == end { 0.0 } else { f32::NEG_INFINITY };
        }
    }
}

unsafe extern "C" fn is_cancelled(data: *mut c_void) -> bool {
    // SAFETY: `data` is the caller's flag, which outlives the call.
    unsafe { &*data.cast::<AtomicBool>() }.load(Ordering::Relaxed)
}
