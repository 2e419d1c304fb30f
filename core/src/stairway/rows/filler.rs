//! Writing rows.

use std::collections::BTreeSet;
use std::collections::HashMap;

use super::choice::Choices;
use super::guess::Guesses;
use super::reference::Referenced;
use super::reference::referenced;
use super::shape::Shape;
use crate::dialect::Dialect;
use crate::dialect::Value;
use crate::driver::DriverError;
use crate::driver::DriverErrorKind;
use crate::driver::Session;
use crate::engine::EngineError;
use crate::engine::Live;
use crate::schema::DataType;
use crate::schema::Name;
use crate::schema::Schema;
use crate::schema::Table;

/// How many words of an enumeration have a row.
const WORDS: usize = 20;

/// Writes rows, and knows how many it has written.
#[derive(Debug, Default)]
pub(crate) struct Filler {
    written: HashMap<Name, usize>,
    /// The first of the candidates that the engine casts to each of its own types.
    casts: HashMap<String, Option<usize>>,
}

/// Why there is no row.
enum NoRow {
    /// The values cannot be chosen, or the database refuses them all.
    Impossible(String),
    /// The database is gone.
    Lost(DriverError),
}

impl Filler {
    /// Whether it has written nothing since it began, or forgot.
    pub(crate) fn is_unused(&self) -> bool {
        self.written.is_empty()
    }

    /// Begins again, in another database.
    pub(crate) fn forget(&mut self) {
        self.written.clear();
    }

    /// Begins again with these tables, which are new.
    pub(crate) fn forget_tables(&mut self, tables: &BTreeSet<Name>) {
        self.written.retain(|table, _| !tables.contains(table));
    }

    /// Writes rows into these tables: one with NULL and defaults where they may be, and one with a value in each column, for each
    /// word of an enumeration.
    /// A table for which neither can be done is a note. Gives the number of rows.
    pub(crate) async fn fill(
        &mut self,
        session: &mut Session,
        live: &Live,
        tables: &BTreeSet<Name>,
        notes: &mut Vec<String>,
    ) -> Result<usize, EngineError> {
        let mut count = 0;
        let mut filled: Vec<&Table> = Vec::new();
        let order = referenced_first(&live.schema, tables);
        let mut rest: Vec<&Table> = (order.iter())
            .filter_map(|name| live.schema.table(name))
            .collect();
        let mut reasons = Vec::new();
        // In a circle of foreign keys, what could not be written at first can be when the others are there.
        while !rest.is_empty() {
            let before = rest.len();
            reasons.clear();
            let mut without = Vec::new();
            for table in rest {
                let (rows, reason) = self.rows(session, live, table, &shapes(table)).await?;
                count += rows;
                match reason {
                    Some(reason) if rows == 0 => {
                        without.push(table);
                        reasons.push(format!("no row could be made for {}: {reason}", table.name));
                    }
                    _ => filled.push(table),
                }
            }
            rest = without;
            if rest.len() == before {
                break;
            }
        }
        notes.append(&mut reasons);
        for table in closes_circle(&filled) {
            count += self.rows(session, live, table, &[Shape::Full]).await?.0;
        }
        Ok(count)
    }

    /// Writes a row of each of these shapes: how many there are, and why there is none of a shape.
    async fn rows(
        &mut self,
        session: &mut Session,
        live: &Live,
        table: &Table,
        shapes: &[Shape],
    ) -> Result<(usize, Option<String>), EngineError> {
        let mut count = 0;
        let mut why = None;
        for shape in shapes {
            match self.row(session, live, table, *shape).await {
                Ok(()) => count += 1,
                Err(NoRow::Impossible(reason)) => why = why.or(Some(reason)),
                Err(NoRow::Lost(error)) => {
                    return Err(EngineError::Database {
                        doing: "writing rows in a scratch database",
                        error,
                    });
                }
            }
        }
        Ok((count, why))
    }

