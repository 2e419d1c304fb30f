//! Where the models of a project are.

use std::path::PathBuf;

use super::settings::ModelSql;

/// Where the models of a project are.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ModelsSource {
    /// The file or the command.
    pub origin: ModelsOrigin,
    /// In which words they are written.
    pub sql: ModelSql,
}

/// What gives the models.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ModelsOrigin {
    /// A file.
    File(PathBuf),
    /// A command for the shell, run in the folder of the project, which prints them.
    Command(String),
}
