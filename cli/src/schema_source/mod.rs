//! Where a schema comes from: a history, models, a database, a file.

mod found;
mod models;
mod scratch;

use std::path::Path;
use std::sync::Arc;

use limbeck_core::config::ModelSql;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::engine::EngineError;
use limbeck_core::engine::Migrator;
use limbeck_core::graph::Ahead;
use limbeck_core::script::ScriptSet;

pub(crate) use found::Found;
pub(crate) use found::Reach;
use found::Texts;
use scratch::applied;
pub(crate) use scratch::as_kept;
pub(crate) use scratch::in_scratch;
use scratch::model_as_kept;

use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;

/// Whether a history that only a database can tell is applied in one.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct ScratchArgs {
    /// Apply a history with native SQL or code in a scratch database, to see what it makes; what names another database
    /// there reaches it
    #[arg(long)]
    scratch: bool,
}

impl ScratchArgs {
    /// As if it had been asked for.
    pub(crate) const fn always() -> Self {
        Self { scratch: true }
    }

    /// Whether it was asked for.
    pub(crate) const fn is_given(&self) -> bool {
        self.scratch
    }

    /// Whoever has models in native SQL lets a server read them, and the history too.
    fn for_models(&self, words: [&str; 2], context: &Context<'_>) -> Result<Self, CommandError> {
        let models = context.config()?.models()?;
        let is_native = models.is_some_and(|models| models.sql == ModelSql::Native);
        Ok(Self {
            scratch: self.scratch || (is_native && words.contains(&"models")),
        })
    }
}

/// How much of a database is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Depth {
    /// All objects.
    All,
    /// What the schema model has words for. What is compared with it says nothing of the rest.
    Model,
}

