//! `rebase`: own revisions on top of those of others.

use std::fs;

use insta::assert_snapshot;
use serde_json::json;

use crate::git::commit;
use crate::git::git;
use crate::git::init;
use crate::project::Project;
use crate::project::is;

const OWN: &str = "migrations/c3_add_tags.sql";
const THEIRS: &str = "migrations/d4_add_images.sql";

/// A project with a1, b2, and two heads above: the own c3 and their d4.
fn two_heads() -> Project {
    let project = Project::with_revisions();
    own(&project);
    theirs(&project);
    project
}

fn own(project: &Project) {
    project.revision(
        "c3",
        "revises b2",
        "Add tags",
        "CREATE TABLE tag (id BIGINT);",
        "DROP TABLE tag;",
    );
}

fn theirs(project: &Project) {
    project.revision(
        "d4",
        "revises b2",
        "Add images",
        "CREATE TABLE image (id BIGINT);",
        "DROP TABLE image;",
    );
}

/// A clone in the folder `clone` whose branch has c3, after a merge of the `main` of its origin, which has d4.
fn after_a_merge() -> Project {
    let origin = Project::with_revisions();
    init(&origin, "");
    commit(&origin, "Begin");
    let url = origin.path("").display().to_string();
    let clone = Project::empty();
    git(&clone, "", &["clone", "--quiet", &url, "."]);
    git(&clone, "", &["switch", "--quiet", "-c", "feature"]);
    own(&clone);
    commit(&clone, "Add tags");
    theirs(&origin);
    commit(&origin, "Add images");
    git(&clone, "", &["fetch", "--quiet"]);
    git(&clone, "", &["merge", "--quiet", "--no-edit", "origin/main"]);
    clone
}

fn heads(project: &Project) -> serde_json::Value {
    let (_, answer) = project.json("heads");
    let heads = answer["heads"].as_array().unwrap();
    heads.iter().map(|head| head["revision"].clone()).collect()
}

