//! `drift`, `upgrade --check-drift`, and what of a database portable SQL does not say.

use std::fs;

use insta::assert_snapshot;

use crate::project::Project;
use crate::project::kind;

fn project() -> Project {
    let project = Project::new();
    project.write("limbeck.toml", "url = \"sqlite://app.db\"\n");
    project.revision(
        "a1",
        "",
        "Accounts",
        "CREATE TABLE account (id BIGINT PRIMARY KEY, mail VARCHAR(100));",
        "DROP TABLE account;",
    );
    project.revision(
        "b2",
        "revises a1",
        "Names",
        "ALTER TABLE account ADD COLUMN name VARCHAR(50);\nCREATE INDEX ix_account_name ON account (name);",
        "DROP INDEX ix_account_name;\nALTER TABLE account DROP COLUMN name;",
    );
    project
}

fn by_hand(project: &Project, sql: &str) {
    project.sqlite("app.db").execute_batch(sql).unwrap();
}

#[test]
fn a_database_that_only_revisions_have_changed_has_no_drift() {
    let project = project();
    project.good("upgrade");
    assert_snapshot!(project.limbeck("drift").whole(), @r"
    exit 0
    -- stdout
    no drift: the database is what its revisions have made
    ");
    project.good("upgrade --check-drift");
    // Also where no run has left a fingerprint.
    by_hand(
        &project,
        "DELETE FROM limbeck_journal WHERE direction = 'fingerprint'",
    );
    project.good("drift");
    project.good("downgrade a1");
    project.good("drift");
}

#[test]
fn what_somebody_has_changed_is_drift() {
    let project = project();
    project.good("upgrade a1");
    by_hand(
        &project,
        "ALTER TABLE account ADD COLUMN age INTEGER; CREATE TABLE other (id INTEGER); \
         CREATE TRIGGER audit AFTER DELETE ON account BEGIN SELECT 1; END",
    );
    assert_snapshot!(project.limbeck("drift").whole(), @r#"
    exit 5
    -- stdout
    ALTER TABLE "account" ADD COLUMN age INTEGER;
    CREATE TABLE other (id INTEGER);
    CREATE TRIGGER audit AFTER DELETE ON account BEGIN SELECT 1; END;
    -- stderr
    note: the database is behind its revisions: 1 is not applied
    `limbeck drift --fix adopt` or `--fix revert` writes a revision about it
    "#);
    let refused = project.limbeck("upgrade --check-drift");
    assert_snapshot!(refused.whole(), @r"
    exit 5
    -- stderr
    error: somebody else has changed the database since the last run, and nothing was applied
      help: `limbeck drift` shows what is different; without `--check-drift` nobody looks
    ");
    assert_eq!(kind(&project, "upgrade --check-drift"), (5, "drift".to_owned()));
    assert_eq!(
        project.limbeck("current").out.trim(),
        "a1 Accounts",
        "nothing was applied"
    );
    project.good("upgrade");
    let ignored = "url = \"sqlite://app.db\"\n[models]\nignore = [\"other\", \"trigger:aud*\"]\n";
    project.write("limbeck.toml", ignored);
    let ran = project.limbeck("drift");
    assert_eq!(ran.code, 5);
    assert!(
        ran.out.contains("age") && !ran.out.contains("audit"),
        "{}",
        ran.whole()
    );
}

#[test]
fn drift_is_adopted() {
    let project = project();
    project.good("upgrade");
    by_hand(
        &project,
        "ALTER TABLE account ADD COLUMN age INTEGER; \
         CREATE TRIGGER audit AFTER DELETE ON account BEGIN DELETE FROM account WHERE id = 0; END",
    );
    project.good("drift --fix adopt --rev-id c3");
    project.good("stamp c3");
    let ran = project.limbeck("drift --scratch");
    assert_eq!(ran.code, 0, "{}", ran.whole());
    // The revision makes it elsewhere, and takes it back.
    let elsewhere = "--url sqlite://other.db";
    project.good(&format!("upgrade {elsewhere}"));
    let ran = project.limbeck("diff --from sqlite://other.db --to database");
    assert_eq!(ran.code, 0, "{}", ran.whole());
    project.good(&format!("downgrade b2 {elsewhere}"));
    let ran = project.limbeck(&format!("drift {elsewhere}"));
    assert_eq!(ran.code, 0, "{}", ran.whole());
}

#[test]
fn drift_is_reverted() {
    let project = project();
    project.good("upgrade");
    by_hand(
        &project,
        "INSERT INTO account (id, name) VALUES (1, 'Ann'); DROP INDEX ix_account_name; CREATE VIEW v AS SELECT 1",
    );
    let (_, answer) = project.json("drift --fix revert");
    let adopted = answer["revisions"][0].as_str().unwrap();
    project.good(&format!("stamp {adopted}"));
    project.good("upgrade");
    let ran = project.limbeck("drift --scratch");
    assert_eq!(ran.code, 0, "{}", ran.whole());
    // Elsewhere both are applied, and nothing is different.
    project.good("upgrade --url sqlite://other.db");
    let ran = project.limbeck("diff --from sqlite://other.db --to database");
    assert_eq!(ran.code, 0, "{}", ran.whole());
    let names: Vec<String> = {
        let database = project.sqlite("app.db");
        let mut query = database.prepare("SELECT name FROM account").unwrap();
        let rows = query.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    assert_eq!(names, ["Ann"]);
}

#[test]
fn a_fix_goes_on_from_all_revisions() {
    let project = project();
    project.good("upgrade a1");
    by_hand(&project, "CREATE TABLE other (id INTEGER)");
    let ran = project.limbeck("drift --fix adopt");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("`limbeck upgrade` first"), "{}", ran.whole());
}

#[test]
fn a_dump_in_the_engines_own_words_makes_the_same_again() {
    let project = project();
    project.good("upgrade");
    by_hand(
        &project,
        "CREATE TABLE strict_one (id INTEGER PRIMARY KEY, \"odd \"\"name\" ANY) STRICT; \
         CREATE TRIGGER audit AFTER DELETE ON account BEGIN DELETE FROM strict_one; SELECT 1; END; \
         CREATE VIEW seen AS SELECT mail FROM account",
    );
    let dump = project.good("dump --format sql");
    fs::create_dir_all(project.path("again")).unwrap();
    project.sqlite("again/app.db").execute_batch(&dump).unwrap();
    let ran = project.limbeck("diff --from database --to sqlite://again/app.db");
    assert_eq!(ran.code, 0, "{}", ran.whole());
}

#[test]
fn a_database_is_adopted_as_it_is() {
    let project = Project::empty();
    let database = project.sqlite("shop.db");
    database
        .execute_batch(
            "CREATE TABLE item (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT COLLATE NOCASE) STRICT; \
             CREATE INDEX ix ON item (name) WHERE name <> ''; \
             CREATE TRIGGER t AFTER INSERT ON item BEGIN UPDATE item SET name = 'x' WHERE 0; END; \
             INSERT INTO item (name) VALUES ('one')",
        )
        .unwrap();
    project.good("init shop --url sqlite://shop.db --from-database");
    assert_eq!(project.limbeck("-c shop/limbeck.toml drift --scratch").code, 0);
    assert_eq!(project.limbeck("-c shop/limbeck.toml status --exit-code").code, 0);
    project.good("-c shop/limbeck.toml upgrade --url sqlite://new.db");
    let ran = project.limbeck("-c shop/limbeck.toml diff --from sqlite://new.db --to database");
    assert_eq!(ran.code, 0, "{}", ran.whole());
    let refused = project.limbeck("-c shop/limbeck.toml downgrade base");
    assert_eq!(refused.code, 2, "the rows were there before: {}", refused.whole());
    assert!(refused.err.contains("--allow-data-loss"), "{}", refused.whole());
    let again = project.limbeck("init other --url sqlite://shop.db --from-database");
    assert_eq!(again.code, 2);
    assert!(again.err.contains("has a history already"), "{}", again.whole());
    assert!(
        !project.path("other/limbeck.toml").exists(),
        "the project can be begun again"
    );
}

/// What somebody did stays what somebody did, whatever runs afterwards.
#[test]
fn a_run_does_not_make_right_what_it_finds() {
    let project = project();
    project.good("upgrade a1");
    by_hand(&project, "CREATE TABLE other (id INTEGER)");
    assert_eq!(
        kind(&project, "upgrade a1 --check-drift"),
        (5, "drift".to_owned()),
        "nothing is pending"
    );
    project.good("upgrade");
    for command in ["drift", "drift --scratch"] {
        let ran = project.limbeck(command);
        assert_eq!(ran.code, 5, "{command}: {}", ran.whole());
        assert!(ran.out.contains("other"), "{}", ran.whole());
    }
    by_hand(&project, "DROP TABLE other");
    project.good("drift");
}

#[test]
fn what_was_there_before_the_first_revision_is_drift() {
    let project = project();
    by_hand(&project, "CREATE TABLE other (id INTEGER)");
    project.good("upgrade");
    assert_eq!(project.limbeck("drift").code, 5);
}

#[test]
fn another_list_of_what_is_ignored_is_no_change() {
    let project = project();
    project.good("upgrade a1");
    project.write(
        "limbeck.toml",
        "url = \"sqlite://app.db\"\n[models]\nignore = [\"tmp_*\"]\n",
    );
    let ran = project.limbeck("upgrade --check-drift");
    assert_eq!(ran.code, 0, "{}", ran.whole());
    assert!(ran.err.contains("is not known"), "{}", ran.whole());
}

#[test]
fn a_file_below_the_project_has_a_relative_path() {
    let project = Project::empty();
    project
        .sqlite("app.db")
        .execute_batch("CREATE TABLE untyped (x, y)")
        .unwrap();
    project.good("init . --url sqlite:app.db --from-database");
    assert!(project.read("limbeck.toml").contains("url = \"sqlite://app.db\""));
    let ran = project.limbeck("drift --scratch");
    assert_eq!(ran.code, 0, "{}", ran.whole());
    let ran = project.limbeck("init other --url sqlite:nothing.db --from-database");
    assert!(
        ran.code == 2 && ran.err.contains("there is no file"),
        "{}",
        ran.whole()
    );
}
