//! Voices: text in Danish or Ukrainian → sound, sentence by sentence.
//!
//! | module | what it does |
//! |---|---|
//! | `voice` | the trait [`Voice`], its options, [`load_voice`] |
//! | `text` | what the engines read wrongly, in words; sentences; limits |
//! | `espeak` | [`EspeakVoice`], and phonemes for the other two |
//! | `kokoro` | [`KokoroVoice`]: Kokoro-82M on ONNX Runtime |
//! | `characters` | a sentence in the letters that a character voice was trained on |
//! | `piper` | [`PiperVoice`]: Piper VITS models on ONNX Runtime |
//! | `conversation` | whole conversations as sound, for fixtures and the demo |

mod characters;
mod conversation;
mod error;
mod espeak;
mod kokoro;
mod npz;
mod piper;
mod text;
mod voice;

pub use conversation::{RoomOptions, synthesise_conversation};
pub use error::TtsError;
pub use espeak::EspeakVoice;
pub use kokoro::{KokoroVoice, kokoro_phonemes};
pub use piper::PiperVoice;
pub use text::{MAX_TEXT_BYTES, spoken_sentences};
pub use voice::{Style, Voice, VoiceOptions, load_voice};
