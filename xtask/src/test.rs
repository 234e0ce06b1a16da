//! `cargo xtask test`: everything that must hold, in the order in which faults show soonest.

use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, ensure};
use clap::{Args, ValueEnum};

use crate::report::{Done, Report};
use crate::setup::{self, SetupArgs};
use crate::types;
use crate::workspace::{Workspace, output, succeed};

/// Options of `test` and `ci`.
#[derive(Args)]
pub struct TestArgs {
    /// Only the checks of one part.
    #[arg(long)]
    only: Option<Part>,
    /// Name the checks and how each is run alone; run nothing.
    #[arg(long)]
    list: bool,
}

/// A part of the checks that can be run without the other.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Formatting, lints and tests of the Rust workspace.
    Rust,
    /// Types, tests and build of the web client, and the test in a browser.
    Web,
}

/// One check.
pub struct Check {
    name: &'static str,
    part: Part,
    /// The command that runs this check alone.
    alone: &'static str,
    run: fn(&Workspace) -> Result<Done>,
}

/// Set-up has built the screens before any of them runs.
const CHECKS: [Check; 9] = [
    Check {
        name: "format",
        part: Part::Rust,
        alone: "cargo fmt --all --check",
        run: format,
    },
    Check {
        name: "protocol types",
        part: Part::Rust,
        alone: "cargo xtask types --check",
        run: types::check,
    },
    Check {
        name: "lints",
        part: Part::Rust,
        alone: "cargo clippy --workspace --all-targets -- -D warnings",
        run: lints,
    },
    Check {
        name: "tests",
        part: Part::Rust,
        alone: "cargo test --workspace",
        run: tests,
    },
    Check {
        name: "training scripts",
        part: Part::Rust,
        alone: "python3 -m unittest discover -s models/training/asr (and …/mt)",
        run: training,
    },
    Check {
        name: "web client: types",
        part: Part::Web,
        alone: "npm --prefix web-client run typecheck",
        run: |workspace| npm(workspace, "typecheck"),
    },
    Check {
        name: "web client: tests",
        part: Part::Web,
        alone: "npm --prefix web-client run test",
        run: |workspace| npm(workspace, "test"),
    },
    Check {
        name: "server for the browser test",
        part: Part::Web,
        alone: "cargo build --workspace --bin tolkebot",
        run: server,
    },
    Check {
        name: "browser test",
        part: Part::Web,
        alone: "npm --prefix web-client run test:e2e",
        run: |workspace| npm(workspace, "test:e2e"),
    },
];

/// Runs `test` as a command of its own.
pub fn run(workspace: &Workspace, args: &TestArgs) -> Result<ExitCode> {
    run_with(workspace, args, &[])
}

/// Runs the checks of `test` and then `more`, if all is asked for.
pub fn run_with(workspace: &Workspace, args: &TestArgs, more: &[Check]) -> Result<ExitCode> {
    let more = if args.only.is_none() { more } else { &[] };
    let wanted = |check: &&Check| args.only.is_none_or(|part| part == check.part);
    let checks: Vec<&Check> = CHECKS.iter().filter(wanted).chain(more).collect();
    if args.list {
        for check in checks {
            println!("  {:<30} {}", check.name, check.alone);
        }
        return Ok(ExitCode::SUCCESS);
    }
    finish(|report| {
        // Before set-up and the build, which take long.
        if checks.iter().any(|check| check.part == Part::Rust) {
            needed(|program| {
                let mut command = match program {
                    "git" => workspace.command(program, ["--version"]),
                    part => workspace.cargo([part, "--version"]),
                };
                output(&mut command).is_ok()
            })?;
        }
        setup::steps(workspace, report, &SetupArgs::default())?;
        all(workspace, report, checks)
    })
}

/// Runs only these checks, without set-up.
pub fn run_checks(workspace: &Workspace, checks: &[Check]) -> Result<ExitCode> {
    finish(|report| all(workspace, report, checks))
}

fn finish(work: impl FnOnce(&mut Report) -> Result<()>) -> Result<ExitCode> {
    let mut report = Report::new();
    let result = work(&mut report);
    report.summary();
    result?;
    println!("\nAll checks passed.");
    Ok(ExitCode::SUCCESS)
}

