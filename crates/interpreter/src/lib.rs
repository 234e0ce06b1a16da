//! Placeholder for interpreter.
