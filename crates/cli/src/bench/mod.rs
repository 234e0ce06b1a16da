//! `tolkebot bench`: speed and memory of the real pipe on this machine.
//!
//! | module | what it measures |
//! |---|---|
//! | here | each engine alone, the server's start, memory |
//! | `store` | the case log |
//! | `neighbours` | other people's lines while a client misbehaves |
//! | `lag` | whether a long conversation falls behind |
//! | `pipe` | the whole pipe: people who wait for each other, and people who do not |

mod drafts;
mod folder;
mod lag;
mod neighbours;
mod pipe;
mod store;

use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde::Serialize;
use tolkebot_asr::{AsrConfig, DecodeOptions, Recogniser};
use tolkebot_interpreter::InterpreterConfig;
use tolkebot_models::{Profile, Store};
use tolkebot_mt::{MtConfig, Translator};
use tolkebot_protocol::Lang;
use tolkebot_tts::{VoiceOptions, load_voice};

use self::folder::Folder;
use crate::args::{BenchArgs, BenchCommand, ModelArgs};
use crate::demo::Recording;
use crate::engines;

/// Everything that was measured.
#[derive(Debug, Serialize)]
struct Report {
    date: String,
    machine: Machine,
    profile: String,
    conversation: String,
    /// Threads of a recognition in the whole pipe.
    asr_threads: usize,
    /// Seconds of work for a second of sound, one thread, settled effort.
    recognise_rtf: Vec<(Lang, f64)>,
    /// The same for partials.
    partial_rtf: Vec<(Lang, f64)>,
    /// Milliseconds for a line, median and 95th percentile.
    translate_ms: Vec<(Lang, u64, u64)>,
    /// Seconds of work for a second of speech, with the threads that the pipe would use.
    speak_rtf: Vec<(Lang, f64)>,
    /// The whole pipe, each turn beginning when the one before has been heard interpreted.
    in_turns: pipe::InTurns,
    /// The whole pipe, nobody waiting for anybody.
    without_waiting: pipe::WithoutWaiting,
    /// From starting `tolkebot serve` until it answers that it is ready, ms.
    server_ready_ms: u64,
    /// Largest resident memory of this process, MiB (`VmHWM`).
    peak_resident_mib: Option<u64>,
}

#[derive(Debug, Serialize)]
pub struct Machine {
    pub cpu: String,
    pub cores: usize,
    memory_mib: Option<u64>,
    os: &'static str,
    arch: &'static str,
}

/// Turns that the engines alone are measured with.
const ENGINE_TURNS: usize = 8;

/// Says on the terminal what is being measured: the whole takes minutes.
fn progress(what: &str) {
    eprintln!("bench: {what}");
}

pub fn run(models: &ModelArgs, args: BenchArgs) -> Result<()> {
    if let Some(command) = args.command {
        return match command {
            BenchCommand::Store {
                folder,
                config,
                cases,
                events,
            } => store::run(folder, config.as_deref(), &cases, events),
            BenchCommand::Lag {
                conversation,
                minutes,
            } => lag::run(models, &conversation, minutes),
            BenchCommand::Neighbours {
                folder,
                rounds,
                lines,
                conversations,
                saves_per_s,
            } => {
                let plan = neighbours::Plan::new(rounds, lines, conversations, saves_per_s);
                neighbours::run(folder, plan)
            }
        };
    }
    let (store, profile) = engines::open(models)?;
    let remembered = store.root().join(engines::CALIBRATION);
    // Once for a machine, and no part of a start that is measured.
    engines::calibrated(&store, &profile, InterpreterConfig::default(), &remembered)?;
    progress("starting the server");
    let ready = server_ready(models, &remembered)?;
    let folder = engines::conversation_folder(&store, &args.conversation)?;
    let mut recording = Recording::open(&folder, true)?;
    recording.turns.truncate(args.turns);
    if recording.turns.is_empty() {
        bail!("--turns 0 leaves nothing to measure");
    }
    let config = InterpreterConfig {
        asr_threads: args.asr_threads,
        ..InterpreterConfig::default()
    };
    let config = engines::calibrated(&store, &profile, config, &remembered)?;
    let asr_threads = config.asr_threads;
    let (in_turns, without_waiting) = pipe::measure(&store, &profile, &recording, config)?;
    let mut report = Report {
        date: engines::now().date().to_string(),
        machine: machine(),
        profile: profile.name.clone(),
        conversation: recording.id.clone(),
        asr_threads,
        recognise_rtf: Vec::new(),
        partial_rtf: Vec::new(),
        translate_ms: Vec::new(),
        speak_rtf: Vec::new(),
        in_turns,
        without_waiting,
        server_ready_ms: ready.as_millis() as u64,
        peak_resident_mib: status_kib("VmHWM:").map(|kib| kib / 1024),
    };
    // A few lines of each language say enough about an engine alone.
    recording.turns.truncate(ENGINE_TURNS);
    for lang in Lang::ALL {
        measure(&store, &profile, &recording, lang, &mut report)?;
    }
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?;
    } else {
        table(&mut out, &report)?;
    }
    Ok(())
}

