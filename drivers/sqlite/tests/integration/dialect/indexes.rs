//! Indexes.

use limbeck_core::operation::Operation;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Index;
use limbeck_core::schema::IndexKey;
use limbeck_core::schema::SortOrder;

use super::support::*;

#[test]
fn columns_expressions_and_a_part_of_the_rows() {
    let database = database();
    let table = numbered(
        "account",
        vec![
            column("name", DataType::Text),
            column("born", DataType::Date),
            column("deleted", DataType::Boolean),
        ],
    );
    let mut unique = Index::new(
        name("ux account"),
        vec![(
            IndexKey::Expression(expression("lower( name )")),
            SortOrder::Ascending,
        )],
    );
    unique.unique = true;
    unique.filter = Some(expression("deleted = FALSE AND name IS NOT NULL"));
    let sql = run(
        &database,
        &[
            Operation::CreateTable(table),
            Operation::CreateIndex {
                table: name("account"),
                index: Index::new(
                    name("ix_account_born"),
                    vec![
                        (IndexKey::Column(name("born")), SortOrder::Descending),
                        (IndexKey::Column(name("name")), SortOrder::Ascending),
                    ],
                ),
            },
            Operation::CreateIndex {
                table: name("account"),
                index: unique,
            },
        ],
    );
    let indexes = sql.split_once(";\n").unwrap().1;
    insta::assert_snapshot!(indexes, @r#"
    CREATE INDEX "ix_account_born" ON "account" ("born" DESC, "name");
    CREATE UNIQUE INDEX "ux account" ON "account" ((lower("name"))) WHERE "deleted" = FALSE AND "name" IS NOT NULL
    "#);

    execute(
        &database,
        "INSERT INTO account (name, deleted) VALUES ('A', FALSE), ('a', TRUE), ('a', TRUE)",
    );
    assert!(
        failure(
            &database,
            "INSERT INTO account (name, deleted) VALUES ('a', FALSE)"
        )
        .contains("ux account")
    );
    let descending: i64 = value(
        &database,
        "SELECT \"desc\" FROM pragma_index_xinfo('ix_account_born') WHERE seqno = 0",
    );
    assert_eq!(descending, 1);

    let sql = run(
        &database,
        &[Operation::DropIndex {
            index: name("ux account"),
        }],
    );
    insta::assert_snapshot!(sql, @r#"DROP INDEX "ux account""#);
}

#[test]
fn the_indexes_of_a_new_table_follow_it() {
    let mut table = numbered("t", vec![column("a", DataType::Text)]);
    table.indexes = vec![Index::new(
        name("ix_t_a"),
        vec![(IndexKey::Column(name("a")), SortOrder::Ascending)],
    )];
    let sql = run(&database(), &[Operation::CreateTable(table)]);
    assert!(sql.ends_with("CREATE INDEX \"ix_t_a\" ON \"t\" (\"a\")"), "{sql}");
}
