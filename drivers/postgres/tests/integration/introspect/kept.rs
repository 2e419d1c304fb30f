//! What PostgreSQL keeps of a schema: the definition of equality between replay and introspection.

use limbeck_core::operation::Standing;
use limbeck_core::operation::parse_expression;
use limbeck_core::schema::Column;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Expression;
use limbeck_core::schema::IndexKey;
use limbeck_core::schema::Piece;
use limbeck_core::schema::Schema;
use limbeck_core::schema::Table;
use limbeck_core::schema::TokenRun;

/// What comes back in other words that mean the same: what was written, what is read, and why.
const REWRITTEN: &[(Standing, &str, &str, &str)] = &[
    (
        Standing::Row,
        "\"check\" BETWEEN 1 AND 5",
        "\"check\" >= 1 AND \"check\" <= 5",
        "BETWEEN is kept as two comparisons",
    ),
    (
        Standing::Row,
        "a NOT BETWEEN 1 AND 5",
        "a < 1 OR a > 5",
        "BETWEEN is kept as two comparisons",
    ),
    (
        Standing::Row,
        "b IN ('x')",
        "b = 'x'",
        "IN with one value is kept as a comparison",
    ),
    (
        Standing::Row,
        "a IN (a, small)",
        "a = a OR a = small",
        "IN with columns is kept as comparisons",
    ),
    (
        Standing::Row,
        "CAST(v AS TEXT) = 'x'",
        "v = 'x'",
        "the server casts VARCHAR to TEXT by itself, and keeps no record of who did",
    ),
    (
        Standing::Row,
        "CAST('2020-01-01' AS DATE) < day",
        "'2020-01-01' < day",
        "a string beside a date is one",
    ),
    (
        Standing::Row,
        "double > 1.5e3",
        "double > 1500",
        "the exponent of a number is not kept",
    ),
    (
        Standing::Default,
        "1.5e3",
        "1500",
        "the exponent of a number is not kept",
    ),
    (
        Standing::Row,
        "moment > '2020-01-01 00:00:00'",
        "moment > '2020-01-01 00:00:00+00'",
        "a moment is kept as one, and written in the zone of the session",
    ),
    (
        Standing::Default,
        "5",
        "'5'",
        "a number as the default of a JSON column is a document",
    ),
];

/// The schema as introspection must give it.
pub(super) fn as_kept(mut schema: Schema) -> Schema {
    for table in schema.tables.values_mut() {
        for column in &mut table.columns {
            keep_column(column);
        }
        expressions(table, rewrite);
    }
    schema
}

/// In name order, and without the parentheses around parts of expressions: the server keeps what they mean.
pub(super) fn compared(mut schema: Schema) -> Schema {
    for table in schema.tables.values_mut() {
        expressions(table, |expression| {
            if let Expression::Portable(run) = expression {
                *run = without_groups(run);
            }
        });
    }
    schema.in_name_order()
}

fn keep_column(column: &mut Column) {
    column.data_type = match column.data_type.native_for(&["postgres"]) {
        Some(sql) => DataType::Native {
            driver: "postgres".to_owned(),
            sql: sql.to_owned(),
        },
        None => column.data_type.base().clone(),
    };
    let is_null = |default: &Expression| matches!(default, Expression::Portable(run) if *run.0 == [Piece::Keyword("NULL".to_owned())]);
    column.default.take_if(|default| is_null(default));
}

fn rewrite(expression: &mut Expression) {
    let Expression::Portable(run) = expression else {
        return;
    };
    for (standing, written, read, _) in REWRITTEN {
        if *run == parse_expression(written, *standing).unwrap() {
            *run = parse_expression(read, *standing).unwrap();
            return;
        }
    }
}

fn expressions(table: &mut Table, mut visit: impl FnMut(&mut Expression)) {
    for column in &mut table.columns {
        column.default.iter_mut().for_each(&mut visit);
        if let Some(generated) = &mut column.generated {
            visit(&mut generated.expression);
        }
    }
    for check in &mut table.checks {
        visit(&mut check.expression);
    }
    for index in &mut table.indexes {
        index.filter.iter_mut().for_each(&mut visit);
        for (key, _) in &mut index.keys {
            if let IndexKey::Expression(expression) = key {
                visit(expression);
            }
        }
    }
}

/// Parentheses that only group. Those of calls, CAST and lists stay.
fn without_groups(run: &TokenRun) -> TokenRun {
    let mut pieces = Vec::new();
    let mut open = Vec::new();
    for piece in &run.0 {
        match piece {
            Piece::Open => {
                let says = match pieces.last() {
                    Some(Piece::Function(_)) => true,
                    Some(Piece::Keyword(word)) => matches!(word.as_str(), "IN" | "CAST"),
                    _ => false,
                };
                open.push(says);
                if !says {
                    continue;
                }
            }
            Piece::Close if !open.pop().unwrap() => continue,
            _ => {}
        }
        pieces.push(piece.clone());
    }
    TokenRun(pieces)
}
