//! Commands that build the program for real use and hand over to it.

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::{Result, ensure};
use clap::Args;

use crate::report::{Done, Report};
use crate::setup::{self, SetupArgs};
use crate::workspace::{Workspace, succeed};

/// What the program is called with.
#[derive(Args)]
pub struct ProgramArgs {
    /// Passed on to the program as they are.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub rest: Vec<OsString>,
}

/// Sets up, builds the release program and becomes `tolkebot <subcommand> <arguments>`.
pub fn run(workspace: &Workspace, subcommand: &str, arguments: Vec<OsString>) -> Result<ExitCode> {
    let mut report = Report::new();
    setup::steps(workspace, &mut report, &SetupArgs::default())?;
    report.loud("build (the first one takes some minutes)", || {
        succeed(&mut workspace.cargo(["build", "--release", "--package", "tolkebot"]))?;
        Ok(Done::Worked)
    })?;
    let program = workspace.target_directory()?.join("release/tolkebot");
    ensure!(program.is_file(), "the build left no {}", program.display());
    let mut command = workspace.command(program, [subcommand]);
    command.args(arguments);
    become_it(&mut command)
}

/// Replaces this process, so that signals and the exit code are the program's own.
#[cfg(unix)]
fn become_it(command: &mut std::process::Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(anyhow::Error::new(error)
        .context(crate::workspace::shown(command) + " couldn't be started"))
}

#[cfg(not(unix))]
fn become_it(command: &mut std::process::Command) -> Result<ExitCode> {
    let status = crate::workspace::status(command)?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
