//! `limbeck revision --derive-downgrade`.

use std::path::Path;
use std::sync::Arc;

use limbeck_core::engine::Offline;
use limbeck_core::graph::GraphError;
use limbeck_core::graph::RevisionId;
use limbeck_core::graph::Rows;
use limbeck_core::script::Script;
use limbeck_core::script::ScriptSet;
use serde::Serialize;

use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::exit::Exit;
use crate::new_script::built_in;
use crate::output::Answer;
use crate::output::Layout;
use crate::output::plain;

#[derive(Serialize)]
struct FilledAnswer {
    revision: String,
    path: String,
    /// What the downgrade re-creates empty.
    losses: Vec<String>,
}

impl Answer for FilledAnswer {
    fn text(&self, _layout: Layout) -> String {
        format!("{}\n", plain(&self.path))
    }
}

/// Derives the downgrade of one revision and writes it into its file. No database is asked, but where the revision is
/// named by what is applied.
pub(crate) async fn run(expression: &str, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let scripts = Arc::new(context.scripts()?);
    let rows = context.rows_for(expression).await?;
    let revision = one(expression, &scripts, &rows)?;
    if context.source()?.locations().is_empty() {
        return Err(built_in("no file can be changed"));
    }
    let databases = context.all_offline(&scripts)?;
    let derived = Offline::derive_downgrade(&databases, &revision)?;
    let Some(script) = scripts.script(&revision) else {
        return Err(not_one(format!("no file has revision {revision}")));
    };
    let path = path(script);
    script.fill_downgrade(&context.path(path), &derived.downgrade)?;
    let losses: Vec<String> = derived.losses.iter().map(|loss| loss.data.clone()).collect();
    if !losses.is_empty() {
        context.output.notes().line(&format!(
            "note: the downgrade cannot bring back {}, so it will want `--allow-data-loss`",
            losses.join(", ")
        ));
    }
    context.output.answer(&FilledAnswer {
        revision: revision.to_string(),
        path: path.display().to_string(),
        losses,
    })?;
    Ok(Exit::Success)
}

/// The refusal to derive a downgrade from an upgrade that nobody has written yet.
pub(crate) fn of_new_revision() -> CommandError {
    let message = "`--derive-downgrade` is about a file that exists, and the other options make a new one";
    CommandError::new(ErrorKind::Usage, message).with_hint(
        "make the revision, write its upgrade, then run `limbeck revision --derive-downgrade` without other options",
    )
}

/// The one revision that an expression means.
fn one(expression: &str, scripts: &ScriptSet, rows: &Rows) -> Result<RevisionId, CommandError> {
    match scripts.graph().resolve(expression, rows) {
        Ok(revisions) => match revisions.as_slice() {
            [one] => Ok(one.clone()),
            [] => Err(not_one(format!("`{expression}` means no revision"))),
            _ => Err(not_one(format!("`{expression}` means several revisions"))),
        },
        Err(error @ GraphError::MultipleHeads { .. }) => Err(not_one(error.to_string())),
        Err(error) => Err(error.into()),
    }
}

fn not_one(message: String) -> CommandError {
    CommandError::new(ErrorKind::Target, message)
        .with_hint("name one: `limbeck revision --derive-downgrade <id>`; `limbeck history` lists them")
}

fn path(script: &Script) -> &Path {
    Path::new(script.file().name())
}
