//! What `docs/from-alembic.md` and `docs/rust-revisions.md` tell is done here.

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
