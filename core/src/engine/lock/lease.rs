//! The lease: taking it, keeping it alive, giving it back.

use std::sync::Arc;
use std::time::Duration;
use std::time::Instant;

use tokio::task::JoinHandle;

use super::Lock;
use super::Request;
use super::taking;
use crate::dialect::RenderContext;
use crate::driver::ConnectOptions;
use crate::driver::Connection;
use crate::driver::DatabaseUrl;
use crate::driver::Driver;
use crate::driver::DriverError;
use crate::driver::DriverErrorKind;
use crate::driver::Holder;
use crate::driver::Session;
use crate::engine::EngineError;
use crate::engine::Event;
use crate::engine::Observer;
use crate::history::HistoryTables;
use crate::history::LeaseRow;
use crate::history::LeaseWriter;
use crate::history::machine;
use crate::history::person;

/// How often it is tried to make the table and the row.
const MADE: usize = 4;

/// In how many attempts, one after the other, the row may be said to be there and not be seen.
const UNSEEN: usize = 5;

/// How many beats an owner shows in the time in which it may be silent.
const BEATS: u32 = 6;

/// A lease that a run has.
pub(crate) struct Lease {
    writer: LeaseWriter,
    token: i64,
    heart: Option<JoinHandle<()>>,
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(heart) = &self.heart {
            heart.abort();
        }
    }
}

impl Lease {
    pub(super) fn proof(&self) -> String {
        self.writer.proof(self.token)
    }

    pub(super) async fn give_back(self, session: &mut Session) {
        let _ = session.query(&self.writer.give_back(self.token), &[]).await;
    }
}

/// What an attempt has come to.
pub(super) enum Attempt {
    /// The lock is ours.
    Taken(Lock),
    /// It is somebody else's.
    Held(Option<Holder>),
    /// It was somebody else's and is nobody's now.
    Freed,
}

/// Taking the lease, attempt after attempt.
pub(super) struct Taking {
    writer: LeaseWriter,
    patience: Duration,
    /// The row as it was seen, and since when it has been like that.
    seen: Option<(LeaseRow, Instant)>,
    /// In how many attempts, one after the other, the row could not be made and not be read.
    unseen: usize,
}

impl Taking {
    pub(super) const fn new(writer: LeaseWriter, patience: Duration) -> Self {
        Self {
            writer,
            patience,
            seen: None,
            unseen: 0,
        }
    }

    /// Takes the lease if it is free and not just given back, or its owner has been silent for too long.
    pub(super) async fn attempt(
        &mut self,
        session: &mut Session,
        request: &Request<'_>,
        observer: &mut dyn Observer,
    ) -> Result<Attempt, EngineError> {
        let Some(row) = self.row(session, &request.tables).await? else {
            return Ok(Attempt::Held(None));
        };
        self.unseen = 0;
        let was_owned = self.seen.as_ref().is_some_and(|(seen, _)| seen.owner.is_some());
        let since = match &self.seen {
            Some((seen, since)) if *seen == row => *since,
            _ => Instant::now(),
        };
        self.seen = Some((row.clone(), since));
        if row.owner.is_some() && since.elapsed() < self.patience {
            return Ok(Attempt::Held(Some(row.holder)));
        }
        if row.owner.is_none() && was_owned {
            return Ok(Attempt::Freed);
        }
        let me = myself();
        let taken = match session.query(&self.writer.take(&row, &me), &[]).await {
            Ok(rows) => rows.affected == Some(1),
            // In a cluster the loser of two that take it at once learns it like this.
            Err(error) if is_contended(&error) => false,
            Err(error) => return Err(taking(error)),
        };
        if !taken {
            return Ok(Attempt::Held(None));
        }
        if row.owner.is_some() {
            let message = format!(
                "the run of {} has given no sign of life for {} s, so its lease is taken over",
                row.holder,
                since.elapsed().as_secs()
            );
            observer.event(&Event::Notice { message: &message });
        }
        let token = row.token + 1;
        let writer = self.writer.clone();
        let heart = request.url.map(|url| {
            beat(
                Arc::clone(request.driver),
                url.clone(),
                writer,
                token,
                self.patience / BEATS,
            )
        });
        Ok(Attempt::Taken(Lock::Lease(Lease {
            writer: self.writer.clone(),
            token,
            heart,
        })))
    }