fn all<'a>(
    workspace: &Workspace,
    report: &mut Report,
    checks: impl IntoIterator<Item = &'a Check>,
) -> Result<()> {
    for check in checks {
        report
            .loud(check.name, || (check.run)(workspace))
            .map_err(|error| anyhow!("{error:#}\nTo run only this check: `{}`", check.alone))?;
    }
    Ok(())
}

impl Check {
    /// A check that `ci` adds.
    pub const fn extra(
        name: &'static str,
        alone: &'static str,
        run: fn(&Workspace) -> Result<Done>,
    ) -> Check {
        Check {
            name,
            part: Part::Rust,
            alone,
            run,
        }
    }
}

fn format(workspace: &Workspace) -> Result<Done> {
    succeed(&mut workspace.cargo(["fmt", "--all", "--check"]))?;
    Ok(Done::Worked)
}

fn lints(workspace: &Workspace) -> Result<Done> {
    let mut command = workspace.cargo(["clippy", "--workspace", "--all-targets"]);
    succeed(command.args(["--", "-D", "warnings"]))?;
    Ok(Done::Worked)
}

fn tests(workspace: &Workspace) -> Result<Done> {
    // All faults at once: a second run costs minutes on a small machine.
    succeed(&mut workspace.cargo(["test", "--workspace", "--no-fail-fast"]))?;
    Ok(Done::Worked)
}

/// The parts of the training scripts that need Python alone.
fn training(workspace: &Workspace) -> Result<Done> {
    // One after the other: modules of the two have the same names.
    for folder in ["models/training/asr", "models/training/mt"] {
        let arguments = ["-m", "unittest", "discover", "-s", folder];
        succeed(&mut workspace.command("python3", arguments))?;
    }
    Ok(Done::Worked)
}

fn server(workspace: &Workspace) -> Result<Done> {
    // The whole workspace's features: those that the tests have just been built with.
    succeed(&mut workspace.cargo(["build", "--workspace", "--bin", "tolkebot"]))?;
    Ok(Done::Worked)
}

/// Runs a script of the web client's package, which finds the server through `TOLKEBOT_BIN`.
fn npm(workspace: &Workspace, script: &str) -> Result<Done> {
    let Some(folder) = workspace.web_client() else {
        return Ok(Done::Skipped(
            "web-client has no package.json yet".to_owned(),
        ));
    };
    let package: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("package.json"))?)
            .context("web-client/package.json isn't JSON")?;
    if package["scripts"][script].is_null() {
        return Ok(Done::Skipped(format!(
            "web-client has no script `{script}` yet"
        )));
    }
    let program = workspace.target_directory()?.join("debug/tolkebot");
    let mut command = workspace.npm(["run", script]);
    succeed(command.env("TOLKEBOT_BIN", program))?;
    Ok(Done::Worked)
}

/// What the checks of the Rust workspace need and set-up does without, each with what to do when it isn't there.
const NEEDED: [(&str, &str); 3] = [
    (
        "fmt",
        "`cargo fmt`: install it with `rustup component add rustfmt`",
    ),
    (
        "clippy",
        "`cargo clippy`: install it with `rustup component add clippy`",
    ),
    (
        "git",
        "git: tests of the repository's own checks use it. Install your distribution's `git`",
    ),
];

/// Names everything at once that can't be run.
fn needed(runs: impl Fn(&str) -> bool) -> Result<()> {
    let missing: Vec<&str> = NEEDED
        .iter()
        .filter(|(program, _)| !runs(program))
        .map(|(_, remedy)| *remedy)
        .collect();
    ensure!(
        missing.is_empty(),
        "this machine lacks:\n  - {}",
        missing.join(";\n  - ")
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_missing_is_named_at_once() {
        assert!(needed(|_| true).is_ok());
        let told = needed(|program| program == "clippy").unwrap_err();
        let told = told.to_string();
        assert!(told.contains("rustfmt") && told.contains("`git`"), "{told}");
        assert!(!told.contains("clippy"), "{told}");
    }
}
