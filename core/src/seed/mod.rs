//! Rows that every database of an environment is to have.
//!
//! A seed is a file of SQL, of CSV or of JSON lines, or code ([`Seed`]). A [`SeedFolder`] has the files: those at its top are
//! for every environment, those in a folder of it for the environment of that name. [`SeedSet::load`] reads the ones that
//! are meant, in their order; the engine runs them in one transaction.

mod code;
mod error;
mod folder;
mod key;
mod manifest;
mod name;
mod order;
mod rows;
mod set;

pub use crate::script::SeedRuns;
pub use crate::script::SeedScript;
pub use code::Seed;
pub use error::SeedError;
pub use folder::SeedFolder;
pub use name::SeedName;
pub(crate) use order::RowTable;
pub(crate) use order::passes;
pub use rows::RowSeed;
pub use set::LoadedSeed;
pub use set::SeedBody;
pub use set::SeedSet;
