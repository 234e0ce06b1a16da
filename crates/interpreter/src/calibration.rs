//! How many threads a recognition takes on this machine, by measurement.
//!
//! Two threads halve the time of a call where a core is free, and lengthen it where none is:
//! whisper.cpp's threads wait for each other by spinning. So each number is tried both on a quiet
//! machine and beside a busy thread, which is what a counter is like: somebody speaks while a
//! translation is being spoken.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use serde::{Deserialize, Serialize};
use tolkebot_asr::{AsrConfig, DecodeOptions, Recogniser};
use tolkebot_models::{Profile, Store};
use tolkebot_protocol::Lang;

use crate::load::{asr_id, model_file};
use crate::{InterpreterConfig, InterpreterError, Stage};

/// A partial hypothesis is seldom longer.
const SOUND_SECONDS: usize = 5;
/// Calls of which the middle one counts.
const CALLS: usize = 3;
/// A number of threads whose first call takes so many times as long as that of one thread is given
/// up: threads that wait for each other on full cores take twenty times as long, not twice.
const HOPELESS: u64 = 2;
/// More threads must save at least this share of the time.
const WORTH: f64 = 0.9;
/// No model of this product gains from more.
const MOST_THREADS: usize = 8;

/// What one number of threads took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// Threads of a call.
    pub threads: usize,
    /// A call for five seconds of sound on a quiet machine, ms.
    pub quiet_ms: u64,
    /// The same beside a busy thread, ms.
    pub beside_ms: u64,
}

/// What was measured, for which machine and model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// Processor and number of cores.
    pub machine: String,
    /// The recogniser's model.
    pub model: String,
    /// Threads of a call.
    pub threads: usize,
    /// The measurements that say so.
    pub measured: Vec<Measured>,
}

impl Calibration {
    /// Measures this machine with the profile's Danish recogniser; takes some seconds. `progress`
    /// is told each measurement. `None` while other work keeps the cores: it would be that work
    /// which is measured.
    ///
    /// # Errors
    /// [`InterpreterError::Load`] if the model is missing or broken.
    pub fn measure(
        store: &Store,
        profile: &Profile,
        config: &InterpreterConfig,
        progress: &mut dyn FnMut(&Measured),
    ) -> Result<Option<Calibration>, InterpreterError> {
        let id = asr_id(profile, Lang::Da);
        let fail = |reason: String| InterpreterError::Load {
            stage: Stage::Recognise,
            id: id.to_owned(),
            reason,
        };
        let file = model_file(store, id).map_err(fail)?;
        let recogniser =
            Recogniser::load(file, &AsrConfig::default()).map_err(|e| fail(e.to_string()))?;
        let sound = like_speech(SOUND_SECONDS);
        let mut measured: Vec<Measured> = Vec::new();
        for threads in candidates(InterpreterConfig::cores(), config.recogniser_threads()) {
            let recogniser = recogniser.with_threads(threads);
            let recogniser = recogniser.map_err(|e| fail(e.to_string()))?;
            let one_thread = measured.first();
            let most = one_thread.map(|one| HOPELESS * one.quiet_ms);
            let quiet = call(&recogniser, &sound, most).map_err(fail)?;
            if one_thread.is_none() && quiet.was_disturbed() {
                return Ok(None);
            }
            let most = one_thread.map(|one| HOPELESS * one.beside_ms);
            let beside = beside_work(|| call(&recogniser, &sound, most)).map_err(fail)?;
            let one = Measured {
                threads,
                quiet_ms: quiet.ms,
                beside_ms: beside.ms,
            };
            progress(&one);
            measured.push(one);
        }
        Ok(Some(Calibration {
            machine: machine(),
            model: id.to_owned(),
            threads: best(&measured),
            measured,
        }))
    }

    /// What was remembered, if it is about this machine and the profile's model. A file that cannot
    /// be read is no reason not to start: the machine is measured again.
    pub fn remembered(file: &Path, profile: &Profile) -> Option<Calibration> {
        let text = std::fs::read_to_string(file).ok()?;
        let known: Calibration = serde_json::from_str(&text)
            .inspect_err(|error| {
                let file = file.display();
                tracing::warn!(%file, %error, "the calibration cannot be read; measuring again");
            })
            .ok()?;
        let fits = known.machine == machine()
            && known.model == asr_id(profile, Lang::Da)
            && (1..=MOST_THREADS).contains(&known.threads);
        fits.then_some(known)
    }

    /// Remembers it.
    ///
    /// # Errors
    /// Why the file could not be written.
    pub fn remember(&self, file: &Path) -> std::io::Result<()> {
        let text = serde_json::to_string_pretty(self)?;
        std::fs::write(file, text + "\n")
    }
}

/// Numbers of threads worth a try: powers of two as far as every recogniser has so many cores.
fn candidates(cores: usize, recognisers: usize) -> Vec<usize> {
    let most = (cores / recognisers.max(1)).clamp(1, MOST_THREADS);
    std::iter::successors(Some(1), |n| Some(n * 2))
        .take_while(|n| *n <= most)
        .collect()
}

/// The number of threads that is fastest, quiet and busy moments counting alike; the smaller one
/// if the gain is small.
fn best(measured: &[Measured]) -> usize {
    let cost = |m: &Measured| (m.quiet_ms + m.beside_ms) as f64;
    let mut chosen = measured.first();
    for one in measured {
        if chosen.is_some_and(|before| cost(one) < WORTH * cost(before)) {
            chosen = Some(one);
        }
    }
    chosen.map_or(1, |m| m.threads)
}

