//! What a tally means: the constraint, and the rows that break it.

use limbeck_core::driver::DataFault;
use limbeck_core::driver::DataFaultKind;
use limbeck_core::driver::DriverError;

use super::catalogue::Index;
use super::catalogue::Origin;
use super::catalogue::Table;
use super::catalogue::quoted;
use super::catalogue::quoted_list;
use super::integrity::Tally;
use super::message::Held;
use super::message::Subject;
use super::rows;
use super::rows::SHOWN;
use super::rows::rows_where;
use crate::client::Client;
use crate::text::ConstraintKind;
use crate::text::bare;

/// Letters of an expression that are shown.
const LONGEST: usize = 120;

/// The faults behind what was said about one part of a table.
pub(super) fn explain(
    client: &mut Client,
    table: &Table,
    subject: Subject,
    tally: &Tally,
) -> Result<Vec<DataFault>, DriverError> {
    let rows = tally.counted();
    let fault = match subject {
        Subject::NotNull(_, column) => not_null(client, table, column, rows)?,
        Subject::DataType(_, column, held) => data_type(client, table, column, held, rows)?,
        Subject::Check(_) => return checks(client, table, rows),
        Subject::Unique(_, index) => unique(client, table, index, rows)?,
        Subject::Index(_, index) => disagreement(client, table, index, tally)?,
    };
    Ok(fault.into_iter().collect())
}

fn of_table(kind: DataFaultKind, table: &Table) -> DataFault {
    let mut fault = DataFault::new(kind);
    fault.table = Some(table.name.clone());
    fault
}

fn not_null(
    client: &mut Client,
    table: &Table,
    column: usize,
    rows: Option<u64>,
) -> Result<Option<DataFault>, DriverError> {
    let Some(column) = table.columns.get(column) else {
        return Ok(None);
    };
    let mut fault = of_table(DataFaultKind::NotNull, table);
    fault.constraint = Some(format!("column {}", column.name));
    fault.rows = rows;
    // `IS NULL` would be false without a look at the rows: the column is NOT NULL.
    let condition = format!("typeof({}) = 'null'", quoted(&column.name));
    rows::show(client, &mut fault, table, &rows_where(table, &condition))?;
    Ok(Some(fault))
}

fn data_type(
    client: &mut Client,
    table: &Table,
    column: usize,
    held: Held,
    rows: Option<u64>,
) -> Result<Option<DataFault>, DriverError> {
    let Some(column) = table.columns.get(column) else {
        return Ok(None);
    };
    let name = quoted(&column.name);
    let mut fault = of_table(DataFaultKind::DataType, table);
    fault.constraint = Some(format!("column {} {}", column.name, column.declared_type));
    fault.rows = rows;
    let allowed = match (held, column.declared_type.to_ascii_uppercase().as_str()) {
        (Held::NumericText, _) => "",
        (Held::Number, _) => "'null', 'text', 'blob'",
        (Held::Other, "REAL") => "'null', 'real', 'integer'",
        (Held::Other, "TEXT") => "'null', 'text'",
        (Held::Other, "BLOB") => "'null', 'blob'",
        (Held::Other, _) => "'null', 'integer'",
    };
    // SQLite does not convert a value again that stays in the key of a table without a rowid.
    if held != Held::Other && !column.is_in_key() {
        fault.remedy = Some(format!(
            "`UPDATE {} SET {name} = {name}` writes them again, as the column has them now",
            quoted(&table.name)
        ));
    }
    if !allowed.is_empty() {
        let condition = format!("typeof({name}) NOT IN ({allowed})");
        rows::show(client, &mut fault, table, &rows_where(table, &condition))?;
    }
    Ok(Some(fault))
}

/// SQLite does not say which check it is, so each of the table is asked for.
fn checks(client: &mut Client, table: &Table, rows: Option<u64>) -> Result<Vec<DataFault>, DriverError> {
    let mut faults = Vec::new();
    for constraint in table.constraints() {
        let ConstraintKind::Check(text) = constraint.kind else {
            continue;
        };
        let text = bare(text);
        let broken = rows_where(table, &format!("NOT ({text})"));
        let count = rows::count(client, &broken)?.unwrap_or_default();
        if count == 0 {
            continue;
        }
        let name = constraint.name.map(|name| format!("{name} "));
        let mut fault = of_table(DataFaultKind::Check, table);
        fault.constraint = Some(format!(
            "check {}({})",
            name.unwrap_or_default(),
            in_one_line(text)
        ));
        fault.rows = Some(count);
        rows::show(client, &mut fault, table, &broken)?;
        faults.push(fault);
    }
    if faults.is_empty() {
        let mut fault = of_table(DataFaultKind::Check, table);
        fault.constraint = Some("CHECK".to_owned());
        fault.rows = rows;
        fault.detail = Some("SQLite does not say which one".to_owned());
        faults.push(fault);
    }
    Ok(faults)
}

fn unique(
    client: &mut Client,
    table: &Table,
    index: usize,
    rows: Option<u64>,
) -> Result<Option<DataFault>, DriverError> {
    let Some(index) = table.indexes.get(index) else {
        return Ok(None);
    };
    let mut fault = of_table(DataFaultKind::Unique, table);
    fault.constraint = Some(in_words(index));
    fault.rows = rows;
    let columns: Option<Vec<String>> = index.columns.iter().cloned().collect();
    if let Some(columns) = columns.filter(|_| !index.is_partial) {
        let list = quoted_list(&columns);
        let has_value = |column: &String| format!("typeof({}) <> 'null'", quoted(column));
        let all_have: Vec<String> = columns.iter().map(has_value).collect();
        // The index itself is not to be trusted.
        let repeated = format!(
            "FROM {} NOT INDEXED WHERE {} GROUP BY {list} HAVING count(*) > 1",
            quoted(&table.name),
            all_have.join(" AND ")
        );
        let sql = format!("SELECT {list} {repeated} ORDER BY {list} LIMIT {SHOWN}");
        if let Some(found) = rows::ask(client, &sql)? {
            for row in found {
                fault.show(row.in_words(&columns));
            }
            fault.query = Some(format!("SELECT {list}, count(*) {repeated}"));
        }
    }
    Ok(Some(fault))
}

fn disagreement(
    client: &mut Client,
    table: &Table,
    index: usize,
    tally: &Tally,
) -> Result<Option<DataFault>, DriverError> {
    let Some(index) = table.indexes.get(index) else {
        return Ok(None);
    };
    let mut fault = of_table(DataFaultKind::Index, table);
    fault.constraint = Some(in_words(index));
    if tally.rows == 0 {
        fault.detail = Some("it has entries for rows that are not there".to_owned());
    } else {
        fault.rows = tally.counted();
    }
    for place in &tally.places {
        rows::show_nth(client, &mut fault, table, *place)?;
    }
    fault.remedy = Some(format!("`REINDEX {}` builds it again", quoted(&index.name)));
    Ok(Some(fault))
}

/// An expression for people. What is long is cut.
fn in_one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

/// An index for people, by what has made it.
fn in_words(index: &Index) -> String {
    let column = |column: &Option<String>| column.clone().unwrap_or_else(|| "…".to_owned());
    let columns: Vec<String> = index.columns.iter().map(column).collect();
    let columns = columns.join(", ");
    match index.origin {
        Origin::Unique => format!("UNIQUE ({columns})"),
        Origin::PrimaryKey => format!("PRIMARY KEY ({columns})"),
        Origin::CreateIndex if index.is_unique => format!("unique index {} ({columns})", index.name),
        Origin::CreateIndex => format!("index {} ({columns})", index.name),
    }
}
