//! What is found in the rows of a database.

use std::fs;
use std::sync::Arc;

use insta::assert_snapshot;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::DataFault;
use limbeck_core::driver::DataFaultKind;
use limbeck_core::engine::Ignore;
use limbeck_core::engine::Migrator;
use limbeck_core::script::ScriptSet;
use limbeck_sqlite::Sqlite;
use limbeck_sqlite::rusqlite::Connection;
use limbeck_sqlite::rusqlite::functions::FunctionFlags;

use crate::support::Workplace;
use crate::support::begin_and_drop;
use crate::support::query;

/// A database that is made with nothing enforced.
fn made_by(sql: &str) -> Workplace {
    let place = Workplace::new();
    change(&place, sql);
    place
}

fn change(place: &Workplace, sql: &str) {
    let database = Connection::open(place.database()).unwrap();
    database
        .execute_batch(&format!(
            "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; {sql}"
        ))
        .unwrap();
}

/// Edits the text of the schema, and leaves the rows as they are.
fn edit_schema(place: &Workplace, edits: &str) {
    change(
        place,
        &format!("PRAGMA writable_schema = ON; {edits}; PRAGMA writable_schema = RESET"),
    );
}

async fn faults(place: &Workplace) -> Vec<DataFault> {
    place.read_only().await.check_data().await.unwrap()
}

