//! `tolkebot eval`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::TranslatorArgs;

/// `tolkebot eval`
#[derive(Debug, Args)]
pub struct EvalArgs {
    /// What to measure.
    #[command(subcommand)]
    pub command: EvalCommand,
}

/// What to measure.
#[derive(Debug, Subcommand)]
pub enum EvalCommand {
    /// Score dialogues with gold forms: precision, recall and F1 by slot, and the critical values
    /// that are wrong although nobody is asked about them.
    #[command(after_help = "Example:\n  tolkebot eval form fixtures/conversations --spoken")]
    Form(EvalFormArgs),
    /// Word errors, lag and stability of the recogniser on recorded conversations, for every way
    /// of settling words.
    #[command(after_help = "Example:\n  tolkebot eval asr fixtures/conversations/*/")]
    Asr {
        /// Folders with a `dialogue.json` and a WAV file for each turn.
        #[arg(required = true)]
        folders: Vec<PathBuf>,
        /// Another Whisper model in ggml format instead of the profile's.
        #[arg(long, value_name = "FILE")]
        model: Option<PathBuf>,
        /// Only recognise whole turns; no streaming.
        #[arg(long)]
        offline: bool,
        /// Only stream as conversations do, without comparing ways of settling words.
        #[arg(long, conflicts_with = "offline")]
        as_shipped: bool,
        /// What the recogniser is told before it hears a turn.
        #[arg(long, value_enum, default_value_t)]
        prompt: PromptOf,
        /// Tell the recogniser which words were asked for and which names the form holds, as a conversation does.
        #[arg(long)]
        asked_for: bool,
        /// Let the sound alone decide, without a second opinion of the language.
        #[arg(long)]
        sound_alone: bool,
        /// Print what was said and what was heard.
        #[arg(long)]
        details: bool,
        /// What another recogniser wrote about the same conversations, to be measured too.
        #[arg(long = "peer", value_name = "FILE")]
        peers: Vec<PathBuf>,
    },
    /// BLEU and chrF of the translator against a reference.
    Mt(EvalMtArgs),
}

/// `tolkebot eval form`
#[derive(Debug, Args)]
pub struct EvalFormArgs {
    /// JSON or JSON Lines files with `turns`, `form`, `household`, `today`; or folders of them.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Read what the recogniser hears in the recorded turns instead of the script.
    #[arg(long)]
    pub spoken: bool,
    /// With `--spoken`: do not tell the recogniser which words were asked for, nor the names that the form holds.
    #[arg(long, requires = "spoken")]
    pub unprompted: bool,
    /// Print every wrong and missing slot.
    #[arg(long)]
    pub details: bool,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
}

/// What the recogniser is told before it hears a turn.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum PromptOf {
    /// Nothing.
    #[default]
    Nothing,
    /// The names that stand in the turns before.
    Names,
    /// The turn before, as it was said or should have been translated.
    Turn,
    /// The turn before, as it was heard or translated: what a conversation has.
    Heard,
}

/// `tolkebot eval mt`
#[derive(Debug, Args)]
pub struct EvalMtArgs {
    /// Source text, one sentence a line.
    #[arg(long, value_name = "FILE")]
    pub src: PathBuf,
    /// Reference translation, one sentence a line.
    #[arg(long = "ref", value_name = "FILE")]
    pub reference: PathBuf,
    /// Which translation.
    #[command(flatten)]
    pub translator: TranslatorArgs,
    /// Leave the fixed translations out: how good the model is.
    #[arg(long)]
    pub no_memory: bool,
}
