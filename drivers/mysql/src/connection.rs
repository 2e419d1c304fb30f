//! A session as the core sees it.

use std::task::Context;
use std::task::Poll;
use std::task::Waker;
use std::time::Duration;

use async_trait::async_trait;
use limbeck_core::catalogue::Catalogue;
use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Value;
use limbeck_core::driver::Activity;
use limbeck_core::driver::Blocker;
use limbeck_core::driver::Cancel;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::Holder;
use limbeck_core::driver::LoadError;
use limbeck_core::driver::LockName;
use limbeck_core::driver::Rows;
use limbeck_core::driver::Scope;
use limbeck_core::driver::ServerInfo;
use limbeck_core::driver::SessionId;
use limbeck_core::driver::Trace;
use limbeck_core::driver::TryLock;
use limbeck_core::driver::behind;
use limbeck_core::operation::RowBatch;
use limbeck_core::schema::Schema;
use mysql_async::Conn;
use mysql_async::prelude::Queryable;

use crate::activity;
use crate::administer;
use crate::blockers;
use crate::cancel::Canceller;
use crate::catalogue;
use crate::connect;
use crate::dialect::MARIADB;
use crate::dialect::MYSQL;
use crate::dialect::MySqlDialect;
use crate::error;
use crate::introspect;
use crate::load;
use crate::lock;
use crate::query;
use crate::session;
use crate::settings::Settings;
use crate::trace;
use crate::value;

/// An open session.
pub(crate) struct MySqlConnection {
    conn: Option<Conn>,
    server: ServerInfo,
    settings: Settings,
    /// The packet that gives the session its settings.
    setup: String,
    scratch: Option<Scratch>,
    /// A statement was sent, and its answer has not come.
    waiting: bool,
}

/// A database that goes with the session.
struct Scratch {
    database: String,
    /// The session that has made it and holds its lock.
    maker: Box<MySqlConnection>,
}

impl MySqlConnection {
    pub(crate) const fn new(conn: Conn, server: ServerInfo, settings: Settings, setup: String) -> Self {
        Self {
            conn: Some(conn),
            server,
            settings,
            setup,
            scratch: None,
            waiting: false,
        }
    }

    /// Makes the session the owner of its database.
    pub(crate) fn keep_scratch(&mut self, database: String, maker: Self) {
        let maker = Box::new(maker);
        self.scratch = Some(Scratch { database, maker });
    }

    /// The dialect, which the core knows by its trait only.
    pub(crate) fn dialect(&self) -> &'static MySqlDialect {
        match self.server.dialect.name() == MARIADB.name() {
            true => &MARIADB,
            false => &MYSQL,
        }
    }

    /// The rows of each of several questions that are asked at once.
    pub(crate) async fn ask_all(&mut self, questions: &[String]) -> Result<Vec<Rows>, DriverError> {
        let Some(conn) = &mut self.conn else {
            return Err(error::closed());
        };
        self.waiting = true;
        let answers = query::texts(conn, &questions.join(";\n")).await;
        self.waiting = false;
        answers
    }

    /// Has the server read rows in its own format; whether it has written each of them, as it is.
    pub(crate) async fn read_in(
        &mut self,
        sql: &str,
        lines: Vec<u8>,
        rows: usize,
    ) -> Result<bool, DriverError> {
        let Some(conn) = &mut self.conn else {
            return Err(error::closed());
        };
        self.waiting = true;
        let answer = query::infile(conn, sql, lines).await;
        self.waiting = false;
        answer.map(|written| written.is_whole(rows))
    }

    /// The same for a number of questions that is known.
    pub(crate) async fn ask_each<const N: usize>(
        &mut self,
        questions: [String; N],
    ) -> Result<[Rows; N], DriverError> {
        let mut answers = self.ask_all(&questions).await?.into_iter();
        Ok(std::array::from_fn(|_| answers.next().unwrap_or_default()))
    }

    /// The one row of a question that this crate asks.
    pub(crate) async fn ask(&mut self, sql: &str) -> Result<Rows, DriverError> {
        self.query(sql, &[]).await
    }
}

