//! Tasks of `limbeck db` on a database that is a file.

use serde_json::json;

use crate::project::Project;
use crate::project::is;

#[test]
fn a_file_needs_no_server() {
    let project = Project::with_revisions();
    for task in ["up", "down", "ps"] {
        let said = project.good(&format!("db {task}"));
        assert!(
            said.starts_with("sqlite://app.db (") && said.ends_with("needs no server\n"),
            "{said}"
        );
    }
    is(&project, "db logs", 2, "unsupported");
    assert!(!project.path("app.db").exists());
}

#[test]
fn a_file_is_made_anew() {
    let project = Project::with_revisions();
    project.good("db init");
    let execute = |sql: &str| project.sqlite("app.db").execute_batch(sql);
    execute("INSERT INTO account VALUES (1); CREATE TABLE stray (x);").unwrap();

    let (code, answer) = project.json("db reset --yes");
    assert_eq!((code, &answer["error"]["kind"]), (2, &json!("data_loss")));
    assert!(
        answer["error"]["message"]
            .as_str()
            .unwrap()
            .contains("LIMBECK_ENV does not say"),
        "{answer}"
    );
    project.write(".env", "LIMBECK_ENV=development\n");
    is(&project, "db reset", 2, "data_loss");
    execute("SELECT 1 FROM stray").unwrap();

    let (code, answer) = project.json("db reset --yes");
    assert_eq!((code, &answer["revisions"]), (0, &json!(["b2"])), "{answer}");
    assert!(execute("SELECT 1 FROM stray").is_err());
    let count = project
        .sqlite("app.db")
        .query_row("SELECT count(*) FROM account", [], |row| row.get::<_, i64>(0));
    assert_eq!(count.unwrap(), 0);
}

#[test]
fn seeds_are_written_behind_the_revisions() {
    let project = Project::with_revisions();
    project.write(".env", "LIMBECK_ENV=development\n");
    is(&project, "db init --seed --empty", 2, "usage");
    let (code, answer) = project.json("db init --seed");
    assert_eq!((code, &answer["seeds"]["seeded"]), (0, &json!([])), "{answer}");
    project.write("seeds/account.csv", "id\n1\n2\n");
    let count = || {
        let database = project.sqlite("app.db");
        let count = database.query_row("SELECT count(*) FROM account", [], |row| row.get::<_, i64>(0));
        count.unwrap()
    };
    assert!(project.good("db init --seed").contains("1 seed written"));
    assert_eq!(count(), 2);
    let (code, answer) = project.json("db reset --yes --seed");
    assert_eq!(
        (code, &answer["seeds"]["seeded"][0]["rows"]),
        (0, &json!(2)),
        "{answer}"
    );
    assert_eq!(count(), 2);
    project.good("db reset --yes");
    assert_eq!(count(), 0);
}

#[test]
fn a_reset_keeps_the_data_when_the_files_are_wrong() {
    let project = Project::with_revisions();
    project.write(".env", "LIMBECK_ENV=development\n");
    project.good("db init");
    project
        .sqlite("app.db")
        .execute_batch("INSERT INTO account VALUES (1)")
        .unwrap();
    project.write(
        "migrations/c3.sql",
        "-- limbeck:revision c3\n-- limbeck:revises nobody\n",
    );
    is(&project, "db reset --yes", 2, "script");
    let count = project
        .sqlite("app.db")
        .query_row("SELECT count(*) FROM account", [], |row| row.get::<_, i64>(0));
    assert_eq!(count.unwrap(), 1);
}

#[test]
fn a_file_is_dropped() {
    let project = Project::with_revisions();
    project.good("db init");
    is(&project, "db drop", 2, "data_loss");
    let production = project.run(&["db", "drop", "--yes"], &[("LIMBECK_ENV", "prod-eu")]);
    assert!(
        production.code == 2 && production.err.contains("prod-eu"),
        "{}",
        production.err
    );
    assert!(project.path("app.db").exists());
    project.good("db drop --yes");
    assert!(!project.path("app.db").exists());
    project.good("db drop --yes");
    is(&project, "--url sqlite::memory: db drop --yes", 2, "unsupported");
}

#[test]
fn the_url_hides_its_password_until_it_is_asked_for() {
    let project = Project::new();
    project.write(
        ".env",
        "DATABASE_URL='postgres://ann:s3%40c$ret@db:5433/shop?sslmode=require'\n",
    );
    assert_eq!(
        project.good("db url"),
        "postgres://ann:***@db:5433/shop?sslmode=require\n"
    );
    assert_eq!(
        project.good("db url --show-password"),
        "postgres://ann:s3%40c$ret@db:5433/shop?sslmode=require\n"
    );
    assert_eq!(
        project.json("db url").1,
        json!({"url": "postgres://ann:***@db:5433/shop?sslmode=require"})
    );
}

#[test]
fn a_revision_is_created_from_the_models() {
    let project = Project::new();
    project.write(
        "limbeck.toml",
        "url = \"sqlite://app.db\"\n[models]\nfile = \"schema.sql\"\n",
    );
    project.write(
        "schema.sql",
        "CREATE TABLE account (id BIGINT NOT NULL PRIMARY KEY);\n",
    );
    let ran = project.run(&["db", "create", "Add accounts", "--rev-id", "a1"], &[]);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (0, "migrations/a1_add_accounts.sql\n"),
        "{}",
        ran.err
    );
    let text = project.read("migrations/a1_add_accounts.sql");
    assert!(
        text.starts_with("-- Add accounts\n") && text.contains("CREATE TABLE account"),
        "{text}"
    );
}

/// A client that stands in the way of the real one, and says how it was called.
#[cfg(unix)]
#[test]
fn a_client_gets_the_password_from_its_environment() {
    use std::os::unix::fs::PermissionsExt;

    let project = Project::new();
    project.write(
        "bin/psql",
        "#!/bin/sh\necho \"$# $* | $PGHOST $PGPORT $PGUSER $PGDATABASE $PGPASSWORD\"\nexit 3\n",
    );
    let psql = project.path("bin/psql");
    std::fs::set_permissions(&psql, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", project.path("bin").display());
    let environment = [
        ("PATH", path.as_str()),
        ("DATABASE_URL", "postgres://ann:s3cret@db:5433/a%20b"),
    ];
    let ran = project.run(&["db", "shell", "--", "-c", "SELECT 1"], &environment);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (3, "2 -c SELECT 1 | db 5433 ann a b s3cret\n"),
        "{}",
        ran.err
    );

    let nowhere = [
        ("PATH", "/nonexistent"),
        ("DATABASE_URL", "mysql://ann:s3cret@db/shop"),
    ];
    let ran = project.run(&["db", "shell"], &nowhere);
    assert!(
        ran.code == 2 && ran.err.contains("`mysql` or `mariadb` is not found"),
        "{}",
        ran.err
    );
}
