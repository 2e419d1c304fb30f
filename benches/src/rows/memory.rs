//! The most memory that an upgrade takes which finds nothing to do.

use super::Row;
use super::engine_of;
use super::on_each;
use crate::bench::Applied;
use crate::bench::Bench;
use crate::bench::Scale;
use crate::engine::Engine;
use crate::error::BenchError;
use crate::outcome::Case;
use crate::outcome::Outcome;
use crate::outcome::Target;
use crate::peak;

pub(super) struct Memory;

const MEGABYTES: f64 = 48.0;

impl Row for Memory {
    fn name(&self) -> &'static str {
        "memory"
    }

    fn work(&self) -> &'static str {
        "the peak of the resident memory of `limbeck upgrade` when all revisions are applied, without a cache"
    }

    fn floor(&self) -> &'static str {
        "a limit"
    }

    fn cases(&self, scale: Scale) -> Vec<Case> {
        on_each(&Engine::ALL, &[scale.pick(10_000, 100)], "revisions")
    }

    fn measure(&self, bench: &Bench, case: &Case) -> Result<Vec<Outcome>, BenchError> {
        let applied = bench.applied(engine_of(case)?, case.size)?;
        let Applied { project, place } = &*applied;
        let peak = peak::megabytes(&bench.limbeck_on(project.path(), place, &["upgrade"]))?;
        Ok(vec![Outcome {
            row: self.name().to_owned(),
            case: case.clone(),
            target: Target::Megabytes(MEGABYTES),
            figure: peak,
            rounds: 1,
            standings: Vec::new(),
        }])
    }
}
