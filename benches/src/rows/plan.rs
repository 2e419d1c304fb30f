//! Plans of a very long history, in memory.

use std::time::Instant;

use limbeck_core::graph::Ahead;
use limbeck_core::graph::Revision;
use limbeck_core::graph::RevisionGraph;
use limbeck_core::graph::RevisionId;
use limbeck_core::graph::Rows;

use super::Row;
use crate::bench::Bench;
use crate::bench::Scale;
use crate::error::BenchError;
use crate::measure::median;
use crate::outcome::Case;
use crate::outcome::Outcome;
use crate::outcome::Target;

pub(super) struct Plan;

/// For 100,000 revisions; shorter histories have the same share of it, as the time is to be linear.
const SECONDS: f64 = 0.2;
const REVISIONS: f64 = 100_000.0;

impl Row for Plan {
    fn name(&self) -> &'static str {
        "plan"
    }

    fn work(&self) -> &'static str {
        "the plan of all revisions up, and of all down, in memory"
    }

    fn floor(&self) -> &'static str {
        "a limit that grows with the number of revisions and no faster"
    }

    fn cases(&self, scale: Scale) -> Vec<Case> {
        let sizes: &[usize] = scale.pick(&[10_000, 100_000], &[10_000]);
        let cases = sizes
            .iter()
            .flat_map(|size| ["up", "down"].map(|word| Case::offline(*size, format!("revisions, {word}"))));
        cases.collect()
    }

    fn measure(&self, bench: &Bench, case: &Case) -> Result<Vec<Outcome>, BenchError> {
        let graph = graph(case.size)?;
        let head: Rows = graph.heads().map(|head| head.id.as_str()).collect();
        let rounds = bench.rounds().most;
        let mut times = Vec::with_capacity(rounds);
        for _ in 0..rounds {
            let begin = Instant::now();
            let plan = match case.unit.ends_with("up") {
                true => graph.plan_upgrade(&Rows::empty(), "heads", Ahead::Refuse),
                false => graph.plan_downgrade(&head, "base", &[]),
            };
            let plan = plan.map_err(|error| BenchError::unreadable(self.name(), error))?;
            times.push(begin.elapsed().as_secs_f64());
            if plan.steps.len() != case.size {
                return Err(BenchError::unreadable(
                    self.name(),
                    "not all revisions are planned",
                ));
            }
        }
        Ok(vec![Outcome {
            row: self.name().to_owned(),
            case: case.clone(),
            target: Target::Seconds(SECONDS * case.size as f64 / REVISIONS),
            figure: median(times).unwrap_or_default(),
            rounds,
            standings: Vec::new(),
        }])
    }
}

/// A history with a branch and a merge at every tenth revision.
fn graph(size: usize) -> Result<RevisionGraph, BenchError> {
    let id = |number: usize| {
        let id = RevisionId::new(format!("r{number:06}"));
        id.map_err(|error| BenchError::unreadable("a revision", error))
    };
    let mut revisions = Vec::with_capacity(size);
    for number in 0..size {
        let mut revision = Revision::new(id(number)?, format!("r{number:06}.sql"));
        let parents: &[usize] = match number % 10 {
            _ if number == 0 => &[],
            // Two beside each other, and one that joins them.
            2 => &[2],
            3 => &[1, 2],
            _ => &[1],
        };
        for back in parents {
            revision.revises.push(id(number - back)?);
        }
        revisions.push(revision);
    }
    RevisionGraph::new(revisions).map_err(|faults| BenchError::unreadable("the graph", faults))
}
