//! The online side of a database: what a driver crate implements.
//!
//! A [`Driver`] is chosen by the scheme of a URL when the program runs, so the traits are dyn-safe. A [`Connection`]
//! is one session, never a pool: the lock lives in it. A driver gives primitives; the run loop, the journal and all
//! SQL of the history tables are the core's.

mod behind;
mod connection;
mod data;
mod error;
mod load;
mod local;
mod lock;
mod secret;
mod server;
mod session;
mod timeouts;
mod tls;
mod trace;
mod traits;
mod transaction;
mod url;
mod variables;

pub use behind::behind;
pub use connection::Atomicity;
pub use connection::Batch;
pub use connection::BatchError;
pub use connection::Done;
pub use connection::Row;
pub use connection::Rows;
pub(crate) use connection::value_in_words;
pub use data::DataFault;
pub use data::DataFaultKind;
pub use error::DriverError;
pub use error::DriverErrorKind;
pub use load::LoadError;
pub use load::insert_rows;
pub use local::ClientCommand;
pub use local::ImageVariable;
pub use local::LocalServer;
pub use lock::Activity;
pub use lock::Blocker;
pub use lock::Holder;
pub use lock::LockName;
pub use lock::TryLock;
pub use secret::Secret;
pub use server::ServerInfo;
pub use server::SessionId;
pub use server::Trust;
pub use session::Session;
pub use timeouts::Timeouts;
pub use tls::SslMode;
pub use tls::SslModeError;
pub use tls::TlsSettings;
pub use trace::Trace;
pub use traits::Access;
pub use traits::Administer;
pub use traits::Cancel;
pub use traits::ConnectOptions;
pub use traits::Connection;
pub use traits::Driver;
pub use traits::Scope;
pub use transaction::Transaction;
pub use url::DatabaseUrl;
pub use url::ServerAddress;
pub use url::UrlError;
pub use variables::UrlVariables;
