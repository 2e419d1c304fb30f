//! The registry's history is whole: it loads, and it leads both ways.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod graph;
mod rendered;
mod replay;
mod run;
