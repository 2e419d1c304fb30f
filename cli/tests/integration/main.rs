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
#[cfg(unix)]
mod book;
mod concurrency;
mod data;
mod data_loss;
mod delivery;
mod dialects;
mod downgrades;
mod drift;
mod git;
mod history;
#[cfg(unix)]
mod hooks;
mod hostile;
mod inserted;
mod local;
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
mod seeds;
mod servers;
mod settled;
#[cfg(unix)]
mod signals;
mod stairway;
mod status;
mod transactions;
mod workflow;
