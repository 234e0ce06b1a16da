//! Scores the reader against conversations with gold forms.
//!
//! `cargo run -p tolkebot-form --example score -- FILE.jsonl [--sure] [--list] [--why] [--speed] [ID…]`
//! With an id: the state after that conversation, slot by slot with its evidence.

#[path = "../tests/scoring/mod.rs"]
#[allow(dead_code)]
mod scoring;

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let sure = args.iter().any(|a| a == "--sure");
    let list = args.iter().any(|a| a == "--list");
    let names: Vec<&String> = args.iter().filter(|a| !a.starts_with("--")).collect();
    let Some((file, ids)) = names.split_first() else {
        return Err("name a JSONL file".into());
    };
    let why = args.iter().any(|a| a == "--why");
    let mut samples = scoring::load(&std::fs::read_to_string(file)?);
    if !ids.is_empty() {
        samples.retain(|s| ids.iter().any(|id| **id == s.id));
    }
    if ids.len() == 1 {
        show(&samples[0]);
    }
    if args.iter().any(|a| a == "--speed") {
        speed(&samples);
        return Ok(());
    }
    let report = scoring::score(&samples, !sure);
    if list || !ids.is_empty() {
        for d in &report.deviations {
            let got = d.got.as_ref().map(|(v, s)| format!("{v} ({s})"));
            let want = d.want.as_ref().map(ToString::to_string);
            println!(
                "{:4} {:34} want {:32} got {}",
                d.id,
                d.key,
                want.as_deref().unwrap_or("-"),
                got.as_deref().unwrap_or("-")
            );
            if why
                && let Some(sample) = samples.iter().find(|s| s.id == d.id)
                && let Some((_, _, _, (words, _))) = scoring::quoted(sample).get(&d.key)
            {
                println!("     {words}");
            }
        }
    }
    if why {
        agreement(&samples);
    }
    println!(
        "{:40} {:>5} {:>5} {:>5}  prec  rec",
        "slot", "right", "wrong", "miss"
    );
    for (key, tally) in &report.by_key {
        print(key, *tally);
    }
    print("ALL", report.total(|_| true));
    print("CRITICAL", report.total(scoring::is_critical));
    Ok(())
}

/// How right settled critical values are by whether both sides said them.
fn agreement(samples: &[scoring::Sample]) {
    let mut counts = std::collections::BTreeMap::new();
    for sample in samples {
        for (key, (value, status, _, (_, both))) in scoring::quoted(sample) {
            if !scoring::is_sure(&status) || !scoring::is_critical(&scoring::without_index(&key)) {
                continue;
            }
            let right = sample
                .gold
                .get(&key)
                .is_some_and(|want| scoring::same(want, &value));
            let key = (scoring::without_index(&key), both);
            let entry: &mut (usize, usize) = counts.entry(key).or_default();
            if right {
                entry.0 += 1;
            } else {
                entry.1 += 1;
            }
        }
    }
    for ((key, both), (right, wrong)) in counts {
        println!("{key:34} both sides: {both:5}  right {right:4} wrong {wrong:3}");
    }
}

fn print(name: &str, t: scoring::Tally) {
    println!(
        "{name:40} {:5} {:5} {:5}  {:.3} {:.3}",
        t.right,
        t.wrong,
        t.missed,
        t.precision(),
        t.recall()
    );
}

fn show(sample: &scoring::Sample) {
    let today = sample.dialogue.today.expect("today");
    let mut reader =
        tolkebot_form::FormReader::new(tolkebot_form::FormDefinition::embedded(), today);
    for turn in &sample.dialogue.turns {
        println!("{:2} {:?}: {}", turn.n, turn.speaker, turn.text);
        for change in reader.push(turn) {
            let after = change.after.as_ref();
            println!(
                "      {} = {} ({:?})",
                change.key,
                after
                    .and_then(|s| s.value.as_ref())
                    .map_or("-".to_owned(), ToString::to_string),
                after.map(|s| s.status)
            );
        }
    }
}

/// How long turns take, in ms; the tables are loaded first.
fn speed(samples: &[scoring::Sample]) {
    let mut times: Vec<f64> = Vec::new();
    for pass in 0..2 {
        for sample in samples {
            let today = sample.dialogue.today.expect("today");
            let mut reader =
                tolkebot_form::FormReader::new(tolkebot_form::FormDefinition::embedded(), today);
            for turn in &sample.dialogue.turns {
                let start = std::time::Instant::now();
                reader.push(turn);
                if pass > 0 {
                    times.push(start.elapsed().as_secs_f64() * 1000.0);
                }
            }
        }
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!(
        "{} turns: p50 {:.2} ms, p99 {:.2} ms, longest {:.2} ms, all {:.0} ms",
        times.len(),
        at(0.5),
        at(0.99),
        at(1.0),
        times.iter().sum::<f64>()
    );
}
