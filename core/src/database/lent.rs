//! A connection that is out of the pool.

use super::pool::Object;
use crate::driver::DriverError;
use crate::driver::DriverErrorKind;
use crate::driver::Session;

/// A connection that is out of the pool, with a transaction. One whose transaction did not come to its end goes with this
/// value instead of back into the pool: who gets it next would wait for the locks that it still has.
pub(super) struct Lent {
    /// There until the value is dropped.
    object: Option<Object>,
    /// A transaction may be open.
    open: bool,
}

impl Lent {
    pub(super) const fn new(object: Object) -> Self {
        Self {
            object: Some(object),
            open: false,
        }
    }

    pub(super) fn session(&mut self) -> Result<&mut Session, DriverError> {
        let session = self.object.as_deref_mut();
        session.ok_or_else(|| DriverError::new(DriverErrorKind::Poisoned, "the connection was given back"))
    }

    pub(super) async fn begin(&mut self) -> Result<(), DriverError> {
        self.open = true;
        let session = self.session()?;
        session.take_failure();
        let begin = session.server().dialect.begin();
        session.query(begin, &[]).await.map(drop)
    }

    pub(super) async fn commit(&mut self) -> Result<(), DriverError> {
        let session = self.session()?;
        if session.has_savepoints() {
            return Err(unended());
        }
        // Some engines say nothing when they roll back where a commit was asked for.
        if session.take_failure()
            && let Err(error) = session.query("SELECT 1", &[]).await
        {
            self.roll_back().await;
            return Err(error);
        }
        self.session()?.query("COMMIT", &[]).await?;
        self.open = false;
        Ok(())
    }

    /// What cannot be rolled back goes with its connection.
    pub(super) async fn roll_back(&mut self) {
        let Ok(session) = self.session() else {
            return;
        };
        if !session.has_savepoints() && session.query("ROLLBACK", &[]).await.is_ok() {
            self.open = false;
        }
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if self.open
            && let Some(object) = self.object.take()
        {
            drop(Object::take(object));
        }
    }
}

fn unended() -> DriverError {
    DriverError::new(
        DriverErrorKind::Poisoned,
        "a nested transaction was dropped before it came to its end, so nothing was committed",
    )
    .with_hint("let the error of a nested transaction that was given up out of the outer one")
}
