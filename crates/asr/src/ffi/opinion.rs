//! What the model thinks of a sound before it writes anything.

use std::ffi::{CStr, c_int};

use whisper_rs::whisper_rs_sys as sys;

use super::{Context, Token};

/// What the model's very first step says.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Opinion {
    /// Probability that nobody spoke.
    pub no_speech: f32,
    /// The likeliest language, as whisper.cpp calls it, and its probability among the languages.
    pub language: Option<(&'static str, f32)>,
    /// The probability of the language that was asked for, among the languages.
    pub expected: f32,
}

/// Asks for the model's first token: the one for no speech, or a language.
///
/// whisper.cpp's own figure for no speech is of no use: it reads the logits of a position that
/// was not computed; and its own guess of the language runs the encoder once more. The
/// encoder's result of the last call is still there, so one step of the decoder is enough.
pub(super) fn ask(
    context: &Context,
    ptr: *mut sys::whisper_state,
    threads: c_int,
    language: &CStr,
) -> Opinion {
    let model = context.ptr.as_ptr();
    let start = &raw const context.start;
    // SAFETY: context and state are live and belong together; one token is announced and
    // passed.
    let code = unsafe { sys::whisper_decode_with_state(model, ptr, start, 1, 0, threads) };
    // SAFETY: the state is live.
    let logits = unsafe { sys::whisper_get_logits_from_state(ptr) };
    if code != 0 || logits.is_null() {
        return Opinion::default();
    }
    // SAFETY: after a successful step of one token there is one row of logits.
    let logits = unsafe { std::slice::from_raw_parts(logits, context.sizes.vocab as usize) };
    let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let weight = |token: Token| {
        let index = usize::try_from(token).ok();
        let logit = index.and_then(|index| logits.get(index));
        logit.map_or(0.0, |logit| (logit - largest).exp())
    };
    let all: f32 = logits.iter().map(|logit| (logit - largest).exp()).sum();
    // SAFETY: the context is live, the language a NUL-terminated string, and the numbers lie
    // between zero and the largest that whisper.cpp has.
    let (languages, expected) = unsafe {
        let languages: Vec<(c_int, f32)> = (0..=sys::whisper_lang_max_id())
            .map(|id| (id, weight(sys::whisper_token_lang(model, id))))
            .collect();
        (languages, sys::whisper_lang_id(language.as_ptr()))
    };
    let sum: f32 = languages.iter().map(|(_, weight)| weight).sum();
    let share = |weight: f32| if sum > 0.0 { weight / sum } else { 0.0 };
    let likeliest = languages.iter().max_by(|a, b| a.1.total_cmp(&b.1));
    Opinion {
        no_speech: weight(context.no_speech) / all,
        language: likeliest.and_then(|(id, weight)| Some((name(*id)?, share(*weight)))),
        expected: languages
            .iter()
            .find(|(id, _)| *id == expected)
            .map_or(0.0, |(_, weight)| share(*weight)),
    }
}

/// What whisper.cpp calls a language.
fn name(id: c_int) -> Option<&'static str> {
    // SAFETY: takes any number; the string belongs to the library's own table.
    let name = unsafe { sys::whisper_lang_str(id) };
    if name.is_null() {
        return None;
    }
    // SAFETY: a NUL-terminated string that is never freed.
    unsafe { CStr::from_ptr(name) }.to_str().ok()
}
