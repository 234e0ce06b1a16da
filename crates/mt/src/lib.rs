//! Placeholder for mt.
