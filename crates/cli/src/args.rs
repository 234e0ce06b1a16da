//! The command line.

mod bench;
mod cases;
mod eval;
mod register;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use tolkebot_mt::MtConfig;
use tolkebot_protocol::Lang;

pub use self::bench::{BenchArgs, BenchCommand};
pub use self::cases::{CasesArgs, CasesCommand, OutboxArgs, OutboxCommand};
pub use self::eval::{EvalArgs, EvalCommand, EvalFormArgs, EvalMtArgs, PromptOf};
pub use self::register::{RegisterArgs, RegisterCommand, RegisterImportArgs};
use crate::document::DocumentArgs;

/// Heading of the options that every command takes: they are listed behind its own.
const OF_ALL: &str = "Options of every command";

/// Speech interpreter between Danish and Ukrainian for the citizen-service counter.
#[derive(Debug, Parser)]
#[command(name = "tolkebot", version, about, arg_required_else_help = true)]
pub struct Cli {
    /// Which models.
    #[command(flatten)]
    pub models: ModelArgs,
    /// Streets of the address register (see `tolkebot register import`); comes before `register` in
    /// `[form]` of the settings.
    #[arg(
        long,
        global = true,
        help_heading = OF_ALL,
        value_name = "FILE",
        env = "TOLKEBOT_REGISTER"
    )]
    pub register: Option<PathBuf>,
    /// Log more: -v what happens, -vv everything (personal data is logged at -vv only).
    #[arg(short, long, action = clap::ArgAction::Count, global = true, help_heading = OF_ALL)]
    pub verbose: u8,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Which models to use.
#[derive(Debug, Args)]
pub struct ModelArgs {
    /// Model profile: starter, standard or gpu (see `tolkebot models list`).
    #[arg(
        long,
        global = true,
        help_heading = OF_ALL,
        default_value = "starter",
        env = "TOLKEBOT_PROFILE"
    )]
    pub profile: String,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write down what is said in WAV files: one line a file.
    #[command(
        after_help = "Examples:\n  tolkebot transcribe --lang da turn-01.wav\n  \
        tolkebot transcribe --lang uk --json *.wav"
    )]
    Transcribe(TranscribeArgs),
    /// Translate standard input line by line.
    #[command(after_help = "Example:\n  \
        echo 'Hvornår flytter du ind?' | tolkebot translate --from da --to uk")]
    Translate(TranslateArgs),
    /// Speak standard input into a WAV file.
    #[command(after_help = "Example:\n  \
        echo 'Коли ви переїжджаєте?' | tolkebot speak --lang uk -o question.wav")]
    Speak(SpeakArgs),
    /// Fill the form from a written dialogue.
    #[command(after_help = "Example:\n  \
        tolkebot form --dialogue fixtures/conversations/corrections-single/dialogue.json \
        --today 2026-12-01")]
    Form(FormArgs),
    /// Interpret one speaker's WAV file and print the pipe's events as JSON lines.
    #[command(after_help = "Example:\n  \
        tolkebot interpret --from uk --to da --form citizen.wav")]
    Interpret(InterpretArgs),
    /// Run the server.
    #[command(after_help = "Example:\n  tolkebot serve --config tolkebot.toml\n\n\
        `tolkebot config` prints every setting with its default and what it means.")]
    Serve(ServeArgs),
    /// Play a recorded counter conversation into the real server and show what happens.
    #[command(after_help = "Examples:\n  tolkebot demo\n  \
        tolkebot demo --conversation lodger-from-abroad\n  tolkebot demo --serve")]
    Demo(DemoArgs),
    /// List the cases that are kept, erase them by age or one by one.
    #[command(after_help = "Examples:\n  tolkebot cases --data data --json\n  \
        tolkebot cases retain --config tolkebot.toml --dry-run\n  \
        tolkebot cases erase --data data --case 3f2a…")]
    Cases(CasesArgs),
    /// Approved cases that have not been handed in yet.
    Outbox(OutboxArgs),
    /// Print everything that is kept of a case, as JSON, or write it as a PDF.
    #[command(
        after_help = "Examples:\n  tolkebot export --data data --case 3f2a… > case.json\n  \
        tolkebot export --data data --case 3f2a… --pdf case.pdf"
    )]
    Export(ExportArgs),
    /// Make the document of a case, or look at one that is there.
    #[command(
        after_help = "Examples:\n  tolkebot document --case case.json -o form.pdf --seal\n  \
        tolkebot document verify form.pdf\n\nFILE is the output of `tolkebot export`, or of \
        `tolkebot form`: then the document is a draft.",
        args_conflicts_with_subcommands = true
    )]
    Document(DocumentArgs),
    /// Check that no event was changed, taken away or put elsewhere.
    #[command(after_help = "Examples:\n  tolkebot audit verify --data data\n  \
        tolkebot audit verify --db backup.sqlite --head 812:9f…")]
    Audit(AuditArgs),
    /// Who may sign in.
    #[command(
        after_help = "Examples:\n  tolkebot accounts add anne --role staff --second-factor\n  \
        tolkebot accounts list --data data\n\nThe password is the first line of standard input."
    )]
    Accounts(AccountsArgs),
    /// List, fetch and check models.
    Models(ModelsArgs),
    /// Streets from the Danish address register for the gazetteer.
    Register(RegisterArgs),
    /// Measure quality.
    Eval(EvalArgs),
    /// Measure speed and memory on this machine.
    Bench(BenchArgs),
    /// Print every setting of `tolkebot serve` with its default and what it means, as TOML.
    Config,
    /// Make the sound of recorded conversations.
    #[command(hide = true)]
    Fixtures(FixturesArgs),
    /// Standard input line by line → words as spoken, a tab, Kokoro's phonemes.
    #[command(hide = true)]
    Phonemes(PhonemesArgs),
}

