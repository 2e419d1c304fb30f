//! What is measured: histories, texts and schemas of any size, the same in every run.

pub mod history;
pub mod schema;
pub mod text;

/// The sizes to measure. `cargo test` runs every benchmark once and wants the smallest alone; `cargo bench` says so.
pub fn sizes(all: &[usize]) -> &[usize] {
    let measures = std::env::args().any(|argument| argument == "--bench");
    let wanted = if measures { all.len() } else { 1 };
    all.get(..wanted).unwrap_or(all)
}
