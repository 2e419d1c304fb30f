//! Trying again what others keep from its locks.
//!
//! A statement that waits for a lock makes everybody wait who comes after it. So it gives up soon, everything is taken
//! back, and the whole is tried again a little later.

use std::time::Duration;

use super::StepRunner;
use super::failure::Fault;
use super::group_run::GroupRun;
use super::send::Failure;
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

impl StepRunner<'_> {
    /// Runs a group until others let it.
    pub(super) async fn patiently(&mut self, run: &GroupRun<'_>) -> Result<(), Fault> {
        let mut pause = PAUSES.0;
        let mut attempt = 1;
        if run.group.isolation == Isolation::Alone && !run.is_behind {
            self.intend(run).await?;
        }
        // The first attempt mostly succeeds, and needs no second session beside it unless it is the only one.
        let mut watch = (self.attempts == 1).then(|| self.watch()).flatten();
        loop {
            let outcome = match run.group.isolation {
                Isolation::Shared => self.shared(run).await,
                Isolation::Alone => self.alone(run).await,
            };
            let fault = match outcome {
                Err(fault) if fault.is_lock_timeout() => fault,
                outcome => return outcome,
            };
            let blockers = watch.as_ref().map(Watch::blockers).unwrap_or_default();
            if attempt >= self.attempts {
                return Err(run.blocked(fault, attempt, blockers));
            }
            if run.group.isolation == Isolation::Shared {
                // When the failure has ended the transaction already, this says so and nothing else.
                let _ = self.session.query("ROLLBACK", &[]).await;
            }
            // It connects during the pause, and so can look from the beginning of the next attempt.
            watch = watch.or_else(|| self.watch());
            let jittered = pause.mul_f64(0.5 + fastrand::f64());
            self.observer.event(&Event::LockTimeout {
                attempt,
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
            pause = (pause * 2).min(PAUSES.1);
            attempt += 1;
        }
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
