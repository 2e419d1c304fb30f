//! A first revision from a database that is there.

use limbeck_core::engine::Purge;
use serde::Serialize;

use crate::args::LockArgs;
use crate::autogenerate;
use crate::comparison::Comparison;
use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::new_script;
use crate::output::Answer;
use crate::output::Layout;
use crate::output::plain;
use crate::schema_source;
use crate::schema_source::ScratchArgs;

/// What was written.
#[derive(Serialize)]
pub(super) struct AdoptedAnswer {
    revision: String,
    path: String,
    objects: usize,
    #[serde(skip)]
    called: String,
}

impl Answer for AdoptedAnswer {
    fn text(&self, layout: Layout) -> String {
        let path = plain(&self.path);
        if layout.quiet {
            return format!("{path}\n");
        }
        let objects = match self.objects {
            1 => "1 object".to_owned(),
            several => format!("{several} objects"),
        };
        format!(
            "created {path}\nthe first revision makes the {objects} of the database, where {} is stamped\n\nnext:\n  {} \
             status\n",
            self.revision, self.called
        )
    }
}

/// Writes a revision that makes what is in the database, tries it, and stamps it there.
pub(super) async fn adopt(context: &mut Context<'_>) -> Result<AdoptedAnswer, CommandError> {
    refuse_a_history(context).await?;
    let (nothing, database) =
        schema_source::both("base", "database", &ScratchArgs::default(), context).await?;
    let found = Comparison::between(&nothing, &database, &[])?;
    if found.is_empty() {
        let message = "the database has nothing that a first revision could make";
        return Err(CommandError::new(ErrorKind::NoDatabase, message)
            .with_hint("without `--from-database` the project begins with no revision"));
    }
    let objects = database.live.as_ref().and_then(|live| live.catalogue.as_ref());
    let objects = objects.map_or(
        database.schema.tables.len(),
        limbeck_core::catalogue::Catalogue::len,
    );
    let planned = new_script::plan(
        &Default::default(),
        Vec::new(),
        &[],
        "Begin with what is in the database",
        context,
    )?;
    let revision = planned.id().clone();
    let mut generated = autogenerate::draft(&nothing, &database, &found, &planned, context).await?;
    generated.sections = generated.sections.sparing_rows();
    let tried = autogenerate::try_out(&planned, &generated, context).await;
    tried.map_err(|error| error.with_hint("no project was begun, and the database is as it was"))?;
    let path = planned.write_filled(&generated.sections, context)?;
    let stamped = async {
        let migrator = context.migrator(LockArgs::default(), |_| {})?;
        let mut progress = context.progress();
        let stamped = migrator
            .stamp(&[revision.as_str()], Purge::Keep, &mut progress)
            .await;
        progress.finish();
        stamped.map_err(CommandError::from)
    };
    stamped
        .await
        .map_err(|error| new_script::take_back(&path, error))?;
    Ok(AdoptedAnswer {
        revision: revision.to_string(),
        path: path.display().to_string(),
        objects,
        called: context.called().to_owned(),
    })
}

async fn refuse_a_history(context: &Context<'_>) -> Result<(), CommandError> {
    match context.rows().await?.0.first() {
        None => Ok(()),
        Some(row) => {
            let message = format!("the database has a history already: it is at revision {row}");
            Err(CommandError::new(ErrorKind::Exists, message).with_hint(
                "begin the project without `--from-database`, and put its revisions into `migrations`",
            ))
        }
    }
}
