//! `--sql`.

use insta::assert_snapshot;
use insta::with_settings;

use crate::project::Project;
use crate::project::is;

/// A project without a database: its configuration names none.
fn without_database() -> Project {
    let project = Project::with_revisions();
    project.write("limbeck.toml", "");
    project
}

fn shortened(assertions: impl FnOnce()) {
    with_settings!({filters => vec![
        (r"sha256:[0-9a-f]{64}", "sha256:…"),
        (r"limbeck \d+\.\d+\.\d+", "limbeck [version]"),
    ]}, { assertions() });
}

#[test]
fn a_stamp_is_written() {
    let project = without_database();
    shortened(|| {
        assert_snapshot!(project.limbeck("stamp a1:b2 --sql --dialect sqlite").whole(), @r#"
    exit 0
    -- stdout
    -- limbeck [version] stamp --sql: to b2, for sqlite 3.35.0
    -- Only for a database at a1: else it stops and changes nothing.
    -- The client must stop at the first error. Let no other run of limbeck change the database meanwhile.
    .bail on
    .dbconfig dqs_ddl off
    .dbconfig dqs_dml off
    PRAGMA foreign_keys = ON;

    BEGIN IMMEDIATE;
    -- Stops here, with an error about a key, if a step has run in part: `limbeck status` says how to go on
    INSERT INTO "limbeck_journal" SELECT * FROM "limbeck_journal" WHERE "history" = 'limbeck_version' AND "seq" = (SELECT max("seq") FROM "limbeck_journal" WHERE "history" = 'limbeck_version') AND ("event" = 'intended' OR ("event" = 'done' AND ("statement_to" < "statements" OR "direction" = 'resolve')) OR ("event" IN ('failed', 'skipped') AND "statement_from" > 1) OR "format" > 1);
    INSERT INTO "limbeck_journal" ("history", "run", "direction", "event", "rows_after", "tool", "format", "seq", "recorded_at", "proof") VALUES ('limbeck_version', 'offline', 'stamp', 'intended', 'a1', 'limbeck [version]', 1, (SELECT "seq" FROM (SELECT coalesce(max("seq"), 0) + 1 AS "seq" FROM "limbeck_journal" WHERE "history" = 'limbeck_version') AS "last"), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), CASE WHEN (SELECT count(*) FROM "limbeck_version") = 1 AND (SELECT count(*) FROM "limbeck_version" WHERE "version_num" IN ('a1')) = 1 THEN 'offline' END);
    DELETE FROM "limbeck_version" WHERE "version_num" = 'a1';
    INSERT INTO "limbeck_version" ("version_num") VALUES ('b2');
    INSERT INTO "limbeck_journal" ("history", "run", "direction", "event", "rows_after", "tool", "format", "seq", "recorded_at", "proof") VALUES ('limbeck_version', 'offline', 'stamp', 'done', 'b2', 'limbeck [version]', 1, (SELECT "seq" FROM (SELECT coalesce(max("seq"), 0) + 1 AS "seq" FROM "limbeck_journal" WHERE "history" = 'limbeck_version') AS "last"), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), CASE WHEN (SELECT count(*) FROM "limbeck_version") = 1 AND (SELECT count(*) FROM "limbeck_version" WHERE "version_num" IN ('b2')) = 1 THEN 'offline' END);
    COMMIT;
    "#)
    });
}