/// `tolkebot transcribe`
#[derive(Debug, Args)]
pub struct TranscribeArgs {
    /// Language spoken: da or uk.
    #[arg(long)]
    pub lang: Lang,
    /// One JSON object a file instead of a line of text.
    #[arg(long)]
    pub json: bool,
    /// Words that are likely to come: names, places, terms.
    #[arg(long, value_name = "WORDS")]
    pub prompt: Option<String>,
    /// WAV files, any sample rate.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
}

/// A translation model and its direction.
#[derive(Debug, Args)]
pub struct TranslatorArgs {
    /// Language of the source: da or uk.
    #[arg(long)]
    pub from: Lang,
    /// Language of the target: da or uk.
    #[arg(long)]
    pub to: Lang,
    /// Folder of another translation model instead of the profile's.
    #[arg(long, value_name = "DIR")]
    pub model: Option<PathBuf>,
    /// Hypotheses followed side by side; 1 is fastest.
    #[arg(long, default_value_t = MtConfig::default().beam, value_name = "N")]
    pub beam: usize,
}

/// `tolkebot translate`
#[derive(Debug, Args)]
pub struct TranslateArgs {
    /// Which translation.
    #[command(flatten)]
    pub translator: TranslatorArgs,
}

/// `tolkebot speak`
#[derive(Debug, Args)]
pub struct SpeakArgs {
    /// Language of the text: da or uk.
    #[arg(long)]
    pub lang: Lang,
    /// WAV file to write.
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Voice model instead of the profile's (see `tolkebot models list`).
    #[arg(long, value_name = "ID")]
    pub voice: Option<String>,
}

/// `tolkebot phonemes`
#[derive(Debug, Args)]
pub struct PhonemesArgs {
    /// Language of the text: da or uk.
    #[arg(long)]
    pub lang: Lang,
}

/// `tolkebot form`
#[derive(Debug, Args)]
pub struct FormArgs {
    /// `{"turns":[{"speaker":"staff"|"citizen","lang":"da"|"uk","text":"…"}]}`, and `today` if it names its day
    #[arg(long, value_name = "FILE")]
    pub dialogue: PathBuf,
    /// The day that relative dates are counted from, ISO 8601. Default: the dialogue's `today`, else today.
    #[arg(long, value_name = "DATE")]
    pub today: Option<String>,
}

/// `tolkebot interpret`
#[derive(Debug, Args)]
pub struct InterpretArgs {
    /// Language spoken: da (staff) or uk (citizen).
    #[arg(long)]
    pub from: Lang,
    /// The other language.
    #[arg(long)]
    pub to: Lang,
    /// Also print the form after each utterance that changes it.
    #[arg(long)]
    pub form: bool,
    /// Feed the sound as fast as it was spoken.
    #[arg(long)]
    pub realtime: bool,
    /// The day that relative dates are counted from, ISO 8601. Default: today.
    #[arg(long, value_name = "DATE")]
    pub today: Option<String>,
    /// WAV file, any sample rate.
    pub file: PathBuf,
}

/// `tolkebot serve`
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Settings, TOML (see `tolkebot config`).
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Address to listen on, instead of the configured one.
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
}

