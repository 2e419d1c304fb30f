//! `--transaction`, and where else it is said.

use insta::assert_snapshot;

use crate::project::Project;
use crate::project::filtered;
use crate::project::kind;

/// Two revisions, of which the second fails.
fn failing() -> Project {
    let project = Project::with_revisions();
    project.revision(
        "c3",
        "revises b2",
        "Fail",
        "INSERT INTO team (id) VALUES (1), (1);\n",
        "DELETE FROM team;\n",
    );
    project
}

fn tables(project: &Project) -> i64 {
    let sql = "SELECT count(*) FROM sqlite_schema WHERE name IN ('account', 'team')";
    project
        .sqlite("app.db")
        .query_row(sql, [], |row| row.get(0))
        .unwrap()
}

#[test]
fn nothing_of_a_run_in_one_transaction_stays_when_a_step_fails() {
    let project = failing();
    filtered(|| {
        assert_snapshot!(project.limbeck("upgrade --transaction run").whole(), @"
        exit 2
        -- stderr
        note: a1, b2 ran in the same transaction and were taken back
        error: upgrade of c3 failed at statement 1 of 1: UNIQUE constraint failed: team.id (SQLITE_CONSTRAINT_PRIMARYKEY)
         --> migrations/c3_fail.sql:9:1
          |
        9 | INSERT INTO team (id) VALUES (1), (1);
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: nothing of c3 was kept; nothing else was applied
        ")
    });
    assert_eq!(tables(&project), 0);
    let log = project.good("log");
    assert!(log.contains("failed") && !log.contains("done"), "{log}");
    assert_eq!(project.limbeck("upgrade b2 --transaction run").code, 0);
    assert_eq!(tables(&project), 2);
}

#[test]
fn the_flag_wins_over_the_variable_and_that_over_the_file() {
    let variable = [("LIMBECK_TRANSACTION", "run")];
    let project = failing();
    assert_eq!(project.run(&["upgrade"], &variable).code, 2);
    assert_eq!(tables(&project), 0);
    project.run(&["upgrade", "--transaction", "step"], &variable);
    assert_eq!(tables(&project), 2);

    let project = failing();
    let configuration = project.read("limbeck.toml");
    project.write("limbeck.toml", format!("transaction = \"run\"\n{configuration}"));
    assert_eq!(project.limbeck("upgrade").code, 2);
    assert_eq!(tables(&project), 0);
    project.run(&["upgrade"], &[("LIMBECK_TRANSACTION", "step")]);
    assert_eq!(tables(&project), 2);

    project.write("limbeck.toml", format!("transaction = \"all\"\n{configuration}"));
    let (code, word) = kind(&project, "upgrade");
    assert_eq!((code, &*word), (2, "config"));
}

#[test]
fn a_file_of_one_transaction_begins_and_ends_once() {
    let project = Project::with_revisions();
    let count = |text: &str, line: &str| text.lines().filter(|found| *found == line).count();
    let steps = project.good("upgrade --sql --dialect sqlite");
    let run = project.good("upgrade --sql --dialect sqlite --transaction run");
    for (text, number) in [(&steps, 3), (&run, 1)] {
        assert_eq!(count(text, "BEGIN IMMEDIATE;"), number);
        assert_eq!(count(text, "COMMIT;"), number);
    }
    let statements = |text: &str| {
        let lines = text
            .lines()
            .filter(|line| !["BEGIN IMMEDIATE;", "COMMIT;"].contains(line));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(statements(&run), statements(&steps));
    let refused = project.limbeck("upgrade --sql --dialect mysql --transaction run");
    filtered(|| {
        assert_snapshot!(refused.whole(), @r#"
    exit 2
    -- stderr
    error: a run cannot be one transaction on mysql: schema changes there are not taken back with it
      help: use `step`, the default, where `run` was asked for: `--transaction`, the variable LIMBECK_TRANSACTION, or `transaction` in the configuration; each statement is then recorded by itself, and the next run goes on from there
    "#)
    });
}
