//! The real command in folders of its own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod bad_input;
mod bad_revisions;
mod concurrency;
mod data;
mod data_loss;
mod dialects;
mod downgrades;
mod drift;
mod history;
mod hostile;
mod local;
mod mapping;
mod models;
mod no_driver;
mod offline;
mod pages;
mod project;
mod reference;
mod runs;
mod scripts;
mod servers;
#[cfg(unix)]
mod signals;
mod status;
