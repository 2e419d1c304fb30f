//! The scratch database on which a walk stands.

use std::sync::Arc;

use crate::driver::Session;
use crate::engine::EngineError;
use crate::engine::Ignore;
use crate::engine::Live;
use crate::engine::Migrator;
use crate::engine::Scratch;
use crate::graph::Direction;
use crate::graph::RevisionId;
use crate::script::ScriptSet;

/// A scratch database that can be exchanged for a fresh one.
pub(super) struct Ground<'a> {
    migrator: &'a Migrator,
    scripts: Arc<ScriptSet>,
    scratch: Scratch,
}

impl<'a> Ground<'a> {
    pub(super) async fn open(migrator: &'a Migrator) -> Result<Self, EngineError> {
        let scripts = migrator.shared_scripts();
        let scratch = migrator.scratch(Arc::clone(&scripts)).await?;
        Ok(Self {
            migrator,
            scripts,
            scratch,
        })
    }

    pub(super) const fn scratch(&self) -> &Scratch {
        &self.scratch
    }

    /// Runs a revision in one direction; up with all that it needs and is not there. The inner error is what the files are
    /// to blame for.
    pub(super) async fn step(
        &self,
        revision: &RevisionId,
        direction: Direction,
    ) -> Result<Result<(), EngineError>, EngineError> {
        let migrator = self.scratch.migrator();
        let ran = match direction {
            Direction::Upgrade => migrator.upgrade(revision.as_str(), &mut Ignore).await,
            // It is the last one that was applied, and nothing needs it yet.
            Direction::Downgrade => migrator.downgrade("-1", &mut Ignore).await,
        };
        match ran {
            Ok(_) => Ok(Ok(())),
            Err(error) if error.is_of_step() => Ok(Err(error)),
            Err(error) => Err(error),
        }
    }

    /// Goes to a fresh database at these rows of the version table, in which nobody has written a row but the revisions. The
    /// last one that is applied is `last`, where it is among them.
    pub(super) async fn renew(&mut self, rows: &[String], last: &RevisionId) -> Result<(), EngineError> {
        let fresh = self.migrator.scratch(Arc::clone(&self.scripts)).await?;
        std::mem::replace(&mut self.scratch, fresh).close().await?;
        let is_last = |row: &&String| row.as_str() == last.as_str();
        let others = rows.iter().filter(|row| !is_last(row));
        for row in others.chain(rows.iter().filter(is_last)) {
            self.scratch.migrator().upgrade(row, &mut Ignore).await?;
        }
        Ok(())
    }

    /// The rows of the version table.
    pub(super) async fn rows(&self) -> Result<Vec<String>, EngineError> {
        self.scratch.migrator().current().await
    }

    pub(super) async fn live(&self) -> Result<Live, EngineError> {
        self.scratch.live().await
    }

    pub(super) fn session(&self) -> Result<Session, EngineError> {
        self.scratch.session()
    }

    pub(super) async fn close(self) -> Result<(), EngineError> {
        self.scratch.close().await
    }
}
