//! What a manifest says about its image: the Rust of the revision that reads it.

use async_trait::async_trait;
use limbeck_core::dialect::Value;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::Transaction;
use limbeck_core::engine::Migration;
use limbeck_core::operation::BuildError;
use limbeck_core::operation::Operations;
use serde::Deserialize;

/// Manifests are read in portions, so that a registry with millions of them fits into memory.
const PORTION: usize = 500;

/// Fills `manifest.config_media_type` and `manifest.layers_compressed_size` from the text of the manifests.
#[derive(Clone, Copy, Debug, Default)]
pub struct ManifestConfig;

#[async_trait]
impl Migration for ManifestConfig {
    fn revision(&self) -> &str {
        "1c0de031b5ca"
    }

    fn upgrade(&self, operations: &mut Operations) -> Result<(), BuildError> {
        operations.alter_table("manifest", |t| {
            t.add_column("config_media_type", "VARCHAR(255)");
            t.add_column("layers_compressed_size", "BIGINT");
        })
    }

    async fn upgrade_data(&self, transaction: &mut Transaction<'_>) -> Result<(), DriverError> {
        let mut last = 0;
        loop {
            let select = format!(
                "SELECT id, manifest_bytes FROM manifest WHERE id > {last} ORDER BY id LIMIT {PORTION}"
            );
            let manifests = transaction.query(&select, &[]).await?;
            for row in &manifests.rows {
                let Some(id) = row.integer(0) else { continue };
                last = id;
                if let Some(summary) = row.text(1).and_then(Summary::read) {
                    summary.store(id, transaction).await?;
                }
            }
            if manifests.rows.len() < PORTION {
                return Ok(());
            }
        }
    }

    fn downgrade(&self, operations: &mut Operations) -> Result<(), BuildError> {
        operations.alter_table("manifest", |t| {
            t.drop_column("layers_compressed_size")
                .drop_column("config_media_type");
        })
    }
}

/// What the columns hold.
#[derive(Debug, PartialEq, Eq)]
struct Summary {
    config_media_type: String,
    /// In bytes.
    layers_compressed_size: i64,
}

impl Summary {
    /// Reads the JSON of a manifest. Nothing for one without a configuration: an index of others, the old schema 1, or
    /// a text that is no manifest; such rows keep NULL.
    fn read(manifest: &str) -> Option<Self> {
        let manifest: Manifest = serde_json::from_str(manifest).ok()?;
        let sizes = manifest.layers.iter().map(|layer| layer.size);
        Some(Self {
            config_media_type: manifest.config.media_type,
            layers_compressed_size: sizes.fold(0, i64::saturating_add),
        })
    }

    /// Written as literals, because the engines spell parameters differently.
    async fn store(&self, id: i64, transaction: &mut Transaction<'_>) -> Result<(), DriverError> {
        let dialect = transaction.server().dialect;
        let media_type = dialect.literal(&Value::from(self.config_media_type.as_str()));
        let size = self.layers_compressed_size;
        let update = format!(
            "UPDATE manifest SET config_media_type = {media_type}, layers_compressed_size = {size} WHERE id = {id}"
        );
        transaction.execute(&update, &[]).await?;
        Ok(())
    }
}

/// The part of a manifest (Docker schema 2 or OCI) that matters here.
#[derive(Deserialize)]
struct Manifest {
    config: Descriptor,
    layers: Vec<Layer>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    media_type: String,
}

#[derive(Deserialize)]
struct Layer {
    size: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_has_a_configuration_and_layers() {
        let manifest = r#"{
            "schemaVersion": 2,
            "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "size": 7023, "digest": "sha256:b5b2"},
            "layers": [{"size": 32654, "digest": "sha256:9834"}, {"size": 16724, "digest": "sha256:3c3a"}]
        }"#;
        let expected = Summary {
            config_media_type: "application/vnd.oci.image.config.v1+json".to_owned(),
            layers_compressed_size: 49378,
        };
        assert_eq!(Summary::read(manifest), Some(expected));
    }

    #[test]
    fn other_texts_say_nothing() {
        let index = r#"{"schemaVersion": 2, "manifests": []}"#;
        let schema_1 = r#"{"schemaVersion": 1, "fsLayers": [{"blobSum": "sha256:a3ed"}]}"#;
        for text in [index, schema_1, "", "not JSON"] {
            assert_eq!(Summary::read(text), None, "{text}");
        }
    }
}
