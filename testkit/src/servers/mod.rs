//! Real servers for tests: where they come from, the databases on them, and their ends.

#[cfg(feature = "containers")]
mod container;
#[cfg(not(feature = "containers"))]
mod container {
    /// Without containers none is left over.
    pub(super) fn sweep() {}
}
mod command;
mod database;
mod disk;
mod engine;
mod folder;
mod galera;
mod given;
mod guard;
mod installed;
mod kind;
mod owner;
mod private;
mod process;
mod run;
mod running;
mod server;
mod session;
mod settings;
mod skip;
mod source;

use std::fmt::Display;

pub use command::ServersCommand;
pub use database::TestDatabase;
pub use engine::Engine;
pub use kind::ServerKind;
pub use private::PrivateOptions;
pub use private::PrivateServer;
pub use server::Server;
pub use skip::skip;
pub use skip::skip_for_want_of;

#[allow(clippy::panic, reason = "a test whose server is broken has failed")]
pub(crate) fn broken(what: &str, error: impl Display) -> ! {
    panic!("{what}: {error}")
}
