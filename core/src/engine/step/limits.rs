//! How long a statement may wait and run, where that is not as for all.

use super::StepRunner;
use super::group_run::GroupRun;
use crate::driver::Trust;
use crate::engine::compile::Action;
use crate::engine::compile::CompiledStatement;
use crate::engine::compile::Isolation;
use crate::script::LockLimit;

/// What is sent around a statement.
#[derive(Default)]
pub(super) struct Limits {
    /// What gives it limits of its own.
    pub(super) before: Vec<String>,
    /// What gives those behind it the usual ones again.
    pub(super) after: Vec<String>,
}

impl StepRunner<'_> {
    /// The limits of a statement. A session that a pooler lends takes settings for a transaction only.
    pub(super) fn limits(&self, run: &GroupRun<'_>, statement: &CompiledStatement) -> Limits {
        let server = self.session.server();
        if server.trust != Trust::Session && run.group.isolation == Isolation::Alone {
            return Limits::default();
        }
        let dialect = server.dialect;
        let mut limits = Limits::default();
        let waits = matches!(&statement.action, Action::Execute(sql) if dialect.waits_for_others(sql));
        if let Some(lock) = statement.lock_limit.or(waits.then_some(LockLimit::Unlimited)) {
            limits.before.extend(dialect.lock_timeout(lock.time()));
            limits.after.extend(dialect.lock_timeout(self.timeouts.lock));
        }
        // The script's own limit is watched over here; the server's must not come before it.
        if let (Some(_), Some(own)) = (self.timeouts.statement, statement.timeout) {
            limits.before.extend(dialect.statement_timeout(Some(own)));
            limits
                .after
                .extend(dialect.statement_timeout(self.timeouts.statement));
        }
        limits
    }
}
