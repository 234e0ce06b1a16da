//! One turn as a run hears it.

use std::path::Path;

use anyhow::Result;
use jiff::civil::Date;
use tolkebot_asr::{
    DecodeOptions, HeardAlready, RecogniserSession, Settling, SettlingPolicy, Word,
};
use tolkebot_audio::{FRAME, Segment, SegmentEvent, Segmenter, SegmenterConfig, SileroVad};
use tolkebot_eval::{Lag, cer, laal, wer};
use tolkebot_interpreter::{Expected, FALLS_SILENT_MS, Known};

use super::stream::{self, Pass, Quiet, Stretch, whole};
use super::{Figures, SAMPLES_PER_MS};
use crate::demo::RecordedTurn;

/// A turn, and what is known before it is heard.
pub(super) struct Said<'a> {
    pub turn: &'a RecordedTurn,
    /// The day on which it was said.
    pub today: Date,
    /// Words that were asked for, whether the recogniser is told of them or not.
    pub listed: Option<&'a Expected>,
    pub known: Known,
}

/// One simulation, and the figures that are made of its hypotheses.
pub(super) struct Run {
    pub hears: Hears,
    /// Each with the policy that settles its words.
    pub rows: Vec<(String, SettlingPolicy, Figures)>,
}

/// What a run hears.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Hears {
    /// Only whole stretches.
    Whole,
    /// For each hypothesis all of the stretch so far, so that several policies are worked out from the same ones.
    SoFar,
    /// What follows the words that have settled, as conversations do: for the one policy that settles them.
    FromSettled,
}

/// Adds one turn to a run's figures; returns what the first of its policies heard in it.
pub(super) fn turn_figures(
    session: &mut RecogniserSession,
    spoken: &[Spoken],
    sound_ms: u64,
    said: &Said<'_>,
    run: &mut Run,
) -> Result<String> {
    let lang = session.lang();
    let (text, number) = (said.turn.text.as_str(), said.turn.n);
    let reference_words = text.split_whitespace().count();
    let mut heard = vec![String::new(); run.rows.len()];
    let mut delays = vec![Vec::new(); run.rows.len()];
    // The processor is still busy with the stretch before when the next one begins after a short pause.
    let mut busy_until_ms: u64 = 0;
    for (at, Spoken { segment, quiet }) in spoken.iter().enumerate() {
        let length_ms = segment.samples.len() as u64 / SAMPLES_PER_MS;
        let policy = run.rows.first().map(|(_, policy, _)| *policy);
        let mut settling = policy
            .filter(|_| run.hears == Hears::FromSettled)
            .map(Settling::new);
        let mut decode = |sound_ms: u64, with_care: bool| match with_care {
            true => {
                let samples = match sound_ms == length_ms {
                    true => &segment.samples[..],
                    false => &segment.samples[..(sound_ms * SAMPLES_PER_MS) as usize],
                };
                let (words, work_ms) = decode(session, samples, &options(&said.known, None))?;
                if let Some(settling) = &mut settling {
                    settling.hypothesis(&words, sound_ms);
                }
                Ok((words, work_ms))
            }
            false => {
                let already = settling.as_ref().map(|known| known.heard_already(sound_ms));
                let already = already.unwrap_or_default();
                let sound = already.ms * SAMPLES_PER_MS..sound_ms * SAMPLES_PER_MS;
                let samples = &segment.samples[sound.start as usize..sound.end as usize];
                let options = options(&said.known, Some(already));
                let (words, work_ms) = decode(session, samples, &options)?;
                let Some(settling) = &mut settling else {
                    return Ok((words, work_ms));
                };
                let words = settling.whole(already, &words);
                settling.hypothesis(&words, sound_ms);
                Ok((words, work_ms))
            }
        };
        let passes = match run.hears {
            Hears::Whole => vec![whole(length_ms, length_ms, &mut decode)?],
            Hears::SoFar | Hears::FromSettled => {
                let stretch = Stretch {
                    length_ms,
                    free_ms: busy_until_ms.saturating_sub(segment.start_ms),
                    quiet,
                };
                stream::passes(stretch, &mut decode)?
            }
        };
        // What goes on with the next sample was cut because it had become long.
        let goes_on = spoken
            .get(at + 1)
            .is_some_and(|next| next.segment.start_ms == segment.end_ms);
        let cut_at = goes_on.then_some(length_ms);
        busy_until_ms = segment.start_ms + passes.last().map_or(0, |pass| pass.done_ms);
        for (n, (_, policy, figures)) in run.rows.iter_mut().enumerate() {
            for (word, at_ms) in replay(*policy, &passes, cut_at, figures) {
                if run.hears != Hears::Whole {
                    let ms = at_ms.saturating_sub(word.end_ms);
                    figures.lags.push(Lag { turn: number, ms });
                    delays[n].push((segment.start_ms + at_ms) as f64);
                }
                if !heard[n].is_empty() {
                    heard[n].push(' ');
                }
                heard[n].push_str(&word.text);
            }
        }
    }
    for (n, (_, _, figures)) in run.rows.iter_mut().enumerate() {
        figures.turns += 1;
        figures.words += wer(text, &heard[n], lang);
        figures.letters += cer(text, &heard[n], lang);
        figures.values.count(text, &heard[n], lang, said.today);
        if let Some(listed) = said.listed {
            figures.listed.count(listed, text, &heard[n]);
        }
        figures.sound_ms += sound_ms;
        let lags = laal(&delays[n], sound_ms as f64, reference_words);
        figures.laal.extend(lags);
    }
    Ok(heard.into_iter().next().unwrap_or_default())
}

