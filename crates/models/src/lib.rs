//! Placeholder for models.
