//! The server from outside: real sockets, a scripted interpreter.

#![allow(clippy::unwrap_used)] // helpers of tests are tests

mod access;
mod common;
mod conversation;
mod durability;
mod limits;
