//! Tags: names that move.

use limbeck_core::models::Models;
use limbeck_core::models::Table;

use super::image::Image;
use super::manifest::Manifest;
use super::repository::Repository;

/// A tag of an image, as it was before manifests.
#[derive(Table)]
#[table(unique([repository_id, name, lifetime_end]))]
pub struct RepositoryTag {
    #[column(identity)]
    pub id: i64,
    #[column(references = Repository)]
    pub repository_id: i64,
    #[column(references = Image, index)]
    pub image_id: i64,
    #[column(varchar = 255)]
    pub name: String,
    pub lifetime_start: i64,
    /// Seconds since 1970; NULL: still going on
    #[column(index, comment)]
    pub lifetime_end: Option<i64>,
    #[column(default = "FALSE")]
    pub hidden: bool,
}

/// The manifest of such a tag.
#[derive(Table)]
pub struct TagManifest {
    #[column(identity)]
    pub id: i64,
    #[column(unique, references = RepositoryTag, on_delete = cascade)]
    pub tag_id: i64,
    #[column(varchar = 255, index)]
    pub digest: String,
    pub json_data: String,
}

/// A tag of a manifest. One that moved stays, with its end.
#[derive(Table)]
#[table(unique([repository_id, name, lifetime_end_ms]))]
pub struct Tag {
    #[column(identity)]
    pub id: i64,
    #[column(references = Repository)]
    pub repository_id: i64,
    #[column(references = Manifest, index)]
    pub manifest_id: Option<i64>,
    #[column(varchar = 255)]
    pub name: String,
    pub lifetime_start_ms: i64,
    /// Milliseconds since 1970; NULL: still going on
    #[column(index, comment)]
    pub lifetime_end_ms: Option<i64>,
    #[column(default = "FALSE")]
    pub hidden: bool,
    #[column(default = "FALSE")]
    pub reversion: bool,
    #[column(references = Tag, index)]
    pub linked_tag_id: Option<i64>,
}

pub(super) fn models() -> Models {
    Models::new()
        .table::<RepositoryTag>()
        .table::<TagManifest>()
        .table::<Tag>()
}
