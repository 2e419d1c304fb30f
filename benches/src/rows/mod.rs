//! The kinds of work that are measured, each with its target. A new one is one more file and a line of [`ALL`].

mod alterations;
mod apply;
mod cached;
mod check;
mod first_migrate;
mod list;
mod load;
mod memory;
mod noop;
mod on_big_table;
mod plan;
mod rebuild;
mod waiting;

use crate::bench::Bench;
use crate::bench::Scale;
use crate::engine::Engine;
use crate::error::BenchError;
use crate::outcome::Case;
use crate::outcome::Outcome;

/// A kind of work.
pub trait Row: Sync {
    /// The word for it.
    fn name(&self) -> &'static str;

    /// What is done.
    fn work(&self) -> &'static str;

    /// What it is compared with.
    fn floor(&self) -> &'static str;

    /// The engines and sizes to measure, in the order of the table.
    fn cases(&self, scale: Scale) -> Vec<Case>;

    /// Measures one of them.
    ///
    /// # Errors
    /// It cannot be measured: something is not installed, or fails.
    fn measure(&self, bench: &Bench, case: &Case) -> Result<Vec<Outcome>, BenchError>;
}

/// All of them, in the order of the table.
pub static ALL: [&dyn Row; 12] = [
    &noop::NoOp,
    &cached::Cached,
    &apply::Apply,
    &list::List,
    &plan::Plan,
    &check::Check,
    &rebuild::Rebuild,
    &alterations::Alterations,
    &load::Load,
    &waiting::Waiting,
    &memory::Memory,
    &first_migrate::FirstMigrate,
];

/// The row of a name.
///
/// # Errors
/// There is none.
pub fn named(name: &str) -> Result<&'static dyn Row, BenchError> {
    let found = ALL.into_iter().find(|row| row.name() == name);
    found.ok_or_else(|| {
        let names: Vec<&str> = ALL.iter().map(|row| row.name()).collect();
        BenchError::Usage(format!("\"{name}\" is no row; there are {}", names.join(", ")))
    })
}

/// A case for each of these engines and sizes.
fn on_each(engines: &[Engine], sizes: &[usize], unit: &str) -> Vec<Case> {
    let cases = engines
        .iter()
        .flat_map(|engine| sizes.iter().map(|size| Case::on(*engine, *size, unit)));
    cases.collect()
}

/// The engine of a case that has one.
fn engine_of(case: &Case) -> Result<Engine, BenchError> {
    let engine = case.engine;
    engine.ok_or_else(|| BenchError::unreadable(case.to_string(), "the case is on no engine"))
}
