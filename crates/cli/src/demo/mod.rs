//! `tolkebot demo`: a recorded conversation through the real server.

mod player;
mod recording;
mod report;
mod screen;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use tolkebot_interpreter::{Interpreter, InterpreterConfig};

pub use recording::{RecordedTurn, Recording};

use self::player::Played;
use self::report::Report;
use self::screen::Screen;
use crate::args::{DemoArgs, ModelArgs};
use crate::{data, engines, serve};

pub fn run(models: &ModelArgs, args: DemoArgs) -> Result<()> {
    if let Some(folder) = &args.data {
        // Before anything is loaded or written.
        data::for_demo(folder)?;
    }
    let (store, profile) = engines::open(models)?;
    let folder = engines::conversation_folder(&store, &args.conversation)?;
    let recording = Recording::open(&folder, !args.typed)?;
    let output = match &args.output {
        Some(folder) => folder.clone(),
        None => default_output(&store, &recording.id),
    };
    std::fs::create_dir_all(&output)
        .with_context(|| format!("cannot make the folder {}", output.display()))?;
    let tell_events = args.json && args.data.is_some();
    let mut screen = Screen::new(args.json, tell_events);
    screen.say(&format!(
        "Loading the models of profile `{}` …",
        profile.name
    ));
    let remembered = store.root().join(engines::CALIBRATION);
    let config = engines::calibrated(&store, &profile, InterpreterConfig::default(), &remembered)?;
    let pipe = Interpreter::load(&store, &profile, config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let server =
            serve::start_for_demo(&store, Arc::new(pipe), args.serve, args.data.as_deref()).await?;
        let base = server.base();
        let turns = args.turns.unwrap_or(recording.turns.len());
        let intro = format!("{} · {} · {base}\n", recording.id, recording.scenario);
        screen.say(&intro);
        let played = player::play(&base, &recording, turns, args.typed, &mut screen).await?;
        let (documents, form) = save(&base, &played, &output).await?;
        let report = Report::of(&recording, turns, &played, &form);
        if tell_events {
            let mut line = serde_json::to_value(&report)?;
            line["type"] = "report".into();
            writeln!(std::io::stdout(), "{line}")?;
        } else if args.json {
            writeln!(
                std::io::stdout(),
                "{}",
                serde_json::to_string_pretty(&report)?
            )?;
        } else {
            report.print()?;
            println!("\nFilled form: {}", documents.join(", "));
            println!(
                "Interpreted speech: {}",
                output.join("speech-*.wav").display()
            );
        }
        if args.serve {
            let addresses =
                format!("\nStaff:  {base}/staff\nTablet: {base}/tablet\nStop with Ctrl-C.");
            // Whoever reads JSON reads nothing else.
            if args.json {
                eprintln!("{addresses}");
            } else {
                println!("{addresses}");
            }
            tokio::signal::ctrl_c().await?;
        }
        server.stop().await
    })
}

/// `target/demo/<name>` beside the fixtures, or a folder here where there is no repository.
fn default_output(store: &tolkebot_models::Store, name: &str) -> PathBuf {
    match store.repository().and_then(Path::parent) {
        Some(root) => root.join("target/demo").join(name),
        None => Path::new("tolkebot-demo").join(name),
    }
}

/// Removes the speech of an earlier run, which may have had other and more utterances.
fn forget_speech(output: &Path) -> Result<()> {
    let read = || format!("cannot read the folder {}", output.display());
    for entry in std::fs::read_dir(output).with_context(read)? {
        let path = entry.with_context(read)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let number = name.strip_prefix("speech-").and_then(|rest| {
            let rest = rest.strip_suffix(".wav")?;
            rest.strip_suffix("-da").or(rest.strip_suffix("-uk"))
        });
        if number.is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit())) {
            std::fs::remove_file(&path)
                .with_context(|| format!("cannot remove {}", path.display()))?;
        }
    }
    Ok(())
}

/// Writes what the conversation brought: the form as JSON and PDF, the interpreted speech as WAV.
/// Returns where the form is, and the form.
async fn save(
    base: &str,
    played: &Played,
    output: &Path,
) -> Result<(Vec<String>, serde_json::Value)> {
    forget_speech(output)?;
    for utterance in played.utterances.values() {
        let (rate, bytes) = &utterance.sound;
        if bytes.is_empty() {
            continue;
        }
        let lang = utterance.speaker.other().lang();
        let path = output.join(format!("speech-{:03}-{lang}.wav", utterance.id.0));
        let samples = tolkebot_audio::decode_pcm16(bytes)?;
        tolkebot_audio::write_wav(&path, &samples, *rate)?;
    }
    let mut saved = Vec::new();
    let mut form = serde_json::Value::Null;
    for name in ["form.json", "form.pdf"] {
        let url = format!("{base}/api/cases/{}/{name}", played.case);
        let (fetch, cookie) = (url.clone(), played.cookie.clone());
        let bytes = tokio::task::spawn_blocking(move || -> Result<Vec<u8>> {
            let mut answer = ureq::get(&fetch).header("Cookie", &cookie).call()?;
            Ok(answer.body_mut().read_to_vec()?)
        })
        .await?
        .with_context(|| format!("GET {url} failed"))?;
        if name == "form.json" {
            form = serde_json::from_slice(&bytes)?;
        }
        let path = output.join(name);
        std::fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
        saved.push(path.display().to_string());
    }
    Ok((saved, form))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_speech_of_an_earlier_run_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let kept = [
            "form.json",
            "speech-mine-da.wav",
            "speech-003-da.txt",
            "turn-01.wav",
        ];
        let gone = ["speech-003-da.wav", "speech-1004-uk.wav"];
        for name in kept.iter().chain(&gone) {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        forget_speech(folder.path()).unwrap();
        let left = |name: &&&str| folder.path().join(name).exists();
        assert!(kept.iter().all(|name| left(&name)));
        assert!(!gone.iter().any(|name| left(&name)));
    }
}
