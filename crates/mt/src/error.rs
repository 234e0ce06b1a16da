//! What can go wrong while loading a translator or translating.

use std::path::PathBuf;

use tolkebot_protocol::Lang;

/// An error of this crate. Messages never contain the text that was to be translated.
#[derive(Debug, thiserror::Error)]
pub enum MtError {
    /// A file of the model folder cannot be read.
    #[error("cannot read {path}: {reason}; run `tolkebot models pull`")]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's or the parser's words.
        reason: String,
    },
    /// The folder's `config.json` does not describe a model that this build can run.
    #[error("{path}: {reason}")]
    Config {
        /// The configuration file.
        path: PathBuf,
        /// What is wrong and what would be right.
        reason: String,
    },
    /// The folder holds a model family that this build cannot run.
    #[error(
        "the translation model in {path} is of the family `{family}`, which is not yet supported \
         by this build; use profile `starter`"
    )]
    Unsupported {
        /// The model folder.
        path: PathBuf,
        /// Name of the family, for example `marian`.
        family: String,
    },
    /// A file of fixed translations has a line that makes no sense.
    #[error("{path}, line {line}: {reason}; a line is Danish, a tab, Ukrainian")]
    Phrases {
        /// The file.
        path: PathBuf,
        /// 1 for the first.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// A glossary has a line that makes no sense.
    #[error(
        "{path}, line {line}: {reason}; a line is Danish wordings, a tab, Ukrainian wordings, \
         each separated by |"
    )]
    Glossary {
        /// The file.
        path: PathBuf,
        /// 1 for the first.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// The model knows one direction, and it is not the one asked for.
    #[error(
        "this translation model translates into `{0}` only; name another one for the other way"
    )]
    OneWay(Lang),
    /// The model's inputs, outputs or shapes are not what its configuration promises.
    #[error("the translation model does not fit its configuration: {0}")]
    Shape(String),
    /// The tokenizer refused a text or a piece.
    #[error("tokenizer: {0}")]
    Tokenizer(String),
    /// The ONNX runtime failed.
    #[error("ONNX runtime: {0}")]
    Runtime(#[from] ort::Error),
    /// The runtime library or a model file is missing.
    #[error(transparent)]
    Models(#[from] tolkebot_models::ModelError),
    /// A beam that is none, or wider than is of use.
    #[error("a beam of {0} hypotheses makes no sense: choose 1 to {max}", max = crate::MtConfig::MAX_BEAM)]
    Beam(usize),
    /// Source and target language are the same.
    #[error("nothing to translate: source and target language are both `{0}`")]
    SameLanguage(Lang),
    /// The text is longer than one utterance can be.
    #[error("text of {chars} characters is too long to translate at once: at most {max}; split it")]
    TooLong {
        /// Length of the text.
        chars: usize,
        /// `MtConfig::max_chars`.
        max: usize,
    },
}
