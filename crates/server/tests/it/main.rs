//! The server from outside: real sockets, a scripted interpreter.

#![allow(clippy::unwrap_used)] // helpers of tests are tests

mod access;
mod accounts;
mod by_hand;
mod citizen_view;
mod common;
mod conversation;
mod desk;
mod durability;
mod ending;
mod full_disk;
mod handed_in_once;
mod handing_in;
mod handover;
mod keeping;
mod kill;
mod letters;
mod limits;
mod lists;
mod logs;
mod meanwhile;
mod mitid;
mod network;
mod oidc;
mod own_cases;
mod pace;
mod reading;
mod review;
mod sent_back;
mod signing;
mod sound;
mod tls;
mod token;
mod turns;
mod two_pages;
mod typing;
mod unsaved;
mod unwritable;
mod websocket;
