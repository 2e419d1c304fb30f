//! Where the database is, and where it stands.

use insta::assert_snapshot;
use serde_json::json;

use crate::project::Project;
use crate::project::filtered;

#[test]
fn status_says_what_is_to_do() {
    let project = Project::with_revisions();
    project.good("upgrade a1");
    filtered(|| {
        assert_snapshot!(project.limbeck("status --exit-code").whole(), @"
    exit 1
    -- stdout
    database   sqlite://app.db ([folder]/app.db)
    revisions  a1
    heads      b2
    pending    b2 Add teams
    ")
    });
    assert_eq!(
        project.json("status").1,
        json!({"revisions": ["a1"], "heads": ["b2"], "pending": ["b2"], "unknown": [], "doubt": null, "lock": null, "unfinished": null, "edited": [], "running": null})
    );
    project.good("upgrade");
    filtered(|| {
        assert_snapshot!(project.limbeck("status --exit-code").whole(), @"
    exit 0
    -- stdout
    database   sqlite://app.db ([folder]/app.db)
    revisions  b2
    heads      b2
    pending    nothing
    ")
    });
}

#[test]
fn a_step_that_ran_in_part_is_unfinished() {
    let project = Project::new();
    project.write(
        "migrations/a1.sql",
        "-- Halves\n-- limbeck:revision a1\n\n-- limbeck:upgrade sqlite\nCREATE TABLE one (id INTEGER);\n\
         -- limbeck:no_transaction\nPRAGMA optimize;\nCREATE TABLE one (id INTEGER);\n",
    );
    assert_eq!(project.limbeck("upgrade").code, 2);
    let (code, status) = project.json("status --exit-code");
    assert_eq!(code, 1);
    assert_eq!(
        status["unfinished"],
        json!({"revision": "a1", "direction": "upgrade", "done": 2, "statements": 3})
    );
    assert!(
        project
            .good("status")
            .contains("unfinished upgrade of a1: 2 of 3 statements have run\n")
    );
}

#[test]
fn the_database_can_come_from_flags_files_and_the_environment() {
    let project = Project::with_revisions();
    project.write(".env", "DATABASE_URL=sqlite://file.db\n");
    project.write("deep/x", "");
    // The shell's folder counts for what the shell says, and the file's folder for what a file says.
    let database = |arguments: &[&str], environment: &[(&str, &str)]| {
        let ran = project.run_in("deep", arguments, environment);
        let line = ran.out.lines().next().unwrap();
        let file = line.strip_suffix(')').unwrap().rsplit('(').next().unwrap();
        let root = project.path("").canonicalize().unwrap();
        let inside = std::path::Path::new(file).strip_prefix(root).unwrap();
        inside.display().to_string()
    };
    assert_eq!(database(&["status"], &[]), "file.db");
    let environment = [("DATABASE_URL", "sqlite://environment.db")];
    assert_eq!(database(&["status"], &environment), "deep/environment.db");
    let flagged = ["status", "--url", "sqlite://flag.db"];
    assert_eq!(database(&flagged, &environment), "deep/flag.db");
    let before = ["--url", "sqlite://flag.db", "status"];
    assert_eq!(database(&before, &environment), "deep/flag.db");
    project.write(".env", "");
    assert_eq!(database(&["status"], &[]), "app.db");
    assert_eq!(
        project.run_in("deep", &["upgrade"], &[]).code,
        0,
        "from a folder of the project"
    );
    assert!(project.path("app.db").exists() && !project.path("deep/app.db").exists());
}
