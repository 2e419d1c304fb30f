//! What no terminal, shell or program may stumble over: texts that steer a terminal, files that are none, names that
//! are too long.

use std::fs;

use insta::assert_snapshot;
use serde_json::json;

use crate::project::Project;
use crate::project::filtered;
use crate::project::is;

#[test]
fn texts_of_files_and_of_the_database_do_not_steer_the_terminal() {
    let project = Project::new();
    project.revision(
        "a1",
        "",
        "Add \u{1b}[31mred\u{7}",
        "CREATE TABLE red (id BIGINT NOT NULL PRIMARY KEY);",
        "DROP TABLE red;",
    );
    let colours = [("CLICOLOR_FORCE", "1")];
    for arguments in [
        "history",
        "history -v",
        "heads",
        "show a1",
        "show a1 -v",
        "plan",
        "status",
        "upgrade -v",
        "log -v",
        "current",
    ] {
        let words: Vec<&str> = arguments.split_whitespace().collect();
        let ran = project.run(&words, &colours);
        assert_eq!(ran.code, 0, "{arguments}: {}", ran.err);
        for text in [ran.out, ran.err] {
            assert!(!text.contains("\u{1b}[31mred"), "{arguments}: {text:?}");
            assert!(!text.contains('\u{7}'), "{arguments}: {text:?}");
        }
    }
    let database = limbeck_sqlite::rusqlite::Connection::open(project.path("app.db")).unwrap();
    database
        .execute_batch("UPDATE limbeck_version SET version_num = char(27) || '[31mred'")
        .unwrap();
    for arguments in ["current", "status", "upgrade", "verify"] {
        let ran = project.run(&[arguments], &colours);
        let text = format!("{}{}", ran.out, ran.err);
        assert!(!text.contains("\u{1b}[31mred"), "{arguments}: {text:?}");
        assert!(text.contains("␛[31mred"), "{arguments}: {text:?}");
    }
}

