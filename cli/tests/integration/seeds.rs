//! `limbeck seed`: what it says, and what it refuses.

use std::sync::Arc;
use std::sync::Mutex;

use async_trait::async_trait;
use insta::assert_snapshot;
use limbeck_cli::Cli;
use limbeck_cli::Exit;
use limbeck_cli::Invocation;
use limbeck_core::config::Environment;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::Transaction;
use limbeck_core::seed::Seed;
use limbeck_core::seed::SeedRuns;
use serde_json::json;

use crate::project::Project;
use crate::project::filtered;
use crate::project::is;

const TABLES: &str = "CREATE TABLE role (id BIGINT PRIMARY KEY, name VARCHAR(20) NOT NULL, note TEXT,\n\
    CONSTRAINT uq_role_name UNIQUE (name));\n\
    CREATE TABLE account (id BIGINT PRIMARY KEY, name VARCHAR(20) NOT NULL, role BIGINT NOT NULL REFERENCES role (id),\n\
    invited_by BIGINT REFERENCES account (id));";

/// A project with two tables and seeds for them, one of them for `dev` alone.
fn project() -> Project {
    let project = Project::new();
    project.revision(
        "a1",
        "",
        "Add accounts",
        TABLES,
        "DROP TABLE account;\nDROP TABLE role;",
    );
    project.write("seeds/010_role.csv", "id,name\n1,admin\n2,reader\n");
    project.write(
        "seeds/020_note.sql",
        "-- Say what roles are for\nUPDATE role SET note = 'may do everything' WHERE id = 1;\n",
    );
    project.write(
        "seeds/dev/010_account.jsonl",
        "{\"id\": 1, \"name\": \"Ann\", \"role\": 1, \"invited_by\": 2}\n{\"id\": 2, \"name\": \"Bob\", \"role\": 2, \"invited_by\": null}\n",
    );
    project
}

fn upgraded() -> Project {
    let project = project();
    project.good("upgrade");
    project
}

