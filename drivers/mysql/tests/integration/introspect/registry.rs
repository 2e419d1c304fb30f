//! A real history: after each step the database holds what the replay says.

use std::sync::Arc;

use limbeck_core::engine::Ignore;
use limbeck_core::engine::Migrator;
use limbeck_core::graph::Ahead;
use limbeck_core::graph::Rows;
use limbeck_core::history::HistoryTables;
use limbeck_core::schema::Schema;
use limbeck_core::script::ScriptSet;
use limbeck_mysql::MySql;
use limbeck_testkit::differences;
use limbeck_testkit::drift;
use limbeck_testkit::step_operations;

use super::Place;
use crate::session::databases;

#[tokio::test]
async fn each_step_of_the_registry_reads_back() {
    for database in databases() {
        let mut place = Place::new(database).await;
        let scripts = Arc::new(ScriptSet::load(&limbeck_registry::scripts()).unwrap());
        let code = limbeck_registry::migrations();
        let migrator = code.iter().fold(
            Migrator::new(
                Arc::new(MySql),
                place.database.url().clone(),
                Arc::clone(&scripts),
            ),
            |migrator, code| migrator.with_migration(Arc::clone(code)),
        );
        let plan = scripts
            .graph()
            .plan_upgrade(&Rows::default(), "heads", Ahead::Refuse)
            .unwrap();
        let mut replayed = Schema::new();
        for step in &plan.steps {
            migrator
                .upgrade(step.revision.as_str(), &mut Ignore)
                .await
                .unwrap_or_else(|error| panic!("{}: {error}", step.revision));
            for operation in step_operations(&MySql, &scripts, &code, step) {
                replayed.apply(&operation).unwrap();
            }
            let mut read = place.read().await;
            HistoryTables::default().leave_out(&mut read);
            place.assert_kept(&read, &replayed);
        }
        assert_eq!(replayed.tables.len(), 28);
        let differences = differences(&migrator, &scripts, &replayed).await.unwrap();
        assert_eq!(differences, Vec::<String>::new());
        assert_eq!(drift(&migrator, &scripts).await.unwrap(), Vec::<String>::new());
        migrator.downgrade("base", &mut Ignore).await.unwrap();
        migrator.upgrade("heads", &mut Ignore).await.unwrap();
        let mut read = place.read().await;
        HistoryTables::default().leave_out(&mut read);
        place.assert_kept(&read, &replayed);
        place.assert_makes_the_same(&read).await;
    }
}
