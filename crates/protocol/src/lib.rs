//! What travels between TolkeBOT's server and its clients.

mod lang;

pub use lang::{Lang, Speaker, UnknownLang};
