//! A session as the core sees it.

use std::pin::pin;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::StreamExt;
use limbeck_core::catalogue::Catalogue;
use limbeck_core::dialect::Value;
use limbeck_core::dialect::Version;
use limbeck_core::driver::Activity;
use limbeck_core::driver::Atomicity;
use limbeck_core::driver::Batch;
use limbeck_core::driver::BatchError;
use limbeck_core::driver::Blocker;
use limbeck_core::driver::Cancel;
use limbeck_core::driver::Connection;
use limbeck_core::driver::Done;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Holder;
use limbeck_core::driver::LoadError;
use limbeck_core::driver::LockName;
use limbeck_core::driver::Row;
use limbeck_core::driver::Rows;
use limbeck_core::driver::Scope;
use limbeck_core::driver::ServerInfo;
use limbeck_core::driver::SessionId;
use limbeck_core::driver::Trace;
use limbeck_core::driver::Trust;
use limbeck_core::driver::TryLock;
use limbeck_core::driver::behind;
use limbeck_core::driver::insert_rows;
use limbeck_core::operation::RowBatch;
use limbeck_core::schema::Schema;
use tokio_postgres::Client;
use tokio_postgres::SimpleQueryMessage;
use tokio_postgres::SimpleQueryStream;

use crate::activity;
use crate::cancel::Canceller;
use crate::catalogue::Extent;
use crate::catalogue::Wanted;
use crate::copy;
use crate::dialect::POSTGRES;
use crate::dialect::advance_all;
use crate::driving::Driving;
use crate::error;
use crate::introspect;
use crate::load;
use crate::lock;
use crate::parameters;
use crate::scratch::Scratch;
use crate::setup::Setup;
use crate::trace::Subject;

/// How long it is waited for a NOTIFY that a lock was given back; a holder that is killed sends none.
const UNTOLD: Duration = Duration::from_secs(4);

/// An open session and the task that carries its messages.
pub(crate) struct PostgresConnection {
    client: Option<Client>,
    driving: Driving,
    pub(crate) canceller: Option<Canceller>,
    pub(crate) server: ServerInfo,
    setup: Setup,
    token: String,
    /// The database that goes with the session.
    scratch: Option<Scratch>,
    /// A message was sent, and its answer has not come.
    waiting: bool,
    /// Whether it is told when a lock for which it waits is given back.
    listens: bool,
}

impl PostgresConnection {
    /// A session of which nothing is known yet.
    pub(crate) fn new(client: Client, driving: Driving, setup: Setup, token: String) -> Self {
        Self {
            client: Some(client),
            driving,
            canceller: None,
            server: ServerInfo::new(&POSTGRES, Version::new(0, 0, 0), SessionId::new("")),
            setup,
            token,
            scratch: None,
            waiting: false,
            listens: false,
        }
    }

