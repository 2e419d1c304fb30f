//! Asking git, by its command.

mod command;
mod objects;
mod scripts;

pub(crate) use command::Repository;
pub(crate) use scripts::GitScripts;
pub(crate) use scripts::slashes;
