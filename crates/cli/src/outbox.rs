//! `tolkebot outbox`: approved cases that have not been handed in yet.

use std::io::Write;

use anyhow::Result;
use jiff::Timestamp;
use serde_json::json;
use tolkebot_server::{Waiting, try_again, waiting};

use crate::args::{DataArgs, OutboxArgs, OutboxCommand};
use crate::data;

pub fn run(args: OutboxArgs) -> Result<()> {
    match args.command {
        None => list(&args.data, args.json),
        Some(OutboxCommand::Retry { case }) => retry(&args.data, &case, args.json),
    }
}

fn list(args: &DataArgs, as_json: bool) -> Result<()> {
    let store = data::inspect(&data::config(args)?)?;
    let all = waiting(&*store, Timestamp::now())?;
    let mut out = std::io::stdout();
    if as_json {
        writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
        return Ok(());
    }
    for one in &all {
        writeln!(out, "{}", line(one))?;
    }
    let dead = all.iter().filter(|one| one.tries.dead).count();
    writeln!(
        out,
        "{} cases wait to be handed in; {dead} of them were given up: `tolkebot outbox retry --case ID` \
         when the cause is mended",
        all.len()
    )?;
    Ok(())
}

fn line(one: &Waiting) -> String {
    let sealed = if one.sealed { "sealed" } else { "not sealed" };
    let state = match &one.tries {
        tries if tries.dead => format!("given up after {} tries: {}", tries.failed, tries.because),
        tries if tries.failed > 0 => {
            let next = Timestamp::from_second(tries.next_s).map(|at| format!("{at:.0}"));
            format!(
                "{} tries failed, next {}: {}",
                tries.failed,
                next.unwrap_or_default(),
                tries.because
            )
        }
        _ => "next".to_owned(),
    };
    format!("{}  since {}  {sealed}  {state}", one.case, one.since)
}

fn retry(args: &DataArgs, case: &str, as_json: bool) -> Result<()> {
    let case = data::case_id(case)?;
    let store = data::open(&data::config(args)?)?;
    let now = Timestamp::now();
    let before = try_again(&*store, &case, None, now)?;
    let mut out = std::io::stdout();
    if as_json {
        writeln!(
            out,
            "{}",
            json!({"case": case, "failed_before": before.failed})
        )?;
    } else {
        writeln!(
            out,
            "case {case} is tried again at the server's next look; {} tries had failed",
            before.failed
        )?;
    }
    Ok(())
}
