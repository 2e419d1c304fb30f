//! The driver on real files and with real processes.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod child;
mod engine;
mod killed;
mod support;

mod backup;
mod cancel;
mod catalogue;
mod data;
mod dialect;
mod files;
mod introspect;
mod locks;
mod rebuild;
mod round_trips;
mod statements;
