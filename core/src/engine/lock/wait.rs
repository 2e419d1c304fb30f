//! Waiting between two attempts.

use std::time::Duration;
use std::time::Instant;

use crate::driver::Holder;
use crate::engine::EngineError;
use crate::engine::Event;
use crate::engine::Observer;
use crate::engine::Stop;

/// The pause between two attempts grows from the first to the second of these.
const PAUSES: (Duration, Duration) = (Duration::from_millis(20), Duration::from_secs(1));

/// A wait for the lock.
pub(super) struct Wait<'a> {
    started: Instant,
    timeout: Duration,
    pause: Duration,
    stop: &'a Stop,
    told: Option<Option<Holder>>,
}

impl<'a> Wait<'a> {
    pub(super) fn new(timeout: Duration, stop: &'a Stop) -> Self {
        Self {
            started: Instant::now(),
            timeout,
            pause: PAUSES.0,
            stop,
            told: None,
        }
    }

    /// The lock was had.
    pub(super) fn over(&self, observer: &mut dyn Observer) {
        if self.told.is_some() {
            observer.event(&Event::LockAcquired {
                waited: self.started.elapsed(),
            });
        }
    }

    /// The lock is somebody else's: waits until the next attempt.
    pub(super) async fn on(
        &mut self,
        holder: Option<Holder>,
        observer: &mut dyn Observer,
    ) -> Result<(), EngineError> {
        if self.told.as_ref() != Some(&holder) {
            observer.event(&Event::LockWaiting {
                holder: holder.as_ref(),
            });
            self.told = Some(holder.clone());
        }
        let waited = self.started.elapsed();
        if waited >= self.timeout {
            return Err(EngineError::Locked { holder, waited });
        }
        // Random pauses keep many waiters from asking in step.
        let jittered = self
            .pause
            .mul_f64(0.5 + fastrand::f64())
            .min(self.timeout.saturating_sub(waited));
        tokio::select! {
            () = tokio::time::sleep(jittered) => {}
            () = self.stop.wait(1) => {}
        }
        self.pause = (self.pause * 2).min(PAUSES.1);
        match self.stop.requested() {
            Some(signal) => Err(EngineError::Stopped {
                signal,
                kept: None,
                applied: Vec::new(),
            }),
            None => Ok(()),
        }
    }
}
