//! Stopping what a session's thread does, from another thread.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::thread;
use std::time::Duration;
use std::time::Instant;

use async_trait::async_trait;
use limbeck_core::driver::Cancel;
use limbeck_core::driver::DriverError;
use rusqlite::InterruptHandle;

/// Virtual machine steps between two looks at the signal.
const STEPS: i32 = 1000;

/// The longest sleep between two attempts at a file that another process has locked.
const LONGEST_NAP: Duration = Duration::from_millis(50);

/// Which jobs of a session's thread are to stop.
///
/// Jobs are numbered, and an interruption is meant for jobs up to a number: one that comes too late never hits the
/// next job. `InterruptHandle` alone is not enough, because it does nothing before a statement has begun.
pub(crate) struct Signal {
    state: Mutex<State>,
    interrupt: InterruptHandle,
}

#[derive(Default)]
struct State {
    /// The number of the last job that was handed over.
    submitted: u64,
    /// The job that runs, none when the thread waits.
    running: Option<u64>,
    /// Jobs up to this number are to stop.
    cancelled: u64,
}

impl Signal {
    /// The signal of a connection, which from now on looks at it while it computes and while it waits for a lock.
    pub(crate) fn install(connection: &mut rusqlite::Connection) -> rusqlite::Result<Arc<Self>> {
        let signal = Arc::new(Self {
            state: Mutex::default(),
            interrupt: connection.get_interrupt_handle(),
        });
        let progress = Arc::clone(&signal);
        connection.progress_handler(STEPS, Some(move || progress.is_cancelled()))?;
        Ok(signal)
    }

    /// Has the connection wait up to `timeout` for a file that another process has locked.
    pub(crate) fn wait_when_busy(
        self: &Arc<Self>,
        connection: &mut rusqlite::Connection,
        timeout: Duration,
    ) -> rusqlite::Result<()> {
        let signal = Arc::clone(self);
        let mut since = Instant::now();
        connection.busy_handler(Some(move |attempt: i32| {
            if attempt == 0 {
                since = Instant::now();
            }
            let left = timeout.saturating_sub(since.elapsed());
            if left.is_zero() || signal.is_cancelled() {
                return false;
            }
            let nap = Duration::from_millis(u64::from(attempt.unsigned_abs()) + 1);
            thread::sleep(nap.min(LONGEST_NAP).min(left));
            true
        }))
    }

    /// The number of a new job.
    pub(crate) fn submit(&self) -> u64 {
        let mut state = self.state();
        state.submitted += 1;
        state.submitted
    }

    /// The thread begins a job.
    pub(crate) fn begin(&self, job: u64) {
        self.state().running = Some(job);
    }

    /// The thread has ended its job.
    pub(crate) fn end(&self) {
        self.state().running = None;
    }

    /// Stops a job, also one that has not begun.
    pub(crate) fn cancel(&self, job: u64) {
        let mut state = self.state();
        state.cancelled = state.cancelled.max(job);
        if state.running.is_some_and(|running| running <= job) {
            self.interrupt.interrupt();
        }
    }

    /// Stops all jobs that were handed over so far.
    pub(crate) fn cancel_all(&self) {
        let submitted = self.state().submitted;
        self.cancel(submitted);
    }

    /// Whether the job that runs is to stop.
    pub(crate) fn is_cancelled(&self) -> bool {
        let state = self.state();
        state.running.is_some_and(|running| running <= state.cancelled)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The handle behind [`limbeck_core::driver::Connection::canceller`].
pub(crate) struct Canceller(pub(crate) Arc<Signal>);

#[async_trait]
impl Cancel for Canceller {
    async fn cancel(&self) -> Result<(), DriverError> {
        self.0.cancel_all();
        Ok(())
    }
}
