//! `tolkebot interpret`: one speaker's file through the pipe, events as JSON lines.

use std::io::Write;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use tolkebot_form::{FormDefinition, FormReader, Turn};
use tolkebot_interpreter::{
    ConversationHandle, Interpreter, InterpreterConfig, InterpreterError, PipeEvent,
};
use tolkebot_protocol::{Lang, Speaker};

use crate::args::{InterpretArgs, ModelArgs};
use crate::engines;

/// Sound given to the pipe at once: 100 ms.
const FRAME: usize = 1600;

pub fn run(models: &ModelArgs, args: InterpretArgs) -> Result<()> {
    engines::check_direction(args.from, args.to)?;
    let today = engines::today(args.today.as_deref())?;
    let samples = tolkebot_audio::read_wav(&args.file)
        .with_context(|| format!("cannot read {}", args.file.display()))?;
    let (store, profile) = engines::open(models)?;
    let pipe = Interpreter::load(&store, &profile, InterpreterConfig::default())?;
    let reader = match args.form {
        true => Some(FormReader::new(FormDefinition::embedded(), today)),
        false => None,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_time()
        .build()?;
    runtime.block_on(play(&pipe, args.from, &samples, args.realtime, reader))
}

fn speaker_of(lang: Lang) -> Speaker {
    match lang {
        Lang::Da => Speaker::Staff,
        Lang::Uk => Speaker::Citizen,
    }
}

async fn play(
    pipe: &Interpreter,
    from: Lang,
    samples: &[f32],
    realtime: bool,
    mut reader: Option<FormReader>,
) -> Result<()> {
    let speaker = speaker_of(from);
    let (talk, mut events) = pipe.open()?;
    let started = Instant::now();
    let feed = async {
        let mut next = tokio::time::Instant::now();
        for frame in samples.chunks(FRAME) {
            loop {
                match talk.push(speaker, frame) {
                    Ok(()) => break,
                    Err(InterpreterError::TooFast) => {
                        tokio::time::sleep(Duration::from_millis(20)).await;
                    }
                    Err(error) => return Err(error),
                }
            }
            if realtime {
                next += Duration::from_millis(100);
                tokio::time::sleep_until(next).await;
            }
        }
        talk.end_speech(speaker);
        Ok(())
    };
    let print = async {
        let mut settled: Vec<Turn> = Vec::new();
        while let Some(event) = events.recv().await {
            let at_ms = started.elapsed().as_millis() as u64;
            let mut line = event_json(&event);
            line["at_ms"] = json!(at_ms);
            writeln!(std::io::stdout(), "{line}")?;
            match event {
                PipeEvent::Settled(s) => settled.push(Turn {
                    n: s.number,
                    speaker: s.speaker,
                    lang: s.lang,
                    text: s.text,
                    translation: None,
                }),
                PipeEvent::Translated { number, text, .. } => {
                    let turn = settled.iter_mut().find(|t| t.n == number);
                    if let (Some(turn), Some(reader)) = (turn, &mut reader) {
                        turn.translation = Some(text);
                        if !reader.push(turn).is_empty() {
                            let form = reader.state().to_contract_json();
                            let line = json!({"event": "form", "at_ms": at_ms, "form": form});
                            writeln!(std::io::stdout(), "{line}")?;
                        }
                    }
                }
                PipeEvent::Drained { .. } => return Ok(()),
                _ => {}
            }
        }
        bail!("the pipe ended before everything was interpreted")
    };
    let (fed, printed): (_, Result<()>) = tokio::join!(feed, print);
    fed?;
    printed
}

fn event_json(event: &PipeEvent) -> Value {
    match event {
        PipeEvent::SpeechStarted { speaker, start_ms } => {
            json!({"event": "speech_started", "speaker": speaker, "start_ms": start_ms})
        }
        PipeEvent::Partial {
            speaker,
            text,
            settled_chars,
            start_ms,
        } => json!({
            "event": "partial", "speaker": speaker, "text": text, "settled_chars": settled_chars,
            "start_ms": start_ms,
        }),
        PipeEvent::Draft {
            speaker,
            lang,
            text,
            start_ms,
        } => json!({
            "event": "draft", "speaker": speaker, "lang": lang, "text": text, "start_ms": start_ms,
        }),
        PipeEvent::Settled(s) => json!({
            "event": "settled", "utterance": s.number, "speaker": s.speaker, "lang": s.lang,
            "text": s.text, "confidence": s.confidence, "start_ms": s.start_ms,
            "end_ms": s.end_ms, "lag_ms": s.lag_ms,
        }),
        PipeEvent::Translated {
            number,
            lang,
            text,
            confidence,
            warnings,
            verified,
            lag_ms,
        } => json!({
            "event": "translated", "utterance": number, "lang": lang, "text": text,
            "confidence": confidence, "warnings": warnings, "verified": verified,
            "lag_ms": lag_ms,
        }),
        PipeEvent::Speech {
            number,
            lang,
            sample_rate,
            samples,
            piece,
            last,
            lag_ms,
        } => json!({
            "event": "speech", "utterance": number, "lang": lang, "sample_rate": sample_rate,
            "samples": samples.len(), "piece": piece, "last": last, "lag_ms": lag_ms,
        }),
        PipeEvent::Failed {
            number,
            speaker,
            stage,
            message,
        } => json!({
            "event": "failed", "utterance": number, "speaker": speaker,
            "stage": format!("{stage:?}").to_lowercase(), "message": message,
        }),
        PipeEvent::Drained { speaker } => json!({"event": "drained", "speaker": speaker}),
    }
}
