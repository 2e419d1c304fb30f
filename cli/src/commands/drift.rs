//! `limbeck drift`.

use std::path::PathBuf;

use limbeck_core::graph::RevisionId;
use limbeck_core::graph::Rows;
use serde::Serialize;

use crate::autogenerate;
use crate::comparison::Comparison;
use crate::context::Context;
use crate::differences::DifferencesAnswer;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::exit::Exit;
use crate::new_script;
use crate::new_script::NewScriptArgs;
use crate::new_script::Planned;
use crate::output::Answer;
use crate::output::Layout;
use crate::output::plain;
use crate::schema_source;
use crate::schema_source::Found;
use crate::schema_source::Reach;
use crate::schema_source::ScratchArgs;

/// How often the database is read while another process changes it.
const READINGS: usize = 5;

/// Show what of the database is not what the applied revisions have made
///
/// Exits with 5 when there is something. Nothing is written, but by --fix the file of a revision.
#[derive(Debug, clap::Args)]
pub(crate) struct DriftArgs {
    /// Write a revision about it
    #[arg(long, value_enum, value_name = "HOW")]
    fix: Option<Fix>,

    /// With --fix: do not try the revision in a scratch database
    #[arg(long, requires = "fix")]
    no_prove: bool,

    #[command(flatten)]
    new: NewScriptArgs,

    #[command(flatten)]
    scratch: ScratchArgs,
}

/// What a revision does about drift.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Fix {
    /// It makes everywhere what somebody has made here; here it is then stamped
    Adopt,
    /// Two revisions: one that makes it everywhere, which here is then stamped, and one that takes it away again
    Revert,
}

pub(crate) async fn run(args: &DriftArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    if args.fix.is_none() && args.new.is_given() {
        let message = "these options are for a new revision, which `--fix` writes";
        return Err(CommandError::new(ErrorKind::Usage, message));
    }
    let is_asked_whole = args.fix.is_some() || args.scratch.is_given();
    if !is_asked_whole && context.reader()?.is_as_left().await? == Some(true) {
        return none(context);
    }
    let (history, database) = read(args, context).await?;
    let found = Comparison::between(&history, &database, &[])?;
    if found.is_empty() {
        refuse_half_a_comparison(&history, context).await?;
        return none(context);
    }
    match args.fix {
        None => {
            let found = found.told_whole(&history, &database, context).await?;
            context
                .output
                .answer(&DifferencesAnswer::new(&history, &database, &found))?;
            context
                .output
                .notes()
                .line("`limbeck drift --fix adopt` or `--fix revert` writes a revision about it");
            Ok(Exit::Drift)
        }
        Some(fix) => write(fix, args, &Both { history, database }, context).await,
    }
}

/// What the command has written.
#[derive(Serialize)]
struct FixAnswer {
    revisions: Vec<String>,
    paths: Vec<String>,
}

impl Answer for FixAnswer {
    fn text(&self, _layout: Layout) -> String {
        self.paths
            .iter()
            .map(|path| format!("{}\n", plain(path)))
            .collect()
    }
}

/// What the applied revisions make, and what is there: read again while another process changes it.
async fn read(args: &DriftArgs, context: &mut Context<'_>) -> Result<(Found, Found), CommandError> {
    for _ in 0..READINGS {
        let before = context.rows().await?;
        let both = schema_source::both("current", "database", &args.scratch, context).await;
        if context.rows().await?.0 == before.0 {
            return both;
        }
    }
    let message = "another process changes the database all the time";
    Err(CommandError::new(ErrorKind::Concurrent, message).with_hint("try again when it has come to its end"))
}

