//! Choosing the values of a row.

use std::collections::BTreeMap;

use super::candidates::Literals;
use super::candidates::candidates;
use super::candidates::native_type;
use super::evaluate::may_hold;
use super::formula;
use super::formula::Formula;
use super::guess::Guessed;
use super::guess::Guesses;
use super::reference::Referenced;
use super::shape::Part;
use super::shape::Shape;
use crate::dialect::Value;
use crate::engine::Live;
use crate::operation::columns_of;
use crate::schema::Column;
use crate::schema::Expression;
use crate::schema::Name;
use crate::schema::Table;

/// How often a row is tried whose types and constraints are known.
const KNOWN: usize = 40;
/// How often one is tried of which only the database knows what it takes.
const GUESSED: usize = 200;
/// How many values are looked at for one row.
const LOOKS: usize = 20_000;

type Values<'a> = BTreeMap<&'a Name, Value>;

/// The rows that a table may take.
pub(super) struct Choices<'a> {
    live: &'a Live,
    table: &'a Table,
    shape: Shape,
    referenced: &'a [Referenced<'a>],
    /// Rows that were written before.
    written: usize,
    checks: Vec<Condition>,
}

/// A CHECK.
struct Condition {
    columns: Vec<Name>,
    /// None where it is not understood.
    formula: Option<Formula>,
    expression: Expression,
}

