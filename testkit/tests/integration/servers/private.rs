//! Servers of a test's own.

use std::process::Command;

use limbeck_testkit::Engine;
use limbeck_testkit::PrivateOptions;
use limbeck_testkit::PrivateServer;
use limbeck_testkit::Server;

fn each(check: impl Fn(PrivateServer)) {
    for engine in Engine::ALL {
        if let Some(server) = Server::private(engine) {
            check(server);
        }
    }
}

#[test]
fn a_killed_server_starts_again_with_all_that_was_committed() {
    each(|mut server| {
        let url = server.admin_url().clone();
        let database = server.database().server().unwrap().database.unwrap();
        let table = match server.engine() {
            Engine::Postgres => "t".to_owned(),
            Engine::MySql | Engine::MariaDb => format!("{database}.t"),
        };
        server.rows(&format!("CREATE TABLE {table} (a integer)"));
        server.rows(&format!("INSERT INTO {table} VALUES (7)"));
        server.kill();
        server.start();
        assert_eq!(server.rows(&format!("SELECT a FROM {table}")), ["7"]);
        server.stop();
        server.start();
        assert_eq!(server.rows(&format!("SELECT a FROM {table}")), ["7"]);
        assert_eq!(server.admin_url(), &url);
    });
}

#[test]
fn a_server_takes_global_settings() {
    each(|server| match server.engine() {
        Engine::Postgres => {
            server.rows("ALTER SYSTEM SET default_transaction_read_only = on");
            server.rows("SELECT pg_reload_conf()");
            super::wait_until("the setting", || {
                server.rows("SHOW default_transaction_read_only") == ["on"]
            });
        }
        Engine::MySql | Engine::MariaDb => {
            server.rows("SET GLOBAL lock_wait_timeout = 3");
            assert_eq!(server.rows("SELECT @@lock_wait_timeout"), ["3"]);
        }
    });
}

#[test]
fn a_full_disk_refuses_rows_until_there_is_room() {
    for engine in Engine::ALL {
        let Some(mut server) = PrivateOptions::new(engine).disk(320).start() else {
            continue;
        };
        let database = server.database().server().unwrap().database.unwrap();
        let statement = |count: u32| match engine {
            Engine::Postgres => "INSERT INTO t VALUES (repeat('x', 1000000))".to_owned(),
            // A row may make the whole server abort when its disk is full.
            Engine::MySql | Engine::MariaDb => format!("CREATE TABLE {database}.t{count} (a integer)"),
        };
        if engine == Engine::Postgres {
            server.rows("CREATE TABLE t (a text)");
        }
        server.fill_disk();
        // What the server has set aside already is used up first.
        let refused = (0..200).find_map(|count| server.try_rows(&statement(count)).err());
        let refused = refused.expect("a full disk");
        let is_full = refused.contains("full") || refused.contains("No space");
        assert!(is_full, "{refused}{}", server.log());
        server.free_disk();
        super::wait_until("room", || server.try_rows(&statement(200)).is_ok());
    }
}

#[test]
fn a_server_ends_with_its_value() {
    each(|server| {
        let folder = server.folder().map(std::path::Path::to_owned);
        let pid = server.pid();
        drop(server);
        assert!(folder.is_none_or(|folder| !folder.exists()));
        let lives = |pid: u32| {
            Command::new("kill")
                .args(["-0", &pid.to_string()])
                .output()
                .unwrap()
                .status
                .success()
        };
        assert!(!pid.is_some_and(lives));
    });
}
