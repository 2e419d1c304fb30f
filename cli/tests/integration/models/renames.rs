//! New names.

use std::fs;

use insta::assert_snapshot;

use super::MODELS;
use super::project;
use super::written;
use crate::project::kind;

#[test]
fn a_new_name_is_not_guessed() {
    let project = project(MODELS);
    project.good("revision --autogenerate -m First");
    let renamed = MODELS
        .replace("mail", "email")
        .replace("VARCHAR(100)", "VARCHAR(120)");
    project.write("schema.sql", renamed);
    assert_snapshot!(project.limbeck("revision --autogenerate -m Second").whole(), @"
    exit 2
    -- stderr
    error: column `account.mail` to `email` may be a new name for the same, and would be dropped and made anew
      help: say that it is one: `--rename account.mail=email`
      help: say that nothing has a new name: `--no-rename`
    ");
    assert_snapshot!(project.limbeck("check").whole(), @"
    exit 1
    -- stdout
    DROP VIEW leader;
    ALTER TABLE account DROP CONSTRAINT uq_account_mail;
    -- loses the values of column `account.mail`
    ALTER TABLE account DROP COLUMN mail;
    ALTER TABLE account ADD COLUMN email VARCHAR(120) NOT NULL;
    ALTER TABLE account ADD CONSTRAINT uq_account_email UNIQUE (email);
    CREATE VIEW leader AS SELECT a.email FROM account AS a JOIN team AS t ON t.leader_id = a.id;
    -- stderr
    note: column `account.mail` to `email` may be a new name for the same: `--rename account.mail=email`
    ");
    assert_eq!(fs::read_dir(project.path("migrations")).unwrap().count(), 1);
    project.good("revision --autogenerate -m Second --rename account.mail=email");
    assert_snapshot!(written(&project, "second.sql"), @"
    -- Second
    -- Written by comparison: read it, and change what you know better.
    DROP VIEW leader;
    ALTER TABLE account RENAME COLUMN mail TO email;
    ALTER TABLE account RENAME CONSTRAINT uq_account_mail TO uq_account_email;
    ALTER TABLE account ALTER COLUMN email SET DATA TYPE VARCHAR(120);
    CREATE VIEW leader AS SELECT a.email FROM account AS a JOIN team AS t ON t.leader_id = a.id;
    -- To check, where the tables have rows:
    --   account.email: each value fits the new type; the table may be written anew

    -- limbeck:downgrade
    DROP VIEW leader;
    ALTER TABLE account ALTER COLUMN email SET DATA TYPE VARCHAR(100);
    ALTER TABLE account RENAME CONSTRAINT uq_account_email TO uq_account_mail;
    ALTER TABLE account RENAME COLUMN email TO mail;
    CREATE VIEW leader AS SELECT a.mail FROM account AS a JOIN team AS t ON t.leader_id = a.id;
    ");
    project.good("upgrade");
    assert_eq!(project.limbeck("diff --from database").code, 0);
}

#[test]
fn a_rename_that_does_not_fit_is_refused() {
    let project = project(
        "CREATE TABLE s1 (id BIGINT PRIMARY KEY, v TEXT);\nCREATE TABLE s2 (id BIGINT PRIMARY KEY, w INTEGER);\n",
    );
    project.good("revision --autogenerate -m First");
    let swapped = "CREATE TABLE s1 (id BIGINT PRIMARY KEY, w INTEGER);\nCREATE TABLE s2 (id BIGINT PRIMARY KEY, v TEXT);\n";
    project.write("schema.sql", swapped);
    for renames in [
        "--rename s1=s2 --rename s2=s1",
        "--rename s1=s3",
        "--rename s9=s1",
        "--rename s1.x=w",
        "--rename s1.v=v",
    ] {
        for command in ["check", "revision --autogenerate -m Second"] {
            let ran = project.limbeck(&format!("{command} {renames}"));
            assert_eq!(ran.code, 2, "{renames}: {}", ran.whole());
        }
    }
    let former = swapped.replace("CREATE TABLE s1", "-- limbeck:renamed_from s2\nCREATE TABLE s1");
    project.write("schema.sql", &former);
    assert_snapshot!(project.limbeck("check").whole(), @"
    exit 2
    -- stderr
    error: table `s2` to `s1` does not fit: the old name is still wanted, or the new one is not free
      help: where names change places, write the revision by hand, with a third name in between
    ");
    project.write(
        "schema.sql",
        "CREATE TABLE s1 (id BIGINT PRIMARY KEY);\n-- limbeck:renamed_from a\nCREATE INDEX i ON s1 (id);\n",
    );
    assert_eq!(kind(&project, "check"), (2, "script".to_owned()));
    assert_eq!(project.limbeck("revision -m Second --rename a=b").code, 2);
}

/// Both are asked about: the table has one column of the same name, and one column goes where another one comes.
#[test]
fn what_is_only_a_little_alike_is_asked_about_too() {
    let project = project(
        "CREATE TABLE account (id BIGINT PRIMARY KEY, mail TEXT);\nCREATE TABLE t (id BIGINT PRIMARY KEY, flag BOOLEAN);\n",
    );
    project.good("revision --autogenerate -m First");
    project.write(
        "schema.sql",
        "CREATE TABLE person (id BIGINT PRIMARY KEY, email TEXT);\nCREATE TABLE t (id BIGINT PRIMARY KEY, active SMALLINT);\n",
    );
    assert_snapshot!(project.limbeck("revision --autogenerate -m Second").whole(), @"
    exit 2
    -- stderr
    error: table `account` to `person` may be a new name for the same, and would be dropped and made anew
      help: say that it is one: `--rename account=person --rename t.flag=active`
      help: say that nothing has a new name: `--no-rename`
    ");
    let both = "--rename account=person --rename account.mail=email --rename t.flag=active";
    let ran = project.limbeck(&format!("check {both}"));
    assert!(!ran.out.contains("loses"), "{}", ran.whole());
    project.good("revision --autogenerate -m Second --no-rename");
}

#[test]
fn a_table_says_its_former_name_itself() {
    let project = project("CREATE TABLE account (id BIGINT PRIMARY KEY);\n");
    project.good("revision --autogenerate -m First");
    let renamed = "-- limbeck:renamed_from account\nCREATE TABLE person (id BIGINT PRIMARY KEY);\n";
    project.write("schema.sql", renamed);
    assert_snapshot!(project.limbeck("check").whole(), @"
    exit 1
    -- stdout
    ALTER TABLE account RENAME TO person;
    ALTER TABLE person RENAME CONSTRAINT pk_account TO pk_person;
    ");
    project.good("revision --autogenerate -m Second");
    // It stays there, and means nothing any more.
    assert_eq!(project.limbeck("check").code, 0);
    project.write(
        "schema.sql",
        renamed
            .replace("account", "person")
            .replace("TABLE person", "TABLE \"Person2\""),
    );
    project.good("revision --autogenerate -m Third");
    project.write(
        "schema.sql",
        "-- limbeck:renamed_from \"Person2\"\nCREATE TABLE crowd (id BIGINT PRIMARY KEY);\n",
    );
    let ran = project.limbeck("check");
    assert!(
        ran.out.starts_with("ALTER TABLE \"Person2\" RENAME TO crowd;"),
        "{}",
        ran.whole()
    );
}

#[test]
fn a_column_says_its_former_name_above_its_table() {
    let project = project("CREATE TABLE account (id BIGINT PRIMARY KEY, mail TEXT, \"a=b\" TEXT);\n");
    project.good("revision --autogenerate -m First");
    let renamed = "-- limbeck:renamed_from account, mail=email, \"a=b\"=\"c, d\"\n\
        CREATE TABLE person (id BIGINT PRIMARY KEY, email TEXT, \"c, d\" TEXT);\n";
    project.write("schema.sql", renamed);
    assert_snapshot!(project.limbeck("check").whole(), @r#"
    exit 1
    -- stdout
    ALTER TABLE account RENAME TO person;
    ALTER TABLE person RENAME COLUMN mail TO email;
    ALTER TABLE person RENAME COLUMN "a=b" TO "c, d";
    ALTER TABLE person RENAME CONSTRAINT pk_account TO pk_person;
    "#);
    project.good("revision --autogenerate -m Second");
    assert_eq!(project.limbeck("check").code, 0);
    for names in ["", "a b", "a, b", "a=", "=a", "a=b=c", "a,"] {
        project.write(
            "schema.sql",
            format!("-- limbeck:renamed_from {names}\nCREATE TABLE person (id BIGINT PRIMARY KEY);\n"),
        );
        assert_eq!(kind(&project, "check"), (2, "script".to_owned()), "{names}");
    }
}
