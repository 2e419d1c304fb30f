//! `limbeck status`.

use limbeck_core::driver::Holder;
use limbeck_core::history::Doubt;
use limbeck_core::history::JournalDirection;
use limbeck_core::history::Progress;
use serde::Serialize;

use crate::answers::at;
use crate::context::Context;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::output::Answer;
use crate::output::Layout;
use crate::output::Paint;
use crate::output::paint;
use crate::output::plain;

/// Show where the database is and what is to do
#[derive(Debug, clap::Args)]
pub(crate) struct StatusArgs {
    /// Exit with 1 when revisions are pending, unknown or edited, or a step is unfinished or in doubt
    #[arg(long)]
    exit_code: bool,
}

#[derive(Serialize)]
struct StatusAnswer {
    revisions: Vec<String>,
    heads: Vec<String>,
    pending: Vec<String>,
    unknown: Vec<String>,
    doubt: Option<Doubt>,
    lock: Option<Holder>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lock_error: Option<String>,
    unfinished: Option<Unfinished>,
    edited: Vec<String>,
    running: Option<Doubt>,
    #[serde(skip)]
    database: String,
    #[serde(skip)]
    origin: Option<String>,
    #[serde(skip)]
    messages: Vec<String>,
}

/// A step that has run in part.
#[derive(Serialize)]
struct Unfinished {
    revision: String,
    direction: JournalDirection,
    done: usize,
    statements: usize,
}

impl From<Progress> for Unfinished {
    fn from(progress: Progress) -> Self {
        Self {
            revision: progress.revision,
            direction: progress.direction,
            done: progress.done,
            statements: progress.of,
        }
    }
}

impl StatusAnswer {
    fn is_clean(&self) -> bool {
        let revisions = [&self.pending, &self.unknown, &self.edited];
        revisions.iter().all(|ids| ids.is_empty()) && self.doubt.is_none() && self.unfinished.is_none()
    }
}

impl Answer for StatusAnswer {
    fn text(&self, _layout: Layout) -> String {
        let mut text = format!("database   {}\n", self.database);
        if let Some(origin) = &self.origin {
            text.push_str(&format!("from       {}\n", plain(origin)));
        }
        text.push_str(&format!("revisions  {}\n", at(&self.revisions)));
        text.push_str(&format!("heads      {}\n", at(&self.heads)));
        if self.pending.is_empty() {
            text.push_str(&format!("pending    {}\n", paint(Paint::Good, "nothing")));
        }
        for (index, (id, message)) in self.pending.iter().zip(&self.messages).enumerate() {
            let title = if index == 0 { "pending" } else { "" };
            text.push_str(&format!(
                "{title:<10} {} {}\n",
                paint(Paint::Pending, id),
                plain(message)
            ));
        }
        for id in &self.unknown {
            text.push_str(&format!(
                "unknown    {} (no file has it)\n",
                paint(Paint::Bad, id)
            ));
        }
        for id in &self.edited {
            text.push_str(&format!(
                "edited     {} (since it was applied)\n",
                paint(Paint::Bad, id)
            ));
        }
        if let Some(step) = &self.unfinished {
            text.push_str(&plain(&format!(
                "unfinished {} of {}: {} of {} statements have run\n",
                step.direction, step.revision, step.done, step.statements
            )));
        }
        if let Some(doubt) = &self.doubt {
            text.push_str(&plain(&format!(
                "in doubt   statement {} of {} in the {} of {}, since {}\n",
                doubt.statement, doubt.statements, doubt.direction, doubt.revision, doubt.since
            )));
        }
        if let Some(running) = &self.running {
            text.push_str(&plain(&format!(
                "running    statement {} of {} in the {} of {}, since {}\n",
                running.statement, running.statements, running.direction, running.revision, running.since
            )));
        }
        if let Some(holder) = &self.lock {
            text.push_str(&format!("lock       {}\n", plain(&holder.to_string())));
        }
        if let Some(error) = &self.lock_error {
            text.push_str(&format!("lock       unknown: {}\n", plain(error)));
        }
        text
    }
}

pub(crate) async fn run(args: &StatusArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let migrator = context.reader()?;
    let status = migrator.status().await?;
    let graph = migrator.scripts().graph();
    let message = |id| {
        graph
            .get(id)
            .map(|revision| revision.message.clone())
            .unwrap_or_default()
    };
    let answer = StatusAnswer {
        database: context.database_in_words()?,
        origin: context.replaced(),
        messages: status.pending.iter().map(message).collect(),
        revisions: status.revisions,
        heads: status.heads.iter().map(ToString::to_string).collect(),
        pending: status.pending.iter().map(ToString::to_string).collect(),
        unknown: status.unknown,
        doubt: status.doubt,
        lock: status.lock,
        edited: status.edited.iter().map(ToString::to_string).collect(),
        running: status.running,
        lock_error: status.lock_error,
        unfinished: status.progress.map(Unfinished::from),
    };
    context.output.answer(&answer)?;
    if args.exit_code && !answer.is_clean() {
        return Ok(Exit::Found);
    }
    Ok(Exit::Success)
}
