//! Where schemas come from.

use std::fs;

use insta::assert_snapshot;
use limbeck_sqlite::rusqlite;

use super::MODELS;
use super::project;
use super::written;
use crate::project::kind;

#[test]
fn a_command_prints_the_models() {
    let project = project("");
    let configured = |more: &str| {
        project.write(
            "limbeck.toml",
            format!("url = \"sqlite://app.db\"\n[models]\n{more}\n"),
        );
    };
    project.write(
        "portable.txt",
        "CREATE TABLE account (id BIGINT PRIMARY KEY, mail TEXT);\n",
    );
    configured("command = \"cat portable.txt\"");
    project.good("revision --autogenerate --rev-id a1");
    project.write("native.txt", "CREATE TABLE \"account\" (id BIGINT NOT NULL CONSTRAINT pk_account PRIMARY KEY, mail TEXT, size INTEGER);\nCREATE TABLE broken (;\n");
    configured("command = \"cat native.txt\"\nsql = \"native\"");
    assert_snapshot!(project.limbeck("check").whole(), @"
    exit 2
    -- stderr
    error: incomplete input (SQLITE_ERROR)
     --> cat native.txt:2:1
      |
    2 | CREATE TABLE broken (;
      | ^^^^^^^^^^^^^^^^^^^^^
      |
      = help: this was in a scratch database, which is gone: the project's own is as it was
    ");
    project.write("native.txt", project.read("native.txt").lines().next().unwrap());
    assert_snapshot!(project.limbeck("check").whole(), @"
    exit 1
    -- stdout
    ALTER TABLE account ADD COLUMN size INTEGER;
    ");
    project.good("revision --autogenerate --rev-id b2");
    assert_eq!(project.limbeck("check").code, 0);
    configured("command = \"echo nothing >&2; exit 3\"");
    assert_eq!(kind(&project, "check"), (2, "io".to_owned()));
    assert_snapshot!(project.limbeck("check").whole(), @"
    exit 2
    -- stderr
    error: `echo nothing >&2; exit 3`, which is to print the models, ended with exit status: 3:
      nothing
    ");
    configured("command = \"cat portable.txt\"\nfile = \"portable.txt\"");
    assert_eq!(kind(&project, "check"), (2, "config".to_owned()));
}

/// What only the database can tell is asked there.
#[test]
fn a_history_of_native_sql_is_read_from_a_scratch_database() {
    let project = project("CREATE TABLE account (id BIGINT NOT NULL PRIMARY KEY, mail TEXT, token UUID);\n");
    project.write(
        "migrations/a1.sql",
        "-- limbeck:revision a1\n-- limbeck:irreversible a test\n-- limbeck:upgrade sqlite\n\
         CREATE TABLE account (id BIGINT NOT NULL CONSTRAINT pk_account PRIMARY KEY);\n",
    );
    assert_snapshot!(project.limbeck("check").whole(), @r"
    exit 2
    -- stderr
    error: what the schema is after revision a1, which has native SQL or code, cannot be told from the files
      help: say in that revision what its native SQL or its code changes: `-- limbeck:touches a, b`, or `-- limbeck:touches -`, or a section `-- limbeck:upgrade model`
      help: or let a scratch database tell, to which the whole history is applied: `--scratch`
    ");
    assert_snapshot!(project.limbeck("check --scratch").whole(), @"
    exit 1
    -- stdout
    ALTER TABLE account ADD COLUMN mail TEXT;
    ALTER TABLE account ADD COLUMN token UUID;
    ");
    project.good("revision --autogenerate -m Second --scratch");
    // The engine calls the type otherwise.
    assert!(written(&project, "second.sql").contains("token UUID"));
    project.good("upgrade");
    assert_eq!(project.limbeck("check --scratch").code, 0);
    assert!(!project.path("app.db-journal").exists());
}

#[test]
fn models_that_cannot_be_read_are_shown() {
    let project = project("");
    for (models, shown) in [
        ("CREATE TABLE a (id BIGINT PRIMARY KEY", "schema.sql:1:38"),
        (
            "CREATE TABLE a (id BIGINT PRIMARY KEY);\nINSERT INTO a (id) VALUES (1);\n",
            "schema.sql:2:1",
        ),
        (
            "CREATE TABLE a (id BIGINT REFERENCES b (id));\n",
            "there is no table `b`",
        ),
        ("CREATE VIEW v AS SELECT id FROM a;\n", "schema.sql:1:1"),
        (
            "-- limbeck:no_transaction\nCREATE TABLE a (id BIGINT);\n",
            "schema.sql:1:1",
        ),
        (
            "CREATE TABLE a (id BIGINT);\nCREATE TABLE a (id BIGINT);\n",
            "schema.sql:2:1",
        ),
        ("CREATE TABLE a (id SERIAL);\n", "schema.sql:1:20"),
    ] {
        project.write("schema.sql", models);
        let ran = project.limbeck("check");
        assert_eq!(ran.code, 2, "{models}");
        assert!(ran.err.contains(shown), "{}", ran.err);
        assert_eq!(kind(&project, "check"), (2, "script".to_owned()), "{models}");
    }
    fs::remove_file(project.path("schema.sql")).unwrap();
    assert_eq!(kind(&project, "check").0, 2);
    project.write("limbeck.toml", "url = \"sqlite://app.db\"\n");
    assert_snapshot!(project.limbeck("check").whole(), @r#"
    exit 2
    -- stderr
    error: no models are configured
      help: name their file in limbeck.toml: `[models]` and `file = "schema.sql"` below it
    "#);
}

#[test]
fn a_password_is_never_shown() {
    let project = project(MODELS);
    for url in [
        "postgress://u:SECRET@h/db",
        "mssql://u:SECRET@h/db",
        "postgres:u:SECRET@h/x.sql",
        "postgres://u:SECRET@127.0.0.1:1/x.json",
    ] {
        for command in ["dump", "diff --to heads --from", "diff --from heads --to"] {
            let ran = project.limbeck(&format!("{command} {url}"));
            assert_eq!(ran.code, 2, "{}", ran.whole());
            assert!(!ran.whole().contains("SECRET"), "{}", ran.whole());
        }
    }
}

#[test]
fn what_is_portable_needs_no_database() {
    let project = project(MODELS);
    project.write("limbeck.toml", "[models]\nfile = \"schema.sql\"\n");
    assert_eq!(project.limbeck("check").code, 1);
    project.write("mixed.sql", "COMMENT ON TABLE a IS 'it';\nCREATE INDEX i ON a (n);\nALTER TABLE a ADD COLUMN n INTEGER;\nCREATE TABLE a (id BIGINT PRIMARY KEY);\n");
    assert_eq!(project.limbeck("diff --from mixed.sql --to mixed.sql").code, 0);
}

#[test]
fn a_dump_is_what_models_are() {
    let project = project(MODELS);
    project.good("revision --autogenerate -m First");
    project.good("upgrade");
    project.write("again.sql", project.good("dump"));
    project.write("again.json", project.good("dump --format json"));
    for file in ["again.sql", "again.json"] {
        assert_eq!(
            project.limbeck(&format!("diff --from heads --to {file}")).code,
            0,
            "{file}"
        );
        assert_eq!(
            project.limbeck(&format!("diff --from {file} --to database")).code,
            0,
            "{file}"
        );
    }
    assert_snapshot!(project.limbeck("diff --from base --to again.json --json").out, @r#"
    {
      "from": "an empty history",
      "to": "again.json",
      "operations": [
        {
          "sql": "CREATE TABLE account (\n    id BIGINT GENERATED BY DEFAULT AS IDENTITY,\n    mail VARCHAR(100) NOT NULL,\n    CONSTRAINT pk_account PRIMARY KEY (id),\n    CONSTRAINT uq_account_mail UNIQUE (mail)\n)",
          "loses": null
        },
        {
          "sql": "CREATE TABLE team (\n    id BIGINT GENERATED BY DEFAULT AS IDENTITY,\n    leader_id BIGINT,\n    CONSTRAINT pk_team PRIMARY KEY (id),\n    CONSTRAINT fk_team_leader_id FOREIGN KEY (leader_id) REFERENCES account (id)\n)",
          "loses": null
        },
        {
          "sql": "CREATE INDEX ix_team_leader_id ON team (leader_id)",
          "loses": null
        },
        {
          "sql": "CREATE VIEW leader AS SELECT a.mail FROM account AS a JOIN team AS t ON t.leader_id = a.id",
          "loses": null
        }
      ],
      "objects": [],
      "possible_renames": [],
      "left": []
    }
    "#);
}

/// What has no portable form stands in comments, and what is left can be read again.
#[test]
fn a_dump_leaves_nothing_out_in_silence() {
    let project = project("");
    let database = rusqlite::Connection::open(project.path("app.db")).unwrap();
    let made = "CREATE TABLE a (id INTEGER NOT NULL PRIMARY KEY, x REFERENCES nope (id), y DEFAULT (random()), b TEXT);
                CREATE VIEW v AS SELECT * FROM a;";
    database.execute_batch(made).unwrap();
    let ran = project.limbeck("dump");
    assert_eq!(ran.code, 0, "{}", ran.whole());
    assert_snapshot!(ran.whole(), @r"
    exit 0
    -- stdout
    CREATE TABLE a (
        id INTEGER,
        x BLOB,
        y BLOB,
        b TEXT,
        CONSTRAINT pk_a PRIMARY KEY (id)
    );
    -- Not portable: constraint `fk_a_x` of table `a`: there is no table `nope`
    -- Not portable: view `v`: the query of view `v` reads all columns of `a` with *, which does not mean the same everywhere when a column is added
    -- Not portable: a.x: no type; written as BLOB
    -- Not portable: a.y: no type; written as BLOB
    -- Not portable: a.y: DEFAULT random()
    -- stderr
    note: some parts have no portable form: see the comments at the end
    ");
    project.write("again.sql", &ran.out);
    assert_eq!(project.limbeck("diff --from again.sql --to again.sql").code, 0);
}
