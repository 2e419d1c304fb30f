//! Edited scripts: finding them, and accepting them.

use super::ChangedScript;
use super::EngineError;
use super::Migrator;
use super::Observer;
use super::compile::Compiler;
use super::run::Run;
use crate::driver::Session;
use crate::graph::Direction;
use crate::graph::RevisionId;
use crate::history::HistoryState;
use crate::history::JournalDirection;
use crate::history::JournalEvent;
use crate::history::NewEntry;
use crate::script::Checksum;
use crate::script::in_shares;

impl Migrator {
    /// Refuses when an applied script is not the one that ran.
    pub(crate) fn check_unchanged(&self, state: &HistoryState, session: &Session) -> Result<(), EngineError> {
        let changed = self.changed(state, session)?;
        if changed.is_empty() {
            Ok(())
        } else {
            Err(EngineError::Changed(changed))
        }
    }

    /// The applied scripts that are not the ones that ran, in load order.
    pub(crate) fn changed(
        &self,
        state: &HistoryState,
        session: &Session,
    ) -> Result<Vec<ChangedScript>, EngineError> {
        let compiler = Compiler::new(self, session.server());
        let applied = self.graph().applied(&Self::rows(state));
        let revisions = self.graph().iter().map(|revision| &revision.id);
        let recorded: Vec<(&RevisionId, &str)> = revisions
            .filter(|revision| applied.contains(*revision))
            .filter_map(|revision| Some((revision, state.checksums.get(revision.as_str())?.as_str())))
            .collect();
        let compared = in_shares(&recorded, |share| {
            let compare = |(revision, recorded): &(&RevisionId, &str)| {
                self.compare(&compiler, state, revision, recorded)
            };
            share.iter().map(compare).filter_map(Result::transpose).collect()
        });
        compared.into_iter().collect()
    }

    /// A revision, when its script has another checksum than the recorded one.
    fn compare(
        &self,
        compiler: &Compiler<'_>,
        state: &HistoryState,
        revision: &RevisionId,
        recorded: &str,
    ) -> Result<Option<ChangedScript>, EngineError> {
        let script = self.script(revision)?;
        let present = compiler.checksum(script, Direction::Upgrade)?;
        Ok((recorded != present).then(|| ChangedScript {
            revision: revision.clone(),
            file: script.file().name().to_owned(),
            data_files: script.data_files(Direction::Upgrade).map(str::to_owned).collect(),
            forget: self.forgetting(state, revision, recorded),
            recorded: recorded.to_owned(),
            present,
        }))
    }

    /// The target of a stamp that forgets a revision of which nothing ran, and nothing else: it must be all that lies on
    /// top.
    fn forgetting(&self, state: &HistoryState, revision: &RevisionId, recorded: &str) -> Option<String> {
        let is_only_row = state.rows.iter().map(String::as_str).eq([revision.as_str()]);
        if !is_only_row || recorded != Checksum::of_nothing().as_str() {
            return None;
        }
        let mut parents = self.graph().revises(revision);
        match (parents.next(), parents.next()) {
            (None, _) => Some("base".to_owned()),
            (Some(parent), None) => Some(parent.id.to_string()),
            (Some(_), Some(_)) => None,
        }
    }

    /// Accepts edited scripts: those of `revisions`, or all when none is named. Gives what was accepted.
    pub async fn repair(
        &self,
        revisions: &[RevisionId],
        observer: &mut dyn Observer,
    ) -> Result<Vec<ChangedScript>, EngineError> {
        let mut run = Run::begin(self, observer).await?;
        let answer = run.repair(revisions).await;
        run.end(answer).await
    }
}

impl Run<'_> {
    async fn repair(&mut self, revisions: &[RevisionId]) -> Result<Vec<ChangedScript>, EngineError> {
        if let Some(doubt) = self.state.doubt() {
            return Err(EngineError::Doubt(doubt));
        }
        if let Some(progress) = self.state.progress() {
            return Err(self.migrator.unfinished(progress, "repair"));
        }
        let mut changed = self.migrator.changed(&self.state, &self.session)?;
        if !revisions.is_empty() {
            changed.retain(|script| revisions.contains(&script.revision));
        }
        let writer = self.writer();
        for (seq, script) in (self.state.next_seq()..).zip(&changed) {
            let mut entry = NewEntry::new(JournalDirection::Repair, JournalEvent::Done);
            entry.revision = Some(script.revision.to_string());
            entry.checksum = Some(script.present.clone());
            let insert = writer.entry(seq, &entry, &self.state.rows);
            self.session
                .query(&insert, &[])
                .await
                .map_err(|error| EngineError::Database {
                    doing: "recording a repair",
                    error,
                })?;
        }
        Ok(changed)
    }
}