async fn write(
    fix: Fix,
    args: &DriftArgs,
    both: &Both,
    context: &mut Context<'_>,
) -> Result<Exit, CommandError> {
    let heads = heads_that_are_applied(context).await?;
    // What is reverted is adopted first: elsewhere it is made and taken away again, which works everywhere.
    let usual = NewScriptArgs::default();
    let adopts = match fix {
        Fix::Adopt => &args.new,
        Fix::Revert => &usual,
    };
    let planned = new_script::plan(adopts, heads, &[], "Adopt what is in the database", context)?;
    let adopted = planned.id().clone();
    let path = leads(&both.history, &both.database, &planned, args, context).await?;
    let mut answer = FixAnswer {
        revisions: vec![adopted.to_string()],
        paths: vec![path.display().to_string()],
    };
    let called = context.called().to_owned();
    let mut next = format!("it is here already: `{called} stamp {adopted}`");
    if fix == Fix::Revert {
        let back = back(both, &adopted, args, context).await;
        let (revision, path) = back.map_err(|error| new_script::take_back(&path, error))?;
        answer.revisions.push(revision.to_string());
        answer.paths.push(path.display().to_string());
        next =
            format!("the first one is here already: `{called} stamp {adopted}`, and then `{called} upgrade`");
    }
    context.output.answer(&answer)?;
    context.output.notes().line(&next);
    if fix == Fix::Adopt && context.config()?.models()?.is_some() {
        let line = "the models do not have it yet: until they do, `check` wants to take it away again";
        context.output.notes().line(line);
    }
    Ok(Exit::Success)
}

/// What the revisions make, and what is there.
struct Both {
    history: Found,
    database: Found,
}

async fn back(
    both: &Both,
    adopted: &RevisionId,
    args: &DriftArgs,
    context: &Context<'_>,
) -> Result<(RevisionId, PathBuf), CommandError> {
    let usual = "Revert what was changed by hand";
    let planned = new_script::plan(&args.new, vec![adopted.clone()], &[], usual, context)?;
    let path = leads(&both.database, &both.history, &planned, args, context).await;
    // A command that runs after the file is written may fail, and half of the pair is worth nothing.
    let path = path.map_err(|error| match planned.path() {
        Ok(path) => new_script::take_back(&path, error),
        Err(_) => error,
    })?;
    Ok((planned.id().clone(), path))
}

/// Writes a revision that leads from one to the other.
async fn leads(
    from: &Found,
    to: &Found,
    planned: &Planned,
    args: &DriftArgs,
    context: &Context<'_>,
) -> Result<PathBuf, CommandError> {
    let found = Comparison::between(from, to, &[])?;
    let generated = autogenerate::draft(from, to, &found, planned, context).await?;
    if !args.no_prove {
        autogenerate::prove(planned, &generated, context).await?;
    }
    planned.write_filled(&generated.sections, context)
}

/// A new revision goes on from all others, and so must the database be there.
async fn heads_that_are_applied(context: &Context<'_>) -> Result<Vec<RevisionId>, CommandError> {
    let scripts = context.scripts()?;
    let heads = scripts.graph().resolve("heads", &Rows::default())?;
    let rows = context.rows().await?;
    let applied = scripts.graph().resolve("current", &rows)?;
    if heads.iter().all(|head| applied.contains(head)) {
        return Ok(heads);
    }
    let message = "the database is behind the revisions, and a new one goes on from all of them";
    Err(CommandError::new(ErrorKind::Target, message).with_hint("`limbeck upgrade` first"))
}

/// Nothing that portable SQL can say is different; but a fingerprint may say that something else is.
async fn refuse_half_a_comparison(history: &Found, context: &Context<'_>) -> Result<(), CommandError> {
    let Reach::BeforeNative(revision) = &history.reach else {
        return Ok(());
    };
    let changed = context.reader()?.is_as_left().await? == Some(false);
    let message = match changed {
        true => "the database is not as the last run left it, and only portable SQL was compared".to_owned(),
        false => format!("what native SQL or code of revision {revision} has made was not compared"),
    };
    Err(CommandError::new(
        if changed {
            ErrorKind::Drift
        } else {
            ErrorKind::Unsupported
        },
        message,
    )
    .with_hint("`--scratch` applies the revisions in a scratch database, and compares all objects"))
}

#[derive(Serialize)]
struct NoDriftAnswer {
    operations: [(); 0],
    objects: [(); 0],
    left: [(); 0],
}

impl Answer for NoDriftAnswer {
    fn text(&self, layout: Layout) -> String {
        match layout.quiet {
            true => String::new(),
            false => "no drift: the database is what its revisions have made\n".to_owned(),
        }
    }
}

fn none(context: &mut Context<'_>) -> Result<Exit, CommandError> {
    context.output.answer(&NoDriftAnswer {
        operations: [],
        objects: [],
        left: [],
    })?;
    Ok(Exit::Success)
}
