//! `cargo xtask`: everything a fresh machine needs, and the project's own checks.
//!
//! Nothing here needs root, and nothing is fetched except by pip, npm and cargo from their
//! registries, each download pinned and checked.

mod report;
mod setup;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::workspace::Workspace;

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    about = "Set up, test and show TolkeBOT"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Fetch build tools, models and web packages; a second run has nothing to do.
    Setup(setup::SetupArgs),
}

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<ExitCode> {
    let workspace = Workspace::locate()?;
    match cli.command {
        Command::Setup(args) => setup::run(&workspace, &args),
    }
}
