//! What is done to a table of many rows, by a revision and by a client.

use std::path::Path;

use super::engine_of;
use crate::bench::Bench;
use crate::clients;
use crate::clients::Installed;
use crate::corpus::BigTable;
use crate::error::BenchError;
use crate::measure::Contender;
use crate::outcome::Case;
use crate::outcome::Outcome;
use crate::outcome::Role;
use crate::place::Place;
use crate::work::Work;

/// A row about a large table.
pub(super) struct OnBigTable<'a> {
    pub(super) name: &'static str,
    pub(super) limit: f64,
    pub(super) table: BigTable<'a>,
    /// What gives the table its rows, one for each number `n`.
    pub(super) insert: &'a str,
}

impl OnBigTable<'_> {
    /// Compares the second revision of the table's project with what `floor` gives, each time on a database of its own.
    pub(super) fn measure(
        &self,
        bench: &Bench,
        case: &Case,
        project: &Path,
        floor: impl Fn(&Installed, &Place) -> Work,
    ) -> Result<Vec<Outcome>, BenchError> {
        let engine = engine_of(case)?;
        let client = clients::of(engine)?;
        self.table.write(project)?;
        let place = || self.table.place(bench, project, engine, self.insert);
        let contenders = vec![
            Contender::new("limbeck", Role::Limbeck, || {
                let place = place()?;
                Ok(Work::command(bench.limbeck_on(project, &place, &["upgrade"])).keeping(place))
            }),
            Contender::new(client.name(), Role::Floor, || {
                let place = place()?;
                Ok(floor(&client, &place).keeping(place))
            }),
        ];
        Ok(vec![bench.compare(self.name, case, self.limit, contenders)?])
    }
}
