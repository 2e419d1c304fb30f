//! `limbeck plan`.

use limbeck_core::engine::Action;
use limbeck_core::engine::CompiledStep;
use limbeck_core::graph::Direction;
use serde::Serialize;

use crate::answers::at;
use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::exit::Exit;
use crate::output::Answer;
use crate::output::Layout;
use crate::output::Paint;
use crate::output::paint;
use crate::output::plain;

/// Show what upgrade or downgrade would send, and send nothing
#[derive(Debug, clap::Args)]
pub(crate) struct PlanArgs {
    /// Which way
    #[arg(value_enum, default_value = "upgrade", value_name = "DIRECTION")]
    direction: Way,

    /// The target [default for upgrade: heads]
    #[arg(value_name = "TARGET", allow_negative_numbers = true)]
    target: Option<String>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Way {
    /// As `limbeck upgrade` would
    Upgrade,
    /// As `limbeck downgrade` would
    Downgrade,
}

#[derive(Serialize)]
struct PlanAnswer {
    steps: Vec<PlannedStep>,
    heads_after: Vec<String>,
}

#[derive(Serialize)]
struct PlannedStep {
    direction: Direction,
    revision: String,
    message: String,
    transactional: bool,
    statements: Vec<Planned>,
}

/// What is sent, and what for.
#[derive(Serialize)]
struct Planned {
    kind: Kind,
    /// None where code runs.
    sql: Option<String>,
    #[serde(skip)]
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Statement,
    /// A query of the revision that must give no rows.
    Assertion,
    /// A query of limbeck's own that must give no rows, or the next statement is not sent.
    Guard,
    /// Rust code.
    Code,
}

impl Answer for PlanAnswer {
    fn text(&self, _layout: Layout) -> String {
        let mut text = String::new();
        for step in &self.steps {
            let title = format!("-- {} {} {}", step.direction, step.revision, step.message);
            let note = if step.transactional {
                ""
            } else {
                " (not in one transaction)"
            };
            text.push_str(&format!("{}{note}\n", paint(Paint::Title, title.trim_end())));
            for statement in &step.statements {
                text.push_str(&format!("{}\n", plain(&statement.text)));
            }
            text.push('\n');
        }
        let count = self.steps.len();
        let steps = if count == 1 { "step" } else { "steps" };
        format!(
            "{text}-- {count} {steps}; the database would be at {}\n",
            at(&self.heads_after)
        )
    }
}

pub(crate) async fn run(args: &PlanArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let (direction, target) = match (args.direction, args.target.as_deref()) {
        (Way::Upgrade, target) => (Direction::Upgrade, target.unwrap_or("heads")),
        (Way::Downgrade, Some(target)) => (Direction::Downgrade, target),
        (Way::Downgrade, None) => {
            let message = "a downgrade needs a target";
            return Err(CommandError::new(ErrorKind::Usage, message)
                .with_hint("`limbeck plan downgrade -1` takes the newest revision back"));
        }
    };
    let planned = context.reader()?.plan(direction, target).await?;
    for warning in &planned.warnings {
        context.output.notes().line(&format!("note: {warning}"));
    }
    context.output.answer(&PlanAnswer {
        steps: planned.steps.iter().map(PlannedStep::from).collect(),
        heads_after: planned.heads_after.iter().map(ToString::to_string).collect(),
    })?;
    Ok(Exit::Success)
}

impl From<&CompiledStep> for PlannedStep {
    fn from(step: &CompiledStep) -> Self {
        let statements = step.statements.iter();
        Self {
            direction: step.direction,
            revision: step.revision.to_string(),
            message: step.message.clone(),
            transactional: step.transactional,
            statements: statements
                .map(|statement| Planned::from(&statement.action))
                .collect(),
        }
    }
}

impl From<&Action> for Planned {
    fn from(action: &Action) -> Self {
        let sql = action.sql().map(str::to_owned);
        let sent = sql.as_ref().map(|sql| format!("{sql};")).unwrap_or_default();
        let (kind, text) = match action {
            Action::Assert(_) => (Kind::Assertion, format!("-- this must give no rows:\n{sent}")),
            Action::Guard(guard) => (
                Kind::Guard,
                format!("-- {} what this gives:\n{sent}", guard.refusal),
            ),
            Action::Code => (
                Kind::Code,
                "-- here the Rust code of the revision runs".to_owned(),
            ),
            _ => (Kind::Statement, sent),
        };
        Self { kind, sql, text }
    }
}
