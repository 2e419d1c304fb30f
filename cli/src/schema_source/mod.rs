//! Where a schema comes from: a history, models, a database, a file.

mod models;
mod scratch;

use std::path::Path;
use std::sync::Arc;

use limbeck_core::diff::Rename;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::engine::EngineError;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Migrator;
use limbeck_core::models::DesiredSchema;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Schema;
use limbeck_core::script::ScriptSet;

pub(crate) use scratch::as_kept;
pub(crate) use scratch::in_scratch;

use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::own_words::in_words_of;

/// Whether a history that only a database can tell is applied in one.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct ScratchArgs {
    /// Apply a history with native SQL or code in a scratch database, to see what it makes; what names another database
    /// there reaches it
    #[arg(long)]
    scratch: bool,
}

/// A schema, and what else is known of it.
pub(crate) struct Found {
    pub(crate) schema: Schema,
    /// The same as portable SQL has it, where its texts became those of the engine.
    portable: Option<Schema>,
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
    /// What this driver's engine makes of them.
    Engine(&'static str),
}

impl Found {
    fn new(schema: Schema, words: impl Into<String>, texts: Texts) -> Self {
        Self {
            schema,
            portable: None,
            renames: Vec::new(),
            words: words.into(),
            texts,
        }
    }

    /// What models say.
    fn desired(desired: DesiredSchema, words: impl Into<String>) -> Self {
        Self {
            renames: desired.renames,
            ..Self::new(desired.schema, words, Texts::Portable)
        }
    }

    /// Whether it means the same on every engine.
    pub(crate) fn is_portable(&self) -> bool {
        self.texts == Texts::Portable
    }

    /// Gives an operation that leads here the words of portable SQL, where they are known: the engine's own say less.
    pub(crate) fn in_own_words(&self, operation: &mut Operation) {
        if let Some(portable) = &self.portable {
            in_words_of(portable, operation);
        }
    }

    /// Reads from a scratch database what the engine makes of it.
    async fn make_own(
        &mut self,
        engine: &'static str,
        scripts: &Arc<ScriptSet>,
        context: &Context<'_>,
    ) -> Result<(), CommandError> {
        let here = context.reader()?.driver().name();
        if here != engine {
            let message = format!(
                "{} cannot be made on {engine}: the project's own database is one of {here}",
                self.words
            );
            return Err(CommandError::new(ErrorKind::Unsupported, message)
                .with_hint("give the other database with `--url`, and say `database` for it"));
        }
        let kept = as_kept(&self.schema, scripts, context).await?;
        self.portable = Some(std::mem::replace(&mut self.schema, kept));
        self.texts = Texts::Engine(engine);
        Ok(())
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
    args: &ScratchArgs,
    context: &mut Context<'_>,
) -> Result<(Found, Found), CommandError> {
    let scripts = Arc::new(context.scripts()?);
    let mut from = find(from, &scripts, args, context).await?;
    let mut to = find(to, &scripts, args, context).await?;
    match (from.texts, to.texts) {
        (Texts::Engine(one), Texts::Engine(other)) if one != other => {
            let message = format!(
                "{} and {} are of different engines: {one} and {other}",
                from.words, to.words
            );
            return Err(CommandError::new(ErrorKind::Unsupported, message)
                .with_hint("compare each of them with the models, or with a revision"));
        }
        (Texts::Portable, Texts::Engine(engine)) => from.make_own(engine, &scripts, context).await?,
        (Texts::Engine(engine), Texts::Portable) => to.make_own(engine, &scripts, context).await?,
        _ => {}
    }
    Ok((from, to))
}

/// One schema.
pub(crate) async fn one(
    word: &str,
    args: &ScratchArgs,
    context: &mut Context<'_>,
) -> Result<Found, CommandError> {
    let scripts = Arc::new(context.scripts()?);
    find(word, &scripts, args, context).await
}

async fn find(
    word: &str,
    scripts: &Arc<ScriptSet>,
    args: &ScratchArgs,
    context: &mut Context<'_>,
) -> Result<Found, CommandError> {
    if word == "models" {
        if let Some(own) = context.own_models() {
            return models::own(own, scripts, context);
        }
        let Some(named) = context.config()?.models()? else {
            return Err(
                CommandError::new(ErrorKind::Config, "no models are configured").with_hint(
                    "name their file in limbeck.toml: `[models]` and `file = \"schema.sql\"` below it",
                ),
            );
        };
        return models::configured(&named, scripts, context).await;
    }
    if word == "database" {
        let words = context.database()?.url.value.to_string();
        return live(&context.reader()?, words).await;
    }
    // A text like these may hold a password, so it is never taken for a name that a message shows.
    if word.contains("://") || word.starts_with("sqlite:") || (word.contains('@') && word.contains(':')) {
        return of_url(word.parse()?, context).await;
    }
    let extension = Path::new(word)
        .extension()
        .and_then(|extension| extension.to_str());
    if matches!(extension, Some("sql" | "json")) {
        let path = context.path(Path::new(word));
        return models::read(&path, scripts, context);
    }
    history(word, scripts, args, context).await
}

/// The schema of a database that the configuration does not know.
async fn of_url(url: DatabaseUrl, context: &Context<'_>) -> Result<Found, CommandError> {
    let words = url.to_string();
    let migrator = context.reader_of(url)?;
    let file = migrator
        .url()
        .and_then(|url| migrator.driver().database_file(url));
    if let Some(file) = file.filter(|file| !file.exists()) {
        let message = format!("there is no file {}", file.display());
        return Err(CommandError::new(ErrorKind::NoDatabase, message));
    }
    live(&migrator, words).await
}

async fn live(migrator: &Migrator, words: String) -> Result<Found, CommandError> {
    let schema = migrator.live_schema().await?;
    let engine = migrator.driver().name();
    Ok(Found::new(schema, words, Texts::Engine(engine)))
}

/// The schema that revisions make: from their files, and where these do not tell, from a scratch database to which they
/// are applied.
async fn history(
    expression: &str,
    scripts: &Arc<ScriptSet>,
    args: &ScratchArgs,
    context: &mut Context<'_>,
) -> Result<Found, CommandError> {
    let rows = context.rows_for(expression).await?;
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
        Err(EngineError::OpaqueHistory { .. }) if args.scratch => {}
        Err(error @ EngineError::OpaqueHistory { .. }) => {
            return Err(CommandError::from(error).with_hint(
                "or let a scratch database tell, to which the whole history is applied: `--scratch`",
            ));
        }
        Err(error) => return Err(error.into()),
    }
    let engine = context.reader()?.driver().name();
    let schema = in_scratch(scripts, context, async |scratch| {
        for revision in &revisions {
            scratch.migrator().upgrade(revision.as_str(), &mut Ignore).await?;
        }
        Ok(scratch.schema().await?)
    })
    .await?;
    Ok(Found::new(schema, words, Texts::Engine(engine)))
}
