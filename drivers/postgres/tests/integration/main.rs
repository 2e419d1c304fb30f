//! What the dialect writes, each snapshot a script that an empty database takes; and what the driver does on real servers.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod alter_column;
mod catalogue;
mod columns;
mod constraints;
mod conversions;
mod engine;
mod files;
mod indexes;
mod introspect;
mod literals;
mod merging;
mod names;
mod renames;
mod round_trips;
mod rows;
mod session;
mod support;
mod tables;
mod types;
mod versions;
mod views;
