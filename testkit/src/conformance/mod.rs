//! The conformance suite: what every driver promises, as a list of named checks.

mod arguments;
mod bench;
mod check;
mod checks;
mod child;
mod databases;
mod failure;
mod histories;
mod offer;
mod shared;
mod suite;

pub use databases::Databases;
pub use databases::FileDatabases;
pub use databases::FreshDatabase;
pub use databases::Unavailable;
pub use offer::Offer;
pub use suite::CheckInfo;
pub use suite::Conformance;
pub use suite::conformance;
