//! What the dialects write, for both engines.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod alter_table;
mod catalogue;
mod checked_first;
mod columns;
mod constraints;
mod create_table;
mod engine;
mod files;
mod foreign_keys;
mod indexes;
mod introspect;
mod literals;
mod one_statement;
mod renames;
mod round_trips;
mod rows;
mod schema_needed;
mod session;
mod support;
mod types;
mod versions;
mod views;
