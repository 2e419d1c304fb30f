//! Whether the history as files of SQL makes what it makes as a run.

use super::Check;
use super::Finding;
use super::FindingKind;
use super::HistoryReport;
use super::differences::Differences;
use crate::engine::EngineError;
use crate::engine::Ignore;
use crate::engine::Live;
use crate::engine::Migrator;
use crate::engine::Offline;
use crate::engine::Scratch;
use crate::graph::RevisionId;
use crate::sql::SourceFile;

/// Why the files have not come to their end.
enum Halt {
    /// The files are to blame.
    Found(Box<Finding>),
    /// What only a database can tell stands in a revision.
    NotForFiles(String),
    /// The database is gone.
    Lost(Box<EngineError>),
}

impl From<EngineError> for Halt {
    fn from(error: EngineError) -> Self {
        match &error {
            EngineError::NotOffline { .. }
            | EngineError::UnknownSchema { .. }
            | EngineError::OpaqueHistory { .. } => Self::NotForFiles(error.to_string()),
            _ if error.is_of_step() => Self::Found(Box::new(
                Finding::failed(FindingKind::OfflineFails, &error)
                    .with_hint("`limbeck upgrade --sql` writes this file"),
            )),
            _ => Self::Lost(Box::new(error)),
        }
    }
}

/// Runs what `upgrade --sql` writes in one scratch database, and the same revisions in another one.
pub(super) async fn check(migrator: &Migrator) -> Result<HistoryReport, EngineError> {
    let mut report = HistoryReport::new(Check::Offline);
    let Some(by_run) = by_run(migrator).await? else {
        report
            .notes
            .push("not looked at: the history cannot be applied as a run".to_owned());
        return Ok(report);
    };
    let scratch = migrator.scratch(migrator.shared_scripts()).await?;
    let by_files = by_files(migrator, &scratch, &by_run).await;
    scratch.close().await?;
    match by_files {
        Ok(by_files) => {
            let found = Differences::between(&by_files, &by_run);
            let message = "what `upgrade --sql` writes makes another schema than the run of the revisions";
            if !found.is_empty() {
                let finding = Finding::new(FindingKind::OfflineDiffers, message);
                report.findings.push(finding.with_details(found.details));
            }
        }
        Err(Halt::Found(finding)) => report.findings.push(*finding),
        Err(Halt::NotForFiles(why)) => report.notes.push(format!("not looked at: {why}")),
        Err(Halt::Lost(error)) => return Err(*error),
    }
    Ok(report)
}

/// What the revisions make as a run; none where they cannot be applied.
async fn by_run(migrator: &Migrator) -> Result<Option<Live>, EngineError> {
    let scratch = migrator.scratch(migrator.shared_scripts()).await?;
    let made = match scratch.migrator().upgrade("heads", &mut Ignore).await {
        Ok(_) => scratch.live().await.map(Some),
        Err(error) if error.is_of_step() => Ok(None),
        Err(error) => Err(error),
    };
    scratch.close().await?;
    made
}

/// What files of SQL make; a revision whose code needs a database is run between two of them, as people do it.
async fn by_files(migrator: &Migrator, scratch: &Scratch, by_run: &Live) -> Result<Live, Halt> {
    let offline = Offline::of(migrator, by_run.dialect, by_run.version);
    let mut with_code: Vec<RevisionId> = Vec::new();
    loop {
        let Err(error) = run_file(&offline, scratch, "heads").await? else {
            return Ok(scratch.live().await?);
        };
        match &error {
            EngineError::NotOffline { revision, .. } if !with_code.contains(revision) => {
                with_code.push(revision.clone());
                let graph = migrator.scripts().graph();
                let needs = graph.revises(revision).chain(graph.depends_on(revision));
                for parent in needs {
                    run_file(&offline, scratch, parent.id.as_str()).await??;
                }
                scratch.migrator().upgrade(revision.as_str(), &mut Ignore).await?;
            }
            _ => return Err(error.into()),
        }
    }
}

/// Runs the file that leads from where the database is to a target. The inner error says why it cannot be written.
async fn run_file(
    offline: &Offline,
    scratch: &Scratch,
    target: &str,
) -> Result<Result<(), EngineError>, EngineError> {
    let rows = scratch.migrator().current().await?;
    let from: Vec<&str> = rows.iter().map(String::as_str).collect();
    let file = match offline.upgrade(&from, target) {
        Ok(file) => file,
        Err(error) => return Ok(Err(error)),
    };
    scratch.run(&SourceFile::new("upgrade.sql", file.text)).await?;
    Ok(Ok(()))
}
