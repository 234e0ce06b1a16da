//! `tolkebot bench`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// `tolkebot bench`
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct BenchArgs {
    /// What to measure; without it: the pipe.
    #[command(subcommand)]
    pub command: Option<BenchCommand>,
    /// Conversation whose sound and text are used.
    #[arg(long, default_value = "family-within-aarhus", value_name = "NAME")]
    pub conversation: String,
    /// Turns of it; a dozen take about five minutes on two cores.
    #[arg(long, default_value_t = 12, value_name = "N")]
    pub turns: usize,
    /// Threads of a recognition; 0: as measured for this machine.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub asr_threads: usize,
    /// Print JSON instead of a table.
    #[arg(long)]
    pub json: bool,
}

/// What to measure besides the pipe.
#[derive(Debug, Subcommand)]
pub enum BenchCommand {
    /// The case log: events appended durably, folding a case, opening after a fall.
    #[command(
        after_help = "Example:\n  tolkebot bench store --folder /var/tmp --cases 1000,100000\n\n\
        With --config the database server of its `store.url` is measured, too; use an empty database."
    )]
    Store {
        /// Folder on the disk to measure, `/var/tmp` if none is named; a folder of its own is made in it and removed.
        #[arg(long, value_name = "DIR")]
        folder: Option<PathBuf>,
        /// Settings with a `store.url`, TOML.
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
        /// Numbers of cases to open after a fall.
        #[arg(long, value_delimiter = ',', default_value = "1000,10000")]
        cases: Vec<u32>,
        /// Events to append one by one.
        #[arg(long, default_value_t = 1000)]
        events: u32,
    },
    /// Whether a long conversation falls behind: its last five minutes against its first five.
    #[command(
        after_help = "Example, an hour on a machine that does nothing else:\n  tolkebot bench lag --minutes 60"
    )]
    Lag {
        /// Conversation that is played again and again.
        #[arg(long, default_value = "corrections-single", value_name = "NAME")]
        conversation: String,
        /// How long; the pass that has begun then is finished.
        #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..))]
        minutes: u64,
    },
    /// Other people's typed lines while a client misbehaves, against the moments before and after.
    #[command(
        after_help = "Example, half an hour on a machine that does nothing else:\n  \
        tolkebot bench neighbours --folder /var/tmp --rounds 16\n\n\
        A round takes about 100 s. If the brackets hold the goal, more rounds make them narrower: four \
        times as many, half as wide."
    )]
    Neighbours {
        /// Folder on the disk to measure, `/var/tmp` if none is named; a folder of its own is made in it and removed.
        #[arg(long, value_name = "DIR")]
        folder: Option<PathBuf>,
        /// How often each kind of neighbour has its turn, between two quiet periods.
        #[arg(long, default_value_t = 16, value_parser = clap::value_parser!(u32).range(1..))]
        rounds: u32,
        /// Lines of each conversation in a period, two a second.
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
        lines: u32,
        /// Conversations that are measured at the same time.
        #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=30))]
        conversations: u32,
        /// How often a conversation may write the log in a second, instead of the default.
        #[arg(long)]
        saves_per_s: Option<u32>,
    },
}
