//! `tolkebot`: the one binary.
//!
//! Exit codes: 0 all went well, 1 something failed (said in one line on stderr), 2 wrong usage.

mod accounts;
mod args;
mod audit;
mod bench;
mod case_file;
mod cases;
mod client;
mod data;
mod demo;
mod document;
mod draft;
mod engines;
mod eval;
mod eval_asr;
mod eval_form;
mod eval_mt;
mod export;
mod fixtures;
mod form;
mod interpret;
mod json_file;
mod logging;
mod models;
mod nemlogin;
mod outbox;
mod own_file;
mod panics;
mod phonemes;
mod register;
mod serve;
mod settings_text;
mod speak;
mod transcribe;
mod translate;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Cli, Command};

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let usage = error.use_stderr();
            // Help and version go to stdout; a closed pipe there is nobody's fault.
            let _ = error.print();
            return if usage {
                ExitCode::from(2)
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    logging::start(cli.verbose);
    panics::log_places_only();
    // What makes the register cannot ask for one; nor do these others read forms.
    let reads_forms = !matches!(
        cli.command,
        Command::Register(_) | Command::Models(_) | Command::Config
    );
    if let Some(error) = cli
        .register
        .as_deref()
        .filter(|_| reads_forms)
        .and_then(|file| register::load(file).err())
    {
        eprintln!("tolkebot: {error:#}");
        return ExitCode::from(1);
    }
    let done = match cli.command {
        Command::Transcribe(args) => transcribe::run(&cli.models, args),
        Command::Translate(args) => translate::run(&cli.models, args),
        Command::Speak(args) => speak::run(&cli.models, args),
        Command::Form(args) => form::run(args),
        Command::Interpret(args) => interpret::run(&cli.models, args),
        Command::Serve(args) => serve::run(&cli.models, args),
        Command::Demo(args) => demo::run(&cli.models, args),
        Command::Cases(args) => cases::run(args),
        Command::Outbox(args) => outbox::run(args),
        Command::Export(args) => export::run(args),
        Command::Document(args) => document::run(args),
        Command::Audit(args) => audit::run(args),
        Command::Accounts(args) => accounts::run(args),
        Command::Models(args) => models::run(&cli.models.profile, args),
        Command::Register(args) => register::run(args),
        Command::Eval(args) => eval::run(&cli.models, args),
        Command::Bench(args) => bench::run(&cli.models, args),
        Command::Config => serve::print_config(),
        Command::Fixtures(args) => fixtures::run(args),
        Command::Phonemes(args) => phonemes::run(&args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // The whole chain in one line, so that it can be read by eye and by a script.
            eprintln!("tolkebot: {}", in_one_line(&error));
            ExitCode::from(1)
        }
    }
}

/// An error with its causes; what a message already says of its cause isn't said twice.
fn in_one_line(error: &anyhow::Error) -> String {
    let mut line = String::new();
    for cause in error.chain() {
        let cause = cause.to_string();
        if line.is_empty() {
            line = cause;
        } else if !line.contains(&cause) {
            line = format!("{line}: {cause}");
        }
    }
    line.replace(['\n', '\r'], " ")
}

/// `tolkebot … | head` is not an error.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<std::io::Error>()
        .is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use anyhow::Context;

    #[test]
    fn a_cause_is_told_once() {
        let missing = std::io::Error::from(std::io::ErrorKind::NotFound);
        let told = format!("cannot read a.toml: {missing}; check the path");
        let error = anyhow::Error::from(missing).context(told.clone());
        assert_eq!(super::in_one_line(&error), told);
        let other = Err::<(), _>(anyhow::anyhow!("no such\nline")).context("reading");
        assert_eq!(
            super::in_one_line(&other.unwrap_err()),
            "reading: no such line"
        );
    }
}
