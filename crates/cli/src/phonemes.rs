//! `tolkebot phonemes`: what the Kokoro voice reads, for making training sound.

use std::io::{BufRead, Write};

use anyhow::{Context, Result};
use tolkebot_models::Store;
use tolkebot_tts::kokoro_phonemes;

use crate::args::PhonemesArgs;

pub fn run(args: &PhonemesArgs) -> Result<()> {
    let store = Store::locate()?;
    let mut out = std::io::stdout().lock();
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line.with_context(|| format!("line {} cannot be read", number + 1))?;
        let (words, phonemes) = kokoro_phonemes(&store, &line, args.lang)
            .with_context(|| format!("line {}", number + 1))?;
        writeln!(out, "{}\t{}", words.replace('\n', " "), phonemes)?;
    }
    Ok(())
}
