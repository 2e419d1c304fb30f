//! Files of SQL, run by the clients of both engines on real servers.

use std::sync::Arc;

use limbeck_core::dialect::Dialect;
use limbeck_core::engine::Offline;
use limbeck_core::script::ScriptSet;
use limbeck_mysql::MARIADB;
use limbeck_mysql::MYSQL;
use limbeck_mysql::MySql;
use limbeck_testkit::Client;
use limbeck_testkit::ClientDatabase;
use limbeck_testkit::FileChecks;
use limbeck_testkit::FileHistory;
use limbeck_testkit::OperationsOnly;

fn both() -> [(Client, FileChecks); 2] {
    let checks = |client, dialect: &'static dyn Dialect| (client, FileChecks::new(client, MySql, dialect));
    [checks(Client::MySql, &MYSQL), checks(Client::MariaDb, &MARIADB)]
}

fn each(check: impl Fn(&FileChecks)) {
    for (_, checks) in both() {
        check(&checks);
    }
}

/// Runs a native upgrade, and looks at what it left where there is a server.
fn native(sections: &str, look: impl Fn(&ClientDatabase, Result<(), String>)) {
    each(|checks| {
        if let Some((database, answer)) = checks.run_native(sections) {
            look(&database, answer);
        }
    });
}

#[test]
fn a_history_goes_up_and_down() {
    each(FileChecks::a_history_goes_up_and_down);
}

#[test]
fn a_file_for_another_head_stops() {
    each(FileChecks::a_file_for_another_head_stops);
}

#[test]
fn a_file_needs_its_history_tables() {
    each(FileChecks::a_file_needs_its_history_tables);
}

#[test]
fn an_assertion_stops_the_file() {
    each(FileChecks::an_assertion_stops_the_file);
}

#[test]
fn a_file_may_have_nothing_to_do() {
    each(FileChecks::a_file_may_have_nothing_to_do);
}

#[test]
fn the_session_does_not_matter() {
    let modes = "--init-command=SET sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES', autocommit = 0, time_zone = '+07:00', foreign_key_checks = 0";
    each(|checks| {
        checks.the_session_does_not_matter(&[
            &["--comments"],
            &[modes, "--default-character-set=latin1"],
            &[
                "--init-command=SET sql_mode = ''",
                "--named-commands",
                "--unbuffered",
            ],
        ]);
    });
}

#[test]
fn the_registry_goes_up_and_down() {
    let scripts = Arc::new(ScriptSet::load(&limbeck_registry::scripts()).unwrap());
    for (client, checks) in both() {
        let Some(database) = client.database() else {
            continue;
        };
        let offline = |server| {
            let code = limbeck_registry::migrations().into_iter();
            code.map(|migration| Arc::new(OperationsOnly(migration)))
                .fold(checks.offline(scripts.clone(), server), |offline, code| {
                    Offline::with_migration(offline, code)
                })
        };
        FileHistory::new(client, &offline(Some(&database)), scripts.graph()).goes_in_one_file();
        let between = |database: &ClientDatabase, revision: &str| {
            if let Some(rows) = rows_after(revision) {
                database.apply(rows).unwrap();
            }
        };
        FileHistory::new(client, &offline(None), scripts.graph()).goes_up_and_down(between);
    }
}

/// The rows of a small registry, after the revision that has the tables for them.
fn rows_after(revision: &str) -> Option<&'static str> {
    let rows = match revision {
        "5b1838d9def5" => include_str!("../../../../migrations/tests/integration/before_tags.sql"),
        "08fd45fb9e81" => include_str!("../../../../migrations/tests/integration/after_tags.sql"),
        _ => return None,
    };
    // The log has moved to another table by then.
    rows.split("INSERT INTO log_entry ").next()
}

#[test]
fn a_statement_that_fails_stays_in_doubt_and_stops_the_next_file() {
    let sections =
        "CREATE TABLE one (id integer);\nINSERT INTO one VALUES (1);\nALTER TABLE two ADD COLUMN a integer;";
    each(|checks| {
        let Some((database, answer)) = checks.run_native(sections) else {
            return;
        };
        assert!(answer.unwrap_err().contains("two' doesn't exist"));
        assert_eq!(database.rows("SELECT id FROM one"), ["1"]);
        let events =
            database.rows("SELECT event, statement_from, statement_to FROM limbeck_journal ORDER BY seq");
        assert_eq!(
            events,
            [
                "intended|1|1",
                "done|1|1",
                "intended|2|2",
                "done|2|2",
                "intended|3|3"
            ]
        );
        assert_eq!(
            database.rows("SELECT * FROM limbeck_version"),
            Vec::<String>::new()
        );
        checks.nothing_goes_on(&database, "CREATE TABLE three (id integer);");
    });
}

#[test]
fn rows_that_fail_leave_nothing_of_their_transaction() {
    let sections = "CREATE TABLE one (id integer);\nINSERT INTO one VALUES (1);\nINSERT INTO two VALUES (1);";
    native(sections, |database, answer| {
        assert!(answer.unwrap_err().contains("two' doesn't exist"));
        assert_eq!(database.rows("SELECT id FROM one"), Vec::<String>::new());
        let events =
            database.rows("SELECT event, statement_from, statement_to FROM limbeck_journal ORDER BY seq");
        assert_eq!(events, ["intended|1|1", "done|1|1"]);
    });
}

#[test]
fn the_client_takes_nothing_of_a_statement_for_its_own() {
    let sections = "CREATE TABLE one (id integer, my_delimiter varchar(20));\n\
        DELIMITER $$\n\
        CREATE TRIGGER doubled BEFORE INSERT ON one FOR EACH ROW BEGIN\n\
            SET new.id = new.id * 2; -- a comment; with an end\n\
            SET new.my_delimiter = concat(new.my_delimiter, ';//');\n\
        END$$\n\
        DELIMITER ;\n\
        ALTER TABLE one CHANGE my_delimiter delimiter varchar(30);\n\
        DROP TRIGGER doubled;\n\
        INSERT INTO one VALUES (1, 'a;\\'b');";
    native(sections, |database, answer| {
        answer.unwrap();
        assert_eq!(database.rows("SELECT id, delimiter FROM one"), ["1|a;'b"]);
    });
    native("SELECT 1 \\! touch /nowhere/at/all\n;", |database, answer| {
        let error = answer.unwrap_err();
        assert!(!error.contains("touch: "), "{error}");
        assert_eq!(database.contents(), Vec::<String>::new());
    });
}

#[test]
fn a_trigger_with_statements_inside_works() {
    let sections = "CREATE TABLE one (id integer);\n\
        DELIMITER //\n\
        CREATE TRIGGER doubled BEFORE INSERT ON one FOR EACH ROW BEGIN\n\
            SET new.id = new.id * 2;\n\
            SET new.id = new.id + 1;\n\
        END//\n\
        DELIMITER ;\n\
        INSERT INTO one VALUES (1);";
    native(sections, |database, answer| {
        answer.unwrap();
        assert_eq!(database.rows("SELECT id FROM one"), ["3"]);
    });
}
