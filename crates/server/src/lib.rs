//! The server: WebSocket conversations, the HTTP API, the web client's files.
//!
//! - [`Server`]: binds, serves, stops
//! - [`ServerConfig`]: settings from `config.toml` and the environment
//! - [`Clock`]: the time, handed in
//!
//! One task per running case takes in what its clients say and what the interpreter hears, appends
//! events to the log first and shows them afterwards. Every queue is bounded, and trouble of one
//! client or conversation stays there.
//!
//! Not in here yet: sign-in (see the `access` module) and TLS (put a proxy in front).

mod access;
mod case;
mod clock;
mod config;
mod http;
mod limits;
mod metrics;
mod outbox;
mod server;
mod socket;
mod state;
mod web;

pub use clock::{Clock, SystemClock};
pub use config::{ConfigError, Limits, ServerConfig, Timeouts};
pub use server::{Server, ServerError};
