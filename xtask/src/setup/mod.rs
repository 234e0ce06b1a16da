//! `cargo xtask setup`: what the build and the tests need, fetched once.

mod crates;
mod lock;
mod prerequisites;
mod pull;
mod python;
mod stamp;
mod web;

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use crate::report::Report;
use crate::workspace::Workspace;

/// Options of `setup`.
#[derive(Args, Default)]
pub struct SetupArgs {
    /// Check the machine, install the web packages and build the screens again, changed or not.
    #[arg(long)]
    force: bool,
}

/// Runs `setup` as a command of its own.
pub fn run(workspace: &Workspace, args: &SetupArgs) -> Result<ExitCode> {
    let mut report = Report::new();
    let result = steps(workspace, &mut report, args);
    report.summary();
    result?;
    println!(
        "\nReady. Next: `cargo xtask demo` to see it, `cargo xtask test` to check it.\n\
         If something that is already there turns out to be broken: `cargo xtask setup --force`."
    );
    Ok(ExitCode::SUCCESS)
}

/// Adds set-up's steps to a longer run.
pub fn steps(workspace: &Workspace, report: &mut Report, args: &SetupArgs) -> Result<()> {
    let _lock = lock::wait(workspace, &mut |text| println!("  {text}"))?;
    if args.force {
        stamp::forget_all(workspace)?;
    }
    report.quiet("prerequisites", |_| prerequisites::check(workspace))?;
    report.quiet("crates", |progress| crates::fetch(workspace, progress))?;
    report.quiet("cmake", |progress| pull::cmake(workspace, progress))?;
    report.quiet("PostgreSQL for tests", |progress| {
        pull::postgres(workspace, progress)
    })?;
    report.quiet("python packages", |progress| {
        python::install(workspace, progress)
    })?;
    report.quiet("models", pull::models)?;
    report.quiet("web packages", |progress| web::install(workspace, progress))?;
    report.quiet("OpenID provider for tests", |progress| {
        web::install_oidc(workspace, progress)
    })?;
    report.quiet("web build", |progress| web::build(workspace, progress))?;
    Ok(())
}
