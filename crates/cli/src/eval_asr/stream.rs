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
pub(super) struct Stretch<'a> {
    pub length_ms: u64,
    /// When the recogniser is done with the stretches before.
    pub free_ms: u64,
    /// When nothing was said, so long that no more words are asked for; the last one is the pause that ends it.
    pub quiet: &'a [Quiet],
}

/// Silence in a stretch, in ms from its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quiet {
    pub from_ms: u64,
    /// When there is so much of it as is kept at the end of a stretch: the stretch may be over.
    pub may_be_over_ms: Option<u64>,
    /// When somebody speaks again.
    pub until_ms: u64,
}

/// The words in the first so many ms of a stretch, quickly, or (`true`) with the last word's care; and how
/// long that took, ms.
type Decode<'a> = dyn FnMut(u64, bool) -> Result<(Vec<Word>, u64)> + 'a;

/// The hypotheses of one stretch as they would come while it is spoken; the last one is that of
/// the whole stretch, after the pause, and took no time if it had been listened to before.
pub(super) fn passes(stretch: Stretch<'_>, decode: &mut Decode<'_>) -> Result<Vec<Pass>> {
    let step = InterpreterConfig::default().partial_every_ms;
    let Stretch {
        length_ms,
        free_ms,
        quiet,
    } = stretch;
    // The stretch already holds some of the pause's silence.
    let pause = SegmenterConfig::default();
    let over_ms = length_ms + u64::from(pause.pause_ms.saturating_sub(pause.tail_ms));
    let mut passes: Vec<Pass> = Vec::new();
    let mut pass = |sound_ms: u64, begun_ms: u64, with_care: bool| {
        let (words, work_ms) = decode(sound_ms, with_care)?;
        let done_ms = begun_ms + work_ms;
        passes.push(Pass {
            words,
            sound_ms,
            done_ms,
            work_ms,
        });
        anyhow::Ok(done_ms)
    };
    let mut now = step.max(free_ms);
    let mut due = now;
    let mut presumed_ms = None;
    while now < over_ms {
        let silence = quiet
            .iter()
            .find(|quiet| quiet.from_ms <= now && now < quiet.until_ms);
        let begun_ms = now;
        now = match silence {
            None if now >= length_ms => break,
            None if now < due => due,
            None => {
                let done_ms = pass(now, now, false)?;
                due = begun_ms + step;
                done_ms
            }
            Some(silence) => match silence.may_be_over_ms {
                Some(sound_ms) if presumed_ms != Some(sound_ms) && now >= sound_ms => {
                    presumed_ms = Some(sound_ms);
                    pass(sound_ms, now, true)?
                }
                Some(sound_ms) if now < sound_ms => sound_ms,
                _ => silence.until_ms,
            },
        }
        .max(begun_ms + 1);
    }
    let done_ms = passes.last().map_or(free_ms, |pass| pass.done_ms);
    match passes.last() {
        Some(last) if presumed_ms == Some(length_ms) && last.sound_ms == length_ms => {
            let words = last.words.clone();
            passes.push(Pass {
                words,
                sound_ms: length_ms,
                done_ms: done_ms.max(over_ms),
                work_ms: 0,
            });
        }
        _ => passes.push(whole(length_ms, done_ms.max(over_ms), decode)?),
    }
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
        times_with(length_ms, free_ms, work, &[])
    }

    fn times_with(length_ms: u64, free_ms: u64, work: u64, quiet: &[Quiet]) -> Vec<(u64, u64)> {
        let mut decode = |_, _| Ok((Vec::new(), work));
        let stretch = Stretch {
            length_ms,
            free_ms,
            quiet,
        };
        let passes = passes(stretch, &mut decode).unwrap();
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
    #[test]
    fn what_may_be_over_is_heard_before_the_pause_is_long_enough() {
        let step = InterpreterConfig::default().partial_every_ms;
        let (tail, pause) = (200, 600);
        let length = 10 * step;
        let end = Quiet {
            from_ms: length - tail + 96,
            may_be_over_ms: Some(length),
            until_ms: u64::MAX,
        };
        let times = times_with(length, 0, 150, &[end]);
        // Nothing is begun between the last word and the pause that may follow it; the whole is known when it is one.
        let [.., partial, presumed, whole] = times[..] else {
            panic!("{times:?}");
        };
        assert_eq!(partial, (9 * step, 9 * step + 150));
        assert_eq!(presumed, (length, length + 150));
        let over = length - tail + pause;
        assert_eq!(whole, (over, over));
        // Who goes on speaking has been listened to once more, and is again.
        let within = Quiet {
            from_ms: 4 * step + 96,
            may_be_over_ms: Some(4 * step + 200),
            until_ms: 5 * step + 50,
        };
        let times = times_with(length, 0, 150, &[within, end]);
        let begun: Vec<u64> = times.iter().map(|(begun, _)| *begun).collect();
        assert_eq!(
            begun[..7],
            [1, 2, 3, 4]
                .map(|n| n * step)
                .iter()
                .copied()
                .chain([4 * step + 200, 5 * step + 50, 6 * step + 50])
                .collect::<Vec<_>>()[..]
        );
    }
}
