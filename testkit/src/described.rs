//! Tables and views in words.

use limbeck_core::schema::Column;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Deferrable;
use limbeck_core::schema::Expression;
use limbeck_core::schema::ForeignKey;
use limbeck_core::schema::Index;
use limbeck_core::schema::IndexKey;
use limbeck_core::schema::Name;
use limbeck_core::schema::ReferentialAction;
use limbeck_core::schema::SortOrder;
use limbeck_core::schema::Storage;
use limbeck_core::schema::Table;
use limbeck_core::schema::View;

/// A table with a line for each of its parts, for snapshots of what was read from a catalogue.
///
/// ```
/// use limbeck_core::schema::{Column, DataType, Name, Table};
///
/// let id = Column::new(Name::exact("id")?, DataType::BigInt);
/// let table = Table::new(Name::exact("team")?, vec![id]);
/// assert_eq!(limbeck_testkit::described(&table), "id BigInt");
/// # Ok::<(), limbeck_core::schema::NameError>(())
/// ```
pub fn described(table: &Table) -> String {
    let mut lines: Vec<_> = table.columns.iter().map(column_line).collect();
    if let Some(key) = &table.primary_key {
        lines.push(format!("key {} {}", key.name, list(&key.columns)));
    }
    for unique in &table.uniques {
        let nulls = if unique.nulls_not_distinct {
            " nulls not distinct"
        } else {
            ""
        };
        lines.push(format!("unique {} {}{nulls}", unique.name, list(&unique.columns)));
    }
    for check in &table.checks {
        let expression = expression_text(&check.expression);
        lines.push(format!("check {} {expression}", check.name));
    }
    lines.extend(table.foreign_keys.iter().map(foreign_line));
    lines.extend(table.indexes.iter().map(index_line));
    if let Some(comment) = &table.comment {
        lines.push(format!("comment {comment:?}"));
    }
    lines.join("\n")
}

/// A view in one line.
pub fn described_view(view: &View) -> String {
    let (columns, query) = (list(&view.columns), expression_text(&view.query));
    format!("{} {columns} {query}", view.name)
}

fn column_line(column: &Column) -> String {
    let mut line = format!("{} {}", column.name, type_text(&column.data_type));
    if !column.nullable {
        line.push_str(" not null");
    }
    if column.identity {
        line.push_str(" identity");
    }
    if let Some(default) = &column.default {
        line.push_str(&format!(" default {}", expression_text(default)));
    }
    if let Some(generated) = &column.generated {
        let storage = match generated.storage {
            Storage::Stored => "stored",
            Storage::Virtual => "virtual",
        };
        line.push_str(&format!(" {storage} {}", expression_text(&generated.expression)));
    }
    if let Some(comment) = &column.comment {
        line.push_str(&format!(" comment {comment:?}"));
    }
    line
}

fn foreign_line(key: &ForeignKey) -> String {
    let mut line = format!(
        "foreign {} {} to {} {}",
        key.name,
        list(&key.columns),
        key.referenced_table,
        list(&key.referenced_columns)
    );
    for (word, action) in [("delete", key.on_delete), ("update", key.on_update)] {
        if action != ReferentialAction::NoAction {
            line.push_str(&format!(" {word} {}", action.sql()));
        }
    }
    if key.deferrable != Deferrable::No {
        line.push_str(&format!(" {:?}", key.deferrable));
    }
    line
}

fn index_line(index: &Index) -> String {
    let unique = if index.unique { "unique index" } else { "index" };
    let keys: Vec<_> = index.keys.iter().map(key_text).collect();
    let mut line = format!("{unique} {} {}", index.name, keys.join(", "));
    if let Some(filter) = &index.filter {
        line.push_str(&format!(" where {}", expression_text(filter)));
    }
    line
}

fn type_text(data_type: &DataType) -> String {
    match data_type {
        DataType::Native { driver, sql } => format!("{driver}({sql})"),
        other => format!("{other:?}"),
    }
}

/// What is portable shows only that it is: what it says is what the replay says, which other tests compare.
fn expression_text(expression: &Expression) -> String {
    match expression {
        Expression::Native(text) => format!("<{text}>"),
        _ => "(portable)".to_owned(),
    }
}

fn key_text((key, order): &(IndexKey, SortOrder)) -> String {
    let text = match key {
        IndexKey::Column(column) => column.to_string(),
        IndexKey::Expression(expression) => expression_text(expression),
        other => format!("{other:?}"),
    };
    match order {
        SortOrder::Ascending => text,
        SortOrder::Descending => format!("{text} desc"),
    }
}

fn list(names: &[Name]) -> String {
    let names: Vec<_> = names.iter().map(Name::as_str).collect();
    format!("({})", names.join(", "))
}
