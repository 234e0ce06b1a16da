//! Placeholder for audio.
