//! Blobs: the bytes of layers and configurations.

use limbeck_core::driver::DriverError;
use limbeck_core::driver::Transaction;
use limbeck_core::row::NewRow;
use limbeck_core::values;

use crate::models::Uuid;
use crate::models::blob::ImageStorage;

#[derive(NewRow)]
#[new_row(table = ImageStorage)]
struct NewBlob {
    uuid: Uuid,
}

/// Begins an upload, and gives the id.
pub async fn create(tx: &mut Transaction<'_>, uuid: Uuid) -> Result<i64, DriverError> {
    tx.insert_id(&NewBlob { uuid }).await
}

/// Ends an upload: from now on the blob is found by its checksum.
pub async fn finish(
    tx: &mut Transaction<'_>,
    blob: i64,
    checksum: &str,
    size: i64,
) -> Result<(), DriverError> {
    let sql = "UPDATE image_storage SET content_checksum = ?, image_size = ?, uploading = ? WHERE id = ?";
    tx.execute(sql, &values![checksum, size, false, blob])
        .await
        .map(drop)
}

/// The blob of a checksum, the oldest where it was uploaded twice.
pub async fn find(tx: &mut Transaction<'_>, checksum: &str) -> Result<Option<ImageStorage>, DriverError> {
    let rest = "WHERE content_checksum = ? AND uploading = ? ORDER BY id LIMIT 1";
    tx.select_optional(rest, &values![checksum, false]).await
}

/// How many bytes the blobs of a repository have, each counted once.
pub async fn size_of(tx: &mut Transaction<'_>, repository: i64) -> Result<i64, DriverError> {
    let sql = "SELECT sum(s.image_size) FROM image_storage s \
               WHERE s.id IN (SELECT blob_id FROM manifest_blob WHERE repository_id = ?)";
    let (size,): (Option<i64>,) = tx.query_one(sql, &values![repository]).await?;
    Ok(size.unwrap_or(0))
}

/// What nothing needs any more, the oldest first.
pub async fn unreferenced(tx: &mut Transaction<'_>, most: u32) -> Result<Vec<ImageStorage>, DriverError> {
    let sql = format!(
        "SELECT {} FROM image_storage s LEFT JOIN manifest_blob b ON b.blob_id = s.id \
         LEFT JOIN image i ON i.storage_id = s.id LEFT JOIN derived_storage_for_image d ON d.derivative_id = s.id \
         WHERE b.id IS NULL AND i.id IS NULL AND d.id IS NULL AND s.uploading = ? ORDER BY s.id LIMIT ?",
        tx.columns::<ImageStorage>("s")
    );
    tx.query_as(&sql, &values![false, most]).await
}

/// Deletes a blob that nothing needs; whether there was one.
pub async fn delete(tx: &mut Transaction<'_>, blob: i64) -> Result<bool, DriverError> {
    let sql = "DELETE FROM image_storage WHERE id = ?";
    Ok(tx.execute(sql, &values![blob]).await? > 0)
}
