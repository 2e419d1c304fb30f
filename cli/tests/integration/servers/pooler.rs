//! PgBouncer in transaction mode, which gives each transaction another session.

use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;

use limbeck_core::driver::DatabaseUrl;
use limbeck_testkit::Engine;
use tempfile::TempDir;

use super::Place;
use super::many::counting;
use super::many::race;
use crate::project::finish;

/// A pooler in front of a server. It ends with this value.
pub(super) struct Pooler {
    process: Child,
    port: u16,
    /// Its configuration.
    _folder: TempDir,
}

impl Pooler {
    /// None where it is not installed.
    fn before(url: &DatabaseUrl) -> Option<Self> {
        let program = [
            "/usr/sbin/pgbouncer",
            "/usr/bin/pgbouncer",
            "/usr/local/bin/pgbouncer",
        ]
        .into_iter()
        .find(|path| fs::exists(path).unwrap_or_default());
        let Some(program) = program else {
            let required = std::env::var("LIMBECK_TEST_REQUIRE").unwrap_or_default();
            assert!(
                !required.contains("pgbouncer"),
                "pgbouncer is required, and it is not installed"
            );
            // Not by a macro, whose output is captured.
            let _ = std::io::stderr().write_all(b"skipped: pgbouncer is not installed\n");
            return None;
        };
        let address = url.server().unwrap();
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let folder = TempDir::new().unwrap();
        let users = folder.path().join("users");
        let (user, password) = (address.user.unwrap(), address.password.unwrap());
        fs::write(&users, format!("\"{user}\" \"{}\"\n", password.reveal())).unwrap();
        let configuration = folder.path().join("pgbouncer.ini");
        let text = format!(
            "[databases]\n* = host={} port={}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\n\
             unix_socket_dir =\nauth_type = plain\nauth_file = {}\npool_mode = transaction\ndefault_pool_size = 2\n",
            address.host.unwrap(),
            address.port.unwrap(),
            users.display(),
        );
        fs::write(&configuration, text).unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let mut command = Command::new(program);
        // It refuses to run as root, and takes another user by itself.
        if fs::metadata("/proc/self").is_ok_and(|process| std::os::unix::fs::MetadataExt::uid(&process) == 0)
        {
            command.args(["-u", "nobody"]);
        }
        let process = command
            .arg(&configuration)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let pooler = Self {
            process,
            port,
            _folder: folder,
        };
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        Some(pooler)
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// A place whose command goes through a pooler.
pub(super) fn pooled() -> Option<(Place, Pooler)> {
    let place = Place::on(Engine::Postgres)?;
    let pooler = Pooler::before(&place.url)?;
    let port = place.url.server().unwrap().port.unwrap();
    let url = place
        .url_text
        .replace(&format!(":{port}/"), &format!(":{}/", pooler.port));
    place.connect_by(&url);
    Some((place, pooler))
}

#[tokio::test]
async fn of_twenty_processes_behind_a_pooler_one_applies_each_revision() {
    let Some((place, _pooler)) = pooled() else { return };
    counting(&place);
    race(&place, 9).await;
    let mut session = place.session().await;
    assert_eq!(session.rows("SELECT n FROM counter").await, ["8"]);
    let lease = session.rows("SELECT history, owner FROM limbeck_lock").await;
    assert_eq!(lease, ["limbeck_version|NULL"], "it was given back");
}

#[tokio::test]
async fn an_index_is_built_behind_a_pooler_too() {
    let Some((place, _pooler)) = pooled() else { return };
    counting(&place);
    place.project.write(
        "migrations/ix.sql",
        "-- limbeck:revision ix\n-- limbeck:revises r8\n-- limbeck:irreversible a test\n\n-- limbeck:upgrade postgres\n\
         -- limbeck:no_transaction\nCREATE INDEX CONCURRENTLY ix_counter ON counter (n);\n",
    );
    race(&place, 10).await;
}

/// A run that died keeps its lease for a while, and then another one takes it over.
#[tokio::test]
async fn the_lease_of_a_dead_run_is_taken_over() {
    let Some((place, _pooler)) = pooled() else { return };
    place
        .project
        .write("limbeck.toml", "[timeouts]\nlease = \"1s\"\n");
    counting(&place);
    place.project.write(
        "migrations/gate.sql",
        "-- limbeck:revision gate\n-- limbeck:revises r8\n-- limbeck:irreversible a test\n\n-- limbeck:upgrade postgres\n\
         LOCK TABLE gate; UPDATE counter SET n = n + 100;\n",
    );
    let mut gate = place.session().await;
    gate.rows("CREATE TABLE gate (id integer)").await;
    gate.rows("BEGIN").await;
    gate.rows("LOCK TABLE gate").await;
    let mut child = place.project.start(&["upgrade"]);
    let mut look = place.session().await;
    look.until(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LOCK TABLE gate%' \
                AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()",
    )
    .await;
    child.kill().unwrap();
    finish(child);
    let holder = look
        .rows("SELECT count(*) FROM limbeck_lock WHERE owner IS NOT NULL")
        .await;
    assert_eq!(holder, ["1"], "the dead run still has it");
    gate.rows("COMMIT").await;
    let ran = place.project.limbeck("upgrade");
    assert_eq!(ran.code, 0, "{}", ran.whole());
    assert!(ran.err.contains("its lease is taken over"), "{}", ran.whole());
    assert_eq!(look.rows("SELECT n FROM counter").await, ["108"]);
    let applied = place.applied().await;
    assert!(
        applied.len() == 10 && applied.iter().all(|line| line.ends_with("|1")),
        "{applied:?}"
    );
}
