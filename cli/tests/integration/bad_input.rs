//! What goes wrong gets a kind, a place, and a next step, and nothing is lost.

use std::fs;

use insta::assert_snapshot;
use limbeck_sqlite::rusqlite::Connection;

use crate::project::Project;
use crate::project::filtered;

/// The kind in the answer of `--json`, and the exit code.
fn kind(project: &Project, arguments: &str) -> (i32, String) {
    let (code, answer) = project.json(arguments);
    let error = &answer["error"];
    assert!(
        error["message"].is_string() && error["hints"].is_array(),
        "{answer}"
    );
    (code, error["kind"].as_str().unwrap().to_owned())
}

fn is(project: &Project, arguments: &str, code: i32, word: &str) {
    assert_eq!(kind(project, arguments), (code, word.to_owned()), "{arguments}");
}

#[test]
fn a_command_line_that_is_wrong() {
    let project = Project::with_revisions();
    assert_snapshot!(project.limbeck("upgrad").whole(), @"
    exit 2
    -- stderr
    error: unrecognized subcommand 'upgrad'

      tip: some similar subcommands exist: 'downgrade', 'upgrade'

    Usage: limbeck [OPTIONS] <COMMAND>

    For more information, try '--help'.
    ");
    assert_snapshot!(project.limbeck("stamp").whole(), @"
    exit 2
    -- stderr
    error: the following required arguments were not provided:
      <REVISION>...

    Usage: limbeck stamp <REVISION>...

    For more information, try '--help'.
    ");
    assert_snapshot!(project.limbeck("upgrade --lock-timeout soon").whole(), @"
    exit 2
    -- stderr
    error: invalid value 'soon' for '--lock-timeout <TIME>': a time is written as 30s, 10m or 1h 30m

    For more information, try '--help'.
    ");
    is(&project, "upgrad", 2, "usage");
    is(&project, "status -q -v", 2, "usage");
}

#[test]
fn no_project() {
    let project = Project::empty();
    filtered(
        || assert_snapshot!(project.limbeck("status").err.lines().last().unwrap(), @"  help: `limbeck init` makes a project; `-c` names its limbeck.toml"),
    );
    is(&project, "status", 2, "no_project");
}

#[test]
fn a_misspelt_key() {
    let project = Project::with_revisions();
    project.write("limbeck.toml", "# configuration\nversion_tabel = \"x\"\n");
    assert_snapshot!(project.limbeck("heads").whole(), @"
    exit 2
    -- stderr
    error: there is no key `version_tabel`
     --> limbeck.toml:2:1
      |
    2 | version_tabel = …
      | ^^^^^^^^^^^^^
      |
      = help: did you mean `version_table`?
    ");
    is(&project, "heads", 2, "config");
}

#[test]
fn no_database_is_configured() {
    let project = Project::with_revisions();
    project.write("limbeck.toml", "");
    assert_snapshot!(project.limbeck("current").whole(), @"
    exit 2
    -- stderr
    error: no database is configured
      help: set DATABASE_URL, in the environment or in `.env`, or `url` in limbeck.toml, or give --url
    ");
    is(&project, "current", 2, "url");
    project.good("heads");
}

#[test]
fn a_scheme_without_a_driver() {
    let project = Project::with_revisions();
    assert_snapshot!(project.limbeck("current --url postgres://ann:s3cret@db/shop").whole(), @"
    exit 2
    -- stderr
    error: no driver of this build knows the scheme `postgres` of postgres://ann:***@db/shop
      help: it belongs to the feature `postgres` of limbeck-cli, which this release does not have yet
      help: this build knows sqlite:
    ");
    assert_snapshot!(project.limbeck("current --url mariadb://db/shop").whole(), @"
    exit 2
    -- stderr
    error: no driver of this build knows the scheme `mariadb` of mariadb://db/shop
      help: it belongs to the feature `mysql` of limbeck-cli, which this release does not have yet
      help: this build knows sqlite:
    ");
    assert_snapshot!(project.limbeck("current --url oracle://db/shop").whole(), @"
    exit 2
    -- stderr
    error: no driver of this build knows the scheme `oracle` of oracle://db/shop
      help: this build knows sqlite:
    ");
    assert_snapshot!(project.limbeck("current --url app.db").whole(), @"
    exit 2
    -- stderr
    error: --url (flag) is no database URL: a database URL begins with a scheme and a colon
      help: it looks like `scheme://user:password@host:port/database`
    ");
    is(
        &project,
        "current --url postgres://ann:s3cret@db/shop",
        2,
        "no_driver",
    );
    is(&project, "current --url app.db", 2, "url");
}

#[test]
fn a_missing_parent() {
    let project = Project::with_revisions();
    project.revision("c3", "revises b1", "Orphan", "", "");
    assert_snapshot!(project.limbeck("heads").whole(), @"
    exit 2
    -- stderr
    error: `c3` (migrations/c3_orphan.sql) revises `b1`, which no file declares
     --> migrations/c3_orphan.sql:4:20
      |
    4 | -- limbeck:revises b1
      |                    ^^
      |
      = help: did you mean `a1` or `b2`? Else get the missing file (was it committed?), or correct the `-- limbeck:revises` line
    ");
    is(&project, "upgrade", 2, "graph");
}

#[test]
fn a_duplicate_id() {
    let project = Project::with_revisions();
    let text = project.read("migrations/a1_add_accounts.sql");
    project.write("migrations/a1_again.sql", text);
    assert_snapshot!(project.limbeck("history").whole(), @"
    exit 2
    -- stderr
    error: revision `a1` is declared more than once: in migrations/a1_add_accounts.sql and migrations/a1_again.sql
     --> migrations/a1_add_accounts.sql:3:21
      |
    3 | -- limbeck:revision a1
      |                     ^^
      |
      = help: delete the copy, or give one of them another id in its `-- limbeck:revision` line
    ");
}

#[test]
fn a_cycle() {
    let project = Project::new();
    project.revision("a1", "revises b2", "One", "", "");
    project.revision("b2", "revises a1", "Two", "", "");
    assert_snapshot!(project.limbeck("upgrade").whole(), @"
    exit 2
    -- stderr
    error: `a1` (migrations/a1_one.sql) revises `b2` (migrations/b2_two.sql), which revises `a1` again
     --> migrations/a1_one.sql:4:1
      |
    4 | -- limbeck:revises b2
      | ^^^^^^^^^^^^^^^^^^^^^
      |
      = help: correct one of the `-- limbeck:revises` lines
    ");
}

#[test]
fn an_unknown_directive() {
    let project = Project::with_revisions();
    project.write(
        "migrations/c3.sql",
        "-- limbeck:revision c3\n-- limbeck:upgarde\nSELECT 1;\n",
    );
    assert_snapshot!(project.limbeck("upgrade").whole(), @"
    exit 2
    -- stderr
    error: there is no directive `upgarde`
     --> migrations/c3.sql:2:1
      |
    2 | -- limbeck:upgarde
      | ^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `upgrade`?
    ");
    is(&project, "upgrade", 2, "script");
}

#[test]
fn files_that_are_no_scripts() {
    let project = Project::with_revisions();
    project.write("migrations/c3.sql", "");
    project.write(
        "migrations/d4.sql",
        b"-- limbeck:revision d4\n-- \xff\n-- limbeck:upgrade\n",
    );
    assert_snapshot!(project.limbeck("upgrade").whole(), @r#"
    exit 2
    -- stderr
    error: 2 faults in the revision files

    error: migrations/c3.sql: the file is empty
      help: delete it, or write one with `limbeck revision -m "…"`

    error: migrations/d4.sql:2: the file is not UTF-8: line 2 holds a byte that is none
      help: save the file as UTF-8
    "#);
    is(&project, "upgrade", 2, "script");
}

#[test]
fn portable_sql_with_a_mistake() {
    let project = Project::with_revisions();
    project.revision(
        "c3",
        "revises b2",
        "Broken",
        "CREATE TABLE star (id BIGINTT NOT NULL);",
        "DROP TABLE star;",
    );
    assert_snapshot!(project.limbeck("upgrade").whole(), @"
    exit 2
    -- stderr
    error: `BIGINTT` is not a portable type
     --> migrations/c3_broken.sql:9:23
      |
    9 | CREATE TABLE star (id BIGINTT NOT NULL);
      |                       ^^^^^^^
      |
      = help: did you mean BIGINT?
    ");
    is(&project, "upgrade", 2, "script");
    assert_eq!(
        project.good("current"),
        "",
        "everything is compiled before anything is sent"
    );
}

#[test]
fn a_target_that_does_not_exist() {
    let project = Project::with_revisions();
    project.revision("b3", "revises a1", "Add stars", "", "");
    assert_snapshot!(project.limbeck("upgrade c3").whole(), @"
    exit 2
    -- stderr
    error: no revision or label is called `c3`, and none begins with it
      help: did you mean `b3`?
    ");
    assert_snapshot!(project.limbeck("upgrade b").whole(), @"
    exit 2
    -- stderr
    error: `b` is ambiguous: it begins `b2`, `b3`
      help: write more of its characters
    ");
    assert_snapshot!(project.limbeck("upgrade head").whole(), @"
    exit 2
    -- stderr
    error: `head` means several heads: `b2`, `b3`
      help: write `heads` for all of them, `<label>@head` or an id for one, or join them with `limbeck merge`
    ");
    assert_snapshot!(project.limbeck("downgrade -1").whole(), @"
    exit 2
    -- stderr
    error: `-1` goes too far: only 0 of 1 steps are possible
      help: write a smaller number; `heads` and `base` mean all the way
    ");
    is(&project, "upgrade c3", 2, "target");
}

#[test]
fn a_database_that_is_ahead_of_the_files() {
    let project = Project::with_revisions();
    project.revision("c3", "revises b2", "Later", "", "");
    project.good("upgrade");
    fs::remove_file(project.path("migrations/c3_later.sql")).unwrap();
    assert_snapshot!(project.limbeck("current").whole(), @"
    exit 0
    -- stdout
    c3 (unknown: no file has it)
    ");
    assert_snapshot!(project.limbeck("status --exit-code").whole(), @"
    exit 1
    -- stdout
    database   sqlite://app.db
    revisions  c3
    heads      b2
    pending    nothing
    unknown    c3 (no file has it)
    ");
    assert_snapshot!(project.limbeck("upgrade").whole(), @r#"
    exit 2
    -- stderr
    error: the database is ahead of the files: its version table holds `c3`
      help: get the newer files; or set `ahead = "warn"` to apply what is safe without them; or, if those revisions are gone for good, `limbeck stamp --purge <revision>`
    "#);
    is(&project, "upgrade", 2, "unknown_revision");
}

#[test]
fn a_statement_that_fails_leaves_what_was_before() {
    let project = Project::with_revisions();
    let failing = "CREATE TABLE star (id BIGINT NOT NULL PRIMARY KEY);\nINSERT INTO star (id) VALUES (1);\nINSERT INTO star (id) VALUES (1);";
    project.revision("c3", "revises b2", "Stars", failing, "DROP TABLE star;");
    filtered(|| {
        assert_snapshot!(project.limbeck("upgrade").whole(), @"
    exit 2
    -- stderr
    upgrade a1 Add accounts ([duration])
    upgrade b2 Add teams ([duration])
    error: upgrade of c3 failed at statement 3 of 3: UNIQUE constraint failed: star.id (SQLITE_CONSTRAINT_PRIMARYKEY)
      --> migrations/c3_stars.sql:11:1
       |
    11 | INSERT INTO star (id) VALUES (1);
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: nothing of c3 was kept; this run had applied 2 step(s) before it, up to b2
    ")
    });
    assert_eq!(project.json("current").1["revisions"], serde_json::json!(["b2"]));
    is(&project, "upgrade", 2, "statement");
    let (_, log) = project.json("log -n 1");
    assert_eq!(log["entries"][0]["event"], serde_json::json!("failed"));
}

#[test]
fn a_downgrade_that_cannot_be() {
    let project = Project::new();
    let text = "-- Forget\n-- limbeck:revision a1\n-- limbeck:irreversible the old values are gone\n-- limbeck:upgrade\n";
    project.write("migrations/a1.sql", text);
    project.good("upgrade");
    assert_snapshot!(project.limbeck("downgrade base").whole(), @"
    exit 2
    -- stderr
    error: revision a1 is irreversible: the old values are gone
      help: restore a backup, or write a new revision that goes on from here
    ");
    is(&project, "downgrade base", 2, "irreversible");
}

#[test]
fn a_full_disk() {
    let project = Project::with_revisions();
    let text = "-- Fill\n-- limbeck:revision c3\n-- limbeck:revises b2\n-- limbeck:upgrade sqlite\nPRAGMA max_page_count = 20;\n\
        CREATE TABLE big AS WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 1000) \
        SELECT x, zeroblob(1000) FROM c;\n-- limbeck:downgrade sqlite\nDROP TABLE big;\n";
    project.write("migrations/c3.sql", text);
    filtered(|| {
        assert_snapshot!(project.limbeck("upgrade").whole(), @"
    exit 2
    -- stderr
    upgrade a1 Add accounts ([duration])
    upgrade b2 Add teams ([duration])
    error: upgrade of c3 failed at statement 2 of 2: database or disk is full (SQLITE_FULL)
     --> migrations/c3.sql:6:1
      |
    6 | CREATE TABLE big AS WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 1000) SELECT x, zeroblob(1000) FROM c;
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: make room on the disk of the database and run it again
      = help: nothing of c3 was kept; this run had applied 2 step(s) before it, up to b2
    ")
    });
    is(&project, "upgrade", 2, "disk_full");
    assert_eq!(project.json("current").1["revisions"], serde_json::json!(["b2"]));
}

#[test]
fn a_database_that_another_program_writes() {
    let project = Project::with_revisions();
    project.good("upgrade a1");
    let other = Connection::open(project.path("app.db")).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let (code, word) = kind(&project, "upgrade --lock-timeout 0");
    assert!(code == 3 || word == "busy", "{code} {word}");
    other.execute_batch("ROLLBACK").unwrap();
    project.good("upgrade");
}

#[test]
fn a_database_that_cannot_be_opened() {
    let project = Project::with_revisions();
    assert_snapshot!(project.limbeck("upgrade --url sqlite://no/such/folder/app.db").whole(), @"
    exit 2
    -- stderr
    error: the database file no/such/folder/app.db cannot be created: there is no folder no/such/folder
      help: create the folder, or correct the path in the database URL
    ");
    is(
        &project,
        "upgrade --url sqlite://no/such/folder/app.db",
        2,
        "connect",
    );
    project.write(
        "text.db",
        "this is no database, whatever its name says. ".repeat(50),
    );
    let (code, _) = kind(&project, "upgrade --url sqlite://text.db");
    assert_eq!(code, 2);
    assert!(project.read("text.db").starts_with("this is no database"));
}

#[test]
fn a_database_that_may_not_be_written() {
    let project = Project::with_revisions();
    project.good("upgrade a1");
    is(&project, "upgrade --url sqlite://app.db?mode=ro", 2, "permission");
    assert_snapshot!(project.limbeck("upgrade --url sqlite://app.db?mode=ro").whole(), @"
    exit 2
    -- stderr
    error: the database file app.db is opened with ?mode=ro, which allows no changes
      help: give the role or the file the right to write, or use another one
    ");
    assert_eq!(project.json("current").1["revisions"], serde_json::json!(["a1"]));
}

#[test]
fn a_revision_whose_code_is_in_another_program() {
    let project = Project::with_revisions();
    project.write(
        "migrations/c3.sql",
        "-- Fold\n-- limbeck:revision c3\n-- limbeck:revises b2\n-- limbeck:rust\n",
    );
    assert_snapshot!(project.limbeck("upgrade").whole(), @"
    exit 2
    -- stderr
    error: revision c3 is written in Rust, and this program doesn't contain its code
      help: run the program that the project builds, which registers a `Migration` for c3
    ");
    is(&project, "upgrade", 2, "no_code");
    project.good("history");
}

#[test]
fn a_password_is_never_shown() {
    let project = Project::with_revisions();
    for arguments in ["current", "status", "upgrade", "current --json", "status -v"] {
        let ran = project.limbeck(&format!("{arguments} --url postgres://ann:s3cret@db/shop"));
        assert!(!ran.whole().contains("s3cret"), "{arguments}");
    }
}
