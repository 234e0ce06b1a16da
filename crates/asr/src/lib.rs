//! Placeholder for asr.