#[test]
fn the_own_branch_comes_on_top_after_a_merge_of_git() {
    let project = after_a_merge();
    let (before, theirs) = (project.read(OWN), project.read(THEIRS));
    assert_snapshot!(project.limbeck("verify --single-head --against origin/main").whole(), @"
    exit 1
    -- stdout
    error: there are 2 heads: c3 (migrations/c3_add_tags.sql), d4 (migrations/d4_add_images.sql)
      help: put the new one on top of the other: `limbeck rebase --against origin/main`
      help: or join them by a revision: `limbeck merge`

    1 finding
    ");
    assert_snapshot!(project.limbeck("rebase --dry-run").whole(), @"
    exit 0
    -- stdout
    c3 would revise d4, not b2 (migrations/c3_add_tags.sql)
    ");
    assert_eq!(project.read(OWN), before);
    assert_snapshot!(project.limbeck("rebase").whole(), @"
    exit 0
    -- stdout
    c3 revises d4, not b2 (migrations/c3_add_tags.sql)
    ");
    assert_eq!(project.read(OWN), before.replace("revises b2", "revises d4"));
    assert_eq!(project.read(THEIRS), theirs);
    let names = fs::read_dir(project.path("migrations")).unwrap();
    assert_eq!(names.count(), 4, "no other file is left");
    assert_snapshot!(project.good("verify --single-head --against origin/main"), @"nothing found");
    assert_snapshot!(project.good("rebase"), @"nothing to rebase: c3 is the only head");
    project.good("upgrade");
    assert_eq!(project.json("current").1, json!({"revisions": ["c3"]}));
}

#[test]
fn what_is_own_is_said_or_is_what_is_not_applied() {
    let project = two_heads();
    assert_snapshot!(project.limbeck("rebase").whole(), @"
    exit 2
    -- stderr
    error: it must be said which of the heads c3, d4 comes on top: none of them is applied
      help: name it: `limbeck rebase d4 --onto c3`
      help: or say what others have: `limbeck rebase --against origin/main`
    ");
    is(&project, "rebase", 2, "target");
    project.good("upgrade d4");
    assert_snapshot!(project.good("rebase"), @"c3 revises d4, not b2 (migrations/c3_add_tags.sql)");

    let project = two_heads();
    assert_eq!(
        project.json("rebase d4 --dry-run"),
        (
            0,
            json!({"rebased": [{"revision": "d4", "from": ["b2"], "revises": ["c3"], "file": THEIRS}]})
        )
    );
    project.good("rebase d4");
    assert_eq!(heads(&project), json!(["d4"]));

    let project = two_heads();
    init(&project, "");
    git(
        &project,
        "",
        &[
            "add",
            "migrations/a1_add_accounts.sql",
            "migrations/b2_add_teams.sql",
            OWN,
        ],
    );
    git(&project, "", &["commit", "--quiet", "-m", "Begin"]);
    project.good("rebase --against main");
    assert_eq!(heads(&project), json!(["d4"]));
    assert_snapshot!(project.limbeck("rebase c3 --onto d4 --against main").whole(), @"
    exit 2
    -- stderr
    error: main has revision c3, so it stays where it is
      help: put yours on top of it: name the revisions that move
    ");
}

#[test]
fn what_is_applied_stays() {
    let project = two_heads();
    project.good("upgrade c3");
    let before = project.read(OWN);
    assert_snapshot!(project.limbeck("rebase c3").whole(), @"
    exit 2
    -- stderr
    error: revision c3 is applied, so it stays where it is
      help: where nobody else has it, take it back first: `limbeck downgrade b2`
      help: else join the heads: `limbeck merge`
    ");
    is(&project, "rebase c3", 2, "target");
    assert_eq!(project.read(OWN), before);
    project.good("downgrade b2");
    project.good("rebase c3");
    project.good("upgrade");
    assert_eq!(project.good("verify --single-head"), "nothing found\n");
}

#[test]
fn the_applied_lowest_of_a_branch_keeps_the_whole_branch() {
    let project = two_heads();
    project.revision(
        "e5",
        "revises c3",
        "Add notes",
        "CREATE TABLE note (id BIGINT);",
        "DROP TABLE note;",
    );
    project.good("upgrade c3");
    assert_snapshot!(project.limbeck("rebase e5").whole(), @"
    exit 2
    -- stderr
    error: revision c3 is applied, so it stays where it is
      help: where nobody else has it, take it back first: `limbeck downgrade b2`
      help: else join the heads: `limbeck merge`
    ");
    // On top of c3 it stands already, so nothing is to do.
    assert_snapshot!(project.good("rebase e5 --onto c3"), @"nothing to rebase: all stands where it should");
}

#[test]
fn without_a_database_it_says_what_was_not_looked_at() {
    let project = two_heads();
    project.write("limbeck.toml", "");
    assert_snapshot!(project.limbeck("rebase").whole(), @"
    exit 2
    -- stderr
    error: it must be said which of the heads c3, d4 comes on top: no database is configured
      help: name it: `limbeck rebase d4 --onto c3`
      help: or say what others have: `limbeck rebase --against origin/main`
    ");
    assert_snapshot!(project.limbeck("rebase c3").whole(), @"
    exit 0
    -- stdout
    c3 revises d4, not b2 (migrations/c3_add_tags.sql)
    -- stderr
    note: no database is configured, so nobody looked whether these revisions are applied
    ");
}

#[test]
fn a_database_that_does_not_answer_is_an_error() {
    let project = two_heads();
    project.write(
        "limbeck.toml",
        "url = \"postgres://127.0.0.1:1/none?connect_timeout=1\"\n",
    );
    let before = project.read(OWN);
    is(&project, "rebase c3", 2, "connect");
    assert_eq!(project.read(OWN), before);
}

#[test]
fn a_longer_branch_and_its_comments_stay_as_they_are() {
    let project = two_heads();
    project.revision(
        "e5",
        "revises c3",
        "Add notes",
        "CREATE TABLE note (id BIGINT);",
        "DROP TABLE note;",
    );
    let text = "\u{feff}-- Add tags, which revises b2\r\n--\r\n-- limbeck:revision   c3\r\n\
        -- limbeck:revises    b2  \r\n\r\n-- limbeck:upgrade\r\nCREATE TABLE tag (id BIGINT); -- b2\r\n\r\n";
    project.write(OWN, text);
    let above = project.read("migrations/e5_add_notes.sql");
    assert_snapshot!(project.good("rebase e5"), @"c3 revises d4, not b2 (migrations/c3_add_tags.sql)");
    assert_eq!(project.read(OWN), text.replace("   b2  ", "   d4  "));
    assert_eq!(project.read("migrations/e5_add_notes.sql"), above);
}

#[test]
fn one_comes_out_from_below_applied_ones() {
    let project = Project::with_revisions();
    project.good("upgrade");
    let b2 = "migrations/b2_add_teams.sql";
    let before = project.read(b2);
    project.revision(
        "x9",
        "revises a1",
        "Add tags",
        "CREATE TABLE tag (id BIGINT);",
        "DROP TABLE tag;",
    );
    project.write(b2, before.replace("revises a1", "revises x9"));
    assert_snapshot!(project.good("rebase x9"), @"
    b2 revises a1, not x9 (migrations/b2_add_teams.sql)
    x9 revises b2, not a1 (migrations/x9_add_tags.sql)
    ");
    assert_eq!(project.read(b2), before);
    assert_eq!(project.good("verify --single-head"), "nothing found\n");
    project.good("upgrade");
    assert_eq!(project.json("current").1, json!({"revisions": ["x9"]}));
    // Now it has run.
    is(&project, "rebase b2", 2, "target");
}

#[test]
fn what_cannot_be_is_refused() {
    let project = two_heads();
    assert_snapshot!(project.limbeck("rebase c3 --onto c3").whole(), @"
    exit 2
    -- stderr
    error: revision c3 cannot be put on top of itself
      help: `limbeck history` lists all revisions
    ");
    assert_snapshot!(project.limbeck("rebase c3 --onto heads").whole(), @"
    exit 2
    -- stderr
    error: `heads` means 2 revisions
      help: name one of them; `limbeck merge` joins several
    ");
    is(&project, "rebase nothing", 2, "target");
    project.revision("e5", "depends_on c3; revises d4", "Add notes", "", "");
    project.revision("f6", "revises b2", "Add views", "", "");
    assert_snapshot!(project.limbeck("rebase c3 --onto e5").whole(), @"
    exit 2
    -- stderr
    error: with c3 on top of e5, `c3` (migrations/c3_add_tags.sql) needs `e5` (migrations/e5_add_notes.sql), which needs `c3` again
      help: a revision cannot come on top of one that depends on it
    ");
    project.revision("g7", "revises b2", "Add users", "", "");
    assert_snapshot!(project.limbeck("rebase f6").whole(), @"
    exit 2
    -- stderr
    error: there are several other heads: e5, g7
      help: name what it comes on top of: `--onto`
    ");
    let single = Project::with_revisions();
    assert_snapshot!(single.limbeck("rebase b2").whole(), @"
    exit 2
    -- stderr
    error: there is no other head to put it on top of
      help: name what it comes on top of: `--onto`
    ");
    assert_snapshot!(single.good("rebase"), @"nothing to rebase: b2 is the only head");
}

#[cfg(unix)]
#[test]
fn when_one_file_cannot_be_written_none_is() {
    use std::os::unix::fs::PermissionsExt as _;

    let project = two_heads();
    project.revision(
        "e5",
        "revises b2",
        "Add notes",
        "CREATE TABLE note (id BIGINT);",
        "",
    );
    let e5 = "migrations/e5_add_notes.sql";
    let before = [project.read(OWN), project.read(e5)];
    fs::set_permissions(project.path(e5), fs::Permissions::from_mode(0o444)).unwrap();
    is(&project, "rebase c3 e5", 2, "permission");
    assert_eq!([project.read(OWN), project.read(e5)], before);
    fs::set_permissions(project.path(e5), fs::Permissions::from_mode(0o644)).unwrap();
    project.good("rebase c3 e5");
    assert_eq!(heads(&project), json!(["e5"]));
}
