//! The registry's history is whole: it loads, and it leads both ways.

#![allow(clippy::panic, reason = "a test fails by panicking")]

mod graph;
