//! A session.

use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;
use std::time::Duration;

use async_trait::async_trait;
use limbeck_core::dialect::Value;
use limbeck_core::dialect::Version;
use limbeck_core::driver::Access;
use limbeck_core::driver::Cancel;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::LockName;
use limbeck_core::driver::Row;
use limbeck_core::driver::Rows;
use limbeck_core::driver::ServerInfo;
use limbeck_core::driver::SessionId;
use limbeck_core::driver::TryLock;
use rusqlite::OpenFlags;
use rusqlite::functions::FunctionFlags;
use rusqlite::types;

use crate::dialect::LiteDialect;
use crate::error::from_sqlite;
use crate::lock::Locks;

/// A session. SQLite makes its caller wait, so each statement runs on a thread for such work.
pub(crate) struct LiteConnection {
    client: Arc<Mutex<rusqlite::Connection>>,
    locks: Arc<Mutex<Locks>>,
    stop: Arc<Stop>,
    server: ServerInfo,
}

/// Why the running statement is to end.
#[derive(Default)]
struct Stop {
    cancelled: AtomicBool,
    /// Nobody waits for an answer any more; the session is over.
    abandoned: AtomicBool,
}

/// Says that nobody waits any more, unless the answer has come.
struct Waiting<'a>(&'a Stop, bool);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.abandoned.fetch_or(!self.1, Ordering::SeqCst);
    }
}

impl LiteConnection {
    pub(crate) fn open(path: &Path, options: &ConnectOptions) -> Result<Self, DriverError> {
        let mut client = client(path, options.access).map_err(from_sqlite)?;
        let (locks, stop) = (Locks::new(beside(path)), Arc::new(Stop::default()));
        let locks = Arc::new(Mutex::new(locks));
        let timeout = options.timeout.unwrap_or(Duration::from_secs(5));
        client.busy_timeout(timeout).map_err(from_sqlite)?;
        install(&mut client, &locks, &stop).map_err(from_sqlite)?;
        let version: Version = rusqlite::version().parse().map_err(|error| {
            DriverError::new(DriverErrorKind::Connect, "an odd version").with_source(error)
        })?;
        Ok(Self {
            client: Arc::new(Mutex::new(client)),
            locks,
            stop,
            server: ServerInfo::new(&LiteDialect, version, session_id()),
        })
    }

    async fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&rusqlite::Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, DriverError> {
        self.stop.cancelled.store(false, Ordering::SeqCst);
        let client = Arc::clone(&self.client);
        let mut waiting = Waiting(&self.stop, false);
        let job = tokio::task::spawn_blocking(move || work(&locked(&client)));
        let answer = job.await;
        waiting.1 = true;
        answer
            .map_err(|error| DriverError::new(DriverErrorKind::ConnectionLost, error.to_string()))?
            .map_err(from_sqlite)
    }
}

impl Drop for LiteConnection {
    fn drop(&mut self) {
        self.stop.abandoned.store(true, Ordering::SeqCst);
        locked(&self.locks).release();
    }
}

#[async_trait]
impl Connection for LiteConnection {
    fn server(&self) -> &ServerInfo {
        &self.server
    }

    async fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Rows, DriverError> {
        let (sql, parameters) = (sql.to_owned(), parameters.to_vec());
        self.call(move |client| query(client, &sql, &parameters)).await
    }

    async fn close(self: Box<Self>) -> Result<(), DriverError> {
        Ok(())
    }

    fn canceller(&self) -> Option<Box<dyn Cancel>> {
        Some(Box::new(Canceller(Arc::clone(&self.stop))))
    }

    async fn try_lock(&mut self, name: &LockName) -> Result<TryLock, DriverError> {
        let answer = locked(&self.locks).try_lock(name);
        answer.map_err(|error| {
            let message = format!("the lock file: {error}");
            DriverError::new(DriverErrorKind::Permission, message).with_source(error)
        })
    }

    async fn unlock(&mut self, name: &LockName) -> Result<bool, DriverError> {
        Ok(locked(&self.locks).unlock(name))
    }

    fn lock_proof(&self, name: &LockName) -> Option<String> {
        Some(format!("lite_lock_proof('{}')", name.text()))
    }

    async fn restore(&mut self) -> Result<(), DriverError> {
        self.call(|client| client.execute_batch("PRAGMA foreign_keys = ON"))
            .await
    }
}

struct Canceller(Arc<Stop>);

#[async_trait]
impl Cancel for Canceller {
    async fn cancel(&self) -> Result<(), DriverError> {
        self.0.cancelled.store(true, Ordering::SeqCst);
        Ok(())
    }
}

/// A session that only reads sees an empty database where there is no file, and makes none.
fn client(path: &Path, access: Access) -> rusqlite::Result<rusqlite::Connection> {
    let client = match access {
        Access::ReadWrite => rusqlite::Connection::open(path)?,
        Access::ReadOnly if path.exists() => {
            rusqlite::Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?
        }
        Access::ReadOnly => rusqlite::Connection::open_in_memory()?,
    };
    client.execute_batch("PRAGMA foreign_keys = ON")?;
    Ok(client)
}

/// The function that proves a lock in a statement, and the look at [`Stop`] while one runs.
fn install(
    client: &mut rusqlite::Connection,
    locks: &Arc<Mutex<Locks>>,
    stop: &Arc<Stop>,
) -> rusqlite::Result<()> {
    let (locks, stop) = (Arc::clone(locks), Arc::clone(stop));
    client.create_scalar_function("lite_lock_proof", 1, FunctionFlags::SQLITE_UTF8, move |context| {
        let name: String = context.get(0)?;
        Ok(locked(&locks).holds(&name).then_some("held"))
    })?;
    client.progress_handler(
        1000,
        Some(move || stop.cancelled.load(Ordering::SeqCst) || stop.abandoned.load(Ordering::SeqCst)),
    )
}

fn query(client: &rusqlite::Connection, sql: &str, parameters: &[Value]) -> rusqlite::Result<Rows> {
    // An error may have ended the transaction already.
    if sql == "ROLLBACK" && client.is_autocommit() {
        return Ok(Rows::default());
    }
    let before = client.total_changes();
    let mut statement = client.prepare(sql)?;
    let columns: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
    let mut found = statement.query(rusqlite::params_from_iter(parameters.iter().map(to_sqlite)))?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let values = (0..columns.len()).map(|column| row.get_ref(column).map(from_sqlite_value));
        rows.push(Row(values.collect::<rusqlite::Result<_>>()?));
    }
    let mut answer = Rows::new(columns, rows);
    answer.affected = Some(client.total_changes() - before);
    Ok(answer)
}

fn to_sqlite(value: &Value) -> types::Value {
    match value {
        Value::Boolean(truth) => types::Value::Integer(i64::from(*truth)),
        Value::Integer(number) => types::Value::Integer(*number),
        Value::Real(number) => types::Value::Real(*number),
        Value::Text(text) => types::Value::Text(text.clone()),
        Value::Bytes(bytes) => types::Value::Blob(bytes.clone()),
        _ => types::Value::Null,
    }
}

fn from_sqlite_value(value: types::ValueRef<'_>) -> Value {
    match value {
        types::ValueRef::Null => Value::Null,
        types::ValueRef::Integer(number) => Value::Integer(number),
        types::ValueRef::Real(number) => Value::Real(number),
        types::ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        types::ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}

/// A session, among all that there ever were.
fn session_id() -> SessionId {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let now = now.map_or(0, |now| now.as_nanos());
    SessionId::new(format!("{}.{number}@{now}", std::process::id()))
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
