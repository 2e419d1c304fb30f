//! One group of a step, being run.

use std::time::Instant;

use crate::engine::compile::CompiledStep;
use crate::engine::groups::Group;
use crate::graph::RevisionId;
use crate::history::JournalDirection;
use crate::history::JournalEvent;
use crate::history::NewEntry;
use crate::history::StatementRange;

/// One group of a step, being run.
pub(super) struct GroupRun<'a> {
    pub(super) step: &'a CompiledStep,
    pub(super) group: &'a Group,
    /// Whether the rows of the version table change with this group.
    pub(super) is_last: bool,
    /// Whether its statements took effect in an earlier run, and only the rows are missing.
    pub(super) is_behind: bool,
    /// Whether its transaction begins with it.
    pub(super) opens: bool,
    /// Whether its transaction ends with it.
    pub(super) closes: bool,
    /// Whether an earlier run has begun its statement.
    pub(super) is_retried: bool,
    pub(super) hash_before: Option<String>,
    pub(super) hash_after: Option<String>,
    pub(super) started: Instant,
}

impl GroupRun<'_> {
    /// What of the step took effect before this group.
    pub(super) fn kept(&self) -> Option<(RevisionId, usize)> {
        let statements = self.group.range.start;
        (statements > 0).then(|| (self.step.revision.clone(), statements))
    }

    pub(super) fn entry(&self, event: JournalEvent) -> NewEntry {
        let mut entry = journal_entry(self.step, self.group, event, self.hash_after.clone());
        if event != JournalEvent::Intended {
            entry.milliseconds = u64::try_from(self.started.elapsed().as_millis()).ok();
        }
        entry
    }
}

/// What the journal says of a group, but for the time that it took.
pub(crate) fn journal_entry(
    step: &CompiledStep,
    group: &Group,
    event: JournalEvent,
    sql_hash: Option<String>,
) -> NewEntry {
    let mut entry = NewEntry::new(JournalDirection::from(step.direction), event);
    entry.revision = Some(step.revision.to_string());
    entry.statements = Some(StatementRange::new(group.range.clone(), step.statements.len()));
    entry.sql_hash = sql_hash;
    entry.checksum.clone_from(&step.checksum);
    entry
}
