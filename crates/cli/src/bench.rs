//! `tolkebot bench`: speed and memory of the real pipe on this machine.

use std::io::Write;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde::Serialize;
use tolkebot_asr::{AsrConfig, DecodeOptions, Recogniser};
use tolkebot_interpreter::{ConversationHandle, Interpreter, InterpreterConfig, PipeEvent};
use tolkebot_models::{Profile, Store};
use tolkebot_mt::{MtConfig, Translator};
use tolkebot_protocol::Lang;
use tolkebot_tts::{VoiceOptions, load_voice};

use crate::args::{BenchArgs, ModelArgs};
use crate::demo::Recording;
use crate::{bench_store, engines};

/// Everything that was measured.
#[derive(Debug, Serialize)]
struct Report {
    date: String,
    machine: Machine,
    profile: String,
    conversation: String,
    /// Seconds of work for a second of sound, one thread, settled effort.
    recognise_rtf: Vec<(Lang, f64)>,
    /// The same for partials.
    partial_rtf: Vec<(Lang, f64)>,
    /// Milliseconds for a line, median and 95th percentile.
    translate_ms: Vec<(Lang, u64, u64)>,
    /// Seconds of work for a second of speech.
    speak_rtf: Vec<(Lang, f64)>,
    /// The whole pipe at the speed of the recording.
    realtime: Realtime,
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

#[derive(Debug, Serialize)]
struct Realtime {
    speech_s: f64,
    utterances: usize,
    partials: usize,
    /// From the end of the speech, ms: median, 95th percentile.
    settled_ms: (u64, u64),
    translated_ms: (u64, u64),
    first_sound_ms: (u64, u64),
    /// Longest wait for the pipe to finish after the last sound of a turn, ms.
    drained_ms: u64,
}

pub fn run(models: &ModelArgs, args: BenchArgs) -> Result<()> {
    if let Some(command) = args.command {
        return bench_store::run(command);
    }
    let ready = server_ready(models)?;
    let (store, profile) = engines::open(models)?;
    let folder = engines::conversation_folder(&store, &args.conversation)?;
    let recording = Recording::open(&folder, true)?;
    let mut report = Report {
        date: engines::now().date().to_string(),
        machine: machine(),
        profile: profile.name.clone(),
        conversation: recording.id.clone(),
        recognise_rtf: Vec::new(),
        partial_rtf: Vec::new(),
        translate_ms: Vec::new(),
        speak_rtf: Vec::new(),
        realtime: realtime(&store, &profile, &recording)?,
        server_ready_ms: ready.as_millis() as u64,
        peak_resident_mib: status_kib("VmHWM:").map(|kib| kib / 1024),
    };
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

    let dir = store.dir(engines::translator_id(profile, lang))?;
    let mut translator = Translator::load(&dir, &MtConfig::default())?;
    let mut times = Vec::new();
    for turn in &turns {
        let begun = Instant::now();
        translator.translate(&turn.text, lang, lang.other())?;
        times.push(begun.elapsed().as_millis() as u64);
    }
    report
        .translate_ms
        .push((lang, percentile(&times, 50), percentile(&times, 95)));

    let id = engines::voice_id(profile, lang);
    let mut voice = load_voice(store, id, &VoiceOptions::default())?;
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

/// Feeds every turn at the speed at which it was spoken and waits for it to be interpreted.
fn realtime(store: &Store, profile: &Profile, recording: &Recording) -> Result<Realtime> {
    let pipe = Interpreter::load(store, profile, InterpreterConfig::default())?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_time()
        .build()?;
    runtime.block_on(async {
        let (talk, mut events) = pipe.open()?;
        let (mut settled, mut translated, mut first_sound) = (Vec::new(), Vec::new(), Vec::new());
        let (mut partials, mut samples, mut drained) = (0, 0, Duration::ZERO);
        for turn in &recording.turns {
            let sound = recording.sound(turn)?;
            samples += sound.len();
            let mut next = tokio::time::Instant::now();
            for frame in sound.chunks(1600) {
                talk.push(turn.speaker, frame)?;
                next += Duration::from_millis(100);
                tokio::time::sleep_until(next).await;
            }
            talk.end_speech(turn.speaker);
            let ended = Instant::now();
            loop {
                let event = tokio::time::timeout(Duration::from_secs(120), events.recv())
                    .await
                    .with_context(|| format!("turn {} was not interpreted in 120 s", turn.n))?;
                match event.context("the pipe ended")? {
                    PipeEvent::Partial { .. } => partials += 1,
                    PipeEvent::Settled(s) => settled.push(s.lag_ms),
                    PipeEvent::Translated { lag_ms, .. } => translated.push(lag_ms),
                    PipeEvent::Speech {
                        piece: 0, lag_ms, ..
                    } => first_sound.push(lag_ms),
                    PipeEvent::Failed { stage, message, .. } => bail!("{stage:?}: {message}"),
                    PipeEvent::Drained { .. } => break,
                    PipeEvent::Speech { .. } | PipeEvent::SpeechStarted { .. } => {}
                }
            }
            drained = drained.max(ended.elapsed());
        }
        let spread = |times: &[u64]| (percentile(times, 50), percentile(times, 95));
        Ok(Realtime {
            speech_s: f64::from(samples as u32) / 16_000.0,
            utterances: settled.len(),
            partials,
            settled_ms: spread(&settled),
            translated_ms: spread(&translated),
            first_sound_ms: spread(&first_sound),
            drained_ms: drained.as_millis() as u64,
        })
    })
}

/// Starts `tolkebot serve` on a free port and waits until it says that it is ready.
fn server_ready(models: &ModelArgs) -> Result<Duration> {
    let free = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let data = std::env::temp_dir().join(format!("tolkebot-bench-{}", std::process::id()));
    let begun = Instant::now();
    let mut server = std::process::Command::new(std::env::current_exe()?)
        .args([
            "--profile",
            &models.profile,
            "serve",
            "--listen",
            &free.to_string(),
        ])
        .env("TOLKEBOT_DATA_DIR", &data)
        .stdout(std::process::Stdio::null())
        .spawn()
        .context("cannot start the server")?;
    let url = format!("http://{free}/readyz");
    let ready = loop {
        if ureq::get(&url).call().is_ok() {
            break Ok(begun.elapsed());
        }
        if let Some(status) = server.try_wait()? {
            bail!("`tolkebot serve` ended at once ({status})");
        }
        if begun.elapsed() > Duration::from_secs(120) {
            break Err(anyhow::anyhow!("the server was not ready within 120 s"));
        }
        // Waiting for another process: there is nothing to be woken by.
        #[allow(clippy::disallowed_methods)]
        std::thread::sleep(Duration::from_millis(50));
    };
    let _ = server.kill();
    let _ = server.wait();
    let _ = std::fs::remove_dir_all(&data);
    ready
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
    let r = &report.realtime;
    writeln!(
        out,
        "Pipe at the speed of the recording: {:.0} s of sound, {} utterances, {} \
        partials\n",
        r.speech_s, r.utterances, r.partials
    )?;
    writeln!(
        out,
        "| lag behind the end of the speech | p50 ms | p95 ms |\n|---|---|---|"
    )?;
    for (what, (p50, p95)) in [
        ("settled text", r.settled_ms),
        ("translation", r.translated_ms),
        ("first interpreted sound", r.first_sound_ms),
    ] {
        writeln!(out, "| {what} | {p50} | {p95} |")?;
    }
    writeln!(
        out,
        "\nLongest wait for the pipe to be done after a turn: {} ms",
        r.drained_ms
    )?;
    writeln!(out, "Server start to ready: {} ms", report.server_ready_ms)?;
    if let Some(mib) = report.peak_resident_mib {
        writeln!(out, "Peak resident memory of the pipe: {mib} MiB")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::percentile;

    #[test]
    fn percentiles_are_nearest_rank() {
        let values: Vec<u64> = (1..=20).collect();
        assert_eq!(percentile(&values, 50), 10);
        assert_eq!(percentile(&values, 95), 19);
        assert_eq!(percentile(&[7], 95), 7);
        assert_eq!(percentile(&[], 50), 0);
    }
}
