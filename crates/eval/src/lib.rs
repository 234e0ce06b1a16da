//! Placeholder for eval.
