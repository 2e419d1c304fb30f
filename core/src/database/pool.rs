//! The pool itself, whose library is nobody else's business.

use std::sync::Arc;
use std::time::Duration;

use deadpool::managed;
use deadpool::managed::Metrics;
use deadpool::managed::PoolError;
use deadpool::managed::RecycleError;
use deadpool::managed::RecycleResult;

use super::DatabaseError;
use crate::driver::ConnectOptions;
use crate::driver::DatabaseUrl;
use crate::driver::Driver;
use crate::driver::DriverError;
use crate::driver::DriverErrorKind;
use crate::driver::Session;

/// How many connections a pool has, and who waits for one. It is true at the moment in which it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PoolStatus {
    /// How many there can be.
    pub max_size: usize,
    /// How many there are.
    pub size: usize,
    /// How many of them are idle.
    pub available: usize,
    /// How many callers wait for one, those among them for whom one is being opened.
    pub waiting: usize,
}

/// Opens sessions, and looks at one that was idle before somebody gets it.
pub(super) struct Sessions {
    driver: Arc<dyn Driver>,
    url: DatabaseUrl,
    options: ConnectOptions,
}

pub(super) type Object = managed::Object<Sessions>;

#[derive(Clone)]
pub(super) struct Pool {
    pool: managed::Pool<Sessions>,
    max_size: usize,
    wait: Duration,
}

impl Pool {
    pub(super) fn new(
        driver: Arc<dyn Driver>,
        url: DatabaseUrl,
        options: ConnectOptions,
        max_size: usize,
        wait: Duration,
    ) -> Result<Self, DatabaseError> {
        let sessions = Sessions { driver, url, options };
        let mut config = managed::PoolConfig::new(max_size);
        // The one that came back last is the one that is most likely alive.
        config.queue_mode = managed::QueueMode::Lifo;
        let pool = managed::Pool::builder(sessions).config(config).build();
        Ok(Self {
            pool: pool.map_err(|error| DatabaseError::Pool {
                reason: error.to_string(),
            })?,
            max_size,
            wait,
        })
    }

    /// A session that answers. All of waiting, asking and opening has its time together.
    pub(super) async fn get(&self) -> Result<Object, DriverError> {
        match tokio::time::timeout(self.wait, self.pool.get()).await {
            Ok(Ok(object)) => Ok(object),
            Ok(Err(PoolError::Backend(error))) => Err(error),
            Ok(Err(PoolError::Closed)) => Err(DriverError::new(
                DriverErrorKind::PoolClosed,
                "the pool of connections is closed",
            )),
            Ok(Err(other)) => Err(DriverError::new(DriverErrorKind::Other, other.to_string())),
            Err(_) => Err(self.too_late()),
        }
    }

    fn too_late(&self) -> DriverError {
        let (status, wait) = (self.status(), self.wait);
        let message = match status.size < self.max_size {
            true => format!("the database gave no connection within {wait:?}"),
            false => format!(
                "no connection of the pool became free within {wait:?}: all {} are in use",
                status.size
            ),
        };
        let hint = match status.size < self.max_size {
            true => "look whether the server is reachable and not out of connections",
            false => "make transactions shorter, or the pool larger with `max_size`",
        };
        DriverError::new(DriverErrorKind::PoolTimeout, message).with_hint(hint)
    }

    pub(super) fn status(&self) -> PoolStatus {
        let status = self.pool.status();
        PoolStatus {
            max_size: status.max_size,
            size: status.size,
            available: status.available,
            waiting: status.waiting,
        }
    }

    pub(super) fn close(&self) {
        self.pool.close();
    }
}

impl managed::Manager for Sessions {
    type Type = Session;
    type Error = DriverError;

    async fn create(&self) -> Result<Session, DriverError> {
        let connection = self.driver.connect(&self.url, &self.options).await?;
        Ok(Session::new(connection))
    }

    async fn recycle(&self, session: &mut Session, _metrics: &Metrics) -> RecycleResult<DriverError> {
        let answer = session.query("SELECT 1", &[]).await;
        answer.map(drop).map_err(RecycleError::Backend)
    }
}
