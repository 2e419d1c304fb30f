//! The registry's data access, on SQLite and on every server.

mod activity;
mod content;
mod people;

use std::sync::Arc;
use std::time::Duration;
use std::time::SystemTime;

use limbeck_core::Database;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::Transaction;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Migrator;
use limbeck_registry::data;
use limbeck_registry::data::organization::NewOrganization;
use limbeck_registry::data::user::NewUser;
use limbeck_registry::models::Moment;
use limbeck_registry::models::Uuid;
use limbeck_registry::models::organization::Organization;
use limbeck_registry::models::repository::Visibility;

use crate::database::Place;
use crate::graph::registry;

/// The registry in a database of a test's own, with a user and an organization.
struct Registry {
    place: Place,
    database: Database,
    ann: i64,
    kernel: Organization,
}

impl Registry {
    async fn everywhere() -> Vec<Self> {
        let mut all = Vec::new();
        for place in Place::everywhere() {
            all.push(Self::of(place).await);
        }
        all
    }

    async fn of(place: Place) -> Self {
        let database = place.configure().build().unwrap();
        let migrations = limbeck_registry::migrations().into_iter();
        let migrator = migrations.fold(database.migrator(Arc::new(registry())), Migrator::with_migration);
        migrator.run_on_start(&mut Ignore).await.unwrap();
        let made: Result<_, DriverError> = database
            .transaction(async |tx| {
                let ann = user(tx, "ann").await?;
                let new = NewOrganization {
                    name: "kernel",
                    email: None,
                };
                data::organization::create(tx, &new, ann).await?;
                let kernel = data::organization::find(tx, "kernel").await?;
                Ok((ann, kernel.unwrap()))
            })
            .await;
        let (ann, kernel) = made.unwrap_or_else(|error| panic!("{}: {error}", place.name()));
        Self {
            place,
            database,
            ann,
            kernel,
        }
    }

    /// Runs what a test does in one transaction.
    async fn run(&self, work: impl AsyncFnOnce(&mut Transaction<'_>) -> Result<(), DriverError>) {
        let answer = self.database.transaction(work).await;
        answer.unwrap_or_else(|error| panic!("{}: {error:?}", self.place.name()));
    }
}

async fn user(tx: &mut Transaction<'_>, name: &str) -> Result<i64, DriverError> {
    let user = NewUser {
        uuid: Uuid::random(),
        username: name,
        email: &format!("{name}@example.org"),
        password_hash: None,
        robot: false,
    };
    data::user::create(tx, &user).await
}

async fn repository(tx: &mut Transaction<'_>, of: &Organization, name: &str) -> Result<i64, DriverError> {
    data::repository::create(tx, of, name, Visibility::Public).await
}

/// So many seconds after a day of 2026.
fn at(seconds: u64) -> Moment {
    Moment(SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_244_400 + seconds))
}
