//! ALTER TABLE beside ADD COLUMN.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Needs;
use limbeck_core::operation::ColumnChange;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::DataType;
use limbeck_core::schema::ForeignKey;
use limbeck_core::schema::Generated;
use limbeck_core::schema::Index;
use limbeck_core::schema::IndexKey;
use limbeck_core::schema::ReferentialAction;
use limbeck_core::schema::Schema;
use limbeck_core::schema::SortOrder;
use limbeck_core::schema::Storage;
use limbeck_core::schema::Table;
use limbeck_core::schema::Unique;
use limbeck_sqlite::SQLITE;

use super::support::*;

fn change(column: &str, change: ColumnChange) -> Operation {
    Operation::AlterColumn {
        table: name("t"),
        column: name(column),
        change,
    }
}

fn drop_column(column: &str) -> Operation {
    Operation::DropColumn {
        table: name("t"),
        column: name(column),
    }
}

fn add_constraint(constraint: Constraint) -> Operation {
    Operation::AddConstraint {
        table: name("t"),
        constraint,
    }
}

fn drop_constraint(constraint: &str) -> Operation {
    Operation::DropConstraint {
        table: name("t"),
        constraint: name(constraint),
    }
}

/// A table in which every column but `free` and `doc` is in use.
fn used() -> Table {
    let mut computed = column("computed", DataType::Text);
    computed.generated = Some(Generated::new(expression("upper( source )"), Storage::Virtual));
    let mut table = numbered(
        "t",
        vec![
            column("free", DataType::Text),
            column("doc", DataType::Json),
            column("unique", DataType::Text),
            column("checked", DataType::Integer),
            column("parent", DataType::BigInt),
            column("source", DataType::Text),
            column("indexed", DataType::Text),
            column("filtered", DataType::Text),
            computed,
        ],
    );
    table.uniques = vec![Unique::new(name("uq_t"), names(&["unique"]))];
    table.checks = vec![check("ck_t", "checked > 0")];
    table.foreign_keys = vec![ForeignKey::new(
        name("fk_t"),
        names(&["parent"]),
        name("t"),
        names(&["id"]),
    )];
    let mut index = Index::new(
        name("ix_t"),
        vec![(
            IndexKey::Expression(expression("lower( indexed )")),
            SortOrder::Ascending,
        )],
    );
    index.filter = Some(expression("filtered IS NOT NULL"));
    table.indexes = vec![index];
    table
}

fn schema() -> Schema {
    let mut schema = Schema::new();
    schema.tables.insert(name("t"), used());
    schema
}