    /// The row, which is made where it is missing. None while somebody else is at it.
    async fn row(
        &mut self,
        session: &mut Session,
        tables: &HistoryTables,
    ) -> Result<Option<LeaseRow>, EngineError> {
        let mut failed = None;
        for _ in 0..MADE {
            match session.read(&self.writer.read()).await {
                Ok(rows) => match rows.rows.first() {
                    Some(row) => return Ok(Some(LeaseRow::of(row))),
                    None => failed = session.query(&self.writer.insert(), &[]).await.err(),
                },
                // Somebody else may make it at the same moment, and then that fails and it is there.
                Err(error) if error.kind == DriverErrorKind::UndefinedTable => match failed {
                    Some(failed) if !is_contended(&failed) => return Err(taking(failed)),
                    _ => failed = make_table(session, tables).await?.err(),
                },
                // Whoever makes the table on a slow disk keeps the others from it for that time.
                Err(error) if is_contended(&error) => return Ok(None),
                Err(error) => return Err(taking(error)),
            }
        }
        let nowhere = || DriverError::new(DriverErrorKind::Other, "the row of the lease cannot be made");
        match failed {
            Some(error) if is_contended(&error) => Ok(None),
            Some(error) if error.kind == DriverErrorKind::Constraint && self.unseen < UNSEEN => {
                // Somebody else has made it, and it will be seen; another constraint would never let it in.
                self.unseen += 1;
                Ok(None)
            }
            failed => Err(taking(failed.unwrap_or_else(nowhere))),
        }
    }
}

/// Whether it failed because somebody else is at the same.
const fn is_contended(error: &DriverError) -> bool {
    matches!(error.kind, DriverErrorKind::LockTimeout | DriverErrorKind::Busy)
}

async fn make_table(
    session: &mut Session,
    tables: &HistoryTables,
) -> Result<Result<(), DriverError>, EngineError> {
    let server = session.server();
    let rendering = server
        .dialect
        .render(&[tables.create_lock_table()], &RenderContext::new(server.version))
        .map_err(EngineError::HistoryTables)?;
    for statement in rendering.statements {
        if let Err(error) = session.query(&statement.sql, &[]).await {
            return Ok(Err(error));
        }
    }
    Ok(Ok(()))
}

/// Who has the lease, without taking it.
pub(super) async fn holder(
    session: &mut Session,
    tables: &HistoryTables,
) -> Result<Option<Holder>, DriverError> {
    let writer = LeaseWriter::new(session.server().dialect, tables.clone(), String::new());
    match session.read(&writer.read()).await {
        Ok(rows) => {
            let row = rows.rows.first().map(LeaseRow::of);
            Ok(row.filter(|row| row.owner.is_some()).map(|row| row.holder))
        }
        Err(error) if error.kind == DriverErrorKind::UndefinedTable => Ok(None),
        Err(error) => Err(error),
    }
}

/// What others are told of this process.
fn myself() -> Holder {
    Holder {
        user: person(),
        host: machine(),
        pid: Some(u64::from(std::process::id())),
        since: None,
    }
}

/// Counts the beat up, over a session of its own: the session of the run is busy with its statements.
fn beat(
    driver: Arc<dyn Driver>,
    url: DatabaseUrl,
    writer: LeaseWriter,
    token: i64,
    pause: Duration,
) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut connection: Option<Box<dyn Connection>> = None;
        loop {
            tokio::time::sleep(pause).await;
            if connection.is_none() {
                // Without a sign of life the lease goes to somebody else, which the next proof of the run finds out.
                connection = driver.connect(&url, &ConnectOptions::read_write()).await.ok();
            }
            let Some(open) = &mut connection else { continue };
            match open.query(&writer.beat(token), &[]).await {
                Ok(rows) if rows.affected == Some(0) => return,
                Ok(_) => {}
                Err(_) => connection = None,
            }
        }
    })
}
