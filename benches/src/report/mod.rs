//! Results as a table, as JSON, as a plot, and in the documentation.

pub mod json;
pub mod page;
pub mod svg;
pub mod table;
