//! What a command hears on its standard input.

use limbeck_core::engine::HookMoment;
use limbeck_core::engine::HookRun;
use limbeck_core::engine::StepSummary;
use limbeck_core::engine::TouchedTables;
use limbeck_core::graph::Direction;
use serde::Serialize;

use crate::answers::milliseconds;
use crate::error::ErrorKind;
use crate::error::kind_of;

/// The object.
#[derive(Serialize)]
pub(super) struct Message<'a> {
    hook: &'static str,
    run: &'a str,
    database: Database<'a>,
    direction: Direction,
    steps: Vec<Step<'a>>,
    applied: Vec<&'a str>,
    revisions: &'a [String],
    milliseconds: u64,
    step: Option<PresentStep<'a>>,
    error: Option<Failure>,
}

#[derive(Serialize)]
struct Database<'a> {
    name: &'a str,
    /// Without its secrets.
    url: String,
}

#[derive(Serialize)]
struct Step<'a> {
    revision: &'a str,
    message: &'a str,
    tables: &'a TouchedTables,
}

#[derive(Serialize)]
struct PresentStep<'a> {
    #[serde(flatten)]
    step: Step<'a>,
    milliseconds: Option<u64>,
}

#[derive(Serialize)]
struct Failure {
    kind: ErrorKind,
    message: String,
}

impl<'a> From<&'a StepSummary> for Step<'a> {
    fn from(step: &'a StepSummary) -> Self {
        Self {
            revision: step.revision.as_str(),
            message: &step.message,
            tables: &step.tables,
        }
    }
}

impl<'a> Message<'a> {
    /// What is said of a moment of a run on the database of this name.
    pub(super) fn new(database: &'a str, run: &HookRun<'a>, moment: &HookMoment<'a>) -> Self {
        let elapsed = match moment {
            HookMoment::AfterStep { elapsed, .. } => Some(milliseconds(*elapsed)),
            _ => None,
        };
        let error = match moment {
            HookMoment::Failure { error, .. } => Some(Failure {
                kind: kind_of(error),
                message: error.to_string(),
            }),
            _ => None,
        };
        Self {
            hook: moment.word(),
            run: run.id,
            database: Database {
                name: database,
                url: run.database.to_string(),
            },
            direction: run.direction,
            steps: run.steps.iter().map(Step::from).collect(),
            applied: run.applied.iter().map(|step| step.revision.as_str()).collect(),
            revisions: run.revisions,
            milliseconds: milliseconds(run.elapsed),
            step: moment.step().map(|step| PresentStep {
                step: step.into(),
                milliseconds: elapsed,
            }),
            error,
        }
    }
}
