//! What is known of a database without a connection to it.
//!
//! A [`Dialect`] is stateless: the server's version is an argument wherever it matters. Four methods are required;
//! the others write standard SQL, so that a small driver stays small.

mod capabilities;
mod error;
mod mention;
pub mod render;
mod statement;
#[cfg(test)]
mod testing;
mod traits;
mod upsert;
mod value;
mod version;

pub use capabilities::Capabilities;
pub use error::RenderError;
pub use mention::mentions;
pub use statement::Asked;
pub use statement::ColumnPlace;
pub use statement::Guard;
pub use statement::Needs;
pub use statement::Note;
pub use statement::NoteKind;
pub use statement::RenderContext;
pub use statement::Rendered;
pub use statement::Rendering;
pub use statement::Statement;
pub use traits::Dialect;
pub use upsert::Upsert;
pub use value::Value;
pub use version::Version;
pub use version::VersionError;
