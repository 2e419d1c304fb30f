//! Everything that a database holds, in its engine's own words.
//!
//! The [schema model](crate::schema) holds what all engines share. A catalogue holds the rest too: each object with the
//! statements that make it, as the engine itself writes them, so two catalogues can be compared when both were read from
//! the same engine. Nothing is left out: what no driver has a word for is an object of [`Kind::Other`].

mod alteration;
mod changes;
mod collection;
mod fingerprint;
mod kind;
mod object;
mod order;
mod recreated;
#[cfg(test)]
mod tests;
mod waits;

pub use alteration::Alteration;
pub use alteration::Change;
pub use alteration::Disturbed;
pub use changes::Action;
pub use changes::Changes;
pub use changes::ObjectStep;
pub use changes::Unchangeable;
pub use changes::changes;
pub use collection::Catalogue;
pub use kind::Kind;
pub use object::ColumnText;
pub use object::Keeps;
pub use object::Need;
pub use object::Object;
pub use object::ObjectId;
pub use object::Setting;
