//! The whole pipe, fed at the speed at which the recording was spoken.

use std::io::Write;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde::Serialize;
use tolkebot_interpreter::{ConversationHandle, Interpreter, InterpreterConfig, PipeEvent};
use tolkebot_models::{Profile, Store};
use tolkebot_protocol::Speaker;

use super::drafts::Drafts;
use super::{percentile, progress};
use crate::demo::{RecordedTurn, Recording};

/// Silence between two turns when nobody waits.
const BETWEEN_TURNS: Duration = Duration::from_millis(700);
/// A turn that is not done after this long is reported as a fault.
const PATIENCE: Duration = Duration::from_secs(120);
/// One frame, samples and time.
const FRAME: usize = 1600;
const FRAME_TIME: Duration = Duration::from_millis(100);

/// How far behind the end of the speech, ms: median and 95th percentile.
#[derive(Debug, Serialize)]
pub struct Lags {
    settled: (u64, u64),
    translated: (u64, u64),
    first_sound: (u64, u64),
}

/// A conversation through an interpreter as people hold it.
#[derive(Debug, Serialize)]
pub struct InTurns {
    /// Seconds spoken.
    speech_s: f64,
    /// Seconds of interpreted speech.
    interpreted_s: f64,
    /// Seconds in which nobody spoke and nothing was played: waiting for the machine.
    waited_s: f64,
    utterances: usize,
    partials: usize,
    drafts: DraftFigures,
    lags: Lags,
    /// Times that the interpreted speech broke off because its next piece was not there.
    broken_off: usize,
}

/// Translations that were read before they were finished.
#[derive(Debug, Serialize)]
pub struct DraftFigures {
    /// Utterances that had one.
    utterances: usize,
    /// How long before the translation the draft began to be read, ms, median.
    ahead_ms: u64,
    /// Words taken back for each word of the translations.
    normalised_erasure: f64,
}

/// The same turns, one right after the other.
#[derive(Debug, Serialize)]
pub struct WithoutWaiting {
    /// Seconds from the first sound to the last, pauses included.
    sound_s: f64,
    /// From the last sound until everything was interpreted, ms.
    drained_ms: u64,
    utterances: usize,
    /// Settled text behind the end of its speech, ms, median: the first half of the utterances,
    /// and the second. A machine that cannot keep up has a longer second.
    settled_halves_ms: (u64, u64),
    translated_halves_ms: (u64, u64),
    lags: Lags,
}

/// What the pipe said so far.
#[derive(Default)]
struct Collected {
    partials: usize,
    drafts: Drafts,
    settled: Vec<u64>,
    translated: Vec<u64>,
    first_sound: Vec<u64>,
    interpreted: Duration,
    broken_off: usize,
    /// When what has arrived so far will have been played.
    played_until: Option<Instant>,
    drained: usize,
}

impl Collected {
    fn take(&mut self, event: PipeEvent) -> Result<()> {
        self.drafts.take(&event);
        match event {
            PipeEvent::Partial { .. } => self.partials += 1,
            PipeEvent::Settled(s) => self.settled.push(s.lag_ms),
            PipeEvent::Translated { lag_ms, .. } => self.translated.push(lag_ms),
            PipeEvent::Speech {
                piece,
                samples,
                sample_rate,
                lag_ms,
                ..
            } => {
                let now = Instant::now();
                if piece == 0 {
                    self.first_sound.push(lag_ms);
                } else if self.played_until.is_some_and(|end| end < now) && !samples.is_empty() {
                    self.broken_off += 1;
                }
                let length =
                    Duration::from_secs_f64(samples.len() as f64 / f64::from(sample_rate.max(1)));
                self.interpreted += length;
                let begins = self.played_until.map_or(now, |end| end.max(now));
                self.played_until = Some(begins + length);
            }
            PipeEvent::Failed { stage, message, .. } => bail!("{stage:?}: {message}"),
            PipeEvent::Drained { .. } => self.drained += 1,
            PipeEvent::SpeechStarted { .. } | PipeEvent::Draft { .. } => {}
        }
        Ok(())
    }

    fn lags(&self) -> Lags {
        let spread = |times: &[u64]| (percentile(times, 50), percentile(times, 95));
        Lags {
            settled: spread(&self.settled),
            translated: spread(&self.translated),
            first_sound: spread(&self.first_sound),
        }
    }
}

