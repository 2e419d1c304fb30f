//! ADD COLUMN: what SQLite takes whatever the table holds, and what is refused.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Needs;
use limbeck_core::dialect::NoteKind;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Column;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Expression;
use limbeck_core::schema::ForeignKey;
use limbeck_core::schema::Generated;
use limbeck_core::schema::PrimaryKey;
use limbeck_core::schema::ReferentialAction;
use limbeck_core::schema::Storage;
use limbeck_core::schema::Unique;
use limbeck_sqlite::SQLITE;
use rusqlite::Connection;

use super::support::*;

/// A table `t` with a row, so that SQLite shows all that it refuses.
fn with_a_row() -> Connection {
    let database = database();
    run(
        &database,
        &[Operation::CreateTable(numbered(
            "t",
            vec![column("a", DataType::Text)],
        ))],
    );
    execute(&database, "INSERT INTO t (a) VALUES ('x')");
    database
}

fn add(column: Column, constraints: Vec<Constraint>) -> Operation {
    Operation::AddColumn {
        table: name("t"),
        column,
        constraints,
    }
}

fn key(columns: &[&str]) -> Constraint {
    let mut key = ForeignKey::new(name("fk_t_t"), names(columns), name("t"), names(&["id"]));
    key.on_delete = ReferentialAction::Cascade;
    Constraint::ForeignKey(key)
}

fn enumeration() -> DataType {
    DataType::Enum {
        values: vec!["on".to_owned(), "it's off".to_owned()],
    }
}

#[test]
fn what_works_with_rows_in_the_table() {
    let mut shout = required("shout", DataType::Text);
    shout.generated = Some(Generated::new(expression("upper( a )"), Storage::Virtual));
    let sql = run(
        &with_a_row(),
        &[
            add(column("plain", DataType::Uuid), vec![]),
            add(
                with_default(required("n", DataType::Integer), "- 7"),
                vec![Constraint::Check(check("ck_t_n", "n < 0"))],
            ),
            add(with_default(required("doc", DataType::Json), "'{}'"), vec![]),
            add(with_default(column("state", enumeration()), "'on'"), vec![]),
            add(with_default(required("flag", DataType::Boolean), "FALSE"), vec![]),
            add(column("up", DataType::BigInt), vec![key(&["up"])]),
            add(
                with_default(column("void", DataType::BigInt), "NULL"),
                vec![key(&["void"])],
            ),
            add(shout, vec![]),
        ],
    );
    insta::assert_snapshot!(sql, @r#"
    ALTER TABLE "t" ADD COLUMN "plain" TEXT;
    ALTER TABLE "t" ADD COLUMN "n" INTEGER DEFAULT -7 NOT NULL CONSTRAINT "ck_t_n" CHECK ("n" < 0);
    ALTER TABLE "t" ADD COLUMN "doc" TEXT DEFAULT '{}' NOT NULL CONSTRAINT "json_t_doc" CHECK ("doc" IS NULL OR json_valid("doc"));
    ALTER TABLE "t" ADD COLUMN "state" TEXT DEFAULT 'on' CONSTRAINT "enum_t_state" CHECK ("state" IN ('on', 'it''s off'));
    ALTER TABLE "t" ADD COLUMN "flag" BOOLEAN DEFAULT FALSE NOT NULL;
    ALTER TABLE "t" ADD COLUMN "up" BIGINT CONSTRAINT "fk_t_t" REFERENCES "t" ("id") ON DELETE CASCADE;
    ALTER TABLE "t" ADD COLUMN "void" BIGINT DEFAULT NULL CONSTRAINT "fk_t_t" REFERENCES "t" ("id") ON DELETE CASCADE;
    ALTER TABLE "t" ADD COLUMN "shout" TEXT GENERATED ALWAYS AS (upper("a")) VIRTUAL NOT NULL
    "#);
}

#[test]
fn a_comment_and_a_length_give_notes() {
    let mut remark = column("remark", DataType::Varchar { length: 9 });
    remark.comment = Some("free text".to_owned());
    let rendering = rendering(&[add(remark, vec![])]);
    assert_eq!(
        notes(&rendering, NoteKind::Portability),
        ["SQLite does not enforce the length of remark in t"]
    );
    assert_eq!(
        notes(&rendering, NoteKind::LeftOut),
        ["SQLite keeps no comments: the one on the column remark of t is left out"]
    );
}

#[test]
fn a_default_from_the_catalogue_is_taken_when_it_is_a_plain_value() {
    let database = with_a_row();
    for (number, (text, wanted)) in [
        ("'it''s'", "it's"),
        ("-1.5", "-1.5"),
        ("TRUE", "1"),
        ("X'41'", "A"),
    ]
    .into_iter()
    .enumerate()
    {
        let mut restored = required(&format!("c{number}"), DataType::Blob);
        restored.default = Some(Expression::Native(text.to_owned()));
        run(&database, &[add(restored, vec![])]);
        let found: String = value(&database, &format!("SELECT CAST(c{number} AS TEXT) FROM t"));
        assert_eq!(found, wanted);
    }
}

#[test]
fn what_sqlite_refuses_needs_a_rebuild() {
    let mut stored = column("c", DataType::Text);
    stored.generated = Some(Generated::new(expression("upper( a )"), Storage::Stored));
    let primary = Constraint::PrimaryKey(PrimaryKey::new(name("pk_t"), names(&["c"])));
    let unique = Constraint::Unique(Unique::new(name("uq_t_c"), names(&["c"])));
    let native = {
        let mut column = column("c", DataType::Text);
        column.default = Some(Expression::Native("upper('x')".to_owned()));
        column
    };
    for operation in [
        add(required("c", DataType::Text), vec![]),
        add(with_default(required("c", DataType::Text), "NULL"), vec![]),
        add(
            with_default(column("c", DataType::Timestamp), "CURRENT_TIMESTAMP"),
            vec![],
        ),
        add(with_default(column("c", DataType::Integer), "( 1 + 1 )"), vec![]),
        add(native, vec![]),
        add(identity("c"), vec![]),
        add(stored, vec![]),
        add(column("c", DataType::Text), vec![primary]),
        add(column("c", DataType::Text), vec![unique]),
        add(
            with_default(column("c", DataType::BigInt), "1"),
            vec![key(&["c"])],
        ),
        add(column("c", DataType::BigInt), vec![key(&["a", "c"])]),
    ] {
        assert_eq!(SQLITE.needs(&operation), Needs::Table(name("t")), "{operation:?}");
        let error = SQLITE.render(&[operation], &context()).unwrap_err();
        assert!(error.is_unknown(), "{error}");
    }
}

#[test]
fn sqlite_does_refuse_them() {
    let database = with_a_row();
    for definition in [
        "c TEXT NOT NULL",
        "c TEXT NOT NULL DEFAULT NULL",
        "c TIMESTAMP DEFAULT CURRENT_TIMESTAMP",
        "c TEXT DEFAULT (upper('x'))",
        "c TEXT AS (upper(a)) STORED",
        "c TEXT PRIMARY KEY",
        "c TEXT UNIQUE",
        "c BIGINT DEFAULT 1 REFERENCES t (id)",
    ] {
        failure(&database, &format!("ALTER TABLE t ADD COLUMN {definition}"));
    }
}
