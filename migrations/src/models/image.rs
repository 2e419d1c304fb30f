//! Images, as they were before manifests.

use limbeck_core::models::ColumnEnum;
use limbeck_core::models::Models;
use limbeck_core::models::Table;

use super::Moment;
use super::blob::ImageStorage;
use super::repository::Repository;

/// A layer and what it was made from.
#[derive(Table)]
#[table(unique([repository_id, docker_image_id]))]
pub struct Image {
    #[column(identity)]
    pub id: i64,
    #[column(references = Repository)]
    pub repository_id: i64,
    #[column(varchar = 255, index)]
    pub docker_image_id: String,
    #[column(references = Image, index)]
    pub parent_id: Option<i64>,
    #[column(references = ImageStorage, index)]
    pub storage_id: Option<i64>,
    /// The path of ids from the base image down, as in `/1/4/`.
    pub ancestors: String,
    pub command: Option<String>,
    pub created_at: Option<Moment>,
}

/// What can be made of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ColumnEnum)]
#[column_enum(rename_all = "snake_case")]
pub enum Transformation {
    Squash,
    Flatten,
}

/// What was made of an image.
#[derive(Table)]
#[table(unique([source_image_id, transformation, uniqueness_hash]))]
pub struct DerivedStorageForImage {
    #[column(identity)]
    pub id: i64,
    #[column(references = Image, on_delete = cascade)]
    pub source_image_id: i64,
    #[column(references = ImageStorage, index)]
    pub derivative_id: i64,
    pub transformation: Transformation,
    #[column(varchar = 255, default_text = "")]
    pub uniqueness_hash: String,
}

pub(super) fn models() -> Models {
    Models::new().table::<Image>().table::<DerivedStorageForImage>()
}
