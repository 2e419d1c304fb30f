//! What `docs/from-alembic.md`, `docs/revision-file.md` and `docs/rust-revisions.md` tell is done here.

#[path = "own_binary/main.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    unused_qualifications,
    reason = "the files are those of a program of its own, as the page shows them"
)]
mod own_binary;

use std::fs;
use std::io;
use std::path::Path;

use insta::assert_snapshot;
use limbeck_cli::Exit;
use limbeck_cli::Invocation;
use limbeck_core::config::Environment;
use limbeck_sqlite::rusqlite::Connection;
use serde_json::json;

use crate::project::Project;
use crate::project::filtered;
use crate::project::is;

fn page(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name);
    fs::read_to_string(path).unwrap()
}

/// The text of the page's only block of a language.
fn block<'a>(page: &'a str, language: &str) -> &'a str {
    let start = format!("```{language}\n");
    let mut blocks = page.split(&start).skip(1);
    let block = blocks.next().unwrap().split("```").next().unwrap();
    assert!(blocks.next().is_none(), "a second block of {language}");
    block
}

/// The database that Alembic leaves when it has made the tables of the page.
const ALEMBIC: &str = "
    CREATE TABLE alembic_version (
        version_num VARCHAR(32) NOT NULL,
        CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
    );
    INSERT INTO alembic_version VALUES ('27c6a30d7c24');
    CREATE TABLE account (id INTEGER NOT NULL, name VARCHAR(50) NOT NULL, PRIMARY KEY (id));
    CREATE TABLE orders (
        id INTEGER NOT NULL,
        account_id INTEGER NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(account_id) REFERENCES account (id)
    );
    CREATE INDEX ix_orders_account_id ON orders (account_id);";

/// A project as far as step 3 of the page.
fn adopted() -> Project {
    let project = Project::empty();
    let database = Connection::open(project.path("shop.db")).unwrap();
    database.execute_batch(ALEMBIC).unwrap();
    let page = page("from-alembic.md");
    project.good("init");
    project.write("limbeck.toml", block(&page, "toml"));
    let path = project.good("revision --rev-id 27c6a30d7c24 -m Baseline");
    project.write(path.trim(), block(&page, "sql"));
    project
}

fn tables(project: &Project, file: &str) -> Vec<String> {
    let database = Connection::open(project.path(file)).unwrap();
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    let mut statement = database.prepare(sql).unwrap();
    let names = statement.query_map([], |row| row.get(0)).unwrap();
    names.map(Result::unwrap).collect()
}

