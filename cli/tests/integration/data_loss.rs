//! Downgrades that lose data, and the consent that they want.

use insta::assert_snapshot;
use serde_json::json;

use crate::downgrades::FILE;
use crate::downgrades::changing;
use crate::project::is;

#[test]
fn a_downgrade_that_says_that_it_loses_data_wants_consent() {
    let project = changing(
        "ALTER TABLE account ADD COLUMN email TEXT;\n\
         -- limbeck:loses_data column account.age, which nobody reads\nALTER TABLE account DROP COLUMN age;\n\
         -- limbeck:downgrade\n\
         -- limbeck:loses_data the addresses that were entered since\n\
         -- limbeck:loses_data\n\
         ALTER TABLE account DROP COLUMN email;\n\
         ALTER TABLE account ADD COLUMN age INTEGER;",
    );
    project.revision("c3", "revises b2", "Drop", "DROP TABLE team;", "");
    project.good("upgrade");
    assert_snapshot!(project.limbeck("downgrade a1").whole(), @"
    exit 2
    -- stderr
    error: after these downgrades data is gone:
      c3 (migrations/c3_drop.sql:9:1): the rows of table `team`
      b2 (migrations/b2_change.sql:13:1): the addresses that were entered since
      b2 (migrations/b2_change.sql:14:1): what the statement is about
      help: agree to it with `--allow-data-loss`
    ");
    assert_snapshot!(project.limbeck("downgrade -1").whole(), @"
    exit 2
    -- stderr
    error: after the downgrade of c3 this is gone: the rows of table `team`
     --> migrations/c3_drop.sql:9:1
      |
    9 | DROP TABLE team;
      | ^^^^^^^^^^^^^^^
      |
      = help: agree to it with `--allow-data-loss`
    ");
    is(&project, "downgrade -1", 2, "data_loss");
    let (_, answer) = project.json("downgrade -1");
    assert_eq!(
        (&answer["error"]["file"], &answer["error"]["line"]),
        (&json!("migrations/c3_drop.sql"), &json!(9))
    );

    let plan = project.limbeck("plan downgrade a1");
    assert_snapshot!(plan.err, @"
    note: this would be refused without `--allow-data-loss`: after these downgrades data is gone:
      c3 (migrations/c3_drop.sql:9:1): the rows of table `team`
      b2 (migrations/b2_change.sql:13:1): the addresses that were entered since
      b2 (migrations/b2_change.sql:14:1): what the statement is about
    ");
    assert!(
        plan.code == 0 && plan.out.contains("CREATE TABLE \"team\""),
        "{}",
        plan.out
    );
    assert_eq!(project.json("current").1, json!({"revisions": ["c3"]}));

    project.good("downgrade a1 --allow-data-loss");
    assert_eq!(project.json("current").1, json!({"revisions": ["a1"]}));
}

#[test]
fn sql_that_loses_data_wants_consent_too() {
    let project = changing("DROP TABLE team;");
    let sql = "downgrade b2:a1 --sql --dialect sqlite";
    assert_snapshot!(project.limbeck(sql).whole(), @"
    exit 2
    -- stderr
    error: after the downgrade of b2 this is gone: the rows of table `team`
     --> migrations/b2_change.sql:9:1
      |
    9 | DROP TABLE team;
      | ^^^^^^^^^^^^^^^
      |
      = help: agree to it with `--allow-data-loss`
    ");
    let derived = project.good(&format!("{sql} --allow-data-loss"));
    project.good("revision --derive-downgrade");
    assert_snapshot!(project.limbeck(sql).whole(), @"
    exit 2
    -- stderr
    error: after the downgrade of b2 this is gone: table team
      --> migrations/b2_change.sql:12:1
       |
    12 | -- limbeck:loses_data table team
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: agree to it with `--allow-data-loss`
    ");
    let written = project.good(&format!("{sql} --allow-data-loss"));
    let own = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| !line.contains("limbeck_"));
        lines.map(str::to_owned).collect()
    };
    assert_eq!(own(&written), own(&derived));
}

#[test]
fn the_directive_is_a_note_where_nothing_is_taken_back() {
    let project = changing("-- limbeck:loses_data\nDROP TABLE team;\n-- limbeck:downgrade\nSELECT 1;");
    project.good("upgrade");
    let text = project.read(FILE);
    project.write(FILE, text.replace("loses_data", "loses_data table team"));
    assert_eq!(project.good("verify"), "nothing found\n");
    project.good("downgrade -1");
}
