//! A connection with which something goes wrong.

use async_trait::async_trait;
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
use limbeck_core::driver::LockName;
use limbeck_core::driver::Rows;
use limbeck_core::driver::Scope;
use limbeck_core::driver::ServerInfo;
use limbeck_core::driver::SessionId;
use limbeck_core::driver::Trace;
use limbeck_core::driver::TryLock;
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
}

impl FaultyConnection {
    pub(crate) fn new(connection: Box<dyn Connection>, countdown: Countdown) -> Self {
        Self {
            server: connection.server().clone(),
            connection: Some(connection),
            countdown,
        }
    }

    fn connection(&mut self) -> Result<&mut Box<dyn Connection>, DriverError> {
        self.connection.as_mut().ok_or_else(lost)
    }

    /// Lets the fault come.
    fn fail(&mut self) {
        match self.countdown.take().map(|fault| fault.kind) {
            Some(FaultKind::Kill) => die(),
            Some(FaultKind::Cut) => self.connection = None,
            None => {}
        }
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
            self.fail();
        }
        let answer = self.connection()?.query(sql, parameters).await;
        self.countdown.sent(1);
        if before_fault == Some(1) {
            self.fail();
            return answer.and(Err(lost()));
        }
        answer
    }

    async fn run(&mut self, batch: Batch<'_>, done: &mut (dyn FnMut(Done) + Send)) -> Result<(), BatchError> {
        let statements = batch.statements.len();
        let before_fault = self.countdown.before_fault(statements);
        let sent = before_fault.unwrap_or(statements);
        // The answer of the last statement before the fault never arrives.
        let answered = before_fault.map_or(statements, |before| before.saturating_sub(1));
        let mut until_fault = batch;
        until_fault.statements = batch.statements.get(..sent).unwrap_or(batch.statements);
        let result = match self.connection() {
            Ok(connection) if sent > 0 => {
                let mut answer = |one: Done| {
                    if one.index < answered {
                        done(one);
                    }
                };
                connection.run(until_fault, &mut answer).await
            }
            Ok(_) => Ok(()),
            Err(error) => return Err(BatchError { at: 0, error }),
        };
        match &result {
            Ok(()) => self.countdown.sent(sent),
            Err(error) => self.countdown.sent(error.at + 1),
        }
        if result.is_ok() && before_fault.is_some() {
            self.fail();
            return Err(BatchError {
                at: answered,
                error: lost(),
            });
        }
        result
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
        self.connection()?.try_lock(name).await
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

    async fn check_data(&mut self) -> Result<Vec<DataFault>, DriverError> {
        self.connection()?.check_data().await
    }
}