#[test]
fn an_upgrade_and_a_downgrade_are_written() {
    let project = without_database();
    let upgrade = project.good("upgrade --sql --dialect sqlite --from a1");
    shortened(|| {
        assert_snapshot!(upgrade, @r#"
    -- limbeck [version] upgrade --sql: to heads, for sqlite 3.35.0
    -- Only for a database at a1: else it stops and changes nothing.
    -- The client must stop at the first error. Let no other run of limbeck change the database meanwhile.
    .bail on
    .dbconfig dqs_ddl off
    .dbconfig dqs_dml off
    PRAGMA foreign_keys = ON;

    -- upgrade b2: Add teams
    BEGIN IMMEDIATE;
    -- Stops here, with an error about a key, if a step has run in part: `limbeck status` says how to go on
    INSERT INTO "limbeck_journal" SELECT * FROM "limbeck_journal" WHERE "history" = 'limbeck_version' AND "seq" = (SELECT max("seq") FROM "limbeck_journal" WHERE "history" = 'limbeck_version') AND ("event" = 'intended' OR ("event" = 'done' AND ("statement_to" < "statements" OR "direction" = 'resolve')) OR ("event" IN ('failed', 'skipped') AND "statement_from" > 1) OR "format" > 1);
    INSERT INTO "limbeck_journal" ("history", "run", "revision", "direction", "event", "statement_from", "statement_to", "statements", "sql_hash", "checksum", "rows_after", "tool", "format", "seq", "recorded_at", "proof") VALUES ('limbeck_version', 'offline', 'b2', 'upgrade', 'intended', 1, 1, 1, 'sha256:…', 'tokens1-sha256:…', 'a1', 'limbeck [version]', 1, (SELECT "seq" FROM (SELECT coalesce(max("seq"), 0) + 1 AS "seq" FROM "limbeck_journal" WHERE "history" = 'limbeck_version') AS "last"), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), CASE WHEN (SELECT count(*) FROM "limbeck_version") = 1 AND (SELECT count(*) FROM "limbeck_version" WHERE "version_num" IN ('a1')) = 1 THEN 'offline' END);
    CREATE TABLE "team" (
        "id" BIGINT NOT NULL,
        CONSTRAINT "pk_team" PRIMARY KEY ("id")
    );
    DELETE FROM "limbeck_version" WHERE "version_num" = 'a1';
    INSERT INTO "limbeck_version" ("version_num") VALUES ('b2');
    INSERT INTO "limbeck_journal" ("history", "run", "revision", "direction", "event", "statement_from", "statement_to", "statements", "sql_hash", "checksum", "rows_after", "tool", "format", "seq", "recorded_at", "proof") VALUES ('limbeck_version', 'offline', 'b2', 'upgrade', 'done', 1, 1, 1, 'sha256:…', 'tokens1-sha256:…', 'b2', 'limbeck [version]', 1, (SELECT "seq" FROM (SELECT coalesce(max("seq"), 0) + 1 AS "seq" FROM "limbeck_journal" WHERE "history" = 'limbeck_version') AS "last"), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), CASE WHEN (SELECT count(*) FROM "limbeck_version") = 1 AND (SELECT count(*) FROM "limbeck_version" WHERE "version_num" IN ('b2')) = 1 THEN 'offline' END);
    COMMIT;
    "#)
    });
    assert_eq!(project.good("upgrade a1: --sql --dialect sqlite"), upgrade);
    assert_eq!(
        project
            .good("upgrade a1:b2 --sql --dialect sqlite")
            .lines()
            .skip(1)
            .collect::<Vec<_>>(),
        upgrade.lines().skip(1).collect::<Vec<_>>()
    );

    let downgrade = project.good("downgrade -1 --sql --dialect sqlite --from heads");
    let first = "-- Only for a database at b2: else it stops and changes nothing.";
    assert_eq!(downgrade.lines().nth(1), Some(first));
    assert!(downgrade.contains("\nDROP TABLE \"team\";\n"), "{downgrade}");
    assert!(!downgrade.contains("\"account\""), "{downgrade}");
}

#[test]
fn the_dialect_is_that_of_the_url_and_no_database_is_touched() {
    let project = Project::with_revisions();
    let sql = project.good("upgrade --sql");
    assert!(
        sql.contains("CREATE TABLE IF NOT EXISTS \"limbeck_version\""),
        "{sql}"
    );
    assert!(!project.path("app.db").exists());
    assert_eq!(
        sql,
        project.good("upgrade --sql --server-version 3.35 --dialect sqlite")
    );
    assert!(
        project
            .good("upgrade --sql --server-version 3.45.1")
            .starts_with("-- limbeck ")
    );
}

