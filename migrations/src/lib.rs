//! A real history: the schema of a container registry.
//!
//! Its revisions are the files in `versions/`, nearly all of them portable SQL. They show what a history looks like
//! after a while (lines that were developed side by side and merged, rows that move between tables, a revision that
//! needs code), and they are what `cargo xtask migrate` runs. The files in `seeds/` fill it. [`models`](mod@models) says
//! which schema they have led to, and [`data`] reads and writes its rows.

pub mod data;
mod manifest_config;
pub mod models;

use std::path::PathBuf;
use std::sync::Arc;

use limbeck_core::engine::Migration;
use limbeck_core::script::DirectorySource;
use limbeck_core::seed::SeedFolder;

pub use manifest_config::ManifestConfig;
pub use models::models;

/// The folder of the revision files, in the source tree that this crate was built from.
pub fn versions() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("versions")
}

/// The revision files.
///
/// ```
/// use limbeck_core::script::ScriptSet;
///
/// let set = ScriptSet::load(&limbeck_registry::scripts())?;
/// assert!(set.iter().count() > 30);
/// # Ok::<(), limbeck_core::script::LoadErrors>(())
/// ```
pub fn scripts() -> DirectorySource {
    DirectorySource::new([versions()])
}

/// The rows to work with: users, repositories, manifests and their tags, and for `dev` builds, tokens and logs.
///
/// ```
/// use limbeck_core::seed::SeedSet;
///
/// let seeds = SeedSet::load(&limbeck_registry::seeds(), &[], Some("dev"))?;
/// assert!(seeds.iter().any(|seed| seed.name.as_str() == "010_user.csv"));
/// # Ok::<(), limbeck_core::seed::SeedError>(())
/// ```
pub fn seeds() -> SeedFolder {
    SeedFolder::at(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("seeds"))
}

/// The code of the revisions that are written in Rust.
pub fn migrations() -> Vec<Arc<dyn Migration>> {
    vec![Arc::new(ManifestConfig)]
}
