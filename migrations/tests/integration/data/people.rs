//! Users, organizations, teams, permissions and tokens.

use limbeck_core::driver::DriverErrorKind;
use limbeck_registry::data::organization;
use limbeck_registry::data::permission;
use limbeck_registry::data::permission::Grantee;
use limbeck_registry::data::team;
use limbeck_registry::data::team::TeamSummary;
use limbeck_registry::data::token;
use limbeck_registry::data::token::NewToken;
use limbeck_registry::data::user;
use limbeck_registry::data::user::NewLogin;
use limbeck_registry::models::Json;
use limbeck_registry::models::Uuid;
use limbeck_registry::models::permission::Role;
use limbeck_registry::models::user::LoginService;
use limbeck_registry::models::user::User;
use serde_json::json;

use super::Registry;
use super::at;
use super::repository;

fn names(users: &[User]) -> Vec<&str> {
    users.iter().map(|user| user.username.as_str()).collect()
}

#[tokio::test]
async fn users() {
    for registry in Registry::everywhere().await {
        registry
            .run(async |tx| {
                let bob = super::user(tx, "bob").await?;
                let twice = tx.transaction(async |tx| super::user(tx, "bob").await).await;
                assert_eq!(twice.unwrap_err().kind, DriverErrorKind::Constraint);
                let found = user::find(tx, "bob").await?.unwrap();
                assert_eq!((found.id, found.email.as_str()), (bob, "bob@example.org"));
                assert!(found.enabled && !found.email_verified && found.last_accessed_at.is_none());
                assert!(user::find(tx, "BOB").await?.is_none(), "names have their case");
                user::verify_email(tx, bob).await?;
                user::was_seen(tx, bob, at(7)).await?;
                let found = user::find(tx, "bob").await?.unwrap();
                assert_eq!(
                    (found.email_verified, found.last_accessed_at),
                    (true, Some(at(7)))
                );
                assert_eq!(names(&user::list(tx, false, "", 9).await?), ["ann", "bob"]);
                assert_eq!(names(&user::list(tx, false, "ann", 9).await?), ["bob"]);
                assert_eq!(names(&user::list(tx, true, "", 9).await?), [""; 0]);

                let login = NewLogin {
                    user_id: bob,
                    service: LoginService::GitLab,
                    service_ident: "b-17",
                    metadata: Json(json!({"groups": ["a", "b"]})),
                };
                user::connect_login(tx, &login).await?;
                let by_login = user::find_by_login(tx, LoginService::GitLab, "b-17").await?;
                assert_eq!(by_login.unwrap().id, bob);
                assert!(
                    user::find_by_login(tx, LoginService::GitHub, "b-17")
                        .await?
                        .is_none()
                );
                user::set_enabled(tx, bob, false).await?;
                assert!(
                    user::find_by_login(tx, LoginService::GitLab, "b-17")
                        .await?
                        .is_none()
                );

                let linux = repository(tx, &registry.kernel, "linux").await?;
                let docs = repository(tx, &registry.kernel, "docs").await?;
                for starred in [linux, docs, linux] {
                    user::star(tx, bob, starred).await?;
                }
                let starred = user::starred(tx, bob).await?;
                let starred: Vec<i64> = starred.iter().map(|repository| repository.id).collect();
                assert_eq!(starred, [docs, linux]);
                user::unstar(tx, bob, docs).await?;
                assert_eq!(user::starred(tx, bob).await?.len(), 1);
                assert!(user::delete(tx, bob).await?);
                assert!(!user::delete(tx, bob).await?);
                assert_eq!(user::starred(tx, bob).await?.len(), 0);
                Ok(())
            })
            .await;
    }
}