/// Feeds the recording twice: in turns, and without waiting.
pub fn measure(
    store: &Store,
    profile: &Profile,
    recording: &Recording,
    config: InterpreterConfig,
) -> Result<(InTurns, WithoutWaiting)> {
    progress("loading the pipe");
    let pipe = Interpreter::load(store, profile, config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_time()
        .build()?;
    runtime.block_on(async {
        let in_turns = in_turns(&pipe, recording).await?;
        let without_waiting = without_waiting(&pipe, recording).await?;
        Ok((in_turns, without_waiting))
    })
}

async fn in_turns(pipe: &Interpreter, recording: &Recording) -> Result<InTurns> {
    let (talk, mut events) = pipe.open()?;
    let mut all = Collected::default();
    let (mut speech, mut waited) = (Duration::ZERO, Duration::ZERO);
    for (i, turn) in recording.turns.iter().enumerate() {
        progress(&format!("in turns: {} of {}", i + 1, recording.turns.len()));
        speech += say(&talk, recording, turn).await?;
        let ended = Instant::now();
        let played_before = all.interpreted;
        all.played_until = None;
        let drained = all.drained;
        while all.drained == drained {
            let event = tokio::time::timeout(PATIENCE, events.recv())
                .await
                .with_context(|| format!("turn {} was not interpreted in 120 s", turn.n))?;
            all.take(event.context("the pipe ended")?)?;
        }
        if let Some(end) = all.played_until {
            tokio::time::sleep_until(end.into()).await;
        }
        waited += ended
            .elapsed()
            .saturating_sub(all.interpreted - played_before);
    }
    Ok(InTurns {
        speech_s: speech.as_secs_f64(),
        interpreted_s: all.interpreted.as_secs_f64(),
        waited_s: waited.as_secs_f64(),
        utterances: all.settled.len(),
        partials: all.partials,
        drafts: DraftFigures {
            utterances: all.drafts.ahead.len(),
            ahead_ms: percentile(&all.drafts.ahead, 50),
            normalised_erasure: all.drafts.normalised_erasure(),
        },
        lags: all.lags(),
        broken_off: all.broken_off,
    })
}

async fn without_waiting(pipe: &Interpreter, recording: &Recording) -> Result<WithoutWaiting> {
    progress("without waiting");
    let (talk, mut events) = pipe.open()?;
    let begun = Instant::now();
    let feeding = async {
        for turn in &recording.turns {
            say(&talk, recording, turn).await?;
            tokio::time::sleep(BETWEEN_TURNS).await;
        }
        anyhow::Ok(Instant::now())
    };
    tokio::pin!(feeding);
    let mut all = Collected::default();
    let fed = loop {
        tokio::select! {
            fed = &mut feeding => break fed?,
            event = events.recv() => all.take(event.context("the pipe ended")?)?,
        }
    };
    // One event says that all of a channel's work is done, however many turns were waiting.
    let mut busy: Vec<Speaker> = vec![Speaker::Staff, Speaker::Citizen];
    for speaker in &busy {
        talk.end_speech(*speaker);
    }
    while !busy.is_empty() {
        let event = tokio::time::timeout(PATIENCE, events.recv())
            .await
            .context("nothing was interpreted for 120 s")?;
        let event = event.context("the pipe ended")?;
        if let PipeEvent::Drained { speaker } = &event {
            busy.retain(|other| other != speaker);
        }
        all.take(event)?;
    }
    let halves = |times: &[u64]| {
        let (first, second) = times.split_at(times.len() / 2);
        (percentile(first, 50), percentile(second, 50))
    };
    Ok(WithoutWaiting {
        sound_s: (fed - begun).as_secs_f64(),
        drained_ms: fed.elapsed().as_millis() as u64,
        utterances: all.settled.len(),
        settled_halves_ms: halves(&all.settled),
        translated_halves_ms: halves(&all.translated),
        lags: all.lags(),
    })
}

/// Feeds one turn in real time and ends it; how long it was.
pub(super) async fn say(
    talk: &impl ConversationHandle,
    recording: &Recording,
    turn: &RecordedTurn,
) -> Result<Duration> {
    let sound = recording.sound(turn)?;
    let mut next = tokio::time::Instant::now();
    for frame in sound.chunks(FRAME) {
        talk.push(turn.speaker, frame)?;
        next += FRAME_TIME;
        tokio::time::sleep_until(next).await;
    }
    talk.end_speech(turn.speaker);
    Ok(Duration::from_secs_f64(sound.len() as f64 / 16_000.0))
}

/// The figures as Markdown.
pub fn table(
    out: &mut impl Write,
    in_turns: &InTurns,
    without_waiting: &WithoutWaiting,
) -> Result<()> {
    let lags = |out: &mut dyn Write, lags: &Lags| -> Result<()> {
        writeln!(
            out,
            "\n| behind the end of the speech | p50 ms | p95 ms |\n|---|---|---|"
        )?;
        for (what, (p50, p95)) in [
            ("settled text", lags.settled),
            ("translation", lags.translated),
            ("first interpreted sound", lags.first_sound),
        ] {
            writeln!(out, "| {what} | {p50} | {p95} |")?;
        }
        Ok(())
    };
    let t = in_turns;
    writeln!(
        out,
        "In turns, each heard before the next begins: {:.0} s spoken, {:.0} s of interpreted \
        speech, {:.0} s of waiting for the machine; {} utterances, {} partials; interpreted \
        speech broke off {} times.",
        t.speech_s, t.interpreted_s, t.waited_s, t.utterances, t.partials, t.broken_off
    )?;
    writeln!(
        out,
        "{} utterances were read in translation while they were spoken, in the middle {} ms before \
        the translation was finished; of every 100 words of a translation {:.0} were taken back.",
        t.drafts.utterances,
        t.drafts.ahead_ms,
        100.0 * t.drafts.normalised_erasure
    )?;
    lags(out, &t.lags)?;
    let w = without_waiting;
    writeln!(
        out,
        "\nWithout waiting: {:.0} s, {} utterances; everything was interpreted {} ms after the \
        last sound. Settled text, median of the first and of the second half: {} and {} ms; \
        translation: {} and {} ms.",
        w.sound_s,
        w.utterances,
        w.drained_ms,
        w.settled_halves_ms.0,
        w.settled_halves_ms.1,
        w.translated_halves_ms.0,
        w.translated_halves_ms.1
    )?;
    lags(out, &w.lags)?;
    writeln!(out)?;
    Ok(())
}
