//! CREATE TABLE, DROP TABLE, RENAME TABLE and comments.

use limbeck_core::dialect::NoteKind;
use limbeck_core::dialect::RenderContext;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Column;
use limbeck_core::schema::DataType;
use limbeck_core::schema::ForeignKey;
use limbeck_core::schema::Generated;
use limbeck_core::schema::PrimaryKey;
use limbeck_core::schema::Schema;
use limbeck_core::schema::Storage;
use limbeck_core::schema::Table;
use limbeck_core::schema::Unique;

use super::support::*;

#[test]
fn a_table_with_everything() {
    let mut price = required(
        "price",
        DataType::Numeric {
            precision: 15,
            scale: 2,
        },
    );
    price.default = Some(expression("- 1"));
    let mut total = column("total", DataType::DoublePrecision);
    total.generated = Some(Generated::new(expression("price * 2"), Storage::Stored));
    let mut shout = column("shout", DataType::Text);
    shout.generated = Some(Generated::new(expression("upper( title )"), Storage::Virtual));
    let mut table = numbered(
        "item",
        vec![
            with_default(required("title", DataType::Text), "'untitled'"),
            price,
            with_default(required("open", DataType::Boolean), "TRUE"),
            with_default(column("made", DataType::Timestamp), "CURRENT_TIMESTAMP"),
            with_default(column("code", DataType::Text), "lower( 'ABC' )"),
            total,
            shout,
        ],
    );
    table.uniques = vec![Unique::new(name("uq_item_title"), names(&["title", "price"]))];
    table.checks = vec![check("ck_item_price", "price > - 10 AND title <> ''")];

    let database = database();
    let sql = run(&database, &[Operation::CreateTable(table)]);
    insta::assert_snapshot!(sql, @r#"
    CREATE TABLE "item" (
        "id" INTEGER CONSTRAINT "pk_item" PRIMARY KEY AUTOINCREMENT NOT NULL,
        "title" TEXT DEFAULT 'untitled' NOT NULL,
        "price" NUMERIC(15, 2) DEFAULT -1 NOT NULL,
        "open" BOOLEAN DEFAULT TRUE NOT NULL,
        "made" TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
        "code" TEXT DEFAULT (lower('ABC')),
        "total" DOUBLE PRECISION GENERATED ALWAYS AS ("price" * 2) STORED,
        "shout" TEXT GENERATED ALWAYS AS (upper("title")) VIRTUAL,
        CONSTRAINT "uq_item_title" UNIQUE ("title", "price"),
        CONSTRAINT "ck_item_price" CHECK ("price" > -10 AND "title" <> '')
    )
    "#);

    execute(&database, r#"INSERT INTO "item" DEFAULT VALUES"#);
    let row: (i64, String, f64, bool, String, f64, String) = database
        .query_row(
            "SELECT id, title, price, open, code, total, shout FROM item",
            [],
            |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                    row.get(5)?,
                    row.get(6)?,
                ))
            },
        )
        .unwrap();
    assert_eq!(
        row,
        (
            1,
            "untitled".into(),
            -1.0,
            true,
            "abc".into(),
            -2.0,
            "UNTITLED".into()
        )
    );
    let made: String = value(&database, "SELECT made FROM item");
    assert_eq!(made.len(), "2026-11-21 07:00:00".len());
    let refused = failure(&database, "INSERT INTO item (price) VALUES (-10)");
    assert!(refused.contains("ck_item_price"), "{refused}");
    execute(&database, "INSERT INTO item (title) VALUES ('b')");
    let refused = failure(&database, "INSERT INTO item (title) VALUES ('b')");
    assert!(refused.contains("UNIQUE"), "{refused}");
}

#[test]
fn identity_numbers_are_not_given_out_again() {
    let database = database();
    run(&database, &[Operation::CreateTable(numbered("t", vec![]))]);
    execute(
        &database,
        "INSERT INTO t DEFAULT VALUES; DELETE FROM t; INSERT INTO t DEFAULT VALUES",
    );
    assert_eq!(value::<i64>(&database, "SELECT id FROM t"), 2);
}

