//! PostgreSQL for Limbeck.
//!
//! [`POSTGRES`] writes portable operations as PostgreSQL's SQL, without a server. That is all there is: this crate has
//! no driver, so `limbeck` can't connect to PostgreSQL.
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

pub use dialect::POSTGRES;
pub use dialect::PostgresDialect;