#[test]
fn columns_are_renamed_with_all_that_uses_them() {
    let database = database();
    run(&database, &[Operation::CreateTable(used())]);
    let sql = run(
        &database,
        &[
            Operation::RenameColumn {
                table: name("t"),
                from: name("checked"),
                to: name("tested \"twice\""),
            },
            Operation::RenameColumn {
                table: name("t"),
                from: name("doc"),
                to: name("document"),
            },
        ],
    );
    insta::assert_snapshot!(sql, @r#"
    ALTER TABLE "t" RENAME COLUMN "checked" TO "tested ""twice""";
    ALTER TABLE "t" RENAME COLUMN "doc" TO "document"
    "#);
    assert!(failure(&database, r#"INSERT INTO t ("tested ""twice""") VALUES (0)"#).contains("ck_t"));
    assert!(failure(&database, "INSERT INTO t (document) VALUES ('{')").contains("json_t_doc"));
}

#[test]
fn a_column_goes_with_the_check_of_its_type() {
    let database = database();
    run(&database, &[Operation::CreateTable(used())]);
    for column in ["free", "doc"] {
        run(&database, &[drop_column(column)]);
    }
    insta::assert_snapshot!(run(&database, &[drop_column("computed")]), @r#"ALTER TABLE "t" DROP COLUMN "computed""#);
}

#[test]
fn a_column_in_use_stays() {
    let database = database();
    run(&database, &[Operation::CreateTable(used())]);
    let schema = schema();
    let context = context().with_schema(&schema);
    let mut refused = Vec::new();
    for column in [
        "id", "unique", "checked", "parent", "source", "indexed", "filtered",
    ] {
        failure(&database, &format!("ALTER TABLE t DROP COLUMN \"{column}\""));
        refused.push(refusal(drop_column(column), &context));
    }
    insta::assert_snapshot!(refused.join("\n"), @"
    sqlite cannot drop the column id of the table t while the primary key pk_t uses it
    hint: write ALTER TABLE t DROP CONSTRAINT pk_t before it
    sqlite cannot drop the column unique of the table t while the UNIQUE constraint uq_t uses it
    hint: write ALTER TABLE t DROP CONSTRAINT uq_t before it
    sqlite cannot drop the column checked of the table t while the check ck_t uses it
    hint: write ALTER TABLE t DROP CONSTRAINT ck_t before it
    sqlite cannot drop the column parent of the table t while the foreign key fk_t uses it
    hint: write ALTER TABLE t DROP CONSTRAINT fk_t before it
    sqlite cannot drop the column source of the table t while the generated column computed uses it
    hint: write ALTER TABLE t DROP COLUMN computed before it
    sqlite cannot drop the column indexed of the table t while the index ix_t uses it
    hint: write DROP INDEX ix_t before it
    sqlite cannot drop the column filtered of the table t while the index ix_t uses it
    hint: write DROP INDEX ix_t before it
    ");
}

#[test]
fn not_null_comes_and_goes() {
    let database = database();
    run(&database, &[Operation::CreateTable(used())]);
    let sql = run(
        &database,
        &[
            change("free", ColumnChange::SetNotNull),
            change("unique", ColumnChange::SetNotNull),
            change("unique", ColumnChange::DropNotNull),
        ],
    );
    insta::assert_snapshot!(sql, @r#"
    ALTER TABLE "t" ALTER COLUMN "free" SET NOT NULL;
    ALTER TABLE "t" ALTER COLUMN "unique" SET NOT NULL;
    ALTER TABLE "t" ALTER COLUMN "unique" DROP NOT NULL
    "#);
    assert!(failure(&database, "INSERT INTO t (free) VALUES (NULL)").contains("NOT NULL"));
    execute(&database, "INSERT INTO t (free) VALUES ('x')");
    let set = rendering_on(&database, &[change("unique", ColumnChange::SetNotNull)]).unwrap();
    insta::assert_snapshot!(send(&database, &set).unwrap_err(), @"the column unique of t can't become NOT NULL; rows in which it is NULL: 1");
}

#[test]
fn checks_come_go_and_get_another_name() {
    let database = database();
    run(&database, &[Operation::CreateTable(used())]);
    let sql = run(
        &database,
        &[
            add_constraint(Constraint::Check(check("ck free", "free <> 'no'"))),
            drop_constraint("ck_t"),
        ],
    );
    insta::assert_snapshot!(sql, @r#"
    ALTER TABLE "t" ADD CONSTRAINT "ck free" CHECK ("free" <> 'no');
    ALTER TABLE "t" DROP CONSTRAINT "ck_t"
    "#);
    assert!(failure(&database, "INSERT INTO t (free) VALUES ('no')").contains("ck free"));
    execute(&database, "INSERT INTO t (checked) VALUES (0)");
    let again = add_constraint(Constraint::Check(check("ck_t", "checked > 0")));
    let again = rendering_on(&database, &[again]).unwrap();
    insta::assert_snapshot!(send(&database, &again).unwrap_err(), @"the check ck_t can't be added to t; rows that do not meet it: 1");

    let database = super::support::database();
    run(&database, &[Operation::CreateTable(used())]);
    let schema = schema();
    let rename = Operation::RenameConstraint {
        table: name("t"),
        from: name("ck_t"),
        to: name("positive"),
    };
    let rendering = SQLITE.render(&[rename], &context().with_schema(&schema)).unwrap();
    insta::assert_snapshot!(text(&rendering), @r#"
    ALTER TABLE "t" DROP CONSTRAINT "ck_t";
    ALTER TABLE "t" ADD CONSTRAINT "positive" CHECK ("checked" > 0)
    "#);
    execute(&database, &text(&rendering));
    assert!(failure(&database, "INSERT INTO t (checked) VALUES (0)").contains("positive"));
}

#[test]
fn a_foreign_key_goes() {
    let database = database();
    run(&database, &[Operation::CreateTable(used())]);
    insta::assert_snapshot!(run(&database, &[drop_constraint("fk_t")]), @r#"ALTER TABLE "t" DROP CONSTRAINT "fk_t""#);
    execute(&database, "INSERT INTO t (parent) VALUES (99)");

    let mut added = required("up", DataType::BigInt);
    added.nullable = true;
    let mut key = used().foreign_keys.remove(0);
    key.columns = names(&["up"]);
    key.name = name("fk_up");
    let add = Operation::AddColumn {
        table: name("t"),
        column: added,
        constraints: vec![Constraint::ForeignKey(key)],
    };
    run(&database, &[add]);
    run(&database, &[drop_constraint("fk_up")]);
    execute(&database, "INSERT INTO t (up) VALUES (99)");
}

#[test]
fn a_foreign_key_that_sets_a_default_goes_with_its_text() {
    let mut table = used();
    table.foreign_keys[0].on_delete = ReferentialAction::SetDefault;
    let database = database();
    run(&database, &[Operation::CreateTable(table)]);
    let refused = failure(&database, "ALTER TABLE t DROP CONSTRAINT fk_t");
    assert!(refused.contains("syntax error"), "{refused}");
    let sent = run(&database, &[drop_constraint("fk_t")]);
    assert!(
        sent.contains("UPDATE sqlite_schema") && !sent.contains("INSERT"),
        "{sent}"
    );
    execute(&database, "INSERT INTO t (parent) VALUES (99)");
}

#[test]
fn a_type_that_sqlite_writes_alike_stays() {
    let schema = schema();
    let rendering = SQLITE
        .render(
            &[change("free", ColumnChange::SetType(DataType::Uuid))],
            &context().with_schema(&schema),
        )
        .unwrap();
    assert!(rendering.statements.is_empty());
    assert_eq!(
        rendering.notes[0].message,
        "the column free of t stays as it is: SQLite keeps both types alike"
    );
}

#[test]
fn what_must_be_known_is_said() {
    let table = Needs::Table(name("t"));
    assert_eq!(SQLITE.needs(&drop_column("a")), table);
    assert_eq!(SQLITE.needs(&drop_constraint("a")), table);
    assert_eq!(
        SQLITE.needs(&change("a", ColumnChange::SetType(DataType::Text))),
        table
    );
    assert_eq!(SQLITE.needs(&change("a", ColumnChange::SetNotNull)), table);
    assert_eq!(
        SQLITE.needs(&Operation::DropTable { table: name("t") }),
        Needs::Nothing
    );
}

#[test]
fn foreign_keys_that_are_on_stop_a_rebuild() {
    let database = database();
    run(&database, &[Operation::CreateTable(used())]);
    let change = change("free", ColumnChange::SetType(DataType::Blob));
    let mut rendering = rendering_on(&database, &[change]).unwrap();
    rendering.before.clear();
    insta::assert_snapshot!(send(&database, &rendering).unwrap_err(), @"the table t can't be rebuilt: dropping the old one would empty what refers to it while `PRAGMA foreign_keys` is on");
}

#[test]
fn a_table_under_the_name_of_the_new_one_stops_a_rebuild() {
    let set = || change("free", ColumnChange::SetType(DataType::Blob));
    for taken in [
        "CREATE TABLE limbeck_new_t (a)",
        "CREATE TEMP TABLE limbeck_new_t (a)",
        "CREATE TEMP VIEW t AS SELECT 1",
    ] {
        let database = database();
        run(&database, &[Operation::CreateTable(used())]);
        execute(&database, taken);
        let mut schema = live(&database);
        schema.tables.retain(|table, _| *table == name("t"));
        let rendering = SQLITE.render(&[set()], &context().with_schema(&schema)).unwrap();
        let error = send(&database, &rendering).unwrap_err();
        assert!(
            error.contains("under a name that is taken or hidden by the "),
            "{error}"
        );
    }
}

#[test]
fn rows_keep_their_number_when_no_column_is_it_any_more() {
    let database = database();
    execute(
        &database,
        "CREATE TABLE t (id INTEGER PRIMARY KEY, lit BOOLEAN, n BIGINT); INSERT INTO t VALUES (10, TRUE, 1), (20, FALSE, 2)",
    );
    run(
        &database,
        &[change("id", ColumnChange::SetType(DataType::BigInt))],
    );
    let rowids = "SELECT group_concat(rowid || ' ' || id) FROM t";
    assert_eq!(value::<String>(&database, rowids), "10 10,20 20");
    run(&database, &[change("lit", ColumnChange::SetType(DataType::Text))]);
    run(
        &database,
        &[change("lit", ColumnChange::SetType(DataType::Boolean))],
    );
    assert_eq!(
        value::<String>(&database, "SELECT group_concat(lit) FROM t"),
        "1,0"
    );
    execute(&database, "UPDATE t SET n = 9007199254740993");
    let floating = change("n", ColumnChange::SetType(DataType::DoublePrecision));
    let rendering = rendering_on(&database, &[floating]).unwrap();
    assert!(
        send(&database, &rendering)
            .unwrap_err()
            .ends_with("would not fit: 2")
    );
}
