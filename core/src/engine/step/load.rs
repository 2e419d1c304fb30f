//! Rows that are read from a file and sent part by part.

use std::time::Duration;
use std::time::Instant;

use super::StepRunner;
use super::failure::Fault;
use super::group_run::GroupRun;
use super::send::Failure;
use super::send::Messages;
use super::send::Part;
use crate::data_file::DataError;
use crate::dialect::Dialect;
use crate::dialect::RenderContext;
use crate::driver::Scope;
use crate::engine::DataRows;
use crate::engine::EngineError;
use crate::engine::compile::Load;
use crate::engine::compile::render_error;
use crate::engine::compile::render_rows;
use crate::operation::Loading;
use crate::schema::Schema;

/// Rows that are ready to be sent.
struct Ready {
    messages: Messages,
    /// The lines of the first and the last.
    lines: (usize, usize),
}

/// What makes rows ready.
struct Preparation<'a> {
    run: &'a GroupRun<'a>,
    index: usize,
    loading: Loading,
    dialect: &'static dyn Dialect,
    context: RenderContext<'a>,
}

impl StepRunner<'_> {
    /// Inserts the rows of a file. While those of one statement are sent, those of the next are read; no others are held.
    /// Between two statements somebody may want the run to stop.
    pub(super) async fn load(&mut self, run: &GroupRun<'_>, index: usize, load: &Load) -> Result<(), Fault> {
        let schema = self.schema_of(load).await?;
        let server = self.session.server();
        let mut preparation = Preparation {
            run,
            index,
            loading: load
                .open(&schema)
                .map_err(|error| Fault::Refused(run.refused(index, error)))?,
            dialect: server.dialect,
            context: RenderContext::new(server.version).with_schema(&schema),
        };
        let limit = run
            .step
            .statements
            .get(index)
            .and_then(|statement| statement.timeout);
        let started = Instant::now();
        let mut next = preparation.next().map_err(Fault::Refused)?;
        while let Some(mut ready) = next {
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
            let sending = self.send(run, &mut ready.messages, left);
            let (sent, read) = tokio::join!(sending, async { preparation.next() });
            sent.map_err(|failure| Failure {
                rows: Some(Box::new(DataRows {
                    file: load.file.name().to_owned(),
                    first_line: ready.lines.0,
                    last_line: ready.lines.1,
                })),
                late: failure.late.and(limit),
                ..failure
            })?;
            next = read.map_err(Fault::Refused)?;
        }
        let unchanged = load.check(&preparation.loading);
        unchanged.map_err(|error| Fault::Refused(run.refused(index, error)))
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

impl Preparation<'_> {
    /// Reads the rows of the next statement, and writes it.
    fn next(&mut self) -> Result<Option<Ready>, EngineError> {
        let rows = self
            .loading
            .next()
            .map_err(|error| self.run.refused(self.index, error))?;
        let Some(rows) = rows else { return Ok(None) };
        let statements = render_rows(self.dialect, &rows, &self.context).map_err(|error| {
            let statement = self.run.step.statements.get(self.index);
            let place = statement.and_then(|statement| statement.place.clone());
            render_error(&self.run.step.revision, place, error)
        })?;
        let mut messages = Messages::default();
        for statement in statements {
            messages.push(Part::Written(self.index), statement.sql);
        }
        Ok(Some(Ready {
            messages,
            lines: rows.lines,
        }))
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