#[test]
fn every_engine_gets_its_own_file() {
    let project = without_database();
    let head = |dialect: &str| -> String {
        let sql = project.good(&format!("upgrade --sql --from a1 --dialect {dialect}"));
        let lines = sql.lines().enumerate();
        let lines = lines.filter(|(number, line)| *number == 0 || !line.starts_with("--"));
        let mut lines: Vec<&str> = lines
            .map(|(_, line)| line)
            .take_while(|line| !line.is_empty())
            .collect();
        lines.extend(sql.lines().filter(|line| line.starts_with("CREATE TABLE")));
        lines.join("\n")
    };
    shortened(|| {
        assert_snapshot!(head("postgres"), @r#"
    -- limbeck [version] upgrade --sql: to heads, for postgres 12.0.0
    \set ON_ERROR_STOP on
    \set ON_ERROR_ROLLBACK off
    \set AUTOCOMMIT on
    \set SINGLELINE off
    SET client_encoding TO 'UTF8';
    SET TIME ZONE 'UTC';
    SET DateStyle TO 'ISO';
    SET standard_conforming_strings TO on;
    CREATE TABLE "team" (
    "#);
        assert_snapshot!(head("mysql"), @"
    -- limbeck [version] upgrade --sql: to heads, for mysql 8.0.17
    SET NAMES utf8mb4 COLLATE utf8mb4_0900_bin;
    SET SESSION sql_mode = 'STRICT_ALL_TABLES,STRICT_TRANS_TABLES,PIPES_AS_CONCAT,NO_AUTO_VALUE_ON_ZERO,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY', time_zone = '+00:00', foreign_key_checks = 1, unique_checks = 1, autocommit = 1;
    CREATE TABLE `team` (
    ");
        assert_snapshot!(head("mariadb"), @"
    -- limbeck [version] upgrade --sql: to heads, for mariadb 10.5.2
    SET NAMES utf8mb4 COLLATE utf8mb4_nopad_bin;
    SET SESSION sql_mode = 'STRICT_ALL_TABLES,STRICT_TRANS_TABLES,PIPES_AS_CONCAT,NO_AUTO_VALUE_ON_ZERO,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', foreign_key_checks = 1, unique_checks = 1, autocommit = 1;
    CREATE TABLE `team` (
    ");
    });
    // Where variables name the database, they say the dialect.
    let variables = [("MARIADB_HOST", "db"), ("MARIADB_PASSWORD", "s3cret")];
    let ran = project.run(&["upgrade", "--sql"], &variables);
    assert_eq!(
        ran.out,
        project.good("upgrade --sql --dialect mariadb"),
        "{}",
        ran.err
    );

    let of_url = |url: &str| project.good(&format!("upgrade --sql --url {url}"));
    for (scheme, dialect) in [
        ("postgresql", "postgres"),
        ("mysql", "mysql"),
        ("mariadb", "mariadb"),
    ] {
        assert_eq!(
            of_url(&format!("{scheme}://db/shop")),
            project.good(&format!("upgrade --sql --dialect {dialect}"))
        );
    }
}

#[test]
fn the_version_table_is_the_configured_one() {
    let project = Project::with_revisions();
    project.write("limbeck.toml", "version_table = \"alembic_version\"\n");
    let sql = project.good("upgrade --sql --dialect sqlite");
    assert!(
        sql.contains("INSERT INTO \"alembic_version\" (\"version_num\") VALUES ('a1');"),
        "{sql}"
    );
    project.write(
        "limbeck.toml",
        "[databases.one]\nversion_table = \"one\"\n[databases.two]\nversion_table = \"two\"\n",
    );
    assert!(
        project
            .good("upgrade --sql --dialect sqlite --database two")
            .contains("INSERT INTO \"two\"")
    );
    is(&project, "current", 2, "config");
}

#[test]
fn notes_go_to_standard_error() {
    let project = without_database();
    project.revision(
        "c3",
        "revises b2",
        "Tell",
        "COMMENT ON TABLE team IS 'people';",
        "",
    );
    let ran = project.limbeck("upgrade b2:c3 --sql --dialect sqlite");
    assert_snapshot!(ran.err, @"note: migrations/c3_tell.sql:9:1: SQLite keeps no comments: the one on the table team is left out");
    assert!(!ran.out.contains("note:"));
}

#[test]
fn what_cannot_be_written_is_refused() {
    let project = without_database();
    project.write(
        "migrations/c3.sql",
        "-- Fill in\n-- limbeck:revision c3\n-- limbeck:revises b2\n-- limbeck:rust\n",
    );
    assert_snapshot!(project.limbeck("upgrade --sql").whole(), @"
    exit 2
    -- stderr
    error: no database is configured
      help: set DATABASE_URL, in the environment or in `.env`, or `url` in limbeck.toml, or give --url
      help: `--dialect` says for which database without a URL
    ");
    assert_snapshot!(project.limbeck("upgrade --sql --dialect oracle").whole(), @"
    exit 2
    -- stderr
    error: no driver of this build writes the dialect `oracle`
      help: this build writes sqlite, postgres, mysql, mariadb
    ");
    assert_snapshot!(project.limbeck("upgrade --sql --dialect sqlite --server-version 3.34").whole(), @"
    exit 2
    -- stderr
    error: version 3.34.0 is too old: Limbeck works with sqlite from 3.35.0 on
    ");
    assert_snapshot!(project.limbeck("upgrade --sql --dialect mysql --server-version 8.0.11").whole(), @"
    exit 2
    -- stderr
    error: version 8.0.11 is too old: Limbeck works with mysql from 8.0.17 on
    ");
    assert_snapshot!(project.limbeck("downgrade a1 --sql --dialect sqlite").whole(), @"
    exit 2
    -- stderr
    error: a downgrade as SQL must be told what is applied
      help: say it with `--from <revision>`, or write `<revision>:a1`
    ");
    assert_snapshot!(project.limbeck("upgrade a1:b2 --from a1 --sql --dialect sqlite").whole(), @"
    exit 2
    -- stderr
    error: `a1:b2` and `--from` both say what is applied
      help: write `b2` and keep `--from`, which can be given several times
    ");
    is(&project, "upgrade b2 --sql --dialect sqlite", 2, "usage");
    is(&project, "upgrade --from a1", 2, "usage");
    let ran = project.limbeck("upgrade --from current --sql --dialect sqlite");
    assert_snapshot!(ran.whole(), @"
    exit 2
    -- stderr
    error: `current` asks a database what is applied, and a file must say it
      help: `limbeck current` shows what is applied; name it
    ");
    is(&project, "upgrade --sql --lock-timeout 1s", 2, "usage");
    let ran = project.limbeck("upgrade --sql --dialect sqlite");
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("c3"), "{}", ran.err);
}

#[test]
fn the_rows_of_a_file_are_written_in_every_dialect() {
    let project = without_database();
    project.revision(
        "c3",
        "revises b2",
        "Add tags",
        "CREATE TABLE tag (id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, name TEXT, hidden BOOLEAN);\n\
         -- limbeck:load tags.csv into tag",
        "",
    );
    project.write(
        "migrations/tags.csv",
        "id,name,hidden\n1,\"a\\\r\nb\",t\n2,\"\",\n",
    );
    let rows = |dialect: &str| {
        let sql = project.good(&format!("upgrade --sql --from b2 --dialect {dialect}"));
        let statements = sql.split(";\n").filter(|statement| statement.contains("tag"));
        let kinds = ["INSERT INTO \"tag\"", "INSERT INTO `tag`", "SELECT setval"];
        let rows = statements.filter(|statement| kinds.iter().any(|kind| statement.starts_with(kind)));
        rows.collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(rows("sqlite"), @r#"
    INSERT INTO "tag" ("id", "name", "hidden") VALUES (1, ('a\'||char(13)||'
    b'), TRUE), (2, '', NULL)
    "#);
    assert_snapshot!(rows("postgres"), @r#"
    INSERT INTO "tag" ("id", "name", "hidden") VALUES (1, E'a\\\r
    b', TRUE), (2, '', NULL)
    SELECT setval(pg_get_serial_sequence('"tag"', 'id'), max("id")) FROM "tag" HAVING max("id") > coalesce(pg_sequence_last_value(pg_get_serial_sequence('"tag"', 'id')), 0)
    "#);
    assert_snapshot!(rows("mysql"), @"INSERT INTO `tag` (`id`, `name`, `hidden`) VALUES (1, _utf8mb4 X'615C0D0A62', TRUE), (2, '', NULL)");
    assert_eq!(rows("mariadb"), rows("mysql"));
}

/// Where each statement commits, each stands between its own intention and outcome, also where one statement of the script
/// becomes several.
#[test]
fn each_statement_that_commits_has_its_own_intention() {
    let project = Project::new();
    project.revision("a1", "", "Add t", "CREATE TABLE t (a INTEGER NOT NULL);", "");
    project.revision(
        "a2",
        "revises a1",
        "Change t",
        "ALTER TABLE t RENAME COLUMN a TO b, ALTER COLUMN b SET DATA TYPE SMALLINT;",
        "",
    );
    for dialect in ["mysql", "mariadb"] {
        let text = project.good(&format!("upgrade a1:a2 --sql --dialect {dialect}"));
        let alterations = text.matches("ALTER TABLE").count();
        assert_eq!(alterations, 2, "{text}");
        assert_eq!(
            text.matches("'upgrade', 'intended'").count(),
            alterations,
            "{text}"
        );
        assert_eq!(text.matches("'upgrade', 'done'").count(), alterations, "{text}");
    }
}

/// What is left out for people's eyes is data here.
#[test]
fn control_characters_of_data_are_written() {
    const DATA: &str = "A\u{1}B\u{8}\u{1b}[31mC\u{7f}D";
    let project = Project::new();
    project.revision(
        "a1",
        "",
        "Add odd rows",
        &format!(
            "CREATE TABLE odd (id BIGINT PRIMARY KEY, name TEXT NOT NULL DEFAULT '{DATA}');\n\
             INSERT INTO odd (id, name) VALUES (1, '{DATA}');"
        ),
        "DROP TABLE odd;",
    );
    let written = project.good("upgrade --sql --dialect sqlite");
    assert_eq!(written.matches(DATA).count(), 2, "{written:?}");
    project.good("upgrade");
    let dumped = project.good("dump");
    assert!(dumped.contains(DATA), "{dumped:?}");
    project.write("schema.sql", dumped);
    project.good("diff --from database --to schema.sql");
}
