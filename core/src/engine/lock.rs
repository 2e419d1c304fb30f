//! Waiting for the migration lock.

use std::time::Duration;
use std::time::Instant;

use super::EngineError;
use super::Event;
use super::Observer;
use super::Stop;
use crate::driver::Holder;
use crate::driver::LockName;
use crate::driver::Session;
use crate::driver::TryLock;

/// The pause between two attempts grows from the first to the second of these.
const PAUSES: (Duration, Duration) = (Duration::from_millis(20), Duration::from_secs(1));

/// Takes the lock on `session`. It polls: a waiting statement would hold a snapshot, for which the holder's own
/// statements may wait.
pub(crate) async fn acquire(
    session: &mut Session,
    name: &LockName,
    timeout: Duration,
    stop: &Stop,
    observer: &mut dyn Observer,
) -> Result<(), EngineError> {
    let started = Instant::now();
    let mut pause = PAUSES.0;
    let mut told: Option<Option<Holder>> = None;
    loop {
        if let Some(signal) = stop.requested() {
            return Err(EngineError::Stopped {
                signal,
                kept: None,
                applied: Vec::new(),
            });
        }
        let answer = session
            .try_lock(name)
            .await
            .map_err(|error| EngineError::Database {
                doing: "taking the migration lock",
                error,
            })?;
        let holder = match answer {
            TryLock::Acquired => {
                if told.is_some() {
                    observer.event(&Event::LockAcquired {
                        waited: started.elapsed(),
                    });
                }
                return Ok(());
            }
            TryLock::Held(holder) => holder,
        };
        if told.as_ref() != Some(&holder) {
            observer.event(&Event::LockWaiting {
                holder: holder.as_ref(),
            });
            told = Some(holder.clone());
        }
        let waited = started.elapsed();
        if waited >= timeout {
            return Err(EngineError::Locked { holder, waited });
        }
        // Random pauses keep many waiters from asking in step.
        let jittered = pause
            .mul_f64(0.5 + fastrand::f64())
            .min(timeout.saturating_sub(waited));
        tokio::select! {
            () = tokio::time::sleep(jittered) => {}
            () = stop.wait(1) => {}
        }
        pause = (pause * 2).min(PAUSES.1);
    }
}
