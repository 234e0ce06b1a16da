//! `tolkebot eval mt`: the translator against a reference.

use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tolkebot_eval as eval;
use tolkebot_mt::{Glossary, MtConfig, Translator};

use crate::args::{EvalMtArgs, ModelArgs};
use crate::engines;

pub fn run(models: &ModelArgs, args: &EvalMtArgs) -> Result<()> {
    let translator = &args.translator;
    let (from, to) = (translator.from, translator.to);
    engines::check_direction(from, to)?;
    let read = |path: &Path| {
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
    };
    let (sources, references) = (read(&args.src)?, read(&args.reference)?);
    let (sources, references): (Vec<&str>, Vec<&str>) =
        (sources.lines().collect(), references.lines().collect());
    if sources.len() != references.len() {
        bail!(
            "{} has {} lines and {} has {}: they must go together line by line",
            args.src.display(),
            sources.len(),
            args.reference.display(),
            references.len()
        );
    }
    complete(&sources, &references)?;
    let (store, profile) = engines::open(models)?;
    let dir = engines::translator_dir(&store, &profile, from, translator.model.as_deref())?;
    let mut config = MtConfig {
        beam: translator.beam,
        ..MtConfig::default()
    };
    if args.no_memory {
        config.phrases = None;
    }
    let mut translator = Translator::load(&dir, &config)?;
    let mut found = Vec::new();
    let mut times = Vec::new();
    let glossary = Glossary::embedded();
    let (mut terms, mut kept, mut verified, mut warned, mut empty) = (0, 0, 0, 0, 0);
    for line in &sources {
        let started = Instant::now();
        let translation = translator.translate(line, from, to)?;
        if !translation.verified {
            times.push(started.elapsed());
        }
        let (said, right) = glossary.kept(line, &translation.text, from);
        terms += said;
        kept += right;
        verified += usize::from(translation.verified);
        warned += usize::from(!translation.warnings.is_empty());
        empty += usize::from(translation.text.is_empty() && !line.trim().is_empty());
        found.push(translation.text);
    }
    let found: Vec<&str> = found.iter().map(String::as_str).collect();
    let pairs = || found.iter().copied().zip(references.iter().copied());
    let (bleu, chrf) = (
        eval::bleu(pairs()),
        eval::chrf(eval::ChrfKind::Chrf, pairs()),
    );
    times.sort_unstable();
    writeln!(
        std::io::stdout(),
        "lines {}  BLEU {bleu:.1}  chrF {chrf:.1}  terms {kept} of {terms}  \
         from memory {verified}  with a warning {warned}  empty {empty}  \
         ms a line of the model p50 {} p95 {}",
        found.len(),
        nth(&times, 50),
        nth(&times, 95)
    )?;
    Ok(())
}

/// A percentile of sorted times, in whole milliseconds; 0 if there are none.
fn nth(sorted: &[Duration], percent: usize) -> u128 {
    let at = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(at).map_or(0, Duration::as_millis)
}

/// Refuses lines of which one side is missing, and files without any line: their figures would look like
/// those of a translator that can do nothing.
fn complete(sources: &[&str], references: &[&str]) -> Result<()> {
    let blank = |line: &str| line.trim().is_empty();
    for (n, (source, reference)) in sources.iter().zip(references).enumerate() {
        if blank(source) != blank(reference) {
            let missing = if blank(source) { "source" } else { "reference" };
            bail!(
                "line {} has no {missing}: write it, or take the line out of both files",
                n + 1
            );
        }
    }
    if sources.iter().all(|line| blank(line)) {
        bail!("there is no line to translate");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::complete;

    #[test]
    fn figures_are_made_of_lines_with_both_sides_only() {
        let told = |s: &[&str], r: &[&str]| complete(s, r).map_err(|error| error.to_string());
        assert_eq!(
            told(&["Hej.", "", "Nej."], &["Привіт.", " ", "Ні."]),
            Ok(())
        );
        for (sources, references, word) in [
            (
                &["Hej.", "Nej."][..],
                &["Привіт.", " "][..],
                "line 2 has no reference",
            ),
            (&["", "Nej."], &["Привіт.", "Ні."], "line 1 has no source"),
            (&[], &[], "no line"),
            (&["", " "], &["", ""], "no line"),
        ] {
            let error = told(sources, references).unwrap_err();
            assert!(error.contains(word), "{error}");
        }
    }
}
