//! Labels of manifests.

use limbeck_core::models::ColumnEnum;
use limbeck_core::models::Models;
use limbeck_core::models::Table;

use super::Uuid;
use super::manifest::Manifest;
use super::repository::Repository;

/// Where a label comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ColumnEnum)]
#[column_enum(rename_all = "snake_case")]
pub enum LabelSource {
    Manifest,
    Api,
    Internal,
}

/// A key and its value.
#[derive(Table)]
pub struct Label {
    #[column(identity)]
    pub id: i64,
    #[column(unique)]
    pub uuid: Uuid,
    #[column(varchar = 255, index)]
    pub label_key: String,
    pub label_value: String,
    #[column(varchar = 255, default_text = "text/plain")]
    pub media_type: String,
    pub source_type: LabelSource,
}

/// A label on a manifest.
#[derive(Table)]
#[table(primary_key([manifest_id, label_id]))]
pub struct ManifestLabel {
    #[column(references = Manifest, on_delete = cascade)]
    pub manifest_id: i64,
    #[column(references = Label, on_delete = cascade, index)]
    pub label_id: i64,
    #[column(references = Repository, index)]
    pub repository_id: i64,
}

pub(super) fn models() -> Models {
    Models::new().table::<Label>().table::<ManifestLabel>()
}
