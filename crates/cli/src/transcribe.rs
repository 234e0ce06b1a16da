//! `tolkebot transcribe`: sound files to text.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::json;
use tolkebot_asr::{AsrConfig, DecodeOptions, Recogniser, RecogniserSession, Transcript};
use tolkebot_audio::{SegmentEvent, Segmenter, SegmenterConfig, SileroVad};
use tolkebot_models::{Profile, Store};

use crate::args::{ModelArgs, TranscribeArgs};
use crate::engines;

pub fn run(models: &ModelArgs, args: TranscribeArgs) -> Result<()> {
    let (store, profile) = engines::open(models)?;
    let model = store.main_file(engines::recogniser_id(&profile, args.lang))?;
    let recogniser = Recogniser::load(&model, &AsrConfig::default())?;
    let mut session = recogniser.session(args.lang)?;
    let options = match args.prompt {
        Some(prompt) => DecodeOptions::settled().with_prompt(prompt),
        None => DecodeOptions::settled(),
    };
    let mut out = std::io::stdout().lock();
    let mut failed = 0;
    for file in &args.files {
        // One bad file does not keep the others from being written down, and every file has its
        // line: the count of lines is the count of files.
        match transcribe(&store, &profile, &mut session, &options, file) {
            Ok(segments) => {
                let text = joined(&segments);
                if args.json {
                    writeln!(out, "{}", as_json(file, args.lang.code(), &text, &segments))?;
                } else {
                    writeln!(out, "{text}")?;
                }
            }
            Err(error) if args.files.len() == 1 => return Err(error),
            Err(error) => {
                failed += 1;
                eprintln!("tolkebot: {}", format!("{error:#}").replace('\n', " "));
                if args.json {
                    let file = file.display().to_string();
                    writeln!(
                        out,
                        "{}",
                        json!({"file": file, "error": format!("{error:#}")})
                    )?;
                } else {
                    writeln!(out)?;
                }
            }
        }
    }
    if failed > 0 {
        bail!(
            "{failed} of {} files could not be transcribed",
            args.files.len()
        );
    }
    Ok(())
}

/// A stretch of speech and what was said in it.
pub struct TranscribedSegment {
    pub start_ms: u64,
    pub end_ms: u64,
    pub transcript: Transcript,
}

/// Cuts a file into stretches of speech and recognises each as the pipe does.
pub fn transcribe(
    store: &Store,
    profile: &Profile,
    session: &mut RecogniserSession,
    options: &DecodeOptions,
    file: &Path,
) -> Result<Vec<TranscribedSegment>> {
    let samples = tolkebot_audio::read_wav(file)
        .with_context(|| format!("cannot read {}", file.display()))?;
    let vad = SileroVad::load(store.main_file(&profile.vad)?)?;
    let mut segmenter = Segmenter::new(Box::new(vad), SegmenterConfig::default());
    let mut events = Vec::new();
    for chunk in samples.chunks(16_000) {
        events.extend(segmenter.push(chunk)?);
    }
    events.extend(segmenter.flush());
    let mut found = Vec::new();
    for event in events {
        let SegmentEvent::Ended(segment) = event else {
            continue;
        };
        let transcript = session.transcribe(&segment.samples, options)?;
        if !transcript.text.is_empty() {
            let (start_ms, end_ms) = (segment.start_ms, segment.end_ms);
            found.push(TranscribedSegment {
                start_ms,
                end_ms,
                transcript,
            });
        }
    }
    Ok(found)
}

/// The stretches' texts as one line.
pub fn joined(segments: &[TranscribedSegment]) -> String {
    let texts: Vec<&str> = segments.iter().map(|s| s.transcript.text.trim()).collect();
    texts.join(" ").replace(['\n', '\r'], " ")
}

fn as_json(
    file: &Path,
    lang: &str,
    text: &str,
    segments: &[TranscribedSegment],
) -> serde_json::Value {
    let segments: Vec<_> = segments
        .iter()
        .map(|s| {
            let words: Vec<_> = s
                .transcript
                .words
                .iter()
                .map(|w| {
                    json!({
                        "text": w.text,
                        "start_ms": s.start_ms + w.start_ms,
                        "end_ms": s.start_ms + w.end_ms,
                        "confidence": w.confidence,
                        "reconsidered": w.reconsidered,
                    })
                })
                .collect();
            json!({
                "start_ms": s.start_ms,
                "end_ms": s.end_ms,
                "text": s.transcript.text,
                "confidence": s.transcript.confidence,
                "words": words,
            })
        })
        .collect();
    json!({
        "file": file.display().to_string(),
        "lang": lang,
        "text": text,
        "segments": segments,
    })
}
