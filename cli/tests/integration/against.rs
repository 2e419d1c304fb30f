//! `verify --against` and `--single-head`: the files, and what a branch of git has.

use std::fs;

use insta::assert_snapshot;
use serde_json::json;

use crate::git::commit;
use crate::git::git;
use crate::git::init;
use crate::git::on_a_branch;
use crate::project::Project;
use crate::project::is;

const A1: &str = "migrations/a1_add_accounts.sql";
const B2: &str = "migrations/b2_add_teams.sql";

/// The kinds of what is found.
fn kinds(project: &Project, arguments: &str) -> Vec<String> {
    let (code, answer) = project.json(arguments);
    let findings = answer["findings"].as_array().unwrap();
    assert_eq!(code, i32::from(!findings.is_empty()), "{answer}");
    let kind = |finding: &serde_json::Value| finding["kind"].as_str().unwrap().to_owned();
    findings.iter().map(kind).collect()
}

fn c3(project: &Project, revises: &str) {
    project.revision(
        "c3",
        revises,
        "Add tags",
        "CREATE TABLE tag (id BIGINT);",
        "DROP TABLE tag;",
    );
}

#[test]
fn new_revisions_on_top_are_good() {
    let project = on_a_branch();
    c3(&project, "revises b2");
    assert_snapshot!(project.good("verify --single-head --against main"), @"nothing found");
}

