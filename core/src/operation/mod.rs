//! Typed schema changes.

mod apply;
mod builder;
mod change;
mod derive;
mod error;
mod find;
mod inverse;
mod loss;
mod object;
mod portable;
#[cfg(test)]
mod properties;
mod references;
#[cfg(test)]
mod testing;

pub use builder::Operations;
pub use change::ColumnChange;
pub use change::DataKind;
pub use change::DataStatement;
pub use change::Operation;
pub use derive::derive_downgrade;
pub use error::ApplyError;
pub use error::ColumnFault;
pub use error::ForeignKeyFault;
pub use error::QueryFault;
pub use inverse::Inverse;
pub use loss::Loss;
pub use loss::NotInvertible;
pub use loss::Obstacle;
pub use object::Object;
pub use portable::FunctionKind;
pub use portable::NamingConvention;
pub use portable::NamingError;
pub use portable::PortableError;
pub use portable::PortableFunction;
pub use portable::PortableOptions;
pub use portable::PrintError;
pub use portable::Standing;
pub use portable::functions;
pub use portable::parse_expression;
pub use portable::parse_statement;
pub(crate) use portable::portable_name;
pub use portable::portable_sql;
