//! A server in a container, from its start to its end.

use std::net::TcpListener;
use std::process::Command;

use serde_json::Value;
use serde_json::json;

use super::container::Local;
use crate::project::Project;

const POSTGRES: (&str, &str) = ("postgres", "postgres:17");
const MARIADB: (&str, &str) = ("mariadb", "mariadb:11.8");

fn ps(local: &Local) -> Value {
    serde_json::from_str(&local.good("db ps --json")).unwrap()
}

fn with_a_revision(local: &Local) {
    local.project.revision(
        "a1",
        "",
        "Add accounts",
        "CREATE TABLE account (id BIGINT NOT NULL PRIMARY KEY);",
        "DROP TABLE account;",
    );
}

/// Runs a statement with the engine's client; none where it is not installed.
fn shell(local: &Local, option: &str, sql: &str) -> Option<String> {
    let ran = local.run_with(&["db", "shell", "--", option, sql], &[]);
    if ran.err.contains("no client is installed") {
        return None;
    }
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    Some(ran.out)
}

fn whole_life(server: &str, image: &str, option: &str) {
    let Some(local) = Local::begun(server, image) else {
        return;
    };
    with_a_revision(&local);
    assert_eq!(ps(&local)["running"], json!(false));

    let up = local.good("db up");
    assert!(
        up.starts_with(&format!("{server} ")) && up.contains(":***@localhost:"),
        "{up}"
    );
    local.good("db up");
    let now = ps(&local);
    assert_eq!(
        (&now["running"], &now["port"]),
        (&json!(true), &json!(local.port))
    );
    assert!(now["server"].as_str().unwrap().starts_with(server), "{now}");
    assert!(!local.good("db logs -n 5").is_empty());

    assert!(local.good("db init").starts_with("1 revision applied"));
    shell(&local, option, "INSERT INTO account VALUES (7)");
    if let Some(found) = shell(&local, option, "SELECT id + 35 FROM account") {
        assert!(found.contains("42"), "{found}");
    }

    local.good("db down");
    assert_eq!(ps(&local)["container"], json!(null));
    assert_eq!(local.volumes().len(), 1, "the data stay");
    // With no server there, the tests start it.
    let tests = local.run("db test -- false");
    assert_eq!(tests.code, 1, "{}{}", tests.out, tests.err);
    assert!(
        local.good("upgrade").starts_with("nothing to do"),
        "the data are there again"
    );

    local.good("db reset --yes");
    if let Some(found) = shell(&local, option, "SELECT count(*) + 4200 FROM account") {
        assert!(found.contains("4200"), "{found}");
    }
    assert!(local.good("upgrade").starts_with("nothing to do"));
}

#[test]
fn postgres_lives_in_a_container() {
    whole_life(POSTGRES.0, POSTGRES.1, "-c");
}

#[test]
fn mariadb_lives_in_a_container() {
    whole_life(MARIADB.0, MARIADB.1, "-e");
}

#[test]
fn a_reset_is_refused_before_anything_is_lost() {
    let Some(local) = Local::begun(POSTGRES.0, POSTGRES.1) else {
        return;
    };
    with_a_revision(&local);
    local.good("db up");
    local.good("db init");
    let volumes = local.volumes();

    let unasked = local.bad("db reset", &[]);
    assert!(
        unasked.contains("nobody is here to answer") && unasked.contains("--yes"),
        "{unasked}"
    );
    let production = local.bad("db reset --yes", &[("LIMBECK_ENV", "Production")]);
    assert!(
        production.contains("this is the environment Production"),
        "{production}"
    );
    local.project.write(
        "migrations/b2.sql",
        "-- limbeck:revision b2\n-- limbeck:nonsense\n",
    );
    local.bad("db reset --yes", &[]);
    std::fs::remove_file(local.project.path("migrations/b2.sql")).unwrap();

    local.good("db down");
    let taken = TcpListener::bind(("127.0.0.1", local.port)).unwrap();
    let refused = local.bad("db reset --yes", &[]);
    assert!(
        refused.contains("is taken") && refused.contains("POSTGRES_PORT="),
        "{refused}"
    );
    let refused = local.bad("db up", &[]);
    assert!(refused.contains("is taken"), "{refused}");
    drop(taken);

    assert_eq!(local.volumes(), volumes);
    local.good("db up");
    assert!(
        local.good("upgrade").starts_with("nothing to do"),
        "nothing was lost"
    );
}

