//! Results that several commands give.

use std::path::Path;
use std::time::Duration;

use limbeck_core::engine::AppliedStep;
use limbeck_core::engine::HookFailure;
use limbeck_core::engine::Report;
use limbeck_core::graph::Direction;
use serde::Serialize;

use crate::commands::seed::SeedAnswer;
use crate::exit::Exit;
use crate::output::Answer;
use crate::output::Layout;
use crate::output::Paint;
use crate::output::paint;

/// What `upgrade`, `downgrade` or `stamp` have done.
#[derive(Debug, Serialize)]
pub(crate) struct RunAnswer {
    steps: Vec<StepAnswer>,
    revisions: Vec<String>,
    /// The file of the backup that was made first.
    #[serde(skip_serializing_if = "Option::is_none")]
    backup: Option<String>,
    /// The seeds that were written behind the revisions.
    #[serde(skip_serializing_if = "Option::is_none")]
    seeds: Option<SeedAnswer>,
    /// What failed after something that the run has done.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hook_failures: Vec<HookFailure>,
    #[serde(skip)]
    stamped: bool,
}

#[derive(Debug, Serialize)]
struct StepAnswer {
    direction: Direction,
    revision: String,
    message: String,
    milliseconds: u64,
}

impl From<AppliedStep> for StepAnswer {
    fn from(step: AppliedStep) -> Self {
        Self {
            direction: step.direction,
            revision: step.revision.to_string(),
            message: step.message,
            milliseconds: milliseconds(step.elapsed),
        }
    }
}

impl RunAnswer {
    /// What `upgrade` or `downgrade` have done.
    pub(crate) fn new(report: Report) -> Self {
        Self {
            steps: report.steps.into_iter().map(StepAnswer::from).collect(),
            revisions: report.revisions,
            backup: None,
            seeds: None,
            hook_failures: report.hook_failures,
            stamped: false,
        }
    }

    /// An upgrade that has found everything applied.
    pub(crate) fn nothing_to_do(revisions: Vec<String>) -> Self {
        let mut report = Report::default();
        report.revisions = revisions;
        Self::new(report)
    }

    /// The same after a backup.
    pub(crate) fn with_backup(mut self, file: Option<&Path>) -> Self {
        self.backup = file.map(|file| file.display().to_string());
        self
    }

    /// The same with seeds behind it.
    pub(crate) fn with_seeds(mut self, seeds: SeedAnswer) -> Self {
        self.seeds = Some(seeds);
        self
    }

    /// How a command ends with this.
    pub(crate) fn exit(&self) -> Exit {
        match self.hook_failures.is_empty() {
            true => Exit::Success,
            false => Exit::Found,
        }
    }

    /// What `stamp` has done.
    pub(crate) fn stamped(report: Report) -> Self {
        Self {
            stamped: true,
            ..Self::new(report)
        }
    }

    fn done(&self) -> String {
        let up = self
            .steps
            .iter()
            .filter(|step| step.direction == Direction::Upgrade)
            .count();
        let down = self.steps.len() - up;
        match (up, down) {
            (0, 0) => "nothing to do".to_owned(),
            (up, 0) => format!("{} applied", revisions(up)),
            (0, down) => format!("{} taken back", revisions(down)),
            (up, down) => format!("{} applied, {} taken back", revisions(up), revisions(down)),
        }
    }
}

impl Answer for RunAnswer {
    fn text(&self, layout: Layout) -> String {
        if self.stamped {
            return format!("nothing was run; the database is at {}\n", at(&self.revisions));
        }
        let hooks = match self.hook_failures.len() {
            0 => String::new(),
            1 => "; 1 hook failed".to_owned(),
            number => format!("; {number} hooks failed"),
        };
        let seeds = self.seeds.as_ref().map(|seeds| seeds.text(layout));
        format!(
            "{}; the database is at {}{hooks}\n{}",
            self.done(),
            at(&self.revisions),
            seeds.unwrap_or_default()
        )
    }
}

/// A time in whole milliseconds.
pub(crate) fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// "1 revision", "2 revisions".
pub(crate) fn revisions(count: usize) -> String {
    format!("{count} revision{}", if count == 1 { "" } else { "s" })
}

/// Ids for a sentence; none of them is the base.
pub(crate) fn at(revisions: &[String]) -> String {
    if revisions.is_empty() {
        return "base".to_owned();
    }
    let painted: Vec<String> = revisions.iter().map(|id| paint(Paint::Revision, id)).collect();
    painted.join(", ")
}
