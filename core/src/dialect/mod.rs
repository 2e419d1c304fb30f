//! What is known of a database without a connection to it.
//!
//! A [`Dialect`] is stateless: the server's version is an argument wherever it matters. Four methods are required;
//! the others write standard SQL, so that a small driver stays small.

mod capabilities;
mod error;
mod statement;
mod value;
mod version;

use std::fmt::Debug;

pub use capabilities::Capabilities;
pub use error::RenderError;
pub use statement::Needs;
pub use statement::Note;
pub use statement::RenderContext;
pub use statement::Rendering;
pub use statement::Statement;
pub use value::Value;
pub use version::Version;
pub use version::VersionError;

use crate::schema::DataType;
use crate::sql::LexicalRules;

/// A way of writing SQL.
pub trait Dialect: Send + Sync + Debug {
    /// The word for it in sections and configuration: `sqlite`, `mariadb`.
    fn name(&self) -> &'static str;

    /// How its text falls into tokens.
    fn lexical_rules(&self) -> &'static LexicalRules;

    /// What a server of this version can do.
    fn capabilities(&self, server: &Version) -> Capabilities;

    /// The name of a type on a server of this version.
    fn type_name(&self, data_type: &DataType, server: &Version) -> Result<String, RenderError>;
}
