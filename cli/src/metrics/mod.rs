//! The file of `[metrics]`.

mod text;

use std::fs::Permissions;
use std::io;
use std::io::Write;
use std::path::Path;
use std::time::Duration;
use std::time::Instant;

use jiff::Timestamp;
use limbeck_core::engine::EngineError;
use limbeck_core::engine::Event;
use limbeck_core::engine::HookFailure;
use limbeck_core::engine::Migrator;
use limbeck_core::engine::Observer;
use limbeck_core::engine::Report;
use limbeck_core::history::JournalDirection;
use limbeck_core::history::JournalEvent;

use crate::context::Context;
use crate::error::CommandError;

/// What the file tells.
struct Figures {
    /// The database's name.
    database: String,
    finished: Timestamp,
    elapsed: Duration,
    succeeded: bool,
    /// None where the database does not answer.
    standing: Option<Standing>,
}

/// Where the database stands.
struct Standing {
    /// How many revisions there are.
    revisions: usize,
    /// How many of them are applied.
    completed: usize,
    /// The rows of the version table.
    heads: Vec<String>,
    /// How many steps the journal says were recorded.
    steps: usize,
    /// How many failures the journal tells of.
    failures: usize,
}

/// Writes the file after a run that has begun at `started`, where the configuration names one.
pub(crate) async fn write(
    context: &Context<'_>,
    migrator: &Migrator,
    started: Instant,
    succeeded: bool,
) -> Result<(), HookFailure> {
    let elapsed = started.elapsed();
    let failure = |why: String| HookFailure::new("writing the metrics", "after the run", why);
    let named = || -> Result<_, CommandError> {
        let database = context.database_name()?;
        let file = context.config()?.metrics_file(&database);
        Ok(file.map(|file| (file, database)))
    };
    let Some((file, database)) = named().map_err(|error| failure(error.to_string()))? else {
        return Ok(());
    };
    let figures = Figures {
        database,
        finished: Timestamp::now(),
        elapsed,
        succeeded,
        // A run that has failed may have failed because the database does not answer.
        standing: match standing(migrator).await {
            Err(_) if !succeeded => None,
            answer => Some(answer.map_err(|error| failure(error.to_string()))?),
        },
    };
    replace(&file, &figures.text()).map_err(|error| failure(format!("{}: {error}", file.display())))
}

/// Tells of metrics that could not be written, and adds that to what a run has done.
pub(crate) fn tell(written: Result<(), HookFailure>, report: &mut Report, context: &Context<'_>) {
    if let Err(failure) = written {
        context.progress().event(&Event::HookFailed { failure: &failure });
        report.hook_failures.push(failure);
    }
}

async fn standing(migrator: &Migrator) -> Result<Standing, EngineError> {
    let status = migrator.status().await?;
    let journal = migrator.log().await?;
    let revisions = migrator.scripts().graph().len();
    let counted = |direction| matches!(direction, JournalDirection::Upgrade | JournalDirection::Downgrade);
    let steps = journal
        .iter()
        .filter(|entry| counted(entry.direction) && entry.completes_step());
    let failures = journal
        .iter()
        .filter(|entry| counted(entry.direction) && entry.event == JournalEvent::Failed);
    Ok(Standing {
        revisions,
        completed: revisions.saturating_sub(status.pending.len()),
        heads: status.revisions,
        steps: steps.count(),
        failures: failures.count(),
    })
}

/// Puts a text in the place of a file at once: whoever reads it sees the old one or the new one.
fn replace(file: &Path, text: &str) -> io::Result<()> {
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    // What ends in `.prom` is read, and others than the owner read it.
    builder.prefix(".limbeck-metrics").suffix(".new");
    #[cfg(unix)]
    builder.permissions(<Permissions as std::os::unix::fs::PermissionsExt>::from_mode(
        0o644,
    ));
    let mut new = builder.tempfile_in(folder)?;
    new.write_all(text.as_bytes())?;
    new.persist(file)?;
    Ok(())
}
