//! Where the suite gets its databases.

use std::any::Any;
use std::path::Path;

use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Secret;
use limbeck_core::driver::UrlError;

use crate::Engine;
use crate::Server;

/// Gives each check a database of its own.
///
/// ```
/// use limbeck_testkit::{Databases, FreshDatabase, Unavailable};
///
/// /// Databases in memory, of a driver whose sessions meet by name.
/// struct InMemory;
///
/// impl Databases for InMemory {
///     fn server(&self) -> &str {
///         "tiny"
///     }
///
///     fn fresh(&self) -> Result<FreshDatabase, Unavailable> {
///         let folder = tempfile::tempdir().map_err(|error| Unavailable::Broken(error.to_string()))?;
///         let url = format!("tiny:///{}", folder.path().join("app").display());
///         Ok(FreshDatabase::new(url, folder))
///     }
/// }
/// ```
pub trait Databases: Send + Sync + 'static {
    /// The word for the server: the first part of the names of its checks, and what `LIMBECK_TEST_REQUIRE` calls it.
    fn server(&self) -> &str;

    /// An empty database that nobody else uses.
    ///
    /// # Errors
    /// There is no server, or it does not do what it should.
    fn fresh(&self) -> Result<FreshDatabase, Unavailable>;
}

/// An empty database. What keeps it, a temporary folder or a value that drops it on its server, lives as long as this.
#[allow(missing_debug_implementations, reason = "the URL holds a password")]
pub struct FreshDatabase {
    url: Secret,
    _keeper: Box<dyn Any + Send + Sync>,
}

impl FreshDatabase {
    /// The database of this URL, which lives as long as `keeper`.
    pub fn new(url: impl Into<String>, keeper: impl Any + Send + Sync) -> Self {
        Self {
            url: Secret::new(url),
            _keeper: Box::new(keeper),
        }
    }

    /// The URL.
    ///
    /// # Errors
    /// It is none.
    pub fn url(&self) -> Result<DatabaseUrl, UrlError> {
        self.url.reveal().parse()
    }

    /// The URL with its password, for another process.
    pub(crate) fn secret(&self) -> &Secret {
        &self.url
    }
}

/// Why there is no database.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unavailable {
    /// There is no such server here: the checks are passed over, or fail where `LIMBECK_TEST_REQUIRE` names it.
    #[error("{0}")]
    Missing(String),
    /// There is one, and it gives no database: the checks fail.
    #[error("{0}")]
    Broken(String),
}

/// Databases that are files: each in a temporary folder of its own.
#[allow(missing_debug_implementations, reason = "a function has nothing to show")]
pub struct FileDatabases {
    server: String,
    url: Box<dyn Fn(&Path) -> String + Send + Sync>,
}

impl FileDatabases {
    /// Files under this word, with their URLs.
    ///
    /// ```
    /// use limbeck_testkit::{Databases, FileDatabases};
    ///
    /// let files = FileDatabases::new("sqlite", |path| format!("sqlite:///{}", path.display()));
    /// assert_eq!(files.fresh()?.url()?.scheme(), "sqlite");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(server: impl Into<String>, url: impl Fn(&Path) -> String + Send + Sync + 'static) -> Self {
        Self {
            server: server.into(),
            url: Box::new(url),
        }
    }
}

impl Databases for FileDatabases {
    fn server(&self) -> &str {
        &self.server
    }

    fn fresh(&self) -> Result<FreshDatabase, Unavailable> {
        let folder = tempfile::Builder::new()
            .prefix("limbeck-test-")
            .tempdir()
            .map_err(|error| Unavailable::Broken(format!("there is no temporary folder: {error}")))?;
        let url = (self.url)(&folder.path().join("app.db"));
        Ok(FreshDatabase::new(url, folder))
    }
}

/// Databases on the server that all tests of this process share.
impl Databases for Engine {
    fn server(&self) -> &str {
        self.word()
    }

    fn fresh(&self) -> Result<FreshDatabase, Unavailable> {
        let missing = |reason: &str| Unavailable::Missing(reason.to_owned());
        let database = Server::try_shared(*self).map_err(missing)?.database();
        Ok(FreshDatabase::new(database.url_text(), database))
    }
}