#[tokio::test]
async fn organizations_teams_and_permissions() {
    for registry in Registry::everywhere().await {
        registry
            .run(async |tx| {
                let (kernel, ann) = (&registry.kernel, registry.ann);
                let bob = super::user(tx, "bob").await?;
                organization::add_member(tx, kernel.id, bob).await?;
                assert_eq!(
                    names(&organization::members(tx, kernel.id).await?),
                    ["ann", "bob"]
                );
                organization::set_email(tx, kernel.id, Some("kernel@example.org")).await?;
                let found = organization::list_of(tx, bob).await?;
                assert_eq!(found[0].email.as_deref(), Some("kernel@example.org"));

                let role = "member";
                let unknown = team::create(tx, kernel.id, "nobody", "emperor").await;
                assert_eq!(unknown.unwrap_err().kind, DriverErrorKind::NoRow);
                let drivers = team::create(tx, kernel.id, "drivers", role).await?;
                let docs = team::create(tx, kernel.id, "docs", "admin").await?;
                team::add_member(tx, drivers, ann).await?;
                team::add_member(tx, drivers, bob).await?;
                let summary = |id, name: &str, role: &str, members| TeamSummary {
                    id,
                    name: name.to_owned(),
                    role: role.to_owned(),
                    members,
                };
                let teams = team::list(tx, kernel.id).await?;
                let expected = [
                    summary(docs, "docs", "admin", 0),
                    summary(drivers, "drivers", role, 2),
                ];
                assert_eq!(teams, expected, "{}", registry.place.name());
                team::set_role(tx, docs, role).await?;
                assert_eq!(team::list(tx, kernel.id).await?[0].role, role);
                assert_eq!(names(&team::members(tx, drivers).await?), ["ann", "bob"]);
                assert_eq!(team::find(tx, kernel.id, "docs").await?.unwrap().id, docs);

                let linux = repository(tx, kernel, "linux").await?;
                assert_eq!(permission::role_of(tx, linux, bob).await?, None);
                permission::grant(tx, linux, Grantee::User(bob), Role::Read).await?;
                assert_eq!(permission::role_of(tx, linux, bob).await?, Some(Role::Read));
                permission::grant(tx, linux, Grantee::Team(drivers), Role::Admin).await?;
                assert_eq!(permission::role_of(tx, linux, bob).await?, Some(Role::Admin));
                permission::grant(tx, linux, Grantee::Team(drivers), Role::Write).await?;
                assert_eq!(permission::role_of(tx, linux, ann).await?, Some(Role::Write));
                assert_eq!(permission::list(tx, linux).await?.len(), 2);
                organization::remove_member(tx, kernel.id, bob).await?;
                assert_eq!(permission::role_of(tx, linux, bob).await?, Some(Role::Read));
                assert!(permission::revoke(tx, linux, Grantee::User(bob)).await?);
                assert_eq!(permission::role_of(tx, linux, bob).await?, None);
                team::remove_member(tx, drivers, ann).await?;
                assert!(team::delete(tx, drivers).await?);
                assert_eq!(permission::list(tx, linux).await?.len(), 0);

                let owner = tx
                    .transaction(async |tx| organization::delete(tx, kernel.id).await)
                    .await;
                assert_eq!(
                    owner.unwrap_err().kind,
                    DriverErrorKind::Constraint,
                    "it owns a repository"
                );
                Ok(())
            })
            .await;
    }
}

#[tokio::test]
async fn tokens() {
    for registry in Registry::everywhere().await {
        registry
            .run(async |tx| {
                let token = |name, expires_at| NewToken {
                    uuid: Uuid::random(),
                    user_id: registry.ann,
                    title: "laptop",
                    token_name: name,
                    token_hash: "x",
                    expires_at,
                };
                let forever = token("a", None);
                let id = token::create(tx, &forever).await?;
                token::create(tx, &token("b", Some(at(100)))).await?;
                token::create(tx, &token("c", Some(at(50)))).await?;
                let all = token::list(tx, registry.ann).await?;
                let all: Vec<&str> = all.iter().map(|token| token.token_name.as_str()).collect();
                assert_eq!(all, ["c", "b", "a"], "{}", registry.place.name());
                assert!(token::find_valid(tx, "b", at(99)).await?.is_some());
                assert!(token::find_valid(tx, "b", at(100)).await?.is_none());
                token::was_used(tx, id, at(60)).await?;
                let found = token::find_valid(tx, "a", at(1_000_000)).await?.unwrap();
                assert_eq!((found.last_accessed_at, found.uuid), (Some(at(60)), forever.uuid));
                user::set_enabled(tx, registry.ann, false).await?;
                assert!(token::find_valid(tx, "a", at(0)).await?.is_none());
                assert_eq!(token::delete_expired(tx, at(50)).await?, 1);
                assert!(token::revoke(tx, forever.uuid).await?);
                assert_eq!(token::list(tx, registry.ann).await?.len(), 1);
                Ok(())
            })
            .await;
    }
}
