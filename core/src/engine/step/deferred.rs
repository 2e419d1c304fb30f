//! Statements that are written when their turn comes, from the schema as it is then.

use super::StepRunner;
use super::failure::Fault;
use super::group_run::GroupRun;
use super::send::Messages;
use super::send::Part;
use crate::dialect::Dialect;
use crate::dialect::RenderContext;
use crate::dialect::Rendering;
use crate::dialect::Statement;
use crate::engine::EngineError;
use crate::engine::compile::Deferred;
use crate::engine::compile::Isolation;
use crate::engine::compile::Needed;
use crate::engine::compile::guards;
use crate::engine::compile::render_error;
use crate::operation::Effect;
use crate::operation::Operation;
use crate::operation::effects;
use crate::schema::Schema;

impl StepRunner<'_> {
    /// Reads the tables that the operations change, writes what the dialect makes of them, and sends that. What some of
    /// the operations have made unknown is read again before the others are written.
    pub(super) async fn deferred(
        &mut self,
        run: &GroupRun<'_>,
        index: usize,
        deferred: &Deferred,
    ) -> Result<(), Fault> {
        if let Some(statements) = deferred.settled(run.is_retried) {
            return self.written(run, index, deferred, 0, statements).await;
        }
        let mut from = 0;
        while let Some(rest) = deferred.operations.get(from..).filter(|rest| !rest.is_empty()) {
            let mut schema = self.read(rest).await?;
            deferred.declare(&mut schema, self.session.server());
            if run.is_retried && run.group.isolation == Isolation::Alone && from == 0 {
                // Where each statement commits by itself, an earlier run may have come as far as the middle of them.
                from = done(self.session.server().dialect, rest, &schema);
                if from > 0 {
                    continue;
                }
            }
            let (rendering, count) = self
                .render(rest, &schema)
                .map_err(|error| {
                    let place = deferred.place(from + error.operation().unwrap_or_default());
                    render_error(&run.step.revision, place, error)
                })
                .map_err(Fault::Refused)?;
            if let Some(sql) = rendering.before.iter().find(|sql| !run.step.before.contains(sql)) {
                return Err(Fault::Refused(EngineError::Unprepared {
                    revision: run.step.revision.clone(),
                    place: deferred.place(from),
                    sql: sql.clone(),
                }));
            }
            self.written(run, index, deferred, from, &rendering.statements)
                .await?;
            from += count;
        }
        Ok(())
    }

    /// The part of the schema that the dialect needs.
    async fn read(&mut self, operations: &[Operation]) -> Result<Schema, Fault> {
        let needed = Needed::by(self.session.server().dialect, operations);
        let read = self.session.introspect(needed.scope()).await;
        read.map_err(|error| {
            Fault::Refused(EngineError::Database {
                doing: "reading the schema",
                error,
            })
        })
    }

    /// The statements of the operations, or of the first ones when the schema that these leave is not known. Gives how
    /// many operations they carry out.
    fn render(
        &self,
        operations: &[Operation],
        schema: &Schema,
    ) -> Result<(Rendering, usize), crate::dialect::RenderError> {
        let server = self.session.server();
        let context = RenderContext::new(server.version).with_schema(schema);
        let error = match server.dialect.render(operations, &context) {
            Ok(rendering) => return Ok((rendering, operations.len())),
            Err(error) => error,
        };
        match error.operation() {
            Some(at) if at > 0 && error.is_unknown() => {
                let first = operations.get(..at).unwrap_or_default();
                server
                    .dialect
                    .render(first, &context)
                    .map(|rendering| (rendering, at))
            }
            _ => Err(error),
        }
    }

    /// Sends statements with what guards them.
    async fn written(
        &mut self,
        run: &GroupRun<'_>,
        index: usize,
        deferred: &Deferred,
        from: usize,
        statements: &[Statement],
    ) -> Result<(), Fault> {
        let timeout = run
            .step
            .statements
            .get(index)
            .and_then(|statement| statement.timeout);
        let mut batch = Messages::default();
        for statement in statements {
            let place = deferred.place(from + statement.operations.start);
            let (before, explained_by) = guards(statement, run.group.isolation);
            for guard in before {
                self.send(run, &mut batch, timeout).await?;
                let rows = self.query(&guard.query, index, timeout).await?;
                if !rows.rows.is_empty() {
                    return Err(Fault::Guard { place, guard, rows });
                }
            }
            batch.push_explained(Part::Written(index), &statement.sql, place, explained_by);
        }
        self.send(run, &mut batch, timeout).await?;
        Ok(())
    }
}

/// How many of the operations, from the first on, have taken effect.
fn done(dialect: &dyn Dialect, operations: &[Operation], schema: &Schema) -> usize {
    let mut schema = schema.clone();
    for operation in operations {
        dialect.recognize(&mut schema, operation);
    }
    let effects = effects(operations, &schema);
    effects
        .iter()
        .take_while(|effect| **effect == Effect::Done)
        .count()
}
