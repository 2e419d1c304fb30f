//! Models, and schemas in files.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;

use limbeck_core::config::ModelSql;
use limbeck_core::config::ModelsOrigin;
use limbeck_core::config::ModelsSource;
use limbeck_core::diff::diff;
use limbeck_core::engine::EngineError;
use limbeck_core::models::Models;
use limbeck_core::schema::Schema;
use limbeck_core::script::ModelsFile;
use limbeck_core::script::ScriptError;
use limbeck_core::script::ScriptSet;
use limbeck_core::sql::SourceFile;

use super::Found;
use super::Reach;
use super::Texts;
use super::in_scratch;
use crate::context::Context;
use crate::error;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::shell;

/// The models of the program itself.
pub(super) fn own(
    models: &Models,
    scripts: &Arc<ScriptSet>,
    context: &Context<'_>,
) -> Result<Found, CommandError> {
    let desired = context.offline_here(scripts)?.rust_models(models)?;
    Ok(Found::desired(desired, "the models in Rust"))
}

/// The models that the configuration names.
pub(super) async fn configured(
    models: &ModelsSource,
    scripts: &Arc<ScriptSet>,
    context: &Context<'_>,
) -> Result<Found, CommandError> {
    let file = match &models.origin {
        ModelsOrigin::File(path) if models.sql == ModelSql::Portable => return read(path, scripts, context),
        ModelsOrigin::File(path) => SourceFile::new(name_of(path), text_of(path)?),
        ModelsOrigin::Command(command) => SourceFile::new(command.clone(), printed(command, context)?),
        _ => {
            return Err(CommandError::new(
                ErrorKind::Config,
                "these models cannot be read",
            ));
        }
    };
    match models.sql {
        ModelSql::Portable => {
            let words = file.name().to_owned();
            portable(file, words, scripts, context)
        }
        ModelSql::Native => native(&file, scripts, context).await,
    }
}

/// What a command of the shell prints.
fn printed(command: &str, context: &Context<'_>) -> Result<String, CommandError> {
    // The folder is empty where it is the working directory.
    let folder = Path::new(".").join(context.config()?.root());
    let output = shell::command(command)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output();
    let output = output.map_err(|error| error::io(&format!("`{command}` cannot be run"), &error))?;
    if !output.status.success() {
        let message = format!(
            "`{command}`, which is to print the models, ended with {}{}",
            output.status,
            last_words(&output.stderr)
        );
        return Err(CommandError::new(ErrorKind::Io, message));
    }
    String::from_utf8(output.stdout)
        .map_err(|_| CommandError::new(ErrorKind::Script, format!("what `{command}` prints is not UTF-8")))
}

/// The end of what a command has said on standard error: a line each, below the message.
fn last_words(said: &[u8]) -> String {
    const LINES: usize = 20;
    let said = String::from_utf8_lossy(said);
    let lines: Vec<&str> = said.trim_end().lines().collect();
    let last = lines.iter().skip(lines.len().saturating_sub(LINES));
    let last: String = last.map(|line| format!("\n  {line}")).collect();
    match last.is_empty() {
        true => last,
        false => format!(":{last}"),
    }
}

/// Models in the engine's own SQL: it says itself what they are.
async fn native(
    file: &Arc<SourceFile>,
    scripts: &Arc<ScriptSet>,
    context: &Context<'_>,
) -> Result<Found, CommandError> {
    let engine = context.reader()?.driver().name();
    let live = in_scratch(scripts, context, async |scratch| {
        scratch.run(file).await?;
        Ok(scratch.live().await?)
    })
    .await?;
    Ok(Found::read(live, file.name(), engine))
}

fn portable(
    file: Arc<SourceFile>,
    words: String,
    scripts: &Arc<ScriptSet>,
    context: &Context<'_>,
) -> Result<Found, CommandError> {
    let file = ModelsFile::parse(file).map_err(script_faults)?;
    let desired = context.offline_here(scripts)?.models(&file)?;
    Ok(Found::desired(desired, words))
}

fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

fn text_of(path: &Path) -> Result<String, CommandError> {
    let text = fs::read_to_string(path);
    text.map_err(|error| error::io(&format!("{} cannot be read", path.display()), &error))
}

/// A file of models, or a schema as JSON.
pub(super) fn read(
    path: &Path,
    scripts: &Arc<ScriptSet>,
    context: &Context<'_>,
) -> Result<Found, CommandError> {
    if path.extension().is_none_or(|extension| extension != "json") {
        let file = ModelsFile::read(path).map_err(script_faults)?;
        return portable(Arc::clone(file.file()), name_of(path), scripts, context);
    }
    let schema = from_json(&text_of(path)?).map_err(|why| {
        CommandError::new(
            ErrorKind::Script,
            format!("{} is no schema: {why}", path.display()),
        )
    })?;
    let texts = match schema.is_portable() {
        true => Texts::Portable,
        false => Texts::Engine(context.reader()?.driver().name()),
    };
    Ok(Found {
        reach: Reach::Portable,
        ..Found::new(schema, name_of(path), texts)
    })
}

/// A schema as `dump --format json` writes it, or `dump --json`.
fn from_json(text: &str) -> Result<Schema, String> {
    let mut value: serde_json::Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if let Some(inner) = value.get_mut("schema") {
        value = inner.take();
    }
    if !value.get("tables").is_some_and(serde_json::Value::is_object) {
        return Err("it has no `tables`".to_owned());
    }
    let read: Schema = serde_json::from_value(value).map_err(|error| error.to_string())?;
    // What does not fit together is found by making it.
    let made = diff(&Schema::new(), &read, &[]);
    match made.left.first() {
        None => Ok(read),
        Some(left) => Err(left.to_string()),
    }
}

/// All faults of a file.
fn script_faults(faults: Vec<ScriptError>) -> CommandError {
    let mut faults = faults.into_iter();
    match faults.next() {
        Some(first) => EngineError::Script(first).into(),
        None => CommandError::new(ErrorKind::Script, "the file cannot be read"),
    }
}