/// What is found, a line each, with the first hint below it.
async fn told(place: &Workplace) -> String {
    let lines = faults(place).await.into_iter().map(|fault| {
        let hints = fault.hints().join("\n    ");
        format!("{}: {fault}\n    {hints}", fault.kind.as_str())
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The same without hints.
async fn sentences(place: &Workplace) -> String {
    let lines = faults(place)
        .await
        .into_iter()
        .map(|fault| format!("{}: {fault}", fault.kind.as_str()));
    lines.collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn a_history_and_its_rows_have_no_faults() {
    let place = Workplace::new();
    let scripts = Arc::new(ScriptSet::load(&limbeck_registry::scripts()).unwrap());
    let migrator = limbeck_registry::migrations().into_iter().fold(
        Migrator::new(Arc::new(Sqlite), place.url("app.db"), scripts),
        Migrator::with_migration,
    );
    migrator.upgrade("heads", &mut Ignore).await.unwrap();
    assert_eq!(faults(&place).await, []);
    assert!(migrator.verify_data().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_database_that_is_not_there_has_no_faults() {
    let place = Workplace::new();
    assert_eq!(faults(&place).await, []);
    assert_eq!(place.files(), [""; 0]);
}

#[tokio::test]
async fn orphans_are_counted_by_foreign_key() {
    let place = made_by(
        "CREATE TABLE repository (id BIGINT NOT NULL PRIMARY KEY, name TEXT);
         CREATE TABLE image (
             id INTEGER PRIMARY KEY,
             repository_id BIGINT CONSTRAINT fk_image_repository REFERENCES repository,
             base INTEGER REFERENCES image (id)
         );
         CREATE TABLE tag (name TEXT, image_id INTEGER REFERENCES image (id));
         INSERT INTO repository VALUES (1, 'one');
         INSERT INTO image VALUES (1, 1, NULL), (2, NULL, 1), (3, 7, 2);
         WITH RECURSIVE n (i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 1009)
             INSERT INTO image SELECT i, 1, i + 1 FROM n;
         INSERT INTO tag VALUES ('latest', 3), ('old', 4), ('older', 5);",
    );
    assert_snapshot!(told(&place).await, @r#"
    orphan: `image`: the foreign key fk_image_repository (repository_id) refers to no row of repository (id) in 1 row: id = 3
        these are the rows: `SELECT * FROM "image" AS child WHERE typeof(child."repository_id") <> 'null' AND NOT EXISTS (SELECT 1 FROM "repository" AS parent WHERE parent."id" = child."repository_id")`
        write the rows that repository (id) lacks, or correct or delete those that refer to them
    orphan: `image`: the foreign key (base) refers to no row of image (id) in 1 row: id = 1009
        these are the rows: `SELECT * FROM "image" AS child WHERE typeof(child."base") <> 'null' AND NOT EXISTS (SELECT 1 FROM "image" AS parent WHERE parent."id" = child."base")`
        write the rows that image (id) lacks, or correct or delete those that refer to them
    orphan: `tag`: the foreign key (image_id) refers to no row of image (id) in 2 rows: rowid = 2; rowid = 3
        these are the rows: `SELECT * FROM "tag" AS child WHERE typeof(child."image_id") <> 'null' AND NOT EXISTS (SELECT 1 FROM "image" AS parent WHERE parent."id" = child."image_id")`
        write the rows that image (id) lacks, or correct or delete those that refer to them
    "#);
}

#[tokio::test]
async fn names_that_need_quotes_and_tables_without_rowids_are_read() {
    let place = made_by(
        "CREATE TABLE \"a \"\"b\"\".c\" (\"x y\" TEXT NOT NULL, \"select\" TEXT, PRIMARY KEY (\"select\", \"x y\")) WITHOUT ROWID;
         CREATE TABLE \"from\" (
             \"order\" TEXT PRIMARY KEY CHECK (\"order\" <> 'bad' /* why */ -- and so on
             ), \"group\" TEXT,
             CONSTRAINT \"my key\" FOREIGN KEY (\"order\", \"group\") REFERENCES \"A \"\"b\"\".c\" (\"select\", \"x y\")
         ) WITHOUT ROWID;
         CREATE TABLE odd (rowid TEXT, _rowid_ TEXT, oid TEXT REFERENCES \"from\");
         INSERT INTO \"a \"\"b\"\".c\" VALUES ('x', 's');
         INSERT INTO \"from\" VALUES ('s', 'x'), ('s2', 'x'), ('s3', NULL), ('bad', 'it''s');
         INSERT INTO odd VALUES ('a', 'b', 'c');",
    );
    assert_snapshot!(told(&place).await, @r#"
    check: `from`: the check ("order" <> 'bad') does not hold in 1 row: order = 'bad'
        these are the rows: `SELECT * FROM "from" WHERE NOT ("order" <> 'bad')`
        correct these rows, or change the check
    orphan: `from`: the foreign key my key (order, group) refers to no row of A "b".c (select, x y) in 2 rows: order = 'bad'; order = 's2'
        these are the rows: `SELECT * FROM "from" AS child WHERE typeof(child."order") <> 'null' AND typeof(child."group") <> 'null' AND NOT EXISTS (SELECT 1 FROM "A ""b"".c" AS parent WHERE parent."select" = child."order" AND parent."x y" = child."group")`
        write the rows that A "b".c (select, x y) lacks, or correct or delete those that refer to them
    orphan: `odd`: the foreign key (oid) refers to no row of from (order) in 1 row
        these are the rows: `SELECT * FROM "odd" AS child WHERE typeof(child."oid") <> 'null' AND NOT EXISTS (SELECT 1 FROM "from" AS parent WHERE parent."order" = child."oid")`
        write the rows that from (order) lacks, or correct or delete those that refer to them
    "#);
}

#[tokio::test]
async fn foreign_keys_that_point_nowhere_do_not_hide_the_others() {
    let place = made_by(
        "CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT, code TEXT);
         CREATE INDEX ix_parent_name ON parent (name);
         CREATE UNIQUE INDEX ix_parent_code ON parent (code) WHERE code > 'a';
         CREATE VIEW seen AS SELECT id FROM parent;
         CREATE TABLE child (
             id INTEGER PRIMARY KEY,
             parent_id INTEGER REFERENCES parent (id),
             name TEXT REFERENCES parent (name),
             code TEXT REFERENCES parent (code),
             gone INTEGER REFERENCES nowhere (id),
             seen INTEGER REFERENCES seen (id),
             two INTEGER REFERENCES parent (missing)
         );
         CREATE TABLE empty (a INTEGER, b INTEGER, FOREIGN KEY (a, b) REFERENCES parent);
         CREATE TABLE alone (gone INTEGER REFERENCES nowhere);
         CREATE TABLE good (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parent (id));
         INSERT INTO parent VALUES (1, 'one', 'x');
         INSERT INTO child VALUES (1, 1, 'one', 'x', NULL, 1, NULL), (2, 5, 'two', 'y', 3, 2, 2);
         INSERT INTO good VALUES (1, 1), (2, 2);",
    );
    assert_snapshot!(sentences(&place).await, @"
    orphan: `child`: the foreign key (parent_id) refers to no row of parent (id) in 1 row: id = 2
    foreign_key: `child`: the foreign key (name) cannot refer to parent (name): these columns are not there, or nothing makes them unique; it points nowhere in 1 row: id = 2
    foreign_key: `child`: the foreign key (code) cannot refer to parent (code): these columns are not there, or nothing makes them unique; it points nowhere in 1 row: id = 2
    foreign_key: `child`: the foreign key (gone) cannot refer to nowhere (id): there is no such table; it points nowhere in 1 row: id = 2
    foreign_key: `child`: the foreign key (seen) cannot refer to seen (id): these columns are not there, or nothing makes them unique; it points nowhere in 1 row: id = 2
    foreign_key: `child`: the foreign key (two) cannot refer to parent (missing): these columns are not there, or nothing makes them unique
    foreign_key: `empty`: the foreign key (a, b) cannot refer to parent: these columns are not there, or nothing makes them unique
    foreign_key: `alone`: the foreign key (gone) cannot refer to nowhere: there is no such table
    orphan: `good`: the foreign key (parent_id) refers to no row of parent (id) in 1 row: id = 2
    ");
}

#[tokio::test]
async fn rows_from_before_a_constraint_are_found() {
    let place = made_by(
        "CREATE TABLE account (
             id INTEGER PRIMARY KEY,
             name TEXT,
             size INTEGER CONSTRAINT ck_size CHECK (size > 0) CHECK (size <> 13),
             mail TEXT,
             CONSTRAINT ck_name CHECK (name <> 'root' AND
                 size < 1000)
         );
         CREATE TABLE setting (name TEXT PRIMARY KEY, value ANY) STRICT;
         CREATE TABLE point (x INTEGER, y INTEGER, z INTEGER, PRIMARY KEY (x, y)) WITHOUT ROWID;
         CREATE INDEX ix_account_mail ON account (mail);
         CREATE INDEX ix_account_lower ON account (lower(name), size);
         INSERT INTO account VALUES (1, 'a', 1, 'm'), (2, NULL, -1, 'm'), (3, 'root', 2000, NULL),
             (4, NULL, 13, NULL), (5, 'a', 1, 'm'), (6, 'a', NULL, 'n');
         INSERT INTO setting VALUES ('a', 1), ('b', 'text'), ('c', 2.5);
         INSERT INTO point VALUES (1, 2, NULL), (1, 3, 4);",
    );
    edit_schema(
        &place,
        "UPDATE sqlite_schema SET sql = replace(sql, 'name TEXT,', 'name TEXT NOT NULL,') WHERE name = 'account';
         UPDATE sqlite_schema SET sql = replace(sql, 'INDEX', 'UNIQUE INDEX') WHERE name LIKE 'ix_%';
         UPDATE sqlite_schema SET sql = replace(sql, 'ANY', 'INTEGER') WHERE name = 'setting';
         UPDATE sqlite_schema SET sql = replace(sql, 'y INTEGER, z INTEGER', 'y TEXT, z TEXT') WHERE name = 'point'",
    );
    assert_snapshot!(told(&place).await, @r#"
    not_null: `account`: the column name is NOT NULL, and is NULL in 2 rows: id = 2; id = 4
        these are the rows: `SELECT * FROM "account" WHERE typeof("name") = 'null'`
        give these rows a value, or let the column be NULL
    check: `account`: the check ck_size (size > 0) does not hold in 1 row: id = 2
        these are the rows: `SELECT * FROM "account" WHERE NOT (size > 0)`
        correct these rows, or change the check
    check: `account`: the check (size <> 13) does not hold in 1 row: id = 4
        these are the rows: `SELECT * FROM "account" WHERE NOT (size <> 13)`
        correct these rows, or change the check
    check: `account`: the check ck_name (name <> 'root' AND size < 1000) does not hold in 1 row: id = 3
        these are the rows: `SELECT * FROM "account" WHERE NOT (name <> 'root' AND
                     size < 1000)`
        correct these rows, or change the check
    unique: `account`: the unique index ix_account_lower (…, size) has a value that comes again in 1 row
        keep one row of each value
    unique: `account`: the unique index ix_account_mail (mail) has a value that comes again in 2 rows: mail = 'm'
        these are the rows: `SELECT "mail", count(*) FROM "account" NOT INDEXED WHERE typeof("mail") <> 'null' GROUP BY "mail" HAVING count(*) > 1`
        keep one row of each value
    data_type: `setting`: the column value INTEGER has a value that is not of its type in 2 rows: name = 'b'; name = 'c'
        these are the rows: `SELECT * FROM "setting" WHERE typeof("value") NOT IN ('null', 'integer')`
        write these values again, as values of the column's type
    data_type: `point`: the column y TEXT has a value that is not of its type in 2 rows: x = 1, y = 2; x = 1, y = 3
        these are the rows: `SELECT * FROM "point" WHERE typeof("y") NOT IN ('null', 'text', 'blob')`
        write these values again, as values of the column's type
    data_type: `point`: the column z TEXT has a value that is not of its type in 1 row: x = 1, y = 3
        these are the rows: `SELECT * FROM "point" WHERE typeof("z") NOT IN ('null', 'text', 'blob')`
        `UPDATE "point" SET "z" = "z"` writes them again, as the column has them now
    "#);
    // What is advised helps.
    change(&place, "UPDATE point SET z = z");
    assert!(
        faults(&place)
            .await
            .iter()
            .all(|fault| fault.constraint.as_deref() != Some("column z TEXT"))
    );
}

#[tokio::test]
async fn an_index_that_lacks_rows_is_found_and_can_be_built_again() {
    let place = made_by(
        "CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT);
         CREATE INDEX ix_word_text ON word (text);
         CREATE TABLE pair (a TEXT, b TEXT, PRIMARY KEY (b, a)) WITHOUT ROWID;
         CREATE INDEX ix_pair_a ON pair (a);
         INSERT INTO word VALUES (1, 'one'), (2, 'two');
         INSERT INTO pair VALUES ('x', 'y');
         CREATE TABLE kept AS SELECT * FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL;",
    );
    // The rows are written while SQLite does not know of the indexes.
    edit_schema(
        &place,
        "DELETE FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL",
    );
    change(
        &place,
        "INSERT INTO word VALUES (10, 'ten'), (20, 'twenty'); DELETE FROM word WHERE id = 1;
         DELETE FROM pair;",
    );
    edit_schema(&place, "INSERT INTO sqlite_schema SELECT * FROM kept");
    change(&place, "DROP TABLE kept");
    assert_snapshot!(told(&place).await, @r#"
    index: `word`: the index ix_word_text (text) does not agree with its table in 2 rows: id = 10; id = 20
        `REINDEX "ix_word_text"` builds it again
    index: `pair`: the index ix_pair_a (a) does not agree with its table: it has entries for rows that are not there
        `REINDEX "ix_pair_a"` builds it again
    "#);
    change(&place, "REINDEX ix_word_text; REINDEX ix_pair_a");
    assert_eq!(faults(&place).await, []);
}

#[tokio::test]
async fn what_this_program_cannot_compute_does_not_hide_the_rest() {
    let place = Workplace::new();
    let database = Connection::open(place.database()).unwrap();
    database
        .create_scalar_function(
            "of_the_application",
            1,
            FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC,
            |_| Ok(true),
        )
        .unwrap();
    database
        .execute_batch(
            "CREATE TABLE a (id INTEGER PRIMARY KEY, x INTEGER CHECK (of_the_application(x)));
             CREATE TABLE b (id INTEGER PRIMARY KEY, x INTEGER CHECK (x > 0), y TEXT NOT NULL);
             CREATE TABLE c (id INTEGER PRIMARY KEY, a_id INTEGER REFERENCES a);
             PRAGMA ignore_check_constraints = ON;
             PRAGMA foreign_keys = OFF;
             INSERT INTO a VALUES (1, 1);
             WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250)
                 INSERT INTO b SELECT i, -1, 'y' FROM n;
             INSERT INTO c VALUES (1, 2);
             CREATE VIRTUAL TABLE search USING fts5 (body);
             INSERT INTO search VALUES ('hello');
             CREATE VIEW broken AS SELECT nobody FROM nowhere;",
        )
        .unwrap();
    assert_snapshot!(sentences(&place).await, @"
    unchecked: `a`: this could not be looked at: unknown function: of_the_application()
    check: `b`: the check (x > 0) does not hold in 250 rows: id = 1; id = 2; id = 3; …
    orphan: `c`: the foreign key (a_id) refers to no row of a (id) in 1 row: id = 1
    ");
}

#[tokio::test]
async fn a_damaged_file_is_told_as_far_as_it_can_be_read() {
    let place = made_by(
        "CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
         CREATE TABLE other (id INTEGER PRIMARY KEY, word_id INTEGER REFERENCES word);
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
             INSERT INTO word SELECT i, hex(zeroblob(50)) FROM n;
         INSERT INTO other VALUES (1, 5000);",
    );
    let mut bytes = fs::read(place.database()).unwrap();
    let page = 4096;
    bytes[30 * page..31 * page].fill(0xff);
    fs::write(place.database(), bytes).unwrap();
    let found = faults(&place).await;
    assert_eq!(found[0].kind, DataFaultKind::Damage, "{found:?}");
    assert!(found[0].hints()[0].contains("backup"));
    assert!(
        found.iter().any(|fault| fault.kind == DataFaultKind::Orphan),
        "{found:?}"
    );
}

#[cfg(unix)]
#[tokio::test]
async fn nothing_is_written() {
    use std::os::unix::fs::PermissionsExt;
    let place = made_by(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, other INTEGER REFERENCES t);
         INSERT INTO t VALUES (1, 2);",
    );
    let before = (fs::read(place.database()).unwrap(), place.files());
    assert_eq!(faults(&place).await.len(), 1);
    fs::set_permissions(place.database(), fs::Permissions::from_mode(0o444)).unwrap();
    fs::set_permissions(place.path("."), fs::Permissions::from_mode(0o555)).unwrap();
    assert_eq!(faults(&place).await.len(), 1);
    let url = place.url("app.db?mode=ro");
    let mut connection = crate::support::connect(&url, &ConnectOptions::read_only())
        .await
        .unwrap();
    assert_eq!(connection.check_data().await.unwrap().len(), 1);
    connection.close().await.unwrap();
    assert_eq!((fs::read(place.database()).unwrap(), place.files()), before);
}

#[tokio::test]
async fn a_session_sees_its_own_transaction_and_keeps_it() {
    let place = made_by(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, other INTEGER REFERENCES t DEFERRABLE INITIALLY DEFERRED)",
    );
    let mut connection = place.read_write().await;
    for sql in ["BEGIN", "INSERT INTO t VALUES (1, 2)"] {
        query(&mut connection, sql).await.unwrap();
    }
    assert_eq!(connection.check_data().await.unwrap().len(), 1);
    query(&mut connection, "INSERT INTO t VALUES (2, NULL)")
        .await
        .unwrap();
    assert_eq!(connection.check_data().await.unwrap(), []);
    query(&mut connection, "COMMIT").await.unwrap();
    assert_eq!(connection.check_data().await.unwrap(), []);
    query(&mut connection, "BEGIN").await.unwrap();
}

#[tokio::test]
async fn a_look_that_is_given_up_leaves_no_transaction() {
    let place = made_by(
        "CREATE TABLE slow (id INTEGER PRIMARY KEY, CHECK (length(hex(zeroblob(10000000))) > 0));
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
             INSERT INTO slow SELECT i FROM n;",
    );
    let mut connection = place.read_write().await;
    begin_and_drop(connection.check_data()).await;
    query(&mut connection, "BEGIN").await.unwrap();
    query(&mut connection, "ROLLBACK").await.unwrap();
}

#[tokio::test]
async fn a_thousand_tables_are_looked_at() {
    let mut sql = String::from("BEGIN;");
    for number in 0..1000 {
        let parent = (number + 1) % 1000;
        sql.push_str(&format!(
            "CREATE TABLE t{number} (id INTEGER PRIMARY KEY, a TEXT NOT NULL UNIQUE, b INTEGER CHECK (b > 0),
                 other INTEGER REFERENCES t{parent});
             CREATE INDEX ix_t{number} ON t{number} (b);
             INSERT INTO t{number} VALUES (1, 'a', 1, 1);"
        ));
    }
    sql.push_str("INSERT INTO t7 VALUES (2, 'b', -1, 1); INSERT INTO t900 VALUES (2, 'b', 1, 2); COMMIT;");
    let place = made_by(&sql);
    assert_snapshot!(sentences(&place).await, @"
    check: `t7`: the check (b > 0) does not hold in 1 row: id = 2
    orphan: `t900`: the foreign key (other) refers to no row of t901 (id) in 1 row: id = 2
    ");
}
