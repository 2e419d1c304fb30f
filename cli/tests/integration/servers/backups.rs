//! Backups by the engines' own programs, and databases that are made of them again.

use std::fs::File;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;

use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Driver;
use limbeck_mysql::MySql;
use limbeck_postgres::Postgres;
use limbeck_testkit::Engine;
use limbeck_testkit::TestDatabase;
use limbeck_testkit::skip_for_want_of;

use super::Place;
use super::Session;

/// The program that writes a database down, what it is called with (the same as in `docs/backups.md`), and the client that
/// reads it. Files are redirected, because a program may run in a file system of its own.
fn tools(engine: Engine) -> (&'static str, &'static str, &'static str) {
    match engine {
        Engine::Postgres => (
            "pg_dump",
            "pg_dump --no-password --host {host} --port {port} --username {user} {database} > {file}",
            "psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --host {host} --port {port} --username {user} {database}",
        ),
        Engine::MySql => (
            "mysqldump",
            "mysqldump --host {host} --port {port} --user {user} --single-transaction --routines --events \
             --no-tablespaces --set-gtid-purged=OFF {database} > {file}",
            "mysql --host {host} --port {port} --user {user} {database}",
        ),
        Engine::MariaDb => (
            "mariadb-dump",
            "mariadb-dump --host {host} --port {port} --user {user} --single-transaction --routines --events {database} > {file}",
            "mariadb --host {host} --port {port} --user {user} {database}",
        ),
    }
}

fn path() -> String {
    std::env::var("PATH").unwrap()
}

/// Whether a program is there, of this engine, and new enough for the server.
fn has(program: &str, engine: Engine, server: u32) -> bool {
    let output = Command::new(program).arg("--version").output();
    let version = output
        .ok()
        .filter(|output| output.status.success())
        .and_then(|output| {
            let text = String::from_utf8(output.stdout).ok()?;
            // Packages of MariaDB bring a program with the name of MySQL's, which knows other options.
            if engine == Engine::MySql && text.contains("MariaDB") {
                return None;
            }
            let digits = text
                .split(|c: char| !c.is_ascii_digit())
                .find(|digits| !digits.is_empty())?;
            digits.parse::<u32>().ok()
        });
    let is_good = version.is_some_and(|version| engine != Engine::Postgres || version >= server);
    if !is_good {
        skip_for_want_of(
            program,
            &format!("{program} is not installed, is of another engine, or is older than the server"),
        );
    }
    is_good
}

/// Runs a client on a file.
fn restore(client: &str, engine: Engine, url: &DatabaseUrl, file: &Path) {
    let address = url.server().unwrap();
    let line = client
        .replace("{host}", &address.host.unwrap())
        .replace("{port}", &address.port.unwrap().to_string())
        .replace("{user}", &address.user.unwrap())
        .replace("{database}", &address.database.unwrap());
    let environment = match engine {
        Engine::Postgres => Postgres.program_environment(url).unwrap(),
        _ => MySql.program_environment(url).unwrap(),
    };
    let mut words = line.split(' ');
    let mut command = Command::new(words.next().unwrap());
    command
        .args(words)
        .stdin(File::open(file).unwrap())
        .stdout(Stdio::null());
    for (name, value) in environment {
        command.env(name, value.reveal());
    }
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{engine}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[tokio::test]
async fn a_backup_brings_back_what_was_there_before_the_run() {
    for place in Place::everywhere() {
        let (program, command, client) = tools(place.engine);
        let major = match place.engine {
            Engine::Postgres => {
                let version = place.session().await.rows("SHOW server_version_num").await;
                version[0].parse::<u32>().unwrap() / 10_000
            }
            _ => 0,
        };
        if !has(program, place.engine, major) {
            continue;
        }
        let project = &place.project;
        project.write(
            "limbeck.toml",
            format!("name = \"shop\"\n[backup]\ncommand = \"{command}\"\n"),
        );
        project.revision(
            "a1",
            "",
            "Add a table",
            "CREATE TABLE one (id BIGINT PRIMARY KEY, note VARCHAR(20));\nINSERT INTO one (id, note) VALUES (1, 'it''s'), (2, NULL);",
            "DROP TABLE one;",
        );
        project.revision(
            "b2",
            "revises a1",
            "Lose rows",
            "DELETE FROM one WHERE id = 1;\nALTER TABLE one DROP COLUMN note;",
            "ALTER TABLE one ADD COLUMN note VARCHAR(20);",
        );
        project.good("upgrade a1");
        let upgraded = project.run(&["upgrade", "--backup", "--json"], &[("PATH", &path())]);
        assert_eq!(upgraded.code, 0, "{}: {}", place.word(), upgraded.whole());
        let answer: serde_json::Value = serde_json::from_str(&upgraded.out).unwrap();
        let file = PathBuf::from(answer["backup"].as_str().unwrap());
        assert!(file.to_string_lossy().ends_with("Z_a1.backup"), "{file:?}");

        let other = TestDatabase::on(place.engine).unwrap();
        restore(client, place.engine, other.url(), &file);
        let mut session = Session::open(place.engine, other.url()).await;
        let rows = session.rows("SELECT id, note FROM one ORDER BY id").await;
        assert_eq!(rows, ["1|it's", "2|NULL"], "{}", place.word());
        assert_eq!(
            session.rows("SELECT version_num FROM limbeck_version").await,
            ["a1"]
        );
        place.connect_by(&other.url_text());
        project.good("upgrade");
        assert_eq!(
            session.rows("SELECT id FROM one").await,
            ["2"],
            "a run goes on from it"
        );
    }
}

#[tokio::test]
async fn a_backup_that_fails_keeps_everything_from_a_server() {
    for place in Place::everywhere() {
        let project = &place.project;
        // What the program would be told, but for the password, and no backup.
        let command = "echo {user} {host} {port} {database} > heard; test -n \\\"$PGPASSWORD$MYSQL_PWD\\\" && echo half > {file}; exit 7";
        project.write(
            "limbeck.toml",
            format!("[backup]\ncommand = \"{command}\"\nalways = true\n"),
        );
        project.revision(
            "a1",
            "",
            "Add",
            "CREATE TABLE one (id BIGINT PRIMARY KEY);",
            "DROP TABLE one;",
        );
        let ran = project.limbeck("upgrade");
        assert_eq!(ran.code, 2, "{}", ran.whole());
        assert!(
            ran.err.contains("the backup failed before the run") && ran.err.contains("exit status: 7"),
            "{}",
            ran.whole()
        );
        let address = place.url.server().unwrap();
        let expected = format!(
            "{} {} {} {}\n",
            address.user.unwrap(),
            address.host.unwrap(),
            address.port.unwrap(),
            address.database.unwrap()
        );
        assert_eq!(project.read("heard"), expected);
        let left = std::fs::read_dir(project.path("backups")).unwrap().count();
        assert_eq!(left, 0, "half a file was written and removed");
        let mut session = place.session().await;
        assert_eq!(
            session.rows("SELECT version_num FROM limbeck_version").await,
            [""; 0]
        );
        assert_eq!(session.rows("SELECT count(*) FROM limbeck_journal").await, ["0"]);
    }
}
