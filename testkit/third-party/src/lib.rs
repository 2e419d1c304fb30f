//! A small driver for SQLite: URLs are `lite:///path/to/file`.

mod connection;
mod dialect;
mod driver;
mod error;
mod lock;

pub use driver::Lite;
