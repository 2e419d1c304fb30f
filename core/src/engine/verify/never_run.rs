//! Revisions that count as applied and have never run.

use std::collections::HashSet;

use super::Finding;
use super::earlier::nearest_above;
use super::earlier::put_on_top;
use crate::driver::ConnectOptions;
use crate::driver::Session;
use crate::engine::EngineError;
use crate::engine::Migrator;
use crate::graph::RevisionGraph;
use crate::graph::RevisionId;
use crate::graph::Rows;
use crate::history::HistoryState;
use crate::history::JournalDirection;
use crate::history::JournalEntry;
use crate::history::JournalEvent;
use crate::script::DirectiveWord;

impl Migrator {
    /// The revisions that lie below applied ones and that the journal does not know: they were put there afterwards,
    /// and no upgrade will run them. In load order. Nothing is written.
    ///
    /// # Errors
    /// The database cannot be reached or read.
    pub async fn never_run(&self) -> Result<Vec<RevisionId>, EngineError> {
        let mut session = self.connect(&ConnectOptions::read_only()).await?;
        let state = self.read_state(&mut session).await?;
        let found = self.find_never_run(&state, &mut session).await;
        let _ = session.close().await;
        found
    }

    pub(super) async fn inserted(
        &self,
        state: &HistoryState,
        session: &mut Session,
    ) -> Result<Vec<Finding>, EngineError> {
        let never_run = self.find_never_run(state, session).await?;
        never_run
            .iter()
            .map(|id| self.inserted_one(id, &never_run))
            .collect()
    }

    fn inserted_one(&self, id: &RevisionId, never_run: &[RevisionId]) -> Result<Finding, EngineError> {
        let above = nearest_above(self.graph(), id, |id| !never_run.contains(id));
        let message = format!(
            "revision {id} lies below {above}, which is applied, and has never run here: it was put there afterwards"
        );
        let script = self.script(id)?;
        Ok(Finding {
            hints: vec![put_on_top(id)],
            ..Finding::in_header(script, DirectiveWord::Revision, "inserted", message)
        })
    }

    async fn find_never_run(
        &self,
        state: &HistoryState,
        session: &mut Session,
    ) -> Result<Vec<RevisionId>, EngineError> {
        if state.rows.is_empty() || !state.tables.journal {
            return Ok(Vec::new());
        }
        let mut journal = self.read_journal(session).await?;
        journal.reverse();
        Ok(unknown_to(&journal, self.graph(), &Self::rows(state)))
    }
}

/// The applied revisions that a journal, oldest first, does not know.
fn unknown_to(journal: &[JournalEntry], graph: &RevisionGraph, rows: &Rows) -> Vec<RevisionId> {
    let known = known_to(journal, graph);
    // Without a word about any revision it tells nothing.
    if journal.is_empty() {
        return Vec::new();
    }
    let applied = graph.applied(rows);
    graph
        .iter()
        .map(|revision| &revision.id)
        .filter(|id| applied.contains(*id) && !known.contains(*id))
        .cloned()
        .collect()
}

/// The revisions that have run, that were applied before the journal began, or that somebody has said to be applied.
fn known_to(journal: &[JournalEntry], graph: &RevisionGraph) -> HashSet<RevisionId> {
    let after = |entry: &JournalEntry| {
        let rows = entry.rows_after.as_deref().unwrap_or_default();
        graph.applied(&rows.split_whitespace().collect())
    };
    let mut before = journal.first().map(after).unwrap_or_default();
    let mut known = before.clone();
    for entry in journal {
        let id = entry.revision.as_deref().and_then(|id| graph.get(id));
        let id = id.map(|revision| revision.id.clone());
        match (entry.direction, entry.event) {
            (JournalDirection::Stamp, JournalEvent::Intended) => before = after(entry),
            (JournalDirection::Stamp, JournalEvent::Done) => {
                known.extend(after(entry).difference(&before).cloned());
            }
            (JournalDirection::Downgrade, _) if entry.completes_step() => {
                id.map(|id| known.remove(&id));
            }
            (
                JournalDirection::Upgrade | JournalDirection::Resolve | JournalDirection::Repair,
                JournalEvent::Done,
            ) => known.extend(id),
            _ => {}
        }
    }
    known
}
