//! A connection with which something goes wrong.

use std::time::Duration;

use async_trait::async_trait;
use limbeck_core::catalogue::Catalogue;
use limbeck_core::dialect::Value;
use limbeck_core::driver::Activity;
use limbeck_core::driver::Batch;
use limbeck_core::driver::BatchError;
use limbeck_core::driver::Blocker;
use limbeck_core::driver::Cancel;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DataFault;
use limbeck_core::driver::Done;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Holder;
use limbeck_core::driver::LoadError;
use limbeck_core::driver::LockName;
use limbeck_core::driver::Rows;
use limbeck_core::driver::Scope;
use limbeck_core::driver::ServerInfo;
use limbeck_core::driver::SessionId;
use limbeck_core::driver::Trace;
use limbeck_core::driver::TryLock;
use limbeck_core::operation::RowBatch;
use limbeck_core::schema::Schema;

use crate::FaultKind;
use crate::process::die;
use crate::statements::Countdown;

/// A connection that counts its statements. Every method is handed on, those with a default too.
pub(crate) struct FaultyConnection {
    /// None once the connection is cut.
    connection: Option<Box<dyn Connection>>,
    server: ServerInfo,
    countdown: Countdown,
    /// The locks that this session was asked to take.
    locks: Vec<LockName>,
}

impl FaultyConnection {
    pub(crate) fn new(connection: Box<dyn Connection>, countdown: Countdown) -> Self {
        Self {
            server: connection.server().clone(),
            connection: Some(connection),
            countdown,
            locks: Vec::new(),
        }
    }

    fn connection(&mut self) -> Result<&mut Box<dyn Connection>, DriverError> {
        self.connection.as_mut().ok_or_else(lost)
    }

    /// Lets the fault come.
    async fn fail(&mut self) -> Result<(), DriverError> {
        match self.countdown.take().map(|fault| fault.kind) {
            Some(FaultKind::Kill) => die(),
            Some(FaultKind::Cut) => self.connection = None,
            Some(FaultKind::Unlock) => {
                for name in std::mem::take(&mut self.locks) {
                    self.connection()?.unlock(&name).await?;
                }
            }
            Some(FaultKind::Call) => {
                if let Some(call) = self.countdown.call() {
                    call.make();
                }
            }
            None => {}
        }
        Ok(())
    }

    /// Sends statements among which nothing goes wrong; `before` others of their batch were sent before them.
    async fn send(
        &mut self,
        batch: Batch<'_>,
        before: usize,
        done: &mut (dyn FnMut(Done) + Send),
    ) -> Result<(), BatchError> {
        let at = |error: BatchError| BatchError {
            at: error.at + before,
            ..error
        };
        let connection = self
            .connection()
            .map_err(|error| at(BatchError { at: 0, error }))?;
        let mut tell = |one: Done| done(Done::new(one.index + before, one.affected));
        let result = connection.run(batch, &mut tell).await;
        match &result {
            Ok(()) => self.countdown.sent(batch.statements.len()),
            Err(error) => self.countdown.sent(error.at + 1),
        }
        result.map_err(at)
    }

    /// Sends the first `sent` statements of a batch, then the fault comes, and the others when the session goes on.
    async fn send_around_fault(
        &mut self,
        batch: Batch<'_>,
        sent: usize,
        done: &mut (dyn FnMut(Done) + Send),
    ) -> Result<(), BatchError> {
        let (first, rest) = batch
            .statements
            .split_at_checked(sent)
            .unwrap_or((batch.statements, &[]));
        let (mut until_fault, mut after_fault) = (batch, batch);
        (until_fault.statements, after_fault.statements) = (first, rest);
        let goes_on = self.countdown.goes_on();
        // Where the session ends, the answer of its last statement never arrives.
        let answered = if goes_on { sent } else { sent.saturating_sub(1) };
        let mut tell = |one: Done| {
            if one.index < answered {
                done(one);
            }
        };
        if sent > 0 {
            self.send(until_fault, 0, &mut tell).await?;
        } else {
            self.connection().map_err(|error| BatchError { at: 0, error })?;
        }
        let failed = self.fail().await;
        if goes_on {
            failed.map_err(|error| BatchError { at: sent, error })?;
            return self.send(after_fault, sent, done).await;
        }
        Err(BatchError {
            at: answered,
            error: lost(),
        })
    }
}

