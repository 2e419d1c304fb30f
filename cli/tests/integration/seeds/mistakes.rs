//! What is wrong with a seed is told with its place, and nothing is kept.

use insta::assert_snapshot;

use super::rows;
use super::upgraded;
use crate::project::filtered;

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
