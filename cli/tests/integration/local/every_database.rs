//! `--database all`.

use insta::assert_snapshot;
use serde_json::json;

use crate::project::Project;
use crate::project::filtered;
use crate::project::is;

/// A database without a name, and two with one that are not in the order of the alphabet.
fn project() -> Project {
    let project = Project::with_revisions();
    project.write(
        "limbeck.toml",
        "url = \"sqlite://app.db\"\n[databases.web]\nurl = \"sqlite://web.db\"\n[databases.archive]\nurl = \"sqlite://archive.db\"\n",
    );
    project
}

#[test]
fn every_database_is_upgraded_in_the_order_of_the_file() {
    let project = project();
    filtered(|| {
        let ran = project.limbeck("--database all upgrade");
        assert_snapshot!(ran.out, @"
        database without a name
        2 revisions applied; the database is at b2

        database web
        2 revisions applied; the database is at b2

        database archive
        2 revisions applied; the database is at b2
        ");
        assert_snapshot!(project.good("current --database all"), @"
        database without a name
        b2 (head) Add teams

        database web
        b2 (head) Add teams

        database archive
        b2 (head) Add teams
        ");
    });
    for file in ["app.db", "web.db", "archive.db"] {
        assert!(project.path(file).exists(), "{file}");
    }
    let (code, answer) = project.json("downgrade -1 --database all");
    let databases = answer["databases"].as_array().unwrap();
    let found: Vec<_> = databases
        .iter()
        .map(|part| (&part["database"], &part["answer"]["revisions"]))
        .collect();
    let a1 = json!(["a1"]);
    assert_eq!(code, 0);
    assert_eq!(
        found,
        [
            (&json!(null), &a1),
            (&json!("web"), &a1),
            (&json!("archive"), &a1)
        ]
    );
    assert_eq!(project.limbeck("status --exit-code --database all").code, 1);
}

#[test]
fn it_stops_at_the_first_that_fails() {
    let project = project();
    project
        .sqlite("web.db")
        .execute_batch("CREATE TABLE account (x)")
        .unwrap();
    let ran = project.limbeck("upgrade --database all");
    assert_eq!(ran.code, 2, "{}", ran.out);
    let told = "this is about `web`; done before it: the one without a name; not begun: `archive`";
    assert!(ran.err.contains(told), "{}", ran.err);
    assert!(project.path("app.db").exists() && !project.path("archive.db").exists());

    let (code, answer) = project.json("upgrade --database all");
    let databases = answer["databases"].as_array().unwrap();
    assert_eq!((code, databases.len()), (2, 2), "{answer}");
    assert_eq!(databases[1]["database"], json!("web"));
    assert_eq!(databases[1]["answer"]["error"]["kind"], json!("statement"));
}

#[test]
fn what_is_about_one_database_is_refused() {
    let project = project();
    for line in [
        "revision -m x",
        "upgrade --sql",
        "db drop --yes",
        "db url",
        "dump",
    ] {
        is(&project, &format!("{line} --database all"), 2, "usage");
    }
    project.write("limbeck.toml", "[databases.all]\nurl = \"sqlite://app.db\"\n");
    is(&project, "status", 2, "config");
    project.write("limbeck.toml", "");
    is(&project, "status --database all", 2, "url");
}
