//! Where a schema comes from: a history, models, a database, a file.

use std::path::Path;
use std::sync::Arc;

use limbeck_core::diff::Rename;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::engine::EngineError;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Migrator;
use limbeck_core::graph::Rows;
use limbeck_core::schema::Schema;
use limbeck_core::script::ModelsFile;
use limbeck_core::script::ScriptError;
use limbeck_core::script::ScriptSet;

use crate::context::Context;
use crate::error;
use crate::error::CommandError;
use crate::error::ErrorKind;

/// A schema, and what else is known of it.
pub(crate) struct Found {
    pub(crate) schema: Schema,
    /// What has another name in it than it had.
    pub(crate) renames: Vec<Rename>,
    /// Where it comes from, for people.
    pub(crate) words: String,
    texts: Texts,
}

/// Whose texts the expressions of a schema are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Texts {
    /// Portable SQL.
    Portable,
    /// What the engine makes of them.
    Engine,
}

impl Found {
    /// A schema that is compared by what it says.
    fn of(schema: Schema, words: impl Into<String>) -> Self {
        let texts = match schema.is_portable() {
            true => Texts::Portable,
            false => Texts::Engine,
        };
        Self::new(schema, words, texts)
    }

    fn new(schema: Schema, words: impl Into<String>, texts: Texts) -> Self {
        Self {
            schema,
            renames: Vec::new(),
            words: words.into(),
            texts,
        }
    }

    /// How much there is, for people: `3 tables and 1 view of schema.sql`.
    pub(crate) fn counted(&self) -> String {
        let (tables, views) = (self.schema.tables.len(), self.schema.views.len());
        let tables = format!("{tables} table{}", if tables == 1 { "" } else { "s" });
        let views = match views {
            0 => String::new(),
            1 => " and 1 view".to_owned(),
            views => format!(" and {views} views"),
        };
        format!("{tables}{views} of {}", self.words)
    }
}

/// Two schemas, made comparable.
pub(crate) async fn both(
    from: &str,
    to: &str,
    context: &mut Context<'_>,
) -> Result<(Found, Found), CommandError> {
    let scripts = Arc::new(context.scripts()?);
    let mut from = find(from, &scripts, context).await?;
    let mut to = find(to, &scripts, context).await?;
    if from.texts != to.texts {
        for found in [&mut from, &mut to] {
            if found.texts == Texts::Portable {
                found.schema = as_kept(&found.schema, &scripts, context).await?;
                found.texts = Texts::Engine;
            }
        }
    }
    Ok((from, to))
}

/// One schema.
pub(crate) async fn one(word: &str, context: &mut Context<'_>) -> Result<Found, CommandError> {
    let scripts = Arc::new(context.scripts()?);
    find(word, &scripts, context).await
}

/// What the engine makes of a schema: it is made in a scratch database, and read there.
pub(crate) async fn as_kept(
    schema: &Schema,
    scripts: &Arc<ScriptSet>,
    context: &Context<'_>,
) -> Result<Schema, CommandError> {
    let scratch = migrator(context)?
        .scratch(Arc::clone(scripts))
        .await
        .map_err(no_scratch)?;
    scratch.make(schema).await?;
    let kept = scratch.schema().await?;
    scratch.close().await?;
    Ok(kept)
}

fn migrator(context: &Context<'_>) -> Result<Migrator, CommandError> {
    context.reader()
}

/// The refusal when there is no database to try things in.
pub(crate) fn no_scratch(error: EngineError) -> CommandError {
    CommandError::from(error).with_hint(
        "the comparison needs an empty database for a moment, on the server of the configured one: see whether its user may \
         create one",
    )
}

async fn find(
    word: &str,
    scripts: &Arc<ScriptSet>,
    context: &mut Context<'_>,
) -> Result<Found, CommandError> {
    if word == "models" {
        let file = context.config()?.models();
        let Some(file) = file else {
            return Err(
                CommandError::new(ErrorKind::Config, "no models are configured").with_hint(
                    "name their file in limbeck.toml: `[models]` and `file = \"schema.sql\"` below it",
                ),
            );
        };
        return read(&file, scripts, context);
    }
    if word == "database" {
        let words = context.database()?.url.value.to_string();
        return live(&migrator(context)?, words).await;
    }
    let extension = Path::new(word)
        .extension()
        .and_then(|extension| extension.to_str());
    if matches!(extension, Some("sql" | "json")) && !word.contains("://") {
        let path = context.path(Path::new(word));
        return read(&path, scripts, context);
    }
    if let Ok(url) = word.parse::<DatabaseUrl>()
        && context.knows(&url)
    {
        let words = url.to_string();
        return live(&context.reader_of(url)?, words).await;
    }
    history(word, scripts, context).await
}

async fn live(migrator: &Migrator, words: String) -> Result<Found, CommandError> {
    let schema = migrator.live_schema().await?;
    Ok(Found::new(schema, words, Texts::Engine))
}

/// A file of models, or a schema as JSON.
fn read(path: &Path, scripts: &Arc<ScriptSet>, context: &Context<'_>) -> Result<Found, CommandError> {
    let words = path
        .file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned();
    if path.extension().is_some_and(|extension| extension == "json") {
        let text = std::fs::read_to_string(path);
        let text = text.map_err(|error| error::io(&format!("{} cannot be read", path.display()), &error))?;
        let schema = serde_json::from_str(&text).map_err(|error| {
            CommandError::new(
                ErrorKind::Script,
                format!("{} is no schema: {error}", path.display()),
            )
        })?;
        return Ok(Found::of(schema, words));
    }
    let file = ModelsFile::read(path).map_err(script_faults)?;
    let models = context.offline_here(scripts)?.models(&file)?;
    Ok(Found {
        renames: models.renames,
        ..Found::new(models.schema, words, Texts::Portable)
    })
}

/// All faults of a file.
fn script_faults(faults: Vec<ScriptError>) -> CommandError {
    let mut faults = faults.into_iter();
    match faults.next() {
        Some(first) => EngineError::Script(first).into(),
        None => CommandError::new(ErrorKind::Script, "the file cannot be read"),
    }
}

/// The schema that revisions make: from their files, and where these do not tell, from a scratch database to which they
/// are applied.
async fn history(
    expression: &str,
    scripts: &Arc<ScriptSet>,
    context: &mut Context<'_>,
) -> Result<Found, CommandError> {
    let rows = match expression.contains("current") {
        true => context.rows_for(expression).await?,
        false => Rows::default(),
    };
    let revisions = scripts.graph().resolve(expression, &rows)?;
    let words = match revisions.as_slice() {
        [] => "an empty history".to_owned(),
        [one] => format!("revision {one}"),
        several => {
            let ids: Vec<String> = several.iter().map(ToString::to_string).collect();
            format!("revisions {}", ids.join(", "))
        }
    };
    match context.offline_here(scripts)?.schema_at(&revisions) {
        Ok(schema) => return Ok(Found::new(schema, words, Texts::Portable)),
        Err(EngineError::OpaqueHistory { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    let scratch = migrator(context)?
        .scratch(Arc::clone(scripts))
        .await
        .map_err(no_scratch)?;
    for revision in &revisions {
        scratch.migrator().upgrade(revision.as_str(), &mut Ignore).await?;
    }
    let schema = scratch.schema().await?;
    scratch.close().await?;
    Ok(Found::new(schema, words, Texts::Engine))
}
