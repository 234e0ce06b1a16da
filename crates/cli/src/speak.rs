//! `tolkebot speak`: text to a sound file.

use std::io::Read;
use std::ops::ControlFlow;

use anyhow::{Context, Result, bail};
use tolkebot_interpreter::InterpreterConfig;
use tolkebot_tts::{VoiceOptions, load_voice};

use crate::args::{ModelArgs, SpeakArgs};
use crate::engines;

/// Longest text that is spoken, in bytes: about an hour.
const MAX_TEXT: u64 = 64 * 1024;

pub fn run(models: &ModelArgs, args: SpeakArgs) -> Result<()> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(MAX_TEXT + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_TEXT {
        bail!("the text has more than {MAX_TEXT} bytes: speak it in parts");
    }
    let text = String::from_utf8(bytes)
        .map_err(|e| anyhow::anyhow!("standard input is not UTF-8: {}", e.utf8_error()))?;
    let (store, profile) = engines::open(models)?;
    let id = args
        .voice
        .as_deref()
        .unwrap_or_else(|| engines::voice_id(&profile, args.lang));
    let options = VoiceOptions {
        threads: InterpreterConfig::default().resolved_voice_threads(),
        ..VoiceOptions::default()
    };
    let mut voice = load_voice(&store, id, &options)?;
    let mut sound = Vec::new();
    voice.speak(text.trim(), args.lang, &mut |samples| {
        sound.extend_from_slice(samples);
        ControlFlow::Continue(())
    })?;
    tolkebot_audio::write_wav(&args.output, &sound, voice.sample_rate())
        .with_context(|| format!("cannot write {}", args.output.display()))?;
    Ok(())
}