/// A stretch of speech, and where in it nothing is said.
pub(super) struct Spoken {
    pub segment: Segment,
    pub quiet: Vec<Quiet>,
}

pub(super) fn segments(vad: &Path, sound: &[f32]) -> Result<Vec<Segment>> {
    let spoken = stretches(vad, sound)?.into_iter();
    Ok(spoken.map(|spoken| spoken.segment).collect())
}

/// The stretches of a recording, as they come frame by frame.
pub(super) fn stretches(vad: &Path, sound: &[f32]) -> Result<Vec<Spoken>> {
    let mut segmenter = Segmenter::new(Box::new(SileroVad::load(vad)?), SegmenterConfig::default());
    let mut found: Vec<Spoken> = Vec::new();
    let mut quiet: Vec<Quiet> = Vec::new();
    let mut take = |events: Vec<SegmentEvent>, quiet: &mut Vec<Quiet>| {
        for event in events {
            if let SegmentEvent::Ended(segment) = event {
                let quiet = std::mem::take(quiet);
                found.push(Spoken { segment, quiet });
            }
        }
    };
    for frame in sound.chunks(FRAME) {
        take(segmenter.push(frame)?, &mut quiet);
        let Some(current) = segmenter.current() else {
            continue;
        };
        let now_ms = current.len() as u64 / SAMPLES_PER_MS;
        let is_quiet = segmenter.quiet_ms() >= FALLS_SILENT_MS;
        let over = segmenter.if_over();
        match quiet.last_mut().filter(|quiet| quiet.until_ms == u64::MAX) {
            Some(quiet) if is_quiet => {
                let over_ms = over.map(|whole| whole.len() as u64 / SAMPLES_PER_MS);
                quiet.may_be_over_ms = quiet.may_be_over_ms.or(over_ms);
            }
            Some(quiet) => quiet.until_ms = now_ms,
            None if is_quiet => quiet.push(Quiet {
                from_ms: now_ms,
                may_be_over_ms: None,
                until_ms: u64::MAX,
            }),
            None => {}
        }
    }
    take(segmenter.flush(), &mut quiet);
    Ok(found)
}

fn decode(
    session: &mut RecogniserSession,
    samples: &[f32],
    options: &DecodeOptions,
) -> Result<(Vec<Word>, u64)> {
    let begun = processor_ms();
    let transcript = session.transcribe(samples, options)?;
    Ok((transcript.words, processor_ms().saturating_sub(begun)))
}

/// How a whole stretch is decoded, or one that is still spoken and of which so much was heard already.
fn options(known: &Known, already: Option<HeardAlready>) -> DecodeOptions {
    let effort = match already {
        None => DecodeOptions::settled(),
        Some(already) => DecodeOptions {
            settled_until_ms: already.settled_until_ms,
            ..DecodeOptions::partial()
        },
    };
    DecodeOptions {
        prompt: known.context.clone(),
        expected: known.expected.clone(),
        ..effort
    }
}

/// Processor time of this thread, which is the recogniser's only one, in ms.
fn processor_ms() -> u64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec as u64 * 1000 + time.tv_nsec as u64 / 1_000_000
}

/// Lets a policy settle the words of a stretch: each word with the moment when it was settled. Words behind `cut_at`, in ms,
/// are the next stretch's, which settles them anew here.
fn replay(
    policy: SettlingPolicy,
    passes: &[Pass],
    cut_at: Option<u64>,
    figures: &mut Figures,
) -> Vec<(Word, u64)> {
    let mut settling = Settling::new(policy);
    let mut times = Vec::new();
    let mut shown: Vec<String> = Vec::new();
    for (n, pass) in passes.iter().enumerate() {
        figures.work_ms += pass.work_ms;
        let words: Vec<String> = if n + 1 == passes.len() {
            break;
        } else {
            let settled = settling.hypothesis(&pass.words, pass.sound_ms);
            times.extend(std::iter::repeat_n(pass.done_ms, settled));
            let all = settling.settled().iter().chain(settling.unsettled());
            all.map(|word| word.text.clone()).collect()
        };
        figures.erased += erased(&shown, &words);
        shown = words;
    }
    let Some(last) = passes.last() else {
        return Vec::new();
    };
    if let Some(sound_ms) = cut_at {
        settling = settling.split(sound_ms).0;
        times.truncate(settling.settled().len());
    }
    let words = settling.finish(&last.words);
    let texts: Vec<String> = words.iter().map(|word| word.text.clone()).collect();
    figures.erased += erased(&shown, &texts);
    figures.shown += words.len();
    times.resize(words.len(), last.done_ms);
    words.into_iter().zip(times).collect()
}

/// Words on the screen that the next version takes away or changes.
fn erased(before: &[String], after: &[String]) -> usize {
    let kept = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    before.len() - kept
}
