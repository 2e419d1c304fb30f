//! Tables and columns of odd names.

use super::*;

const NAMES: &[&str] = &[
    "T",
    "größe",
    "select",
    "it's",
    "a\"b",
    "a]b",
    "a`b",
    "with space",
    "dot.ted",
    "limbeck_new_t",
    "(",
    "-- x",
    "名前",
];

fn altered(name: &str) -> String {
    let quoted = quoted(name);
    format!("ALTER TABLE {quoted} ALTER COLUMN {quoted} SET DEFAULT 'x'")
}

#[tokio::test]
async fn any_name_is_written_as_it_is() {
    let long = "long".repeat(15);
    for name in NAMES.iter().copied().chain([long.as_str()]) {
        let q = quoted(name);
        let case = Case::new(&format!(
            "CREATE TABLE {q} ({q} TEXT CHECK ({q} <> ''), id INTEGER PRIMARY KEY AUTOINCREMENT,\n\
             up INT REFERENCES {q} (id) ON DELETE CASCADE);\n\
             CREATE INDEX \"i of {}\" ON {q} ({q}) WHERE {q}.{q} IS NOT NULL;\n\
             CREATE VIEW \"v of {}\" AS SELECT {q} FROM {q};\n\
             CREATE TRIGGER \"g of {}\" AFTER INSERT ON {q} BEGIN DELETE FROM {q} WHERE {q} = 'no'; END;\n\
             INSERT INTO {q} VALUES ('a', 9, 9);\nINSERT INTO {q} VALUES ('no', 20, 9)",
            name.replace('"', "\"\""),
            name.replace('"', "\"\""),
            name.replace('"', "\"\""),
        ))
        .await;
        case.alter(&altered(name)).await;
        let expected =
            case.before
                .clone()
                .with_text(name, &format!("({q} TEXT"), &format!("({q} TEXT DEFAULT 'x'"));
        assert_eq!(case.after(), expected);
    }
}

#[tokio::test]
async fn every_notation_of_a_name_is_read() {
    for (table, column) in [
        ("[t]", "`note`"),
        ("'t'", "[note]"),
        ("`t`", "'note'"),
        ("t", "\"note\""),
    ] {
        let alteration = "ALTER TABLE t ALTER COLUMN note SET DEFAULT 'x'";
        let case = Case::new(&format!("CREATE TABLE {table}(a,{column} TEXT)")).await;
        case.alter(alteration).await;
        let rebuilt = format!("CREATE TABLE \"t\"(a,{column} TEXT DEFAULT 'x')");
        assert_eq!(case.after().schema[0][3], rebuilt);

        let case = Case::new(&format!("CREATE TABLE {table}({column} TEXT,a)")).await;
        case.alter(alteration).await;
        let edited = format!("CREATE TABLE {table}({column} TEXT DEFAULT 'x',a)");
        assert_eq!(case.after().schema[0][3], edited);
    }
}

#[tokio::test]
async fn a_name_in_another_case_is_said() {
    let case = Case::new("CREATE TABLE Thing (Note TEXT)").await;
    let mut told = Vec::new();
    for statement in [
        "ALTER TABLE thing ALTER COLUMN \"Note\" SET DEFAULT 'x'",
        "ALTER TABLE \"Thing\" ALTER COLUMN note SET DEFAULT 'x'",
        "ALTER TABLE \"Thing\" ALTER COLUMN \"Note\" SET DEFAULT 'x'; ALTER TABLE \"Thing\" DROP CONSTRAINT nothing",
        "ALTER TABLE nowhere ALTER COLUMN note SET DEFAULT 'x'",
    ] {
        told.push(case.refusal(statement).await);
    }
    insta::assert_snapshot!(told.join("\n"), @r#"
    b2.sql:6:1: sqlite cannot find the table thing, which is called Thing there
    hint: write ALTER TABLE "Thing"
    b2.sql:6:1: sqlite cannot find the column note, which the table Thing does not have
    hint: its columns are Note
    b2.sql:6:58: sqlite cannot find the constraint nothing, which the table Thing does not have
    hint: the table has no constraints
    b2.sql:6:1: the definition of the table nowhere is needed and not known
    hint: check how the name is spelt; what no revision makes must be in the database, or in a section `-- limbeck:upgrade model`
    "#);
}
