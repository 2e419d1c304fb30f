//! `limbeck plan`.

use limbeck_core::engine::Action;
use limbeck_core::engine::CompiledStep;
use limbeck_core::engine::Message;
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
    /// What is sent, in order.
    statements: Vec<String>,
    /// What each statement is for.
    kinds: Vec<Kind>,
    /// Portable statements that are written when their turn comes.
    later: Vec<String>,
    /// What is gone afterwards.
    losses: Vec<String>,
    /// Whether Rust code runs too.
    code: bool,
    /// The files whose rows are inserted too.
    loads: Vec<PlannedLoad>,
    /// All of it, for people.
    #[serde(skip)]
    lines: Vec<String>,
}

#[derive(Serialize)]
struct PlannedLoad {
    file: String,
    table: String,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Statement,
    /// A query of the revision that must give no rows.
    Assertion,
    /// A query of limbeck's own that must give no rows, or the next statement is not sent.
    Guard,
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
            for line in &step.lines {
                text.push_str(&format!("{}\n", plain(line)));
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
        let actions = step.statements.iter().map(|statement| &statement.action);
        let before = step.before.iter().map(|sql| Message::Statement(sql));
        let sent = before.clone().chain(actions.clone().flat_map(Action::messages));
        Self {
            direction: step.direction,
            revision: step.revision.to_string(),
            message: step.message.clone(),
            transactional: step.transactional,
            statements: sent.clone().map(|message| message.sql().to_owned()).collect(),
            kinds: sent.map(Kind::of).collect(),
            later: actions.clone().flat_map(later).collect(),
            losses: step.losses.iter().map(|loss| loss.data.clone()).collect(),
            code: actions.clone().any(|action| matches!(action, Action::Code)),
            loads: actions.clone().filter_map(PlannedLoad::of).collect(),
            lines: before.map(line).chain(actions.flat_map(lines)).collect(),
        }
    }
}

impl PlannedLoad {
    fn of(action: &Action) -> Option<Self> {
        match action {
            Action::Load(load) => Some(Self {
                file: load.file.name().to_owned(),
                table: load.table.to_string(),
            }),
            _ => None,
        }
    }
}

impl Kind {
    const fn of(message: Message<'_>) -> Self {
        match message {
            Message::Assertion(_) => Self::Assertion,
            Message::Guard(_) => Self::Guard,
            _ => Self::Statement,
        }
    }
}

/// What of an action nobody can write yet.
fn later(action: &Action) -> Vec<String> {
    match action {
        Action::Render(deferred) if deferred.preview.is_none() => deferred.portable(),
        _ => Vec::new(),
    }
}

/// What an action sends, for people.
fn lines(action: &Action) -> Vec<String> {
    match action {
        Action::Code => vec!["-- here the Rust code of the revision runs".to_owned()],
        Action::Load(load) => vec![format!(
            "-- here the rows of {} are inserted into {}",
            load.file.name(),
            load.table
        )],
        other if later(other).is_empty() => other.messages().into_iter().map(line).collect(),
        other => {
            let heading = "-- written when its turn comes, from the table as it is then:".to_owned();
            let portable = later(other).join(";\n");
            let quoted = portable.lines().map(|line| format!("--   {line}"));
            [heading].into_iter().chain(quoted).collect()
        }
    }
}

fn line(message: Message<'_>) -> String {
    let sent = format!("{};", message.sql());
    match message {
        Message::Assertion(_) => format!("-- this must give no rows:\n{sent}"),
        Message::Guard(guard) => format!("-- stops if this finds rows: {} …\n{sent}", guard.refusal),
        _ => sent,
    }
}
