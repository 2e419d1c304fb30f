//! `limbeck revision --autogenerate`.

mod draft;
mod native;
mod prove;
mod review;
mod sections;
mod write;

pub(crate) use draft::Generated;
pub(crate) use draft::draft;
pub(crate) use prove::prove;
pub(crate) use prove::try_out;
pub(crate) use sections::Sections;

use limbeck_core::diff::Diff;
use limbeck_core::diff::Rename;
use limbeck_core::graph::RevisionId;
use limbeck_core::graph::Rows;
use serde::Serialize;

use crate::ask::ask;
use crate::ask::can_ask;
use crate::comparison::Comparison;
use crate::context::Context;
use crate::differences::RenameArgs;
use crate::differences::as_flag;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::new_script::Planned;
use crate::output::Answer;
use crate::output::Layout;
use crate::output::Verbosity;
use crate::schema_source;
use crate::schema_source::Found;
use crate::schema_source::ScratchArgs;

/// How a revision is made from the models.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct AutogenerateArgs {
    /// Write what leads from the revisions to the models
    #[arg(long)]
    pub(crate) autogenerate: bool,

    #[command(flatten)]
    pub(crate) renames: RenameArgs,

    #[command(flatten)]
    scratch: ScratchArgs,

    /// With --autogenerate: nothing else has a new name; what looks like that is dropped and made anew
    #[arg(long, requires = "autogenerate")]
    no_rename: bool,

    /// With --autogenerate: do not try the revision in a scratch database
    #[arg(long, requires = "autogenerate")]
    pub(crate) no_prove: bool,
}

impl AutogenerateArgs {
    /// Those of the flag alone.
    pub(crate) fn asked_for() -> Self {
        Self {
            autogenerate: true,
            ..Self::default()
        }
    }
}

/// Nothing was written: no path, and no revision.
#[derive(Serialize)]
struct NothingAnswer {
    revision: Option<String>,
}

impl Answer for NothingAnswer {
    fn text(&self, _layout: Layout) -> String {
        String::new()
    }
}

/// What leads from all revisions to the models; none when nothing does.
pub(crate) async fn generate(
    args: &AutogenerateArgs,
    planned: &Planned,
    context: &mut Context<'_>,
) -> Result<Option<Generated>, CommandError> {
    let said = args.renames.read()?;
    refuse_a_part(planned.parents(), context)?;
    let (from, to) = schema_source::both("heads", "models", &args.scratch, context).await?;
    refuse_empty_models(&from, &to)?;
    let mut found = Comparison::between(&from, &to, &said)?;
    if !args.no_rename && !found.diff.possible_renames.is_empty() {
        let agreed = agreed_renames(&found.diff, context)?;
        found = Comparison::between(&from, &to, &[said, agreed].concat())?;
    }
    let found = found.rewritten(&from, context);
    if found.is_empty() {
        nothing(&from, &to, context)?;
        return Ok(None);
    }
    draft(&from, &to, &found, planned, context).await.map(Some)
}

/// Says that there is no difference, between what, and what was not looked at.
fn nothing(from: &Found, to: &Found, context: &mut Context<'_>) -> Result<(), CommandError> {
    let notes = context.output.notes();
    notes.line(&format!(
        "no difference between {} and {}",
        from.counted(),
        to.counted()
    ));
    if context.output.verbosity() == Verbosity::Verbose {
        to.names().for_each(|name| notes.line(&format!("  {name}")));
        to.hidden
            .iter()
            .for_each(|name| notes.line(&format!("  {name} (ignored)")));
    }
    context.output.answer(&NothingAnswer { revision: None })
}

/// The models are those of all revisions, and so is what leads to them.
fn refuse_a_part(parents: &[RevisionId], context: &Context<'_>) -> Result<(), CommandError> {
    let scripts = context.scripts()?;
    let heads = scripts.graph().resolve("heads", &Rows::default())?;
    if heads.iter().all(|head| parents.contains(head)) {
        return Ok(());
    }
    let message = "the models are those of all revisions, and this one would go on from a part of them";
    Err(CommandError::new(ErrorKind::Target, message)
        .with_hint("`--head heads` goes on from all of them; `limbeck merge` joins several heads first"))
}

/// Models without a table are more likely a file that was not written than the wish to drop everything.
fn refuse_empty_models(from: &Found, to: &Found) -> Result<(), CommandError> {
    if !to.schema.tables.is_empty() || from.schema.tables.is_empty() {
        return Ok(());
    }
    let message = format!(
        "{} has no table at all, and everything would be dropped",
        to.words
    );
    Err(CommandError::new(ErrorKind::DataLoss, message)
        .with_hint("where that is meant, write the revision by hand: `limbeck diff` shows its statements"))
}

/// Nothing is dropped and made anew that may only have another name, unless somebody says so: by a flag, or asked.
fn agreed_renames(found: &Diff, context: &Context<'_>) -> Result<Vec<Rename>, CommandError> {
    if !can_ask(context) {
        return Err(unasked(found));
    }
    let mut agreed = Vec::new();
    for rename in &found.possible_renames {
        match ask(&format!("is it a new name for the same: {rename}?"), context) {
            Some(true) => agreed.push(rename.clone()),
            Some(false) => {}
            None => return Err(unasked(found)),
        }
    }
    Ok(agreed)
}

fn unasked(found: &Diff) -> CommandError {
    let flags: Vec<String> = found.possible_renames.iter().map(as_flag).collect();
    let first = found.possible_renames.first();
    let first = first.map(ToString::to_string).unwrap_or_default();
    let message = format!("{first} may be a new name for the same, and would be dropped and made anew");
    CommandError::new(ErrorKind::DataLoss, message)
        .with_hint(format!("say that it is one: `{}`", flags.join(" ")))
        .with_hint("say that nothing has a new name: `--no-rename`")
}
