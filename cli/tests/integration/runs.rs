//! Commands on a database.

use insta::assert_snapshot;
use serde_json::json;

use crate::project::Project;
use crate::project::filtered;

#[test]
fn upgrade_and_downgrade_tell_what_they_did() {
    let project = Project::with_revisions();
    filtered(|| {
        assert_snapshot!(project.limbeck("upgrade").whole(), @"
    exit 0
    -- stdout
    2 revisions applied; the database is at b2
    -- stderr
    upgrade a1 Add accounts ([duration])
    upgrade b2 Add teams ([duration])
    ")
    });
    filtered(|| {
        assert_snapshot!(project.limbeck("upgrade").whole(), @"
    exit 0
    -- stdout
    nothing to do; the database is at b2
    ")
    });
    filtered(|| {
        assert_snapshot!(project.limbeck("downgrade -1").whole(), @"
    exit 0
    -- stdout
    1 revision taken back; the database is at a1
    -- stderr
    downgrade b2 Add teams ([duration])
    ")
    });
    filtered(|| {
        assert_snapshot!(project.limbeck("upgrade +1 -q").whole(), @"
    exit 0
    -- stdout
    1 revision applied; the database is at b2
    ")
    });
    filtered(|| {
        assert_snapshot!(project.limbeck("downgrade base -v").whole(), @"
    exit 0
    -- stdout
    2 revisions taken back; the database is at base
    -- stderr
    1/2 begins: downgrade b2 Add teams
    downgrade b2 Add teams ([duration])
    2/2 begins: downgrade a1 Add accounts
    downgrade a1 Add accounts ([duration])
    ")
    });
    assert_eq!(project.good("current"), "");
}

#[test]
fn runs_answer_with_steps_and_rows() {
    let project = Project::with_revisions();
    let (code, mut answer) = project.json("upgrade");
    assert_eq!(code, 0);
    for step in answer["steps"].as_array_mut().unwrap() {
        assert!(step["milliseconds"].take().is_u64());
    }
    let step = |direction, revision, message| json!({"direction": direction, "revision": revision, "message": message, "milliseconds": null});
    let up = [
        step("upgrade", "a1", "Add accounts"),
        step("upgrade", "b2", "Add teams"),
    ];
    assert_eq!(answer, json!({"steps": up, "revisions": ["b2"]}));

    let (_, mut answer) = project.json("downgrade a1");
    answer["steps"][0]["milliseconds"].take();
    assert_eq!(
        answer,
        json!({"steps": [step("downgrade", "b2", "Add teams")], "revisions": ["a1"]})
    );

    let (_, answer) = project.json("stamp heads");
    assert_eq!(answer, json!({"steps": [], "revisions": ["b2"]}));
}

#[test]
fn stamp_records_without_running() {
    let project = Project::with_revisions();
    filtered(|| {
        assert_snapshot!(project.limbeck("stamp a1").whole(), @"
    exit 0
    -- stdout
    nothing was run; the database is at a1
    ")
    });
    filtered(|| {
        assert_snapshot!(project.limbeck("upgrade").whole(), @"
    exit 0
    -- stdout
    1 revision applied; the database is at b2
    -- stderr
    upgrade b2 Add teams ([duration])
    ")
    });
    project.good("stamp base");
    assert_eq!(project.json("current").1, json!({"revisions": []}));
}

#[test]
fn current_shows_the_rows() {
    let project = Project::with_revisions();
    assert_eq!(project.json("current").1, json!({"revisions": []}));
    assert_snapshot!(project.limbeck("current --check-heads").whole(), @"
    exit 1
    -- stderr
    the database is not at all heads
    ");
    project.good("upgrade a1");
    assert_eq!(
        project.json("current --check-heads"),
        (1, json!({"revisions": ["a1"]}))
    );
    assert_snapshot!(project.good("current"), @"a1 Add accounts");
    project.good("upgrade");
    assert_snapshot!(project.good("current --check-heads"), @"b2 (head) Add teams");
    assert_snapshot!(project.good("current -v"), @"
    b2 (head)
    revises     a1
    created     2026-11-21T07:00:00Z
    file        migrations/b2_add_teams.sql

        Add teams
    ");
}

#[test]
fn plan_shows_what_would_be_sent_and_sends_nothing() {
    let project = Project::with_revisions();
    assert_snapshot!(project.good("plan"), @r#"
    -- upgrade a1 Add accounts
    CREATE TABLE "account" (
        "id" BIGINT NOT NULL,
        CONSTRAINT "pk_account" PRIMARY KEY ("id")
    );

    -- upgrade b2 Add teams
    CREATE TABLE "team" (
        "id" BIGINT NOT NULL,
        CONSTRAINT "pk_team" PRIMARY KEY ("id")
    );

    -- 2 steps; the database would be at b2
    "#);
    assert_eq!(project.json("plan upgrade a1").1["heads_after"], json!(["a1"]));
    assert!(!project.path("app.db").exists(), "nothing was made");
    project.good("upgrade");
    assert_snapshot!(project.good("plan downgrade -1"), @r#"
    -- downgrade b2 Add teams
    -- stops if this finds rows: the table team cannot be dropped while foreign keys refer to it, from …
    SELECT s.name FROM sqlite_schema AS s JOIN pragma_foreign_key_list(s.name) AS f WHERE s.type = 'table' AND lower(f."table") = lower('team') AND lower(s.name) <> lower('team');
    DROP TABLE "team";

    -- 1 step; the database would be at a1
    "#);
    let (_, plan) = project.json("plan downgrade base");
    let directions: Vec<_> = plan["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step["direction"].clone())
        .collect();
    assert_eq!(directions, [json!("downgrade"), json!("downgrade")]);
    assert_eq!(plan["heads_after"], json!([]));
    assert_eq!(plan["steps"][0]["transactional"], json!(true));
    assert_eq!(plan["steps"][0]["statements"][1], json!("DROP TABLE \"team\""));
    assert_eq!(plan["steps"][0]["kinds"], json!(["guard", "statement"]));
    assert_eq!(plan["steps"][0]["code"], json!(false));
    assert_snapshot!(project.limbeck("plan downgrade").whole(), @"
    exit 2
    -- stderr
    error: a downgrade needs a target
      help: `limbeck plan downgrade -1` takes the newest revision back
    ");
}

#[test]
fn the_log_tells_what_ran() {
    let project = Project::with_revisions();
    assert_eq!(project.json("log").1, json!({"entries": []}));
    project.good("upgrade a1");
    let (_, log) = project.json("log");
    let newest = &log["entries"][0];
    assert_eq!(newest["revision"], json!("a1"));
    assert_eq!(newest["event"], json!("done"));
    assert_eq!(newest["direction"], json!("upgrade"));
    assert_eq!(project.json("log -n 1").1["entries"].as_array().unwrap().len(), 1);
    project.good("stamp b2");
    project.good("stamp base");
    let (_, log) = project.json("log");
    let lines = project.good("log");
    let stamps: Vec<bool> = lines.lines().map(|line| line.contains("at b2")).collect();
    assert_eq!(stamps, [false, false, true, false, false, false], "{lines}");
    assert!(lines.starts_with("7 ") && lines.lines().next().unwrap().contains("at base"));
    assert_eq!(lines.lines().count(), log["entries"].as_array().unwrap().len());
}

#[test]
fn verify_and_repair_deal_with_an_edited_revision() {
    let project = Project::with_revisions();
    project.good("upgrade");
    assert_snapshot!(project.good("verify"), @"nothing found");
    let file = "migrations/a1_add_accounts.sql";
    let text = project.read(file);
    project.write(
        file,
        text.replace("CREATE TABLE", "-- a comment changes nothing\ncreate table"),
    );
    assert_snapshot!(project.good("verify"), @"nothing found");
    project.write(file, text.replace("BIGINT", "INTEGER"));
    filtered(|| {
        assert_snapshot!(project.limbeck("verify").whole(), @"
    exit 1
    -- stdout
    error: migrations/a1_add_accounts.sql: an applied revision was edited since it ran:
      a1 (migrations/a1_add_accounts.sql): ran as [checksum], is now [checksum]
      help: an applied revision stays as it ran: put the change into a new one
      help: to run it again, put the old text back, downgrade below it, edit it, and upgrade
      help: if the change means nothing to the database, accept it with `limbeck repair a1`

    1 finding
    ")
    });
    assert_eq!(project.json("status --exit-code").0, 1);
    assert_eq!(project.json("status").1["edited"], json!(["a1"]));
    assert!(
        project
            .good("status")
            .contains("edited     a1 (since it was applied)\n")
    );
    let (code, answer) = project.json("verify");
    assert_eq!(code, 1);
    assert_eq!(answer["findings"][0]["kind"], json!("changed"));
    assert_eq!(answer["findings"][0]["file"], json!(file));
    filtered(|| {
        assert_snapshot!(project.limbeck("upgrade").whole(), @"
    exit 2
    -- stderr
    error: an applied revision was edited since it ran:
      a1 (migrations/a1_add_accounts.sql): ran as [checksum], is now [checksum]
      help: an applied revision stays as it ran: put the change into a new one
      help: to run it again, put the old text back, downgrade below it, edit it, and upgrade
      help: if the change means nothing to the database, accept it with `limbeck repair a1`
    ")
    });
    filtered(|| {
        assert_snapshot!(project.limbeck("repair a1").whole(), @"
    exit 0
    -- stdout
    a1 migrations/a1_add_accounts.sql
    1 revision accepted as edited
    ")
    });
    assert_eq!(project.json("verify"), (0, json!({"findings": []})));
}

#[test]
fn verify_finds_all_faults_of_the_files() {
    let project = Project::with_revisions();
    project.revision("c3", "revises nothing", "Orphan", "", "");
    project.write(
        "migrations/d4.sql",
        "-- limbeck:revision d4\n-- limbeck:upgarde\n",
    );
    assert_snapshot!(project.limbeck("verify").whole(), @"
    exit 1
    -- stdout
    error: there is no directive `upgarde`
     --> migrations/d4.sql:2:1
      |
    2 | -- limbeck:upgarde
      | ^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `upgrade`?

    error: `c3` (migrations/c3_orphan.sql) revises `nothing`, which no file declares
     --> migrations/c3_orphan.sql:4:20
      |
    4 | -- limbeck:revises nothing
      |                    ^^^^^^^
      |
      = help: get the missing file (was it committed?), or correct the `-- limbeck:revises` line

    2 findings
    ");
    let (code, answer) = project.json("verify");
    assert_eq!(code, 1);
    project.write("migrations/e5.sql", "-- No id\n\n-- limbeck:upgrade\n");
    let (_, faults) = project.json("upgrade");
    let faults = faults["error"]["faults"].as_array().unwrap();
    assert!(faults.iter().all(|fault| fault["file"].is_string()), "{faults:?}");
    let finding = &answer["findings"][0];
    for key in ["kind", "file", "line", "message"] {
        assert!(finding.get(key).is_some(), "{key} in {finding}");
    }
}

#[test]
fn the_tables_can_be_made_before_anything_runs() {
    let project = Project::with_revisions();
    assert_snapshot!(project.limbeck("ensure-version").whole(), @"
    exit 0
    -- stdout
    the version table limbeck_version is there
    ");
    assert_eq!(
        project.json("ensure-version").1,
        json!({"version_table": "limbeck_version"})
    );
    assert_eq!(project.good("current"), "");
}

#[test]
fn wait_ends_when_everything_is_applied() {
    let project = Project::with_revisions();
    let ran = project.limbeck("wait --timeout 0");
    assert_snapshot!(ran.whole(), @"
    exit 3
    -- stderr
    error: the upgrade to all heads did not happen within 0 s: 2 revisions pending
      help: `limbeck status` shows which database it is and what is pending; `limbeck upgrade` applies it
    ");
    project.good("upgrade");
    assert_eq!(project.json("wait").1, json!({"ready": true}));
}

#[test]
fn constraints_without_a_name_are_called_as_the_configuration_says() {
    let project = Project::with_revisions();
    let configuration = project.read("limbeck.toml");
    project.write(
        "limbeck.toml",
        format!("{configuration}\n[naming]\nprimary_key = \"{{table}}_key\"\n"),
    );
    for command in ["plan", "upgrade --sql"] {
        let sql = project.good(command);
        assert!(sql.contains("CONSTRAINT \"team_key\" PRIMARY KEY"), "{sql}");
    }
}

#[test]
fn a_changed_naming_convention_renames_nothing() {
    let project = Project::with_revisions();
    project.write(
        "migrations/c3.sql",
        "-- limbeck:revision c3\n-- limbeck:revises b2\n-- limbeck:portable 1\n\n\
         -- limbeck:upgrade\nCREATE INDEX ON team (id);\n",
    );
    project.good("upgrade");
    let configuration = project.read("limbeck.toml");
    project.write(
        "limbeck.toml",
        format!("{configuration}\n[naming]\nindex = \"{{table}}_{{columns}}_idx\"\n"),
    );
    assert_eq!(project.json("verify").0, 0);
    assert_snapshot!(project.good("upgrade"), @"nothing to do; the database is at c3");
    let ran = project.limbeck("downgrade -1");
    assert_snapshot!(ran.whole(), @r"
    exit 2
    -- stderr
    error: downgrade of c3 failed at statement 1 of 1: no such index: team_id_idx (SQLITE_ERROR)
      help: nothing of c3 was kept; nothing else was applied
    ");

    let revision = project.read("migrations/c3.sql");
    project.write(
        "migrations/c3.sql",
        format!("{revision}\n-- limbeck:downgrade\nDROP INDEX ix_team_id;\n"),
    );
    project.good("downgrade -1");
}

/// It would hide the table of that name from the revisions behind it, and a run of both would do something else than two
/// runs.
#[test]
fn a_temporary_table_ends_with_its_revision() {
    let project = Project::new();
    project.write(
        "migrations/a1.sql",
        "-- Fill a box for a moment\n-- limbeck:revision a1\n-- limbeck:irreversible a test\n\n-- limbeck:upgrade sqlite\n\
         CREATE TEMPORARY TABLE \"a \"\" box\" (id BIGINT);\nCREATE TEMPORARY TABLE box (id BIGINT);\n\
         CREATE TEMPORARY VIEW boxes AS SELECT id FROM box;\nCREATE TEMPORARY TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT);\n\
         CREATE TABLE label (id BIGINT PRIMARY KEY);\nCREATE TEMPORARY TRIGGER doubled AFTER INSERT ON label BEGIN INSERT INTO \
         label VALUES (NEW.id + 1); END;\n",
    );
    project.revision(
        "b2",
        "revises a1",
        "Add boxes",
        "CREATE TABLE box (id BIGINT PRIMARY KEY);\nINSERT INTO box (id) VALUES (1);\nINSERT INTO label (id) VALUES (1);",
        "DROP TABLE box;",
    );
    project.good("upgrade");
    for table in ["box", "label"] {
        let sql = format!("SELECT count(*) FROM {table}");
        let rows = project.sqlite("app.db").query_row(&sql, [], |row| row.get(0));
        assert_eq!(rows, Ok(1), "{table}");
    }
}
