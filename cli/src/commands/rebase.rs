//! `limbeck rebase`.

mod allowed;
mod choice;
mod write;

use limbeck_core::graph::RebaseError;
use limbeck_core::graph::Reparented;
use limbeck_core::graph::RevisionId;
use limbeck_core::script::ScriptSet;
use serde::Serialize;

use self::choice::Choice;
use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::exit::Exit;
use crate::output::Answer;
use crate::output::Layout;
use crate::output::Paint;
use crate::output::paint;
use crate::output::plain;

/// Put own revisions on top of those of others
///
/// After a merge of git has left two heads, the own branch comes on top of the other one: the first of its revisions
/// gets another line `limbeck:revises`, and nothing else changes. Own is what REF of --against does not have, else what
/// origin/HEAD does not have, else what is not applied. A revision that lies below the others comes out from there. What
/// is applied is not moved.
#[derive(Debug, clap::Args)]
pub(crate) struct RebaseArgs {
    /// What comes on top, with all that is below it alone; the first comes lowest [default: the own heads]
    #[arg(value_name = "REVISION")]
    revisions: Vec<String>,

    /// On top of what [default: the other head]
    #[arg(long, value_name = "TARGET")]
    onto: Option<String>,

    /// Own is what this branch, tag or commit of git does not have
    #[arg(long, value_name = "REF")]
    against: Option<String>,

    /// Write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Serialize)]
struct RebaseAnswer {
    rebased: Vec<Rebased>,
    #[serde(skip)]
    only_head: Option<RevisionId>,
    #[serde(skip)]
    dry_run: bool,
}

#[derive(Serialize)]
struct Rebased {
    revision: String,
    from: Vec<String>,
    revises: Vec<String>,
    file: String,
}

impl Rebased {
    fn new(change: &Reparented, file: &str) -> Self {
        let texts = |ids: &[RevisionId]| ids.iter().map(ToString::to_string).collect();
        Self {
            revision: change.revision.to_string(),
            from: texts(&change.from),
            revises: texts(&change.to),
            file: file.to_owned(),
        }
    }

    fn line(&self, verb: &str) -> String {
        let list = |ids: &[String]| match ids {
            [] => "nothing".to_owned(),
            ids => ids.join(", "),
        };
        format!(
            "{} {verb} {}, not {} ({})\n",
            paint(Paint::Revision, &self.revision),
            list(&self.revises),
            list(&self.from),
            plain(&self.file)
        )
    }
}

impl Answer for RebaseAnswer {
    fn text(&self, _layout: Layout) -> String {
        if self.rebased.is_empty() {
            return match &self.only_head {
                Some(head) => format!("nothing to rebase: {head} is the only head\n"),
                None => "nothing to rebase: all stands where it should\n".to_owned(),
            };
        }
        let verb = match self.dry_run {
            true => "would revise",
            false => "revises",
        };
        self.rebased.iter().map(|change| change.line(verb)).collect()
    }
}

pub(crate) async fn run(args: &RebaseArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let scripts = context.scripts()?;
    let changes = match choice::choose(args, &scripts, context).await? {
        None => Vec::new(),
        Some(choice) => changes(&choice, &scripts, context).await?,
    };
    if !args.dry_run {
        write::write(&changes, &scripts, context)?;
    }
    let origin = |change: &Reparented| {
        let revision = scripts.graph().get(&change.revision);
        revision.map_or("", |revision| &revision.origin)
    };
    let answer = RebaseAnswer {
        rebased: changes
            .iter()
            .map(|change| Rebased::new(change, origin(change)))
            .collect(),
        only_head: only_head(args, &scripts),
        dry_run: args.dry_run,
    };
    context.output.answer(&answer)?;
    Ok(Exit::Success)
}

/// Why there is nothing to do where no revision was named.
fn only_head(args: &RebaseArgs, scripts: &ScriptSet) -> Option<RevisionId> {
    let heads: Vec<_> = scripts.graph().heads().collect();
    match heads.as_slice() {
        [head] if args.revisions.is_empty() => Some(head.id.clone()),
        _ => None,
    }
}

/// The changes that lead to what was chosen, where nothing speaks against them.
async fn changes(
    choice: &Choice,
    scripts: &ScriptSet,
    context: &Context<'_>,
) -> Result<Vec<Reparented>, CommandError> {
    let rebase = scripts.graph().plan_rebase(&choice.revisions, &choice.onto)?;
    allowed::check(&rebase.moved, choice, context).await?;
    Ok(rebase.changes)
}

impl From<RebaseError> for CommandError {
    fn from(error: RebaseError) -> Self {
        let hint = match &error {
            RebaseError::NoGraph { .. } => "a revision cannot come on top of one that depends on it",
            _ => "`limbeck history` lists all revisions",
        };
        Self::new(ErrorKind::Target, error.to_string()).with_hint(hint)
    }
}
