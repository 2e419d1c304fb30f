//! `limbeck diff`.

use crate::comparison::Comparison;
use crate::context::Context;
use crate::differences::DifferencesAnswer;
use crate::differences::RenameArgs;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::schema_source;
use crate::schema_source::Found;
use crate::schema_source::Reach;
use crate::schema_source::ScratchArgs;

/// Show what leads from one schema to another
///
/// A schema is that of a revision (head, an id), of the models, of the database, of another database by its URL, or of a
/// file: portable SQL, or JSON as `limbeck dump` writes it. Exits with 1 when there is a difference.
#[derive(Debug, clap::Args)]
pub(crate) struct DiffArgs {
    /// The schema that is there: a revision, models, database, a URL or a file
    #[arg(long, value_name = "SCHEMA", default_value = "heads")]
    from: String,

    /// The schema that is wanted
    #[arg(long, value_name = "SCHEMA", default_value = "models")]
    to: String,

    #[command(flatten)]
    renames: RenameArgs,

    #[command(flatten)]
    scratch: ScratchArgs,
}

pub(crate) async fn run(args: &DiffArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    show(&args.from, &args.to, &args.renames, &args.scratch, context).await
}

/// Shows the differences of two schemas; whether there are any is the exit code.
pub(crate) async fn show(
    from: &str,
    to: &str,
    renames: &RenameArgs,
    scratch: &ScratchArgs,
    context: &mut Context<'_>,
) -> Result<Exit, CommandError> {
    let said = renames.read()?;
    let (from, to) = schema_source::both(from, to, scratch, context).await?;
    let found = Comparison::between(&from, &to, &said)?
        .rewritten(&from, context)
        .told_whole(&from, &to, context)
        .await?;
    tell_what_is_not_compared(&from, &to, context);
    let answer = DifferencesAnswer::new(&from, &to, &found);
    context.output.answer(&answer)?;
    for rename in &found.diff.possible_renames {
        let flag = crate::differences::as_flag(rename);
        let line = format!("note: {rename} may be a new name for the same: `{flag}`");
        context.output.notes().line(&line);
    }
    Ok(match answer.is_empty() {
        true => Exit::Success,
        false => Exit::Found,
    })
}

/// Says which objects a comparison did not look at, and why.
fn tell_what_is_not_compared(from: &Found, to: &Found, context: &Context<'_>) {
    let is_engine = [from, to].iter().any(|found| found.live.is_some());
    let native = [from, to].into_iter().find_map(|found| match &found.reach {
        Reach::BeforeNative(revision) => Some(revision),
        Reach::All | Reach::Portable => None,
    });
    let beyond = [(from, to), (to, from)]
        .into_iter()
        .filter(|(portable, _)| portable.reach == Reach::Portable)
        .map(|(portable, engine)| (portable, engine.beyond_portable()))
        .find(|(_, count)| *count > 0);
    if let Some((portable, count)) = beyond {
        let objects = match count {
            1 => "1 object, of a kind".to_owned(),
            several => format!("{several} objects, of kinds"),
        };
        let line = format!(
            "note: {objects} that {} says nothing of, was not compared",
            portable.words
        );
        context.output.notes().line(&line);
    }
    if let (true, Some(revision)) = (is_engine, native) {
        let line = format!(
            "note: revision {revision} has native SQL or code, so only what portable SQL can say is compared; `--scratch` compares \
             all objects"
        );
        context.output.notes().line(&line);
    }
}
