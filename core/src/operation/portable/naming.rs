//! The names of constraints and indexes that are written without one.

use serde::Deserialize;
use serde::Serialize;
use sha2::Digest;
use sha2::Sha256;

use crate::schema::Expression;
use crate::schema::IndexKey;
use crate::schema::Name;
use crate::schema::SortOrder;

use super::run::columns_of;

/// Patterns of names. `{table}` becomes the table's name, `{columns}` the names of the columns joined by `_`.
///
/// A name that would be longer than [`Name::MAX_PORTABLE_BYTES`] is cut to that, at the end of a character, and ends with
/// `_` and the first eight hexadecimal digits of the SHA-256 of the whole name, so that it is unique and always the same.
/// PostgreSQL keeps 63 bytes of a name and MySQL 64 characters, so the names are the same on every engine.
///
/// ```
/// use limbeck_core::operation::NamingConvention;
/// use limbeck_core::schema::Name;
///
/// let naming = NamingConvention::default();
/// let columns = [Name::folded("team_id")?, Name::folded("name")?];
/// assert_eq!(naming.unique(&Name::folded("member")?, &columns).as_str(), "uq_member_team_id_name");
/// # Ok::<(), limbeck_core::schema::NameError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct NamingConvention {
    /// `PRIMARY KEY`, one a table.
    pub primary_key: String,
    /// `UNIQUE`.
    pub unique: String,
    /// `FOREIGN KEY`.
    pub foreign_key: String,
    /// `CHECK`; the columns are those that the expression mentions.
    pub check: String,
    /// Indexes; the columns are those of the keys and those that key expressions mention.
    pub index: String,
}

impl Default for NamingConvention {
    fn default() -> Self {
        Self {
            primary_key: "pk_{table}".to_owned(),
            unique: "uq_{table}_{columns}".to_owned(),
            foreign_key: "fk_{table}_{columns}".to_owned(),
            check: "ck_{table}_{columns}".to_owned(),
            index: "ix_{table}_{columns}".to_owned(),
        }
    }
}

/// A pattern that gives no good names.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NamingError {
    /// Without the place-holder, names would clash.
    #[error("the pattern `{pattern}` of `{key}` has no `{placeholder}`")]
    Missing {
        /// The field of the convention.
        key: &'static str,
        /// Its pattern.
        pattern: String,
        /// The place-holder that it lacks.
        placeholder: &'static str,
    },
    /// The place-holder means nothing there.
    #[error("the pattern `{pattern}` of `{key}` has `{placeholder}`, which means nothing there")]
    Unknown {
        /// The field of the convention.
        key: &'static str,
        /// Its pattern.
        pattern: String,
        /// The place-holder that has no meaning.
        placeholder: String,
    },
}

impl NamingError {
    /// The field of the convention.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Missing { key, .. } | Self::Unknown { key, .. } => key,
        }
    }
}

impl NamingConvention {
    /// Whether every pattern holds the place-holders that keep its names apart, and no others.
    pub fn check_patterns(&self) -> Result<(), NamingError> {
        let patterns = [
            ("primary_key", &self.primary_key, &["{table}"][..]),
            ("unique", &self.unique, &["{table}", "{columns}"]),
            ("foreign_key", &self.foreign_key, &["{table}", "{columns}"]),
            ("check", &self.check, &["{table}", "{columns}"]),
            ("index", &self.index, &["{table}", "{columns}"]),
        ];
        for (key, pattern, needed) in patterns {
            if let Some(placeholder) = needed.iter().find(|place| !pattern.contains(**place)) {
                return Err(NamingError::Missing {
                    key,
                    pattern: pattern.clone(),
                    placeholder,
                });
            }
            if let Some(placeholder) = placeholders(pattern).find(|place| !needed.contains(place)) {
                return Err(NamingError::Unknown {
                    key,
                    pattern: pattern.clone(),
                    placeholder: placeholder.to_owned(),
                });
            }
        }
        Ok(())
    }

    /// The name of the table's primary key.
    pub fn primary_key(&self, table: &Name) -> Name {
        fill(&self.primary_key, table, &[])
    }

    /// The name of a unique constraint over these columns.
    pub fn unique(&self, table: &Name, columns: &[Name]) -> Name {
        fill(&self.unique, table, columns)
    }

    /// The name of a foreign key of these columns.
    pub fn foreign_key(&self, table: &Name, columns: &[Name]) -> Name {
        fill(&self.foreign_key, table, columns)
    }

    /// The name of a check that mentions these columns.
    pub fn check(&self, table: &Name, columns: &[Name]) -> Name {
        fill(&self.check, table, columns)
    }

    /// The name of an index over these columns.
    pub fn index(&self, table: &Name, columns: &[Name]) -> Name {
        fill(&self.index, table, columns)
    }

    /// The name of a check of this expression; `columns` stand for those of one that mentions none.
    pub(in crate::operation) fn check_of(
        &self,
        table: &Name,
        expression: &Expression,
        columns: &[Name],
    ) -> Name {
        let mentioned = columns_of(expression);
        let mentioned = if mentioned.is_empty() { columns } else { &mentioned };
        self.check(table, mentioned)
    }

    /// The name of an index over these keys.
    pub(in crate::operation) fn index_of(&self, table: &Name, keys: &[(IndexKey, SortOrder)]) -> Name {
        let columns = keys.iter().flat_map(|(key, _)| match key {
            IndexKey::Column(name) => vec![name.clone()],
            IndexKey::Expression(expression) => columns_of(expression),
        });
        self.index(table, &columns.collect::<Vec<_>>())
    }
}

fn fill(pattern: &str, table: &Name, columns: &[Name]) -> Name {
    let columns: Vec<&str> = columns.iter().map(Name::as_str).collect();
    // Part by part, so that no name is taken for a place-holder.
    let parts = pattern.split("{columns}");
    let parts: Vec<_> = parts
        .map(|part| part.replace("{table}", table.as_str()))
        .collect();
    let whole = parts.join(&columns.join("_"));
    // What joins the columns to the rest goes with them; a name may end with `_` itself.
    let joint = columns.is_empty() && pattern.ends_with("{columns}");
    fitting(
        if joint {
            whole.trim_end_matches('_')
        } else {
            &whole
        },
        table,
    )
}

/// The same name with a number behind it, for the second of one name in a statement.
pub(super) fn numbered(name: &Name, number: usize) -> Name {
    fitting(&format!("{name}_{number}"), name)
}

fn fitting(whole: &str, otherwise: &Name) -> Name {
    const DIGITS: usize = 8;
    let whole = whole.trim_end_matches(' ');
    let text = if whole.len() <= Name::MAX_PORTABLE_BYTES {
        whole.to_owned()
    } else {
        let digest = Sha256::digest(whole.as_bytes());
        let digits: String = digest
            .iter()
            .take(DIGITS / 2)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let room = Name::MAX_PORTABLE_BYTES - DIGITS - 1;
        let cut = (0..=room).rev().find_map(|end| whole.get(..end));
        format!("{}_{digits}", cut.unwrap_or_default())
    };
    // Empty only when a pattern is empty, and a NUL only comes from a pattern.
    Name::exact(text).unwrap_or_else(|_| otherwise.clone())
}

/// The parts of a pattern in braces.
fn placeholders(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.match_indices('{').filter_map(|(start, _)| {
        let rest = pattern.get(start..)?;
        rest.get(..=rest.find('}')?)
    })
}
