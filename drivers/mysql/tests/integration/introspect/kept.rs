//! What the engines keep of a schema: the definition of equality between replay and introspection.

use limbeck_core::dialect::Version;
use limbeck_core::driver::ServerInfo;
use limbeck_core::operation::Standing;
use limbeck_core::operation::parse_expression;
use limbeck_core::schema::Column;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Index;
use limbeck_core::schema::IndexKey;
use limbeck_core::schema::Name;
use limbeck_core::schema::Piece;
use limbeck_core::schema::ReferentialAction;
use limbeck_core::schema::Schema;
use limbeck_core::schema::SortOrder;
use limbeck_core::schema::Table;
use limbeck_core::schema::TokenRun;
use limbeck_core::schema::Unique;

/// What comes back in other words that mean the same: from which engine, what was written, what is read, and why.
const REWRITTEN: &[(&[&str], Standing, &str, &str, &str)] = &[
    (
        &["mysql", "mariadb"],
        Standing::Default,
        "1.5e3",
        "1500",
        "the exponent of a number is not kept",
    ),
    (
        &["mariadb"],
        Standing::Row,
        "NOT truth OR lie = TRUE OR truth = FALSE",
        "NOT truth OR lie = TRUE OR NOT truth",
        "a truth value is a number, and FALSE is 0",
    ),
];

/// A schema as the engine keeps it.
pub(super) fn as_kept(mut schema: Schema, server: &ServerInfo) -> Schema {
    let engine = server.dialect.name();
    // An older MariaDB reads DESC and forgets it.
    let forgets_order = engine == "mariadb" && server.version < Version::new(10, 8, 0);
    let keys: Vec<(Name, Vec<Name>)> = schema
        .tables
        .values()
        .filter_map(|table| Some((table.name.clone(), table.primary_key.as_ref()?.columns.clone())))
        .collect();
    for table in schema.tables.values_mut() {
        for (_, order) in table.indexes.iter_mut().flat_map(|index| &mut index.keys) {
            if forgets_order {
                *order = SortOrder::Ascending;
            }
        }
        keep_keys(table);
        for key in &mut table.foreign_keys {
            if key.referenced_columns.is_empty() {
                let referenced = keys.iter().find(|(name, _)| *name == key.referenced_table);
                key.referenced_columns = referenced.unwrap().1.clone();
            }
            for action in [&mut key.on_delete, &mut key.on_update] {
                // MariaDB shows one word for both, which mean the same.
                if engine == "mariadb" && *action == ReferentialAction::Restrict {
                    *action = ReferentialAction::NoAction;
                }
            }
        }
        for column in &mut table.columns {
            keep_column(column, engine);
        }
        for check in &mut table.checks {
            keep(&mut check.expression, Standing::Row, engine);
        }
        for index in &mut table.indexes {
            for (key, _) in &mut index.keys {
                if let IndexKey::Expression(expression) = key {
                    keep(expression, Standing::Row, engine);
                }
            }
        }
    }
    schema.in_name_order()
}

/// A primary key has no name, and a unique index is a unique constraint.
fn keep_keys(table: &mut Table) {
    if let Some(key) = &mut table.primary_key {
        key.name = Name::exact(format!("pk_{}", table.name)).unwrap();
    }
    let indexes = std::mem::take(&mut table.indexes);
    for index in indexes {
        match columns_of(&index) {
            Some(columns) if index.unique => table.uniques.push(Unique::new(index.name, columns)),
            _ => table.indexes.push(index),
        }
    }
}

fn columns_of(index: &Index) -> Option<Vec<Name>> {
    let columns = index.keys.iter().map(|key| match key {
        (IndexKey::Column(column), SortOrder::Ascending) => Some(column.clone()),
        _ => None,
    });
    columns.collect()
}

fn keep_column(column: &mut Column, engine: &str) {
    if let Some(sql) = column.data_type.native_for(&[engine, "mysql"]) {
        column.data_type = DataType::Native {
            driver: engine.to_owned(),
            sql: sql.to_ascii_lowercase(),
        };
    } else {
        column.data_type = column.data_type.base().clone();
    }
    // A DATETIME(6) is both.
    if column.data_type == DataType::TimestampWithTimeZone {
        column.data_type = DataType::Timestamp;
    }
    if let Some(default) = &mut column.default {
        keep(default, Standing::Default, engine);
        if matches!(default, Expression::Portable(run) if *run == tokens("NULL", Standing::Default)) {
            column.default = None;
        }
    }
    if let Some(generated) = &mut column.generated {
        keep(&mut generated.expression, Standing::Row, engine);
    }
}

/// Parentheses are those that the engine needs: that they mean the same is seen when what was read is made again.
fn keep(expression: &mut Expression, standing: Standing, engine: &str) {
    let Expression::Portable(run) = expression else {
        return;
    };
    bare(run);
    for (engines, place, written, read, why) in REWRITTEN {
        assert!(!why.is_empty());
        if engines.contains(&engine) && *place == standing && *run == tokens(written, standing) {
            *run = tokens(read, standing);
        }
    }
}

fn tokens(text: &str, standing: Standing) -> TokenRun {
    let mut run = parse_expression(text, standing).unwrap();
    bare(&mut run);
    run
}

fn bare(run: &mut TokenRun) {
    run.0.retain(|piece| !matches!(piece, Piece::Open | Piece::Close));
}
