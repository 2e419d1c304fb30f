//! Counting statements until the fault.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

use crate::Fault;
use crate::FaultKind;

/// How many statements all connections of a [`Faulty`](crate::Faulty) driver have sent.
#[derive(Clone, Debug, Default)]
pub struct StatementCount(Arc<AtomicUsize>);

impl StatementCount {
    /// The number so far.
    pub fn get(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }

    fn add(&self, statements: usize) {
        self.0.fetch_add(statements, Ordering::SeqCst);
    }
}

/// What all connections of a driver share: how far it is to the fault.
#[derive(Clone, Debug)]
pub(crate) struct Countdown {
    fault: Option<Fault>,
    count: StatementCount,
    over: Arc<AtomicBool>,
    call: Option<Call>,
}

/// What a test does in the middle of a run.
#[derive(Clone)]
pub(crate) struct Call(Arc<dyn Fn() + Send + Sync>);

impl Call {
    pub(crate) fn make(&self) {
        (self.0)();
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Call")
    }
}

impl Countdown {
    pub(crate) fn new(fault: Option<Fault>) -> Self {
        Self {
            fault,
            count: StatementCount::default(),
            over: Arc::default(),
            call: None,
        }
    }

    pub(crate) fn calling(after: usize, call: Arc<dyn Fn() + Send + Sync>) -> Self {
        Self {
            call: Some(Call(call)),
            ..Self::new(Some(Fault::new(FaultKind::Call, after)))
        }
    }

    pub(crate) fn call(&self) -> Option<&Call> {
        self.call.as_ref()
    }

    pub(crate) fn count(&self) -> StatementCount {
        self.count.clone()
    }

    /// Statements have been sent.
    pub(crate) fn sent(&self, statements: usize) {
        self.count.add(statements);
    }

    /// How many of these statements take effect before the fault; none when it does not come among them.
    pub(crate) fn before_fault(&self, statements: usize) -> Option<usize> {
        if self.over.load(Ordering::SeqCst) {
            return None;
        }
        let before = self.fault?.after.saturating_sub(self.count.get());
        (before <= statements).then_some(before)
    }

    /// Whether the session goes on after the fault.
    pub(crate) fn goes_on(&self) -> bool {
        self.fault.is_some_and(|fault| fault.kind.goes_on())
    }

    /// The fault comes; it does not come again.
    pub(crate) fn take(&self) -> Option<Fault> {
        self.over.store(true, Ordering::SeqCst);
        self.fault
    }
}
