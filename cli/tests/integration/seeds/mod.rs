//! `limbeck seed`: what it says, and what it refuses.

mod mistakes;

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

/// The file with the reference is written twice: first without it, for the rows that come later.
#[test]
fn what_the_environment_says_of_a_row_stays() {
    let project = upgraded();
    project.write(
        "seeds/040_account.csv",
        "id,name,role,invited_by\n1,Common,1,2\n2,Bob,2,\n",
    );
    project.write("seeds/dev/010_account.jsonl", "");
    project.write("seeds/dev/050_account.csv", "id,name,role\n1,Dev,1\n");
    project.good("seed --env dev");
    assert_eq!(
        rows(&project, "SELECT name, invited_by FROM account ORDER BY id"),
        ["Dev|2", "Bob|NULL"]
    );
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
    for name in ["prod", "PRODUCTION", "production-eu", " production "] {
        let ran = project.run(&["seed", "--env", "dev"], &[("LIMBECK_ENV", name)]);
        assert_eq!(ran.code, 2, "{name}: {}", ran.out);
    }
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

#[cfg(unix)]
#[test]
fn a_pipe_is_no_seed() {
    let project = Project::with_revisions();
    project.good("upgrade");
    project.write("seeds/020_account.csv", "id\n1\n");
    let pipe = project.path("seeds/010_account.csv");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let ran = project.limbeck("seed");
    assert_eq!(ran.code, 2);
    assert!(
        ran.err
            .contains("010_account.csv: it cannot be read: it is neither a file nor a folder"),
        "{}",
        ran.err
    );
}
