//! Images, as they were before manifests.

use limbeck_core::driver::DriverError;
use limbeck_core::driver::Transaction;
use limbeck_core::row::NewRow;
use limbeck_core::values;

use crate::models::image::DerivedStorageForImage;
use crate::models::image::Image;
use crate::models::image::Transformation;

#[derive(NewRow)]
#[new_row(table = Image)]
struct NewImage<'a> {
    repository_id: i64,
    docker_image_id: &'a str,
    parent_id: Option<i64>,
    storage_id: Option<i64>,
    ancestors: String,
}

/// Keeps an image that was made from another one or from nothing, and gives the id.
pub async fn create(
    tx: &mut Transaction<'_>,
    repository: i64,
    docker_image_id: &str,
    parent: Option<&Image>,
    storage: Option<i64>,
) -> Result<i64, DriverError> {
    let image = NewImage {
        repository_id: repository,
        docker_image_id,
        parent_id: parent.map(|parent| parent.id),
        storage_id: storage,
        ancestors: parent.map_or_else(
            || "/".to_owned(),
            |parent| format!("{}{}/", parent.ancestors, parent.id),
        ),
    };
    tx.insert_id(&image).await
}

pub async fn find(
    tx: &mut Transaction<'_>,
    repository: i64,
    docker_image_id: &str,
) -> Result<Option<Image>, DriverError> {
    let rest = "WHERE repository_id = ? AND docker_image_id = ?";
    tx.select_optional(rest, &values![repository, docker_image_id])
        .await
}

/// What an image was made from, the nearest first.
pub async fn ancestors(tx: &mut Transaction<'_>, image: i64) -> Result<Vec<Image>, DriverError> {
    let sql = format!(
        "WITH RECURSIVE line (id, parent_id, depth) AS (\
           SELECT id, parent_id, 0 FROM image WHERE id = ? UNION ALL \
           SELECT i.id, i.parent_id, line.depth + 1 FROM image i JOIN line ON i.id = line.parent_id) \
         SELECT {} FROM image i JOIN line ON line.id = i.id WHERE line.depth > 0 ORDER BY line.depth",
        tx.columns::<Image>("i")
    );
    tx.query_as(&sql, &values![image]).await
}

/// What was made from an image directly.
pub async fn children(tx: &mut Transaction<'_>, image: i64) -> Result<Vec<Image>, DriverError> {
    tx.select("WHERE parent_id = ? ORDER BY id", &values![image])
        .await
}

pub async fn set_command(
    tx: &mut Transaction<'_>,
    image: i64,
    command: Option<&str>,
) -> Result<(), DriverError> {
    let sql = "UPDATE image SET command = ? WHERE id = ?";
    tx.execute(sql, &values![command, image]).await.map(drop)
}

/// Remembers the blob that was made of an image.
pub async fn derive(
    tx: &mut Transaction<'_>,
    image: i64,
    blob: i64,
    transformation: Transformation,
) -> Result<i64, DriverError> {
    let derived = DerivedStorageForImage {
        id: 0,
        source_image_id: image,
        derivative_id: blob,
        transformation,
        uniqueness_hash: String::new(),
    };
    tx.insert_id(&derived).await
}

/// The blob that was made of an image this way.
pub async fn derived(
    tx: &mut Transaction<'_>,
    image: i64,
    transformation: Transformation,
) -> Result<Option<i64>, DriverError> {
    let sql = "SELECT derivative_id FROM derived_storage_for_image \
               WHERE source_image_id = ? AND transformation = ? AND uniqueness_hash = ''";
    let found = tx.query_optional(sql, &values![image, transformation]).await?;
    Ok(found.map(|(blob,)| blob))
}

/// Deletes an image from which nothing else was made; whether there was one.
pub async fn delete(tx: &mut Transaction<'_>, image: i64) -> Result<bool, DriverError> {
    Ok(tx
        .execute("DELETE FROM image WHERE id = ?", &values![image])
        .await?
        > 0)
}
