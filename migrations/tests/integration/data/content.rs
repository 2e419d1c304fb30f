//! Repositories, and what is pushed into them.

use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Transaction;
use limbeck_registry::data::blob;
use limbeck_registry::data::image;
use limbeck_registry::data::manifest;
use limbeck_registry::data::manifest::NewManifest;
use limbeck_registry::data::repository;
use limbeck_registry::data::tag;
use limbeck_registry::models::Uuid;
use limbeck_registry::models::image::Transformation;
use limbeck_registry::models::repository::Repository;
use limbeck_registry::models::repository::State;
use limbeck_registry::models::repository::Visibility;

use super::Registry;

fn names(repositories: &[Repository]) -> Vec<&str> {
    repositories.iter().map(|one| one.name.as_str()).collect()
}

#[tokio::test]
async fn repositories() {
    for registry in Registry::everywhere().await {
        registry
            .run(async |tx| {
                let kernel = &registry.kernel;
                let linux = repository::create(tx, kernel, "linux", Visibility::Public).await?;
                repository::create(tx, kernel, "lint", Visibility::Private).await?;
                let docs = super::repository(tx, kernel, "do_s%").await?;
                let found = repository::find(tx, "kernel/linux").await?.unwrap();
                assert_eq!(
                    (found.id, found.state, found.visibility),
                    (linux, State::Normal, Visibility::Public)
                );
                assert_eq!(names(&repository::search(tx, "li", 9).await?), ["linux"]);
                assert_eq!(names(&repository::search(tx, "do_s%", 9).await?), ["do_s%"]);
                assert_eq!(names(&repository::search(tx, "d%", 9).await?), [""; 0]);
                assert_eq!(names(&repository::search(tx, "", 1).await?), ["do_s%"]);
                let stranger = super::user(tx, "eve").await?;
                let seen = repository::list_for(tx, kernel.id, stranger).await?;
                assert_eq!(names(&seen), ["do_s%", "linux"]);
                let seen = repository::list_for(tx, kernel.id, registry.ann).await?;
                assert_eq!(names(&seen), ["do_s%", "lint", "linux"]);
                repository::describe(tx, linux, Some("it's \"ours\"")).await?;
                repository::set_state(tx, linux, State::ReadOnly).await?;
                repository::set_visibility(tx, linux, Visibility::Internal).await?;
                let found = repository::find(tx, "kernel/linux").await?.unwrap();
                assert_eq!(found.description.as_deref(), Some("it's \"ours\""));
                assert_eq!(
                    (found.state, found.visibility),
                    (State::ReadOnly, Visibility::Internal)
                );
                assert!(repository::delete(tx, docs).await?);
                assert!(repository::find(tx, "kernel/do_s%").await?.is_none());
                Ok(())
            })
            .await;
    }
}

async fn push(
    tx: &mut Transaction<'_>,
    repository: i64,
    digest: &str,
    blobs: &[i64],
) -> Result<i64, DriverError> {
    let new = NewManifest {
        repository_id: repository,
        digest,
        media_type: "application/vnd.oci.image.manifest.v1+json",
        manifest_bytes: "{\"layers\": \"\\u00e9 ✓\"}",
        layer_count: 1,
        config_media_type: None,
        layers_compressed_size: Some(5_000_000_000),
    };
    manifest::create(tx, &new, blobs).await
}

async fn upload(tx: &mut Transaction<'_>, checksum: &str, size: i64) -> Result<i64, DriverError> {
    let id = blob::create(tx, Uuid::random()).await?;
    blob::finish(tx, id, checksum, size).await?;
    Ok(id)
}

