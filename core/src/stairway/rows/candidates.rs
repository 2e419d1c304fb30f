//! The values among which a column's is chosen.

use super::sample::guesses;
use super::sample::padded;
use super::sample::sample;
use super::sample::word;
use crate::catalogue::Kind;
use crate::dialect::Value;
use crate::engine::Live;
use crate::schema::Column;
use crate::schema::DataType;
use crate::schema::Expression;
use crate::schema::Piece;

/// The longest text that is made because a CHECK names a number.
const LONGEST: f64 = 4000.0;

/// What stands in the CHECKs of a column.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Literals {
    texts: Vec<String>,
    numbers: Vec<f64>,
}

impl Literals {
    /// Takes in what an expression says.
    pub(super) fn add(&mut self, expression: &Expression) {
        match expression {
            Expression::Portable(run) => {
                for piece in &run.0 {
                    match piece {
                        Piece::String(text) => self.texts.push(text.clone()),
                        Piece::Number(number) => self.numbers.extend(number.parse::<f64>()),
                        _ => {}
                    }
                }
            }
            Expression::Native(text) => self.add_native(text),
        }
    }

    /// Takes in what stands between single quotes in an engine's own text, and its numbers.
    pub(super) fn add_native(&mut self, text: &str) {
        let mut parts = text.replace("''", "\u{1}");
        parts.push(' ');
        for (index, part) in parts.split('\'').enumerate() {
            if index % 2 == 1 {
                self.texts.push(part.replace('\u{1}', "'"));
                continue;
            }
            let numbers =
                part.split(|letter: char| !letter.is_ascii_digit() && letter != '.' && letter != '_');
            self.numbers
                .extend(numbers.filter_map(|number| number.parse::<f64>().ok()));
        }
    }

    fn for_texts(&self, n: usize) -> Vec<String> {
        let mut texts = Vec::new();
        for text in &self.texts {
            if text.contains(['%', '_']) {
                let like = text.replace('_', "a");
                texts.push(like.replace('%', &word(n, u32::MAX)));
                texts.push(like.replace('%', ""));
            }
            texts.push(text.clone());
        }
        for length in self.near().filter(|length| (0.0..=LONGEST).contains(length)) {
            texts.push(padded(n, length as u32));
        }
        texts
    }

    /// The numbers and those beside them.
    fn near(&self) -> impl Iterator<Item = f64> + '_ {
        let numbers = self.numbers.iter();
        numbers.flat_map(|number| [*number, number - 1.0, number + 1.0, number + 2.0])
    }
}

/// What a column may be, the likely first. `n` makes it differ from row to row.
pub(super) fn candidates(column: &Column, literals: &Literals, live: &Live, n: usize) -> Vec<Value> {
    if let Some(sql) = native_type(column, live) {
        return native(sql, literals, live, n);
    }
    let data_type = column.data_type.base();
    let mut found: Vec<Value> = sample(data_type, n).into_iter().collect();
    let mut others = match data_type {
        DataType::Boolean => vec![Value::Boolean(true), Value::Boolean(false)],
        DataType::Enum { values } => values.iter().cloned().map(Value::Text).collect(),
        DataType::SmallInt | DataType::Integer | DataType::BigInt => {
            let numbers = literals.near().chain([0.0, 1.0, 2.0, -1.0]);
            numbers.map(|number| Value::Integer(number as i64)).collect()
        }
        DataType::Numeric { .. } => {
            let numbers = literals.near().chain([0.0, 1.0, 0.5, -1.0]);
            numbers.map(|number| Value::Text(number.to_string())).collect()
        }
        DataType::Real | DataType::DoublePrecision => {
            let numbers = literals.near().chain([0.0, 0.5, -1.0]);
            numbers.map(Value::Real).collect()
        }
        DataType::Char { length } | DataType::Varchar { length } => {
            let fits = |text: &String| text.chars().count() <= usize::try_from(*length).unwrap_or(usize::MAX);
            let texts = literals.for_texts(n).into_iter().filter(fits);
            texts.map(Value::Text).collect()
        }
        DataType::Json => {
            let texts = literals.texts.iter().cloned();
            let documents = ["{}", "[]", "1"].map(str::to_owned);
            documents.into_iter().chain(texts).map(Value::Text).collect()
        }
        DataType::Text => literals.for_texts(n).into_iter().map(Value::Text).collect(),
        DataType::Blob => Vec::new(),
        _ => {
            // Of two moments that are compared one is later.
            let later = (1..=3).filter_map(|more| sample(data_type, n + more));
            let texts = literals.texts.iter().cloned().map(Value::Text);
            later.chain(texts).collect()
        }
    };
    rotate(&mut others, n);
    for value in others {
        if !found.contains(&value) {
            found.push(value);
        }
    }
    found
}

/// The engine's own type of a column: only the database can tell what it takes.
pub(super) fn native_type<'a>(column: &'a Column, live: &Live) -> Option<&'a str> {
    let own = column.data_type.native_for(&[live.dialect.name()]);
    own.or_else(|| match column.data_type.base() {
        DataType::Native { sql, .. } => Some(sql),
        _ => None,
    })
}

/// For an engine's own type: the words in its definition, as of an enumeration, then guesses.
fn native(sql: &str, literals: &Literals, live: &Live, n: usize) -> Vec<Value> {
    let mut words = Literals::default();
    words.add_native(sql);
    let types = live.catalogue.iter().flat_map(|catalogue| catalogue.objects());
    let own = types.filter(|object| {
        object.id.kind == Kind::Type && object.id.name.trim_matches('"') == sql.trim_matches('"')
    });
    for object in own {
        for statement in &object.create {
            words.add_native(statement);
        }
    }
    words.texts.extend(literals.for_texts(n));
    let mut said: Vec<Value> = words.texts.into_iter().map(Value::Text).collect();
    said.extend(literals.near().map(|number| Value::Integer(number as i64)));
    rotate(&mut said, n);
    let mut guesses = guesses(n);
    let lower = sql.to_lowercase();
    let looks_like = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if looks_like(&["char", "text", "clob", "string"]) {
        guesses.sort_by_key(|value| !matches!(value, Value::Text(text) if text.starts_with('v')));
    } else if looks_like(&["date", "time"]) {
        guesses.sort_by_key(|value| !matches!(value, Value::Text(text) if text.starts_with("20")));
    } else if looks_like(&["bit"]) {
        // A bit string is as long as its type says.
        let lengths = words.numbers.iter().map(|length| *length as usize);
        said.splice(..0, lengths.map(|length| Value::Text("1".repeat(length.min(64)))));
    } else if looks_like(&["blob", "binary", "bytea"]) {
        guesses.sort_by_key(|value| !matches!(value, Value::Bytes(_)));
    }
    said.append(&mut guesses);
    said
}

fn rotate(values: &mut [Value], n: usize) {
    if let Some(by) = n.saturating_sub(1).checked_rem(values.len()) {
        values.rotate_left(by);
    }
}
