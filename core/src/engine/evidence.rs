//! What tells whether a statement in doubt has taken effect.

use super::EngineError;
use super::compile::Action;
use super::compile::CompiledStatement;
use super::doubt::Resolution;
use super::run::Run;
use crate::driver::DriverErrorKind;
use crate::driver::Scope;
use crate::driver::Trace;
use crate::history::Doubt;
use crate::operation::Effect;
use crate::operation::Operation;
use crate::operation::effects;
use crate::schema::Name;

/// What is known of a statement in doubt.
pub(super) struct Evidence {
    pub(super) resolution: Resolution,
    /// Who says it: "its probe says".
    pub(super) witness: &'static str,
}

impl Evidence {
    const fn new(witness: &'static str, is_done: bool) -> Self {
        let resolution = if is_done {
            Resolution::Done
        } else {
            Resolution::NotRun
        };
        Self { resolution, witness }
    }
}

impl Run<'_> {
    /// Asks the statement's own probe, then the schema for a portable operation, then the catalogue for a statement of the
    /// engine's own. None when nobody knows.
    pub(super) async fn evidence(&mut self, doubt: &Doubt) -> Result<Option<Evidence>, EngineError> {
        let Some(statement) = self.doubtful(doubt)? else {
            return Ok(None);
        };
        if let Some(probe) = &statement.probe {
            let rows = self.session.query(probe, &[]).await.map_err(probing)?;
            return Ok(Some(Evidence::new("its probe says", !rows.rows.is_empty())));
        }
        match portable(&statement) {
            [] => self.traced(&statement).await,
            operations => self.seen(operations).await,
        }
    }

    /// What the schema says of operations.
    async fn seen(&mut self, operations: &[Operation]) -> Result<Option<Evidence>, EngineError> {
        let names = names(operations);
        let scope = names.as_deref().map_or(Scope::All, Scope::Tables);
        let mut schema = match self.session.introspect(scope).await {
            Ok(schema) => schema,
            Err(error) if error.kind == DriverErrorKind::Unsupported => return Ok(None),
            Err(error) => return Err(probing(error)),
        };
        let dialect = self.session.server().dialect;
        for operation in operations {
            dialect.recognize(&mut schema, operation);
        }
        let effects = effects(operations, &schema);
        if effects.contains(&Effect::Unknown) {
            return Ok(None);
        }
        // What is open among what is done is all that the next attempt does.
        let is_done = effects.iter().all(|effect| *effect == Effect::Done);
        Ok(Some(Evidence::new("the schema says", is_done)))
    }

    /// What the catalogue says of a statement in the engine's own words. What it has left in the way is taken away when it
    /// runs again.
    async fn traced(&mut self, statement: &CompiledStatement) -> Result<Option<Evidence>, EngineError> {
        let Action::Execute(sql) = &statement.action else {
            return Ok(None);
        };
        let trace = self.session.trace(sql).await.map_err(probing)?;
        Ok(match trace {
            Trace::Done => Some(Evidence::new("the catalogue says", true)),
            Trace::NotRun | Trace::Partial { .. } => Some(Evidence::new("the catalogue says", false)),
            Trace::Unknown => None,
        })
    }
}

/// The operations of a statement.
fn portable(statement: &CompiledStatement) -> &[Operation] {
    match &statement.action {
        Action::Render(deferred) => &deferred.operations,
        _ => &statement.operations,
    }
}

/// The tables that must be looked at; none when a view or an index has to be found wherever it is.
fn names(operations: &[Operation]) -> Option<Vec<Name>> {
    let mut names = Vec::new();
    for operation in operations {
        names.push(operation.table()?.clone());
        if let Operation::RenameTable { to, .. } = operation {
            names.push(to.clone());
        }
    }
    Some(names)
}

fn probing(error: crate::driver::DriverError) -> EngineError {
    EngineError::Database {
        doing: "probing a statement in doubt",
        error,
    }
}
