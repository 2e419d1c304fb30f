//! Downgrades that are derived, into a file or when they run.

use std::fs;

use insta::assert_snapshot;
use limbeck_sqlite::rusqlite::Connection;
use serde_json::json;

use crate::project::Project;
use crate::project::is;

/// Accounts, then a revision that changes them with this upgrade and a blank downgrade.
pub(crate) fn changing(upgrade: &str) -> Project {
    let project = Project::new();
    project.revision(
        "a1",
        "",
        "Accounts",
        "CREATE TABLE account (id BIGINT PRIMARY KEY, name VARCHAR(50) DEFAULT 'it''s', age INTEGER);\n\
         COMMENT ON COLUMN account.age IS 'in years';\n\
         CREATE TABLE team (id BIGINT PRIMARY KEY, account_id BIGINT REFERENCES account (id));\n\
         CREATE INDEX ix_team ON team (account_id DESC);",
        "",
    );
    project.revision("b2", "revises a1", "Change", upgrade, "");
    project
}

pub(crate) const FILE: &str = "migrations/b2_change.sql";

fn schema(project: &Project) -> Vec<String> {
    let database = Connection::open(project.path("app.db")).unwrap();
    let sql =
        "SELECT sql FROM sqlite_schema WHERE tbl_name NOT LIKE 'limbeck%' AND sql IS NOT NULL ORDER BY name";
    let mut statement = database.prepare(sql).unwrap();
    let texts = statement.query_map([], |row| row.get(0)).unwrap();
    texts.map(Result::unwrap).collect()
}

