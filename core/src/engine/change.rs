//! Upgrades and downgrades.

use crate::driver::Session;
use crate::engine::DriftCheck;
use crate::engine::EngineError;
use crate::engine::Event;
use crate::engine::Migrator;
use crate::engine::Observer;
use crate::engine::Report;
use crate::engine::drift::NOT_KNOWN;
use crate::engine::run::Run;
use crate::graph::Direction;

impl Migrator {
    /// Applies what `target` needs and is not applied; `heads` is everything.
    pub async fn upgrade(&self, target: &str, observer: &mut dyn Observer) -> Result<Report, EngineError> {
        self.change(Direction::Upgrade, target, observer).await
    }

    /// Takes back what lies above `target`; `base` is everything.
    pub async fn downgrade(&self, target: &str, observer: &mut dyn Observer) -> Result<Report, EngineError> {
        self.change(Direction::Downgrade, target, observer).await
    }

    async fn change(
        &self,
        direction: Direction,
        target: &str,
        observer: &mut dyn Observer,
    ) -> Result<Report, EngineError> {
        let mut session = self.connect(&self.writing()).await?;
        let server = session.server();
        self.check_transaction_scope(server.dialect, &server.version)?;
        let mut acquiring = self.acquiring(&session);
        let lock = loop {
            if let Some(report) = self
                .nothing_left(direction, target, &mut session, observer)
                .await?
            {
                let _ = session.close().await;
                return Ok(report);
            }
            if let Some(lock) = acquiring.lock_or_news(&mut session, observer).await? {
                break lock;
            }
        };
        let id = acquiring.run().to_owned();
        let mut run = Run::under(lock, id, self, session, observer).await?;
        let answer = run.steps(direction, target).await;
        run.end(answer).await
    }

    /// The report of a run that has nothing to do, for which no lock is needed.
    async fn nothing_left(
        &self,
        direction: Direction,
        target: &str,
        session: &mut Session,
        observer: &mut dyn Observer,
    ) -> Result<Option<Report>, EngineError> {
        let state = self.read_state(session).await?;
        Self::check_version_table(&state)?;
        if state.doubt().is_some() || state.progress().is_some() {
            return Ok(None);
        }
        let plan = self.plan_from(direction, target, &state, session).await?;
        if !plan.steps.is_empty() {
            return Ok(None);
        }
        self.check_unchanged(&state, session)?;
        let notice = self.ahead_notice(&state);
        if let Some(message) = &notice {
            observer.event(&Event::Notice { message });
        }
        if self.options().drift == DriftCheck::Stop {
            match self.found(session, &state).await? {
                Some(true) => {}
                Some(false) => return Err(EngineError::Drift),
                None => observer.event(&Event::Notice { message: NOT_KNOWN }),
            }
        }
        Ok(Some(Report {
            position: state.position().filter(|_| notice.is_none()),
            revisions: state.rows,
            ..Report::default()
        }))
    }
}
