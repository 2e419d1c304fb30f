//! Waiting between two attempts.

use std::time::Duration;
use std::time::Instant;

use super::taking;
use crate::driver::DriverErrorKind;
use crate::driver::Holder;
use crate::driver::LockName;
use crate::driver::Session;
use crate::engine::EngineError;
use crate::engine::Event;
use crate::engine::Observer;
use crate::engine::Stop;

/// The first pause between two attempts. Each is twice as long as the one before it.
const FIRST: Duration = Duration::from_millis(20);

/// The longest pause between two attempts at a lock of a session.
const LONGEST: Duration = Duration::from_secs(1);

/// The longest pause between two attempts at the lease, for which many may ask a server that can wake nobody.
const LONGEST_FOR_LEASE: Duration = Duration::from_millis(2100);

/// How long a driver waits before the holder is looked at again.
const TURN: Duration = Duration::from_secs(10);

/// How far a pause is from what it should be, at most: many who have begun at once are not to ask in step.
const JITTER: f64 = 0.2;

/// What is waited for.
#[derive(Clone, Copy)]
pub(super) enum Way<'a> {
    /// The lock of a session, of this name.
    Session(&'a LockName),
    /// The lease.
    Lease,
}

/// A wait for the lock.
pub(super) struct Wait<'a> {
    started: Instant,
    timeout: Duration,
    stop: &'a Stop,
    pause: Duration,
    /// The driver cannot wait for its lock.
    asks: bool,
    /// How often the lock was given back and somebody else was faster.
    missed: u32,
    told: Option<Option<Holder>>,
}

impl<'a> Wait<'a> {
    pub(super) fn new(timeout: Duration, stop: &'a Stop) -> Self {
        Self {
            started: Instant::now(),
            timeout,
            stop,
            pause: FIRST,
            asks: false,
            missed: 0,
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

    /// The lock is somebody else's: waits until it is worth another attempt. Whether it was given back meanwhile, or has gone
    /// from one to another.
    pub(super) async fn on(
        &mut self,
        holder: Option<Holder>,
        way: Way<'_>,
        session: &mut Session,
        observer: &mut dyn Observer,
    ) -> Result<bool, EngineError> {
        let is_another = self.told.as_ref().is_some_and(|told| *told != holder);
        if is_another {
            self.pause = FIRST;
        }
        if is_another || self.told.is_none() {
            observer.event(&Event::LockWaiting {
                holder: holder.as_ref(),
            });
            self.told = Some(holder.clone());
        }
        let waited = self.started.elapsed();
        if waited >= self.timeout {
            return Err(EngineError::Locked { holder, waited });
        }
        let stop = self.stop;
        let was_freed = tokio::select! {
            was_freed = self.pass(way, self.timeout.saturating_sub(waited), session) => was_freed?,
            () = stop.wait(1) => false,
        };
        match stop.requested() {
            Some(signal) => Err(EngineError::Stopped {
                signal,
                kept: None,
                applied: Vec::new(),
            }),
            None => Ok(is_another || was_freed),
        }
    }

    /// Lets time pass, no more than is left. Whether the lock was seen free.
    async fn pass(
        &mut self,
        way: Way<'_>,
        left: Duration,
        session: &mut Session,
    ) -> Result<bool, EngineError> {
        if let Way::Session(name) = way
            && !self.asks
        {
            tokio::time::sleep(self.queue().min(left)).await;
            match session.await_unlock(name, left.min(TURN)).await {
                Ok(was_freed) => {
                    self.missed += u32::from(was_freed);
                    return Ok(was_freed);
                }
                Err(error) if error.kind == DriverErrorKind::Unsupported => self.asks = true,
                Err(error) => return Err(taking(error)),
            }
        }
        tokio::time::sleep(jittered(self.pause).min(left)).await;
        let longest = match way {
            Way::Session(_) => LONGEST,
            Way::Lease => LONGEST_FOR_LEASE,
        };
        self.pause = (self.pause * 2).min(longest);
        Ok(false)
    }

    /// How long to stay out of the way of others. Whoever is woken once finds, as a rule, that nothing is left to be done. Where
    /// it is otherwise, all who wait would be at the lock each time that one of them gives it back.
    fn queue(&self) -> Duration {
        match self.missed.checked_sub(1) {
            None | Some(0) => Duration::ZERO,
            Some(missed) => (FIRST * 2_u32.saturating_pow(missed))
                .min(LONGEST)
                .mul_f64(fastrand::f64()),
        }
    }
}

fn jittered(pause: Duration) -> Duration {
    pause.mul_f64(1.0 - JITTER + 2.0 * JITTER * fastrand::f64())
}