    /// Makes the session the owner of its database.
    pub(crate) fn keep_scratch(&mut self, scratch: Scratch) {
        self.scratch = Some(scratch);
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    pub(crate) fn client(&self) -> Result<&Client, DriverError> {
        self.client
            .as_ref()
            .ok_or_else(|| DriverError::new(DriverErrorKind::ConnectionLost, "the session was closed"))
    }

    /// Gives the session its settings, and asks it a question, in one message.
    pub(crate) async fn prepare(&mut self, question: &str) -> Result<Rows, DriverError> {
        let message = format!("{}; {question}", self.setup.statements());
        self.ask(&message).await
    }

    /// The session was found out to be one of a pooler's.
    pub(crate) fn share(&mut self) {
        self.setup.share();
    }

    async fn ask(&mut self, sql: &str) -> Result<Rows, DriverError> {
        self.waiting = true;
        let answer = query(self.client()?, sql).await;
        self.waiting = false;
        answer
    }

    async fn objects(&mut self, extent: Extent) -> Result<Catalogue, DriverError> {
        let wanted = Wanted::new(extent, self.server.version.major);
        let place = self.ask(&wanted.place()).await?;
        let reading = wanted.reading(&place);
        let mut questions = reading.questions();
        questions.push(reading.afterwards());
        reading.finish(&self.ask_all(&questions).await?)
    }

    /// Asks several questions before it reads the first answer.
    async fn ask_all(&mut self, questions: &[String]) -> Result<Vec<Rows>, DriverError> {
        self.waiting = true;
        let answers = answers(self.client()?, questions).await;
        self.waiting = false;
        answers
    }

    /// Sends all statements before it reads the first answer. After an error the server refuses the rest by itself, because
    /// the transaction is broken.
    async fn pipelined(
        &self,
        statements: &[&str],
        done: &mut (dyn FnMut(Done) + Send),
    ) -> Result<(), BatchError> {
        let mut answers = Vec::with_capacity(statements.len());
        for (at, sql) in statements.iter().enumerate() {
            let sent = async {
                copy::refuse(sql)?;
                let text = self.setup.outgoing(sql);
                let answer = self.client()?.simple_query_raw(&text).await;
                answer.map_err(|error| error::of_statement(error, sql))
            };
            match sent.await {
                Ok(answer) => answers.push(answer),
                Err(error) => {
                    // What was sent before it has its answers to come.
                    for (answer, sql) in answers.into_iter().zip(statements) {
                        let _ = read(answer, sql).await;
                    }
                    return Err(BatchError { at, error });
                }
            }
        }
        for (at, (answer, sql)) in answers.into_iter().zip(statements).enumerate() {
            let rows = read(answer, sql)
                .await
                .map_err(|error| BatchError { at, error })?;
            done(Done::new(at, rows.affected));
        }
        Ok(())
    }

    async fn one_by_one(
        &self,
        statements: &[&str],
        done: &mut (dyn FnMut(Done) + Send),
    ) -> Result<(), BatchError> {
        for (at, sql) in statements.iter().enumerate() {
            let answer = async {
                copy::refuse(sql)?;
                query(self.client()?, sql).await
            };
            let rows = answer.await.map_err(|error| BatchError { at, error })?;
            done(Done::new(at, rows.affected));
        }
        Ok(())
    }
}

impl Drop for PostgresConnection {
    fn drop(&mut self) {
        if let (true, Some(canceller)) = (self.waiting, self.canceller.take()) {
            behind(async move {
                // Nobody is left who could be told.
                let _ = canceller.cancel().await;
            });
        }
    }
}

/// Runs one statement as a message of its own.
pub(crate) async fn query(client: &Client, sql: &str) -> Result<Rows, DriverError> {
    let answer = client
        .simple_query_raw(sql)
        .await
        .map_err(|error| error::of_statement(error, sql))?;
    read(answer, sql).await
}

/// Runs each of several statements as a message of its own; none waits for the answer of the one before.
async fn answers(client: &Client, questions: &[String]) -> Result<Vec<Rows>, DriverError> {
    let mut sent = Vec::with_capacity(questions.len());
    for sql in questions {
        let answer = client.simple_query_raw(sql).await;
        sent.push(answer.map_err(|error| error::of_statement(error, sql)));
    }
    let mut answers = Vec::with_capacity(sent.len());
    for (answer, sql) in sent.into_iter().zip(questions) {
        answers.push(read(answer?, sql).await?);
    }
    Ok(answers)
}

/// Reads an answer to its end.
async fn read(answer: SimpleQueryStream, sql: &str) -> Result<Rows, DriverError> {
    let mut answer = pin!(answer);
    let mut rows = Rows::default();
    let mut is_described = false;
    while let Some(message) = answer.next().await {
        match message.map_err(|error| error::of_statement(error, sql))? {
            SimpleQueryMessage::RowDescription(columns) => {
                is_described = true;
                rows.columns = columns.iter().map(|column| column.name().to_owned()).collect();
                rows.rows.clear();
            }
            SimpleQueryMessage::Row(row) => {
                let values = (0..row.len()).map(|column| Value::from(row.get(column)));
                rows.rows.push(Row(values.collect()));
            }
            SimpleQueryMessage::CommandComplete(count) => {
                rows.affected = (!is_described).then_some(count);
                is_described = false;
            }
            _ => {}
        }
    }
    Ok(rows)
}

#[async_trait]
impl Connection for PostgresConnection {
    fn server(&self) -> &ServerInfo {
        &self.server
    }

    async fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Rows, DriverError> {
        copy::refuse(sql)?;
        if parameters.is_empty() {
            let text = self.setup.outgoing(sql).into_owned();
            return self.ask(&text).await;
        }
        let written = parameters::write(sql, parameters)?;
        self.ask(&written).await.map_err(|mut error| {
            // It counts in the text that was sent.
            error.offset = None;
            error
        })
    }

    async fn run(&mut self, batch: Batch<'_>, done: &mut (dyn FnMut(Done) + Send)) -> Result<(), BatchError> {
        self.waiting = true;
        let answer = match batch.atomicity {
            Atomicity::Transaction => self.pipelined(batch.statements, done).await,
            Atomicity::Statement => self.one_by_one(batch.statements, done).await,
        };
        self.waiting = false;
        answer
    }

