//! Rows that are read from a file and sent part by part.

use std::time::Duration;
use std::time::Instant;

use super::StepRunner;
use super::failure::Fault;
use super::group_run::GroupRun;
use super::send::Failure;
use super::send::Part;
use super::send::interruptible;
use crate::data_file::DataError;
use crate::driver::Scope;
use crate::engine::DataRows;
use crate::engine::EngineError;
use crate::engine::compile::Isolation;
use crate::engine::compile::Load;
use crate::engine::row_reader::RowReader;
use crate::operation::LoadedPart;
use crate::schema::Schema;

impl StepRunner<'_> {
    /// Writes the rows of a file into their table. Between two parts of them somebody may want the run to stop.
    pub(super) async fn load(&mut self, run: &GroupRun<'_>, index: usize, load: &Load) -> Result<(), Fault> {
        let refused = |error| Fault::Refused(run.refused(index, error));
        let schema = self.schema_of(load).await?;
        let loading = load.open(&schema).map_err(refused)?;
        let mut reader = RowReader::start(loading, load.digest().to_owned());
        let limit = run
            .step
            .statements
            .get(index)
            .and_then(|statement| statement.timeout);
        let started = Instant::now();
        while let Some(part) = reader.next().await.map_err(refused)? {
            if let Some(signal) = self.stop.requested() {
                return Err(Fault::Refused(EngineError::Stopped {
                    signal,
                    kept: run.kept(),
                    applied: Vec::new(),
                }));
            }
            // The time-out is for all rows together.
            let left = limit.map(|limit| limit.saturating_sub(started.elapsed()));
            if let (Some(limit), Some(Duration::ZERO)) = (limit, left) {
                return Err(Fault::Refused(run.timeout_error(Part::Written(index), limit)));
            }
            self.send_rows(run, index, load, part, left)
                .await
                .map_err(|failure| Failure {
                    late: failure.late.and(limit),
                    ..failure
                })?;
        }
        Ok(())
    }

    /// Sends rows: in the transaction of their group, else by statements that each stand alone.
    async fn send_rows(
        &mut self,
        run: &GroupRun<'_>,
        index: usize,
        load: &Load,
        part: LoadedPart,
        timeout: Option<Duration>,
    ) -> Result<(), Failure> {
        let canceller = self.session.canceller();
        let LoadedPart { rows, lines } = part;
        let sent = match run.group.isolation {
            Isolation::Shared => {
                let work = self.session.load(rows);
                interruptible(work, canceller, self.stop.wait(1), timeout).await
            }
            Isolation::Alone => {
                let work = self.session.insert(&rows);
                // What can't be taken back is only interrupted when asked twice.
                interruptible(work, canceller, self.stop.wait(2), timeout).await
            }
        };
        sent.map_err(|(failed, late)| {
            let (first_line, last_line) = lines.of(failed.rows);
            let rows = DataRows {
                file: load.file.name().to_owned(),
                first_line,
                last_line,
            };
            Failure {
                rows: Some(Box::new(rows)),
                ..Failure::new(Part::Written(index), "", failed.error, late)
            }
        })
    }

    /// The table as it is, or as it is known where no database can be asked.
    async fn schema_of(&mut self, load: &Load) -> Result<Schema, Fault> {
        if load.settled().is_some() {
            return Ok(load.settled_schema());
        }
        let tables = [load.table.clone()];
        let read = self.session.introspect(Scope::Tables(&tables)).await;
        read.map_err(|error| {
            Fault::Refused(EngineError::Database {
                doing: "reading the schema",
                error,
            })
        })
    }
}

impl GroupRun<'_> {
    /// What is wrong with the file of a statement.
    fn refused(&self, index: usize, error: DataError) -> EngineError {
        let statement = self.step.statements.get(index);
        EngineError::DataFile {
            revision: self.step.revision.clone(),
            place: statement.and_then(|statement| statement.place.clone()),
            error,
        }
    }
}