#[test]
fn several_heads_are_found() {
    let project = Project::with_revisions();
    c3(&project, "revises a1");
    assert_snapshot!(project.limbeck("verify --single-head").whole(), @"
    exit 1
    -- stdout
    error: there are 2 heads: b2 (migrations/b2_add_teams.sql), c3 (migrations/c3_add_tags.sql)
      help: put the new one on top of the other: `limbeck rebase`
      help: or join them by a revision: `limbeck merge`

    1 finding
    ");
    assert_eq!(kinds(&project, "verify"), [""; 0]);
    project.good("merge --rev-id d4");
    assert_eq!(kinds(&project, "verify --single-head"), [""; 0]);
}

#[test]
fn an_edited_revision_is_found() {
    let project = on_a_branch();
    let text = project.read(A1);
    project.write(A1, text.replace("CREATE TABLE", "-- a comment\r\ncreate   table"));
    assert_eq!(kinds(&project, "verify --against main"), [""; 0]);
    // A downgrade may be corrected.
    project.write(
        A1,
        text.replace(
            "DROP TABLE account",
            "ALTER TABLE account RENAME TO old;\nDROP TABLE old",
        ),
    );
    assert_eq!(kinds(&project, "verify --against main"), [""; 0]);
    project.write(A1, text.replace("BIGINT", "INTEGER"));
    assert_snapshot!(project.limbeck("verify --against main").whole(), @"
    exit 1
    -- stdout
    error: the upgrade of revision a1 is not the one of main
     --> migrations/a1_add_accounts.sql:3:1
      |
    3 | -- limbeck:revision a1
      | ^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: put it back as it was, and write the change as a new revision: a database to which it is applied refuses it

    1 finding
    ");
    // What is committed here is no other thing.
    commit(&project, "Edit");
    assert_eq!(kinds(&project, "verify --against main"), ["edited"]);
    assert_eq!(kinds(&project, "verify --against HEAD"), [""; 0]);
    assert_eq!(kinds(&project, "verify --against HEAD~1"), ["edited"]);
}

#[test]
fn only_the_dialects_of_the_project_count() {
    let project = on_a_branch();
    let text = project.read(A1);
    let more = format!("{text}\n-- limbeck:upgrade mysql\nALTER TABLE account COMMENT 'people';\n");
    project.write(A1, more);
    assert_eq!(kinds(&project, "verify --against main"), [""; 0]);
    project.write(
        "limbeck.toml",
        "url = \"sqlite://app.db\"\ndialects = [\"mysql\"]\n",
    );
    assert_eq!(kinds(&project, "verify --against main"), ["edited"]);
    project.write("limbeck.toml", "");
    assert!(kinds_without_database(&project).contains("is not the one of main"));
}

/// What is said where no database is configured, after a note.
fn kinds_without_database(project: &Project) -> String {
    let ran = project.limbeck("verify --against main");
    assert_eq!(ran.code, 1, "{}", ran.whole());
    assert!(ran.err.contains("no database is configured"), "{}", ran.err);
    ran.out
}

#[test]
fn a_removed_revision_is_found() {
    let project = on_a_branch();
    fs::remove_file(project.path(B2)).unwrap();
    assert_snapshot!(project.limbeck("verify --against main").whole(), @"
    exit 1
    -- stdout
    error: revision b2 is gone, which main has in main:migrations/b2_add_teams.sql
      help: put its file back: a database to which it is applied needs it
      help: to take back what it does, write a new revision

    1 finding
    ");
    // A file may have another name.
    git(&project, "", &["restore", B2]);
    git(&project, "", &["mv", B2, "migrations/other.sql"]);
    assert_eq!(kinds(&project, "verify --against main"), [""; 0]);
}

#[test]
fn a_revision_below_earlier_ones_is_found() {
    let project = on_a_branch();
    c3(&project, "revises a1");
    let text = project.read(B2);
    project.write(B2, text.replace("revises a1", "revises c3"));
    assert_snapshot!(project.limbeck("verify --against main").whole(), @"
    exit 1
    -- stdout
    error: revision c3 is new and lies below b2, which main has
     --> migrations/c3_add_tags.sql:3:1
      |
    3 | -- limbeck:revision c3
      | ^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: put it on top, where it will run: `limbeck rebase c3`

    1 finding
    ");
    // The same through a dependency.
    project.write(
        B2,
        text.replace("revises a1", "revises a1\n-- limbeck:depends_on c3"),
    );
    assert_eq!(kinds(&project, "verify --against main"), ["inserted"]);
}

#[test]
fn a_moved_revision_is_found() {
    let project = on_a_branch();
    let text = project.read(B2);
    project.write(B2, text.replace("-- limbeck:revises a1\n", ""));
    assert_snapshot!(project.limbeck("verify --against main").whole(), @"
    exit 1
    -- stdout
    error: revision b2 revises nothing, and in main it revises a1
     --> migrations/b2_add_teams.sql:3:1
      |
    3 | -- limbeck:revision b2
      | ^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: put its header back as it was: what is applied stays where it is

    1 finding
    ");
}

#[test]
fn what_main_got_since_is_no_fault_of_the_branch() {
    let project = on_a_branch();
    c3(&project, "revises b2");
    commit(&project, "Add tags");
    git(&project, "", &["switch", "--quiet", "main"]);
    project.revision(
        "d4",
        "revises b2",
        "Add images",
        "CREATE TABLE image (id BIGINT);",
        "",
    );
    let text = project.read(A1);
    project.write(A1, text.replace("BIGINT", "INTEGER"));
    commit(&project, "Add images");
    git(&project, "", &["switch", "--quiet", "feature"]);
    assert_snapshot!(project.limbeck("verify --against main").whole(), @"
    exit 1
    -- stdout
    error: revision a1 of main was changed there since
      help: merge main first; where that makes two heads, `limbeck rebase` puts the new revisions on top

    error: revision d4 of main is not here yet
      help: merge main first; where that makes two heads, `limbeck rebase` puts the new revisions on top

    2 findings
    ");
    git(&project, "", &["merge", "--quiet", "--no-edit", "main"]);
    assert_eq!(kinds(&project, "verify --single-head --against main"), ["heads"]);
}

#[test]
fn a_project_may_lie_anywhere_in_a_repository() {
    let project = Project::empty();
    init(&project, "");
    let service = "services/ein \"Laden\"\\n ü";
    project.write(
        &format!("{service}/limbeck.toml"),
        "url = \"sqlite://app.db\"\nversion_locations = [\"one\", \"../two\"]\nrecursive_version_locations = true\n",
    );
    let revision = |id: &str, revises: &str| {
        format!(
            "-- limbeck:revision {id}\n{revises}-- limbeck:upgrade\nCREATE TABLE {id} (id BIGINT);\n-- limbeck:load rows.csv into {id}\n"
        )
    };
    let names = [
        (
            format!("{service}/one/sub folder/a\n\t'\"1.sql"),
            revision("a1", ""),
        ),
        (
            "services/two/ä2.SQL".to_owned(),
            revision("b2", "-- limbeck:revises a1\n"),
        ),
    ];
    for (name, text) in &names {
        project.write(name, text);
        project.write(
            &format!("{}/rows.csv", name.rsplit_once('/').unwrap().0),
            "id\n1\n",
        );
    }
    project.write("services/two/.hidden.sql", "no revision");
    project.write("services/two/notes.txt", "no revision");
    commit(&project, "Begin");
    let verify = || {
        let ran = project.run_in(service, &["verify", "--against", "HEAD", "--json"], &[]);
        let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        let findings = answer["findings"]
            .as_array()
            .unwrap_or_else(|| panic!("{answer}"))
            .clone();
        findings
            .into_iter()
            .map(|finding| finding["message"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(verify(), [""; 0]);
    for (name, text) in &names {
        project.write(name, text.replace("BIGINT", "INTEGER"));
    }
    assert_eq!(
        verify(),
        [
            json!("the upgrade of revision a1 is not the one of HEAD"),
            json!("the upgrade of revision b2 is not the one of HEAD")
        ]
    );
    git(&project, "", &["checkout", "--quiet", "."]);
    // The rows of a file are a part of the revision.
    project.write("services/two/rows.csv", "id\n2\n");
    assert_eq!(
        verify(),
        [json!("the upgrade of revision b2 is not the one of HEAD")]
    );
    git(&project, "", &["checkout", "--quiet", "."]);
    fs::remove_dir_all(project.path("services/two")).unwrap();
    fs::create_dir(project.path("services/two")).unwrap();
    assert_eq!(
        verify(),
        [json!(
            "revision b2 is gone, which HEAD has in HEAD:services/two/ä2.SQL"
        )]
    );
}

#[cfg(unix)]
#[test]
fn links_in_the_repository_are_followed() {
    let project = on_a_branch();
    git(&project, "", &["mv", B2, "b2.sql"]);
    std::os::unix::fs::symlink("../b2.sql", project.path(B2)).unwrap();
    commit(&project, "Link");
    assert_eq!(kinds(&project, "verify --against HEAD"), [""; 0]);
    project.write("b2.sql", project.read("b2.sql").replace("BIGINT", "INTEGER"));
    assert_eq!(kinds(&project, "verify --against HEAD"), ["edited"]);
}

#[test]
fn a_hook_of_git_sees_the_same() {
    let project = on_a_branch();
    let arguments = ["verify", "--against", "main"];
    let elsewhere = Project::empty();
    init(&elsewhere, "");
    let git_dir = elsewhere.path(".git");
    let environment = [("GIT_DIR", git_dir.to_str().unwrap()), ("GIT_INDEX_FILE", "none")];
    let ran = project.run(&arguments, &environment);
    assert_eq!(ran.code, 0, "{}", ran.whole());
}

#[test]
fn without_a_repository_or_a_commit_it_says_what_to_do() {
    let project = Project::with_revisions();
    assert_snapshot!(project.limbeck("verify --against origin/main").whole(), @"
    exit 2
    -- stderr
    error: migrations is in no git repository
      help: run it in a clone; what is compared is read from git
    ");
    is(&project, "verify --against origin/main", 2, "io");
    init(&project, "");
    assert_snapshot!(project.limbeck("verify --against origin/main").whole(), @"
    exit 2
    -- stderr
    error: git knows no commit `origin/main` here
      help: fetch it: `git fetch origin main`
      help: a CI job often has one commit alone: check out the whole history, as with `fetch-depth: 0`
    ");
    is(&project, "verify --against origin/main", 2, "target");
    is(&project, "verify --against --all", 2, "usage");
    is(&project, "verify --against=--all", 2, "target");
    commit(&project, "Begin");
    assert_eq!(kinds(&project, "verify --against main"), [""; 0]);
    let path = [("PATH", "/nowhere")];
    let ran = project.run(&["verify", "--against", "main"], &path);
    assert!(ran.err.contains("git cannot be started"), "{}", ran.err);
}

#[test]
fn faulty_files_of_a_commit_are_told_with_its_name() {
    let project = on_a_branch();
    let text = project.read(A1);
    project.write(A1, text.replace("limbeck:upgrade", "limbeck:upgarde"));
    commit(&project, "Break");
    project.write(A1, text);
    assert_snapshot!(project.limbeck("verify --against HEAD").whole(), @"
    exit 2
    -- stderr
    error: there is no directive `upgarde`
     --> HEAD:migrations/a1_add_accounts.sql:7:1
      |
    7 | -- limbeck:upgarde
      | ^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `upgrade`?
      = help: these are the files of HEAD: name a commit at which `limbeck verify` finds nothing
    ");
}

#[test]
fn a_shallow_clone_that_has_the_branch_is_enough() {
    let project = on_a_branch();
    project.write(A1, project.read(A1).replace("BIGINT", "INTEGER"));
    commit(&project, "Edit");
    let clone = Project::empty();
    let url = format!("file://{}", project.path("").display());
    git(
        &clone,
        "",
        &["clone", "--quiet", "--depth=1", "--branch=feature", &url, "clone"],
    );
    let verify = || clone.run_in("clone", &["verify", "--against", "origin/main"], &[]);
    assert!(verify().err.contains("fetch-depth: 0"), "{}", verify().whole());
    git(
        &clone,
        "clone",
        &[
            "fetch",
            "--quiet",
            "--depth=1",
            "origin",
            "main:refs/remotes/origin/main",
        ],
    );
    let ran = verify();
    assert_eq!(ran.code, 1, "{}", ran.whole());
    assert!(
        ran.out
            .contains("the upgrade of revision a1 is not the one of origin/main"),
        "{}",
        ran.out
    );
}
