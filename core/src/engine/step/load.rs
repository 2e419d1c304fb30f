//! Rows that are read from a file and sent part by part.

use std::time::Instant;

use super::StepRunner;
use super::failure::Fault;
use super::group_run::GroupRun;
use super::send::Failure;
use super::send::Messages;
use super::send::Part;
use crate::data_file::DataError;
use crate::dialect::RenderContext;
use crate::dialect::Statement;
use crate::driver::Scope;
use crate::engine::DataRows;
use crate::engine::EngineError;
use crate::engine::compile::Load;
use crate::engine::compile::render_error;
use crate::engine::compile::render_rows;
use crate::operation::LoadedRows;
use crate::schema::Schema;

impl StepRunner<'_> {
    /// Inserts the rows of a file. Only those of one statement are held at a time, and between two of them somebody may
    /// want the run to stop.
    pub(super) async fn load(&mut self, run: &GroupRun<'_>, index: usize, load: &Load) -> Result<(), Fault> {
        let refused = |error: DataError| Fault::Refused(run.data_error(index, error));
        let schema = self.schema_of(load).await?;
        let mut loading = load.open(&schema).map_err(refused)?;
        let started = Instant::now();
        while let Some(rows) = loading.next().map_err(refused)? {
            if let Some(signal) = self.stop.requested() {
                return Err(Fault::Refused(EngineError::Stopped {
                    signal,
                    kept: run.kept(),
                    applied: Vec::new(),
                }));
            }
            let statements = self.rows(run, index, &rows, &schema)?;
            let mut batch = Messages::default();
            for statement in &statements {
                batch.push(Part::Written(index), &statement.sql);
            }
            // The time-out is for all rows together.
            let limit = run
                .step
                .statements
                .get(index)
                .and_then(|statement| statement.timeout);
            let left = limit.map(|limit| limit.saturating_sub(started.elapsed()));
            self.send(run, &mut batch, left)
                .await
                .map_err(|failure| Failure {
                    rows: Some(DataRows {
                        file: load.file.name().to_owned(),
                        first_line: rows.lines.0,
                        last_line: rows.lines.1,
                    }),
                    late: failure.late.and(limit),
                    ..failure
                })?;
        }
        load.check(&loading).map_err(refused)
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

    /// What the dialect makes of some rows.
    fn rows(
        &self,
        run: &GroupRun<'_>,
        index: usize,
        rows: &LoadedRows,
        schema: &Schema,
    ) -> Result<Vec<Statement>, Fault> {
        let server = self.session.server();
        let context = RenderContext::new(server.version).with_schema(schema);
        render_rows(server.dialect, rows, &context).map_err(|error| {
            let statement = run.step.statements.get(index);
            let place = statement.and_then(|statement| statement.place.clone());
            Fault::Refused(render_error(&run.step.revision, place, error))
        })
    }
}

impl GroupRun<'_> {
    fn data_error(&self, index: usize, error: DataError) -> EngineError {
        let statement = self.step.statements.get(index);
        EngineError::DataFile {
            revision: self.step.revision.clone(),
            place: statement.and_then(|statement| statement.place.clone()),
            error,
        }
    }
}
