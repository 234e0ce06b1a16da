//! What else the model might have written, and what it would have gone on to write.

use std::ffi::c_int;

use whisper_rs::whisper_rs_sys as sys;

use super::{Context, Job, State, Token};
use crate::reconsider::{Decoder, Fork};

/// Pieces that are kept at each place.
const KEPT: usize = 4;

/// The likeliest pieces, likeliest first.
pub(super) fn likeliest(logits: &[f32], end: Token) -> Fork {
    let logits = said(logits, end);
    let mut best: Fork = Vec::with_capacity(KEPT + 1);
    for (token, logit) in logits.iter().enumerate() {
        if best.len() == KEPT && best.last().is_some_and(|(_, least)| least >= logit) {
            continue;
        }
        let at = best.partition_point(|(_, other)| other >= logit);
        best.insert(at, (token as Token, *logit));
        best.truncate(KEPT);
    }
    let all = of_all(logits);
    for (_, logit) in &mut best {
        *logit -= all;
    }
    best
}

/// The logits of pieces and of the end: times and languages are not written.
fn said(logits: &[f32], end: Token) -> &[f32] {
    let count = usize::try_from(end).map_or(0, |end| end + 1);
    &logits[..count.min(logits.len())]
}

/// What to take from a logit for the logarithm of its probability.
fn of_all(logits: &[f32]) -> f32 {
    let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f32 = logits.iter().map(|logit| (logit - largest).exp()).sum();
    largest + sum.ln()
}

/// The decoder of a call that has just ended: the encoder's result is still there.
pub(crate) struct Forking<'a> {
    context: &'a Context,
    state: *mut sys::whisper_state,
    threads: c_int,
    /// What stands before the text: likely words, language, task.
    before: Vec<Token>,
    /// Pieces of the text that the decoder still remembers behind that.
    remembered: Vec<Token>,
    /// Whether it remembers what stands before the text.
    begun: bool,
    end: Token,
}

impl State {
    /// The decoder of the call that `job` described, if that call ended well.
    pub fn forking(&mut self, job: &Job<'_>) -> Option<Forking<'_>> {
        let state = self.ptr?.as_ptr();
        let context = &*self.context;
        let model = context.ptr.as_ptr();
        let mut before = Vec::new();
        // SAFETY: the context is live, the language a NUL-terminated string that is known.
        unsafe {
            if !job.prompt.is_empty() {
                before.push(sys::whisper_token_prev(model));
                before.extend_from_slice(job.prompt);
            }
            before.push(context.start);
            let language = sys::whisper_lang_id(job.language.as_ptr());
            before.push(sys::whisper_token_lang(model, language));
            before.push(sys::whisper_token_transcribe(model));
            before.push(sys::whisper_token_not(model));
        }
        Some(Forking {
            context,
            state,
            threads: c_int::try_from(job.threads.max(1)).ok()?,
            before,
            remembered: Vec::new(),
            begun: false,
            end: context.end,
        })
    }
}

impl Decoder for Forking<'_> {
    fn next(&mut self, past: usize, pieces: &[Token]) -> Option<(Token, f32)> {
        let end = self.end;
        likeliest(self.logits(past, pieces)?, end).first().copied()
    }

    fn of(&mut self, past: usize, pieces: &[Token], wanted: Token) -> Option<f32> {
        let end = self.end;
        let logits = said(self.logits(past, pieces)?, end);
        let logit = logits.get(usize::try_from(wanted).ok()?)?;
        Some(logit - of_all(logits))
    }
}

impl Forking<'_> {
    /// What the decoder thinks of each piece behind those given.
    fn logits(&mut self, past: usize, pieces: &[Token]) -> Option<&[f32]> {
        let (past, tokens) = self.unknown(past, pieces)?;
        let (past, count) = (
            c_int::try_from(past).ok()?,
            c_int::try_from(tokens.len()).ok()?,
        );
        let model = self.context.ptr.as_ptr();
        // SAFETY: context and state are live and belong together, and nobody else uses the state
        // while it is borrowed; as many tokens are announced as are passed.
        let code = unsafe {
            sys::whisper_decode_with_state(
                model,
                self.state,
                tokens.as_ptr(),
                count,
                past,
                self.threads,
            )
        };
        // SAFETY: the state is live.
        let logits = unsafe { sys::whisper_get_logits_from_state(self.state) };
        if code != 0 || logits.is_null() {
            (self.begun, self.remembered) = (false, Vec::new());
            return None;
        }
        let vocab = self.context.sizes.vocab as usize;
        // SAFETY: after a successful step there is a row of logits for each token that was
        // passed; only the last one was computed.
        Some(unsafe { std::slice::from_raw_parts(logits.add((tokens.len() - 1) * vocab), vocab) })
    }

    /// What the decoder must still be given, and how much it remembers before that. Each way through the text is asked
    /// about from its beginning, and all begin alike: only what differs is computed, and the last piece, behind which is asked.
    /// `None` if the call is about more than it was ever given.
    fn unknown(&mut self, past: usize, pieces: &[Token]) -> Option<(usize, Vec<Token>)> {
        let text = [self.remembered.get(..past)?, pieces].concat();
        let known = known(&self.remembered, &text);
        let unknown = if self.begun && known < text.len() {
            (self.before.len() + known, text[known..].to_vec())
        } else {
            (0, [&self.before, text.as_slice()].concat())
        };
        (self.begun, self.remembered) = (true, text);
        Some(unknown)
    }
}

/// How many pieces need not be given again: the last one always is.
fn known(remembered: &[Token], text: &[Token]) -> usize {
    let same = remembered.iter().zip(text).take_while(|(a, b)| a == b);
    same.count().min(text.len().saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::known;

    #[test]
    fn what_is_remembered_is_not_given_again() {
        assert_eq!(known(&[], &[1, 2]), 0);
        assert_eq!(known(&[1, 2, 3], &[1, 2, 4, 5]), 2);
        assert_eq!(known(&[1, 2, 3], &[1, 2, 3]), 2);
        assert_eq!(known(&[1, 2, 3], &[]), 0);
    }
}
