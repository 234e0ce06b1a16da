//! `tolkebot audit`: looks for changes of the case log.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, bail};
use serde_json::json;
use tolkebot_casework::{AuditReport, SqliteStore, Store};

use crate::args::{AuditArgs, AuditCommand, DataArgs};
use crate::data;

pub fn run(args: AuditArgs) -> Result<()> {
    let AuditCommand::Verify {
        data: folder,
        db,
        case,
        head,
        json,
    } = args.command;
    let case = case.as_deref().map(data::case_id).transpose()?;
    let store = open(&folder, db.as_deref())?;
    let report = store.audit(case.as_ref(), head)?;
    if let Some(case) = &case
        && report.cases == 0
        && report.is_intact()
    {
        bail!("there is no case {case}: `tolkebot cases` lists them");
    }
    print(&report, json)?;
    match report.findings.first() {
        None => Ok(()),
        Some(first) => {
            let more = report.findings.len() as u64 + report.more_findings - 1;
            let others = if more > 0 {
                format!(" (and {more} more)")
            } else {
                String::new()
            };
            bail!("the case log was changed: {first}{others}")
        }
    }
}

fn open(folder: &DataArgs, db: Option<&Path>) -> Result<Arc<dyn Store>> {
    let config = data::config(folder)?;
    Ok(match db {
        Some(path) => Arc::new(SqliteStore::inspect(path, data::key(&config)?)?),
        None => data::inspect(&config)?,
    })
}

fn print(report: &AuditReport, as_json: bool) -> Result<()> {
    let mut out = std::io::stdout();
    let head = report.head.map(|head| head.to_string());
    if as_json {
        let findings: Vec<_> = report
            .findings
            .iter()
            .map(|f| json!({"case": f.case, "at": f.at, "what": f.what.to_string()}))
            .collect();
        let json = json!({
            "intact": report.is_intact(),
            "cases": report.cases,
            "events": report.events,
            "opened": report.opened,
            "erased": report.erased,
            "ledger_entries": report.entries,
            "days": report.days,
            "head": head,
            "findings": findings,
        });
        writeln!(out, "{}", serde_json::to_string_pretty(&json)?)?;
        return Ok(());
    }
    for finding in &report.findings {
        writeln!(out, "{finding}")?;
    }
    writeln!(
        out,
        "{} cases ({} erased), {} events ({} opened), {} ledger entries, {} closed days",
        report.cases, report.erased, report.events, report.opened, report.entries, report.days
    )?;
    if let Some(head) = head {
        writeln!(out, "head {head}")?;
    }
    if report.is_intact() {
        writeln!(out, "intact")?;
    }
    Ok(())
}
