//! Everything that the dialect writes is run on a real SQLite.

mod add_column;
mod alter_table;
mod create_table;
mod foreign_keys;
mod indexes;
mod literals;
mod portable;
mod random;
mod rows;
mod support;
mod types;
mod versions;
mod views;
