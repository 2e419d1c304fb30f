//! The layers of the configuration, and what is told of them.

use std::process::Command;

use insta::assert_snapshot;
use serde_json::Value;
use serde_json::json;

use crate::project::Project;
use crate::project::filtered;

fn setting<'a>(answer: &'a Value, key: &str) -> &'a Value {
    let settings = answer["settings"].as_array().unwrap();
    settings.iter().find(|setting| setting["key"] == key).unwrap()
}

fn project() -> Project {
    let project = Project::with_revisions();
    project.write("limbeck.toml", "url = \"sqlite://app.db\"\nlock_timeout = \"1m\"\n[databases.archive]\nurl = \"postgres://ann:s3cret@db/archive\"\n");
    project.write(".env", "LIMBECK_ENV=test\nDATABASE_URL=sqlite://env.db\n");
    project.write(
        ".env.local",
        "DATABASE_URL=sqlite://local.db\nLIMBECK_AHEAD=warn\nLIMBECK_BACKUP=never\n",
    );
    project.write(".env.test", "DATABASE_URL=sqlite://test.db\n");
    project
}

#[test]
fn each_setting_is_told_with_its_source() {
    let project = project();
    filtered(|| {
        let shown = project.good("config show");
        let head: Vec<&str> = shown.lines().take(9).collect();
        assert_snapshot!(head.join("\n"), @"
        environment                   test                                 LIMBECK_ENV in .env
        file                          limbeck.toml
        env file                      .env
        env file                      .env.local
        env file                      .env.test
        env file                      .env.test.local                      not there
        url                           sqlite://test.db                     DATABASE_URL in .env.test
        databases.archive.url         postgres://ann:***@db/archive        limbeck.toml
        ahead                         warn                                 LIMBECK_AHEAD in .env.local
        ");
    });
    let (_, answer) = project.json("config show");
    assert_eq!(answer["environment"], json!("test"));
    let test = &answer["databases"][0];
    assert_eq!(
        (&test["name"], &test["url"]),
        (&json!(null), &json!("sqlite://test.db"))
    );
    assert_eq!(
        test["source"],
        json!({"layer": "env_file", "file": ".env.test", "name": "DATABASE_URL"})
    );
    assert_eq!(
        answer["databases"][1]["url"],
        json!("postgres://ann:***@db/archive")
    );
    assert_eq!(
        setting(&answer, "lock_timeout")["source"]["layer"],
        json!("configuration")
    );
    assert_eq!(
        setting(&answer, "version_table")["source"]["layer"],
        json!("default")
    );
    let ahead = setting(&answer, "ahead");
    assert_eq!(
        (&ahead["value"], &ahead["source"]["name"]),
        (&json!("warn"), &json!("LIMBECK_AHEAD"))
    );
    let backup = &setting(&answer, "backup.always");
    assert_eq!(
        (&backup["value"], &backup["source"]["name"]),
        (&json!("never"), &json!("LIMBECK_BACKUP"))
    );
    assert!(!answer.to_string().contains("s3cret"), "{answer}");

    let (_, flag) = project.json("config show --url mysql://ann:s3cret@db/x");
    assert_eq!(flag["databases"][0]["url"], json!("mysql://ann:***@db/x"));
    assert_eq!(flag["databases"][0]["source"]["layer"], json!("flag"));
}

#[test]
fn the_variable_of_the_process_chooses_the_environment() {
    let project = project();
    for (environment, file) in [("development", "local.db"), ("test", "test.db")] {
        let ran = project.run(&["upgrade"], &[("LIMBECK_ENV", environment)]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(project.path(file).exists(), "{file}");
    }
    assert!(!project.path("env.db").exists() && !project.path("app.db").exists());
}

#[test]
fn a_project_may_name_another_variable() {
    let project = Project::with_revisions();
    project.write(
        "limbeck.toml",
        "environment_variable = \"APP_ENV\"\nurl = \"sqlite://app.db\"\n",
    );
    project.write(".env.test", "DATABASE_URL=sqlite://test.db\n");
    let ran = project.run(
        &["upgrade"],
        &[("APP_ENV", "test"), ("LIMBECK_ENV", "development")],
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(project.path("test.db").exists() && !project.path("app.db").exists());
    let error = project.run(&["db", "reset", "--yes"], &[]).err;
    assert!(
        error.contains("APP_ENV does not say") && error.contains("APP_ENV=development"),
        "{error}"
    );
}

#[test]
fn a_project_without_a_database_is_shown() {
    let project = Project::with_revisions();
    project.write("limbeck.toml", "");
    let (code, answer) = project.json("config show");
    assert_eq!((code, &answer["databases"][0]["url"]), (0, &json!(null)));
    assert_eq!(
        answer["databases"][0]["error"],
        json!("no database is configured")
    );
    assert_eq!(answer["environment"], json!(null));
}

#[test]
fn files_of_one_machine_are_found_in_git() {
    let project = Project::with_revisions();
    project.good("db init");
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.current_dir(project.path("")).args(arguments);
        command.output().is_ok_and(|output| output.status.success())
    };
    if !git(&["init", "--quiet"]) {
        limbeck_testkit::skip_for_want_of("git", "git is not installed");
        return;
    }
    project.write(".env.local", "A=1\n");
    project.write(".env.test.local", "A=1\n");
    project.write(".env.test", "A=1\n");
    assert_eq!(project.good("verify"), "nothing found\n");
    assert!(git(&[
        "add",
        "--force",
        ".env.test",
        ".env.local",
        ".env.test.local"
    ]));
    let (code, answer) = project.json("verify");
    assert_eq!(code, 1);
    let findings = answer["findings"].as_array().unwrap().iter();
    let found: Vec<_> = findings
        .map(|finding| (&finding["kind"], &finding["file"]))
        .collect();
    let tracked = json!("tracked");
    assert_eq!(
        found,
        [
            (&tracked, &json!(".env.local")),
            (&tracked, &json!(".env.test.local"))
        ]
    );
}

#[test]
fn a_new_project_keeps_files_of_one_machine_out_of_git() {
    let project = Project::empty();
    project.write(".gitignore", "target\n.env");
    project.good("init");
    assert_eq!(
        project.read(".gitignore"),
        "target\n.env\n.env.local\n.env.*.local\n*.db\n*.db-*\n*.limbeck-lock\n"
    );
    let template = project.read(".env.template");
    assert!(
        template.contains("LIMBECK_ENV=development\nDATABASE_URL=sqlite://"),
        "{template}"
    );
    project.write(".env", &template);
    project.good("upgrade");
    assert_eq!(project.json("config show").1["environment"], json!("development"));
}
