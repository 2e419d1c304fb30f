//! `limbeck drift`.

use limbeck_core::graph::Rows;
use serde::Serialize;

use crate::autogenerate;
use crate::autogenerate::Start;
use crate::comparison::Comparison;
use crate::context::Context;
use crate::differences::DifferencesAnswer;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::exit::Exit;
use crate::new_script;
use crate::new_script::NewScriptArgs;
use crate::output::Answer;
use crate::output::Layout;
use crate::schema_source;
use crate::schema_source::Found;
use crate::schema_source::Reach;
use crate::schema_source::ScratchArgs;

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
    /// It makes here again what the revisions say
    Revert,
}

pub(crate) async fn run(args: &DriftArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    if args.fix.is_none() && args.new.is_given() {
        let message = "these options are for a new revision, which `--fix` writes";
        return Err(CommandError::new(ErrorKind::Usage, message));
    }
    if context.reader()?.is_as_left().await? == Some(true) && args.fix.is_none() {
        return none(context);
    }
    let (history, database) = schema_source::both("current", "database", &args.scratch, context).await?;
    let found = Comparison::between(&history, &database, &[])?;
    if found.is_empty() {
        refuse_half_a_comparison(&history, context).await?;
        return none(context);
    }
    match args.fix {
        None => {
            context
                .output
                .answer(&DifferencesAnswer::new(&history, &database, &found))?;
            context
                .output
                .notes()
                .line("`limbeck drift --fix adopt` or `--fix revert` writes a revision about it");
            Ok(Exit::Drift)
        }
        Some(fix) => write(fix, args, history, database, found, context).await,
    }
}

async fn write(
    fix: Fix,
    args: &DriftArgs,
    history: Found,
    database: Found,
    found: Comparison,
    context: &mut Context<'_>,
) -> Result<Exit, CommandError> {
    let scripts = context.scripts()?;
    let heads = scripts.graph().resolve("heads", &Rows::default())?;
    let rows = context.rows().await?;
    let applied = scripts.graph().resolve("current", &rows)?;
    if heads.iter().any(|head| !applied.contains(head)) {
        let message = "the database is behind the revisions, and a new one goes on from all of them";
        return Err(CommandError::new(ErrorKind::Target, message).with_hint("`limbeck upgrade` first"));
    }
    let usual = match fix {
        Fix::Adopt => "Adopt what is in the database",
        Fix::Revert => "Revert what was changed by hand",
    };
    let planned = new_script::plan(&args.new, heads, &[], usual, context)?;
    let generated = match fix {
        Fix::Adopt => {
            autogenerate::draft(history, database, found, Start::History, &planned, context).await?
        }
        Fix::Revert => {
            let found = Comparison::between(&database, &history, &[])?;
            autogenerate::draft(database, history, found, Start::Database, &planned, context).await?
        }
    };
    let id = planned.id().to_string();
    let exit = planned.generated(!args.no_prove, &generated, context).await?;
    let called = context.called();
    let next = match fix {
        Fix::Adopt => format!("here it is there already: `{called} stamp {id}`"),
        Fix::Revert => format!("`{called} upgrade` reverts it"),
    };
    context.output.notes().line(&next);
    Ok(exit)
}

/// Nothing that portable SQL can say is different; but a fingerprint may say that something else is.
async fn refuse_half_a_comparison(history: &Found, context: &Context<'_>) -> Result<(), CommandError> {
    let Reach::BeforeNative(revision) = &history.reach else {
        return Ok(());
    };
    let changed = context.reader()?.is_as_left().await? == Some(false);
    let message = match changed {
        true => "the database is not as the last run left it, and only portable SQL was compared".to_owned(),
        false => format!("what the native SQL of revision {revision} has made was not compared"),
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
