//! The configuration: `limbeck.toml`, layered `.env` files, the process environment, flags.
//!
//! From the least to the most specific layer:
//!
//! 1. what limbeck does by itself,
//! 2. `limbeck.toml`, in the working directory or the nearest folder above it, or the file given by `-c`,
//! 3. `.env`, `.env.local`, `.env.{ENV}` and `.env.{ENV}.local` beside it, where `ENV` is the value of `LIMBECK_ENV`
//!    (or of the variable that `environment_variable` names),
//! 4. the environment of the process,
//! 5. flags.
//!
//! The database is `DATABASE_URL` (`DATABASE_URL_<NAME>` for a database of a name), else `url` in `limbeck.toml`. A
//! driver's own variables, like a user and a host, make a URL when there is none, and replace its parts when they stand in
//! a more specific layer than the URL. Nothing here reads the state of the process: the environment and the working
//! directory are given.

mod backup;
mod cache;
mod checked;
mod database;
mod env_file;
mod environment;
mod error;
mod explain;
mod hooks;
mod keys;
mod layer;
mod load;
mod local;
mod metrics;
mod models;
mod settings;
mod timeouts;
mod url;

pub use backup::BackupSettings;
pub use database::DatabaseChoice;
pub use database::DatabaseSettings;
pub use environment::Environment;
pub use error::ConfigError;
pub use explain::EnvFile;
pub use explain::Explained;
pub use hooks::HookCommands;
pub use layer::Layer;
pub use layer::Sourced;
pub use load::Config;
pub use load::Project;
pub use local::LocalSettings;
pub use models::ModelsOrigin;
pub use models::ModelsSource;
pub use settings::ModelSql;
pub use timeouts::TimeoutSettings;
pub use url::Part;

/// The commented reference of `limbeck.toml`: every key with its default.
pub const REFERENCE: &str = include_str!("reference.toml");
