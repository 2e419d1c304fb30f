//! The sentences of `integrity_check`.

use std::collections::HashMap;

use super::catalogue::Catalogue;

/// What a sentence is about: the table by its position, then the column or index by its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    NotNull(usize, usize),
    DataType(usize, usize, Held),
    Check(usize),
    Unique(usize, usize),
    Index(usize, usize),
}

/// What a column holds that it should not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Held {
    /// In a STRICT table, anything else than its type.
    Other,
    /// A number where its affinity is text.
    Number,
    /// A text that reads as a number where its affinity is numeric.
    NumericText,
}

impl Subject {
    /// The position of its table.
    pub(super) const fn table(self) -> usize {
        match self {
            Self::NotNull(table, _)
            | Self::DataType(table, _, _)
            | Self::Check(table)
            | Self::Unique(table, _)
            | Self::Index(table, _) => table,
        }
    }
}

/// A sentence that is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Message {
    pub(super) subject: Subject,
    /// Whether it is about a row, and not about an index as a whole.
    pub(super) is_row: bool,
    /// The place of the row when the whole table is read, from 1, where it is told.
    pub(super) place: Option<u64>,
}

/// The names that can stand in a sentence. They are not quoted there, so they are looked up and not parsed.
pub(super) struct Names<'a> {
    tables: HashMap<&'a str, usize>,
    columns: HashMap<String, (usize, usize)>,
    indexes: HashMap<&'a str, (usize, usize)>,
}

impl<'a> Names<'a> {
    pub(super) fn of(catalogue: &'a Catalogue) -> Self {
        let mut names = Self {
            tables: HashMap::new(),
            columns: HashMap::new(),
            indexes: HashMap::new(),
        };
        for (position, table) in catalogue.tables.iter().enumerate() {
            names.tables.insert(&table.name, position);
            for (at, column) in table.columns.iter().enumerate() {
                let name = format!("{}.{}", table.name, column.name);
                names.columns.insert(name, (position, at));
            }
            for (at, index) in table.indexes.iter().enumerate() {
                names.indexes.insert(&index.name, (position, at));
            }
        }
        names
    }

    /// What a sentence says; none when it is about the storage.
    pub(super) fn understand(&self, sentence: &str) -> Option<Message> {
        let about = |subject| Message {
            subject,
            is_row: true,
            place: None,
        };
        if let Some((what, column)) = sentence.split_once(" value in ")
            && let Some((table, column)) = self.columns.get(column).copied()
        {
            return Some(about(match what {
                "NULL" => Subject::NotNull(table, column),
                "NUMERIC" => Subject::DataType(table, column, Held::Number),
                "TEXT" => Subject::DataType(table, column, Held::NumericText),
                _ => Subject::DataType(table, column, Held::Other),
            }));
        }
        if let Some(table) = sentence.strip_prefix("CHECK constraint failed in ") {
            return Some(about(Subject::Check(*self.tables.get(table)?)));
        }
        if let Some(index) = sentence.strip_prefix("non-unique entry in index ") {
            let (table, index) = *self.indexes.get(index)?;
            return Some(about(Subject::Unique(table, index)));
        }
        if let Some(index) = sentence.strip_prefix("wrong # of entries in index ") {
            return Some(Message {
                is_row: false,
                ..about(self.index(index)?)
            });
        }
        let (place, index) = entry(sentence)?;
        Some(Message {
            place: Some(place),
            ..about(self.index(index)?)
        })
    }

    fn index(&self, name: &str) -> Option<Subject> {
        self.indexes
            .get(name)
            .map(|(table, index)| Subject::Index(*table, *index))
    }
}

/// The place of a row and the name of an index that does not have it as it is.
fn entry(sentence: &str) -> Option<(u64, &str)> {
    if let Some(rest) = sentence.strip_prefix("index ") {
        let (index, place) = rest.rsplit_once(" stores an imprecise floating-point value for row ")?;
        return Some((place.parse().ok()?, index));
    }
    let rest = sentence
        .strip_prefix("row ")
        .or_else(|| sentence.strip_prefix("rowid not at end-of-record for row "))?;
    let (place, rest) = rest.split_once(' ')?;
    let index = ["missing from index ", "values differ from index ", "of index "]
        .iter()
        .find_map(|words| rest.strip_prefix(words))?;
    Some((place.parse().ok()?, index))
}

#[cfg(test)]
mod tests {
    use super::entry;

    #[test]
    fn a_row_and_its_index_are_told_in_four_ways() {
        for (sentence, found) in [
            ("row 3 missing from index ix of index", Some((3, "ix of index"))),
            ("row 12 values differ from index ix", Some((12, "ix"))),
            (
                "rowid not at end-of-record for row 1 of index ix",
                Some((1, "ix")),
            ),
            (
                "index ix stores an imprecise floating-point value for row 7",
                Some((7, "ix")),
            ),
            ("row not in PRIMARY KEY order for t", None),
            ("Tree 2 page 2: btreeInitPage() returns error code 11", None),
            ("ok", None),
        ] {
            assert_eq!(entry(sentence), found, "{sentence}");
        }
    }
}
