//! A run: connect, lock, read the history, and give all of it back.

mod execute;
mod fingerprint;
mod part;
mod steps;
mod stretch;

pub(crate) use self::stretch::FirstStep;
pub(crate) use self::stretch::stretches;
use crate::dialect::RenderContext;
use crate::dialect::RenderError;
use crate::driver::Batch;
use crate::driver::DriverError;
use crate::driver::Session;
use crate::engine::EngineError;
use crate::engine::Event;
use crate::engine::Migrator;
use crate::engine::Observer;
use crate::engine::lock::Lock;
use crate::history::Existing;
use crate::history::HistoryState;
use crate::history::HistoryWriter;
use crate::operation::Operation;

/// A session that holds the lock, and the history as it is under the lock.
pub(crate) struct Run<'a> {
    pub(crate) migrator: &'a Migrator,
    pub(crate) session: Session,
    pub(crate) state: HistoryState,
    pub(crate) observer: &'a mut dyn Observer,
    lock: Lock,
    id: String,
}

impl<'a> Run<'a> {
    /// Connects, takes the lock and makes the history tables.
    pub(crate) async fn begin(
        migrator: &'a Migrator,
        observer: &'a mut dyn Observer,
    ) -> Result<Self, EngineError> {
        let session = migrator.connect(&migrator.writing()).await?;
        Self::lock(migrator, session, observer).await
    }

    /// Takes the lock and makes the history tables.
    pub(crate) async fn lock(
        migrator: &'a Migrator,
        mut session: Session,
        observer: &'a mut dyn Observer,
    ) -> Result<Self, EngineError> {
        let mut acquiring = migrator.acquiring(&session);
        let lock = acquiring.lock(&mut session, observer).await?;
        let id = acquiring.run().to_owned();
        Self::under(lock, id, migrator, session, observer).await
    }

    /// The run of this id, whose session has the lock. Makes the history tables.
    pub(crate) async fn under(
        lock: Lock,
        id: String,
        migrator: &'a Migrator,
        session: Session,
        observer: &'a mut dyn Observer,
    ) -> Result<Self, EngineError> {
        let mut run = Self {
            migrator,
            session,
            state: HistoryState::default(),
            observer,
            lock,
            id,
        };
        match run.read_history().await {
            Ok(()) => Ok(run),
            Err(error) => run.end(Err(error)).await,
        }
    }

    async fn read_history(&mut self) -> Result<(), EngineError> {
        self.state = self.migrator.read_state(&mut self.session).await?;
        self.create_tables().await
    }

    /// Gives the lock back and closes the session; `answer` is what the run has come to.
    pub(crate) async fn end<T>(mut self, answer: Result<T, EngineError>) -> Result<T, EngineError> {
        self.lock.release(&mut self.session).await;
        let _ = self.session.close().await;
        answer
    }

    pub(crate) fn notice(&mut self, message: &str) {
        self.observer.event(&Event::Notice { message });
    }

    /// The statements of this run's history.
    pub(crate) fn writer(&self) -> HistoryWriter<'a> {
        let server = self.session.server();
        HistoryWriter::new(
            server.dialect,
            self.migrator.tables(&self.session),
            self.id.clone(),
            server.session.to_string(),
            self.lock.proof(&self.session),
        )
    }

    /// Looks again for the tables that could not be made. The journal is that of all histories of a database, and each of
    /// them has a lock of its own: two that begin at once make it both.
    async fn made_by_others(&mut self, error: DriverError) -> Result<(), EngineError> {
        match self.migrator.read_state(&mut self.session).await {
            Ok(state) if state.tables != self.state.tables => {
                self.state = state;
                Box::pin(self.create_tables()).await
            }
            _ => Err(EngineError::Database {
                doing: "creating the history tables",
                error,
            }),
        }
    }

    /// Makes the history tables that are missing.
    async fn create_tables(&mut self) -> Result<(), EngineError> {
        let tables = &self.migrator.options().tables;
        let existing = self.state.tables;
        let version = (!existing.version).then(|| tables.create_version_table());
        let journal = (!existing.journal).then(|| tables.create_journal());
        let operations: Vec<Operation> = version.into_iter().chain(journal).collect();
        if operations.is_empty() {
            return Ok(());
        }
        let server = self.session.server();
        let rendering = server
            .dialect
            .render(&operations, &RenderContext::new(server.version))
            .map_err(|error: RenderError| EngineError::HistoryTables(error))?;
        let mut statements = vec![server.dialect.begin()];
        statements.extend(
            rendering
                .statements
                .iter()
                .map(|statement| statement.sql.as_str()),
        );
        statements.push("COMMIT");
        let made = self
            .session
            .run(Batch::transaction(&statements), &mut |_| {})
            .await;
        let Err(failure) = made else {
            self.state.tables = Existing::BOTH;
            return Ok(());
        };
        let _ = self.session.query("ROLLBACK", &[]).await;
        self.made_by_others(failure.error).await
    }
}
