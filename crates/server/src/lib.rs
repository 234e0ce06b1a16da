//! The server: WebSocket conversations, the HTTP API, the web client's files.
//!
//! - [`Server`]: binds, serves, stops
//! - [`ServerConfig`]: settings from `config.toml` and the environment
//! - [`Clock`]: the time, handed in
//! - [`document_of`], [`receipt_of`], [`stage_of`]: a case's papers
//! - [`HandingIn`], [`Handover`], [`Channel`]: sealing and handing in, once
//! - [`Accounts`], [`AccountRole`], [`permits`]: who may sign in, and do what
//!
//! One task per running case takes in what its clients say and what the interpreter hears, appends
//! events to the log first and shows them afterwards. Every queue is bounded, and trouble of one
//! client or conversation stays there.
//!
//! Connections are counted, encrypted (rustls, if asked to) and let go when they ask for nothing.

mod access;
mod accounts;
mod appendix;
mod browser;
mod case;
mod citizen;
mod clock;
mod config;
mod delivery;
mod documents;
mod handing_in;
mod heavy;
mod http;
mod keeping;
mod letters;
mod limits;
mod listen;
mod metrics;
mod nemlogin;
mod notes;
mod oidc;
mod outbox;
mod outgoing;
mod own_cases;
mod pairing;
mod papers;
mod policy;
mod readiness;
mod review;
mod server;
mod sign_in;
mod signing;
mod socket;
mod state;
mod tablets;
mod tls;
mod web;
mod writer;

pub use accounts::{
    AccountError, AccountLine, Accounts, PasswordError, accounts_open, check_account,
};
pub use case::Vocabulary;
pub use clock::{Clock, SystemClock};
pub use config::{
    Access, ConfigError, Hidden, KeepSound, KeySettings, Limits, Oidc, Privacy, ServerConfig,
    StoreSettings, Timeouts, Tls, TlsMode, text as config_text,
};
pub use delivery::{
    Channel, ChannelKind, DeliveryConfig, DeliveryConfigError, DeliveryError, Directory, HandingIn,
    HandingInError, Handover, MemoConfig, NemLogInConfig, Outcome, Package, PackedFile, RetryError,
    SIGNATURE_HEADER, SealConfig, StampService, Stops, TokenConfig, TokenKey, TokenUri, Tries,
    Waiting, Webhook, seal_stamped, signature, try_again, waiting,
};
pub use documents::{MemoTrouble, document_of, form_of, memo_of, receipt_of, stage_of};
pub use nemlogin::{
    SignedFile, SigningError, export_for_signing, look_at_signed, package_of, take_signed,
};
pub use oidc::OidcError;
pub use policy::{AccountRole, Action, permits};
pub use server::{Server, ServerError};
pub use tls::TlsError;
