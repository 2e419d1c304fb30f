//! A real history: after each step the database holds what the replay says.

use std::sync::Arc;

use limbeck_core::driver::ConnectOptions;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Migrator;
use limbeck_core::graph::Ahead;
use limbeck_core::graph::Rows;
use limbeck_core::history::HistoryTables;
use limbeck_core::schema::Schema;
use limbeck_core::script::ScriptSet;
use limbeck_sqlite::Sqlite;
use limbeck_testkit::differences;
use limbeck_testkit::drift;
use limbeck_testkit::step_operations;

use super::assert_kept;
use super::read;
use crate::support::Workplace;
use crate::support::connect;

#[tokio::test]
async fn each_step_of_the_registry_reads_back() {
    let workplace = Workplace::new();
    let scripts = Arc::new(ScriptSet::load(&limbeck_registry::scripts()).unwrap());
    let code = limbeck_registry::migrations();
    let migrator = code.iter().fold(
        Migrator::new(Arc::new(Sqlite), workplace.url("app.db"), Arc::clone(&scripts)),
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
        for operation in step_operations(&Sqlite, &scripts, &code, step) {
            replayed.apply(&operation).unwrap();
        }
        let mut connection = connect(&workplace.url("app.db"), &ConnectOptions::read_only())
            .await
            .unwrap();
        let mut live = read(&mut connection).await;
        HistoryTables::default().leave_out(&mut live);
        assert_kept(live, &replayed);
    }
    assert_eq!(replayed.tables.len(), 28);
    let differences = differences(&migrator, &scripts, &replayed).await.unwrap();
    assert_eq!(differences, Vec::<String>::new());
    assert_eq!(drift(&migrator, &scripts).await.unwrap(), Vec::<String>::new());
}
