//! Manifests: what an image consists of.

use limbeck_core::models::Models;
use limbeck_core::models::Table;

use super::repository::Repository;

/// A manifest as it was pushed: its digest is taken over those bytes.
#[derive(Table)]
#[table(unique([repository_id, digest]))]
pub struct Manifest {
    #[column(identity)]
    pub id: i64,
    #[column(references = Repository)]
    pub repository_id: i64,
    #[column(varchar = 255, index)]
    pub digest: String,
    #[column(varchar = 255)]
    pub media_type: String,
    pub manifest_bytes: String,
    #[column(default = "0")]
    pub layer_count: i32,
    #[column(varchar = 255)]
    pub config_media_type: Option<String>,
    pub layers_compressed_size: Option<i64>,
}

pub(super) fn models() -> Models {
    Models::new().table::<Manifest>()
}
