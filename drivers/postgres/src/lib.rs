//! PostgreSQL for Limbeck.
//!
//! [`Postgres`] is the driver: it opens sessions on a server. [`POSTGRES`] writes portable operations as PostgreSQL's SQL,
//! without one.
//!
//! What the dialect writes means what it says in a session with `client_encoding` UTF8, the time zone UTC and the
//! `DateStyle` ISO.
//!
//! A session reads the schema from the catalogue in one query. The server keeps what it has understood of an expression and
//! not its text, so portable SQL comes back in words that mean the same: BETWEEN as two comparisons, a view with the names
//! of its tables before those of its columns, as native text.
//!
//! ```
//! use limbeck_core::dialect::{Dialect, RenderContext, Version};
//! use limbeck_core::operation::Operations;
//! use limbeck_postgres::POSTGRES;
//!
//! let mut operations = Operations::default();
//! operations.execute("ALTER TABLE image ADD COLUMN digest VARCHAR(80), ADD COLUMN labels JSON")?;
//! let rendering = POSTGRES.render(operations.as_slice(), &RenderContext::new(Version::new(15, 0, 0)))?;
//! assert_eq!(
//!     rendering.statements[0].sql,
//!     "ALTER TABLE \"image\"\n    ADD COLUMN \"digest\" varchar(80),\n    ADD COLUMN \"labels\" jsonb"
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod activity;
mod administer;
mod cancel;
mod catalogue;
mod connect;
mod connection;
mod copy;
mod dialect;
mod driver;
mod driving;
mod error;
mod introspect;
mod load;
mod local;
mod lock;
mod parameters;
mod program;
mod scratch;
mod settings;
mod setup;
mod tls;
mod trace;

pub use dialect::POSTGRES;
pub use dialect::PostgresDialect;
pub use driver::Postgres;
pub use tokio_postgres;
