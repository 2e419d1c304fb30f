//! Files of SQL, run by psql on a real server.

use std::sync::Arc;

use limbeck_core::engine::Offline;
use limbeck_core::script::ScriptSet;
use limbeck_postgres::POSTGRES;
use limbeck_postgres::Postgres;
use limbeck_testkit::Client;
use limbeck_testkit::ClientDatabase;
use limbeck_testkit::FileChecks;
use limbeck_testkit::FileHistory;
use limbeck_testkit::OperationsOnly;

fn checks() -> FileChecks {
    FileChecks::new(Client::Psql, Postgres, &POSTGRES)
}

#[test]
fn a_history_goes_up_and_down() {
    checks().a_history_goes_up_and_down();
}

#[test]
fn a_file_for_another_head_stops() {
    checks().a_file_for_another_head_stops();
}

#[test]
fn a_file_needs_its_history_tables() {
    checks().a_file_needs_its_history_tables();
}

#[test]
fn an_assertion_stops_the_file() {
    checks().an_assertion_stops_the_file();
}

#[test]
fn a_file_may_have_nothing_to_do() {
    checks().a_file_may_have_nothing_to_do();
}

#[test]
fn the_session_does_not_matter() {
    checks().the_session_does_not_matter(&[
        &["-v", "ON_ERROR_ROLLBACK=on", "-v", "AUTOCOMMIT=off", "-v", "id=7"],
        &["--single-line", "-v", "ON_ERROR_STOP=0"],
    ]);
}

#[test]
fn the_registry_goes_up_and_down() {
    let scripts = Arc::new(ScriptSet::load(&limbeck_registry::scripts()).unwrap());
    let Some(database) = Client::Psql.database() else {
        return;
    };
    let offline = |server| {
        let code = limbeck_registry::migrations().into_iter();
        code.map(|migration| Arc::new(OperationsOnly(migration)))
            .fold(checks().offline(scripts.clone(), server), |offline, code| {
                Offline::with_migration(offline, code)
            })
    };
    FileHistory::new(Client::Psql, &offline(Some(&database)), scripts.graph()).goes_in_one_file();
    let between = |database: &ClientDatabase, revision: &str| {
        if let Some(rows) = rows_after(revision) {
            database.apply_with(&["-v", "ON_ERROR_STOP=1"], &rows).unwrap();
        }
    };
    FileHistory::new(Client::Psql, &offline(None), scripts.graph()).goes_up_and_down(between);
}

/// The rows of a small registry, after the revision that has the tables for them.
fn rows_after(revision: &str) -> Option<String> {
    const USER: &str = "INSERT INTO user ";
    let rows = match revision {
        "5b1838d9def5" => include_str!("../../../../migrations/tests/integration/before_tags.sql"),
        "08fd45fb9e81" => include_str!("../../../../migrations/tests/integration/after_tags.sql"),
        _ => return None,
    };
    // The log has moved to another table by then.
    let rows = rows.split("INSERT INTO log_entry ").next().unwrap_or_default();
    Some(rows.replace(USER, "INSERT INTO \"user\" "))
}

#[test]
fn a_step_that_fails_leaves_nothing() {
    let Some((database, answer)) =
        checks().run_native("CREATE TABLE one (id integer);\nINSERT INTO two VALUES (1);")
    else {
        return;
    };
    assert!(answer.unwrap_err().contains("relation \"two\" does not exist"));
    assert_eq!(database.tables(), ["limbeck_journal", "limbeck_version"]);
    assert_eq!(database.contents(), Vec::<String>::new());
}

#[test]
fn a_statement_that_stands_alone_stands_between_its_journal_rows() {
    let sections = "CREATE TABLE one (id integer);\n\
                    -- limbeck:no_transaction\nCREATE INDEX CONCURRENTLY one_id ON one (id);\n\
                    INSERT INTO one VALUES (1);";
    let Some((database, answer)) = checks().run_native(sections) else {
        return;
    };
    answer.unwrap();
    let events =
        database.rows("SELECT event, statement_from, statement_to FROM limbeck_journal ORDER BY seq");
    assert_eq!(
        events,
        [
            "intended|1|1",
            "done|1|1",
            "intended|2|2",
            "done|2|2",
            "intended|3|3",
            "done|3|3"
        ]
    );
}

#[test]
fn psql_takes_nothing_of_a_statement_for_its_own() {
    let sections = r"CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql
             AS $$ SELECT 1; /* :PORT \q */ SELECT a + 1 $$;
         CREATE TABLE one (a integer[], t text, PORT integer);
         INSERT INTO one SELECT (ARRAY[1, 2, 3])[1:PORT], ':PORT \', PORT FROM (SELECT 2 AS PORT) AS x;
         UPDATE one SET t = t || f(a := 0)::text;";
    let Some((database, answer)) = checks().run_native(sections) else {
        return;
    };
    answer.unwrap();
    assert_eq!(database.rows("SELECT a, t, port FROM one"), ["{1,2}|:PORT \\1|2"]);

    let Some((database, answer)) = checks().run_native("SELECT 1 \\! touch /nowhere/at/all\n;") else {
        return;
    };
    let error = answer.unwrap_err();
    assert!(!error.contains("touch"), "{error}");
    assert_eq!(database.contents(), Vec::<String>::new());
}
