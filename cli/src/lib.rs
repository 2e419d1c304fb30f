//! The `limbeck` command as a library: a project composes its own binary of drivers, scripts and revisions written in
//! Rust with [`Cli`].
//!
//! A command is a file in `commands/`: its arguments, and a function that asks the core and gives one answer, which is
//! written as text for people or as one JSON object. What can go wrong has a kind of the closed list [`ErrorKind`] and
//! ends with one of the exit codes of [`Exit`].

mod answers;
mod args;
mod ask;
mod autogenerate;
mod backup;
mod change;
mod commands;
mod comparison;
mod compose;
mod context;
mod derive_downgrade;
mod differences;
mod earlier;
mod error;
mod every_database;
mod exit;
mod git;
mod graph_view;
mod hooks;
mod junit;
mod local;
mod metrics;
mod new_script;
mod offline;
mod origin;
mod output;
mod own_words;
mod post_write;
mod program;
mod progress;
mod rewrite;
mod run;
mod schema_source;
mod settled;
mod shell;
mod signals;
mod templates;
mod told_whole;
mod tracked;
mod views;
mod with_file;

pub use compose::Cli;
pub use compose::Invocation;
pub use compose::LocalService;
pub use error::CommandError;
pub use error::ErrorKind;
pub use exit::Exit;
pub use rewrite::Rewrite;
