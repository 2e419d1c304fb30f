//! What the topics share.

use std::future::poll_fn;
use std::path::PathBuf;
use std::pin::pin;
use std::task::Poll;

use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Driver;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::Rows;
use limbeck_sqlite::Sqlite;
use tempfile::TempDir;

/// A folder of its own for a test, with the path of a database that does not exist yet.
pub(crate) struct Workplace {
    folder: TempDir,
}

impl Workplace {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.path("app.db")
    }

    /// The URL of a file in the folder, perhaps with parameters.
    pub(crate) fn url(&self, name: &str) -> DatabaseUrl {
        format!("sqlite:///{}", self.path(name).display())
            .parse()
            .unwrap()
    }

    pub(crate) async fn read_write(&self) -> Box<dyn Connection> {
        connect(&self.url("app.db"), &ConnectOptions::read_write())
            .await
            .unwrap()
    }

    pub(crate) async fn read_only(&self) -> Box<dyn Connection> {
        connect(&self.url("app.db"), &ConnectOptions::read_only())
            .await
            .unwrap()
    }

    /// The names in the folder, sorted.
    pub(crate) fn files(&self) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

#[cfg(unix)]
impl Drop for Workplace {
    /// A test may have made the folder read-only, and only what can be written can be deleted.
    fn drop(&mut self) {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(self.folder.path(), std::fs::Permissions::from_mode(0o755)).ok();
    }
}

pub(crate) async fn connect(
    url: &DatabaseUrl,
    options: &ConnectOptions,
) -> Result<Box<dyn Connection>, DriverError> {
    Sqlite.connect(url, options).await
}

pub(crate) async fn memory() -> Box<dyn Connection> {
    connect(&"sqlite::memory:".parse().unwrap(), &ConnectOptions::read_write())
        .await
        .unwrap()
}

pub(crate) async fn query(connection: &mut Box<dyn Connection>, sql: &str) -> Result<Rows, DriverError> {
    connection.query(sql, &[]).await
}

/// The only value of a query that gives one whole number.
pub(crate) async fn number(connection: &mut Box<dyn Connection>, sql: &str) -> i64 {
    query(connection, sql).await.unwrap().rows[0].integer(0).unwrap()
}

/// Polls a future once, so that it has begun, and drops it.
pub(crate) async fn begin_and_drop<F: Future>(future: F) {
    let mut future = pin!(future);
    poll_fn(|context| {
        assert!(future.as_mut().poll(context).is_pending());
        Poll::Ready(())
    })
    .await;
}
