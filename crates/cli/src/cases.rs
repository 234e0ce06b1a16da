//! `tolkebot cases`: what is kept, and erasing it.

use std::io::Write;

use anyhow::{Result, bail};
use jiff::Timestamp;
use serde_json::json;
use tolkebot_casework::{ErasureReason, StoreError, retain, state_of, withdraw_sound};
use tolkebot_protocol::{CaseId, Role};

use crate::args::{CasesArgs, CasesCommand, DataArgs};
use crate::data;

pub fn run(args: CasesArgs) -> Result<()> {
    match args.command {
        None => list(&args.data, args.json),
        Some(CasesCommand::Retain { dry_run }) => retain_all(&args.data, dry_run, args.json),
        Some(CasesCommand::Erase { case, sound }) => erase(&args.data, &case, sound, args.json),
    }
}

fn list(args: &DataArgs, as_json: bool) -> Result<()> {
    let store = data::inspect(&data::config(args)?)?;
    let mut lines = Vec::new();
    for line in store.list()? {
        // The list says it; only lines of an older program do not.
        let state = match (line.erased, line.progress) {
            (true, _) => json!("erased"),
            (false, Some(progress)) => json!(progress),
            (false, None) => match state_of(&*store, &line.case) {
                Ok(state) => serde_json::to_value(state)?,
                Err(StoreError::Erased(_)) => json!("erased"),
                Err(StoreError::Corrupt(_)) => json!("damaged"),
                Err(StoreError::MasterKey { .. }) => json!("sealed"),
                Err(error) => return Err(error.into()),
            },
        };
        lines.push(json!({
            "case": line.case,
            "state": state,
            "events": line.seq,
            "opened_at": line.opened_at,
            "changed_at": line.changed_at,
        }));
    }
    let mut out = std::io::stdout();
    if as_json {
        writeln!(out, "{}", serde_json::to_string_pretty(&lines)?)?;
        return Ok(());
    }
    for line in lines {
        writeln!(
            out,
            "{}  {:<10}  {:>5} events  {} to {}",
            line["case"].as_str().unwrap_or_default(),
            line["state"].as_str().unwrap_or_default(),
            line["events"],
            line["opened_at"].as_str().unwrap_or_default(),
            line["changed_at"].as_str().unwrap_or_default(),
        )?;
    }
    Ok(())
}

fn retain_all(args: &DataArgs, dry_run: bool, as_json: bool) -> Result<()> {
    let config = data::config(args)?;
    let store = if dry_run {
        data::inspect(&config)?
    } else {
        data::open(&config)?
    };
    if config.retention.keeps_cases() && store.cases_with_sound()?.is_empty() {
        bail!(
            "the settings erase no case by age: set open_days, ended_days and cancelled_days under \
             [retention], or erase single cases with `tolkebot cases erase`"
        );
    }
    let retained = retain(&*store, &config.retention, Timestamp::now(), dry_run)?;
    let mut out = std::io::stdout();
    if as_json {
        let mut report = serde_json::to_value(&retained)?;
        report["dry_run"] = dry_run.into();
        writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?;
        return all_read(&retained.unreadable);
    }
    let done = if dry_run { "would be erased" } else { "erased" };
    for one in &retained.expired {
        let state = serde_json::to_value(one.state)?;
        let state = state.as_str().unwrap_or_default();
        writeln!(out, "{}  {state:<9}  {}  {done}", one.case, one.changed_at)?;
    }
    for one in &retained.sounds {
        let since = one.since.as_deref().unwrap_or_default();
        writeln!(out, "{}  sound      {since}  {done}", one.case)?;
    }
    for case in &retained.unreadable {
        writeln!(
            out,
            "{case}  cannot be read and is kept: see `tolkebot audit verify`"
        )?;
    }
    writeln!(out, "{} cases {done}", retained.expired.len())?;
    all_read(&retained.unreadable)
}

/// Whoever runs this every night must hear that cases stay which nobody can judge.
fn all_read(unreadable: &[CaseId]) -> Result<()> {
    if !unreadable.is_empty() {
        bail!(
            "{} cases cannot be read and are kept, however old: see `tolkebot audit verify`",
            unreadable.len()
        );
    }
    Ok(())
}

fn erase(args: &DataArgs, case: &str, only_sound: bool, as_json: bool) -> Result<()> {
    let case = data::case_id(case)?;
    let store = data::open(&data::config(args)?)?;
    if store.last(&case)?.is_none() {
        bail!("there is no case {case}: `tolkebot cases` lists them");
    }
    let now = Timestamp::now();
    if only_sound {
        withdraw_sound(&*store, &case, Role::Staff, now)?;
    } else {
        store.erase(&case, ErasureReason::Request, now)?;
    }
    let head = store.audit(Some(&case), None)?.head;
    let head = head.map(|h| h.to_string()).unwrap_or_default();
    let mut out = std::io::stdout();
    if as_json {
        // The receipt of an erasure.
        let what = if only_sound { "sound_erased" } else { "erased" };
        let receipt = json!({what: case, "at": format!("{now:.3}"), "ledger_head": head});
        writeln!(out, "{receipt}")?;
    } else {
        let what = if only_sound { "sound of case" } else { "case" };
        writeln!(out, "{what} {case} erased {now:.3}; ledger head {head}")?;
    }
    Ok(())
}
