//! The simulated stream: when which hypothesis comes.

use anyhow::Result;
use tolkebot_asr::Word;
use tolkebot_audio::SegmenterConfig;
use tolkebot_interpreter::InterpreterConfig;

/// One hypothesis of the simulated stream.
pub(super) struct Pass {
    pub words: Vec<Word>,
    /// How much of the stretch it covers, ms.
    pub sound_ms: u64,
    /// When it was done, ms from the beginning of the stretch.
    pub done_ms: u64,
    /// Processor time that it took, ms.
    pub work_ms: u64,
}

/// A stretch of speech. Times are in ms from its beginning.
#[derive(Clone, Copy)]
pub(super) struct Stretch {
    pub length_ms: u64,
    /// When the recogniser is done with the stretches before.
    pub free_ms: u64,
}

/// The words in the first so many ms of a stretch, or (`true`) in all of it with the last word's care; and how
/// long that took, ms.
type Decode<'a> = dyn FnMut(u64, bool) -> Result<(Vec<Word>, u64)> + 'a;

/// The hypotheses of one stretch as they would come while it is spoken; the last one is that of
/// the whole stretch, after the pause.
pub(super) fn passes(stretch: Stretch, decode: &mut Decode<'_>) -> Result<Vec<Pass>> {
    let step = InterpreterConfig::default().partial_every_ms;
    let Stretch { length_ms, free_ms } = stretch;
    let pause = u64::from(SegmenterConfig::default().pause_ms);
    let mut passes: Vec<Pass> = Vec::new();
    let mut now = step.max(free_ms);
    while now < length_ms {
        let (words, work) = decode(now, false)?;
        let done_ms = now + work;
        passes.push(Pass {
            words,
            sound_ms: now,
            done_ms,
            work_ms: work,
        });
        now = done_ms.max(now + step);
    }
    let busy_until = passes.last().map_or(free_ms, |pass| pass.done_ms);
    // The stretch already holds some of the pause's silence.
    let pause = pause.saturating_sub(u64::from(SegmenterConfig::default().tail_ms));
    passes.push(whole(length_ms, busy_until.max(length_ms + pause), decode)?);
    Ok(passes)
}

/// The hypothesis of the whole stretch, decoded from `begun_ms` on.
pub(super) fn whole(length_ms: u64, begun_ms: u64, decode: &mut Decode<'_>) -> Result<Pass> {
    let (words, work) = decode(length_ms, true)?;
    Ok(Pass {
        words,
        sound_ms: length_ms,
        done_ms: begun_ms + work,
        work_ms: work,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// When each hypothesis was begun and done, with a recogniser that takes `work` ms.
    fn times(length_ms: u64, free_ms: u64, work: u64) -> Vec<(u64, u64)> {
        let mut decode = |_, _| Ok((Vec::new(), work));
        let passes = passes(Stretch { length_ms, free_ms }, &mut decode).unwrap();
        let begun = passes
            .iter()
            .map(|pass| (pass.done_ms - pass.work_ms, pass.done_ms));
        begun.collect()
    }

    #[test]
    fn a_stretch_waits_for_the_one_before() {
        let step = InterpreterConfig::default().partial_every_ms;
        let fast = times(3 * step, 0, 1);
        assert_eq!(fast[..2], [(step, step + 1), (2 * step, 2 * step + 1)]);
        // Still busy when the stretch begins: the first hypothesis comes later, of more sound.
        let late = times(3 * step, step + 70, 1);
        assert_eq!(late[0], (step + 70, step + 71));
        // Busy beyond its end: only the whole of it, when there is time.
        let behind = times(3 * step, 20 * step, 5);
        assert_eq!(behind, [(20 * step, 20 * step + 5)]);
        // What is done before the stretch begins changes nothing.
        assert_eq!(times(3 * step, 0, 1), times(3 * step, step, 1));
    }
}
