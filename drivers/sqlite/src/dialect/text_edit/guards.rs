//! What is asked before and after a text is edited.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Guard;
use limbeck_core::schema::Name;

use super::super::rebuild;
use super::super::traits::SQLITE;

/// What to do when SQLite takes an edited text for something else than is meant.
const REPORT: &str =
    "nothing has changed; write it in a native section (-- limbeck:upgrade sqlite), and report it please";

/// The name under which the text is tried is free, and no temporary object hides either name.
pub(super) fn names_are_free(table: &Name, trial: &Name) -> Guard {
    rebuild::names_are_free(
        table,
        trial,
        format!(
            "the table {table} can't be altered: its new text is tried under a name that is taken or hidden by"
        ),
    )
}

/// A table of the new text would keep the same rows and indexes.
pub(super) fn keeps_rows_alike(table: &Name, trial: &Name) -> Guard {
    let kept = |table: &Name| format!("{} UNION ALL {}", columns(table, &["type"]), keys(table));
    Guard::new(
        differences(&kept(table), &kept(trial)),
        format!(
            "the table {table} can't be altered by its text alone: rows would be kept in another way, by"
        ),
    )
    .with_hint(REPORT)
}

/// SQLite reads the text in the schema as it reads that of the table on trial.
pub(super) fn says_the_same(table: &Name, trial: &Name) -> Guard {
    let told = |table: &Name| columns(table, &["type", "\"notnull\"", "dflt_value"]);
    Guard::new(
        differences(&told(table), &told(trial)),
        format!("the table {table} has not become what it is to be, in"),
    )
    .with_hint(REPORT)
}

/// The table of the schema is not damaged. Those of the rows are not looked at, which the edit does not touch: that takes
/// longer than to make a table anew.
pub(super) fn schema_is_whole(table: &Name) -> Guard {
    Guard::new(
        "SELECT integrity_check FROM pragma_integrity_check('sqlite_schema') WHERE integrity_check <> 'ok'",
        format!("the schema is not whole after the table {table} was altered:"),
    )
    .with_hint("nothing has changed; check the file with PRAGMA integrity_check")
}

/// What only one of two queries gives; neither gives the same twice.
fn differences(one: &str, other: &str) -> String {
    format!("SELECT part FROM ({one} UNION ALL {other}) GROUP BY part HAVING count(*) <> 2")
}

/// A row for each column, with some of what SQLite tells of it.
fn columns(table: &Name, told: &[&str]) -> String {
    let mut part = "'the column ' || name || ' ' || cid || ' ' || pk || ' ' || hidden".to_owned();
    for column in told {
        part.push_str(&format!(" || ' ' || quote({column})"));
    }
    format!(
        "SELECT {part} AS part FROM pragma_table_xinfo({})",
        literal(table)
    )
}

/// A row for each column of the indexes that the primary key and UNIQUE constraints have. Their names differ in that of the
/// table, which stands in the middle.
fn keys(table: &Name) -> String {
    let table = literal(table);
    format!(
        "SELECT 'the key ' || substr(i.name, length('sqlite_autoindex_' || {table}) + 1) || ' ' || i.origin || ' ' || \
         k.seqno || ' ' || k.cid || ' ' || k.\"desc\" || ' ' || quote(k.coll) || ' ' || k.\"key\" AS part \
         FROM pragma_index_list({table}) AS i JOIN pragma_index_xinfo(i.name) AS k WHERE i.origin <> 'c'"
    )
}

fn literal(name: &Name) -> String {
    SQLITE.string_literal(name.as_str())
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;

    /// What a guard finds for two tables of these texts behind their names.
    fn found(guard: fn(&Name, &Name) -> Guard, old: &str, new: &str) -> usize {
        let database = Connection::open_in_memory().unwrap();
        database
            .execute_batch(&format!("CREATE TABLE \"it's\" {old}; CREATE TABLE other {new}"))
            .unwrap();
        let [old, new] = ["it's", "other"].map(|name| Name::exact(name).unwrap());
        let mut statement = database.prepare(&guard(&old, &new).query).unwrap();
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        rows.map(Result::unwrap).count()
    }

    #[test]
    fn what_keeps_rows_in_another_way_is_found() {
        let old = "(a INT, b TEXT COLLATE NOCASE UNIQUE, c INT PRIMARY KEY)";
        for alike in [
            old,
            "(a INT NOT NULL DEFAULT 1, b TEXT COLLATE NOCASE UNIQUE, c INT PRIMARY KEY, CHECK (a > 0))",
        ] {
            assert_eq!(found(keeps_rows_alike, old, alike), 0, "{alike}");
        }
        for other in [
            "(b TEXT COLLATE NOCASE UNIQUE, a INT, c INT PRIMARY KEY)",
            "(a TEXT, b TEXT COLLATE NOCASE UNIQUE, c INT PRIMARY KEY)",
            "(a INT, b TEXT UNIQUE, c INT PRIMARY KEY)",
            "(a INT, b TEXT COLLATE NOCASE, c INT PRIMARY KEY)",
            "(a INT, b TEXT COLLATE NOCASE UNIQUE, c INTEGER PRIMARY KEY)",
            "(a INT, b TEXT COLLATE NOCASE, c INT PRIMARY KEY, UNIQUE (b))",
            "(a INT, b TEXT COLLATE NOCASE UNIQUE, c INT PRIMARY KEY, d INT)",
            "(a INT AS (c), b TEXT COLLATE NOCASE UNIQUE, c INT PRIMARY KEY)",
        ] {
            assert_ne!(found(keeps_rows_alike, old, other), 0, "{other}");
        }
    }

    #[test]
    fn what_reads_in_another_way_is_found() {
        let old = "(a INT DEFAULT 1, b INT NOT NULL)";
        assert_eq!(found(says_the_same, old, old), 0);
        for other in [
            "(a INT DEFAULT 2, b INT NOT NULL)",
            "(a INT, b INT NOT NULL)",
            "(a INT DEFAULT 1, b INT)",
            "(a INT DEFAULT NULL, b INT NOT NULL)",
        ] {
            assert_ne!(found(says_the_same, old, other), 0, "{other}");
        }
    }
}
