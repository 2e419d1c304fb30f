//! The real command in folders of its own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod against;
mod bad_input;
mod bad_revisions;
mod concurrency;
mod data;
mod data_loss;
mod delivery;
mod dialects;
mod downgrades;
mod drift;
mod git;
mod history;
mod hostile;
mod inserted;
mod mapping;
mod models;
mod no_driver;
mod offline;
mod pages;
mod project;
mod rebase;
mod reference;
mod runs;
mod scripts;
mod servers;
#[cfg(unix)]
mod signals;
mod status;
mod workflow;
