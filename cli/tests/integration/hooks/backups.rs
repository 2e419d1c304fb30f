//! Backups before a run.

use std::fs;

use serde_json::json;

use super::applied;
use super::configured;
use crate::project::Project;
use crate::project::WAITS;
use crate::project::finish;
use crate::project::is;
use crate::signals::signal;

/// The names of the backups.
fn backups(project: &Project) -> Vec<String> {
    let Ok(files) = fs::read_dir(project.path("backups")) else {
        return Vec::new();
    };
    let mut names: Vec<String> = files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn count(project: &Project, file: &str, query: &str) -> i64 {
    project
        .sqlite(file)
        .query_row(query, [], |row| row.get(0))
        .unwrap()
}

const TABLES: &str = "SELECT count(*) FROM sqlite_schema WHERE name IN ('account', 'team')";

#[test]
fn sqlite_is_copied_as_it_was_before_the_run() {
    let project = configured("");
    project.good("upgrade a1");
    project
        .sqlite("app.db")
        .execute_batch("INSERT INTO account VALUES (7); PRAGMA user_version = 5")
        .unwrap();
    let (_, answer) = project.json("upgrade --backup");
    let [name] = backups(&project).try_into().unwrap();
    assert!(
        name.starts_with("shop_2") && name.ends_with("Z_a1.backup"),
        "{name}"
    );
    let file = format!("backups/{name}");
    let said = answer["backup"].as_str().unwrap();
    assert_eq!(
        fs::canonicalize(said).unwrap(),
        project.path(&file).canonicalize().unwrap()
    );
    assert_eq!(count(&project, &file, TABLES), 1, "team came later");
    assert_eq!(count(&project, &file, "SELECT id FROM account"), 7);
    assert_eq!(count(&project, &file, "PRAGMA user_version"), 5);

    // It is a database that a run goes on from.
    fs::copy(project.path(&file), project.path("again.db")).unwrap();
    let again = project.run(&["upgrade", "--url", "sqlite://again.db"], &[]);
    assert_eq!(
        again.out,
        "1 revision applied; the database is at b2\n",
        "{}",
        again.whole()
    );
}

#[test]
fn a_downgrade_makes_one_too() {
    let project = configured("");
    project.good("upgrade");
    project.good("downgrade base --backup");
    let [name] = backups(&project).try_into().unwrap();
    assert_eq!(count(&project, &format!("backups/{name}"), TABLES), 2);
    project.good("downgrade base --backup");
    assert_eq!(backups(&project).len(), 1, "nothing was done");
    project.good("upgrade");
    assert_eq!(backups(&project).len(), 1, "nobody wanted one");
}

#[test]
fn the_configuration_or_an_environment_wants_one_always() {
    let project = configured("[backup]\nalways = true\n");
    project.good("upgrade a1");
    assert_eq!(backups(&project).len(), 1);
    project.good("upgrade --no-backup");
    assert_eq!(backups(&project).len(), 1);

    project.write("limbeck.toml", "url = \"sqlite://app.db\"\n");
    project.write(".env.production", "LIMBECK_BACKUP=always\n");
    project.good("downgrade a1");
    assert_eq!(backups(&project).len(), 1);
    let ran = project.run(&["upgrade"], &[("LIMBECK_ENV", "production")]);
    assert_eq!(ran.code, 0, "{}", ran.whole());
    assert_eq!(backups(&project).len(), 2);
    let ran = project.run(&["upgrade"], &[("LIMBECK_BACKUP", "sometimes")]);
    assert!(
        ran.code == 2 && ran.err.contains("neither `always` nor `never`"),
        "{}",
        ran.whole()
    );
}

#[test]
fn a_backup_that_fails_keeps_everything_from_the_database_and_leaves_no_file() {
    for (command, says) in [
        ("echo half > {file}; exit 9", "it ended with exit status: 9"),
        ("true {file}", "has not written"),
        ("touch {file}", "has written nothing into"),
        ("echo {user} > {file}", "the database URL does not name it"),
        ("echo half > {file}; sleep 600", "it ran longer than"),
    ] {
        let project = configured(&format!(
            "[backup]\ncommand = \"{command}\"\ntimeout = \"300ms\"\n"
        ));
        let (code, answer) = project.json("upgrade --backup");
        assert_eq!((code, &answer["error"]["kind"]), (2, &json!("hook")), "{command}");
        let message = answer["error"]["message"].as_str().unwrap();
        assert!(
            message.starts_with("the backup failed before the run: ") && message.contains(says),
            "{message}"
        );
        assert_eq!(backups(&project), [""; 0], "{command}");
        assert_eq!(applied(&project), json!([]), "{command}");
    }
}

#[test]
fn a_refusal_comes_before_the_backup_and_a_failure_names_it() {
    let project = configured("[hooks]\nbefore_run = [\"exit 1\"]\n");
    is(&project, "upgrade --backup", 2, "hook");
    assert_eq!(backups(&project), [""; 0]);

    let project = configured("");
    project.revision(
        "c3",
        "revises b2",
        "Fail",
        "INSERT INTO account (id) VALUES (1), (1);",
        "DELETE FROM account;",
    );
    let (code, answer) = project.json("upgrade --backup");
    assert_eq!(code, 2);
    let [name] = backups(&project).try_into().unwrap();
    let hints = answer["error"]["hints"].to_string();
    assert!(
        hints.contains("the backup from before this run is") && hints.contains(&name),
        "{hints}"
    );
}

#[test]
fn a_database_in_memory_has_none() {
    let project = configured("");
    let ran = project.limbeck("upgrade --backup --url sqlite::memory:");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("a database in memory"), "{}", ran.whole());
}

