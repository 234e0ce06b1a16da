//! Placeholder for values.
