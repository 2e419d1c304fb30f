//! The registry's history is whole: it loads, and it leads both ways.

#![allow(clippy::panic, clippy::expect_used, reason = "a test says so when it fails")]

mod graph;
