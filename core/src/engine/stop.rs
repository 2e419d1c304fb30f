//! Stopping a run from outside, as a signal does.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;

use tokio::sync::Notify;

/// Why a run is to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Signal {
    /// Ctrl-C.
    Interrupt,
    /// SIGTERM.
    Terminate,
}

impl Signal {
    /// The exit code that shells give a process which such a signal ended.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Interrupt => 130,
            Self::Terminate => 143,
        }
    }
}

/// Asks a run to stop. A statement in a transaction is interrupted and rolled back, one outside of a transaction ends
/// first; a second request interrupts that one too. The outcome is recorded and the lock given back.
///
/// ```
/// use limbeck_core::engine::Signal;
/// use limbeck_core::engine::Stop;
///
/// let stop = Stop::new();
/// let handle = stop.clone();
/// assert_eq!(stop.requested(), None);
/// handle.request(Signal::Terminate);
/// assert_eq!(stop.requested(), Some(Signal::Terminate));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Stop {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<(Option<Signal>, usize)>,
    changed: Notify,
}

impl Stop {
    /// A handle on which nothing was requested.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks to stop. The first signal decides the exit code.
    pub fn request(&self, signal: Signal) {
        let mut state = self.shared.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.0.get_or_insert(signal);
        state.1 += 1;
        drop(state);
        self.shared.changed.notify_waiters();
    }

    /// What was requested.
    pub fn requested(&self) -> Option<Signal> {
        self.read().0
    }

    /// How often it was requested.
    pub(crate) fn requests(&self) -> usize {
        self.read().1
    }

    fn read(&self) -> (Option<Signal>, usize) {
        *self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until `times` requests were made.
    pub async fn wait(&self, times: usize) {
        loop {
            // Registered before the count is read, so that no request falls between the two.
            let changed = self.shared.changed.notified();
            if self.read().1 >= times {
                return;
            }
            changed.await;
        }
    }
}