/// How long a call took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Took {
    ms: u64,
    /// Processor time of the calling thread.
    processor_ms: u64,
}

impl Took {
    /// Whether a call of one thread had to share its core.
    fn was_disturbed(self) -> bool {
        self.ms > self.processor_ms + self.processor_ms / 5 + 20
    }
}

/// The middle of some calls; the first one if it took more than `most` ms.
fn call(recogniser: &Recogniser, sound: &[f32], most: Option<u64>) -> Result<Took, String> {
    let mut session = recogniser.session(Lang::Da).map_err(|e| e.to_string())?;
    let mut times = Vec::new();
    while times.len() < CALLS {
        let (begun, worked) = (Instant::now(), processor_ms());
        session
            .transcribe(sound, &DecodeOptions::partial())
            .map_err(|e| e.to_string())?;
        let took = Took {
            ms: begun.elapsed().as_millis() as u64,
            processor_ms: processor_ms().saturating_sub(worked),
        };
        if most.is_some_and(|most| took.ms > most) {
            return Ok(took);
        }
        times.push(took);
    }
    times.sort_unstable_by_key(|took| took.ms);
    Ok(times[CALLS / 2])
}

/// Processor time of this thread, ms.
fn processor_ms() -> u64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec as u64 * 1000 + time.tv_nsec as u64 / 1_000_000
}

/// Runs `work` while another thread keeps a core busy.
fn beside_work<T>(work: impl FnOnce() -> T) -> T {
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                std::hint::spin_loop();
            }
        });
        let result = work();
        done.store(true, Ordering::Relaxed);
        result
    })
}

/// Sound that passes for speech until the encoder has heard it: syllables of noise and hum. What is
/// made of it does not matter; the encoder is most of a call.
fn like_speech(seconds: usize) -> Vec<f32> {
    let rate = tolkebot_audio::SAMPLE_RATE as f32;
    let mut state = 0x2545_f491_u32;
    (0..seconds * tolkebot_audio::SAMPLE_RATE as usize)
        .map(|i| {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            let noise = state as f32 / u32::MAX as f32 * 2.0 - 1.0;
            let t = i as f32 / rate;
            let syllable = (std::f32::consts::TAU * 2.0 * t).sin().max(0.0);
            let hum = (std::f32::consts::TAU * 140.0 * t).sin();
            syllable * (0.2 * hum + 0.05 * noise) + 0.001 * noise
        })
        .collect()
}

/// The processor's name, where the system tells it, and the number of cores.
fn machine() -> String {
    let cpuinfo = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = cpuinfo
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map_or("", |rest| rest.trim_start_matches([' ', '\t', ':']));
    let cores = InterpreterConfig::cores();
    format!("{name} {} {cores} cores", std::env::consts::ARCH)
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(threads: usize, quiet_ms: u64, beside_ms: u64) -> Measured {
        Measured {
            threads,
            quiet_ms,
            beside_ms,
        }
    }

    #[test]
    fn more_threads_are_taken_only_if_they_pay_beside_other_work_too() {
        assert_eq!(best(&[measured(1, 500, 520), measured(2, 280, 400)]), 2);
        assert_eq!(best(&[measured(1, 500, 520), measured(2, 280, 900)]), 1);
        assert_eq!(best(&[measured(1, 500, 500), measured(2, 480, 480)]), 1);
        assert_eq!(
            best(&[
                measured(1, 500, 500),
                measured(2, 480, 480),
                measured(4, 300, 300)
            ]),
            4
        );
        assert_eq!(best(&[]), 1);
    }

    #[test]
    fn a_call_that_shared_its_core_says_nothing_about_the_machine() {
        let took = |ms, processor_ms| Took { ms, processor_ms };
        assert!(!took(560, 550).was_disturbed());
        assert!(!took(660, 550).was_disturbed());
        assert!(took(1_130, 550).was_disturbed());
    }

    #[test]
    fn recognisers_share_the_cores() {
        assert_eq!(candidates(2, 1), [1, 2]);
        assert_eq!(candidates(1, 1), [1]);
        assert_eq!(candidates(8, 4), [1, 2]);
        assert_eq!(candidates(64, 1), [1, 2, 4, 8]);
        assert_eq!(candidates(3, 0), [1, 2]);
    }

    #[test]
    fn what_was_remembered_counts_for_its_machine_and_model_only() {
        let manifest = tolkebot_models::Manifest::embedded().unwrap();
        let profile = manifest.profile("starter").unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("calibration.json");
        assert_eq!(Calibration::remembered(&file, profile), None);
        let known = Calibration {
            machine: machine(),
            model: profile.asr.da.clone(),
            threads: 2,
            measured: vec![measured(1, 500, 520), measured(2, 280, 400)],
        };
        known.remember(&file).unwrap();
        assert_eq!(Calibration::remembered(&file, profile), Some(known.clone()));
        for other in [
            Calibration {
                machine: "another".into(),
                ..known.clone()
            },
            Calibration {
                model: "another".into(),
                ..known.clone()
            },
            Calibration {
                threads: 1000,
                ..known
            },
        ] {
            other.remember(&file).unwrap();
            assert_eq!(Calibration::remembered(&file, profile), None);
        }
        std::fs::write(&file, "{").unwrap();
        assert_eq!(Calibration::remembered(&file, profile), None);
    }
}
