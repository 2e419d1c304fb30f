//! Finding out what an engine's own types take.

use std::collections::HashMap;
use std::collections::HashSet;

use super::candidates::native_type;
use super::choice::Choices;
use crate::dialect::Value;
use crate::driver::DriverError;
use crate::driver::Session;
use crate::engine::Live;
use crate::schema::Column;
use crate::schema::Name;

/// Which of its candidates each column is given that only the engine understands.
#[derive(Debug, Default)]
pub(super) struct Guesses {
    at: HashMap<Name, usize>,
    /// The columns for which the engine was asked.
    asked: HashSet<Name>,
    /// How often nobody knew which column was refused.
    blind: usize,
}

impl Guesses {
    /// Asks the engine which values its types take, where it casts texts to all of them.
    pub(super) async fn ask(
        session: &mut Session,
        live: &Live,
        choices: &Choices<'_>,
        known: &mut HashMap<String, Option<usize>>,
    ) -> Result<Self, DriverError> {
        let mut guesses = Self::default();
        for (column, candidates) in choices.guessed() {
            let Some(sql) = native_type(column, live) else {
                continue;
            };
            let at = match known.get(sql) {
                Some(at) => *at,
                None => {
                    let at = first_cast(session, sql, &candidates).await?;
                    known.insert(sql.to_owned(), at);
                    at
                }
            };
            if let Some(at) = at {
                guesses.at.insert(column.name.clone(), at);
                guesses.asked.insert(column.name.clone());
            }
        }
        Ok(guesses)
    }

    /// The place of a column's value among so many.
    pub(super) fn place(&self, column: &Name, radix: usize, length: usize) -> usize {
        let at = self.at.get(column).copied().unwrap_or_default();
        let blind = match self.asked.contains(column) {
            true => 0,
            false => self.blind / radix,
        };
        (at + blind) % length.max(1)
    }

    /// How many places a column has that may be at fault when nobody says which is.
    pub(super) fn radix(&self, column: &Name, length: usize) -> usize {
        if self.asked.contains(column) {
            1
        } else {
            length.max(1)
        }
    }

    /// Takes another value for the column that the engine names, or for any.
    pub(super) fn refused(&mut self, error: &DriverError, columns: &[&Name]) {
        let text = error.to_string();
        let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
        let named = columns.iter().find(|column| {
            let mut words = text.split(|letter| !is_letter(letter));
            words.any(|word| word == column.as_str())
        });
        match named {
            Some(column) => *self.at.entry((*column).clone()).or_default() += 1,
            None => self.blind += 1,
        }
    }
}

/// The first text that the engine casts to a type; none where it casts none.
async fn first_cast(
    session: &mut Session,
    sql: &str,
    candidates: &[Value],
) -> Result<Option<usize>, DriverError> {
    for (at, value) in candidates.iter().enumerate() {
        if !matches!(value, Value::Text(_)) {
            continue;
        }
        let literal = session.server().dialect.literal(value);
        match session
            .query(&format!("SELECT CAST({literal} AS {sql})"), &[])
            .await
        {
            Ok(_) => return Ok(Some(at)),
            Err(error) if super::filler::is_lost(&error) => return Err(error),
            Err(_) => {}
        }
    }
    Ok(None)
}

/// The columns of a row that are guessed, with what they may be.
pub(super) type Guessed<'a> = Vec<(&'a Column, Vec<Value>)>;
