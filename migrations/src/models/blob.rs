//! Blobs: the bytes of layers and configurations.

use limbeck_core::models::Models;
use limbeck_core::models::Table;

use super::Uuid;
use super::manifest::Manifest;
use super::repository::Repository;

/// A blob in the storage.
#[derive(Table)]
#[table(check("image_size >= 0", name = "ck_image_storage_image_size"))]
pub struct ImageStorage {
    #[column(identity)]
    pub id: i64,
    #[column(unique)]
    pub uuid: Uuid,
    #[column(varchar = 255, index)]
    pub content_checksum: Option<String>,
    pub image_size: Option<i64>,
    pub uncompressed_size: Option<i64>,
    #[column(default = "TRUE")]
    pub uploading: bool,
}

/// A blob of a manifest.
#[derive(Table)]
#[table(unique([manifest_id, blob_id]), index([repository_id, blob_id]), index([blob_id]))]
pub struct ManifestBlob {
    #[column(identity)]
    pub id: i64,
    #[column(references = Repository)]
    pub repository_id: i64,
    #[column(references = Manifest, on_delete = cascade)]
    pub manifest_id: i64,
    #[column(references = ImageStorage)]
    pub blob_id: i64,
}

pub(super) fn models() -> Models {
    Models::new().table::<ImageStorage>().table::<ManifestBlob>()
}
