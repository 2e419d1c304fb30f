//! Names that PostgreSQL would cut.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderContext;
use limbeck_core::operation::ColumnChange;
use limbeck_core::operation::DataKind;
use limbeck_core::operation::DataStatement;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Check;
use limbeck_core::schema::Column;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Expression;
use limbeck_core::schema::ForeignKey;
use limbeck_core::schema::Index;
use limbeck_core::schema::IndexKey;
use limbeck_core::schema::Name;
use limbeck_core::schema::Piece;
use limbeck_core::schema::SortOrder;
use limbeck_core::schema::Table;
use limbeck_core::schema::TokenRun;
use limbeck_core::schema::Unique;
use limbeck_core::schema::View;
use limbeck_postgres::POSTGRES;

use super::support::NEW;
use super::support::name;

/// One byte too long, in 32 characters.
fn long() -> Name {
    name("ßßßßßßßßßßßßßßßßßßßßßßßßßßßßßßßß")
}

fn column(name: Name) -> Column {
    Column::new(name, DataType::Text)
}

fn reads(name: Name) -> TokenRun {
    TokenRun(vec![Piece::Keyword("SELECT".to_owned()), Piece::Name(name)])
}

fn tables() -> Vec<Operation> {
    let plain = || Table::new(name("t"), vec![column(name("a"))]);
    let mut unique = plain();
    unique.uniques = vec![Unique::new(long(), vec![name("a")])];
    let mut check = plain();
    check.checks = vec![Check::new(name("c"), Expression::Portable(reads(long())))];
    let mut key = plain();
    key.foreign_keys = vec![ForeignKey::new(name("f"), vec![name("a")], long(), vec![])];
    let mut index = plain();
    index.indexes = vec![Index::new(
        name("i"),
        vec![(IndexKey::Column(long()), SortOrder::Ascending)],
    )];
    let tables = [
        Table::new(long(), vec![column(name("a"))]),
        Table::new(name("t"), vec![column(long())]),
        unique,
        check,
        key,
        index,
    ];
    tables.map(Operation::CreateTable).into()
}

fn alterations() -> Vec<Operation> {
    let constraint = Constraint::Unique(Unique::new(name("u"), vec![long()]));
    vec![
        Operation::DropTable { table: long() },
        Operation::RenameTable {
            from: name("t"),
            to: long(),
        },
        Operation::AddColumn {
            table: name("t"),
            column: column(name("a")),
            constraints: vec![constraint.clone()],
        },
        Operation::DropColumn {
            table: name("t"),
            column: long(),
        },
        Operation::RenameColumn {
            table: name("t"),
            from: name("a"),
            to: long(),
        },
        Operation::AlterColumn {
            table: name("t"),
            column: long(),
            change: ColumnChange::DropDefault,
        },
        Operation::AddConstraint {
            table: name("t"),
            constraint,
        },
        Operation::DropConstraint {
            table: name("t"),
            constraint: long(),
        },
        Operation::RenameConstraint {
            table: name("t"),
            from: name("a"),
            to: long(),
        },
    ]
}

fn others() -> Vec<Operation> {
    let query = Expression::Portable(reads(name("a")));
    vec![
        Operation::CreateIndex {
            table: name("t"),
            index: Index::new(long(), vec![]),
        },
        Operation::DropIndex { index: long() },
        Operation::CreateView(View::new(name("v"), vec![long()], query)),
        Operation::DropView { view: long() },
        Operation::CommentOnTable {
            table: long(),
            comment: None,
        },
        Operation::CommentOnColumn {
            table: name("t"),
            column: long(),
            comment: None,
        },
        Operation::Data(DataStatement::new(DataKind::Select, None, vec![], reads(long()))),
    ]
}

#[test]
fn a_long_name_is_refused_wherever_it_stands() {
    for operation in [tables(), alterations(), others()].concat() {
        let error = POSTGRES
            .render(std::slice::from_ref(&operation), &RenderContext::new(NEW))
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "postgres cannot keep the name \"{}\" whole: it has 64 bytes, and 63 is the most",
                long()
            ),
            "{operation:?}"
        );
        assert_eq!(error.hint(), Some("choose a shorter name"));
    }
}

#[test]
fn the_check_of_an_enum_in_a_long_named_table_is_cut() {
    let table = name(&"x".repeat(63));
    let kind = Column::new(
        name("kind"),
        DataType::Enum {
            values: vec!["a".to_owned()],
        },
    );
    let create = Operation::CreateTable(Table::new(table, vec![kind]));
    let rendering = POSTGRES.render(&[create], &RenderContext::new(NEW)).unwrap();
    let check = rendering.statements[0].sql.split('"').nth(5).unwrap();
    assert!(check.starts_with("enum_x") && check.len() <= 63, "{check}");
}
