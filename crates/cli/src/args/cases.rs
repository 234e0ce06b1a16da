//! Options of the commands over the cases that are kept.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::DataArgs;

/// `tolkebot cases`
#[derive(Debug, Args)]
pub struct CasesArgs {
    /// Where the case log is.
    #[command(flatten)]
    pub data: DataArgs,
    /// Print JSON.
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do; without it: list.
    #[command(subcommand)]
    pub command: Option<CasesCommand>,
}

/// What to do with cases.
#[derive(Debug, Subcommand)]
pub enum CasesCommand {
    /// Erase every case, and all kept sound, that is older than the settings' `[retention]` says.
    Retain {
        /// Only say which.
        #[arg(long)]
        dry_run: bool,
    },
    /// Copy the case log, also while a server writes it, and check the copy. The master key is not in it.
    Backup {
        /// New file.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Erase one case for good.
    Erase {
        /// Case id.
        #[arg(long, value_name = "ID")]
        case: String,
        /// Destroy only its kept sound, as when the citizen withdraws; the case stays.
        #[arg(long)]
        sound: bool,
    },
}

/// `tolkebot outbox`
#[derive(Debug, Args)]
pub struct OutboxArgs {
    /// Where the case log is.
    #[command(flatten)]
    pub data: DataArgs,
    /// Print JSON.
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do; without it: list.
    #[command(subcommand)]
    pub command: Option<OutboxCommand>,
}

/// What to do with cases that wait to be handed in.
#[derive(Debug, Subcommand)]
pub enum OutboxCommand {
    /// Try a case again that was given up.
    Retry {
        /// Case id.
        #[arg(long, value_name = "ID")]
        case: String,
    },
}