#[test]
fn every_new_revision_is_one_that_is_read() {
    let project = Project::new();
    project.good("revision -m x --rev-id .h");
    project.good(&format!("revision -m x --rev-id {}", "a".repeat(255)));
    let (_, heads) = project.json("heads");
    assert_eq!(heads["heads"][0]["revision"], json!("a".repeat(255)));
    assert_snapshot!(project.limbeck("revision -m x --version-path migrations/.hidden --rev-id b2").whole(), @"
    exit 2
    -- stderr
    error: migrations/.hidden/b2_x.sql would be a file that no command reads
      help: name a folder of `version_locations`, or set `recursive_version_locations = true` in limbeck.toml; hidden folders are never read
    ");
    is(
        &project,
        "revision -m x --version-path migrations/sub",
        2,
        "usage",
    );
    assert!(!project.path("migrations/sub").exists());
    let ran = project.limbeck("revision --rev-id ..");
    assert!(ran.err.contains("help: give a message with `-m`"), "{}", ran.err);
}

#[test]
fn a_configuration_that_is_a_folder() {
    let project = Project::empty();
    fs::create_dir_all(project.path("migrations")).unwrap();
    fs::create_dir(project.path("limbeck.toml")).unwrap();
    assert_snapshot!(project.limbeck("heads").whole(), @"
    exit 2
    -- stderr
    error: limbeck.toml cannot be read: Is a directory (os error 21)
      help: move the folder away: a file belongs there
    ");
}

#[test]
fn toml_is_marked_where_it_ends_to_be_toml() {
    let project = Project::with_revisions();
    project.write("limbeck.toml", "name = \"x\"\nurl = \"sqlite://app.db\n");
    assert_snapshot!(project.limbeck("heads").whole(), @r#"
    exit 2
    -- stderr
    error: this is not TOML: invalid basic string, expected `"`
     --> limbeck.toml:2:7
      |
    2 | url = …
      |       ^
      |
      = help: each setting has a line, `key = value`, and texts stand between quotes: `key = "text"`
    "#);
    project.write("limbeck.toml", "name of the shop = \"x\"\n");
    assert_snapshot!(project.limbeck("heads").whole(), @r#"
    exit 2
    -- stderr
    error: this is not TOML: key with no value, expected `=`
     --> limbeck.toml:1:6
      |
    1 | name of the shop = …
      |      ^^^^^^^^^^^
      |
      = help: each setting has a line, `key = value`, and texts stand between quotes: `key = "text"`
    "#);
    project.write("limbeck.toml", "url \"acme://ann:s3cret@host/?a=b\"\n");
    assert_snapshot!(project.limbeck("heads").whole(), @r#"
    exit 2
    -- stderr
    error: this is not TOML: key with no value, expected `=`
     --> limbeck.toml:1:5
      |
    1 | url …
      |     ^
      |
      = help: each setting has a line, `key = value`, and texts stand between quotes: `key = "text"`
    "#);
    project.write(
        "limbeck.toml",
        "name = \"x\"\n[databases.one\nurl = \"sqlite:x\"\n",
    );
    assert_snapshot!(project.limbeck("heads").whole(), @r#"
    exit 2
    -- stderr
    error: this is not TOML: unclosed table, expected `]`
     --> limbeck.toml:2:15
      |
    2 | [databases.one
      |               ^
      |
      = help: each setting has a line, `key = value`, and texts stand between quotes: `key = "text"`
    "#);
}

#[test]
fn a_script_without_a_place_has_its_file_in_json() {
    let project = Project::new();
    project.write("migrations/a1.sql", b"-- caf\xc3\xa9\n-- caf\xe9\n");
    let (_, answer) = project.json("upgrade");
    assert_eq!(answer["error"]["file"], json!("migrations/a1.sql"));
    assert_eq!(answer["error"]["line"], json!(2));
    project.write("migrations/b2.sql", "");
    let (_, answer) = project.json("upgrade");
    let faults = answer["error"]["faults"].as_array().unwrap();
    let places: Vec<_> = faults
        .iter()
        .map(|fault| (&fault["file"], &fault["line"]))
        .collect();
    assert_eq!(
        places,
        [
            (&json!("migrations/a1.sql"), &json!(2)),
            (&json!("migrations/b2.sql"), &json!(null))
        ]
    );
}

#[test]
fn a_url_that_cannot_be_read() {
    let project = Project::with_revisions();
    is(&project, "current --url sqlite://app.db?mode=zz", 2, "url");
    is(&project, "wait --url sqlite://app.db?mode=zz", 2, "url");
    assert_snapshot!(project.limbeck("current --url sqlite://app.db?mode=zz").whole(), @r#"
    exit 2
    -- stderr
    error: the parameter mode of the SQLite URL is "zz", not ro, rw or rwc
      help: correct it in the database URL
    "#);
}

#[test]
fn a_database_in_memory_is_said_to_be_gone() {
    let project = Project::with_revisions();
    filtered(|| {
        assert_snapshot!(project.limbeck("upgrade --url sqlite::memory:").whole(), @"
    exit 0
    -- stdout
    2 revisions applied; the database is at b2
    -- stderr
    note: this database is in memory; with the end of this command it is gone
    upgrade a1 Add accounts ([duration])
    upgrade b2 Add teams ([duration])
    ")
    });
}

#[test]
fn a_lock_file_that_is_none() {
    let project = Project::with_revisions();
    project.good("upgrade a1");
    fs::remove_file(project.path("app.db.limbeck-lock")).unwrap();
    fs::create_dir(project.path("app.db.limbeck-lock")).unwrap();
    let (code, answer) = project.json("status");
    assert_eq!((code, &answer["revisions"]), (0, &json!(["a1"])));
    assert_eq!(answer["lock"], json!(null));
    assert!(
        answer["lock_error"]
            .as_str()
            .unwrap()
            .ends_with("it is not a plain file")
    );
    assert!(project.good("status").contains("it is not a plain file"));
    let ran = project.limbeck("upgrade");
    assert!(
        ran.err.contains("help: move away what stands there"),
        "{}",
        ran.err
    );
}

#[test]
fn a_flag_with_a_value_that_it_does_not_take_is_answered_in_json() {
    let project = Project::with_revisions();
    let ran = project.limbeck("status --json=1");
    let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.code, &answer["error"]["kind"]), (2, &json!("usage")));
}

#[test]
fn the_folder_of_a_new_project_is_quoted_for_a_shell() {
    let project = Project::empty();
    let ran = project.run(&["init", "--", "-x y"], &[]);
    assert!(ran.out.contains("\n  cd './-x y'\n"), "{}", ran.out);
}
