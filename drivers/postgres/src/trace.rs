//! What statements that stand alone leave in the catalogue.
//!
//! PostgreSQL documentation, CREATE INDEX, "Building Indexes Concurrently": a build that fails leaves an index that is
//! marked as invalid. It is of no use, slows writers, may still refuse rows, and IF NOT EXISTS takes it for the index.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Value;
use limbeck_core::driver::Rows;
use limbeck_core::driver::Trace;
use limbeck_core::sql::Case;
use limbeck_core::sql::Tokens;

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
        const REPEATABLE: [&str; 4] = ["VACUUM", "ANALYZE", "REINDEX", "REFRESH"];
        let mut tokens = Tokens::new(sql, POSTGRES.lexical_rules(), Case::Ignored);
        if REPEATABLE.iter().any(|word| tokens.is(word)) {
            return Some(Self::Repeatable);
        }
        if tokens.take("CREATE") {
            tokens.take("UNIQUE");
            tokens.take_all(&["INDEX", "CONCURRENTLY"]).then_some(())?;
            tokens.take_all(&["IF", "NOT", "EXISTS"]);
            // An index without a name gets it from the server.
            return (!tokens.is("ON")).then(|| name(&mut tokens).map(Self::CreateIndex))?;
        }
        if tokens.take_all(&["DROP", "INDEX", "CONCURRENTLY"]) {
            tokens.take_all(&["IF", "EXISTS"]);
            return name(&mut tokens).map(Self::DropIndex);
        }
        tokens.take_all(&["ALTER", "TYPE"]).then_some(())?;
        let name = name(&mut tokens)?;
        tokens.take_all(&["ADD", "VALUE"]).then_some(())?;
        tokens.take_all(&["IF", "NOT", "EXISTS"]);
        let (_, value) = tokens.next()?;
        Some(Self::AddValue(name, value.to_owned()))
    }

    /// The question, if there is one to ask.
    pub(crate) fn question(&self) -> Option<String> {
        let regclass =
            |name: &str| format!("pg_catalog.to_regclass({})", POSTGRES.literal(&Value::from(name)));
        match self {
            Self::CreateIndex(name) | Self::DropIndex(name) => Some(format!(
                "SELECT indisvalid, EXISTS (SELECT 1 FROM pg_catalog.pg_stat_progress_create_index AS build \
                 WHERE build.index_relid = indexrelid) FROM pg_catalog.pg_index WHERE indexrelid = {}",
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
            // Somebody builds it at this moment, and it is not valid before its end.
            (Self::CreateIndex(_), Some(row)) if row.text(1) == Some("t") => Trace::Unknown,
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

/// A name as it is written, with its schema, if there is one.
fn name(tokens: &mut Tokens<'_>) -> Option<String> {
    let (_, first) = tokens.next()?;
    if !tokens.take(".") {
        return Some(first.to_owned());
    }
    let (_, second) = tokens.next()?;
    Some(format!("{first}.{second}"))
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
