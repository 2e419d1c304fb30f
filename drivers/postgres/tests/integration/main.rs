//! What the dialect writes. No server is asked here: the statements of the snapshots stand for themselves, and each
//! snapshot is a script that an empty database takes.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod alter_column;
mod columns;
mod constraints;
mod conversions;
mod files;
mod indexes;
mod introspect;
mod literals;
mod merging;
mod names;
mod renames;
mod rows;
mod support;
mod tables;
mod types;
mod versions;
mod views;
