//! Placeholder for server.
