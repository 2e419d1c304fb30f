//! Tools to test Limbeck drivers and migrations.
//!
//! - [`Faulty`] wraps a driver and, after a counted number of statements, kills its process or cuts its connection.
//!   A test that runs a migration with every count, from none to all, has tried a death at every place between two
//!   statements.
//! - [`Project`] is a folder with a `limbeck.toml` and revision files that goes away with the test.

mod connection;
mod fault;
mod faulty;
mod process;
mod project;
mod statements;

pub use fault::Fault;
pub use fault::FaultError;
pub use fault::FaultKind;
pub use faulty::Faulty;
pub use process::die;
pub use project::Project;
pub use project::RevisionFile;
pub use statements::StatementCount;