#[test]
fn identity_must_be_the_whole_primary_key() {
    let mut table = numbered("t", vec![required("other", DataType::Integer)]);
    table.primary_key = Some(PrimaryKey::new(name("pk_t"), names(&["id", "other"])));
    insta::assert_snapshot!(refusal(Operation::CreateTable(table), &context()), @r"
    sqlite cannot number the rows of t by id, which is not the only column of its primary key
    hint: make the identity column the whole primary key
    ");
}

#[test]
fn columns_of_a_primary_key_refuse_null() {
    let mut table = Table::new(
        name("t"),
        vec![column("a", DataType::Text), column("b", DataType::BigInt)],
    );
    table.primary_key = Some(PrimaryKey::new(name("pk_t"), names(&["a", "b"])));
    let database = database();
    let sql = run(&database, &[Operation::CreateTable(table)]);
    insta::assert_snapshot!(sql, @r#"
    CREATE TABLE "t" (
        "a" TEXT NOT NULL,
        "b" BIGINT NOT NULL,
        CONSTRAINT "pk_t" PRIMARY KEY ("a", "b")
    )
    "#);
    let refused = failure(&database, "INSERT INTO t VALUES (NULL, 1)");
    assert!(refused.contains("NOT NULL"), "{refused}");
}

#[test]
fn awkward_names_are_only_names() {
    let awkward = [
        "select",
        "with space",
        "qu\"ote",
        "a'b",
        "back`tick",
        "[bracket]",
        "semi;colon",
        "über",
        "名前",
        "🦀",
        "--",
        "/*",
        "new\nline",
        "\\",
        "order",
        "rowid",
    ];
    let database = database();
    for table in awkward {
        let mut columns: Vec<Column> = awkward
            .iter()
            .map(|column| required(column, DataType::Integer))
            .collect();
        columns.dedup();
        let mut made = Table::new(name(table), columns);
        made.checks = awkward
            .iter()
            .map(|column| {
                let mut positive = pieces("x > 0");
                positive.0[0] = limbeck_core::schema::Piece::Name(name(column));
                limbeck_core::schema::Check::new(
                    name(&format!("ck {column}")),
                    limbeck_core::schema::Expression::Portable(positive),
                )
            })
            .collect();
        made.primary_key = Some(PrimaryKey::new(name("pk \"x\""), names(&awkward)));
        run(&database, &[Operation::CreateTable(made)]);
    }
    for table in awkward {
        let found: i64 = database
            .query_row(
                "SELECT count(*) FROM pragma_table_info(?1) WHERE name IN (SELECT name FROM sqlite_schema)",
                [table],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(found as usize, awkward.len(), "{table}");
    }
    for table in awkward {
        run(
            &database,
            &[
                Operation::RenameTable {
                    from: name(table),
                    to: name(&format!("{table}2")),
                },
                Operation::DropTable {
                    table: name(&format!("{table}2")),
                },
            ],
        );
    }
}

#[test]
fn the_names_that_sqlite_keeps_are_refused() {
    let table = Table::new(name("SQLite_stat"), vec![column("a", DataType::Text)]);
    insta::assert_snapshot!(refusal(Operation::CreateTable(table), &context()), @r#"
    sqlite cannot name a table, index or view "SQLite_stat": names that start with sqlite_ are its own
    hint: choose another name
    "#);
}

#[test]
fn rename_and_drop() {
    let database = database();
    let sql = run(
        &database,
        &[
            Operation::CreateTable(numbered("old", vec![])),
            Operation::RenameTable {
                from: name("old"),
                to: name("new"),
            },
            Operation::DropTable { table: name("new") },
        ],
    );
    insta::assert_snapshot!(sql, @r#"
    CREATE TABLE "old" (
        "id" INTEGER CONSTRAINT "pk_old" PRIMARY KEY AUTOINCREMENT NOT NULL
    );
    ALTER TABLE "old" RENAME TO "new";
    DROP TABLE "new"
    "#);
}

#[test]
fn a_table_that_others_refer_to_is_not_dropped() {
    let parent = numbered("parent", vec![]);
    let mut child = numbered("child", vec![column("parent_id", DataType::BigInt)]);
    child.foreign_keys = vec![ForeignKey::new(
        name("fk_child"),
        names(&["parent_id"]),
        name("parent"),
        names(&["id"]),
    )];
    let mut schema = Schema::new();
    for table in [parent, child] {
        schema.tables.insert(table.name.clone(), table);
    }
    let context = RenderContext::new(bundled()).with_schema(&schema);
    insta::assert_snapshot!(refusal(Operation::DropTable { table: name("parent") }, &context), @r"
    sqlite cannot drop the table parent while a foreign key of the table child refers to it
    hint: drop the table child or its foreign key first
    ");
}

#[test]
fn comments_are_left_out_with_a_note() {
    let mut table = numbered("t", vec![]);
    table.comment = Some("all of them".to_owned());
    table.columns[0].comment = Some("counts".to_owned());
    let rendering = rendering(&[
        Operation::CreateTable(table),
        Operation::CommentOnTable {
            table: name("t"),
            comment: None,
        },
        Operation::CommentOnColumn {
            table: name("t"),
            column: name("id"),
            comment: Some("x".to_owned()),
        },
    ]);
    assert_eq!(rendering.statements.len(), 1);
    assert_eq!(rendering.statements[0].operations, 0..1);
    let operations: Vec<_> = rendering.notes.iter().map(|note| note.operation).collect();
    assert_eq!(operations, [0, 0, 1, 2]);
    insta::assert_snapshot!(notes(&rendering, NoteKind::LeftOut).join("\n"), @r"
    SQLite keeps no comments: the one on the table t is left out
    SQLite keeps no comments: the one on the column id of t is left out
    SQLite keeps no comments: the one on the table t is left out
    SQLite keeps no comments: the one on the column id of t is left out
    ");
}

#[test]
fn two_nulls_are_never_the_same() {
    let mut table = numbered("t", vec![column("a", DataType::Text)]);
    let mut unique = Unique::new(name("uq_t_a"), names(&["a"]));
    unique.nulls_not_distinct = true;
    table.uniques = vec![unique];
    insta::assert_snapshot!(refusal(Operation::CreateTable(table), &context()), @r"
    sqlite cannot hold two NULLs for the same in the UNIQUE constraint uq_t_a
    hint: write CREATE UNIQUE INDEX on an expression such as COALESCE(column, '')
    ");
}
