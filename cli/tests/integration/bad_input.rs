//! Command lines, configurations and databases with which nothing can be done: each gets a kind and a next step.

use std::fs;

use insta::assert_snapshot;
use limbeck_cli::Cli;
use limbeck_cli::Invocation;
use limbeck_core::config::Environment;
use limbeck_sqlite::Sqlite;
use limbeck_sqlite::rusqlite::Connection;
use serde_json::json;

use crate::project::Project;
use crate::project::filtered;
use crate::project::is;
use crate::project::kind;

#[test]
fn a_command_line_that_is_wrong() {
    let project = Project::with_revisions();
    assert_snapshot!(project.limbeck("upgrad").whole(), @"
    exit 2
    -- stderr
    error: unrecognized subcommand 'upgrad'

      tip: some similar subcommands exist: 'downgrade', 'upgrade'

    Usage: limbeck [OPTIONS] <COMMAND>

    For more information, try '--help'.
    ");
    assert_snapshot!(project.limbeck("stamp").whole(), @"
    exit 2
    -- stderr
    error: the following required arguments were not provided:
      <REVISION>...

    Usage: limbeck stamp <REVISION>...

    For more information, try '--help'.
    ");
    assert_snapshot!(project.limbeck("upgrade --lock-timeout soon").whole(), @"
    exit 2
    -- stderr
    error: invalid value 'soon' for '--lock-timeout <TIME>': a time is written as 30s, 10m or 1h 30m

    For more information, try '--help'.
    ");
    assert_snapshot!(project.limbeck("upgrade -1").whole(), @"
    exit 2
    -- stderr
    error: `-1` cannot be the target of an upgrade: it leads down
      help: `limbeck downgrade` goes down
    ");
    is(&project, "upgrad", 2, "usage");
    is(&project, "status -q -v", 2, "usage");
}

#[test]
fn a_database_is_named_in_one_way() {
    let project = Project::with_revisions();
    for line in [
        "upgrade --database web --url sqlite://z.db",
        "--database web upgrade --url sqlite://z.db",
        "--url sqlite://z.db upgrade --database all",
    ] {
        let (code, answer) = project.json(line);
        assert_eq!((code, &answer["error"]["kind"]), (2, &json!("usage")), "{line}");
    }
    assert!(!project.path("z.db").exists());
}

#[test]
fn base_is_no_revision() {
    let project = Project::with_revisions();
    for command in ["show base", "edit base", "show current"] {
        is(&project, command, 2, "target");
    }
    assert_snapshot!(project.limbeck("show base").whole(), @"
    exit 2
    -- stderr
    error: `base` means no revision
      help: `limbeck history` lists all revisions
    ");
    assert_snapshot!(Project::new().limbeck("edit").whole(), @"
    exit 2
    -- stderr
    error: `head` means no revision
      help: `limbeck revision` writes the first one
    ");
}

#[test]
fn no_project() {
    let project = Project::empty();
    filtered(
        || assert_snapshot!(project.limbeck("status").err.lines().last().unwrap(), @"  help: `limbeck init` makes a project; `-c` names its limbeck.toml"),
    );
    is(&project, "status", 2, "no_project");
}

#[test]
fn a_misspelt_key() {
    let project = Project::with_revisions();
    project.write("limbeck.toml", "# configuration\nversion_tabel = \"x\"\n");
    assert_snapshot!(project.limbeck("heads").whole(), @"
    exit 2
    -- stderr
    error: there is no key `version_tabel`
     --> limbeck.toml:2:1
      |
    2 | version_tabel = …
      | ^^^^^^^^^^^^^
      |
      = help: did you mean `version_table`?
    ");
    is(&project, "heads", 2, "config");
}

#[test]
fn no_database_is_configured() {
    let project = Project::with_revisions();
    project.write("limbeck.toml", "");
    assert_snapshot!(project.limbeck("current").whole(), @"
    exit 2
    -- stderr
    error: no database is configured
      help: set DATABASE_URL, in the environment or in `.env`, or `url` in limbeck.toml, or give --url
    ");
    is(&project, "current", 2, "url");
    project.good("heads");
}

#[test]
fn a_server_that_does_not_answer() {
    let project = Project::with_revisions();
    // Nobody listens there any more.
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = gone.local_addr().unwrap().port();
    drop(gone);
    for scheme in ["postgres", "mysql", "mariadb"] {
        let url = format!("{scheme}://ann:s3cret@127.0.0.1:{port}/shop");
        let ran = project.limbeck(&format!("upgrade --url {url}"));
        assert_eq!(ran.code, 2, "{}", ran.whole());
        assert!(ran.err.contains(&format!("127.0.0.1:{port}")), "{}", ran.whole());
        assert!(
            ran.err.contains("`limbeck wait`") && !ran.err.contains("s3cret"),
            "{}",
            ran.whole()
        );
        is(&project, &format!("status --url {url}"), 2, "connect");
        is(
            &project,
            &format!("wait --timeout 300ms --url {url}"),
            3,
            "timeout",
        );
    }
}

/// What a binary with SQLite alone says.
fn with_sqlite_alone(project: &Project, arguments: &[&str]) -> String {
    let file = |name| fs::File::create(project.path(name)).unwrap();
    let call = Invocation::of_process()
        .arguments(arguments)
        .environment(Environment::default())
        .directory(project.path(""))
        .streams(file("out"), file("err"));
    Cli::bare().driver(Sqlite).run_with(call);
    project.read("out") + &project.read("err")
}

#[test]
fn a_scheme_without_a_driver() {
    let project = Project::with_revisions();
    assert_snapshot!(with_sqlite_alone(&project, &["current", "--url", "mariadb://ann:s3cret@db/shop"]), @"
    error: no driver of this build knows the scheme `mariadb` of mariadb://ann:***@db/shop
      help: build limbeck-cli with the feature `mysql`
      help: this build knows sqlite:
    ");
    assert_snapshot!(with_sqlite_alone(&project, &["upgrade", "--sql", "--dialect", "postgres"]), @"
    error: no driver of this build writes the dialect `postgres`
      help: this build writes sqlite
    ");
    assert!(with_sqlite_alone(&project, &["--version"]).contains(" (drivers: sqlite"));
    assert_snapshot!(project.limbeck("current --url oracle://db/shop").whole(), @"
    exit 2
    -- stderr
    error: no driver of this build knows the scheme `oracle` of oracle://db/shop
      help: this build knows mysql:, mariadb:, postgres:, postgresql:, sqlite:
    ");
    assert_snapshot!(project.limbeck("current --url app.db").whole(), @"
    exit 2
    -- stderr
    error: --url (flag) is no database URL: a database URL begins with a scheme and a colon
      help: it looks like `scheme://user:password@host:port/database`
    ");
    is(&project, "current --url oracle://db/shop", 2, "no_driver");
    is(&project, "current --url app.db", 2, "url");
}

#[test]
fn a_target_that_does_not_exist() {
    let project = Project::with_revisions();
    project.revision("b3", "revises a1", "Add stars", "", "");
    assert_snapshot!(project.limbeck("upgrade c3").whole(), @"
    exit 2
    -- stderr
    error: no revision or label is called `c3`, and none begins with it
      help: did you mean `b3`?
    ");
    assert_snapshot!(project.limbeck("upgrade b").whole(), @"
    exit 2
    -- stderr
    error: `b` is ambiguous: it begins `b2`, `b3`
      help: write more of its characters
    ");
    assert_snapshot!(project.limbeck("upgrade head").whole(), @"
    exit 2
    -- stderr
    error: `head` means several heads: `b2`, `b3`
      help: write `heads` for all of them, `<label>@head` or an id for one, or join them with `limbeck merge`
    ");
    assert_snapshot!(project.limbeck("downgrade -1").whole(), @"
    exit 2
    -- stderr
    error: `-1` leads nowhere: there is no revision below where it starts
      help: `limbeck history -i` shows where the database is and what lies above and below
    ");
    is(&project, "upgrade c3", 2, "target");
    assert_snapshot!(project.limbeck("revision -m More").whole(), @"
    exit 2
    -- stderr
    error: `head` means several heads: `b2`, `b3`
      help: `--head <label>@head` or `--head <id>` goes on from one of them; `--head heads` joins all, as `limbeck merge` does
    ");
}

#[test]
fn a_database_that_is_ahead_of_the_files() {
    let project = Project::with_revisions();
    project.revision("c3", "revises b2", "Later", "", "");
    project.good("upgrade");
    fs::remove_file(project.path("migrations/c3_later.sql")).unwrap();
    assert_snapshot!(project.limbeck("current").whole(), @"
    exit 0
    -- stdout
    c3 (unknown: no file has it)
    ");
    filtered(|| {
        assert_snapshot!(project.limbeck("status --exit-code").whole(), @"
    exit 1
    -- stdout
    database   sqlite://app.db ([folder]/app.db)
    revisions  c3
    heads      b2
    pending    nothing
    unknown    c3 (no file has it)
    ")
    });
    assert_snapshot!(project.limbeck("upgrade").whole(), @r#"
    exit 2
    -- stderr
    error: the database is ahead of the files: its version table holds `c3`
      help: get the newer files, or write the id back if a `-- limbeck:revision` line was edited; or set `ahead = "warn"` to apply what is safe without them; if those revisions are gone for good, `limbeck stamp --purge <revision>`
    "#);
    assert_snapshot!(project.limbeck("downgrade a1").whole(), @"
    exit 2
    -- stderr
    error: the database is ahead of the files: its version table holds `c3`
      help: get the newer files, or write the id back if a `-- limbeck:revision` line was edited; a downgrade never goes past what it does not know; if those revisions are gone for good, `limbeck stamp --purge <revision>`
    ");
    is(&project, "upgrade", 2, "unknown_revision");
}

#[test]
fn a_database_that_another_program_writes() {
    let project = Project::with_revisions();
    project.good("upgrade a1");
    let other = Connection::open(project.path("app.db")).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let (code, word) = kind(&project, "upgrade --lock-timeout 0");
    assert!(code == 3 || word == "busy", "{code} {word}");
    other.execute_batch("ROLLBACK").unwrap();
    project.good("upgrade");
}

#[test]
fn a_database_that_cannot_be_opened() {
    let project = Project::with_revisions();
    assert_snapshot!(project.limbeck("upgrade --url sqlite://no/such/folder/app.db").whole(), @"
    exit 2
    -- stderr
    error: the database file no/such/folder/app.db cannot be created: there is no folder no/such/folder
      help: create the folder, or correct the path in the database URL; an absolute path has four slashes before it: sqlite:////srv/app.db
    ");
    is(
        &project,
        "upgrade --url sqlite://no/such/folder/app.db",
        2,
        "connect",
    );
    project.write(
        "text.db",
        "this is no database, whatever its name says. ".repeat(50),
    );
    let (code, _) = kind(&project, "upgrade --url sqlite://text.db");
    assert_eq!(code, 2);
    assert!(project.read("text.db").starts_with("this is no database"));
}

#[test]
fn a_database_that_may_not_be_written() {
    let project = Project::with_revisions();
    project.good("upgrade a1");
    is(&project, "upgrade --url sqlite://app.db?mode=ro", 2, "permission");
    assert_snapshot!(project.limbeck("upgrade --url sqlite://app.db?mode=ro").whole(), @"
    exit 2
    -- stderr
    error: the database file app.db is opened with ?mode=ro, which allows no changes
      help: give the role or the file the right to write, or use another one
    ");
    assert_eq!(project.json("current").1["revisions"], serde_json::json!(["a1"]));
}

#[test]
fn a_password_is_never_shown() {
    let project = Project::with_revisions();
    for arguments in ["current", "status", "upgrade", "current --json", "status -v"] {
        let ran = project.limbeck(&format!("{arguments} --url postgres://ann:s3cret@db/shop"));
        assert!(!ran.whole().contains("s3cret"), "{arguments}");
    }
}
