//! `tolkebot document nemlogin`: a case on its way to NemLog-in's signing service and back.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Subcommand;
use jiff::Timestamp;
use tolkebot_server::{SignedFile, export_for_signing, look_at_signed, take_signed};

use crate::args::DataArgs;
use crate::{data, own_file};

/// What to do with a case that is signed at NemLog-in.
#[derive(Debug, Subcommand)]
pub enum NemloginCommand {
    /// Write the document that goes to be signed, and its description: `document.pdf`,
    /// `package.json`. The citizen must have confirmed the read-back.
    Export {
        /// The case.
        #[arg(long, value_name = "ID")]
        case: String,
        /// Folder to write; it is made.
        #[arg(short, long, value_name = "DIR")]
        output: PathBuf,
        /// What names the document to the signer, at most 50 characters. Default: the form and the
        /// case number.
        #[arg(long, value_name = "TEXT")]
        reference: Option<String>,
        /// Where the cases are.
        #[command(flatten)]
        data: DataArgs,
    },
    /// Judge a signed document and record the signature.
    Import {
        /// The case.
        #[arg(long, value_name = "ID")]
        case: String,
        /// The signed PDF.
        #[arg(long, value_name = "FILE")]
        signed: PathBuf,
        /// The signer's name as the certificate says it, if it is written otherwise than in the
        /// form and is the same person.
        #[arg(long, value_name = "NAME")]
        signer: Option<String>,
        /// Only look: record nothing.
        #[arg(long)]
        dry_run: bool,
        /// Print JSON.
        #[arg(long)]
        json: bool,
        /// Where the cases are.
        #[command(flatten)]
        data: DataArgs,
    },
}

pub fn run(command: &NemloginCommand) -> Result<()> {
    match command {
        NemloginCommand::Export {
            case,
            output,
            reference,
            data,
        } => export(case, output, reference.as_deref(), data),
        NemloginCommand::Import {
            case,
            signed,
            signer,
            dry_run,
            json,
            data,
        } => {
            let how = (signer.as_deref(), !dry_run);
            import(case, signed, how, *json, data)
        }
    }
}

fn export(case: &str, folder: &Path, reference: Option<&str>, args: &DataArgs) -> Result<()> {
    let case = data::case_id(case)?;
    let config = data::config(args)?;
    let store = data::open(&config)?;
    let now = Timestamp::now();
    let package = export_for_signing(&*store, &case, &config.authority, reference, None, now)?;
    own_file::make_folder(folder)?;
    let write = |name: &str, bytes: &[u8]| own_file::write(&folder.join(name), bytes);
    write(&package.manifest.document, &package.pdf)?;
    write("package.json", package.manifest.json().as_bytes())?;
    let mut out = std::io::stdout();
    writeln!(out, "document sha256:{}", package.manifest.document_sha256)?;
    writeln!(out, "signing text: {}", package.manifest.reference_text)?;
    Ok(())
}

fn import(
    case: &str,
    signed: &Path,
    how: (Option<&str>, bool),
    as_json: bool,
    args: &DataArgs,
) -> Result<()> {
    let case = data::case_id(case)?;
    let config = data::config(args)?;
    let roots = config.nemlogin.roots()?;
    let store = data::open(&config)?;
    let pdf = std::fs::read(signed).with_context(|| format!("cannot read {}", signed.display()))?;
    let now = Timestamp::now();
    let file = SignedFile {
        bytes: &pdf,
        roots: &roots,
        signer: how.0,
        by: None,
    };
    let found = if how.1 {
        take_signed(&*store, &case, &config.authority, &file, now)
    } else {
        look_at_signed(&*store, &case, &config.authority, &file, now)
    };
    let found = found.with_context(|| format!("{} is not taken in", signed.display()))?;
    let mut out = std::io::stdout();
    if as_json {
        writeln!(out, "{}", serde_json::to_string_pretty(&found)?)?;
        return Ok(());
    }
    writeln!(
        out,
        "signed by {} at {}",
        found.signer.name, found.signed_at
    )?;
    writeln!(
        out,
        "PAdES-{}, certificate issued by {}, time stamp by {}",
        found.level, found.issuer, found.stamped_by
    )?;
    let done = if how.1 {
        "recorded: the case can be sent to review"
    } else {
        "only looked at: nothing was recorded"
    };
    writeln!(out, "{done}")?;
    Ok(())
}
