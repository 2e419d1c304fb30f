//! Builds, notifications and the log.

use limbeck_core::driver::DriverErrorKind;
use limbeck_registry::data::build;
use limbeck_registry::data::build::NewBuild;
use limbeck_registry::data::build::NewTrigger;
use limbeck_registry::data::log;
use limbeck_registry::data::log::NewEntry;
use limbeck_registry::data::notification;
use limbeck_registry::data::notification::NewNotification;
use limbeck_registry::data::notification::NewSubscription;
use limbeck_registry::models::Json;
use limbeck_registry::models::Uuid;
use limbeck_registry::models::build::Phase;
use limbeck_registry::models::build::SourceService;
use limbeck_registry::models::notification::Method;
use serde_json::json;

use super::Registry;
use super::at;
use super::repository;

#[tokio::test]
async fn builds() {
    for registry in Registry::everywhere().await {
        registry
            .run(async |tx| {
                let linux = repository(tx, &registry.kernel, "linux").await?;
                let new = NewTrigger {
                    uuid: Uuid::random(),
                    repository_id: linux,
                    connected_user_id: registry.ann,
                    service: SourceService::Bitbucket,
                    config: Json(json!({"branch": "main", "depth": null})),
                };
                let trigger = build::create_trigger(tx, &new).await?;
                let triggers = build::triggers(tx, linux).await?;
                assert_eq!(
                    (triggers[0].id, triggers[0].service),
                    (trigger, SourceService::Bitbucket)
                );
                assert_eq!(triggers[0].config, new.config);
                let uuid = Uuid::random();
                let mut builds = Vec::new();
                for (name, uuid, started) in [
                    ("one", uuid, 10),
                    ("two", Uuid::random(), 20),
                    ("three", Uuid::random(), 30),
                ] {
                    let new = NewBuild {
                        uuid,
                        repository_id: linux,
                        trigger_id: Some(trigger),
                        display_name: name,
                        job_config: Json(json!([])),
                        started_at: at(started),
                    };
                    builds.push(build::create(tx, &new).await?);
                }
                let found = build::find(tx, uuid).await?.unwrap();
                assert_eq!(
                    (found.id, found.phase, found.started_at),
                    (builds[0], Phase::Waiting, at(10))
                );
                build::set_phase(tx, builds[0], Phase::Building, None).await?;
                build::set_phase(tx, builds[1], Phase::Complete, Some(at(25))).await?;
                let early = tx
                    .transaction(async |tx| build::set_phase(tx, builds[2], Phase::Error, Some(at(29))).await)
                    .await;
                assert_eq!(
                    early.unwrap_err().kind,
                    DriverErrorKind::Constraint,
                    "before it began"
                );
                let phases = build::phases(tx).await?;
                assert_eq!(
                    phases,
                    [(Phase::Building, 1), (Phase::Complete, 1), (Phase::Waiting, 1)]
                );
                let newest = build::list(tx, linux, 2).await?;
                assert_eq!(
                    newest.iter().map(|build| build.id).collect::<Vec<_>>(),
                    [builds[2], builds[1]]
                );
                assert_eq!(newest[1].finished_at, Some(at(25)));
                build::disable_trigger(tx, trigger).await?;
                assert_eq!(build::triggers(tx, linux).await?.len(), 0);
                assert!(build::delete(tx, builds[0]).await?);
                assert!(build::find(tx, uuid).await?.is_none());
                Ok(())
            })
            .await;
    }
}

#[tokio::test]
async fn notifications() {
    for registry in Registry::everywhere().await {
        registry
            .run(async |tx| {
                let uuids = [Uuid::random(), Uuid::random()];
                for (uuid, kind) in uuids.into_iter().zip(["build_failure", "over_quota"]) {
                    let new = NewNotification {
                        uuid,
                        user_id: registry.ann,
                        kind,
                        metadata: Json(json!({"text": "naïve 漢字 '\\"})),
                    };
                    notification::create(tx, &new).await?;
                }
                let unread = notification::list(tx, registry.ann).await?;
                assert_eq!(unread.len(), 2);
                assert_eq!(unread[0].metadata, Json(json!({"text": "naïve 漢字 '\\"})));
                notification::dismiss(tx, uuids[0]).await?;
                let unread = notification::list(tx, registry.ann).await?;
                assert_eq!(unread.iter().map(|one| one.uuid).collect::<Vec<_>>(), [uuids[1]]);
                assert_eq!(notification::delete_dismissed(tx, registry.ann).await?, 1);

                let linux = repository(tx, &registry.kernel, "linux").await?;
                let subscription = |branch| NewSubscription {
                    uuid: Uuid::random(),
                    repository_id: linux,
                    event: "build_success",
                    method: Method::Webhook,
                    config: Json(json!({"url": "https://example.org/"})),
                    build_branch: branch,
                };
                let all = subscription(None);
                let every = notification::subscribe(tx, &all).await?;
                let main = notification::subscribe(tx, &subscription(Some("main"))).await?;
                let mut told = async |branch, failures| {
                    let event = "build_success";
                    let found = notification::subscribers(tx, linux, event, branch, failures)
                        .await
                        .unwrap();
                    found.iter().map(|one| one.id).collect::<Vec<_>>()
                };
                assert_eq!(told(Some("main"), 0).await, [every, main]);
                assert_eq!(told(Some("next"), 0).await, [every]);
                assert_eq!(told(None, 0).await, [every]);
                notification::has_failed(tx, every).await?;
                notification::has_failed(tx, every).await?;
                let told = notification::subscribers(tx, linux, "build_success", Some("main"), 1).await?;
                assert_eq!(told.iter().map(|one| one.id).collect::<Vec<_>>(), [main]);
                assert!(notification::unsubscribe(tx, all.uuid).await?);
                Ok(())
            })
            .await;
    }
}

#[tokio::test]
async fn the_log() {
    for registry in Registry::everywhere().await {
        registry
            .run(async |tx| {
                let entry = |kind, seconds, metadata| NewEntry {
                    kind,
                    account_id: Some(registry.ann),
                    performer_id: None,
                    repository_id: Some(7),
                    occurred_at: at(seconds),
                    ip: Some("::1"),
                    metadata: Json(metadata),
                };
                let first = log::record(tx, &entry("pull", 1, json!({"tag": "latest"}))).await?;
                let second = log::record(tx, &entry("push", 2, json!(null))).await?;
                let third = log::record(tx, &entry("pull", 3, json!(3.5))).await?;
                let newest = log::list(tx, 7, at(4), 2).await?;
                let found: Vec<_> = newest
                    .iter()
                    .map(|one| (one.id, one.metadata.0.clone()))
                    .collect();
                assert_eq!(
                    found,
                    [(third, json!(3.5)), (second, json!(null))],
                    "{}",
                    registry.place.name()
                );
                let older = log::list(tx, 7, newest[1].occurred_at, 2).await?;
                assert_eq!(older.iter().map(|one| one.id).collect::<Vec<_>>(), [first]);
                assert_eq!(log::list(tx, 8, at(4), 2).await?.len(), 0);
                let counts = log::counts(tx, at(0)).await?;
                assert_eq!(counts, [("pull".to_owned(), 2), ("push".to_owned(), 1)]);
                assert_eq!(log::delete_before(tx, at(3)).await?, 2);
                assert_eq!(log::counts(tx, at(0)).await?, [("pull".to_owned(), 1)]);
                Ok(())
            })
            .await;
    }
}