    async fn load(&mut self, rows: RowBatch) -> Result<(), LoadError> {
        // What COPY needs of a session a pooler may not keep.
        if self.server.trust != Trust::Session {
            return insert_rows(self, &rows).await;
        }
        self.waiting = true;
        let loaded = match self.client() {
            Ok(client) => load::load(client, &rows).await,
            Err(error) => Err(LoadError::of_all(&rows, error)),
        };
        self.waiting = false;
        if !loaded? {
            return insert_rows(self, &rows).await;
        }
        if rows.is_last() {
            for sql in advance_all(rows.table(), rows.columns()) {
                let moved = self.ask(&sql).await;
                moved.map_err(|error| LoadError::of_all(&rows, error))?;
            }
        }
        Ok(())
    }

    async fn close(mut self: Box<Self>) -> Result<(), DriverError> {
        // The task says goodbye and ends once nobody can give it messages any more.
        drop(self.client.take());
        self.driving.ended().await;
        match self.scratch.take() {
            Some(scratch) => scratch.close().await,
            None => Ok(()),
        }
    }

    fn canceller(&self) -> Option<Box<dyn Cancel>> {
        let canceller = self.canceller.clone()?;
        Some(Box::new(canceller))
    }

    async fn try_lock(&mut self, name: &LockName) -> Result<TryLock, DriverError> {
        let taken = self.ask(&lock::take(name)).await?;
        if !is_true(&taken) {
            return Ok(TryLock::Held(self.lock_holder(name).await?));
        }
        if std::mem::take(&mut self.listens) {
            self.ask(lock::LISTEN_NO_MORE).await?;
        }
        Ok(TryLock::Acquired)
    }

    async fn await_unlock(&mut self, name: &LockName, at_most: Duration) -> Result<bool, DriverError> {
        if !self.listens {
            self.driving.forget();
            self.ask(&lock::listen(name)).await?;
            self.listens = true;
            // Nobody was told of what came before.
            if self.lock_holder(name).await?.is_none() {
                return Ok(true);
            }
        }
        // Many who have begun at once are not to ask in step.
        let untold = UNTOLD.mul_f64(1.0 + 0.5 * fastrand::f64());
        let told = tokio::time::timeout(untold.min(at_most), self.driving.notified());
        Ok(told.await.is_ok())
    }

    async fn unlock(&mut self, name: &LockName) -> Result<bool, DriverError> {
        Ok(is_true(&self.ask(&lock::give_back(name)).await?))
    }

    async fn lock_holder(&mut self, name: &LockName) -> Result<Option<Holder>, DriverError> {
        let rows = self.ask(&lock::holder(name)).await?;
        Ok(rows.rows.first().map(lock::read_holder))
    }

    fn lock_proof(&self, name: &LockName) -> Option<String> {
        Some(lock::proof(name, &self.token))
    }

    async fn activity(&mut self, session: &SessionId) -> Result<Activity, DriverError> {
        activity::read(&self.ask(&activity::question(session)).await?)
    }

    async fn blockers(&mut self, session: &SessionId) -> Result<Vec<Blocker>, DriverError> {
        let rows = self.ask(&activity::blockers(session)).await?;
        Ok(rows.rows.iter().map(activity::read_blocker).collect())
    }

    async fn trace(&mut self, sql: &str) -> Result<Trace, DriverError> {
        let Some(subject) = Subject::of(sql) else {
            return Ok(Trace::Unknown);
        };
        let rows = match subject.question() {
            Some(question) => self.ask(&question).await?,
            None => Rows::default(),
        };
        Ok(subject.read(&rows))
    }

    async fn introspect(&mut self, scope: Scope<'_>) -> Result<Schema, DriverError> {
        let question = introspect::question(scope, &self.server.schema, self.server.version.major);
        introspect::schema(&self.ask(&question).await?)
    }

    async fn catalogue(&mut self) -> Result<Catalogue, DriverError> {
        self.objects(Extent::All).await
    }

    async fn catalogue_without_order(&mut self) -> Result<Catalogue, DriverError> {
        self.objects(Extent::WithoutOrder).await
    }

    async fn beyond_model(&mut self) -> Result<Catalogue, DriverError> {
        self.objects(Extent::BeyondModel).await
    }

    async fn restore(&mut self) -> Result<(), DriverError> {
        let settings = self.setup.again();
        self.ask(&settings).await.map(drop)
    }
}

fn is_true(rows: &Rows) -> bool {
    rows.rows.first().is_some_and(|row| row.text(0) == Some("t"))
}
