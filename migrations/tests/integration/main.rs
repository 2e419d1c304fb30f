//! The registry's history is whole: it loads, and it leads both ways.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod data;
mod database;
mod graph;
mod models;
mod rendered;
mod replay;
mod run;
mod seeds;
mod stairway;