impl Depth {
    /// How much of a database a comparison with this needs.
    fn beside(word: &str, context: &Context<'_>) -> Result<Self, CommandError> {
        let is_model = match word {
            "models" if context.own_models().is_some() => true,
            "models" => {
                let models = context.config()?.models()?;
                models.is_none_or(|models| models.sql == ModelSql::Portable)
            }
            word => is_file(word),
        };
        Ok(if is_model { Self::Model } else { Self::All })
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
    let args = &args.for_models([from, to], context)?;
    if [from, to].contains(&"models")
        && context.own_models().is_none()
        && context.config()?.models()?.is_none()
    {
        return Err(no_models());
    }
    let depths = (Depth::beside(to, context)?, Depth::beside(from, context)?);
    let mut from = find(from, &scripts, args, depths.0, context).await?;
    let mut to = find(to, &scripts, args, depths.1, context).await?;
    match (from.texts, to.texts) {
        (Texts::Engine(one), Texts::Engine(other)) if one != other => {
            let message = format!(
                "{} and {} are of different engines: {one} and {other}",
                from.words, to.words
            );
            return Err(CommandError::new(ErrorKind::Unsupported, message)
                .with_hint("compare each of them with the models, or with a revision"));
        }
        (Texts::Portable, Texts::Engine(engine)) => {
            from.in_words_like(&to, engine, &scripts, context).await?
        }
        (Texts::Engine(engine), Texts::Portable) => {
            to.in_words_like(&from, engine, &scripts, context).await?
        }
        _ => {}
    }
    let ignored = context.config()?.ignored()?;
    for found in [&mut from, &mut to] {
        found.leave_out(&ignored);
    }
    Ok((from, to))
}

/// One schema, as far as the schema model has words for it.
pub(crate) async fn one(
    word: &str,
    args: &ScratchArgs,
    context: &mut Context<'_>,
) -> Result<Found, CommandError> {
    let scripts = Arc::new(context.scripts()?);
    find(word, &scripts, args, Depth::Model, context).await
}

/// One schema as an engine has it.
pub(crate) async fn one_live(
    word: &str,
    args: &ScratchArgs,
    context: &mut Context<'_>,
) -> Result<Found, CommandError> {
    let scripts = Arc::new(context.scripts()?);
    let mut found = find(word, &scripts, args, Depth::All, context).await?;
    if let Reach::BeforeNative(revision) = &found.reach {
        let message =
            format!("revision {revision} has native SQL or code, and what that makes the files do not tell");
        return Err(CommandError::new(ErrorKind::Unsupported, message)
            .with_hint("`--scratch` applies the revisions in a scratch database"));
    }
    if found.live.is_none() {
        let engine = context.reader()?.driver().name();
        found.make_own(engine, &scripts, context).await?;
    }
    Ok(found)
}

fn no_models() -> CommandError {
    CommandError::new(ErrorKind::Config, "no models are configured")
        .with_hint("name their file in limbeck.toml: `[models]` and `file = \"schema.sql\"` below it")
}

async fn find(
    word: &str,
    scripts: &Arc<ScriptSet>,
    args: &ScratchArgs,
    depth: Depth,
    context: &mut Context<'_>,
) -> Result<Found, CommandError> {
    if word == "models" {
        if let Some(own) = context.own_models() {
            return models::own(own, scripts, context);
        }
        let Some(named) = context.config()?.models()? else {
            return Err(no_models());
        };
        return models::configured(&named, scripts, context).await;
    }
    if word == "database" {
        let words = context.database()?.url.value.to_string();
        tell_what_is_pending(scripts, context).await?;
        return live(&context.reader()?, words, depth).await;
    }
    // A text like these may hold a password, so it is never taken for a name that a message shows.
    if is_url(word) {
        return of_url(word.parse()?, depth, context).await;
    }
    if is_file(word) {
        let path = context.path(Path::new(word));
        return models::read(&path, scripts, context);
    }
    history(word, scripts, args, context).await
}

fn is_url(word: &str) -> bool {
    word.contains("://") || word.starts_with("sqlite:") || (word.contains('@') && word.contains(':'))
}

fn is_file(word: &str) -> bool {
    let extension = Path::new(word)
        .extension()
        .and_then(|extension| extension.to_str());
    !is_url(word) && matches!(extension, Some("sql" | "json"))
}

/// Says when the database is behind its revisions: then that is the first difference.
async fn tell_what_is_pending(scripts: &ScriptSet, context: &Context<'_>) -> Result<(), CommandError> {
    let rows = context.rows().await?;
    let heads = scripts.graph().resolve("heads", &rows)?;
    let plan = scripts.graph().plan_upgrade_to(&rows, &heads, Ahead::Warn)?;
    let line = match plan.steps.len() {
        0 => return Ok(()),
        1 => "note: the database is behind its revisions: 1 is not applied".to_owned(),
        several => format!("note: the database is behind its revisions: {several} are not applied"),
    };
    context.output.notes().line(&line);
    Ok(())
}

/// The schema of a database that the configuration does not know.
async fn of_url(url: DatabaseUrl, depth: Depth, context: &Context<'_>) -> Result<Found, CommandError> {
    let words = url.to_string();
    let migrator = context.reader_of(url)?;
    let file = migrator
        .url()
        .and_then(|url| migrator.driver().database_file(url));
    if let Some(file) = file.filter(|file| !file.exists()) {
        let message = format!("there is no file {}", file.display());
        return Err(CommandError::new(ErrorKind::NoDatabase, message));
    }
    live(&migrator, words, depth).await
}

async fn live(migrator: &Migrator, words: String, depth: Depth) -> Result<Found, CommandError> {
    let live = match depth {
        Depth::All => migrator.live().await?,
        Depth::Model => migrator.live_model().await?,
    };
    Ok(Found::read(live, words, migrator.driver().name()))
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
        Ok(replayed) if replayed.native.is_none() || !args.scratch => {
            return Ok(Found {
                revisions,
                reach: replayed.native.map_or(Reach::All, Reach::BeforeNative),
                ..Found::new(replayed.schema, words, Texts::Portable)
            });
        }
        Ok(_) => {}
        Err(EngineError::OpaqueHistory { .. }) if args.scratch => {}
        Err(error @ EngineError::OpaqueHistory { .. }) => {
            return Err(CommandError::from(error).with_hint(
                "or let a scratch database tell, to which the whole history is applied: `--scratch`",
            ));
        }
        Err(error) => return Err(error.into()),
    }
    let engine = context.reader()?.driver().name();
    let live = applied(&revisions, scripts, context).await?;
    Ok(Found::read(live, words, engine))
}
