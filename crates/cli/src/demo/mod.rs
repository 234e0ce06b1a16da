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
use crate::{engines, serve};

pub fn run(models: &ModelArgs, args: DemoArgs) -> Result<()> {
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
            println!("\nStaff:  {base}/staff\nTablet: {base}/tablet\nStop with Ctrl-C.");
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

/// Writes what the conversation brought: the form as JSON and PDF, the interpreted speech as WAV.
/// Returns where the form is, and the form.
async fn save(
    base: &str,
    played: &Played,
    output: &Path,
) -> Result<(Vec<String>, serde_json::Value)> {
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
