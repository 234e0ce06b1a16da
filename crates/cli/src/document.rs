//! `tolkebot document`: the form as a PDF, sealed if asked for; and a look at one that is there.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde_json::Value;
use tolkebot_casework::CaseView;
use tolkebot_document::{
    Extras, FileKey, FilledForm, FilledRow, FilledSection, RowStatus, SealKey, TimeStamps,
    render_with, verify,
};
use tolkebot_form::{FormDefinition, display, section_title};
use tolkebot_protocol::{CaseEvent, CaseId, Lang};
use tolkebot_server::{MemoTrouble, SealConfig, document_of, memo_of, receipt_of, seal_stamped};

use crate::nemlogin::{self, NemloginCommand};
use crate::{engines, own_file, serve};

/// Largest case file that is read, bytes.
const MAX_CASE: u64 = 64 * 1024 * 1024;

/// `tolkebot document`
#[derive(Debug, Args)]
pub struct DocumentArgs {
    /// What to do; without it: make a document.
    #[command(subcommand)]
    pub command: Option<DocumentCommand>,
    /// An exported case, or a form.
    #[arg(long, value_name = "FILE")]
    pub case: Option<PathBuf>,
    /// PDF to write.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Seal it with the key of the settings' `[seal]`.
    #[arg(long)]
    pub seal: bool,
    /// Add where each value was heard; for looking at, never for signing.
    #[arg(long)]
    pub evidence: bool,
    /// The citizen's receipt instead.
    #[arg(long, conflicts_with = "evidence")]
    pub receipt: bool,
    /// The day of a form's document, ISO 8601. Default: today. A case has its own.
    #[arg(long, value_name = "DATE")]
    pub today: Option<String>,
    /// Settings of the server, TOML: the authority's name and the seal.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// What to do with a document.
#[derive(Debug, Subcommand)]
pub enum DocumentCommand {
    /// Say what a document holds, and whether anything of it was changed. Exit code 1 if it was.
    Verify {
        /// The PDF.
        file: PathBuf,
        /// Certificates that its seal may lead to, PEM.
        #[arg(long, value_name = "FILE")]
        trust: Vec<PathBuf>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write the citizen's receipt as a message for Digital Post (MeMo 1.2), of a case that was signed.
    Memo {
        /// An exported case.
        #[arg(long, value_name = "FILE")]
        case: PathBuf,
        /// XML to write.
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        /// Settings of the server, TOML: the sender under `[memo]`.
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
    /// Have a case signed with MitID at NemLog-in: what goes out, and what comes back.
    #[command(subcommand)]
    Nemlogin(NemloginCommand),
}

pub fn run(args: DocumentArgs) -> Result<()> {
    match &args.command {
        Some(DocumentCommand::Verify { file, trust, json }) => check(file, trust, *json),
        Some(DocumentCommand::Memo {
            case,
            output,
            config,
        }) => memo(case, output, config.as_deref()),
        Some(DocumentCommand::Nemlogin(command)) => nemlogin::run(command),
        None => make(&args),
    }
}

fn make(args: &DocumentArgs) -> Result<()> {
    let (Some(case), Some(output)) = (&args.case, &args.output) else {
        bail!("say which case and where the document goes: --case FILE.json -o OUT.pdf");
    };
    let config = serve::settings(args.config.as_deref())?.0;
    let json = read(case)?;
    let pdf = if json["events"].is_array() {
        let view =
            exported(&json).with_context(|| format!("{} is no exported case", case.display()))?;
        if args.receipt {
            receipt_of(&view, &config.authority)?
                .ok_or(MemoTrouble::NotSigned)?
                .pdf()
        } else {
            let (form, extras) = document_of(&view, &config.authority, args.evidence);
            render_with(&form, &extras)
        }
    } else if json["slots"].is_object() {
        if args.receipt || args.evidence {
            bail!(
                "{} is a form and no case: receipt and evidence need the output of `tolkebot \
                 export`",
                case.display()
            );
        }
        let date = engines::today(args.today.as_deref())?.to_string();
        let form = draft(&json, &config.authority, &date)?;
        let extras = Extras {
            draft: true,
            ..Extras::default()
        };
        render_with(&form, &extras)
    } else {
        bail!(
            "{} is neither an exported case (`tolkebot export`) nor a form (`tolkebot form`)",
            case.display()
        );
    };
    let mut pdf = pdf.with_context(|| format!("no document of {}", case.display()))?;
    if args.seal {
        if args.evidence {
            bail!("a document with what was said is never sealed: leave out --evidence or --seal");
        }
        let now = Timestamp::now();
        let key = seal_key(&config.seal, now)?;
        let service = config.seal.stamps()?;
        let stamps = service.as_ref().map(|s| s as &dyn TimeStamps);
        pdf = seal_stamped(
            &pdf,
            &*key,
            now,
            "Anmeldelse",
            stamps,
            config.seal.tsa_required,
        )?;
    }
    own_file::write(output, &pdf)
}

fn memo(case: &Path, output: &Path, config: Option<&Path>) -> Result<()> {
    let config = serve::settings(config)?.0;
    let view = exported(&read(case)?)
        .with_context(|| format!("{} is no exported case", case.display()))?;
    let xml = memo_of(&view, &config.authority, &config.memo)
        .with_context(|| format!("no message of {}", case.display()))?;
    own_file::write(output, xml.as_bytes())
}

fn read(path: &Path) -> Result<Value> {
    let length = std::fs::metadata(path)
        .with_context(|| format!("cannot read {}", path.display()))?
        .len();
    if length > MAX_CASE {
        bail!("{} has {length} bytes, more than any case", path.display());
    }
    let text = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    // serde_json's message may quote the text; its place is enough.
    serde_json::from_slice(&text).map_err(|e| {
        let (line, column) = (e.line(), e.column());
        anyhow::anyhow!(
            "{} is no JSON at line {line}, column {column}",
            path.display()
        )
    })
}

/// The settings' key, or one for this once that says on the document that it is for trying out.
fn seal_key(config: &SealConfig, now: Timestamp) -> Result<Box<dyn SealKey>> {
    if !config.is_for_trying_out() {
        return Ok(config.key(Path::new(""), now)?);
    }
    eprintln!("tolkebot: no key under [seal] in the settings: sealed with one for trying out");
    let made = SealConfig::make(now)?;
    Ok(Box::new(FileKey::from_pem(&made.key, &made.certificate)?))
}

/// Folds the events of an exported case.
fn exported(json: &Value) -> Result<CaseView> {
    let case = CaseId(json["case"].as_str().unwrap_or_default().to_owned());
    let mut events = Vec::new();
    for (n, event) in json["events"].as_array().into_iter().flatten().enumerate() {
        // Through text: a number keeps its form. The message could quote what was said.
        let event: CaseEvent = serde_json::from_str(&event.to_string())
            .map_err(|_| anyhow::anyhow!("event {} is none that this program knows", n + 1))?;
        events.push(event);
    }
    Ok(CaseView::fold(&case, &events)?)
}

/// A form as `tolkebot form` prints it: values that nobody confirmed.
fn draft(json: &Value, authority: &str, date: &str) -> Result<FilledForm> {
    let definition = FormDefinition::embedded();
    let slots = json["slots"].as_object().cloned().unwrap_or_default();
    let mut keys: Vec<(String, Option<Value>)> = Vec::new();
    for (key, slot) in slots {
        keys.push((key, Some(slot)));
    }
    for key in json["missing"].as_array().into_iter().flatten() {
        let key = key.as_str().unwrap_or_default().to_owned();
        if !keys.iter().any(|(k, _)| *k == key) {
            keys.push((key, None));
        }
    }
    keys.sort_by_key(|(key, _)| definition.order(key));
    let mut sections: Vec<FilledSection> = Vec::new();
    for (key, slot) in keys {
        let Some(field) = definition.field(&key) else {
            bail!("the form has no field `{key}`: is this another form's output?");
        };
        let slot = slot.unwrap_or_default();
        let value = slot["value"].clone();
        let status = match (&value, slot["status"].as_str(), slot["derived"].as_bool()) {
            (Value::Null, ..) => RowStatus::Missing,
            (_, Some("conflict" | "needs_confirmation"), _) => RowStatus::Doubtful,
            (_, _, Some(true)) => RowStatus::Derived,
            // Whatever the file says: no person stands behind it.
            _ => RowStatus::Proposed,
        };
        let row = FilledRow {
            label_da: field.label_da.clone(),
            label_uk: field.label_uk.clone(),
            display_da: display(field, &value, Lang::Da),
            display_uk: display(field, &value, Lang::Uk),
            key,
            value,
            status,
        };
        let title = section_title(&field.section, Lang::Da);
        match sections.iter_mut().find(|s| s.title_da == title) {
            Some(section) => section.rows.push(row),
            None => sections.push(FilledSection {
                title_da: title.to_owned(),
                title_uk: section_title(&field.section, Lang::Uk).to_owned(),
                rows: vec![row],
            }),
        }
    }
    let mut form = FilledForm {
        case: "KLADDE".to_owned(),
        form: definition.form().to_owned(),
        authority: authority.to_owned(),
        date: date.to_owned(),
        sections,
    };
    form.number_lists();
    Ok(form)
}

fn check(file: &Path, trust: &[PathBuf], as_json: bool) -> Result<()> {
    let pdf = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut roots = Vec::new();
    for path in trust {
        let pem = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        roots.extend(
            tolkebot_document::certificates(&pem)
                .with_context(|| format!("{} holds no certificate", path.display()))?,
        );
    }
    let found =
        verify(&pdf, &roots).with_context(|| format!("{} cannot be verified", file.display()))?;
    let mut out = std::io::stdout();
    if as_json {
        let mut report = serde_json::to_value(&found)?;
        report["intact"] = found.is_intact().into();
        writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?;
    } else {
        writeln!(out, "case {} of {}", found.case, found.date)?;
        writeln!(out, "values sha256:{}", found.digest)?;
        if found.draft {
            writeln!(out, "draft: not every value is confirmed")?;
        }
        match found.signature {
            Some(true) => writeln!(out, "signed by the citizen")?,
            Some(false) => writeln!(out, "the citizen's signature is void")?,
            None => writeln!(out, "not signed by the citizen")?,
        }
        for seal in &found.seals {
            let trust = match (seal.test, seal.trusted) {
                (true, _) => "for trying out only",
                (false, true) => "trusted",
                (false, false) => "not checked against a trusted certificate, see --trust",
            };
            writeln!(out, "sealed {} by {} ({trust})", seal.at, seal.signer)?;
            if seal.stamped {
                let trust = if seal.stamp_trusted {
                    "trusted"
                } else {
                    "not checked against a trusted certificate, see --trust"
                };
                let (at, by) = (&seal.stamped_at, &seal.stamped_by);
                writeln!(out, "time stamp {at} by {by} ({trust})")?;
            }
        }
        if found.seals.is_empty() {
            writeln!(out, "not sealed")?;
        }
        for finding in &found.findings {
            writeln!(out, "{finding}")?;
        }
    }
    if !found.is_intact() {
        bail!("{}: {}", file.display(), found.findings.join("; "));
    }
    if !as_json {
        writeln!(out, "intact")?;
    }
    Ok(())
}
