//! `tolkebot cases`: what is kept, and erasing it.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use serde_json::json;
use tolkebot_casework::{
    ErasureReason, SqliteStore, Store, StoreError, retain, state_of, withdraw_sound,
};
use tolkebot_protocol::{CaseId, Role};

use crate::args::{CasesArgs, CasesCommand, DataArgs};
use crate::{data, own_file};

/// What erases nothing by age.
const NO_AGE: &str = "the settings erase no case by age: set open_days, ended_days, cancelled_days and submitted_days \
                      under [retention], or erase single cases with `tolkebot cases erase`";

pub fn run(args: CasesArgs) -> Result<()> {
    match args.command {
        None => list(&args.data, args.json),
        Some(CasesCommand::Retain { dry_run }) => retain_all(&args.data, dry_run, args.json),
        Some(CasesCommand::Backup { to }) => backup(&args.data, &to, args.json),
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

/// Copies the log to a new file that only its owner reads, and checks the copy before it gets its name.
fn backup(args: &DataArgs, to: &Path, as_json: bool) -> Result<()> {
    let config = data::config(args)?;
    if !config.store.url.is_empty() {
        bail!(
            "the cases are on a PostgreSQL server: back them up with its own means (`pg_dump`), and check a restored \
             copy with `tolkebot audit verify`"
        );
    }
    if to.exists() {
        bail!("{} is there already: name a new file", to.display());
    }
    let log = config.data_dir.join(data::LOG);
    let store = SqliteStore::inspect(&log, data::key(&config)?)
        .with_context(|| format!("cannot open the case log {}", log.display()))?;
    let mut part = to.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    own_file::write(&part, b"")?;
    let checked = store.copy_to(&part).map_err(Into::into).and_then(|()| {
        let report = SqliteStore::inspect(&part, data::key(&config)?)?.audit(None, None)?;
        if let Some(first) = report.findings.first() {
            bail!("the log is not whole, and so is no copy of it: {first}");
        }
        give_name(&part, to, |part, to| std::fs::hard_link(part, to))
            .with_context(|| format!("cannot make {}", to.display()))?;
        Ok(report)
    });
    let _ = std::fs::remove_file(&part);
    let report = checked?;
    let head = report.head.map(|head| head.to_string());
    let mut out = std::io::stdout();
    if as_json {
        let json = json!({
            "copy": to,
            "cases": report.cases,
            "erased": report.erased,
            "events": report.events,
            "head": head,
        });
        writeln!(out, "{}", serde_json::to_string_pretty(&json)?)?;
        return Ok(());
    }
    writeln!(
        out,
        "{}: {} cases ({} erased), {} events, intact; the master key is not in it",
        to.display(),
        report.cases,
        report.erased,
        report.events
    )?;
    if let Some(head) = head {
        writeln!(out, "head {head}")?;
    }
    Ok(())
}

/// Gives a finished file its name with `link`; a name that came to be there meanwhile is not written over. Sticks (FAT,
/// exFAT) and many network folders know no second names: there it is renamed.
fn give_name(
    part: &Path,
    to: &Path,
    link: impl Fn(&Path, &Path) -> io::Result<()>,
) -> io::Result<()> {
    match link(part, to) {
        Err(why) if why.kind() != io::ErrorKind::AlreadyExists => {
            match to.symlink_metadata().map_err(|gone| gone.kind()) {
                Err(io::ErrorKind::NotFound) => std::fs::rename(part, to),
                _ => Err(why),
            }
        }
        done => done,
    }
}

fn retain_all(args: &DataArgs, dry_run: bool, as_json: bool) -> Result<()> {
    let config = data::config(args)?;
    let store = if dry_run {
        data::inspect(&config)?
    } else {
        data::open(&config)?
    };
    if config.retention.keeps_cases() && store.cases_with_sound()?.is_empty() {
        if dry_run {
            bail!("{NO_AGE}");
        }
        // It goes on: by this command a person says that the clock is right, which a server that was off for long waits
        // for, also one that only has sound to destroy.
        eprintln!("tolkebot: {NO_AGE}");
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

#[cfg(test)]
mod tests {
    use super::*;

    /// FAT answers that the operation is not permitted, others that it is not supported.
    #[test]
    fn a_backup_gets_its_name_where_files_have_only_one() {
        let dir = tempfile::tempdir().unwrap();
        let (part, to) = (dir.path().join("c.part"), dir.path().join("c"));
        for why in [io::ErrorKind::PermissionDenied, io::ErrorKind::Unsupported] {
            std::fs::write(&part, "copy").unwrap();
            give_name(&part, &to, |_, _| Err(why.into())).unwrap();
            assert_eq!(std::fs::read(&to).unwrap(), b"copy");
            assert!(!part.exists());
            // What came to be there meanwhile stays.
            std::fs::write(&part, "other").unwrap();
            let told = give_name(&part, &to, |_, _| Err(why.into())).unwrap_err();
            assert_eq!(told.kind(), why);
            let told = give_name(&part, &to, |a, b| std::fs::hard_link(a, b)).unwrap_err();
            assert_eq!(told.kind(), io::ErrorKind::AlreadyExists);
            assert_eq!(std::fs::read(&to).unwrap(), b"copy");
            std::fs::remove_file(&to).unwrap();
        }
    }
}
