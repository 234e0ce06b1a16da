//! Placeholder for tts.
