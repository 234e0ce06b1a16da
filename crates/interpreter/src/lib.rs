//! The pipe: one conversation's channels through segment → recognise → settle → translate → speak.
//!
//! - [`Interpreter`]: engine threads and queues, shared by all conversations, with admission; set up by
//!   an [`InterpreterConfig`]
//! - [`Conversation`]: one conversation's way in; [`PipeEvent`]: what comes out
//! - [`Engines`]: the engines as the pipe sees them; [`load_engines`]: the real ones
//! - [`Calibration`]: how many threads a recognition takes on this machine
//! - [`Pipe`], [`ConversationHandle`]: the same as traits, for servers tested without models

mod calibration;
mod check;
mod config;
mod context;
mod draft;
mod engines;
mod error;
mod event;
mod holes;
mod interpreter;
mod listen;
mod load;
mod overlap;
mod pipe;
mod queue;
mod recognising;
mod talk;
mod workers;

pub use calibration::{Calibration, Measured};
pub use config::InterpreterConfig;
pub use context::context_of;
pub use engines::{
    Effort, Engines, Heard, Known, Recognise, Rendered, Speak, Translate, VoiceActivityFactory,
};
pub use error::InterpreterError;
pub use event::{HeardSound, PipeEvent, SettledSpeech, Stage};
pub use interpreter::{Capacity, Conversation, Interpreter};
pub use listen::FALLS_SILENT_MS;
pub use load::load_engines;
pub use pipe::{ConversationHandle, Pipe};
pub use tolkebot_asr::{Expected, SpokenIn};