    async fn row(
        &mut self,
        session: &mut Session,
        live: &Live,
        table: &Table,
        shape: Shape,
    ) -> Result<(), NoRow> {
        let written = self.written.get(&table.name).copied().unwrap_or_default();
        let mut keys: Vec<Referenced<'_>> = Vec::new();
        for key in &table.foreign_keys {
            let found = referenced(session, &live.schema, key).await;
            keys.push(found.map_err(NoRow::of)?);
        }
        let choices = Choices::new(live, table, shape, &keys, written);
        let mut guesses = Guesses::ask(session, live, &choices, &mut self.casts)
            .await
            .map_err(NoRow::Lost)?;
        let guessed: Vec<&Name> = choices.guessed().iter().map(|(column, _)| &column.name).collect();
        let mut refused = None;
        for attempt in 0..choices.count() {
            let Some(values) = choices.nth(attempt, &guesses).map_err(NoRow::Impossible)? else {
                continue;
            };
            for sql in inserts(session.server().dialect, table, &values) {
                match session.query(&sql, &[]).await {
                    Ok(_) => {
                        self.written.insert(table.name.clone(), written + 1);
                        return Ok(());
                    }
                    Err(error) if is_lost(&error) => return Err(NoRow::Lost(error)),
                    Err(error) => {
                        guesses.refused(&error, &guessed);
                        refused = Some(error);
                    }
                }
            }
        }
        Err(NoRow::Impossible(match refused {
            Some(error) => error.to_string(),
            None => "no values satisfy its constraints".to_owned(),
        }))
    }
}

/// A row that says little, and so many that say all that each word of an enumeration comes in one.
fn shapes(table: &Table) -> Vec<Shape> {
    let words = table.columns.iter().map(|column| match column.data_type.base() {
        DataType::Enum { values } => values.len(),
        _ => 1,
    });
    let full = words.max().unwrap_or(1).min(WORDS);
    let bare = std::iter::once(Shape::Bare);
    bare.chain(std::iter::repeat_n(Shape::Full, full)).collect()
}

impl NoRow {
    fn of(error: DriverError) -> Self {
        match is_lost(&error) {
            true => Self::Lost(error),
            false => Self::Impossible(error.to_string()),
        }
    }
}

pub(super) fn is_lost(error: &DriverError) -> bool {
    matches!(
        error.kind,
        DriverErrorKind::ConnectionLost | DriverErrorKind::Cancelled | DriverErrorKind::Poisoned
    )
}

/// The statement that writes a row; where the engine sets all columns, what one or another engine takes.
fn inserts(dialect: &dyn Dialect, table: &Table, values: &[(&Name, Value)]) -> Vec<String> {
    let name = |name: &Name| dialect.quote_identifier(name.as_str());
    let insert = |columns: &[String], values: &[String]| {
        format!(
            "INSERT INTO {} ({}) VALUES ({})",
            name(&table.name),
            columns.join(", "),
            values.join(", ")
        )
    };
    if values.is_empty() {
        let first = table.columns.iter().find(|column| column.generated.is_none());
        let first: Vec<String> = first.map(|column| name(&column.name)).into_iter().collect();
        return ["DEFAULT", "NULL"]
            .map(|word| insert(&first, &[word.to_owned()]))
            .into();
    }
    let columns: Vec<String> = values.iter().map(|(column, _)| name(column)).collect();
    let values: Vec<String> = values.iter().map(|(_, value)| dialect.literal(value)).collect();
    vec![insert(&columns, &values)]
}

/// The tables that refer to one which was filled after them, in this order.
fn closes_circle<'a>(filled: &[&'a Table]) -> Vec<&'a Table> {
    let is_later = |index: usize, name: &Name| filled.iter().skip(index + 1).any(|table| table.name == *name);
    let tables = filled.iter().enumerate();
    tables
        .filter(|(index, table)| {
            let mut keys = table.foreign_keys.iter();
            keys.any(|key| is_later(*index, &key.referenced_table))
        })
        .map(|(_, table)| *table)
        .collect()
}

/// The tables, each after those of them that it refers to, but for circles.
fn referenced_first(schema: &Schema, tables: &BTreeSet<Name>) -> Vec<Name> {
    let mut order = Vec::new();
    let mut seen = BTreeSet::new();
    for table in tables {
        visit(schema, tables, table, &mut seen, &mut order);
    }
    order
}

fn visit(
    schema: &Schema,
    among: &BTreeSet<Name>,
    table: &Name,
    seen: &mut BTreeSet<Name>,
    order: &mut Vec<Name>,
) {
    // A stack of its own: a chain of foreign keys may be long.
    let mut stack = vec![(table.clone(), false)];
    while let Some((name, is_done)) = stack.pop() {
        if is_done {
            order.push(name);
            continue;
        }
        if !among.contains(&name) || !seen.insert(name.clone()) {
            continue;
        }
        let keys = schema.table(&name).map(|table| table.foreign_keys.as_slice());
        stack.push((name, true));
        let referenced = keys.unwrap_or_default().iter().rev();
        stack.extend(referenced.map(|key| (key.referenced_table.clone(), false)));
    }
}
