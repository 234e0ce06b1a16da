//! Placeholder for protocol.
