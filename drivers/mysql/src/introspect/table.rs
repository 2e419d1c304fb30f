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
use super::some_text;
use super::text;
use crate::dialect::MARIADB;
use crate::rows::rows_of;

/// The table that a row is about.
pub(super) fn read(server: Server, catalogue: &Catalogue, row: &Row) -> Result<Table, DriverError> {
    let own = rows_of(&catalogue.columns, text(row, 0));
    let checks = rows_of(&catalogue.checks, text(row, 0));
    let columns = own.iter().map(|row| column(server, checks, row));
    let mut table = Table::new(name(row, 0)?, columns.collect::<Result<_, _>>()?);
    table.comment = some_text(row, 1).map(str::to_owned);
    complete(server, catalogue, &mut table)?;
    Ok(table)
}

fn column(server: Server, checks: &[Row], row: &Row) -> Result<Column, DriverError> {
    let extra = text(row, 5);
    let more = more(extra);
    let written = TypeText {
        text: text(row, 2),
        character_set: row.text(7),
        collation: row.text(8),
        more: &more,
    };
    let column_name = name(row, 1)?;
    let mut data_type = data_type::read(server.dialect, &server.version, &written);
    // MariaDB checks a text to be JSON in the column's own check, which keeps its name when the column gets another.
    if data_type::is_json_text(server.dialect, &written)
        && checks.iter().any(|check| checks_json(check, &column_name))
    {
        data_type = DataType::Json;
    }
    let mut column = Column::new(column_name, data_type);
    column.nullable = text(row, 3) == "YES";
    column.identity = extra.to_ascii_lowercase().contains("auto_increment");
    column.comment = some_text(row, 9).map(str::to_owned);
    if let Some(text) = row.text(4) {
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

fn checks_json(row: &Row, column: &Name) -> bool {
    let quoted = column.as_str().replace('`', "``");
    text(row, 4) == "Column" && text(row, 3) == format!("json_valid(`{quoted}`)")
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
    let checks = rows_of(&catalogue.checks, table.name.as_str());
    // One that is not enforced is none to the model.
    for row in checks.iter().filter(|row| text(row, 2) == "YES") {
        let check = name(row, 1)?;
        let mut documents = table
            .columns
            .iter()
            .filter(|column| column.data_type == DataType::Json);
        if documents.any(|column| checks_json(row, &column.name)) {
            continue;
        }
        let expression = expression::read(server.dialect, &written(server, text(row, 3)), &columns);
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
    let rows = rows_of(&catalogue.columns, table.name.as_str());
    for (column, row) in table.columns.iter_mut().zip(rows) {
        let Some(text) = some_text(row, 6) else {
            continue;
        };
        let storage = match super::text(row, 5).contains("VIRTUAL") {
            true => Storage::Virtual,
            false => Storage::Stored,
        };
        let expression = expression::read(server.dialect, &written(server, text), columns);
        column.default = None;
        column.generated = Some(Generated::new(expression, storage));
    }
}

fn foreign_keys(server: Server, catalogue: &Catalogue, table: &mut Table) -> Result<(), DriverError> {
    let rows = rows_of(&catalogue.foreign_keys, table.name.as_str());
    // What leads to another database has no place in the model.
    for row in rows.iter().filter(|row| row.text(5).is_none()) {
        let key = name(row, 1)?;
        if table.foreign_keys.last().is_none_or(|last| last.name != key) {
            let mut key = ForeignKey::new(key, Vec::new(), name(row, 3)?, Vec::new());
            key.on_delete = action(server, text(row, 6));
            key.on_update = action(server, text(row, 7));
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
