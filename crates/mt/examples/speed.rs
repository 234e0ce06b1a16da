//! Pieces a second and milliseconds a line, the model alone: no guards, nothing fixed beforehand.
//!
//! `cargo run --release -p tolkebot-mt --example speed -- uk THREADS BEAM [LINES [MODEL]] < lines.txt`; LINES (1): how many are
//! translated side by side.

use std::io::BufRead;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use sentencepiece_rs::SentencePieceProcessor;
use tolkebot_models::Store;
use tolkebot_mt::{MtConfig, Translator};
use tolkebot_protocol::Lang;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [to, threads, beam, rest @ ..] = args.as_slice() else {
        return Err("usage: speed da|uk THREADS BEAM [LINES [MODEL]] < LINES".into());
    };
    let to: Lang = to.parse()?;
    let side_by_side: usize = rest.first().map_or(Ok(1), |n| n.parse())?;
    let config = MtConfig {
        guard: false,
        threads: threads.parse()?,
        beam: beam.parse()?,
        phrases: None,
        glossary: None,
        ..MtConfig::default()
    };
    let dir = match rest.get(1) {
        Some(dir) => PathBuf::from(dir),
        None => Store::locate()?.dir("mt-starter")?,
    };
    let translator = Translator::load(&dir, &config)?;
    let names = ["tokenizer.model", "target.spm"];
    let name = names.into_iter().find(|name| dir.join(name).exists());
    let tokenizer = SentencePieceProcessor::open(dir.join(name.ok_or("no tokenizer there")?))?;
    let lines: Vec<String> = std::io::stdin().lock().lines().collect::<Result<_, _>>()?;
    let (next, start) = (AtomicUsize::new(0), Instant::now());
    let work = |mut translator: Translator| -> Result<(usize, Vec<f64>), String> {
        let (mut written, mut times) = (0, Vec::new());
        while let Some(line) = lines.get(next.fetch_add(1, Ordering::Relaxed)) {
            let start = Instant::now();
            let translation = translator.translate(line, to.other(), to);
            let text = translation.map_err(|e| e.to_string())?.text;
            times.push(start.elapsed().as_secs_f64() * 1000.0);
            let pieces = tokenizer.encode_to_ids(&text).map_err(|e| e.to_string())?;
            // The mark that ends a sentence is written, too.
            written += pieces.len() + 1;
        }
        Ok((written, times))
    };
    let done = thread::scope(|scope| {
        let work = &work;
        let workers: Vec<_> = (0..side_by_side)
            .map(|_| translator.another())
            .map(|own| scope.spawn(move || work(own)))
            .collect();
        let joined = workers.into_iter().map(|w| w.join());
        joined.collect::<Result<Vec<_>, _>>()
    });
    let whole = start.elapsed().as_secs_f64();
    let done = done.map_err(|_| "a worker panicked")?;
    let (mut written, mut times) = (0, Vec::new());
    for part in done {
        let (pieces, own) = part?;
        written += pieces;
        times.extend(own);
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!(
        "{} lines, {written} pieces: {:.0} pieces/s, reading included; a line {:.0} ms p50, {:.0} p95",
        times.len(),
        written as f64 / whole,
        at(0.5),
        at(0.95)
    );
    Ok(())
}
