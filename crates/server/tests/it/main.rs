//! The server from outside: real sockets, a scripted interpreter.

mod access;
mod common;
mod conversation;
mod durability;
mod limits;