/// The rows of a query, their columns joined by a bar.
fn rows(project: &Project, sql: &str) -> Vec<String> {
    let database = project.sqlite("app.db");
    let mut statement = database.prepare(sql).unwrap();
    let columns = statement.column_count();
    let rows = statement.query_map([], |row| {
        let cell = |at| row.get::<_, limbeck_sqlite::rusqlite::types::Value>(at);
        let cells: Result<Vec<String>, _> = (0..columns)
            .map(|at| {
                Ok(match cell(at)? {
                    limbeck_sqlite::rusqlite::types::Value::Null => "NULL".to_owned(),
                    limbeck_sqlite::rusqlite::types::Value::Integer(number) => number.to_string(),
                    limbeck_sqlite::rusqlite::types::Value::Text(text) => text,
                    other => format!("{other:?}"),
                })
            })
            .collect();
        cells.map(|cells| cells.join("|"))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

#[test]
fn seeds_are_listed_written_and_logged() {
    let project = upgraded();
    filtered(|| {
        assert_snapshot!(project.good("seed --list"), @"
        010_role.csv  role  always  pending
        020_note.sql        once    pending
        ");
        assert_snapshot!(project.limbeck("seed --env dev").whole(), @"
        exit 0
        -- stdout
        3 seeds written
        -- stderr
        seed 010_role.csv 2 rows ([duration])
        seed 020_note.sql ([duration])
        seed dev/010_account.jsonl 2 rows ([duration])
        ");
        assert_snapshot!(project.good("seed --list --env dev"), @"
        010_role.csv           role     always  repeats  [time]
        020_note.sql                    once    done     [time]
        dev/010_account.jsonl  account  always  repeats  [time]
        ");
        let log = project.good("log -n 6");
        let log: Vec<String> = log
            .lines()
            .map(|line| line.split_whitespace().take(5).collect::<Vec<_>>().join(" "))
            .collect();
        assert_snapshot!(log.join("\n"), @"
        9 [time] seed done dev/010_account.jsonl
        8 [time] seed intended dev/010_account.jsonl
        7 [time] seed done 020_note.sql
        6 [time] seed intended 020_note.sql
        5 [time] seed done 010_role.csv
        4 [time] seed intended 010_role.csv
        ");
    });
    assert_eq!(
        rows(&project, "SELECT * FROM role"),
        ["1|admin|may do everything", "2|reader|NULL"]
    );
    assert_eq!(
        rows(&project, "SELECT * FROM account"),
        ["1|Ann|1|2", "2|Bob|2|NULL"]
    );
    let (code, answer) = project.json("seed");
    assert_eq!(code, 0);
    let seeded = &answer["seeded"];
    assert_eq!(
        (&seeded[0]["name"], &seeded[0]["rows"]),
        (&json!("010_role.csv"), &json!(2))
    );
    assert_eq!(seeded.as_array().unwrap().len(), 1);
    assert_eq!(answer["skipped"][0]["state"], "done");
    assert_eq!(answer["environment"], json!(null));
}

#[test]
fn a_changed_file_of_rows_changes_its_rows_and_no_others() {
    let project = upgraded();
    project.good("seed");
    project.write("seeds/010_role.csv", "id,name\n1,root\n3,writer\n");
    project.good("seed");
    assert_eq!(
        rows(&project, "SELECT * FROM role"),
        ["1|root|may do everything", "2|reader|NULL", "3|writer|NULL"]
    );
}

#[test]
fn what_runs_once_is_passed_over_and_its_change_is_told() {
    let project = upgraded();
    project.good("seed");
    project.write("seeds/010_role.csv", "id,name,note\n1,admin,\n");
    filtered(|| {
        assert_snapshot!(project.limbeck("seed note").whole(), @"
        exit 0
        -- stdout
        nothing to do; 1 seed had run before
        ");
        let file = "seeds/020_note.sql";
        project.write(file, project.read(file).replace("Say", "  Tell"));
        assert_snapshot!(project.limbeck("seed note").whole(), @"
        exit 0
        -- stdout
        nothing to do; 1 seed had run before
        ");
        project.write(file, project.read(file).replace("everything", "nothing"));
        assert_snapshot!(project.limbeck("seed note").whole(), @"
        exit 0
        -- stdout
        nothing to do; 1 seed had run before
        -- stderr
        note: the seed `020_note.sql` was changed after it had run, and it runs once: `limbeck seed 020_note.sql --again` runs it again
        ");
        assert_snapshot!(project.good("seed note --list"), @"020_note.sql    once  changed  [time]");
        assert_snapshot!(project.limbeck("seed 020_note.sql --again").whole(), @"
        exit 0
        -- stdout
        1 seed written
        -- stderr
        seed 020_note.sql ([duration])
        ");
    });
    assert_eq!(
        rows(&project, "SELECT note FROM role WHERE id = 1"),
        ["may do nothing"]
    );
    assert_snapshot!(project.good("seed note"), @"nothing to do; 1 seed had run before");
}

#[test]
fn rows_that_run_once_are_not_written_again() {
    let project = upgraded();
    project.write("seeds/seeds.toml", "[\"010_role.csv\"]\nruns = \"once\"\n");
    project.good("seed");
    project.write("seeds/010_role.csv", "id,name\n1,other\n");
    assert_eq!(project.json("seed --list role").1["seeds"][0]["state"], "changed");
    project.good("seed");
    assert_eq!(rows(&project, "SELECT name FROM role WHERE id = 1"), ["admin"]);
}

#[test]
fn a_seed_of_another_environment_does_not_run() {
    let project = upgraded();
    let production = [("LIMBECK_ENV", "production")];
    assert_snapshot!(project.run(&["seed", "account"], &production).whole(), @"
    exit 2
    -- stderr
    error: the seed `dev/010_account.jsonl` is for the environment `dev` alone, and this is `production`
      help: `limbeck seed --env dev` runs it, on the database of that environment
    ");
    assert_snapshot!(project.run(&["seed", "--env", "dev"], &production).whole(), @"
    exit 2
    -- stderr
    error: `LIMBECK_ENV` says `production`, so seeds of `dev` are not written from here
      help: set LIMBECK_ENV=dev to work on the database of dev
    ");
    assert_eq!(project.run(&["seed"], &production).code, 0);
    assert_eq!(rows(&project, "SELECT count(*) FROM account"), ["0"]);
    filtered(|| {
        assert_snapshot!(project.limbeck("seed --env tset").whole(), @"
    exit 0
    -- stdout
    1 seed written; 1 seed had run before
    -- stderr
    note: no seed is for the environment `tset` alone
    seed 010_role.csv 2 rows ([duration])
    ")
    });
    assert_eq!(project.run(&["seed"], &[("LIMBECK_ENV", "dev")]).code, 0);
    assert_eq!(rows(&project, "SELECT count(*) FROM account"), ["2"]);
}

#[test]
fn a_database_without_all_revisions_is_refused_and_not_touched() {
    let project = project();
    assert_snapshot!(project.limbeck("seed").whole(), @"
    exit 2
    -- stderr
    error: the database lacks 1 of the revisions, and seeds are written for the schema after them
      help: run `limbeck upgrade` first
    ");
    is(&project, "seed", 2, "not_upgraded");
    assert_eq!(rows(&project, "SELECT count(*) FROM sqlite_schema"), ["0"]);
    let project = Project::new();
    assert_snapshot!(project.good("seed"), @"no seeds: put files into seeds");
    assert_snapshot!(project.good("seed --list"), @"no seeds: put files into seeds");
    assert_eq!(project.json("seed").1["seeded"], json!([]));
}

#[test]
fn a_mistake_is_told_with_its_place_and_nothing_is_kept() {
    let project = upgraded();
    let wrong = |file: &str, text: &str| {
        project.write(file, text);
        let ran = project.limbeck("seed --env dev");
        std::fs::remove_file(project.path(file)).unwrap();
        assert_eq!(
            rows(&project, "SELECT count(*) FROM role"),
            ["0"],
            "{}",
            ran.whole()
        );
        ran.whole()
    };
    let mut told = String::new();
    for (file, text) in [
        ("seeds/030_role.csv", "id,name\n3,\"a\nb\"\n4,\"x\n"),
        ("seeds/030_role.csv", "id,nam\n3,x\n"),
        ("seeds/030_role.csv", "id,name\n3,x\nx,y\n"),
        ("seeds/030_role.csv", "id,name\n3,x\n4,y\n3,z\n"),
        ("seeds/030_role.csv", "name\nx\n"),
        ("seeds/030_role.csv", "id,name\n7,admin\n"),
        ("seeds/030_roles.csv", "id,name\n3,x\n"),
        (
            "seeds/030_x.sql",
            "INSERT INTO role (id, name) VALUES (3, 'x');\nDROP TABLE account;\n",
        ),
        (
            "seeds/030_x.sql",
            "-- limbeck:seed sqlite\nPRAGMA foreign_keys = OFF;\n",
        ),
        (
            "seeds/030_x.sql",
            "-- limbeck:seed sqlite\nINSERT INTO role VALUES (3, 'x', NULL);\nCOMMIT;\n",
        ),
        (
            "seeds/030_x.sql",
            "-- limbeck:seed sqlite\nINSERT INTO roles VALUES (3, 'x', NULL);\n",
        ),
        (
            "seeds/030_x.sql",
            "INSERT INTO role (id, name) VALUES (3, 'a' || 1 + 2);\n",
        ),
        (
            "seeds/030_x.sql",
            "-- limbeck:assert SELECT id, name FROM role WHERE id > 1\n",
        ),
        ("seeds/dev/030_account.csv", "id,name,role\n3,x,9\n"),
        ("seeds/030.yaml", ""),
    ] {
        told.push_str(&format!("# {file} {text:?}\n{}\n", wrong(file, text)));
    }
    filtered(|| {
        assert_snapshot!(told, @r#"
    # seeds/030_role.csv "id,name\n3,\"a\nb\"\n4,\"x\n"
    exit 2
    -- stderr
    seed 010_role.csv 2 rows ([duration])
    seed 020_note.sql ([duration])
    error: seeds/030_role.csv:4: the quote that begins on this line is closed nowhere
      help: a field with a quote, comma or line end in it stands between quotes, each quote in it written twice
      help: nothing of this run was kept

    # seeds/030_role.csv "id,nam\n3,x\n"
    exit 2
    -- stderr
    error: seeds/030_role.csv:1: column `nam`: the table `role` has no such column
      help: did you mean `name`?
      help: nothing of this run was kept

    # seeds/030_role.csv "id,name\n3,x\nx,y\n"
    exit 2
    -- stderr
    seed 010_role.csv 2 rows ([duration])
    seed 020_note.sql ([duration])
    error: seeds/030_role.csv:3: column `id`: `x` is not a BIGINT
      help: nothing of this run was kept

    # seeds/030_role.csv "id,name\n3,x\n4,y\n3,z\n"
    exit 2
    -- stderr
    seed 010_role.csv 2 rows ([duration])
    seed 020_note.sql ([duration])
    error: seeds/030_role.csv:4: column `id`: the row has the key of the row on line 2
      help: remove one of them: each row of the table is meant once
      help: nothing of this run was kept

    # seeds/030_role.csv "name\nx\n"
    exit 2
    -- stderr
    error: seeds/030_role.csv: the file lacks the column `id`, by which rows of `role` are found
      help: say which key finds a row, with `key` in seeds.toml: (name)

    # seeds/030_role.csv "id,name\n7,admin\n"
    exit 2
    -- stderr
    seed 010_role.csv 2 rows ([duration])
    seed 020_note.sql ([duration])
    error: seeds/030_role.csv:2: the database refuses the row: UNIQUE constraint failed: role.name (SQLITE_CONSTRAINT_UNIQUE)
      help: each row is found by its key; what keeps it out is another unique key, a reference or a check
      help: nothing of this run was kept

    # seeds/030_roles.csv "id,name\n3,x\n"
    exit 2
    -- stderr
    error: seeds/030_roles.csv: there is no table `roles`
      help: the table has the name of the file without its number and ending, or the one that `table` in seeds.toml says

    # seeds/030_x.sql "INSERT INTO role (id, name) VALUES (3, 'x');\nDROP TABLE account;\n"
    exit 2
    -- stderr
    error: a seed only writes rows, and this statement changes the schema
     --> seeds/030_x.sql:2:1
      |
    2 | DROP TABLE account;
      | ^^^^^^^^^^^^^^^^^^
      |
      = help: put it into a revision: `limbeck revision -m "…"`

    # seeds/030_x.sql "-- limbeck:seed sqlite\nPRAGMA foreign_keys = OFF;\n"
    exit 2
    -- stderr
    error: a seed only writes rows, and this statement changes the session
     --> seeds/030_x.sql:2:1
      |
    2 | PRAGMA foreign_keys = OFF;
      | ^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: put it into a revision: `limbeck revision -m "…"`

    # seeds/030_x.sql "-- limbeck:seed sqlite\nINSERT INTO role VALUES (3, 'x', NULL);\nCOMMIT;\n"
    exit 2
    -- stderr
    error: a seed only writes rows, and this statement begins or ends a transaction
     --> seeds/030_x.sql:3:1
      |
    3 | COMMIT;
      | ^^^^^^
      |
      = help: put it into a revision: `limbeck revision -m "…"`

    # seeds/030_x.sql "-- limbeck:seed sqlite\nINSERT INTO roles VALUES (3, 'x', NULL);\n"
    exit 2
    -- stderr
    seed 010_role.csv 2 rows ([duration])
    seed 020_note.sql ([duration])
    error: no such table: roles (SQLITE_ERROR)
     --> seeds/030_x.sql:2:1
      |
    2 | INSERT INTO roles VALUES (3, 'x', NULL);
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: nothing of this run was kept

    # seeds/030_x.sql "INSERT INTO role (id, name) VALUES (3, 'a' || 1 + 2);\n"
    exit 2
    -- stderr
    error: `||` beside an arithmetic operator: engines differ in which one comes first
     --> seeds/030_x.sql:1:49
      |
    1 | INSERT INTO role (id, name) VALUES (3, 'a' || 1 + 2);
      |                                                 ^
      |
      = help: write parentheses around one of them

    # seeds/030_x.sql "-- limbeck:assert SELECT id, name FROM role WHERE id > 1\n"
    exit 2
    -- stderr
    seed 010_role.csv 2 rows ([duration])
    seed 020_note.sql ([duration])
    error: the assertion found 1 row, the first is id = 2, name = 'reader'
     --> seeds/030_x.sql:1:19
      |
    1 | -- limbeck:assert SELECT id, name FROM role WHERE id > 1
      |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: nothing of this run was kept

    # seeds/dev/030_account.csv "id,name,role\n3,x,9\n"
    exit 2
    -- stderr
    seed 010_role.csv 2 rows ([duration])
    seed 020_note.sql ([duration])
    error: seeds/dev/030_account.csv:2: the database refuses the row: FOREIGN KEY constraint failed (SQLITE_CONSTRAINT_FOREIGNKEY)
      help: each row is found by its key; what keeps it out is another unique key, a reference or a check
      help: nothing of this run was kept

    # seeds/030.yaml ""
    exit 2
    -- stderr
    error: seeds/030.yaml: the ending says no format of seeds
      help: seeds end in .sql, .csv, .jsonl or .ndjson; put other files elsewhere
    "#)
    });
    let failed =
        "SELECT revision, count(*) FROM limbeck_journal WHERE event = 'failed' GROUP BY revision ORDER BY 1";
    assert_eq!(
        rows(&project, failed),
        ["030_role.csv|4", "030_x.sql|2", "dev/030_account.csv|1"]
    );
    assert_eq!(
        rows(
            &project,
            "SELECT count(*) FROM limbeck_journal WHERE direction = 'seed' AND event <> 'failed'"
        ),
        ["0"]
    );
    project.good("seed --env dev");
}

#[test]
fn a_key_is_one_for_the_database_and_stands_in_the_file() {
    let project = upgraded();
    project.revision("b2", "revises a1", "Add notes", "CREATE TABLE note (text VARCHAR(9), id BIGINT);\nCREATE TABLE part (id BIGINT PRIMARY KEY, a BIGINT NOT NULL, b BIGINT, c BIGINT);\nCREATE UNIQUE INDEX ix_part ON part (b, a);", "DROP TABLE part;\nDROP TABLE note;");
    project.good("upgrade");
    let ask = |manifest: &str, file: &str, text: &str| {
        project.write("seeds/seeds.toml", manifest);
        project.write(&format!("seeds/{file}"), text);
        let ran = project.limbeck("seed");
        std::fs::remove_file(project.path(&format!("seeds/{file}"))).unwrap();
        ran.whole()
    };
    let mut told = String::new();
    for (manifest, file, text) in [
        ("", "5_note.csv", "text,id\nx,1\n"),
        ("", "5_part.csv", "a,b,c\n1,1,1\n"),
        (
            "[\"5_part.csv\"]\nkey = [\"a\"]\n",
            "5_part.csv",
            "id,a,b\n1,1,1\n",
        ),
        (
            "[\"5_part.csv\"]\nkey = [\"d\"]\n",
            "5_part.csv",
            "id,a,b\n1,1,1\n",
        ),
        (
            "[\"5_part.csv\"]\nkey = [\"a\", \"b\"]\n",
            "5_part.csv",
            "id,a,b\n1,1,\n",
        ),
        (
            "[\"5_part.csv\"]\nkey = [\"A\", \"b\"]\n",
            "5_part.csv",
            "id,a,b,c\n1,1,1,1\n",
        ),
        (
            "[\"5_x.csv\"]\nkey = [\"a\", \"b\"]\ntable = \"part\"\n",
            "5_x.csv",
            "a,b,c,id\n1,1,2,9\n",
        ),
    ] {
        told.push_str(&format!(
            "# {manifest:?} {file} {text:?}\n{}\n",
            ask(manifest, file, text)
        ));
    }
    filtered(|| {
        assert_snapshot!(told, @r#"
    # "" 5_note.csv "text,id\nx,1\n"
    exit 2
    -- stderr
    error: seeds/5_note.csv: the table `note` has no primary key, so that its rows cannot be found again
      help: give the table a primary key or a unique constraint whose columns are in the file

    # "" 5_part.csv "a,b,c\n1,1,1\n"
    exit 2
    -- stderr
    error: seeds/5_part.csv: the file lacks the column `id`, by which rows of `part` are found
      help: say which key finds a row, with `key` in seeds.toml: (b, a)

    # "[\"5_part.csv\"]\nkey = [\"a\"]\n" 5_part.csv "id,a,b\n1,1,1\n"
    exit 2
    -- stderr
    error: seeds/5_part.csv: the table `part` may have two rows with the same (a), so that it is no key
      help: say which key finds a row, with `key` in seeds.toml: (id) or (b, a)

    # "[\"5_part.csv\"]\nkey = [\"d\"]\n" 5_part.csv "id,a,b\n1,1,1\n"
    exit 2
    -- stderr
    error: seeds/5_part.csv: the key names the column `d`, which the table `part` does not have
      help: correct `key` in seeds.toml

    # "[\"5_part.csv\"]\nkey = [\"a\", \"b\"]\n" 5_part.csv "id,a,b\n1,1,\n"
    exit 2
    -- stderr
    error: seeds/5_part.csv:2: column `b`: the value is NULL, and the row is found by it
      help: write a value, or let another key find the rows: `key` in seeds.toml
      help: nothing of this run was kept

    # "[\"5_part.csv\"]\nkey = [\"A\", \"b\"]\n" 5_part.csv "id,a,b,c\n1,1,1,1\n"
    exit 0
    -- stdout
    3 seeds written
    -- stderr
    seed 5_part.csv 1 row ([duration])
    seed 010_role.csv 2 rows ([duration])
    seed 020_note.sql ([duration])

    # "[\"5_x.csv\"]\nkey = [\"a\", \"b\"]\ntable = \"part\"\n" 5_x.csv "a,b,c,id\n1,1,2,9\n"
    exit 0
    -- stdout
    2 seeds written; 1 seed had run before
    -- stderr
    seed 5_x.csv 1 row ([duration])
    seed 010_role.csv 2 rows ([duration])
    "#)
    });
    assert_eq!(rows(&project, "SELECT id, a, b, c FROM part"), ["9|1|1|2"]);
}

#[test]
fn drift_is_still_known_after_seeds() {
    let project = upgraded();
    let drift = "upgrade --check-drift";
    assert_eq!(project.limbeck(drift).err, "");
    project.good("seed");
    assert_eq!(project.limbeck(drift).err, "");
    project.write("seeds/030_role.csv", "id\n");
    project.write("seeds/040_role.csv", "id,name\n1,\n");
    assert_eq!(project.limbeck("seed").code, 2);
    assert_eq!(project.limbeck(drift).err, "");
    project
        .sqlite("app.db")
        .execute_batch("CREATE TABLE other (id INTEGER)")
        .unwrap();
    project.write("seeds/040_role.csv", "id,name\n1,admin\n");
    project.good("seed");
    is(&project, drift, 5, "drift");
}

/// Writes what the test sees, and rows.
struct Visitors(&'static str, SeedRuns);

#[async_trait]
impl Seed for Visitors {
    fn name(&self) -> &str {
        self.0
    }

    fn runs(&self) -> SeedRuns {
        self.1
    }

    async fn seed(&self, transaction: &mut Transaction<'_>) -> Result<(), DriverError> {
        let found = transaction.query("SELECT count(*) FROM role", &[]).await?;
        let roles = found
            .rows
            .first()
            .and_then(|row| row.integer(0))
            .unwrap_or_default();
        let sql = format!(
            "INSERT INTO account (id, name, role) SELECT count(*) + 1, '{}', {roles} FROM account",
            self.0
        );
        transaction.execute(&sql, &[]).await?;
        Ok(())
    }
}

/// What a command of a program's own writes.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Told {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn code_takes_part_in_the_order_by_its_name() {
    let project = upgraded();
    let run = |arguments: &[&str]| {
        let told = Told::default();
        let call = Invocation::of_process()
            .arguments(arguments)
            .environment(Environment::default())
            .directory(project.path(""))
            .streams(told.clone(), told.clone());
        let exit = Cli::new()
            .seed(Visitors("015_once", SeedRuns::Once))
            .seed(Visitors("030_always", SeedRuns::Always))
            .run_with(call);
        let text = String::from_utf8(told.0.lock().unwrap().clone()).unwrap();
        (exit, text)
    };
    let (exit, text) = run(&["seed"]);
    assert_eq!(exit, Exit::Success, "{text}");
    filtered(|| {
        assert_snapshot!(text, @"
    seed 010_role.csv 2 rows ([duration])
    seed 015_once ([duration])
    seed 020_note.sql ([duration])
    seed 030_always ([duration])
    4 seeds written
    ")
    });
    let (exit, text) = run(&["seed", "--json"]);
    assert_eq!(exit, Exit::Success, "{text}");
    assert_eq!(
        rows(&project, "SELECT * FROM account"),
        ["1|015_once|2|NULL", "2|030_always|2|NULL", "3|030_always|2|NULL"]
    );
    std::fs::remove_file(project.path("seeds/010_role.csv")).unwrap();
    project
        .sqlite("app.db")
        .execute_batch("DELETE FROM account; DELETE FROM role")
        .unwrap();
    let (exit, text) = run(&["seed", "always"]);
    assert_eq!(exit, Exit::Failure, "{text}");
    filtered(|| {
        assert_snapshot!(text, @"
    error: 030_always: FOREIGN KEY constraint failed (SQLITE_CONSTRAINT_FOREIGNKEY)
      help: nothing of this run was kept
    ")
    });
}
