//! `cargo xtask`: everything a fresh machine needs, and the project's own checks.
//!
//! Nothing here needs root, and nothing is fetched except by pip, npm and cargo from their
//! registries, each download pinned and checked.

mod ci;
mod fixtures;
mod hygiene;
mod licences;
mod product;
mod report;
mod rooms;
mod setup;
mod test;
mod third_party;
mod types;
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
    /// Set up, build, and show a conversation on this machine: `tolkebot demo`.
    Demo(product::ProgramArgs),
    /// Set up and run every check that a change must pass.
    Test(test::TestArgs),
    /// What `test` does, and the checks of the repository: licences, traces, sizes.
    Ci(ci::CiArgs),
    /// Check the conversations in `fixtures` and make their sound: `tolkebot fixtures`.
    Fixtures(fixtures::FixturesArgs),
    /// Write the web client's types from the protocol crate.
    Types(types::TypesArgs),
    /// Write THIRD_PARTY.md from the lock files and the models' manifest.
    ThirdParty,
    /// Set up, build, and measure this machine: `tolkebot bench`.
    Bench(product::ProgramArgs),
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
        Command::Demo(args) => product::run(&workspace, "demo", args.rest),
        Command::Test(args) => test::run(&workspace, &args),
        Command::Ci(args) => ci::run(&workspace, &args),
        Command::Fixtures(args) => fixtures::run(&workspace, &args),
        Command::Types(args) => types::run(&workspace, &args).map(|()| ExitCode::SUCCESS),
        Command::ThirdParty => third_party::run(&workspace).map(|()| ExitCode::SUCCESS),
        Command::Bench(args) => product::run(&workspace, "bench", args.rest),
    }
}
