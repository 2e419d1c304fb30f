//! Any table that SQLite takes survives any rebuild: nothing changes but what was asked, and taking it back gives the same.

mod alteration;
mod choices;
mod spec;

use proptest::prelude::*;

use self::alteration::Alteration;
use self::choices::Choices;
use self::spec::ColumnSpec;
use self::spec::Spec;
use self::spec::tokens;
use super::*;
use crate::introspect::in_runtime;

/// The native statements that make a table, what reads it, and its rows.
fn native(spec: &Spec, choices: &mut Choices<'_>) -> String {
    let mut statements = vec![
        "CREATE TABLE p (id INTEGER PRIMARY KEY, what TEXT)".to_owned(),
        "INSERT INTO p VALUES (1, 'a'), (2, 'b'), (3, 'c')".to_owned(),
        "CREATE TABLE log (what)".to_owned(),
        spec.text(choices),
    ];
    let first = spec.columns[0].written;
    for number in 0..choices.number() % 4 {
        let column = choices.one(&spec.columns).written;
        let unique = choices.one(&["", "", "UNIQUE"]);
        let key = match choices.number() % 4 {
            0 => format!("{column} COLLATE NOCASE DESC"),
            1 => format!("lower({column}) ASC, {first}"),
            2 => format!("{column} || ')' /* ( */ DESC"),
            _ => column.to_owned(),
        };
        let filter = choices
            .one(&["", "WHERE 1", "WHERE FIRST IS NOT NULL"])
            .replace("FIRST", first);
        statements.push(format!(
            "CREATE {unique} INDEX [i {number}] ON t ({key}) {filter}"
        ));
    }
    if choices.yes() {
        statements.push(format!(
            "CREATE TRIGGER own AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.{first} || '; END'); END"
        ));
    }
    if choices.yes() {
        let event = choices.one(&["DELETE", "UPDATE", "INSERT"]);
        statements.push(format!(
            "CREATE TRIGGER \"of p\" BEFORE {event} ON p BEGIN SELECT {first} FROM t; END"
        ));
    }
    if choices.yes() {
        statements.push(format!("CREATE VIEW v (x) AS SELECT t.{first} FROM main.t AS t"));
        statements.push("CREATE VIEW w AS SELECT * FROM v, t".to_owned());
    }
    let free: Vec<&ColumnSpec> = spec
        .columns
        .iter()
        .filter(|column| !column.is_generated)
        .collect();
    let names: Vec<&str> = free.iter().map(|column| column.written).collect();
    for _ in 0..choices.number() % 5 {
        let values: Vec<&str> = free.iter().map(|column| value(column, choices)).collect();
        statements.push(format!(
            "INSERT OR IGNORE INTO t ({}) VALUES ({})",
            names.join(", "),
            values.join(", ")
        ));
    }
    if choices.yes() {
        statements.push(format!(
            "DELETE FROM t WHERE {first} = (SELECT max({first}) FROM t)"
        ));
    }
    statements.join(";\n")
}