impl<'a> Choices<'a> {
    pub(super) fn new(
        live: &'a Live,
        table: &'a Table,
        shape: Shape,
        referenced: &'a [Referenced<'a>],
        written: usize,
    ) -> Self {
        let checks = table.checks.iter();
        Self {
            live,
            table,
            shape,
            referenced,
            written,
            checks: checks
                .map(|check| Condition::new(&check.expression, table))
                .collect(),
        }
    }

    /// How many are worth a try.
    pub(super) fn count(&self) -> usize {
        let is_known = self.table.columns.iter().all(|column| !self.is_guessed(column));
        if is_known { KNOWN } else { GUESSED }
    }

    /// The row number `k`: a value for each column that has one. None where these choices break a CHECK.
    ///
    /// # Errors
    /// There is no row at all, for this reason.
    pub(super) fn nth(&self, k: usize, guesses: &Guesses) -> Result<Option<Vec<(&'a Name, Value)>>, String> {
        let mut values = Values::new();
        let own = self.refer(k, &mut values)?;
        let n = self.written + 1 + k;
        let mut pools: Vec<(&'a Name, Vec<Value>)> = Vec::new();
        let mut radix = 1;
        for column in &self.table.columns {
            let is_own = own
                .iter()
                .any(|reference| reference.key.columns.contains(&column.name));
            if values.contains_key(&column.name) || is_own {
                continue;
            }
            let part = self.part(column);
            if part == Part::Out {
                continue;
            }
            let mut pool = candidates(column, &self.literals(&column.name), self.live, n);
            if part == Part::Null {
                pool.insert(0, Value::Null);
            }
            if self.is_guessed(column) && part != Part::Null {
                let length = pool.len();
                let guess = pool.into_iter().nth(guesses.place(&column.name, radix, length));
                radix = radix.saturating_mul(guesses.radix(&column.name, length));
                pool = guess.into_iter().collect();
            } else if !self.is_checked(&column.name) {
                pool.truncate(1);
            }
            if pool.is_empty() {
                return Err(format!("nothing is known that {} takes", column.name));
            }
            pools.push((&column.name, pool));
        }
        if !self.solve(&pools, &mut values) {
            return Ok(None);
        }
        for reference in own {
            refer_to_itself(reference, &mut values)?;
        }
        let order = self.table.columns.iter();
        Ok(Some(
            order
                .filter_map(|column| Some((&column.name, values.remove(&column.name)?)))
                .collect(),
        ))
    }

    /// The columns of which only the database knows what they take, with what they may be.
    pub(super) fn guessed(&self) -> Guessed<'a> {
        let columns = self.table.columns.iter();
        let guessed = columns.filter(|column| self.is_guessed(column) && self.part(column) == Part::Value);
        guessed
            .map(|column| {
                let literals = self.literals(&column.name);
                (column, candidates(column, &literals, self.live, self.written + 1))
            })
            .collect()
    }

    fn part(&self, column: &Column) -> Part {
        let key = self.table.primary_key.as_ref();
        let is_key = key.is_some_and(|key| key.columns.contains(&column.name));
        self.shape.part(column, is_key)
    }

    /// Sets the columns of foreign keys, to other rows for other `k`. What is left are keys that only the new row itself
    /// can meet.
    fn refer(&self, k: usize, values: &mut Values<'a>) -> Result<Vec<&'a Referenced<'a>>, String> {
        let mut own = Vec::new();
        let mut radix = 1;
        for reference in self.referenced {
            let columns: Vec<&'a Column> = (reference.key.columns.iter())
                .filter_map(|name| self.table.column(name))
                .collect();
            let parts: Vec<Part> = columns.iter().map(|column| self.part(column)).collect();
            if parts.contains(&Part::Out) {
                continue;
            }
            if parts.contains(&Part::Null) {
                set_null(&columns, values);
                continue;
            }
            let fits = |row: &&Vec<Value>| {
                columns
                    .iter()
                    .zip(row.iter())
                    .all(|(column, value)| values.get(&column.name).is_none_or(|chosen| chosen == value))
            };
            let rows: Vec<&Vec<Value>> = reference.rows.iter().filter(fits).collect();
            match (self.written + k)
                .checked_div(radix)
                .and_then(|at| at.checked_rem(rows.len()))
            {
                Some(at) => {
                    let row = rows.get(at).copied().into_iter().flatten();
                    for (column, value) in columns.iter().zip(row) {
                        values.insert(&column.name, value.clone());
                    }
                    radix = radix.saturating_mul(rows.len());
                }
                None if columns.iter().any(|column| column.nullable) => set_null(&columns, values),
                None if reference.key.referenced_table == self.table.name => own.push(reference),
                None => {
                    return Err(format!(
                        "its foreign key {} refers to {}, which has no row for it",
                        reference.key.name, reference.key.referenced_table
                    ));
                }
            }
        }
        Ok(own)
    }

    /// Chooses from the pools so that no CHECK is false.
    fn solve(&self, pools: &[(&'a Name, Vec<Value>)], values: &mut Values<'a>) -> bool {
        let mut looks = 0;
        let mut places = Vec::new();
        let mut next = 0;
        loop {
            let Some((name, pool)) = pools.get(places.len()) else {
                return true;
            };
            match pool.get(next) {
                Some(value) if looks < LOOKS => {
                    looks += 1;
                    values.insert(*name, value.clone());
                    if self.may_hold(name, values) {
                        places.push(next);
                        next = 0;
                    } else {
                        next += 1;
                    }
                }
                Some(_) => return false,
                None => {
                    values.remove(*name);
                    match places.pop() {
                        Some(place) => next = place + 1,
                        None => return false,
                    }
                }
            }
        }
    }

    /// Whether the CHECKs of a column may hold with the values that are chosen so far.
    fn may_hold(&self, column: &Name, values: &Values<'a>) -> bool {
        let mut checks = self.checks.iter().filter(|check| check.columns.contains(column));
        checks.all(|check| {
            let formula = check.formula.as_ref();
            formula.is_none_or(|formula| may_hold(formula, &|name| values.get(name).cloned()))
        })
    }

    fn is_checked(&self, column: &Name) -> bool {
        self.checks.iter().any(|check| check.columns.contains(column))
    }

    fn is_guessed(&self, column: &Column) -> bool {
        let mut checks = self.checks.iter();
        let is_riddle = checks.any(|check| check.formula.is_none() && check.columns.contains(&column.name));
        is_riddle || native_type(column, self.live).is_some()
    }

    fn literals(&self, column: &Name) -> Literals {
        let mut literals = Literals::default();
        let checks = self.checks.iter();
        for check in checks.filter(|check| check.columns.contains(column)) {
            literals.add(&check.expression);
        }
        literals
    }
}

impl Condition {
    fn new(expression: &Expression, table: &Table) -> Self {
        let (columns, formula) = match expression {
            Expression::Portable(run) => (columns_of(expression), formula::read(run)),
            Expression::Native(text) => {
                let named = table.columns.iter().map(|column| &column.name);
                let named = named.filter(|name| text.contains(name.as_str()));
                (named.cloned().collect(), None)
            }
        };
        Self {
            columns,
            formula,
            expression: expression.clone(),
        }
    }
}

/// A key that is NULL in one column refers to nothing.
fn set_null<'a>(columns: &[&'a Column], values: &mut Values<'a>) {
    for column in columns.iter().filter(|column| column.nullable) {
        values.entry(&column.name).or_insert(Value::Null);
    }
}

fn refer_to_itself<'a>(reference: &'a Referenced<'a>, values: &mut Values<'a>) -> Result<(), String> {
    for (column, referenced) in reference.key.columns.iter().zip(&reference.columns) {
        let Some(value) = values.get(referenced).cloned() else {
            return Err(format!(
                "its foreign key {} refers to the row itself, whose {referenced} the engine chooses",
                reference.key.name
            ));
        };
        values.insert(column, value);
    }
    Ok(())
}
