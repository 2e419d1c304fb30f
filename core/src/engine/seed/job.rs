//! What a run of seeds does, one after another.

use std::sync::Arc;

use super::due::DueSeed;
use super::sql::SeedStatement;
use crate::schema::Name;
use crate::schema::Schema;
use crate::schema::Table;
use crate::seed::RowSeed;
use crate::seed::Seed;

/// Seeds that are ready to be written, and the schema that they were made ready for.
pub(super) struct Prepared<'a> {
    pub(super) due: &'a [DueSeed<'a>],
    pub(super) schema: Schema,
    pub(super) jobs: Vec<Job<'a>>,
}

/// A seed, or one way through its rows.
pub(super) struct Job<'a> {
    /// Which seed, by its place among those that are due.
    pub(super) seed: usize,
    pub(super) work: Work<'a>,
}

/// What is to be done.
pub(super) enum Work<'a> {
    Statements(Vec<SeedStatement>),
    Rows(Box<RowPass<'a>>),
    Code(&'a Arc<dyn Seed>),
}

/// One way through the rows of a file.
pub(super) struct RowPass<'a> {
    pub(super) rows: &'a RowSeed,
    pub(super) table: Table,
    /// The columns by which a row is found.
    pub(super) key: Vec<Name>,
    /// The columns that rows which are there get their values in.
    pub(super) update: Vec<Name>,
    /// The columns that stay NULL for now.
    pub(super) without: Vec<Name>,
    /// Whether the table had no rows when it was looked at, so that these most probably take nobody's place.
    pub(super) is_new: bool,
}

impl Prepared<'_> {
    /// Whether a job is the first of its seed.
    pub(super) fn is_first(&self, job: usize) -> bool {
        self.jobs.iter().position(|other| self.is_same(job, other)) == Some(job)
    }

    /// Whether a job is the last of its seed.
    pub(super) fn is_last(&self, job: usize) -> bool {
        self.jobs.iter().rposition(|other| self.is_same(job, other)) == Some(job)
    }

    fn is_same(&self, job: usize, other: &Job<'_>) -> bool {
        self.jobs.get(job).is_some_and(|job| job.seed == other.seed)
    }
}
