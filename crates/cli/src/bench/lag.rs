//! `tolkebot bench lag`: whether a long conversation falls behind.
//!
//! One conversation is played again and again through the pipe, each turn when the one before has
//! been heard interpreted, as at a counter. Its first minutes and its last ones hold the same turns,
//! so their lags can be compared turn by turn.

use std::io::Write;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tolkebot_interpreter::{Interpreter, InterpreterConfig, PipeEvent};

use super::{machine, percentile, pipe, progress, status_kib};
use crate::args::ModelArgs;
use crate::demo::Recording;
use crate::engines;

/// How long what is compared at both ends lasts, at least.
const EDGE: Duration = Duration::from_secs(5 * 60);
/// A turn that is not interpreted after this long is reported as a fault.
const PATIENCE: Duration = Duration::from_secs(120);

/// Lags of one time through the conversation, ms behind the end of the speech.
#[derive(Debug, Default, Clone)]
struct Pass {
    settled: Vec<u64>,
    translated: Vec<u64>,
    first_sound: Vec<u64>,
    took: Duration,
    resident_mib: u64,
}

/// One of the lags of a pass.
type Of = fn(&Pass) -> &Vec<u64>;

pub fn run(models: &ModelArgs, conversation: &str, minutes: u64) -> Result<()> {
    let (store, profile) = engines::open(models)?;
    let folder = engines::conversation_folder(&store, conversation)?;
    let recording = Recording::open(&folder, true)?;
    if recording.turns.is_empty() {
        bail!("{conversation} has no turns");
    }
    let remembered = store.root().join(engines::CALIBRATION);
    let config = InterpreterConfig::default();
    let config = engines::calibrated(&store, &profile, config, &remembered)?;
    progress("loading the pipe");
    let pipe = Interpreter::load(&store, &profile, config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_time()
        .build()?;
    let length = Duration::from_secs(60 * minutes);
    let passes = runtime.block_on(play(&pipe, &recording, length))?;
    print(&mut std::io::stdout().lock(), &recording.id, &passes)
}

/// Plays whole passes until the time is up.
async fn play(pipe: &Interpreter, recording: &Recording, length: Duration) -> Result<Vec<Pass>> {
    let (talk, mut events) = pipe.open()?;
    let begun = Instant::now();
    let mut passes = Vec::new();
    // One pass alone has nothing to be compared with.
    while begun.elapsed() < length || passes.len() < 2 {
        let minute = begun.elapsed().as_secs() / 60;
        progress(&format!("pass {}, minute {minute}", passes.len() + 1));
        let mut pass = Pass::default();
        let pass_begun = Instant::now();
        for turn in &recording.turns {
            pipe::say(&talk, recording, turn).await?;
            let mut played_until = Instant::now();
            loop {
                let event = tokio::time::timeout(PATIENCE, events.recv()).await;
                let event = event
                    .with_context(|| format!("turn {} was not interpreted in 120 s", turn.n))?;
                match event.context("the pipe ended")? {
                    PipeEvent::Settled(settled) => pass.settled.push(settled.lag_ms),
                    PipeEvent::Translated { lag_ms, .. } => pass.translated.push(lag_ms),
                    PipeEvent::Speech {
                        piece,
                        samples,
                        sample_rate,
                        lag_ms,
                        ..
                    } => {
                        if piece == 0 {
                            pass.first_sound.push(lag_ms);
                        }
                        let seconds = samples.len() as f64 / f64::from(sample_rate.max(1));
                        played_until =
                            played_until.max(Instant::now()) + Duration::from_secs_f64(seconds);
                    }
                    PipeEvent::Failed { stage, message, .. } => bail!("{stage:?}: {message}"),
                    PipeEvent::Drained { .. } => break,
                    PipeEvent::SpeechStarted { .. }
                    | PipeEvent::Partial { .. }
                    | PipeEvent::Draft { .. } => {}
                }
            }
            tokio::time::sleep_until(played_until.into()).await;
        }
        pass.took = pass_begun.elapsed();
        pass.resident_mib = status_kib("VmRSS:").unwrap_or_default() / 1024;
        passes.push(pass);
    }
    Ok(passes)
}

/// As many passes from the beginning as last [`EDGE`], at least one and at most half of them.
fn edge(passes: &[Pass]) -> usize {
    let mut sum = Duration::ZERO;
    let long = passes.iter().take_while(|pass| {
        let before = sum;
        sum += pass.took;
        before < EDGE
    });
    long.count().clamp(1, (passes.len() / 2).max(1))
}

fn print(out: &mut impl Write, conversation: &str, passes: &[Pass]) -> Result<()> {
    let edge = edge(passes);
    let (first, last) = (&passes[..edge], &passes[passes.len() - edge..]);
    let seconds = |passes: &[Pass]| passes.iter().map(|p| p.took).sum::<Duration>().as_secs();
    let machine = machine();
    writeln!(
        out,
        "{}, {} cores, {}; `{conversation}`, {} passes in {} min; the first {} and the last {} of \
         them ({} and {} s) are compared.\n",
        machine.cpu,
        machine.cores,
        engines::now().date(),
        passes.len(),
        seconds(passes) / 60,
        edge,
        edge,
        seconds(first),
        seconds(last)
    )?;
    writeln!(
        out,
        "| behind the end of the speech | first, p50 / p95 ms | last, p50 / p95 ms | last against first |"
    )?;
    writeln!(out, "|---|---|---|---|")?;
    let figures: [(&str, Of); 3] = [
        ("settled text", |pass| &pass.settled),
        ("translation", |pass| &pass.translated),
        ("first interpreted sound", |pass| &pass.first_sound),
    ];
    for (what, of) in figures {
        let all = |passes: &[Pass]| -> Vec<u64> { passes.iter().flat_map(of).copied().collect() };
        let (first, last) = (all(first), all(last));
        let change = |p| {
            let (a, b) = (percentile(&first, p), percentile(&last, p));
            100.0 * (b as f64 / a.max(1) as f64 - 1.0)
        };
        writeln!(
            out,
            "| {what} | {} / {} | {} / {} | {:+.1} % / {:+.1} % |",
            percentile(&first, 50),
            percentile(&first, 95),
            percentile(&last, 50),
            percentile(&last, 95),
            change(50),
            change(95)
        )?;
    }
    let resident = |pass: Option<&Pass>| pass.map_or(0, |pass| pass.resident_mib);
    writeln!(
        out,
        "\nThe goal: the last five minutes at most 10 % longer than the first five. Resident memory \
         after the first pass {} MiB, after the last {} MiB.",
        resident(passes.first()),
        resident(passes.last())
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_are_five_minutes_of_whole_passes_and_do_not_overlap() {
        let passes = |seconds: &[u64]| -> Vec<Pass> {
            let took = seconds.iter().map(|s| Duration::from_secs(*s));
            took.map(|took| Pass {
                took,
                ..Pass::default()
            })
            .collect()
        };
        assert_eq!(edge(&passes(&[150; 20])), 2);
        assert_eq!(edge(&passes(&[160; 20])), 2);
        assert_eq!(edge(&passes(&[400; 9])), 1);
        assert_eq!(edge(&passes(&[100; 4])), 2);
        assert_eq!(edge(&passes(&[100])), 1);
    }
}
