//! An upgrade that finds nothing to do, and files that have not changed since the last one.

use super::Row;
use super::engine_of;
use super::noop;
use crate::bench::Applied;
use crate::bench::Bench;
use crate::bench::Scale;
use crate::clients;
use crate::error::BenchError;
use crate::measure::Contender;
use crate::outcome::Case;
use crate::outcome::Outcome;
use crate::outcome::Role;
use crate::work::Work;

pub(super) struct Cached;

const LIMIT: f64 = 1.5;

impl Row for Cached {
    fn name(&self) -> &'static str {
        "cached"
    }

    fn work(&self) -> &'static str {
        "the same, with the files unchanged since a run before"
    }

    fn floor(&self) -> &'static str {
        "the client's connect and one SELECT"
    }

    fn cases(&self, scale: Scale) -> Vec<Case> {
        noop::cases(scale)
    }

    fn measure(&self, bench: &Bench, case: &Case) -> Result<Vec<Outcome>, BenchError> {
        let engine = engine_of(case)?;
        let applied = bench.applied(engine, case.size)?;
        let Applied { project, place } = &*applied;
        let client = clients::of(engine)?;
        let cache = bench.folder("cache-")?;
        // The round that warms up writes the cache.
        let contenders = vec![
            Contender::new("limbeck", Role::Limbeck, || {
                let mut command = bench.limbeck_on(project.path(), place, &["upgrade"]);
                command.env("XDG_CACHE_HOME", cache.path());
                Ok(Work::command(command))
            }),
            Contender::new(client.name(), Role::Floor, || {
                Ok(Work::command(client.query(place, noop::SELECT)))
            }),
        ];
        Ok(vec![bench.compare(self.name(), case, LIMIT, contenders)?])
    }
}
