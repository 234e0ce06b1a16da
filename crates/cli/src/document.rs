//! `tolkebot document`: the form as a PDF, sealed if asked for; and a look at one that is there.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde_json::Value;
use tolkebot_document::{Extras, FileKey, SealKey, TimeStamps, render_with, verify};
use tolkebot_server::{MemoTrouble, SealConfig, document_of, memo_of, receipt_of, seal_stamped};

use crate::case_file::CaseFile;
use crate::draft::draft;
use crate::nemlogin::{self, NemloginCommand};
use crate::{engines, json_file, own_file, serve};

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
    /// Without a seal the values are checked, and what the pages show is not.
    Verify {
        /// The PDF.
        file: PathBuf,
        /// Certificates that its seal may lead to, PEM.
        #[arg(long, value_name = "FILE")]
        trust: Vec<PathBuf>,
        /// A document without a seal is an error: nothing protects its pages.
        #[arg(long)]
        sealed: bool,
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
        Some(DocumentCommand::Verify {
            file,
            trust,
            sealed,
            json,
        }) => check(file, trust, *sealed, *json),
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
        let file = read_case(case, &json)?;
        let no_document = || format!("no document of {}", case.display());
        if args.seal {
            let trial = config.seal.is_for_trying_out();
            file.check_for_seal(&config, trial)
                .with_context(no_document)?;
        }
        if args.receipt {
            file.check_values().with_context(no_document)?;
            receipt_of(&file.view, &config.authority)?
                .ok_or(MemoTrouble::NotSigned)?
                .pdf()
        } else {
            let (mut form, extras) = document_of(&file.view, &config.authority, args.evidence);
            file.show_misfits(&mut form).with_context(no_document)?;
            if args.seal && extras.cancelled {
                bail!(
                    "no sealed document of {}: the case was given up; leave out --seal for one that \
                     says so",
                    case.display()
                );
            }
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
        let form = draft(&json, &config.authority, &date)
            .with_context(|| format!("no document of {}", case.display()))?;
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
    let file = read_case(case, &read(case)?)?;
    let no_message = || format!("no message of {}", case.display());
    file.check_values().with_context(no_message)?;
    let xml = memo_of(&file.view, &config.authority, &config.memo).with_context(no_message)?;
    own_file::write(output, xml.as_bytes())
}

fn read_case(path: &Path, json: &Value) -> Result<CaseFile> {
    CaseFile::read(json).with_context(|| format!("{} is no exported case", path.display()))
}

fn read(path: &Path) -> Result<Value> {
    json_file::read(path, MAX_CASE)
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

fn check(file: &Path, trust: &[PathBuf], sealed: bool, as_json: bool) -> Result<()> {
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
    let mut found =
        verify(&pdf, &roots).with_context(|| format!("{} cannot be verified", file.display()))?;
    if sealed && found.seals.is_empty() {
        found.findings.push("it has no seal that holds".to_owned());
    }
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
        if !found.pages_checked {
            writeln!(out, "pages not checked: not sealed")?;
        }
        for finding in &found.findings {
            writeln!(out, "{finding}")?;
        }
    }
    if !found.is_intact() {
        bail!("{}: {}", file.display(), found.findings.join("; "));
    }
    if !as_json {
        let what = if found.pages_checked {
            "intact"
        } else {
            "values intact"
        };
        writeln!(out, "{what}")?;
    }
    Ok(())
}