#[test]
fn a_volume_that_somebody_else_made_is_not_deleted() {
    let Some(local) = Local::begun(POSTGRES.0, POSTGRES.1) else {
        return;
    };
    local.edit("limbeck.volume", "somebody.else");
    let refused = local.bad("db reset --yes", &[]);
    assert!(
        refused.contains("does not have the label limbeck.volume"),
        "{refused}"
    );
    assert_eq!(local.volumes().len(), 1);
}

#[test]
fn a_project_whose_folder_has_the_same_name_is_another_one() {
    let Some(local) = Local::begun(POSTGRES.0, POSTGRES.1) else {
        return;
    };
    local.edit(
        "    environment:",
        "    entrypoint: [\"sleep\", \"600\"]\n    environment:",
    );
    assert_eq!(local.run("db up --timeout 0").code, 3);
    let name = local.project.path("");
    let name = name.file_name().unwrap().to_str().unwrap();
    let other = Project::empty();
    for file in [
        "compose.yaml",
        "limbeck.toml",
        ".env",
        ".env.local",
        "migrations/.gitkeep",
    ] {
        other.write(&format!("{name}/{file}"), local.project.read(file));
    }
    let path = std::env::var("PATH").unwrap();
    let environment = [("PATH", path.as_str()), ("LIMBECK_ENV", "development")];
    for line in [&["db", "down"][..], &["db", "reset", "--yes"], &["db", "up"]] {
        let ran = other.run_in(name, line, &environment);
        assert_eq!(ran.code, 2, "{line:?}: {}", ran.err);
        assert!(ran.err.contains("is that of another project"), "{}", ran.err);
    }
    let now = ps(&local);
    assert_eq!(now["running"], json!(true), "{now}");
}

#[test]
fn data_keep_the_password_that_they_were_made_with() {
    let Some(local) = Local::begun(POSTGRES.0, POSTGRES.1) else {
        return;
    };
    local.good("db up");
    local.good("db down");
    let refused = local.bad("db up", &[("POSTGRES_PASSWORD", "s3cret")]);
    assert!(
        refused.contains("the password with which they were made"),
        "{refused}"
    );
    assert!(!refused.contains("s3cret"), "{refused}");
}

#[test]
fn a_container_that_ends_is_not_waited_for() {
    let Some(local) = Local::begun(POSTGRES.0, POSTGRES.1) else {
        return;
    };
    local.edit(
        "    environment:",
        "    entrypoint: [\"sh\", \"-c\", \"echo no way; exit 7\"]\n    environment:",
    );
    let error = local.bad("db up", &[]);
    assert!(
        error.contains("is exited (7) before the server has answered"),
        "{error}"
    );
    assert!(local.good("db logs").contains("no way"));
}

#[cfg(target_os = "linux")]
#[test]
fn waiting_ends_in_time_and_at_a_signal() {
    let Some(local) = Local::begun(POSTGRES.0, POSTGRES.1) else {
        return;
    };
    local.edit(
        "    environment:",
        "    entrypoint: [\"sleep\", \"600\"]\n    environment:",
    );
    let ran = local.run("db up --timeout 1s");
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("limbeck db logs"), "{}", ran.err);

    let mut waiting = local.start("db up --timeout 1h");
    let pid = waiting.id().to_string();
    while !listens(&pid) {
        assert_eq!(waiting.try_wait().unwrap(), None, "it waits");
        std::thread::yield_now();
    }
    let sent = Command::new("kill").args(["-s", "INT", &pid]).status();
    assert!(sent.unwrap().success());
    assert_eq!(waiting.wait().unwrap().code(), Some(130));
}

/// Whether a process has asked to be told of Ctrl-C.
#[cfg(target_os = "linux")]
fn listens(pid: &str) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
    let caught = caught.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    caught.is_some_and(|mask| mask & 0b10 != 0)
}

#[test]
fn another_service_of_the_file_is_left_alone() {
    let Some(local) = Local::begun(POSTGRES.0, POSTGRES.1) else {
        return;
    };
    local.edit(
        "services:\n",
        "services:\n  idle:\n    image: \"postgres:17\"\n    entrypoint: [\"sleep\", \"600\"]\n",
    );
    local.good("db up");
    local.good("db down");
    let wrong = "[local]\nservice = \"database\"\n";
    local.project.write("limbeck.toml", wrong);
    let error = local.bad("db up", &[]);
    assert!(
        error.contains("has no service `database`") && error.contains("db"),
        "{error}"
    );
}
