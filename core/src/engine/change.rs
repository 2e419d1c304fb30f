//! Upgrades and downgrades.

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
        let state = self.read_state(&mut session).await?;
        Self::check_version_table(&state)?;
        if state.doubt().is_none() && state.progress().is_none() {
            let plan = self.plan_from(direction, target, &state, &mut session).await?;
            if plan.steps.is_empty() {
                self.check_unchanged(&state, &session)?;
                if let Some(message) = self.ahead_notice(&state) {
                    observer.event(&Event::Notice { message: &message });
                }
                if self.options().drift == DriftCheck::Stop {
                    match self.found(&mut session, &state).await? {
                        Some(true) => {}
                        Some(false) => return Err(EngineError::Drift),
                        None => observer.event(&Event::Notice { message: NOT_KNOWN }),
                    }
                }
                let _ = session.close().await;
                return Ok(Report {
                    revisions: state.rows,
                    ..Report::default()
                });
            }
        }
        let mut run = Run::lock(self, session, observer).await?;
        let answer = run.steps(direction, target).await;
        run.end(answer).await
    }
}
