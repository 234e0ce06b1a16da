//! Placeholder for document.