#[test]
fn the_downgrade_is_written_into_the_file_and_leads_back() {
    let project = changing(
        "ALTER TABLE account ADD COLUMN email VARCHAR(100);\n\
         CREATE UNIQUE INDEX uq_email ON account (lower(email));\n\
         ALTER TABLE account DROP COLUMN age;\n\
         DROP TABLE team;",
    );
    let before = project.read(FILE);
    assert_snapshot!(project.limbeck("revision --derive-downgrade").whole(), @"
    exit 0
    -- stdout
    migrations/b2_change.sql
    -- stderr
    note: the downgrade cannot bring back the rows of table `team`, the values of column `account.age`, so it will want `--allow-data-loss`
    ");
    let after = project.read(FILE);
    assert_snapshot!(after.strip_prefix(before.trim_end()).unwrap(), @"

    -- limbeck:loses_data table team
    CREATE TABLE team (
        id BIGINT,
        account_id BIGINT,
        CONSTRAINT pk_team PRIMARY KEY (id),
        CONSTRAINT fk_team_account_id FOREIGN KEY (account_id) REFERENCES account (id)
    );
    CREATE INDEX ix_team ON team (account_id DESC);
    -- limbeck:loses_data column account.age
    ALTER TABLE account ADD COLUMN age INTEGER;
    COMMENT ON COLUMN account.age IS 'in years';
    DROP INDEX uq_email;
    ALTER TABLE account DROP COLUMN email;
    ");
    assert_eq!(project.good("verify"), "nothing found\n");

    project.good("upgrade a1");
    let old = schema(&project);
    project.good("upgrade");
    project.good("downgrade a1 --allow-data-loss");
    assert_eq!(schema(&project), old);
}

#[test]
fn the_revision_can_be_named_and_programs_are_told() {
    let project = changing("ALTER TABLE account DROP COLUMN name;");
    let (code, answer) = project.json("revision --derive-downgrade a1");
    assert_eq!(
        (code, answer),
        (
            0,
            json!({"revision": "a1", "path": "migrations/a1_accounts.sql", "losses": []})
        )
    );
    assert!(
        project
            .read("migrations/a1_accounts.sql")
            .ends_with("-- limbeck:downgrade\nDROP TABLE team;\nDROP TABLE account;\n")
    );
    project.good("upgrade a1");
    let (_, answer) = project.json("revision --derive-downgrade current+1");
    assert_eq!(answer["losses"], json!(["the values of column `account.name`"]));
    assert!(project.read(FILE).ends_with(
        "-- limbeck:loses_data column account.name\nALTER TABLE account ADD COLUMN name VARCHAR(50) DEFAULT 'it''s';\n"
    ));
}

#[test]
fn no_database_is_needed() {
    let project = changing("ALTER TABLE account RENAME TO person;");
    project.write("limbeck.toml", "");
    project.good("revision --derive-downgrade head");
    assert!(
        project
            .read(FILE)
            .ends_with("-- limbeck:downgrade\nALTER TABLE person RENAME TO account;\n")
    );
    assert!(!project.path("app.db").exists());
}

#[test]
fn the_upgrade_of_an_applied_revision_stays_what_ran() {
    let project = changing("ALTER TABLE account DROP COLUMN age;");
    let windows = project.read(FILE).replace('\n', "\r\n");
    project.write(FILE, &windows);
    project.good("upgrade");
    project.good("revision --derive-downgrade b2");
    let after = project.read(FILE);
    assert!(!after.replace("\r\n", "").contains('\n'), "{after:?}");
    assert!(after.starts_with(windows.trim_end()), "{after:?}");
    assert_eq!(project.good("verify"), "nothing found\n");
    let names = fs::read_dir(project.path("migrations")).unwrap();
    assert_eq!(names.count(), 2);
    project.good("downgrade -1 --allow-data-loss");
}

#[test]
fn a_section_for_some_databases_gets_a_downgrade_for_them() {
    let project = changing("DROP TABLE team;");
    let text = project.read(FILE);
    project.write(
        FILE,
        text.replace("-- limbeck:upgrade", "-- limbeck:upgrade except mysql"),
    );
    project.good("revision --derive-downgrade");
    assert!(project.read(FILE).contains(
        "-- limbeck:downgrade\n\n-- limbeck:downgrade except mysql\n-- limbeck:loses_data table team\n"
    ));
    let other = text.replace(
        "-- limbeck:upgrade",
        "-- limbeck:upgrade except mysql, postgres, sqlite",
    );
    project.write(FILE, &other);
    assert_snapshot!(project.limbeck("revision --derive-downgrade").whole(), @"
    exit 2
    -- stderr
    error: no database that this program knows runs the upgrade of revision b2
      help: run a program that has a driver for it
    ");
    assert_eq!(project.read(FILE), other);
}

#[test]
fn what_cannot_be_derived_is_told_with_its_place() {
    let refusal = |upgrade: &str| {
        let project = changing(upgrade);
        let before = project.read(FILE);
        let ran = project.limbeck("revision --derive-downgrade");
        assert_eq!(project.read(FILE), before);
        ran.whole()
    };
    assert_snapshot!(refusal("DROP TABLE team;\nUPDATE account SET age = 1;"), @"
    exit 2
    -- stderr
    error: the downgrade of revision b2 is not written, and none can be derived: an UPDATE of `account`, which exists before this revision, cannot be undone
      --> migrations/b2_change.sql:10:1
       |
    10 | UPDATE account SET age = 1;
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: write it into a `-- limbeck:downgrade` section, or say `-- limbeck:irreversible <why>`
    ");
    assert_snapshot!(refusal("SELECT 1;\n-- limbeck:upgrade sqlite\nDROP TABLE team;"), @"
    exit 2
    -- stderr
    error: the downgrade of revision b2 is not written, and none can be derived: its upgrade has native SQL
      --> migrations/b2_change.sql:10:1
       |
    10 | -- limbeck:upgrade sqlite
       | ^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: write it into a `-- limbeck:downgrade` section, or say `-- limbeck:irreversible <why>`
    ");
    assert_snapshot!(refusal("SELECT 1;\n-- limbeck:upgrade model\nDROP TABLE team;"), @"
    exit 2
    -- stderr
    error: not all databases run the same upgrade of revision b2
      --> migrations/b2_change.sql:10:1
       |
    10 | -- limbeck:upgrade model
       | ^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: write a `-- limbeck:downgrade` section for each of the upgrade's
    ");
    assert_snapshot!(refusal("ALTER TABLE account DROP COLUMN agee;"), @"
    exit 2
    -- stderr
    error: the downgrade of revision b2 is not written, and none can be derived: there is no column `account.agee`
     --> migrations/b2_change.sql:9:1
      |
    9 | ALTER TABLE account DROP COLUMN agee;
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `age`?
    ");
    assert_snapshot!(refusal("ALTER TABLE account DROP COLUM age;"), @"
    exit 2
    -- stderr
    error: expected `COLUMN` or `CONSTRAINT`, found `COLUM`
     --> migrations/b2_change.sql:9:26
      |
    9 | ALTER TABLE account DROP COLUM age;
      |                          ^^^^^
      |
      = help: write DROP COLUMN name or DROP CONSTRAINT name
    ");
    assert_snapshot!(refusal("-- to do"), @"
    exit 2
    -- stderr
    error: revision b2 has no upgrade yet from which a downgrade could be derived
     --> migrations/b2_change.sql:8:1
      |
    8 | -- limbeck:upgrade
      | ^^^^^^^^^^^^^^^^^^
      |
      = help: write the upgrade first: `limbeck edit` opens the file
    ");
    assert_snapshot!(refusal("SELECT 1;"), @"
    exit 2
    -- stderr
    error: the upgrade of revision b2 leaves nothing that a downgrade could take back
      help: leave the section out: a downgrade then runs nothing
    ");
}

#[test]
fn what_must_not_be_derived_is_told_with_its_place() {
    let project = changing("DROP TABLE team;");
    project.revision("c3", "revises b2", "Own", "DROP TABLE account;", "SELECT 1;");
    assert_snapshot!(project.limbeck("revision --derive-downgrade").whole(), @"
    exit 2
    -- stderr
    error: the downgrade of revision c3 is written already
      --> migrations/c3_own.sql:11:1
       |
    11 | -- limbeck:downgrade
       | ^^^^^^^^^^^^^^^^^^^^
       |
       = help: empty the section to have it derived again
    ");
    is(&project, "revision --derive-downgrade", 2, "exists");
    project.revision(
        "d4",
        "revises c3; irreversible they are gone",
        "Gone",
        "SELECT 1;",
        "",
    );
    assert_snapshot!(project.limbeck("revision --derive-downgrade").whole(), @"
    exit 2
    -- stderr
    error: revision d4 says that it has no downgrade
     --> migrations/d4_gone.sql:5:1
      |
    5 | -- limbeck:irreversible they are gone
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: remove this line to have one derived
    ");
    is(&project, "revision --derive-downgrade d4", 2, "irreversible");
    project.write(
        "migrations/e5.sql",
        "-- limbeck:revision e5\n-- limbeck:revises d4\n-- limbeck:rust\n",
    );
    assert_snapshot!(project.limbeck("revision --derive-downgrade").whole(), @"
    exit 2
    -- stderr
    error: revision e5 is written in Rust, and so is its downgrade
     --> migrations/e5.sql:3:1
      |
    3 | -- limbeck:rust
      | ^^^^^^^^^^^^^^^
      |
      = help: write it into `Migration::downgrade`
    ");

    project.write(
        "migrations/f6.sql",
        "-- limbeck:revision f6\n-- limbeck:upgrade\nDROP TABLE team;\n",
    );
    assert_snapshot!(project.limbeck("revision --derive-downgrade").whole(), @"
    exit 2
    -- stderr
    error: `head` means several heads: `e5`, `f6`
      help: name one: `limbeck revision --derive-downgrade <id>`; `limbeck history` lists them
    ");
    assert_snapshot!(project.limbeck("revision --derive-downgrade heads").whole(), @"
    exit 2
    -- stderr
    error: `heads` means several revisions
      help: name one: `limbeck revision --derive-downgrade <id>`; `limbeck history` lists them
    ");
    assert_snapshot!(project.limbeck("revision --derive-downgrade -m x").whole(), @"
    exit 2
    -- stderr
    error: `--derive-downgrade` is about a file that exists, and the other options make a new one
      help: make the revision, write its upgrade, then run `limbeck revision --derive-downgrade` without other options
    ");
    is(&project, "revision --derive-downgrade b2 --head a1", 2, "usage");
    project.revision("g7", "revises e5, f6", "Merge", "", "");
    assert_snapshot!(project.limbeck("revision --derive-downgrade g7").whole(), @"
    exit 2
    -- stderr
    error: the upgrade of revision g7 leaves nothing that a downgrade could take back
      help: leave the section out: a downgrade then runs nothing
    ");
    is(&project, "revision --derive-downgrade nope", 2, "target");
}

#[test]
fn native_sql_before_it_makes_a_table_unknown() {
    let project = Project::new();
    project.revision(
        "a1",
        "",
        "Accounts",
        "CREATE TABLE account (id BIGINT PRIMARY KEY, age INTEGER);\n\
         -- limbeck:upgrade sqlite\nALTER TABLE account ADD COLUMN extra int;",
        "DROP TABLE account;",
    );
    project.revision(
        "b2",
        "revises a1",
        "Change",
        "ALTER TABLE account DROP COLUMN age;",
        "",
    );
    assert_snapshot!(project.limbeck("revision --derive-downgrade").whole(), @"
    exit 2
    -- stderr
    error: the downgrade of revision b2 is not written, and none can be derived: what it changes was changed by revision a1 in a way that can't be replayed
     --> migrations/b2_change.sql:9:1
      |
    9 | ALTER TABLE account DROP COLUMN age;
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write it into a `-- limbeck:downgrade` section, or say `-- limbeck:irreversible <why>`
    ");
    let file = "migrations/a1_accounts.sql";
    let text = project.read(file);
    project.write(
        file,
        text.replace("upgrade sqlite\n", "upgrade sqlite\n-- limbeck:touches -\n"),
    );
    project.good("revision --derive-downgrade");
}

#[cfg(unix)]
#[test]
fn a_file_that_is_read_only_stays() {
    use std::os::unix::fs::PermissionsExt as _;

    let project = changing("DROP TABLE team;");
    fs::set_permissions(project.path(FILE), fs::Permissions::from_mode(0o444)).unwrap();
    assert_snapshot!(project.limbeck("revision --derive-downgrade").whole(), @"
    exit 2
    -- stderr
    error: migrations/b2_change.sql cannot be written: permission denied
    ");
}

#[test]
fn verify_tells_of_a_revision_without_a_way_back() {
    let project = changing("UPDATE account SET age = 1;");
    assert_snapshot!(project.limbeck("verify").whole(), @"
    exit 1
    -- stdout
    error: the downgrade of revision b2 is not written, and none can be derived: an UPDATE of `account`, which exists before this revision, cannot be undone
     --> migrations/b2_change.sql:9:1
      |
    9 | UPDATE account SET age = 1;
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write it into a `-- limbeck:downgrade` section, or say `-- limbeck:irreversible <why>`

    1 finding
    ");
    let (_, answer) = project.json("verify");
    let finding = &answer["findings"][0];
    assert_eq!(
        (&finding["kind"], &finding["line"]),
        (&json!("no_downgrade"), &json!(9))
    );
}
