//! Placeholder for casework.
