//! Tools to test Limbeck drivers and migrations.
//!
//! - [`conformance()`] is the suite that every driver passes: named checks, run by a test with `harness = false`.
//! - [`Faulty`] wraps a driver and, after a counted number of statements, kills its process or cuts its connection.
//!   A test that runs a migration with every count, from none to all, has tried a death at every place between two
//!   statements.
//! - [`Client`] runs files of SQL with psql, mysql or mariadb, in databases on real servers, where there are any.
//! - [`TestDatabase`] is an empty database on a real server, and [`PrivateServer`] a server that a test may kill.
//! - [`FileHistory`] runs a history as files of SQL and compares what they leave.
//! - [`described`] puts a table into words, and [`step_operations`] says what a step of a history does, for tests of what is
//!   read from a catalogue.
//! - [`differences`] says whether a database is what its server makes of a schema, and [`drift`] whether it is what its
//!   revisions make.
//! - [`Workbench`] walks from one catalogue to another and back, for cases as files ([`CatalogueCase`]) and for pairs of
//!   schemas from elsewhere ([`pairs()`]).
//! - [`round_trips`] makes random schemas on a server and leads each to another and back.
//! - [`TurnCounter`] stands before a server and counts how often a client waits for it.
//! - [`stairway()`] tests every revision of a history: up, down and up again, with rows in the tables.
//! - [`Project`] is a folder with a `limbeck.toml` and revision files that goes away with the test.

mod catalogue;
mod client;
mod conformance;
mod connection;
mod described;
mod differences;
mod fault;
mod faulty;
mod files;
mod process;
mod project;
mod round_trip;
mod servers;
mod stairway;
mod statements;
mod step_operations;
mod turns;

pub use catalogue::CatalogueCase;
pub use catalogue::Exception;
pub use catalogue::SchemaPair;
pub use catalogue::Workbench;
pub use catalogue::pairs;
pub use catalogue::pairs_converge;
pub use client::Client;
pub use client::ClientDatabase;
pub use conformance::CheckInfo;
pub use conformance::Conformance;
pub use conformance::Databases;
pub use conformance::FileDatabases;
pub use conformance::FreshDatabase;
pub use conformance::Offer;
pub use conformance::Unavailable;
pub use conformance::conformance;
pub use described::described;
pub use described::described_view;
pub use differences::differences;
pub use differences::drift;
pub use fault::Fault;
pub use fault::FaultError;
pub use fault::FaultKind;
pub use faulty::Faulty;
pub use files::FileChecks;
pub use files::FileHistory;
pub use files::OperationsOnly;
pub use process::die;
pub use project::Project;
pub use project::RevisionFile;
pub use round_trip::RoundTrips;
pub use round_trip::random_schema;
pub use round_trip::round_trip_seeds;
pub use round_trip::round_trips;
pub use servers::Engine;
pub use servers::PrivateOptions;
pub use servers::PrivateServer;
pub use servers::Server;
pub use servers::ServerKind;
pub use servers::ServersCommand;
pub use servers::TestDatabase;
pub use servers::skip;
pub use servers::skip_for_want_of;
pub use stairway::stairway;
pub use statements::StatementCount;
pub use step_operations::step_operations;
pub use turns::TurnCounter;
