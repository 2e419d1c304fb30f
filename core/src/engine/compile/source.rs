//! Where a statement comes from.

use std::sync::Arc;

use super::Action;
use super::CompiledStatement;
use super::Isolation;
use crate::script::LoadSource;
use crate::script::Script;
use crate::script::SourceKind;
use crate::script::SourceStatement;
use crate::sql::Place;
use crate::sql::StatementClass;

/// Where statements come from, and what their file says of them.
#[derive(Clone, Default)]
pub(super) struct Source {
    pub(super) place: Option<Place>,
    directives: Option<SourceStatement>,
}

impl Source {
    pub(super) fn of(script: &Script, statement: SourceStatement) -> Self {
        Self {
            place: Some(Place::new(Arc::clone(script.file()), statement.span)),
            directives: Some(statement),
        }
    }

    /// Whether nothing is said of how it runs, so that it may run together with others.
    pub(super) fn is_plain(&self) -> bool {
        self.directives.as_ref().is_none_or(|source| {
            source.kind == SourceKind::Sql
                && !source.no_transaction
                && source.probe.is_none()
                && source.timeout.is_empty()
        })
    }

    /// The file that rows come from.
    pub(super) fn load(&self) -> Option<&LoadSource> {
        match &self.directives.as_ref()?.kind {
            SourceKind::Load(load) => Some(load),
            _ => None,
        }
    }

    pub(super) fn statement(&self, sql: String, class: StatementClass) -> CompiledStatement {
        let directives = self.directives.as_ref();
        let is_assertion = directives.is_some_and(|source| source.kind == SourceKind::Assert);
        let is_alone = directives.is_some_and(|source| source.no_transaction);
        CompiledStatement {
            action: if is_assertion {
                Action::Assert(sql)
            } else {
                Action::Execute(sql)
            },
            place: self.place.clone(),
            class,
            isolation: if is_alone {
                Isolation::Alone
            } else {
                Isolation::Shared
            },
            probe: directives.and_then(|source| source.probe.clone()),
            timeout: directives.and_then(|source| source.timeout.run),
            lock_limit: directives.and_then(|source| source.timeout.lock),
            explained_by: Vec::new(),
            operations: Vec::new(),
        }
    }
}
