//! The core's integration tests: one binary, one module a topic.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod config_database;
mod config_files;
mod docs;
mod graph_edges;
mod graph_expressions;
mod graph_faults;
mod graph_model;
mod graph_oracle;
mod graph_plans;
mod graph_scale;
mod models;
mod rust_operations;
mod script_checksum;
mod script_faults;
mod script_files;
mod script_text;