fn measure(
    store: &Store,
    profile: &Profile,
    recording: &Recording,
    lang: Lang,
    report: &mut Report,
) -> Result<()> {
    let turns: Vec<_> = recording.turns.iter().filter(|t| t.lang == lang).collect();
    if turns.is_empty() {
        return Ok(());
    }
    progress(&format!("recogniser, {lang}"));
    let id = engines::recogniser_id(profile, lang);
    let recogniser = Recogniser::load(&store.main_file(id)?, &AsrConfig::default())?;
    let mut session = recogniser.session(lang)?;
    for (options, figures) in [
        (DecodeOptions::settled(), &mut report.recognise_rtf),
        (DecodeOptions::partial(), &mut report.partial_rtf),
    ] {
        let (mut sound_s, mut work_s) = (0.0, 0.0);
        for turn in &turns {
            let sound = recording.sound(turn)?;
            let begun = Instant::now();
            session.transcribe(&sound, &options)?;
            work_s += begun.elapsed().as_secs_f64();
            sound_s += sound.len() as f64 / 16_000.0;
        }
        figures.push((lang, work_s / sound_s.max(0.001)));
    }

    progress(&format!("translator, {lang}"));
    let dir = store.dir(engines::translator_id(profile, lang))?;
    // A line from the list of fixed translations takes no time, and is not the translator's.
    let config = MtConfig {
        phrases: None,
        ..MtConfig::default()
    };
    let mut translator = Translator::load(&dir, &config)?;
    let mut times = Vec::new();
    for turn in &turns {
        let begun = Instant::now();
        translator.translate(&turn.text, lang, lang.other())?;
        times.push(begun.elapsed().as_millis() as u64);
    }
    report
        .translate_ms
        .push((lang, percentile(&times, 50), percentile(&times, 95)));

    progress(&format!("voice, {lang}"));
    let id = engines::voice_id(profile, lang);
    let options = VoiceOptions {
        threads: InterpreterConfig::default().resolved_voice_threads(),
        ..VoiceOptions::default()
    };
    let mut voice = load_voice(store, id, &options)?;
    let (mut samples, mut work_s) = (0, 0.0);
    for turn in &turns {
        let begun = Instant::now();
        voice.speak(&turn.text, lang, &mut |piece| {
            samples += piece.len();
            ControlFlow::Continue(())
        })?;
        work_s += begun.elapsed().as_secs_f64();
    }
    let sound_s = samples as f64 / f64::from(voice.sample_rate());
    report.speak_rtf.push((lang, work_s / sound_s.max(0.001)));
    Ok(())
}

/// A process that does not outlive its measurement.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A data folder for a server that knows already how fast the machine is.
fn data_folder(calibration: &Path) -> Result<Folder> {
    let folder = Folder::make("start", &std::env::temp_dir())?;
    if calibration.exists() {
        std::fs::copy(calibration, folder.0.join(engines::CALIBRATION))
            .with_context(|| format!("cannot copy {}", calibration.display()))?;
    }
    Ok(folder)
}

/// Whether an environment variable is a setting of somebody's own server, which a measurement must not have: with
/// `TOLKEBOT_STORE_URL` it would open, and bring up to date, their database.
fn is_setting(name: &str) -> bool {
    name.starts_with("TOLKEBOT_") && name != "TOLKEBOT_MODELS_DIR" && name != "TOLKEBOT_LOG"
}

