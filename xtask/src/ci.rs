//! `cargo xtask ci`: the tests and what concerns the repository as a whole.

use std::process::ExitCode;

use anyhow::Result;

use crate::report::Done;
use crate::test::{self, Check, TestArgs};
use crate::workspace::{Workspace, output, succeed};
use crate::{hygiene, licences, rooms, third_party};

const MORE: [Check; 6] = [
    Check::extra(
        "repository hygiene",
        "cargo xtask ci --only-repository",
        hygiene::check,
    ),
    Check::extra(
        "rooms and what they import",
        "cargo xtask ci --only-repository",
        rooms::check,
    ),
    Check::extra("lock file is current", "cargo metadata --locked", locked),
    Check::extra(
        "licences",
        "cargo xtask ci --only-repository",
        licences::check,
    ),
    Check::extra(
        "THIRD_PARTY.md is current",
        "cargo xtask ci --only-repository",
        third_party::check,
    ),
    Check::extra("cargo deny", "cargo deny check", deny),
];

/// Options of `ci`.
#[derive(clap::Args)]
pub struct CiArgs {
    #[command(flatten)]
    test: TestArgs,
    /// Only what concerns the repository as a whole; needs no set-up.
    #[arg(long, conflicts_with = "only")]
    only_repository: bool,
}

/// Runs `ci` as a command of its own.
pub fn run(workspace: &Workspace, args: &CiArgs) -> Result<ExitCode> {
    if args.only_repository {
        return test::run_checks(workspace, &MORE);
    }
    test::run_with(workspace, &args.test, &MORE)
}

fn locked(workspace: &Workspace) -> Result<Done> {
    workspace.metadata(&["--locked"])?;
    Ok(Done::Worked)
}

fn deny(workspace: &Workspace) -> Result<Done> {
    if output(&mut workspace.cargo(["deny", "--version"])).is_err() {
        return Ok(Done::Skipped("cargo-deny isn't installed".to_owned()));
    }
    succeed(&mut workspace.cargo(["deny", "check"]))?;
    Ok(Done::Worked)
}
