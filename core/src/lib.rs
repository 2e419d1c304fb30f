//! The core of Limbeck, a schema-migration engine with a graph of revisions.
//!
//! Nothing here knows a particular database. A driver crate implements [`driver::Driver`] and [`dialect::Dialect`];
//! everything else (scripts, graph, plan, journal, lock discipline, the run loop) lives in this crate once.
//!
//! The modules are listed in the order in which they may depend on each other, from below to above:
//!
//! | module | holds |
//! |---|---|
//! | [`sql`] | source text, spans, lexer, statement splitter, keyword-level classifier |
//! | [`schema`] | the schema model as plain data |
//! | [`catalogue`] | everything that a database holds, in its engine's own words |
//! | [`data_file`] | files of rows: CSV and JSON lines |
//! | [`operation`] | typed schema changes, portable SQL, replay and inverses |
//! | [`dialect`] | what is known of a database without a connection: lexical rules, capabilities, rendering |
//! | [`graph`] | revisions, revision expressions, plans |
//! | [`script`] | the revision file: parse, write, directory, checksum |
//! | [`diff`] | what leads from one schema to another |
//! | [`models`] | the schema that is wanted, as Rust structs |
//! | [`driver`] | the online traits, URLs, secrets |
//! | [`row`] | rows as structs, tuples and values of Rust |
//! | [`history`] | all SQL of the version table and the journal |
//! | [`seed`] | rows that every database of an environment is to have: files, code and their order |
//! | [`engine`] | the one run loop and everything that is built on it |
//! | [`stairway`] | whether each revision leads up, down and up again |
//! | [`config`] | `limbeck.toml` and layered environment files |
//! | [`database`] | an application's pool of connections and its transactions |

pub mod catalogue;
pub mod config;
pub mod data_file;
pub mod database;
pub mod dialect;
pub mod diff;
pub mod driver;
pub mod engine;
pub mod graph;
pub mod history;
pub mod models;
pub mod operation;
pub mod row;
pub mod schema;
pub mod script;
pub mod seed;
pub mod sql;
pub mod stairway;

pub use database::Database;
