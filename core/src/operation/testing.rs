//! Short ways to write schemas and operations in the tests of this module.

use crate::operation::DataKind;
use crate::operation::DataStatement;
use crate::operation::Operation;
use crate::schema::Check;
use crate::schema::Column;
use crate::schema::Constraint;
use crate::schema::DataType;
use crate::schema::Expression;
use crate::schema::ForeignKey;
use crate::schema::Index;
use crate::schema::IndexKey;
use crate::schema::Name;
use crate::schema::Piece;
use crate::schema::PrimaryKey;
use crate::schema::Schema;
use crate::schema::SortOrder;
use crate::schema::Table;
use crate::schema::TokenRun;
use crate::schema::Unique;
use crate::schema::View;

pub(crate) fn name(text: &str) -> Name {
    Name::exact(text).unwrap()
}

pub(crate) fn names(texts: &[&str]) -> Vec<Name> {
    texts.iter().map(|text| name(text)).collect()
}

/// Tokens separated by blanks: upper case is a keyword, `name(` a function with its parenthesis.
pub(crate) fn run(text: &str) -> TokenRun {
    let mut pieces = Vec::new();
    for token in text.split_whitespace() {
        let piece = match token {
            "(" => Piece::Open,
            ")" => Piece::Close,
            "," => Piece::Comma,
            "." => Piece::Dot,
            "*" => Piece::Star,
            function if function.ends_with('(') => {
                pieces.push(Piece::Function(function.trim_end_matches('(').to_owned()));
                Piece::Open
            }
            string if string.starts_with('\'') => Piece::String(string.trim_matches('\'').to_owned()),
            number if number.starts_with(|first: char| first.is_ascii_digit()) => {
                Piece::Number(number.to_owned())
            }
            word if word.starts_with(|first: char| first.is_ascii_uppercase()) => {
                Piece::Keyword(word.to_owned())
            }
            word if word.starts_with(|first: char| first.is_ascii_lowercase()) => Piece::Name(name(word)),
            symbol => Piece::Operator(symbol.to_owned()),
        };
        pieces.push(piece);
    }
    TokenRun(pieces)
}

pub(crate) fn expression(text: &str) -> Expression {
    Expression::Portable(run(text))
}

pub(crate) fn column(text: &str, data_type: DataType) -> Column {
    Column::new(name(text), data_type)
}

/// A table of INTEGER columns, the first of which is its primary key.
pub(crate) fn table(text: &str, columns: &[&str]) -> Table {
    let integers = columns
        .iter()
        .map(|text| column(text, DataType::Integer))
        .collect();
    let mut table = Table::new(name(text), integers);
    table.primary_key = Some(PrimaryKey::new(name(&format!("pk_{text}")), names(&columns[..1])));
    table
}

pub(crate) fn schema(tables: &[Table]) -> Schema {
    let mut schema = Schema::new();
    for table in tables {
        schema.apply(&Operation::CreateTable(table.clone())).unwrap();
    }
    schema
}

pub(crate) fn add(table: &str, constraint: Constraint) -> Operation {
    Operation::AddConstraint {
        table: name(table),
        constraint,
    }
}

pub(crate) fn check(text: &str, condition: &str) -> Constraint {
    Constraint::Check(Check::new(name(text), expression(condition)))
}

pub(crate) fn unique(text: &str, columns: &[&str]) -> Constraint {
    Constraint::Unique(Unique::new(name(text), names(columns)))
}

pub(crate) fn foreign_key(text: &str, columns: &[&str], table: &str, referenced: &[&str]) -> Constraint {
    Constraint::ForeignKey(ForeignKey::new(
        name(text),
        names(columns),
        name(table),
        names(referenced),
    ))
}

pub(crate) fn create_index(table: &str, text: &str, columns: &[&str]) -> Operation {
    let keys = columns
        .iter()
        .map(|column| (IndexKey::Column(name(column)), SortOrder::Ascending))
        .collect();
    Operation::CreateIndex {
        table: name(table),
        index: Index::new(name(text), keys),
    }
}

pub(crate) fn create_view(text: &str, query: &str) -> Operation {
    Operation::CreateView(View::new(name(text), Vec::new(), expression(query)))
}

pub(crate) fn rename_table(from: &str, to: &str) -> Operation {
    Operation::RenameTable {
        from: name(from),
        to: name(to),
    }
}

pub(crate) fn rename_column(table: &str, from: &str, to: &str) -> Operation {
    Operation::RenameColumn {
        table: name(table),
        from: name(from),
        to: name(to),
    }
}

pub(crate) fn drop_column(table: &str, column: &str) -> Operation {
    Operation::DropColumn {
        table: name(table),
        column: name(column),
    }
}

pub(crate) fn data(kind: DataKind, table: &str, columns: &[&str], text: &str) -> Operation {
    Operation::Data(DataStatement::new(
        kind,
        Some(name(table)),
        names(columns),
        run(text),
    ))
}

/// The message and the hint of the error that an operation gives.
pub(crate) fn refusal(schema: &Schema, operation: &Operation) -> String {
    let mut after = schema.clone();
    let error = after.apply(operation).unwrap_err();
    assert_eq!(after, *schema, "the schema has changed: {error}");
    match error.hint() {
        Some(hint) => format!("{error} | {hint}"),
        None => error.to_string(),
    }
}
