//! PostgreSQL for Limbeck.
//!
//! [`POSTGRES`] writes portable operations as PostgreSQL's SQL, without a server. [`Postgres`] is the driver, with which
//! `limbeck upgrade --sql` writes a file for psql. It can't connect to a server yet.
//!
//! What the dialect writes means what it says in a session with `client_encoding` UTF8, the time zone UTC and the
//! `DateStyle` ISO.
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

mod dialect;
mod driver;
mod introspect;

pub use dialect::POSTGRES;
pub use dialect::PostgresDialect;
pub use driver::Postgres;
