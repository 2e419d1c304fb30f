//! Tables.

use limbeck_core::driver::DriverError;
use limbeck_core::driver::Row;
use limbeck_core::schema::Check;
use limbeck_core::schema::Column;
use limbeck_core::schema::DataType;
use limbeck_core::schema::ForeignKey;
use limbeck_core::schema::Generated;
use limbeck_core::schema::Name;
use limbeck_core::schema::ReferentialAction;
use limbeck_core::schema::Storage;
use limbeck_core::schema::Table;

use super::Catalogue;
use super::Server;
use super::data_type;
use super::data_type::TypeText;
use super::default;
use super::expression;
use super::expression::Columns;
use super::index;
use super::literal;
use super::name;
use super::of_table;
use super::some_text;
use super::text;
use crate::dialect::MARIADB;

/// All tables that the catalogue lists columns of.
pub(super) fn read_all(server: Server, catalogue: &Catalogue) -> Result<Vec<Table>, DriverError> {
    let mut tables: Vec<Table> = Vec::new();
    for row in &catalogue.columns.rows {
        let table = name(row, 0)?;
        if tables.last().is_none_or(|last| last.name != table) {
            let mut table = Table::new(table, Vec::new());
            table.comment = some_text(row, 1).map(str::to_owned);
            tables.push(table);
        }
        if let Some(table) = tables.last_mut() {
            let column = column(server, catalogue, &table.name, row)?;
            table.columns.push(column);
        }
    }
    for table in &mut tables {
        complete(server, catalogue, table)?;
    }
    Ok(tables)
}

fn column(server: Server, catalogue: &Catalogue, table: &Name, row: &Row) -> Result<Column, DriverError> {
    let extra = text(row, 6);
    let more = more(extra);
    let written = TypeText {
        text: text(row, 3),
        character_set: row.text(8),
        collation: row.text(9),
        more: &more,
    };
    let column_name = name(row, 2)?;
    let mut data_type = data_type::read(server.dialect, &server.version, &written);
    if data_type::is_json_text(server.dialect, &written) && is_json(catalogue, table, &column_name) {
        data_type = DataType::Json;
    }
    let mut column = Column::new(column_name, data_type);
    column.nullable = text(row, 4) == "YES";
    column.identity = extra.to_ascii_lowercase().contains("auto_increment");
    column.comment = some_text(row, 10).map(str::to_owned);
    if let Some(text) = row.text(5) {
        let default = default::read(server.dialect, text, extra, &column.data_type);
        column.default = default.expression;
        if default.is_in_utc {
            column.data_type = DataType::TimestampWithTimeZone;
        }
    }
    Ok(column)
}

/// What the model has no place for, as it stands behind the type.
fn more(extra: &str) -> String {
    let lower = extra.to_ascii_lowercase();
    let mut more = Vec::new();
    if let Some(at) = lower.find("on update") {
        let end = lower.get(at..).and_then(|rest| rest.find(", "));
        let end = end.map_or(extra.len(), |end| at + end);
        more.extend(
            extra
                .get(at..end)
                .map(|clause| clause.trim_end_matches(" INVISIBLE").to_owned()),
        );
    }
    if lower.contains("invisible") {
        more.push("INVISIBLE".to_owned());
    }
    more.join(" ")
}

/// Whether MariaDB checks a text to be JSON in the column's own check, which keeps its name when the column gets another.
fn is_json(catalogue: &Catalogue, table: &Name, column: &Name) -> bool {
    of_table(&catalogue.checks, table).any(|row| checks_json(row, column))
}

fn checks_json(row: &Row, column: &Name) -> bool {
    let quoted = column.as_str().replace('`', "``");
    text(row, 3) == "Column" && text(row, 2) == format!("json_valid(`{quoted}`)")
}

/// What needs the columns.
fn complete(server: Server, catalogue: &Catalogue, table: &mut Table) -> Result<(), DriverError> {
    let mut columns = Columns::default();
    for column in &table.columns {
        columns.names.insert(column.name.clone());
        if column.data_type == DataType::Boolean {
            columns.truths.insert(column.name.clone());
        }
    }
    generated(server, catalogue, &columns, table);
    foreign_keys(server, catalogue, table)?;
    index::read(server, catalogue, &columns, table)?;
    for row in of_table(&catalogue.checks, &table.name) {
        let check = name(row, 1)?;
        let mut documents = table
            .columns
            .iter()
            .filter(|column| column.data_type == DataType::Json);
        if documents.any(|column| checks_json(row, &column.name)) {
            continue;
        }
        let expression = expression::read(server.dialect, &written(server, text(row, 2)), &columns);
        table.checks.push(Check::new(check, expression));
    }
    Ok(())
}

/// MySQL's catalogue escapes its expressions once more.
fn written(server: Server, text: &str) -> String {
    match server.dialect == &MARIADB {
        true => text.to_owned(),
        false => literal::unescaped(text).unwrap_or_else(|| text.to_owned()),
    }
}

fn generated(server: Server, catalogue: &Catalogue, columns: &Columns, table: &mut Table) {
    let rows = of_table(&catalogue.columns, &table.name);
    for (column, row) in table.columns.iter_mut().zip(rows) {
        let Some(text) = some_text(row, 7) else {
            continue;
        };
        let storage = match super::text(row, 6).contains("VIRTUAL") {
            true => Storage::Virtual,
            false => Storage::Stored,
        };
        let expression = expression::read(server.dialect, &written(server, text), columns);
        column.default = None;
        column.generated = Some(Generated::new(expression, storage));
    }
}

fn foreign_keys(server: Server, catalogue: &Catalogue, table: &mut Table) -> Result<(), DriverError> {
    for row in of_table(&catalogue.foreign_keys, &table.name) {
        let key = name(row, 1)?;
        if table.foreign_keys.last().is_none_or(|last| last.name != key) {
            let mut key = ForeignKey::new(key, Vec::new(), name(row, 3)?, Vec::new());
            key.on_delete = action(server, text(row, 5));
            key.on_update = action(server, text(row, 6));
            table.foreign_keys.push(key);
        }
        if let Some(key) = table.foreign_keys.last_mut() {
            key.columns.push(name(row, 2)?);
            key.referenced_columns.push(name(row, 4)?);
        }
    }
    Ok(())
}

/// MariaDB says RESTRICT also where nobody did: both mean the same to both engines.
fn action(server: Server, rule: &str) -> ReferentialAction {
    match rule {
        "CASCADE" => ReferentialAction::Cascade,
        "SET NULL" => ReferentialAction::SetNull,
        "SET DEFAULT" => ReferentialAction::SetDefault,
        "RESTRICT" if server.dialect != &MARIADB => ReferentialAction::Restrict,
        _ => ReferentialAction::NoAction,
    }
}
