//! Trying again what others keep from its locks.
//!
//! A statement that waits for a lock makes everybody wait who comes after it. So it gives up soon, everything is taken
//! back, and the whole is tried again a little later.

use std::time::Duration;

use super::StepRunner;
use super::failure::Fault;
use super::group_run::GroupRun;
use super::send::Failure;
use super::send::Messages;
use crate::driver::Blocker;
use crate::driver::DriverErrorKind;
use crate::engine::EngineError;
use crate::engine::Event;
use crate::engine::compile::Isolation;
use crate::engine::watcher::Watch;

/// The pause before the second attempt, and the longest one.
const PAUSES: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(15));

/// How often it is looked who is in the way, where the wait has no limit of its own.
const LOOK: Duration = Duration::from_secs(1);

/// How often a transaction was tried, and who was in its way.
pub(super) struct Patience {
    attempt: u32,
    /// How long until the next attempt, about.
    pause: Duration,
    watch: Option<Watch>,
}

impl StepRunner<'_> {
    /// Runs a group until others let it.
    pub(super) async fn patiently(&mut self, run: &GroupRun<'_>) -> Result<(), Fault> {
        if run.group.isolation == Isolation::Alone && !run.is_behind {
            self.intend(run).await?;
        }
        let mut patience = self.patience();
        loop {
            let outcome = match run.group.isolation {
                Isolation::Shared => self.shared(run, &mut Messages::default()).await,
                Isolation::Alone => self.alone(run).await,
            };
            match outcome {
                Err(fault) => self.try_again(run, fault, &mut patience).await?,
                Ok(()) => return Ok(()),
            }
        }
    }

    pub(super) fn patience(&self) -> Patience {
        Patience {
            attempt: 1,
            pause: PAUSES.0,
            // The first attempt mostly succeeds, and needs no second session beside it unless it is the only one.
            watch: (self.attempts == 1).then(|| self.watch()).flatten(),
        }
    }

    /// Takes back what has failed because of the locks of others, and waits a little. Another fault, or one after the last
    /// attempt, is given back.
    pub(super) async fn try_again(
        &mut self,
        run: &GroupRun<'_>,
        fault: Fault,
        patience: &mut Patience,
    ) -> Result<(), Fault> {
        if !fault.is_lock_timeout() {
            return Err(fault);
        }
        let watch = patience.watch.as_ref();
        let blockers = watch.map(Watch::blockers).unwrap_or_default();
        if patience.attempt >= self.attempts {
            return Err(run.blocked(fault, patience.attempt, blockers));
        }
        if run.group.isolation == Isolation::Shared {
            // When the failure has ended the transaction already, this says so and nothing else.
            let _ = self.session.query("ROLLBACK", &[]).await;
        }
        // It connects during the pause, and so can look from the beginning of the next attempt.
        patience.watch = patience.watch.take().or_else(|| self.watch());
        let jittered = patience.pause.mul_f64(0.5 + fastrand::f64());
        self.observer.event(&Event::LockTimeout {
            attempt: patience.attempt,
            attempts: self.attempts,
            blockers: &blockers,
            pause: jittered,
        });
        tokio::select! {
            () = tokio::time::sleep(jittered) => {}
            () = self.stop.wait(1) => {}
        }
        if let Some(signal) = self.stop.requested() {
            return Err(Fault::Refused(EngineError::Stopped {
                signal,
                kept: run.kept(),
                applied: Vec::new(),
            }));
        }
        patience.pause = (patience.pause * 2).min(PAUSES.1);
        patience.attempt += 1;
        Ok(())
    }

    fn watch(&self) -> Option<Watch> {
        let pause = self.timeouts.lock.map_or(LOOK, |limit| limit / 4);
        let session = &self.session.server().session;
        self.watcher.as_ref().map(|watcher| watcher.watch(session, pause))
    }
}

impl Fault {
    fn is_lock_timeout(&self) -> bool {
        matches!(self, Self::Failure(Failure { error, .. }) if error.kind == DriverErrorKind::LockTimeout)
    }
}

impl GroupRun<'_> {
    /// The fault after the last attempt.
    fn blocked(&self, fault: Fault, attempts: u32, blockers: Vec<Blocker>) -> Fault {
        let Fault::Failure(failure) = fault else {
            return fault;
        };
        let statement = failure
            .part
            .statement()
            .and_then(|index| self.step.statements.get(index));
        Fault::Refused(EngineError::Blocked {
            revision: self.step.revision.clone(),
            direction: self.step.direction,
            place: statement.and_then(|statement| statement.place.clone()),
            attempts,
            blockers,
            error: failure.error,
            kept: self.group.range.start,
            applied: Vec::new(),
        })
    }
}
