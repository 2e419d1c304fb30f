//! INSERT, UPDATE, DELETE and SELECT.

use limbeck_core::operation::DataKind;
use limbeck_core::operation::DataStatement;
use limbeck_core::operation::Operation;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Piece;

use super::support::*;

fn data(kind: DataKind, text: &str) -> Operation {
    Operation::Data(DataStatement::new(kind, None, vec![], pieces(text)))
}

#[test]
fn rows_are_written_and_read() {
    let database = database();
    let mut strange = pieces("INSERT INTO note ( body ) VALUES ( 'x' )");
    for piece in &mut strange.0 {
        if let Piece::String(text) = piece {
            *text = "it's \\ a\nline; -- no comment".to_owned();
        }
    }
    let sql = run(
        &database,
        &[
            Operation::CreateTable(numbered(
                "note",
                vec![column("body", DataType::Text), column("size", DataType::Integer)],
            )),
            data(
                DataKind::Insert,
                "INSERT INTO note ( body , size ) VALUES ( 'one' , - 1 ) , ( 'two' , NULL )",
            ),
            Operation::Data(DataStatement::new(DataKind::Insert, None, vec![], strange)),
            data(
                DataKind::Insert,
                "INSERT INTO note ( body ) SELECT upper( body ) FROM note WHERE size IS NOT NULL",
            ),
            data(
                DataKind::Update,
                "UPDATE note SET size = coalesce( size , 0 ) - - 1 , body = body || '!' WHERE NOT ( body = 'x' )",
            ),
            data(DataKind::Delete, "DELETE FROM note WHERE body LIKE 'two%'"),
            data(
                DataKind::Select,
                "SELECT CASE WHEN size > 0 THEN CAST( size AS TYPE:TEXT ) ELSE 'none' END FROM note \
                 ORDER BY id DESC LIMIT 1",
            ),
        ],
    );
    let rows = sql.split_once(")\n;").map_or(sql.as_str(), |(_, rest)| rest);
    let rows = rows.split_once("\n);\n").unwrap().1;
    insta::assert_snapshot!(rows, @r#"
    INSERT INTO "note" ("body", "size") VALUES ('one', -1), ('two', NULL);
    INSERT INTO "note" ("body") VALUES ('it''s \ a
    line; -- no comment');
    INSERT INTO "note" ("body") SELECT upper("body") FROM "note" WHERE "size" IS NOT NULL;
    UPDATE "note" SET "size" = coalesce("size", 0) - -1, "body" = "body" || '!' WHERE NOT ("body" = 'x');
    DELETE FROM "note" WHERE "body" LIKE 'two%';
    SELECT CASE WHEN "size" > 0 THEN CAST("size" AS TEXT) ELSE 'none' END FROM "note" ORDER BY "id" DESC LIMIT 1
    "#);
    let bodies: String = value(
        &database,
        "SELECT group_concat(body || size, '|') FROM (SELECT * FROM note ORDER BY id)",
    );
    assert_eq!(bodies, "one!0|it's \\ a\nline; -- no comment!1|ONE!1");
}