fn value(column: &ColumnSpec, choices: &mut Choices<'_>) -> &'static str {
    let values: &[&str] = match column.type_text {
        _ if column.is_reference => &["NULL", "1", "2", "3"],
        _ if column.is_number => &["NULL", "7", "1", "123456"],
        "INT" | "REAL" => &["NULL", "1", "2", "-40"],
        "TEXT" | "VARCHAR(9)" => &["NULL", "'x'", "'X '", "'it''s'"],
        "BLOB" => &["NULL", "x'00ff'", "x''"],
        _ => &["NULL", "1", "'x'", "2.5", "'03'", "x'01'"],
    };
    choices.one::<&str>(values)
}

/// What SQLite tells of the table.
fn told_by_pragmas(project: &Project) -> Vec<String> {
    let lists = [
        "SELECT cid, name, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo('t')",
        "SELECT l.\"unique\", l.origin, l.partial, x.* FROM pragma_index_list('t') AS l, pragma_index_xinfo(l.name) AS x \
         ORDER BY 1, 2, 3, l.name, 4, 5, 6",
        "SELECT * FROM pragma_foreign_key_list('t')",
        "SELECT ncol, wr, strict FROM pragma_table_list('t')",
    ];
    lists.into_iter().flat_map(|sql| project.rows(sql)).collect()
}

/// The texts with the names of columns as they are, in whatever quotes: SQLite quotes those that it has edited.
fn unquoted(contents: &Contents) -> Vec<[String; 4]> {
    let plain = |text: &String| {
        let texts = tokens(text).into_iter().map(|token| {
            let first = token.chars().next().unwrap_or_default();
            let is_quoted = matches!(first, '"' | '[' | '`') && token.len() > 1;
            if is_quoted {
                token[1..token.len() - 1].replace("\"\"", "\"")
            } else {
                token
            }
        });
        texts.collect::<Vec<_>>().join(" ")
    };
    let objects = contents.schema.iter();
    objects
        .map(|[kind, name, table, sql]| [kind.clone(), name.clone(), table.clone(), plain(sql)])
        .collect()
}

async fn survives(numbers: &[u8]) -> Result<(), TestCaseError> {
    let choices = &mut Choices::new(numbers);
    let spec = Spec::new(choices);
    let native = native(&spec, choices);
    let Ok(case) = Case::made_by(&native).await else {
        return Ok(());
    };
    let Some(alteration) = Alteration::of(&spec, choices) else {
        return Ok(());
    };
    let told = told_by_pragmas(&case.project);
    let sections = format!(
        "-- limbeck:upgrade\n{};\n-- limbeck:downgrade\n{};\n",
        alteration.up, alteration.down
    );
    let migrator = case.project.migrator(&case.files(&sections));
    if let Err(error) = migrator.upgrade("heads", &mut Ignore).await {
        // Rows may not allow it. Then nothing happens.
        let is_expected = matches!(error, EngineError::Guard { .. })
            || matches!(&error, EngineError::Statement { error, .. } if error.message.contains("constraint failed"));
        prop_assert!(is_expected, "{}\n{native}\n{}", self::told(&error), alteration.up);
        prop_assert_eq!(case.after(), case.before);
        return Ok(());
    }
    let after = case.after();
    prop_assert_eq!(&after.rows["p"], &case.before.rows["p"]);
    prop_assert_eq!(
        alteration.rows_before(&after.rows["t"]),
        case.before.rows["t"].clone(),
        "{}",
        native
    );
    if let Some(expected) = &alteration.text {
        prop_assert_eq!(
            tokens(after.text("t")),
            tokens(&expected.body("")),
            "{}\n{}",
            native,
            alteration.up
        );
        let others = |contents: &Contents| -> Vec<[String; 4]> {
            let is_other =
                |object: &&[String; 4]| object[1] != "t" && !object[1].starts_with("sqlite_autoindex_t");
            contents.schema.iter().filter(is_other).cloned().collect()
        };
        prop_assert_eq!(others(&after), others(&case.before), "{}", native);
    }
    if let Err(error) = migrator.downgrade("a1", &mut Ignore).await {
        return Err(TestCaseError::fail(format!(
            "{}\n{native}\n{sections}",
            self::told(&error)
        )));
    }
    let back = case.after();
    prop_assert_eq!(&back.rows, &case.before.rows, "{}", native);
    prop_assert_eq!(
        unquoted(&back),
        unquoted(&case.before),
        "{}\n{}",
        native,
        sections
    );
    prop_assert_eq!(told_by_pragmas(&case.project), told, "{}", native);
    Ok(())
}

proptest! {
    // Each case is a file with two runs.
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 4, ..ProptestConfig::default() })]
    #[test]
    fn nothing_changes_but_what_was_asked(numbers in prop::collection::vec(any::<u8>(), 60)) {
        in_runtime(survives(&numbers))?;
    }
}