#[test]
fn the_command_hears_the_parts_of_the_url_and_writes_where_it_is_told() {
    let project = configured(
        "[backup]\ncommand = \"pwd > {file}\"\nfolder = \"safe place's\"\nfile = \"{revision}-{time}\"\n",
    );
    let (code, answer) = project.json("upgrade --backup");
    assert_eq!(code, 0, "{answer}");
    let text = fs::read_to_string(answer["backup"].as_str().unwrap()).unwrap();
    assert_eq!(
        text.trim_end(),
        project.path("").canonicalize().unwrap().display().to_string()
    );
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(project.path("safe place's"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o700, "a backup holds all data");
}

#[test]
fn ctrl_c_ends_a_backup_and_leaves_no_file() {
    let project = configured(&format!(
        "[backup]\ncommand = \"echo half > {{file}}; {WAITS}\"\n"
    ));
    let child = project.begun(&["upgrade", "--backup"]);
    assert_eq!(backups(&project).len(), 1, "half of it is there");
    let (_, status) = project.json("status");
    assert_eq!(
        status["lock"]["pid"],
        json!(child.id()),
        "it is made under the lock"
    );
    signal(&child, "INT");
    let ran = finish(child);
    assert_eq!(ran.code, 130, "{}", ran.whole());
    assert_eq!(backups(&project), [""; 0]);
    assert_eq!(applied(&project), json!([]));
}

#[test]
fn a_killed_run_leaves_no_file_that_looks_whole() {
    let project = configured(&format!(
        "[backup]\ncommand = \"echo half > {{file}}; {WAITS}\"\n"
    ));
    let child = project.begun(&["upgrade", "--backup"]);
    signal(&child, "KILL");
    // The command outlives it.
    project.write("go", "");
    finish(child);
    let [name] = backups(&project).try_into().unwrap();
    assert!(name.ends_with(".partial"), "{name}");
    assert_eq!(applied(&project), json!([]));
}

#[test]
fn a_command_may_write_elsewhere() {
    let project = configured("[backup]\ncommand = \"echo all > elsewhere\"\n");
    let (code, answer) = project.json("upgrade --backup");
    assert_eq!((code, &answer["backup"]), (0, &json!(null)), "{answer}");
    assert_eq!(project.read("elsewhere"), "all\n");
}

#[test]
fn of_two_processes_one_has_a_backup_to_make() {
    let project = configured("[backup]\nalways = true\n");
    let children: Vec<_> = (0..4).map(|_| project.start(&["upgrade"])).collect();
    for child in children {
        let ran = finish(child);
        assert_eq!(ran.code, 0, "{}", ran.whole());
    }
    assert_eq!(backups(&project).len(), 1);
}
