//! Manifests and their blobs.

use limbeck_core::driver::DriverError;
use limbeck_core::driver::Transaction;
use limbeck_core::row::NewRow;
use limbeck_core::values;

use crate::models::blob::ImageStorage;
use crate::models::blob::ManifestBlob;
use crate::models::manifest::Manifest;

/// A manifest that was pushed.
#[derive(NewRow)]
#[new_row(table = Manifest)]
pub struct NewManifest<'a> {
    pub repository_id: i64,
    pub digest: &'a str,
    pub media_type: &'a str,
    pub manifest_bytes: &'a str,
    pub layer_count: i32,
    pub config_media_type: Option<&'a str>,
    pub layers_compressed_size: Option<i64>,
}

/// Keeps a manifest with its blobs, and gives the id; one that is there already stays as it is.
pub async fn create(
    tx: &mut Transaction<'_>,
    manifest: &NewManifest<'_>,
    blobs: &[i64],
) -> Result<i64, DriverError> {
    if let Some(known) = find(tx, manifest.repository_id, manifest.digest).await? {
        return Ok(known.id);
    }
    let id = tx.insert_id(manifest).await?;
    for blob in blobs {
        let link = ManifestBlob {
            id: 0,
            repository_id: manifest.repository_id,
            manifest_id: id,
            blob_id: *blob,
        };
        tx.insert(&link).await?;
    }
    Ok(id)
}

pub async fn find(
    tx: &mut Transaction<'_>,
    repository: i64,
    digest: &str,
) -> Result<Option<Manifest>, DriverError> {
    let rest = "WHERE repository_id = ? AND digest = ?";
    tx.select_optional(rest, &values![repository, digest]).await
}

/// The manifest that a tag points to now.
pub async fn of_tag(
    tx: &mut Transaction<'_>,
    repository: i64,
    tag: &str,
) -> Result<Option<Manifest>, DriverError> {
    let sql = format!(
        "SELECT {} FROM manifest m JOIN tag t ON t.manifest_id = m.id \
         WHERE t.repository_id = ? AND t.name = ? AND t.lifetime_end_ms IS NULL",
        tx.columns::<Manifest>("m")
    );
    tx.query_optional(&sql, &values![repository, tag]).await
}

/// The blobs of a manifest.
pub async fn blobs(tx: &mut Transaction<'_>, manifest: i64) -> Result<Vec<ImageStorage>, DriverError> {
    let sql = format!(
        "SELECT {} FROM image_storage s JOIN manifest_blob b ON b.blob_id = s.id WHERE b.manifest_id = ? ORDER BY s.id",
        tx.columns::<ImageStorage>("s")
    );
    tx.query_as(&sql, &values![manifest]).await
}

/// Those that no tag points to or has pointed to.
pub async fn untagged(tx: &mut Transaction<'_>, repository: i64) -> Result<Vec<Manifest>, DriverError> {
    let sql = format!(
        "SELECT {} FROM manifest m LEFT JOIN tag t ON t.manifest_id = m.id \
         WHERE m.repository_id = ? AND t.id IS NULL ORDER BY m.id",
        tx.columns::<Manifest>("m")
    );
    tx.query_as(&sql, &values![repository]).await
}

/// Deletes a manifest that no tag needs; whether there was one.
pub async fn delete(tx: &mut Transaction<'_>, manifest: i64) -> Result<bool, DriverError> {
    let sql = "DELETE FROM manifest WHERE id = ?";
    Ok(tx.execute(sql, &values![manifest]).await? > 0)
}