#[async_trait]
impl Connection for MySqlConnection {
    fn server(&self) -> &ServerInfo {
        &self.server
    }

    async fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Rows, DriverError> {
        let values: Result<Vec<_>, _> = parameters.iter().map(value::to_mysql).collect();
        let values = values?;
        let Some(conn) = &mut self.conn else {
            return Err(error::closed());
        };
        self.waiting = true;
        let answer = match values.is_empty() {
            true => query::text(conn, sql).await,
            false => query::prepared(conn, sql, values).await,
        };
        self.waiting = false;
        answer
    }

    async fn load(&mut self, rows: RowBatch) -> Result<(), LoadError> {
        load::load(self, &rows).await
    }

    async fn close(mut self: Box<Self>) -> Result<(), DriverError> {
        if let Some(conn) = self.conn.take() {
            let closed = conn.disconnect().await;
            closed.map_err(|error| error::from_mysql(error, ""))?;
        }
        if let Some(Scratch { database, mut maker }) = self.scratch.take() {
            administer::drop_database(&mut maker, &database).await?;
            maker.close().await?;
        }
        Ok(())
    }

    fn canceller(&self) -> Option<Box<dyn Cancel>> {
        let id = self.conn.as_ref()?.id();
        Some(Box::new(Canceller::new(self.settings.clone(), id)))
    }

    async fn try_lock(&mut self, name: &LockName) -> Result<TryLock, DriverError> {
        lock::acquire(self, name).await
    }

    async fn await_unlock(&mut self, name: &LockName, at_most: Duration) -> Result<bool, DriverError> {
        lock::wait(self, name, at_most).await
    }

    async fn unlock(&mut self, name: &LockName) -> Result<bool, DriverError> {
        lock::release(self, name).await
    }

    async fn lock_holder(&mut self, name: &LockName) -> Result<Option<Holder>, DriverError> {
        lock::holder(self, name).await
    }

    fn lock_proof(&self, name: &LockName) -> Option<String> {
        Some(lock::proof(name))
    }

    async fn activity(&mut self, session: &SessionId) -> Result<Activity, DriverError> {
        activity::of(self, session).await
    }

    async fn blockers(&mut self, session: &SessionId) -> Result<Vec<Blocker>, DriverError> {
        blockers::of(self, session).await
    }

    async fn trace(&mut self, sql: &str) -> Result<Trace, DriverError> {
        trace::of(self, sql).await
    }

    async fn introspect(&mut self, scope: Scope<'_>) -> Result<Schema, DriverError> {
        introspect::read(self, scope).await
    }

    async fn catalogue(&mut self) -> Result<Catalogue, DriverError> {
        catalogue::read(self).await
    }

    async fn beyond_model(&mut self) -> Result<Catalogue, DriverError> {
        catalogue::beyond_model(self).await
    }

    async fn restore(&mut self) -> Result<(), DriverError> {
        let packet = session::restore(&self.setup);
        self.ask(&packet).await.map(drop)
    }
}

impl Drop for MySqlConnection {
    /// The client library closes the socket at once when a call was given up before its answer began. Otherwise it would
    /// read the rest of the answer first, for as long as the statement takes, and in a task that may never be run; so one
    /// more call is given up here.
    fn drop(&mut self) {
        let Some(conn) = self.conn.as_mut() else {
            return;
        };
        if self.waiting {
            // The server looks at the socket when the statement has ended, and keeps its locks until then.
            let (settings, id) = (self.settings.clone(), conn.id());
            behind(async move {
                let _ = connect::kill(&settings, id).await;
            });
        }
        if conn.is_disconnected() {
            return;
        }
        let mut context = Context::from_waker(Waker::noop());
        while let Poll::Ready(Ok(())) = conn.ping().as_mut().poll(&mut context) {}
    }
}
