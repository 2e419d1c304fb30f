//! What SQLite keeps of a schema: the definition of equality between replay and introspection.

use limbeck_core::schema::Column;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Expression;
use limbeck_core::schema::IndexKey;
use limbeck_core::schema::Piece;
use limbeck_core::schema::Schema;
use limbeck_core::schema::Table;

/// The schema as introspection must give it, in name order: without comments, and with one type for all that SQLite
/// declares alike.
pub(super) fn as_kept(mut schema: Schema) -> Schema {
    for table in schema.tables.values_mut() {
        table.comment = None;
        for column in &mut table.columns {
            keep_column(column);
        }
        expressions(table, keep_casts);
    }
    for view in schema.views.values_mut() {
        keep_casts(&mut view.query);
    }
    schema.in_name_order()
}

fn keep_column(column: &mut Column) {
    column.comment = None;
    column.data_type = match (column.data_type.native_for(&["sqlite"]), &column.data_type) {
        _ if column.identity => DataType::BigInt,
        (Some("TEXT"), _) | (None, DataType::Uuid) => DataType::Text,
        (Some(sql), _) => DataType::Native {
            driver: "sqlite".to_owned(),
            sql: sql.to_owned(),
        },
        (None, DataType::TimestampWithTimeZone) => DataType::Timestamp,
        (None, other) => other.base().clone(),
    };
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

/// CAST knows the affinities only.
fn keep_casts(expression: &mut Expression) {
    let Expression::Portable(run) = expression else {
        return;
    };
    for piece in &mut run.0 {
        if let Piece::Type(data_type) = piece {
            *data_type = match data_type {
                DataType::SmallInt | DataType::Integer | DataType::BigInt => DataType::Integer,
                DataType::Real | DataType::DoublePrecision => DataType::Real,
                DataType::Numeric { .. } | DataType::Blob => data_type.clone(),
                _ => DataType::Text,
            };
        }
    }
}