/// `tolkebot demo`
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Folder name under `fixtures/conversations`, or a folder of the same shape.
    #[arg(long, default_value = "family-within-aarhus", value_name = "NAME")]
    pub conversation: String,
    /// Where the form, the interpreted speech and the report go. Default: `target/demo/<name>`.
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Leave the server up afterwards and print the staff and tablet addresses.
    #[arg(long)]
    pub serve: bool,
    /// Type what is said instead of playing its sound: shows translation and form without the
    /// recogniser's errors.
    #[arg(long)]
    pub typed: bool,
    /// Only this many turns.
    #[arg(long, value_name = "N")]
    pub turns: Option<usize>,
    /// Print the report as JSON instead of the live view.
    #[arg(long)]
    pub json: bool,
    /// Keep the case in this folder, which must be no server's. With --json: print every event that a
    /// client receives, one JSON object a line, and the report as the last one.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// Where the case log is.
#[derive(Debug, Args)]
pub struct DataArgs {
    /// Folder with the case log, `data_dir` of the server. Default: that of the settings.
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Settings of the server, TOML.
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// `tolkebot export`
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// Where the case log is.
    #[command(flatten)]
    pub data: DataArgs,
    /// Case id.
    #[arg(long, value_name = "ID")]
    pub case: String,
    /// Write it as a document for the citizen instead, with the JSON attached.
    #[arg(long, value_name = "FILE")]
    pub pdf: Option<PathBuf>,
}

/// `tolkebot audit`
#[derive(Debug, Args)]
pub struct AuditArgs {
    /// What to check.
    #[command(subcommand)]
    pub command: AuditCommand,
}

/// What to check.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Check every event, the ledger and the daily heads. Needs no server and changes nothing.
    Verify {
        /// Where the case log is.
        #[command(flatten)]
        data: DataArgs,
        /// A case log file instead, for example from a backup.
        #[arg(long, conflicts_with = "data", value_name = "FILE")]
        db: Option<PathBuf>,
        /// Only this case.
        #[arg(long, value_name = "ID")]
        case: Option<String>,
        /// A head that was kept elsewhere, N:HASH: the log must have it.
        #[arg(long)]
        head: Option<tolkebot_casework::LedgerHead>,
        /// Print JSON.
        #[arg(long)]
        json: bool,
    },
}

/// `tolkebot models`
#[derive(Debug, Args)]
pub struct ModelsArgs {
    /// What to do with models.
    #[command(subcommand)]
    pub command: ModelsCommand,
}

/// What to do with models.
#[derive(Debug, Subcommand)]
pub enum ModelsCommand {
    /// List profiles and models: licence, size, whether they are here.
    List,
    /// Fetch a profile's models, check and convert them.
    #[command(after_help = "Example:\n  tolkebot models pull --profile standard")]
    Pull {
        /// Fetch only these models.
        ids: Vec<String>,
    },
    /// Check every file of a profile against its checksum.
    Verify,
    /// Print a model's card.
    Card {
        /// Model id.
        id: String,
    },
    /// Make a recogniser for this program from Whisper weights that were trained further.
    #[command(
        after_help = "Example:\n  tolkebot models convert --weights model.bin \
        --tokenizer tokenizer.json -o ggml-q8_0.bin"
    )]
    Convert {
        /// Weights in CTranslate2's format, as `models/training/asr` writes them.
        #[arg(long, value_name = "FILE")]
        weights: PathBuf,
        /// The model's `tokenizer.json`.
        #[arg(long, value_name = "FILE")]
        tokenizer: PathBuf,
        /// File to write: ggml, 8-bit.
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
}

/// `tolkebot fixtures`
#[derive(Debug, Args)]
pub struct FixturesArgs {
    /// Folders with a `dialogue.json`; the turns' WAV files are written beside it.
    #[arg(required = true)]
    pub folders: Vec<PathBuf>,
}

/// `tolkebot accounts`
#[derive(Debug, Args)]
pub struct AccountsArgs {
    /// Where the accounts are: beside the case log.
    #[command(flatten)]
    pub data: DataArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: AccountsCommand,
}

/// What to do with accounts.
#[derive(Debug, Subcommand)]
pub enum AccountsCommand {
    /// Make an account.
    Add {
        /// The name to sign in with.
        name: String,
        /// staff, supervisor, admin or auditor.
        #[arg(long)]
        role: tolkebot_server::AccountRole,
        /// Ask for an authenticator's code, too; prints the address that the authenticator takes.
        #[arg(long)]
        second_factor: bool,
    },
    /// Set a new password and lift a lock.
    Password {
        /// Name.
        name: String,
    },
    /// Let nobody sign in with an account; who is signed in is out at once.
    Disable {
        /// Name.
        name: String,
    },
    /// Undo `disable`.
    Enable {
        /// Name.
        name: String,
    },
    /// Remove an account; who is signed in is out at once. Its name stays taken: cases and the log know their people by
    /// it, and whoever had it next would have the cases of whoever had it before.
    Remove {
        /// Name.
        name: String,
    },
    /// List all accounts.
    List,
}
