//! What statements that stand alone leave in the catalogue.
//!
//! PostgreSQL documentation, CREATE INDEX, "Building Indexes Concurrently": a build that fails leaves an index that is
//! marked as invalid. It is of no use, slows writers, may still refuse rows, and IF NOT EXISTS takes it for the index.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Value;
use limbeck_core::driver::Rows;
use limbeck_core::driver::Trace;
use limbeck_core::sql::Lexer;
use limbeck_core::sql::TokenKind;

use crate::dialect::POSTGRES;

/// A statement whose trace is known, with its question to the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// CREATE INDEX CONCURRENTLY, of this name as it was written.
    CreateIndex(String),
    /// DROP INDEX CONCURRENTLY.
    DropIndex(String),
    /// ALTER TYPE … ADD VALUE: the type and the literal.
    AddValue(String, String),
    /// A statement that may run once more, whatever the first time did: VACUUM, ANALYZE, REINDEX, REFRESH.
    Repeatable,
}

impl Subject {
    /// The subject of a statement; none when its trace is not known.
    pub(crate) fn of(sql: &str) -> Option<Self> {
        let words = words(sql);
        let upper: Vec<String> = words.iter().map(|word| word.to_ascii_uppercase()).collect();
        let upper: Vec<&str> = upper.iter().map(String::as_str).collect();
        let word = |at: usize| words.get(at).copied();
        match upper.as_slice() {
            ["VACUUM" | "ANALYZE" | "REINDEX" | "REFRESH", ..] => Some(Self::Repeatable),
            ["CREATE", "INDEX", "CONCURRENTLY", rest @ ..] => {
                index_name(&words, 3, rest).map(Self::CreateIndex)
            }
            ["CREATE", "UNIQUE", "INDEX", "CONCURRENTLY", rest @ ..] => {
                index_name(&words, 4, rest).map(Self::CreateIndex)
            }
            ["DROP", "INDEX", "CONCURRENTLY", "IF", "EXISTS", ..] => name_at(&words, 5).map(Self::DropIndex),
            ["DROP", "INDEX", "CONCURRENTLY", ..] => name_at(&words, 3).map(Self::DropIndex),
            ["ALTER", "TYPE", ..] => {
                let name = name_at(&words, 2)?;
                let after = 2 + name.split('.').count() * 2 - 1;
                let value = match upper.get(after..)? {
                    ["ADD", "VALUE", "IF", "NOT", "EXISTS", ..] => after + 5,
                    ["ADD", "VALUE", ..] => after + 2,
                    _ => return None,
                };
                Some(Self::AddValue(name, word(value)?.to_owned()))
            }
            _ => None,
        }
    }

    /// The question, if there is one to ask.
    pub(crate) fn question(&self) -> Option<String> {
        let regclass =
            |name: &str| format!("pg_catalog.to_regclass({})", POSTGRES.literal(&Value::from(name)));
        match self {
            Self::CreateIndex(name) | Self::DropIndex(name) => Some(format!(
                "SELECT indisvalid FROM pg_catalog.pg_index WHERE indexrelid = {}",
                regclass(name)
            )),
            Self::AddValue(name, value) => Some(format!(
                "SELECT 1 FROM pg_catalog.pg_enum WHERE enumtypid = pg_catalog.to_regtype({}) AND enumlabel = {value}",
                POSTGRES.literal(&Value::from(name.as_str()))
            )),
            Self::Repeatable => None,
        }
    }

    /// What the answer means.
    pub(crate) fn read(&self, rows: &Rows) -> Trace {
        let first = rows.rows.first();
        match (self, first) {
            (Self::CreateIndex(name), Some(row)) if row.text(0) == Some("f") => Trace::Partial {
                cleanup: vec![format!("DROP INDEX CONCURRENTLY {name}")],
                what: format!("the index {name} is there and marked as invalid"),
            },
            (Self::CreateIndex(_) | Self::AddValue(..), Some(_)) | (Self::DropIndex(_), None) => Trace::Done,
            (Self::CreateIndex(_) | Self::AddValue(..), None)
            | (Self::DropIndex(_), Some(_))
            | (Self::Repeatable, _) => Trace::NotRun,
        }
    }
}

/// The name behind CONCURRENTLY and IF NOT EXISTS. An index without one gets its name from the server.
fn index_name(words: &[&str], from: usize, rest: &[&str]) -> Option<String> {
    match rest {
        ["IF", "NOT", "EXISTS", ..] => name_at(words, from + 3),
        ["ON", ..] => None,
        _ => name_at(words, from),
    }
}

/// A name with its schema, if one is written.
fn name_at(words: &[&str], at: usize) -> Option<String> {
    let first = words.get(at)?;
    match (words.get(at + 1), words.get(at + 2)) {
        (Some(&"."), Some(second)) => Some(format!("{first}.{second}")),
        _ => Some((*first).to_owned()),
    }
}

/// The tokens that mean something, as they are written.
fn words(sql: &str) -> Vec<&str> {
    Lexer::new(sql, POSTGRES.lexical_rules())
        .filter(|token| !token.kind.is_trivia() && token.kind != TokenKind::StatementEnd)
        .map(|token| token.span.slice(sql))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_every_spelling() {
        for (sql, subject) in [
            (
                "create index concurrently ix on t (a)",
                Some(Subject::CreateIndex("ix".into())),
            ),
            (
                "CREATE UNIQUE INDEX CONCURRENTLY /* x */ IF NOT EXISTS \"I x\" ON t (a);",
                Some(Subject::CreateIndex("\"I x\"".into())),
            ),
            ("CREATE INDEX CONCURRENTLY ON t (a)", None),
            ("CREATE INDEX ix ON t (a)", None),
            (
                "DROP INDEX CONCURRENTLY IF EXISTS app.ix",
                Some(Subject::DropIndex("app.ix".into())),
            ),
            (
                "DROP INDEX CONCURRENTLY ix",
                Some(Subject::DropIndex("ix".into())),
            ),
            (
                "ALTER TYPE app.mood ADD VALUE IF NOT EXISTS 'sad' BEFORE 'glad'",
                Some(Subject::AddValue("app.mood".into(), "'sad'".into())),
            ),
            (
                "ALTER TYPE mood ADD VALUE 'sad'",
                Some(Subject::AddValue("mood".into(), "'sad'".into())),
            ),
            ("ALTER TYPE mood RENAME TO m", None),
            ("vacuum (full) t", Some(Subject::Repeatable)),
            ("SELECT 1", None),
        ] {
            assert_eq!(Subject::of(sql), subject, "{sql}");
        }
    }
}
