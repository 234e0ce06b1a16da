//! Where TolkeBOT's models are, what they are, and how they get there.
//!
//! - [`Store`] finds a model's files on this machine.
//! - [`Manifest`] says which models there are and which [`Profile`] uses which.
//! - [`Puller`] fetches, converts and verifies models.
//! - [`convert`] makes ggml files of published Whisper models.
//! - [`processor`] says what this machine's processor lacks of what whisper.cpp is built for.
//! - [`onnx`] (feature `onnx`) loads ONNX Runtime once and opens sessions on it.

pub mod convert;
mod error;
mod manifest;
#[cfg(feature = "onnx")]
pub mod onnx;
pub mod processor;
mod pull;
mod store;

pub use error::ModelError;
pub use manifest::{
    Convert, FileEntry, Manifest, Member, Model, PerDirection, PerLanguage, Profile, Source, Task,
    TreeEntry,
};
pub use pull::{Event, Progress, Puller, Silent, State};
pub use store::Store;
