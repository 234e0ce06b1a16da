//! Options of `tolkebot register`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// `tolkebot register`
#[derive(Debug, Args)]
pub struct RegisterArgs {
    #[command(subcommand)]
    pub command: RegisterCommand,
}

#[derive(Debug, Subcommand)]
pub enum RegisterCommand {
    /// CSV extracts of the register → the street table that `--register` takes.
    Import(RegisterImportArgs),
}

/// `tolkebot register import`
#[derive(Debug, Args)]
pub struct RegisterImportArgs {
    /// CSV files with a header; of their columns `vejnavn` and `postnr` are read.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Keep only postal codes with these beginnings, separated by commas: `80,82,83`.
    #[arg(long, value_delimiter = ',')]
    pub codes: Vec<String>,
    /// Table to write: the file for `--register` or `register` in `[form]` of the settings.
    #[arg(
        short,
        long,
        default_value = "streets_register.tsv",
        value_name = "FILE"
    )]
    pub output: PathBuf,
    /// Leave bad rows out and write the table all the same.
    #[arg(long)]
    pub skip_bad_rows: bool,
}
