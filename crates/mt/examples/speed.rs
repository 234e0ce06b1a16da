//! Pieces a second and milliseconds a line, the model alone: no guards, nothing fixed beforehand.
//!
//! `cargo run --release -p tolkebot-mt --example speed -- uk THREADS BEAM [MODEL] < lines.txt`

use std::io::BufRead;
use std::path::PathBuf;
use std::time::Instant;

use sentencepiece_rs::SentencePieceProcessor;
use tolkebot_models::Store;
use tolkebot_mt::{MtConfig, Translator};
use tolkebot_protocol::Lang;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [to, threads, beam, model @ ..] = args.as_slice() else {
        return Err("usage: speed da|uk THREADS BEAM [MODEL] < LINES".into());
    };
    let to: Lang = to.parse()?;
    let config = MtConfig {
        guard: false,
        threads: threads.parse()?,
        beam: beam.parse()?,
        phrases: None,
        glossary: None,
        ..MtConfig::default()
    };
    let dir = match model {
        [dir, ..] => PathBuf::from(dir),
        [] => Store::locate()?.dir("mt-starter")?,
    };
    let mut translator = Translator::load(&dir, &config)?;
    let names = ["tokenizer.model", "target.spm"];
    let name = names.into_iter().find(|name| dir.join(name).exists());
    let tokenizer = SentencePieceProcessor::open(dir.join(name.ok_or("no tokenizer there")?))?;
    let (mut written, mut times) = (0, Vec::new());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let start = Instant::now();
        let translation = translator.translate(&line, to.other(), to)?;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
        // The mark that ends a sentence is written, too.
        written += tokenizer.encode_to_ids(&translation.text)?.len() + 1;
    }
    times.sort_by(f64::total_cmp);
    let whole: f64 = times.iter().sum();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!(
        "{} lines, {written} pieces: {:.0} pieces/s, reading included; a line {:.0} ms p50, {:.0} p95",
        times.len(),
        written as f64 * 1000.0 / whole,
        at(0.5),
        at(0.95)
    );
    Ok(())
}
