//! Rows whose foreign key points nowhere, and foreign keys that point nowhere themselves.

use std::collections::HashMap;

use limbeck_core::driver::DataFault;
use limbeck_core::driver::DataFaultKind;
use limbeck_core::driver::DriverError;

use super::Placed;
use super::catalogue::Catalogue;
use super::catalogue::ForeignKey;
use super::catalogue::Table;
use super::catalogue::quoted;
use super::is_excusable;
use super::rows;
use crate::client::Client;
use crate::text::ConstraintKind;

/// How many rows of a table break each of its foreign keys.
const COUNTED: &str =
    "SELECT fkid, count(*) FROM pragma_foreign_key_check(?1, 'main') GROUP BY fkid ORDER BY fkid";

/// Asks table by table: one broken foreign key ends the answer for all that are asked about together.
pub(super) fn check(client: &mut Client, catalogue: &Catalogue) -> Result<Vec<Placed>, DriverError> {
    let mut faults = Vec::new();
    for (position, table) in catalogue.tables.iter().enumerate() {
        if !table.foreign_keys.is_empty() {
            let found = check_table(client, catalogue, table)?;
            faults.extend(found.into_iter().map(|fault| (Some(position), fault)));
        }
    }
    Ok(faults)
}

fn check_table(
    client: &mut Client,
    catalogue: &Catalogue,
    table: &Table,
) -> Result<Vec<DataFault>, DriverError> {
    let counted = client.query(COUNTED, &[table.name.as_str().into()]);
    let (counts, refusal) = match counted {
        Ok(found) => (Some(found), None),
        Err(error) if is_excusable(&error) => (None, Some(error)),
        Err(error) => return Err(error),
    };
    let counts: Option<HashMap<i64, u64>> = counts.map(|found| {
        let counts = found.rows.iter().filter_map(|row| {
            let rows = u64::try_from(row.integer(1)?).ok()?;
            Some((row.integer(0)?, rows))
        });
        counts.collect()
    });
    let is_mismatch = refusal.as_ref().is_some_and(is_mismatch);
    let mut faults = Vec::new();
    for key in table.foreign_keys.iter().rev() {
        let nowhere = nowhere(catalogue, table, key);
        let rows = match (&counts, &nowhere) {
            (Some(counts), _) => counts.get(&key.number).copied(),
            (None, Some(nowhere)) => rows::count(client, nowhere)?,
            (None, None) => None,
        };
        let rows = rows.filter(|rows| *rows > 0);
        let broken = if !catalogue.has(&key.parent) {
            Some("there is no such table")
        } else if is_mismatch && !catalogue.refers_to_key(key) {
            Some("these columns are not there, or nothing makes them unique")
        } else if rows.is_some() {
            None
        } else {
            continue;
        };
        let mut fault = fault(catalogue, table, key, broken);
        fault.rows = rows;
        if let Some(nowhere) = nowhere.filter(|_| rows.is_some()) {
            rows::show(client, &mut fault, table, &nowhere)?;
        }
        faults.push(fault);
    }
    let is_explained = is_mismatch && faults.iter().any(|fault| fault.kind == DataFaultKind::ForeignKey);
    if let Some(error) = refusal.filter(|_| !is_explained) {
        let mut fault = DataFault::new(DataFaultKind::Unchecked);
        fault.table = Some(table.name.clone());
        fault.detail = Some(error.message);
        faults.push(fault);
    }
    Ok(faults)
}

/// Whether SQLite has met a foreign key to columns that are no key. Which one of the table's it is, it does not say.
fn is_mismatch(error: &DriverError) -> bool {
    error.message.starts_with("foreign key mismatch")
}

/// A fault of a foreign key, or of its rows when nothing is broken in itself.
fn fault(catalogue: &Catalogue, table: &Table, key: &ForeignKey, broken: Option<&str>) -> DataFault {
    let mut fault = DataFault::new(match broken {
        Some(_) => DataFaultKind::ForeignKey,
        None => DataFaultKind::Orphan,
    });
    fault.table = Some(table.name.clone());
    fault.constraint = Some(in_words(table, key));
    fault.refers_to = Some(referred(catalogue, key));
    fault.detail = broken.map(str::to_owned);
    fault
}

/// The rows that refer to no row; none where the columns of the other table are not known.
fn nowhere(catalogue: &Catalogue, table: &Table, key: &ForeignKey) -> Option<String> {
    let has_value = |column: &String| format!("typeof(child.{}) <> 'null'", quoted(column));
    let mut conditions: Vec<String> = key.columns.iter().map(has_value).collect();
    if catalogue.has(&key.parent) {
        let referenced = catalogue.referenced(key)?;
        let pairs = referenced.iter().zip(&key.columns);
        let pairs = pairs.map(|(to, from)| format!("parent.{} = child.{}", quoted(to), quoted(from)));
        conditions.push(format!(
            "NOT EXISTS (SELECT 1 FROM {} AS parent WHERE {})",
            quoted(&key.parent),
            pairs.collect::<Vec<_>>().join(" AND ")
        ));
    }
    Some(format!(
        "{} AS child WHERE {}",
        quoted(&table.name),
        conditions.join(" AND ")
    ))
}

/// The foreign key for people, with its name where it has one.
fn in_words(table: &Table, key: &ForeignKey) -> String {
    let columns = key.columns.join(", ");
    match name(table, key) {
        Some(name) => format!("foreign key {name} ({columns})"),
        None => format!("foreign key ({columns})"),
    }
}

fn name(table: &Table, key: &ForeignKey) -> Option<String> {
    let constraints = table.constraints().into_iter();
    let keys = constraints.filter(|constraint| matches!(constraint.kind, ConstraintKind::ForeignKey(_)));
    let keys: Vec<_> = keys.collect();
    if keys.len() != table.foreign_keys.len() {
        return None;
    }
    let from_last = usize::try_from(key.number).ok()?;
    let constraint = keys.into_iter().rev().nth(from_last)?;
    constraint.name.map(|name| name.to_string())
}

fn referred(catalogue: &Catalogue, key: &ForeignKey) -> String {
    match catalogue.referenced(key) {
        Some(columns) => format!("{} ({})", key.parent, columns.join(", ")),
        None => key.parent.clone(),
    }
}
