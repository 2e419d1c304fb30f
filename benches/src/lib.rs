//! How fast Limbeck is, measured.
//!
//! `limbeck-bench`, which `cargo xtask bench` builds and runs, measures the `limbeck` command beside its floors (the
//! engines' own clients on the same work) and beside other tools. A [row](rows::Row) is one kind of work with its target:
//! a new one is one more file in `rows/`.

pub mod arguments;
pub mod as_sent;
pub mod bench;
pub mod clients;
pub mod corpus;
pub mod engine;
pub mod error;
pub mod measure;
pub mod outcome;
pub mod peak;
pub mod peers;
pub mod place;
pub mod program;
pub mod report;
pub mod rows;
pub mod run;
pub mod work;
