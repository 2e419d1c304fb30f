//! The schema model: plain data that every dialect, the replay and the diff share.
//!
//! Nothing here depends on a database. Names are the folded, unquoted names; constraints and indexes always carry
//! one, because portable SQL gives unnamed ones the name of the convention.

mod column;
mod constraint;
mod data_type;
mod driver_words;
mod expression;
mod index;
mod model;
mod name;
mod native_ddl;
mod table;
mod view;

pub use column::Column;
pub use column::Generated;
pub use column::Storage;
pub use constraint::Check;
pub use constraint::Constraint;
pub use constraint::Deferrable;
pub use constraint::ForeignKey;
pub use constraint::ReferentialAction;
pub use constraint::Unique;
pub use data_type::DataType;
pub use data_type::NativeType;
pub use driver_words::DriverWords;
pub use driver_words::UnknownDriver;
pub use expression::Expression;
pub use expression::Piece;
pub use expression::TokenRun;
pub use index::Index;
pub use index::IndexKey;
pub use index::SortOrder;
pub use model::Schema;
pub use name::Name;
pub use name::NameError;
pub use native_ddl::NativeDdl;
pub use table::PrimaryKey;
pub use table::Table;
pub use view::View;