/// Starts `tolkebot serve` on a free port and waits until it says that it is ready.
fn server_ready(models: &ModelArgs, calibration: &Path) -> Result<Duration> {
    let free = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    // Before the server, so that it goes after it.
    let data = data_folder(calibration)?;
    let begun = Instant::now();
    let mut server = Command::new(std::env::current_exe()?);
    for name in std::env::vars_os().map(|(name, _)| name) {
        if name.to_str().is_some_and(is_setting) {
            server.env_remove(name);
        }
    }
    let server = server
        .args([
            "--profile",
            &models.profile,
            "serve",
            "--listen",
            &free.to_string(),
        ])
        .env("TOLKEBOT_DATA_DIR", &data.0)
        .stdout(Stdio::null())
        .spawn()
        .context("cannot start the server")?;
    let mut server = Running(server);
    let url = format!("http://{free}/readyz");
    loop {
        if ureq::get(&url).call().is_ok() {
            return Ok(begun.elapsed());
        }
        if let Some(status) = server.0.try_wait()? {
            bail!("`tolkebot serve` ended at once ({status})");
        }
        if begun.elapsed() > Duration::from_secs(120) {
            bail!("the server was not ready within 120 s");
        }
        // Waiting for another process: there is nothing to be woken by.
        #[allow(clippy::disallowed_methods)]
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The smallest value that `percent` of the values do not exceed (nearest rank); 0 for none.
pub fn percentile(values: &[u64], percent: usize) -> u64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or_default()
}

pub fn machine() -> Machine {
    let cpuinfo = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cpu = cpuinfo
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map_or("unknown", |rest| rest.trim_start_matches([' ', '\t', ':']));
    let meminfo = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    Machine {
        cpu: cpu.to_owned(),
        cores: std::thread::available_parallelism().map_or(1, usize::from),
        memory_mib: field_kib(&meminfo, "MemTotal:").map(|kib| kib / 1024),
        os: std::env::consts::OS,
        arch: std::env::consts::ARCH,
    }
}

/// A field of `/proc/self/status`, KiB; `None` where there is no such file.
pub fn status_kib(field: &str) -> Option<u64> {
    field_kib(&std::fs::read_to_string("/proc/self/status").ok()?, field)
}

fn field_kib(text: &str, field: &str) -> Option<u64> {
    let rest = text.lines().find_map(|line| line.strip_prefix(field))?;
    rest.split_whitespace().next()?.parse().ok()
}

fn table(out: &mut impl Write, report: &Report) -> Result<()> {
    let machine = &report.machine;
    writeln!(
        out,
        "{}, {} cores, {} MiB, {} {}",
        machine.cpu,
        machine.cores,
        machine.memory_mib.unwrap_or_default(),
        machine.os,
        machine.arch
    )?;
    writeln!(
        out,
        "{}, profile {}, conversation {}\n",
        report.date, report.profile, report.conversation
    )?;
    writeln!(out, "| what | da | uk |\n|---|---|---|")?;
    writeln!(
        out,
        "| threads of a recognition in the pipe | {0} | {0} |",
        report.asr_threads
    )?;
    let rtf = |figures: &[(Lang, f64)]| {
        let cells: Vec<String> = figures.iter().map(|(_, f)| format!("{f:.2}")).collect();
        cells.join(" | ")
    };
    writeln!(
        out,
        "| recognise, settled, real-time factor | {} |",
        rtf(&report.recognise_rtf)
    )?;
    writeln!(
        out,
        "| recognise, partial, real-time factor | {} |",
        rtf(&report.partial_rtf)
    )?;
    let cells: Vec<String> = report
        .translate_ms
        .iter()
        .map(|(_, p50, p95)| format!("{p50} / {p95}"))
        .collect();
    writeln!(
        out,
        "| translate a line from, ms p50 / p95 | {} |",
        cells.join(" | ")
    )?;
    writeln!(
        out,
        "| speak, real-time factor | {} |\n",
        rtf(&report.speak_rtf)
    )?;
    pipe::table(out, &report.in_turns, &report.without_waiting)?;
    writeln!(out, "Server start to ready: {} ms", report.server_ready_ms)?;
    if let Some(mib) = report.peak_resident_mib {
        writeln!(out, "Peak resident memory of the pipe: {mib} MiB")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{data_folder, engines, is_setting, percentile};

    #[test]
    fn a_measured_start_does_not_measure_the_machine_and_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let known = dir.path().join("known.json");
        std::fs::write(&known, "{}").unwrap();
        let data = data_folder(&known).unwrap();
        let path = data.0.clone();
        let there = std::fs::read_to_string(path.join(engines::CALIBRATION));
        assert_eq!(there.unwrap(), "{}");
        drop(data);
        assert!(!path.exists());
        assert!(data_folder(&dir.path().join("none")).is_ok());
    }

    #[test]
    fn a_measured_server_has_nobodys_settings() {
        for name in [
            "TOLKEBOT_STORE_URL",
            "TOLKEBOT_MASTER_KEY",
            "TOLKEBOT_TLS_MODE",
        ] {
            assert!(is_setting(name), "{name}");
        }
        for name in ["TOLKEBOT_MODELS_DIR", "TOLKEBOT_LOG", "PATH", "HTTPS_PROXY"] {
            assert!(!is_setting(name), "{name}");
        }
    }

    #[test]
    fn percentiles_are_nearest_rank() {
        let values: Vec<u64> = (1..=20).collect();
        assert_eq!(percentile(&values, 50), 10);
        assert_eq!(percentile(&values, 95), 19);
        assert_eq!(percentile(&[7], 95), 7);
        assert_eq!(percentile(&[], 50), 0);
    }
}
