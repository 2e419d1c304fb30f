//! Databases on shared servers, and what becomes of those of killed processes.

use std::io::Read;
use std::process::Command;
use std::process::Stdio;

use limbeck_core::driver::DatabaseUrl;
use limbeck_testkit::Client;
use limbeck_testkit::Engine;
use limbeck_testkit::Server;
use limbeck_testkit::TestDatabase;

use super::Other;

/// The variable that makes this binary a process with a database.
const ROLE: &str = "LIMBECK_TEST_SERVERS_ROLE";

fn server_of(word: &str) -> Option<Engine> {
    Engine::ALL.into_iter().find(|engine| engine.word() == word)
}

/// Makes a database, says its name and waits.
#[test]
#[allow(clippy::print_stdout, reason = "the test that started it reads that")]
fn child() {
    let Some(engine) = std::env::var(ROLE).ok().and_then(|word| server_of(&word)) else {
        return;
    };
    let database = TestDatabase::on(engine);
    println!(
        "database {}",
        database.as_ref().map_or("none", TestDatabase::name)
    );
    let mut end = String::new();
    std::io::stdin().read_to_string(&mut end).unwrap();
}

/// This binary, as a process that has a database.
fn process(engine: Engine) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "servers::databases::child", "--nocapture"]);
    command.env(ROLE, engine.word());
    command
}

/// The names of all databases on a shared server.
fn names(server: &'static Server) -> Vec<String> {
    server.database_names()
}

#[test]
fn a_database_is_new_and_goes_with_its_value() {
    for engine in Engine::ALL {
        let Some(server) = Server::shared(engine) else {
            continue;
        };
        let (one, two) = (server.database(), server.database());
        assert_ne!(one.name(), two.name());
        assert_eq!(one.url().server().unwrap().database.as_deref(), Some(one.name()));
        let name = one.name().to_owned();
        assert!(names(server).contains(&name));
        drop(one);
        assert!(!names(server).contains(&name));
        assert!(names(server).contains(&two.name().to_owned()));
    }
}

#[test]
fn a_database_goes_while_somebody_is_in_it() {
    for client in [Client::Psql, Client::MySql, Client::MariaDb] {
        let Some(server) = Server::shared(client.engine()) else {
            continue;
        };
        let Some(database) = client.database() else {
            continue;
        };
        let name = database.url().server().unwrap().database.unwrap();
        let mut somebody = Other::start(&mut database.session());
        somebody.say("BEGIN;\nCREATE TABLE t (a integer);\nINSERT INTO t VALUES (1);\nSELECT 'inside';\n");
        assert!(somebody.line("inside").is_some());
        drop(database);
        assert!(!names(server).contains(&name));
        somebody.end();
    }
}

#[test]
fn databases_of_killed_processes_are_swept_and_those_of_living_ones_stay() {
    for engine in Engine::ALL {
        let Some(server) = Server::shared(engine) else {
            continue;
        };
        let start = || {
            let mut other = Other::start(process(engine).env(engine.variable(), server.admin_url_text()));
            let name = other.line("database ").unwrap();
            (other, name)
        };
        let (mut killed, of_killed) = start();
        let (living, of_living) = start();
        killed.child.kill().unwrap();
        killed.child.wait().unwrap();
        // The server may need a moment to see it; who comes then sweeps.
        super::wait_until("the sweep", || {
            start().0.end();
            !names(server).contains(&of_killed)
        });
        assert!(names(server).contains(&of_living));
        living.end();
        assert!(!names(server).contains(&of_living));
    }
}

#[test]
fn under_nextest_a_test_starts_no_server_to_share() {
    for engine in Engine::ALL {
        let mut command = process(engine);
        command
            .env("NEXTEST", "1")
            .env_remove("LIMBECK_TEST_ENGINES")
            .env_remove("LIMBECK_TEST_REQUIRE")
            .stdin(Stdio::null());
        for variable in [&engine.variable(), "TEST_DATABASE_URI", "TEST_DATABASE_URL"] {
            command.env_remove(variable);
        }
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("skipped (1)"), "{said}");
        assert!(
            said.contains(&format!("limbeck-servers {} -- cargo nextest run", engine.word())),
            "{said}"
        );
    }
}

#[test]
fn a_required_server_that_is_missing_fails_the_test() {
    let mut command = process(Engine::MySql);
    command
        .env("NEXTEST", "1")
        .env("LIMBECK_TEST_REQUIRE", "postgres, mysql")
        .env_remove("LIMBECK_TEST_ENGINES")
        .stdin(Stdio::null());
    for variable in ["LIMBECK_TEST_MYSQL_URL", "TEST_DATABASE_URI", "TEST_DATABASE_URL"] {
        command.env_remove(variable);
    }
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success());
    assert!(
        said.contains("LIMBECK_TEST_REQUIRE wants tests on mysql"),
        "{said}"
    );
}

#[test]
fn a_server_of_another_engine_is_not_taken() {
    let Some(server) = Server::shared(Engine::MariaDb) else {
        return;
    };
    let url: DatabaseUrl = server.admin_url_text().parse().unwrap();
    let wrong = server.admin_url_text().replacen(url.scheme(), "mysql", 1);
    let output = process(Engine::MySql)
        .env("LIMBECK_TEST_MYSQL_URL", wrong)
        .env_remove("LIMBECK_TEST_ENGINES")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success());
    assert!(said.contains("the server is no MySQL"), "{said}");
}
