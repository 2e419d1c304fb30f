//! Commands that write and show revision files and need no database.

use std::fs;

use insta::assert_snapshot;

use crate::project::Project;
use crate::project::filtered;

#[test]
fn init_writes_a_project_and_says_what_is_next() {
    let project = Project::empty();
    let ran = project.limbeck("init demo");
    assert_snapshot!(ran.whole(), @r#"
    exit 0
    -- stdout
    created demo/migrations/
    created demo/limbeck.toml
    created demo/migrations/.gitkeep
    created demo/.env.template
    created demo/.gitignore

    next:
      cd demo
      limbeck revision -m "Add the account table"
      limbeck edit
      limbeck upgrade
    "#);
    assert_snapshot!(project.read("demo/limbeck.toml"), @r#"
    # Limbeck's configuration. Paths are relative to this file; a key that Limbeck does not know is refused.

    # The database. --url, DATABASE_URL in the environment and DATABASE_URL in .env files win over it, in this order.
    url = "sqlite://demo.db"

    # The folders of revision files, in order; `limbeck revision` writes into the first.
    version_locations = ["migrations"]
    "#);
    assert_snapshot!(project.read("demo/.env.template"), @"
    # Copy this file to .env, which is not committed, and set what differs on this machine.
    LIMBECK_ENV=development
    DATABASE_URL=sqlite://demo.db
    ");
    assert_snapshot!(project.read("demo/.gitignore"), @"
    .env
    .env.local
    .env.*.local
    *.db
    *.db-*
    *.limbeck-lock
    ");
}

#[test]
fn init_takes_the_url_of_the_project() {
    let project = Project::empty();
    let ran = project.limbeck("init demo --url sqlite://it's.db?mode=rw");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        project
            .read("demo/limbeck.toml")
            .contains("url = \"sqlite://it's.db?mode=rw\"\n")
    );
    assert!(
        project
            .read("demo/.env.template")
            .ends_with("DATABASE_URL=sqlite://it's.db?mode=rw\n")
    );
    assert_snapshot!(project.limbeck("init other --url sqlite://ann:pw@x.db").whole(), @"
    exit 2
    -- stderr
    error: the URL has a password, which belongs into no file that is committed
      help: leave the URL out here, and write it as DATABASE_URL to .env
    ");
    assert_eq!(
        crate::project::kind(&project, "init other --url nosql://x"),
        (2, "no_driver".to_owned())
    );
    assert!(!project.path("other").exists());
}

#[test]
fn init_overwrites_nothing() {
    let project = Project::empty();
    project.write("demo/.gitignore", "/target\n.env");
    project.write("demo/.env.template", "MINE=1\n");
    project.good("init demo --template multidb");
    assert_eq!(project.read("demo/.env.template"), "MINE=1\n");
    assert!(
        project
            .read("demo/.gitignore")
            .starts_with("/target\n.env\n.env.local\n")
    );

    project.write("demo/limbeck.toml", "# mine\n");
    assert_snapshot!(project.limbeck("init demo").whole(), @"
    exit 2
    -- stderr
    error: demo is a project already: it has a limbeck.toml
      help: `limbeck status` shows where it stands
    ");
    assert_eq!(project.read("demo/limbeck.toml"), "# mine\n");

    project.write("old/migrations/a.sql", "");
    assert_snapshot!(project.limbeck("init old").whole(), @"
    exit 2
    -- stderr
    error: old has a folder migrations that is not empty
      help: move it away, or write a limbeck.toml that names another folder in `version_locations`
    ");
    assert!(!project.path("old/limbeck.toml").exists());
}

#[test]
fn every_template_makes_a_project_that_works() {
    let project = Project::empty();
    assert_snapshot!(project.limbeck("list-templates").whole(), @"
    exit 0
    -- stdout
    generic      one database, its URL in limbeck.toml
    environment  one database, its URL from the environment or .env files alone
    multidb      several databases with the same revisions
    ");
    let (_, templates) = project.json("list-templates");
    for template in templates["templates"].as_array().unwrap() {
        let name = template["name"].as_str().unwrap();
        project.good(&format!("init {name} --template {name}"));
        project.good(&format!("-c {name}/limbeck.toml --url sqlite://{name}.db status"));
    }
}

#[test]
fn the_next_steps_of_init_lead_on() {
    let project = Project::empty();
    let next = project.good("init demo -t environment");
    assert_snapshot!(next.split("\n\n").nth(1).unwrap(), @r#"
    next:
      cd demo
      cp .env.template .env
      limbeck revision -m "Add the account table"
      limbeck edit
      limbeck upgrade
    "#);
    fs::copy(project.path("demo/.env.template"), project.path("demo/.env")).unwrap();
    project.good("-c demo/limbeck.toml revision -m First");
    project.good("-c demo/limbeck.toml upgrade");
    assert!(project.path("demo/demo.db").exists());
    assert!(!project.good("-q init quiet").contains("next:"));
}

#[test]
fn a_revision_goes_on_from_where_the_database_is() {
    let project = Project::with_revisions();
    project.good("upgrade");
    let path = project.good("revision --head -1 --splice -m Aside");
    assert!(project.read(path.trim()).contains("-- limbeck:revises    a1\n"));
    assert!(project.good("show -1").starts_with("a1 "));
}

#[test]
fn a_revision_is_written_and_its_path_printed() {
    let project = Project::new();
    let first = project.good("revision -m First --rev-id a1 --branch-label shop");
    assert_eq!(first, "migrations/a1_first.sql\n");
    filtered(|| {
        assert_snapshot!(project.read("migrations/a1_first.sql"), @"
    -- First
    --
    -- limbeck:revision   a1
    -- limbeck:labels     shop
    -- limbeck:created    [time]
    -- limbeck:portable   1

    -- limbeck:upgrade


    -- limbeck:downgrade
    ")
    });

    let second = project.run(&["revision", "-m", "The second one"], &[]);
    filtered(|| {
        assert_snapshot!(second.whole(), @"
    exit 0
    -- stdout
    migrations/[id]_the_second_one.sql
    ")
    });

    let (code, answer) = project.json("revision -m Other --head a1 --splice --rev-id b2 --depends-on shop");
    assert_eq!(code, 0);
    assert_eq!(
        answer,
        serde_json::json!({"revision": "b2", "revises": ["a1"], "path": "migrations/b2_other.sql"})
    );
    assert!(
        project
            .read("migrations/b2_other.sql")
            .contains("-- limbeck:depends_on shop\n")
    );
}

#[test]
fn a_revision_needs_a_head_to_go_on_from() {
    let project = Project::with_revisions();
    assert_snapshot!(project.limbeck("revision -m x --head a1").whole(), @"
    exit 2
    -- stderr
    error: revision a1 is no head: a new one after it makes a branch
      help: agree to the branch with `--splice`
    ");
    project.good("revision -m x --head a1 --splice --rev-id c3");
    assert_snapshot!(project.limbeck("revision -m x").whole(), @"
    exit 2
    -- stderr
    error: `head` means several heads: `b2`, `c3`
      help: `--head <label>@head` or `--head <id>` goes on from one of them; `--head heads` joins all, as `limbeck merge` does
    ");
    assert_snapshot!(project.limbeck("revision -m x --head b2 --rev-id a1").whole(), @"
    exit 2
    -- stderr
    error: revision `a1` is declared more than once: in migrations/a1_add_accounts.sql and the new revision
      help: delete the copy, or give one of them another id in its `-- limbeck:revision` line
    ");
    assert_snapshot!(project.limbeck("revision -m x --head b2 --rev-id head").whole(), @"
    exit 2
    -- stderr
    error: `head` cannot name a revision or a branch: it is a word of revision expressions
      help: choose another name than head, heads, base or current
    ");
    assert_snapshot!(project.limbeck("revision -m x --head b2 --depends-on nothing").whole(), @"
    exit 2
    -- stderr
    error: no revision or label is called `nothing`, and none begins with it
      help: `limbeck history` lists all revisions
    ");
    assert_snapshot!(project.limbeck("revision -m x --head b2 --version-path elsewhere").whole(), @"
    exit 2
    -- stderr
    error: elsewhere is none of the folders that revisions are read from
      help: add it to `version_locations` in limbeck.toml
    ");
    project.good("revision -m x --head base --rev-id d4");
    assert!(!project.read("migrations/d4_x.sql").contains("limbeck:revises"));
}

#[test]
fn a_second_folder_takes_its_own_revisions() {
    let project = Project::new();
    project.write(
        "limbeck.toml",
        "version_locations = [\"migrations\", \"billing\"]\n",
    );
    project.write("billing/.gitkeep", "");
    let path = project.good("revision -m Bills --rev-id b1 --head base --version-path billing");
    assert_eq!(path, "billing/b1_bills.sql\n");
    // The child of a revision goes where the revision is.
    assert_eq!(
        project.good("revision -m More --rev-id b2 --head b1"),
        "billing/b2_more.sql\n"
    );
}

#[test]
fn heads_are_merged() {
    let project = Project::with_revisions();
    assert_snapshot!(project.limbeck("merge").whole(), @"
    exit 2
    -- stderr
    error: there is nothing to merge: that needs two revisions at least
      help: `limbeck heads` shows what is open
    ");
    project.good("revision -m x --head a1 --splice --rev-id c3");
    assert_eq!(
        project.good("merge -m Join --rev-id d4"),
        "migrations/d4_join.sql\n"
    );
    assert!(
        project
            .read("migrations/d4_join.sql")
            .contains("-- limbeck:revises    b2, c3\n")
    );
    assert_eq!(project.good("heads").trim(), "d4 (head) (mergepoint) Join");
    assert_snapshot!(project.limbeck("merge b2 b2 --splice").whole(), @"
    exit 2
    -- stderr
    error: revision b2 is named twice
    ");
}

#[test]
fn heads_branches_and_show_look_at_files_only() {
    let project = Project::with_revisions();
    project.revision(
        "c3",
        "revises a1; labels billing; depends_on b2",
        "Add bills",
        "",
        "",
    );
    for arguments in [
        "heads",
        "heads -v",
        "heads --json",
        "branches",
        "branches -v",
        "branches --json",
    ] {
        let ran = project.limbeck(arguments);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments}");
    }
    assert_snapshot!(project.good("heads"), @"c3 [billing] (head) Add bills");
    assert_snapshot!(project.good("heads --json"), @r#"
    {
      "heads": [
        {
          "revision": "c3",
          "labels": [
            "billing"
          ],
          "message": "Add bills"
        }
      ]
    }
    "#);
    assert_snapshot!(project.good("branches"), @"
    a1 (branchpoint) Add accounts
      -> b2 (effective head) Add teams
      -> c3 [billing] (head) Add bills
    ");
    assert_snapshot!(project.good("branches --json"), @r#"
    {
      "branches": [
        {
          "revision": "a1",
          "labels": [],
          "message": "Add accounts",
          "branches_into": [
            "b2",
            "c3"
          ]
        }
      ]
    }
    "#);
    assert_snapshot!(project.good("show billing"), @"
    c3 (head)
    revises     a1
    depends on  b2
    labels      billing
    created     2026-11-21T07:00:00Z
    file        migrations/c3_add_bills.sql

        Add bills
    ");
    assert_snapshot!(project.good("show a1 --json"), @r#"
    {
      "revisions": [
        {
          "revision": "a1",
          "revises": [],
          "depends_on": [],
          "labels": [],
          "message": "Add accounts",
          "created": "2026-11-21T07:00:00Z",
          "applied": false,
          "description": "",
          "file": "migrations/a1_add_accounts.sql"
        }
      ]
    }
    "#);
    assert!(!project.path("app.db").exists(), "no database was made");
}

#[cfg(unix)]
#[test]
fn edit_opens_the_editor_and_reads_what_it_left() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::with_revisions();
    project.write("editor", "#!/bin/sh\necho '-- edited' >> \"$2\"\n");
    fs::set_permissions(project.path("editor"), fs::Permissions::from_mode(0o755)).unwrap();
    let edited = project.run(&["edit", "a1"], &[("EDITOR", "./editor --wait")]);
    assert_eq!(edited.code, 0, "{}", edited.err);
    assert!(
        project
            .read("migrations/a1_add_accounts.sql")
            .ends_with("-- edited\n")
    );

    assert_snapshot!(project.run(&["edit"], &[]).whole(), @"
    exit 2
    -- stderr
    error: no editor is set to open migrations/b2_add_teams.sql
      help: set EDITOR, such as EDITOR=vi
    ");
    assert_snapshot!(project.run(&["edit"], &[("EDITOR", "./no-such-editor")]).whole(), @"
    exit 2
    -- stderr
    error: the editor `./no-such-editor` cannot be started: No such file or directory (os error 2)
      help: VISUAL or EDITOR names it
    ");
    project.write("editor", "#!/bin/sh\necho '-- limbeck:upgarde' >> \"$1\"\n");
    assert_snapshot!(project.run(&["edit", "b2"], &[("VISUAL", "./editor")]).whole(), @"
    exit 2
    -- stderr
    error: there is no directive `upgarde`
      --> migrations/b2_add_teams.sql:13:1
       |
    13 | -- limbeck:upgarde
       | ^^^^^^^^^^^^^^^^^^
       |
       = help: did you mean `upgrade`?
    ");
}
