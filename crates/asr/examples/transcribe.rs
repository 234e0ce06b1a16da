//! Recognises WAV files and says how long it took:
//! `cargo run -p tolkebot-asr --example transcribe -- da sound.wav…`
//!
//! `MODEL=…` takes another model than the store's, `BEAMS=…` another number of beams, `PROMPT=…`
//! gives words that are likely to come.

use std::time::Instant;

use tolkebot_asr::{AsrConfig, DecodeOptions, Recogniser};
use tolkebot_models::Store;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let lang = arguments
        .next()
        .ok_or("give a language, `da` or `uk`, and WAV files")?
        .parse()?;
    let model = match std::env::var_os("MODEL") {
        Some(path) => path.into(),
        None => Store::locate()?.main_file("whisper-base-counter")?,
    };
    let mut options = DecodeOptions::settled();
    if let Ok(beams) = std::env::var("BEAMS") {
        options.beams = beams.parse()?;
        options.fallback = options.beams > 1;
    }
    if let Ok(prompt) = std::env::var("PROMPT") {
        options = options.with_prompt(prompt);
    }
    let begun = Instant::now();
    let mut session = Recogniser::load(model, &AsrConfig::default())?.session(lang)?;
    println!("loaded in {:.2} s", begun.elapsed().as_secs_f64());
    for path in arguments {
        let samples = tolkebot_audio::read_wav(&path)?;
        let seconds = samples.len() as f64 / 16_000.0;
        let begun = Instant::now();
        let found = session.transcribe(&samples, &options)?;
        let took = begun.elapsed().as_secs_f64();
        println!(
            "{path}: {seconds:.1} s in {took:.2} s ({:.2}), confidence {:.2}, no speech {:.2} {:?}",
            took / seconds,
            found.confidence,
            found.no_speech_probability,
            found.nothing
        );
        println!("  {}", found.text);
        if let Some(language) = found.language {
            println!(
                "  sounds like {} ({:.2}), as expected {:.2}, of {} ms of voice",
                language.likeliest, language.probability, language.expected, language.voiced_ms
            );
        }
        for word in found.words {
            print!(
                " {}[{}–{} {:.2}]",
                word.text, word.start_ms, word.end_ms, word.confidence
            );
        }
        println!();
    }
    Ok(())
}
