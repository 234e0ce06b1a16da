//! Placeholder for form.