#[tokio::test]
async fn manifests_blobs_and_tags() {
    for registry in Registry::everywhere().await {
        registry
            .run(async |tx| {
                let linux = super::repository(tx, &registry.kernel, "linux").await?;
                let open = blob::create(tx, Uuid::random()).await?;
                let one = upload(tx, "sha256:b1", 10).await?;
                let two = upload(tx, "sha256:b2", 20).await?;
                let alone = upload(tx, "sha256:b3", 30).await?;
                assert_eq!(blob::find(tx, "sha256:b2").await?.unwrap().id, two);
                let first = push(tx, linux, "sha256:m1", &[one, two]).await?;
                let second = push(tx, linux, "sha256:m2", &[two]).await?;
                assert_eq!(push(tx, linux, "sha256:m1", &[one, two]).await?, first);
                let found = manifest::find(tx, linux, "sha256:m1").await?.unwrap();
                assert_eq!(found.manifest_bytes, "{\"layers\": \"\\u00e9 ✓\"}");
                assert_eq!(found.layers_compressed_size, Some(5_000_000_000));
                let blobs = manifest::blobs(tx, first).await?;
                assert_eq!(blobs.iter().map(|blob| blob.id).collect::<Vec<_>>(), [one, two]);
                assert_eq!(blob::size_of(tx, linux).await?, 30);
                assert_eq!(blob::size_of(tx, linux + 1).await?, 0);

                tag::point(tx, linux, "latest", first, 1000).await?;
                tag::point(tx, linux, "latest", second, 2000).await?;
                assert_eq!(manifest::of_tag(tx, linux, "latest").await?.unwrap().id, second);
                tag::point(tx, linux, "latest", first, 3000).await?;
                tag::point(tx, linux, "v1", first, 3000).await?;
                let live = tag::list(tx, linux).await?;
                let live: Vec<_> = live
                    .iter()
                    .map(|tag| (tag.name.as_str(), tag.digest.as_str()))
                    .collect();
                assert_eq!(live, [("latest", "sha256:m1"), ("v1", "sha256:m1")]);
                let history = tag::history(tx, linux, "latest").await?;
                let history: Vec<_> = history
                    .iter()
                    .map(|tag| (tag.lifetime_start_ms, tag.lifetime_end_ms, tag.reversion))
                    .collect();
                assert_eq!(
                    history,
                    [
                        (3000, None, true),
                        (2000, Some(3000), false),
                        (1000, Some(2000), false)
                    ]
                );
                assert!(tag::end(tx, linux, "v1", 4000).await?);
                assert!(!tag::end(tx, linux, "v1", 5000).await?);
                assert!(tag::find(tx, linux, "v1").await?.is_none());
                assert_eq!(tag::forget(tx, linux, 3500).await?, 2);
                let untagged = manifest::untagged(tx, linux).await?;
                assert_eq!(untagged.iter().map(|one| one.id).collect::<Vec<_>>(), [second]);
                let tagged = tx.transaction(async |tx| manifest::delete(tx, first).await).await;
                assert_eq!(tagged.unwrap_err().kind, DriverErrorKind::Constraint);
                assert!(manifest::delete(tx, second).await?);

                let unreferenced = async |tx: &mut Transaction<'_>| -> Result<Vec<i64>, DriverError> {
                    Ok(blob::unreferenced(tx, 9)
                        .await?
                        .iter()
                        .map(|blob| blob.id)
                        .collect())
                };
                assert_eq!(unreferenced(tx).await?, [alone], "{open} is being uploaded");
                assert!(repository::delete(tx, linux).await?);
                assert_eq!(unreferenced(tx).await?, [one, two, alone]);
                assert!(blob::delete(tx, alone).await?);
                assert_eq!(unreferenced(tx).await?, [one, two]);
                Ok(())
            })
            .await;
    }
}

#[tokio::test]
async fn images() {
    for registry in Registry::everywhere().await {
        registry
            .run(async |tx| {
                let linux = super::repository(tx, &registry.kernel, "linux").await?;
                let layer = upload(tx, "sha256:b1", 10).await?;
                image::create(tx, linux, "base", None, Some(layer)).await?;
                let base = image::find(tx, linux, "base").await?.unwrap();
                image::create(tx, linux, "middle", Some(&base), None).await?;
                let middle = image::find(tx, linux, "middle").await?.unwrap();
                let top = image::create(tx, linux, "top", Some(&middle), None).await?;
                let found = image::find(tx, linux, "top").await?.unwrap();
                assert_eq!(found.ancestors, format!("/{}/{}/", base.id, middle.id));
                let line = image::ancestors(tx, top).await?;
                let line: Vec<&str> = line.iter().map(|image| image.docker_image_id.as_str()).collect();
                assert_eq!(line, ["middle", "base"], "{}", registry.place.name());
                assert_eq!(image::children(tx, base.id).await?[0].id, middle.id);
                image::set_command(tx, top, Some("[\"sh\"]")).await?;
                let found = image::find(tx, linux, "top").await?.unwrap();
                assert_eq!(
                    (found.command.as_deref(), found.created_at),
                    (Some("[\"sh\"]"), None)
                );
                let squashed = upload(tx, "sha256:b2", 5).await?;
                image::derive(tx, top, squashed, Transformation::Squash).await?;
                assert_eq!(
                    image::derived(tx, top, Transformation::Squash).await?,
                    Some(squashed)
                );
                assert_eq!(image::derived(tx, top, Transformation::Flatten).await?, None);
                assert_eq!(blob::unreferenced(tx, 9).await?.len(), 0);
                assert!(image::delete(tx, top).await?);
                assert_eq!(blob::unreferenced(tx, 9).await?[0].id, squashed);
                Ok(())
            })
            .await;
    }
}