fn lost() -> DriverError {
    DriverError::new(
        DriverErrorKind::ConnectionLost,
        "the connection was cut by the test",
    )
}

#[async_trait]
impl Connection for FaultyConnection {
    fn server(&self) -> &ServerInfo {
        &self.server
    }

    async fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Rows, DriverError> {
        let before_fault = self.countdown.before_fault(1);
        if before_fault == Some(0) {
            self.fail().await?;
        }
        let answer = self.connection()?.query(sql, parameters).await;
        self.countdown.sent(1);
        if before_fault == Some(1) {
            let goes_on = self.countdown.goes_on();
            self.fail().await?;
            return if goes_on { answer } else { answer.and(Err(lost())) };
        }
        answer
    }

    async fn run(&mut self, batch: Batch<'_>, done: &mut (dyn FnMut(Done) + Send)) -> Result<(), BatchError> {
        match self.countdown.before_fault(batch.statements.len()) {
            Some(sent) => self.send_around_fault(batch, sent, done).await,
            None => self.send(batch, 0, done).await,
        }
    }

    async fn load(&mut self, rows: RowBatch) -> Result<(), LoadError> {
        let before_fault = self.countdown.before_fault(1);
        let all = 0..rows.len();
        let at = |error| LoadError {
            rows: all.clone(),
            error,
        };
        if before_fault == Some(0) {
            self.fail().await.map_err(at)?;
        }
        let answer = self.connection().map_err(at)?.load(rows).await;
        self.countdown.sent(1);
        if before_fault == Some(1) {
            let goes_on = self.countdown.goes_on();
            self.fail().await.map_err(at)?;
            return if goes_on {
                answer
            } else {
                answer.and(Err(at(lost())))
            };
        }
        answer
    }

    async fn close(mut self: Box<Self>) -> Result<(), DriverError> {
        match self.connection.take() {
            Some(connection) => connection.close().await,
            None => Ok(()),
        }
    }

    fn canceller(&self) -> Option<Box<dyn Cancel>> {
        self.connection.as_ref()?.canceller()
    }

    async fn try_lock(&mut self, name: &LockName) -> Result<TryLock, DriverError> {
        self.locks.push(name.clone());
        self.connection()?.try_lock(name).await
    }

    async fn await_unlock(&mut self, name: &LockName, at_most: Duration) -> Result<bool, DriverError> {
        self.connection()?.await_unlock(name, at_most).await
    }

    async fn unlock(&mut self, name: &LockName) -> Result<bool, DriverError> {
        self.connection()?.unlock(name).await
    }

    async fn lock_holder(&mut self, name: &LockName) -> Result<Option<Holder>, DriverError> {
        self.connection()?.lock_holder(name).await
    }

    fn lock_proof(&self, name: &LockName) -> Option<String> {
        self.connection.as_ref()?.lock_proof(name)
    }

    async fn activity(&mut self, session: &SessionId) -> Result<Activity, DriverError> {
        self.connection()?.activity(session).await
    }

    async fn blockers(&mut self, session: &SessionId) -> Result<Vec<Blocker>, DriverError> {
        self.connection()?.blockers(session).await
    }

    async fn trace(&mut self, sql: &str) -> Result<Trace, DriverError> {
        self.connection()?.trace(sql).await
    }

    async fn restore(&mut self) -> Result<(), DriverError> {
        self.connection()?.restore().await
    }

    async fn introspect(&mut self, scope: Scope<'_>) -> Result<Schema, DriverError> {
        self.connection()?.introspect(scope).await
    }

    async fn catalogue(&mut self) -> Result<Catalogue, DriverError> {
        self.connection()?.catalogue().await
    }

    async fn catalogue_without_order(&mut self) -> Result<Catalogue, DriverError> {
        self.connection()?.catalogue_without_order().await
    }

    async fn beyond_model(&mut self) -> Result<Catalogue, DriverError> {
        self.connection()?.beyond_model().await
    }

    async fn check_data(&mut self) -> Result<Vec<DataFault>, DriverError> {
        self.connection()?.check_data().await
    }
}