#[test]
fn a_database_of_alembic_is_taken_over() {
    let project = adopted();
    assert_snapshot!(project.good("verify"), @"nothing found");
    filtered(|| {
        assert_snapshot!(project.good("status"), @"
    database   sqlite://shop.db ([folder]/shop.db)
    revisions  [id]
    heads      [id]
    pending    nothing
    ")
    });
    assert_eq!(
        tables(&project, "shop.db"),
        ["account", "alembic_version", "orders"]
    );

    project.revision(
        "b2",
        "revises 27c6a30d7c24",
        "Add stars",
        "ALTER TABLE orders ADD COLUMN stars INTEGER;",
        "",
    );
    project.good("upgrade");
    let now = ["account", "alembic_version", "limbeck_journal", "orders"];
    assert_eq!(tables(&project, "shop.db"), now);
    project.good("downgrade -1");
    assert_eq!(project.json("current").1, json!({"revisions": ["27c6a30d7c24"]}));
    is(&project, "downgrade base", 2, "irreversible");

    project.good("upgrade --url sqlite://empty.db");
    assert_eq!(tables(&project, "empty.db"), now);
}

#[test]
fn the_table_of_alembic_can_be_left_alone() {
    let project = adopted();
    project.write("limbeck.toml", "url = \"sqlite://shop.db\"\n");
    let ran = project.limbeck("upgrade");
    assert!(ran.code == 2 && ran.err.contains("account"), "{}", ran.err);
    assert_snapshot!(project.good("stamp 27c6a30d7c24"), @"nothing was run; the database is at 27c6a30d7c24");
    assert!(project.good("upgrade").starts_with("nothing to do"));
}

/// Revisions that write nothing, with these headers.
pub(crate) fn history(revisions: &[(&str, &str)]) -> Project {
    let project = Project::new();
    for (id, directives) in revisions {
        project.revision(id, directives, id, "", "SELECT 1;");
    }
    project.good("upgrade");
    project
}

/// What `plan downgrade` would take back.
pub(crate) fn taken_back(project: &Project, target: &str) -> Vec<String> {
    let (_, plan) = project.json(&format!("plan downgrade {target}"));
    let steps = plan["steps"].as_array().unwrap().iter();
    steps
        .map(|step| step["revision"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn what_the_page_about_the_graph_says_of_branches() {
    let project = history(&[
        ("a1", ""),
        ("a2", "revises a1"),
        ("a3", "revises a2"),
        ("s1", "revises a2; labels shipping"),
        ("s2", "revises s1"),
    ]);
    assert_eq!(
        taken_back(&project, "shipping@base"),
        ["a3", "s2", "s1", "a2", "a1"]
    );
    assert_eq!(taken_back(&project, "shipping@a2"), ["s2", "s1"]);
    assert_eq!(taken_back(&project, "a2"), ["a3", "s2", "s1"]);

    let project = history(&[
        ("a1", ""),
        ("a2", "revises a1"),
        ("a3", "revises a2"),
        ("b1", "labels billing"),
        ("b2", "revises b1; depends_on a2"),
        ("c3", "revises a3, b2"),
    ]);
    assert_eq!(taken_back(&project, "a2"), ["c3", "a3"]);
    assert_eq!(taken_back(&project, "billing@base"), ["c3", "b2", "b1"]);
    project.good("stamp a2");
    assert_eq!(project.json("current").1, json!({"revisions": ["a2", "b1"]}));
}

#[test]
fn sqlite_makes_the_changes_of_the_page_with_rows_in_the_table() {
    let page = page("portable-sql.md");
    let changes = page.split("## Changing tables").nth(1).unwrap();
    let changes = changes
        .split("```sql\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let project = Project::new();
    let table = "CREATE TABLE team (id BIGINT PRIMARY KEY, name VARCHAR(100) NOT NULL);
        INSERT INTO team (id, name) VALUES (1, 'one');";
    project.revision("r0", "", "Team", table, "");
    let mut last = 0;
    for (number, line) in changes.lines().enumerate() {
        last = number + 1;
        let filled = line.replace("slug SET NOT NULL;", "size SET NOT NULL;");
        project.revision(
            &format!("r{last}"),
            &format!("revises r{number}"),
            "Change",
            &filled,
            "",
        );
    }
    project.good("upgrade");
    project.good("downgrade base --allow-data-loss");
    project.good("upgrade");
    assert_eq!(
        project.json("current").1,
        json!({"revisions": [format!("r{last}")]})
    );
}

#[test]
fn the_rows_of_the_page_are_loaded() {
    let page = page("revision-file.md");
    let part = page.split("\n## Rows from files\n").nth(1).unwrap();
    let part = part.split("\n## ").next().unwrap();
    let project = Project::new();
    let revision = block(part, "sql").replace("-- limbeck:revises b2\n", "");
    project.write("migrations/countries.sql", revision);
    project.write("migrations/data/countries.csv", block(part, "csv"));
    project.write("migrations/data/more_countries.jsonl", block(part, "json"));
    assert_snapshot!(project.good("verify"), @"nothing found");
    assert_snapshot!(project.good("plan"), @r#"
    -- upgrade c4f02d81a6e3 Add the countries
    CREATE TABLE "country" (
        "code" CHAR(2) NOT NULL,
        "name" VARCHAR(100) NOT NULL,
        "member_since" DATE,
        CONSTRAINT "pk_country" PRIMARY KEY ("code")
    );
    -- here the rows of migrations/data/countries.csv are inserted into country
    -- here the rows of migrations/data/more_countries.jsonl are inserted into country
    -- this must give no rows:
    SELECT "code" FROM "country" WHERE "name" = '';

    -- 1 step; the database would be at c4f02d81a6e3
    "#);
    let (_, plan) = project.json("plan");
    assert_eq!(
        plan["steps"][0]["loads"][0],
        json!({"file": "migrations/data/countries.csv", "table": "country"})
    );
    project.good("upgrade");
    let database = Connection::open(project.path("app.db")).unwrap();
    let rows = "SELECT group_concat(code || ' ' || name || ' ' || coalesce(member_since, 'NULL'), '; ') FROM country";
    let rows: String = database.query_row(rows, [], |row| row.get(0)).unwrap();
    assert_snapshot!(rows, @"AT Austria 1995-01-01; BO Bolivia, Plurinational State of NULL; CH Switzerland NULL; DK Denmark 1973-01-01");

    project.write("migrations/data/countries.csv", "code,name\nAT,Austria\n");
    filtered(|| {
        assert_snapshot!(project.limbeck("upgrade").whole(), @"
    exit 2
    -- stderr
    error: an applied revision was edited since it ran:
      [id] (migrations/countries.sql): ran as [checksum], is now [checksum]; its rows come from migrations/data/countries.csv, migrations/data/more_countries.jsonl
      help: an applied revision stays as it ran: put the change into a new one
      help: to run it again, put the old text back, downgrade below it, edit it, and upgrade
      help: if the change means nothing to the database, accept it with `limbeck repair [id]`
    ")
    });
    project.write("migrations/data/countries.csv", block(part, "csv"));
    project.good("downgrade base");
    project.write(
        "migrations/data/countries.csv",
        "code,name\nAT,Austria\nAUT,Austria\n",
    );
    assert_snapshot!(project.limbeck("upgrade").whole(), @"
    exit 2
    -- stderr
    error: migrations/data/countries.csv:3: column `code`: `AUT` is not a text of at most 2 characters
     --> migrations/countries.sql:6:17
      |
    6 | -- limbeck:load data/countries.csv into country
      |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    ");
}

#[test]
fn the_time_outs_of_the_page_are_the_defaults() {
    let page = page("servers.md");
    let reference = include_str!("../../../core/src/config/reference.toml");
    for line in block(&page, "toml").lines() {
        assert!(reference.lines().any(|other| other == line), "{line}");
    }
}

/// Runs the binary of the page in a project.
fn own(project: &Project, arguments: &[&str]) -> Exit {
    let call = Invocation::of_process()
        .arguments(arguments)
        .environment(Environment::default())
        .directory(project.path(""))
        .streams(io::sink(), io::sink());
    own_binary::cli().run_with(call)
}

#[test]
fn a_revision_in_rust_runs_in_a_binary_of_its_own() {
    let page = page("rust-revisions.md");
    assert!(page.contains(include_str!("own_binary/fold_names.rs")));
    assert!(page.contains(include_str!("own_binary/main.rs")));

    let project = Project::new();
    project.revision(
        "a1",
        "",
        "Add accounts",
        "CREATE TABLE account (id BIGINT NOT NULL PRIMARY KEY, name VARCHAR(50) NOT NULL);
         INSERT INTO account (id, name) VALUES (1, 'Ann');",
        "DROP TABLE account;",
    );
    project.write("migrations/5d0c2e81f9ab.sql", block(&page, "sql"));
    is(&project, "upgrade", 2, "no_code");
    assert_eq!(project.json("current").1, json!({"revisions": []}));

    assert_eq!(own(&project, &["upgrade"]), Exit::Success);
    let folded = || {
        let database = Connection::open(project.path("app.db")).unwrap();
        database.query_row("SELECT folded FROM account", [], |row| row.get::<_, String>(0))
    };
    assert_eq!(folded().unwrap(), "ann");
    assert_eq!(own(&project, &["downgrade", "-1"]), Exit::Success);
    assert!(folded().is_err());
}
