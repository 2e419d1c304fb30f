//! Revisions with which nothing can be done: each gets a kind, a place and a next step, and nothing is lost.

use insta::assert_snapshot;

use crate::project::Project;
use crate::project::filtered;
use crate::project::is;

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

    error: migrations/d4.sql:2: the file is not UTF-8: line 2 has a byte that is part of no character
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
fn a_comment_that_nothing_closes() {
    let project = Project::with_revisions();
    let text = "CREATE TABLE star (id BIGINT NOT NULL PRIMARY KEY);\n/* CREATE TABLE moon (id BIGINT);";
    project.revision("c3", "revises b2", "Open", text, "");
    assert_snapshot!(project.limbeck("upgrade").whole(), @r"
    exit 2
    -- stderr
    error: the comment is not closed
      --> migrations/c3_open.sql:10:1
       |
    10 | /* CREATE TABLE moon (id BIGINT);
       | ^^
       |
       = help: end it with `*/`. A line that begins with `-- limbeck:downgrade` ends the section wherever it stands, unless it is indented
    ");
    is(&project, "upgrade", 2, "script");
    assert_eq!(project.good("current"), "");
    let (_, answer) = project.json("verify");
    assert_eq!(answer["findings"][0]["kind"], serde_json::json!("unclosed"));
}

#[test]
fn a_comment_in_native_sql_that_nothing_closes() {
    let project = Project::with_revisions();
    let text = "-- Open\n-- limbeck:revision c3\n-- limbeck:revises b2\n-- limbeck:upgrade sqlite\n\
        CREATE TABLE star (id);\n/* and the moon\nCREATE TABLE moon (id);\n";
    project.write("migrations/c3.sql", text);
    assert_snapshot!(project.limbeck("upgrade").whole(), @r"
    exit 2
    -- stderr
    error: the comment is not closed
     --> migrations/c3.sql:6:1
      |
    6 | /* and the moon
      | ^^
      |
      = help: end it with `*/`
    ");
    is(&project, "upgrade", 2, "script");
    assert_eq!(project.good("current"), "");
}

#[test]
fn a_driver_that_is_misspelt() {
    let project = Project::with_revisions();
    let text = "-- Tune\n-- limbeck:revision c3\n-- limbeck:revises b2\n-- limbeck:upgrade sqllite\nANALYZE;\n\n\
        -- limbeck:upgrade except postgress\nDROP TABLE team;\n";
    project.write("migrations/c3.sql", text);
    assert_snapshot!(project.limbeck("upgrade").whole(), @r"
    exit 2
    -- stderr
    error: 2 faults in the revision files

    error: there is no driver `sqllite`
     --> migrations/c3.sql:4:20
      |
    4 | -- limbeck:upgrade sqllite
      |                    ^^^^^^^
      |
      = help: did you mean `sqlite`?

    error: there is no driver `postgress`
     --> migrations/c3.sql:7:27
      |
    7 | -- limbeck:upgrade except postgress
      |                           ^^^^^^^^^
      |
      = help: did you mean `postgres`?
    ");
    for command in ["upgrade", "history", "status", "plan", "downgrade base"] {
        is(&project, command, 2, "script");
    }
    assert_eq!(project.limbeck("verify").code, 1);
    assert!(!project.path("app.db").exists(), "nothing is applied");
}

#[test]
fn a_driver_that_is_misspelt_in_a_type() {
    let project = Project::with_revisions();
    let text = "CREATE TABLE star (id BIGINT NOT NULL PRIMARY KEY, name VARCHAR(50) sqlit(TEXT));";
    project.revision("c3", "revises b2", "Stars", text, "");
    assert_snapshot!(project.limbeck("upgrade").whole(), @r"
    exit 2
    -- stderr
    error: there is no driver `sqlit`
     --> migrations/c3_stars.sql:9:69
      |
    9 | CREATE TABLE star (id BIGINT NOT NULL PRIMARY KEY, name VARCHAR(50) sqlit(TEXT));
      |                                                                     ^^^^^
      |
      = help: did you mean `sqlite`?
    ");
    is(&project, "upgrade", 2, "script");
    assert_eq!(project.good("current"), "");
}

#[test]
fn a_driver_that_nobody_knows() {
    let project = Project::with_revisions();
    let text = "CREATE TABLE star (id BIGINT NOT NULL PRIMARY KEY, name VARCHAR(50) mysql(TEXT) duckdb(TEXT));\n\n\
        -- limbeck:upgrade duckdb\nCHECKPOINT;\n\n-- limbeck:upgrade mssql, mysql except mariadb\nSELECT 1;";
    project.revision("c3", "revises b2", "Stars", text, "DROP TABLE star;");
    project.good("upgrade");
    assert_snapshot!(project.limbeck("verify").whole(), @r"
    exit 1
    -- stdout
    error: there is no driver `duckdb`
      --> migrations/c3_stars.sql:11:20
       |
    11 | -- limbeck:upgrade duckdb
       |                    ^^^^^^
       |
       = help: known here are mariadb, mssql, mysql, postgres, sqlite; another is right only when a program that has its driver runs the revision too

    error: there is no driver `duckdb`
     --> migrations/c3_stars.sql:9:81
      |
    9 | CREATE TABLE star (id BIGINT NOT NULL PRIMARY KEY, name VARCHAR(50) mysql(TEXT) duckdb(TEXT));
      |                                                                                 ^^^^^^
      |
      = help: known here are mariadb, mssql, mysql, postgres, sqlite; another is right only when a program that has its driver runs the revision too

    2 findings
    ");
    let (_, answer) = project.json("verify");
    assert_eq!(answer["findings"][0]["kind"], serde_json::json!("unknown_driver"));
    project.write("limbeck.toml", "");
    assert_snapshot!(project.limbeck("verify").whole(), @r"
    exit 1
    -- stdout
    error: there is no driver `duckdb`
      --> migrations/c3_stars.sql:11:20
       |
    11 | -- limbeck:upgrade duckdb
       |                    ^^^^^^
       |
       = help: known here are mariadb, mssql, mysql, postgres, sqlite; another is right only when a program that has its driver runs the revision too

    1 finding
    -- stderr
    note: no database is configured, so only the files were looked at
    ");
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
       = help: nothing of c3 was kept; this run had applied 2 steps before it, up to b2
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
      = help: nothing of c3 was kept; this run had applied 2 steps before it, up to b2
    ")
    });
    is(&project, "upgrade", 2, "disk_full");
    assert_eq!(project.json("current").1["revisions"], serde_json::json!(["b2"]));
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
    error: revision c3 is written in Rust, and this program does not contain its code
      help: run the program that the project builds, which registers a `Migration` for c3
    ");
    is(&project, "upgrade", 2, "no_code");
    project.good("history");
}

#[test]
fn a_file_of_rows_that_is_not_there() {
    let project = Project::with_revisions();
    let load = "-- limbeck:load data/rows.csv into team";
    project.revision("c3", "revises b2", "Load", load, "DELETE FROM team;");
    assert_snapshot!(project.limbeck("heads").whole(), @"
    exit 2
    -- stderr
    error: the file `data/rows.csv` cannot be read: No such file or directory (os error 2)
     --> migrations/c3_load.sql:9:1
      |
    9 | -- limbeck:load data/rows.csv into team
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: the path begins in the folder of the script; a file whose rows were applied stays beside it, as the script does
    ");
    std::fs::create_dir_all(project.path("migrations/data/rows.csv")).unwrap();
    is(&project, "upgrade", 2, "script");
    std::fs::remove_dir(project.path("migrations/data/rows.csv")).unwrap();
    project.write("migrations/data/rows.csv", "id\n1\n");
    project.good("upgrade");
}
