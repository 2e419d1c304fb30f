//! Whether the history as a file of SQL makes what it makes as a run.

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
use crate::engine::OfflineSql;
use crate::sql::SourceFile;

/// Runs what `upgrade --sql` writes in one scratch database, and the same revisions in another one.
pub(super) async fn check(migrator: &Migrator) -> Result<HistoryReport, EngineError> {
    let mut report = HistoryReport::new(Check::Offline);
    let scripts = migrator.shared_scripts();
    if scripts.graph().is_empty() {
        return Ok(report);
    }
    let run = migrator.scratch(scripts.clone()).await?;
    let by_run = match run.migrator().upgrade("heads", &mut Ignore).await {
        Ok(_) => run.live().await.map(Some),
        Err(error) if error.is_of_step() => Ok(None),
        Err(error) => Err(error),
    };
    run.close().await?;
    let Some(by_run) = by_run? else {
        report
            .notes
            .push("not looked at: the history cannot be applied as a run".to_owned());
        return Ok(report);
    };
    let written = Offline::of(migrator, by_run.dialect, by_run.version).upgrade(&[], "heads");
    let file = match written {
        Ok(file) => file,
        Err(error) if is_not_for_files(&error) => {
            report.notes.push(format!("not looked at: {error}"));
            return Ok(report);
        }
        Err(error) => {
            let finding = Finding::failed(FindingKind::OfflineFails, &error);
            report.findings.push(finding);
            return Ok(report);
        }
    };
    report.findings.extend(compare(migrator, &file, &by_run).await?);
    Ok(report)
}

/// What only a database can tell: whoever has such a revision runs it.
const fn is_not_for_files(error: &EngineError) -> bool {
    matches!(
        error,
        EngineError::NotOffline { .. }
            | EngineError::UnknownSchema { .. }
            | EngineError::OpaqueHistory { .. }
    )
}

async fn compare(
    migrator: &Migrator,
    file: &OfflineSql,
    by_run: &Live,
) -> Result<Option<Finding>, EngineError> {
    let scratch = migrator.scratch(migrator.shared_scripts()).await?;
    let source = SourceFile::new("upgrade.sql", file.text.clone());
    let ran = scratch.run(&source).await;
    let by_file = match ran {
        Ok(()) => scratch.live().await.map(Ok),
        Err(error) if error.is_of_step() => Ok(Err(error)),
        Err(error) => Err(error),
    };
    scratch.close().await?;
    Ok(match by_file? {
        Err(error) => Some(
            Finding::failed(FindingKind::OfflineFails, &error)
                .with_hint("`limbeck upgrade --sql` writes this file"),
        ),
        Ok(by_file) => {
            let found = Differences::between(&by_file, by_run);
            let message = "what `upgrade --sql` writes makes another schema than the run of the revisions";
            (!found.is_empty())
                .then(|| Finding::new(FindingKind::OfflineDiffers, message).with_details(found.details))
        }
    })
}
