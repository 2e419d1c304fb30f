//! How fast Limbeck is, measured.
//!
//! `cargo bench` measures the core alone. What is measured are histories, schemas, texts and projects of any size, the same
//! in every run: the [corpus].
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

/// The sizes to measure. `cargo test` runs every benchmark once and wants the smallest alone; `cargo bench` says so.
pub fn sizes(all: &[usize]) -> &[usize] {
    let measures = std::env::args().any(|argument| argument == "--bench");
    let wanted = if measures { all.len() } else { 1 };
    all.get(..wanted).unwrap_or(all)
}
