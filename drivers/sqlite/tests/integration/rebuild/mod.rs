//! Rebuilt tables in real files: what a native section has made, a portable revision alters, and nothing else changes.

mod bad_input;
mod columns;
mod combined;
mod constraints;
#[cfg(unix)]
mod crash;
mod failures;
mod foreign_keys;
mod names;
mod numbers;
mod offline;
mod one_revision;
mod random;
mod readers;
mod recorded;
mod sent;
mod text_edit;

use std::collections::BTreeMap;

use limbeck_core::dialect::Dialect;
use limbeck_core::engine::EngineError;
use limbeck_core::engine::Ignore;
use limbeck_core::sql::Lexer;
use limbeck_sqlite::SQLITE;

use crate::engine::File;
use crate::engine::Project;
use crate::engine::upgrade;

/// Everything in a file but Limbeck's own tables.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Contents {
    /// The kind and the name of each object, its table and its text, those of one kind in the order
    /// of their making, tables by name.
    schema: Vec<[String; 4]>,
    /// The rows of each table, with their rowids where it has them.
    rows: BTreeMap<String, Vec<String>>,
}

impl Contents {
    fn of(project: &Project) -> Self {
        let object = |row: String| {
            let mut cells = row.splitn(4, '|').map(str::to_owned);
            std::array::from_fn(|_| cells.next().unwrap())
        };
        let schema: Vec<[String; 4]> = project
            .rows(
                "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema \
                 WHERE tbl_name NOT LIKE 'limbeck\\_%' ESCAPE '\\' ORDER BY type, tbl_name, rowid",
            )
            .into_iter()
            .map(object)
            .collect();
        let tables = schema.iter().filter(|[kind, ..]| kind == "table");
        let rows = tables.map(|[_, name, ..]| (name.clone(), rows(project, name)));
        Self {
            rows: rows.collect(),
            schema,
        }
    }

    /// The text of an object, for a table without its name, which a rebuild puts between quotes.
    fn text(&self, name: &str) -> &str {
        let found = self.schema.iter().find(|[_, found, ..]| found == name);
        let [kind, _, _, sql] = found.unwrap_or_else(|| panic!("no {name} in {self:?}"));
        if kind == "table" { unnamed(sql) } else { sql }
    }

    /// The same with other text in a table, to compare with.
    fn with_text(mut self, table: &str, from: &str, to: &str) -> Self {
        for [kind, name, _, sql] in &mut self.schema {
            if kind == "table" && name == table {
                assert_eq!(sql.matches(from).count(), 1, "{from} in {sql}");
                *sql = sql.replace(from, to);
            }
        }
        self
    }

    /// The same with the texts of tables without their names.
    fn without_names(mut self) -> Self {
        for [kind, _, _, sql] in &mut self.schema {
            if kind == "table" {
                *sql = unnamed(sql).to_owned();
            }
        }
        self
    }
}

/// What stands behind `CREATE TABLE name`.
fn unnamed(sql: &str) -> &str {
    let mut tokens = Lexer::new(sql, SQLITE.lexical_rules()).filter(|token| !token.kind.is_trivia());
    let name = tokens.nth(2).unwrap();
    &sql[name.span.end..]
}

fn quoted(name: &str) -> String {
    SQLITE.quote_identifier(name)
}

fn rows(project: &Project, table: &str) -> Vec<String> {
    let literal = SQLITE.string_literal(table);
    let columns = project.rows(&format!("SELECT name FROM pragma_table_xinfo({literal})"));
    let has_rowid = project.rows(&format!("SELECT wr FROM pragma_table_list({literal})")) == ["0"];
    let rowid = ["rowid", "_rowid_", "oid"]
        .into_iter()
        .find(|rowid| !columns.iter().any(|column| column.eq_ignore_ascii_case(rowid)));
    let rowid = rowid
        .filter(|_| has_rowid && !table.starts_with("sqlite_"))
        .unwrap_or("0");
    let values: Vec<String> = columns
        .iter()
        .filter(|column| table != "sqlite_sequence" || column.as_str() != "rowid")
        .map(|column| format!("quote({})", quoted(column)))
        .collect();
    let is_own = if table == "sqlite_sequence" {
        "WHERE name NOT LIKE 'limbeck\\_%' ESCAPE '\\' ORDER BY name"
    } else {
        "ORDER BY 1, 2"
    };
    project.rows(&format!(
        "SELECT {rowid}, {} FROM {} {is_own}",
        values.join(", "),
        quoted(table)
    ))
}

/// A file whose tables a native section has made, with a revision behind it that is not applied.
struct Case {
    project: Project,
    native: String,
    before: Contents,
}

impl Case {
    /// Runs the native statements.
    async fn new(native: &str) -> Self {
        let made = Self::made_by(native).await;
        made.unwrap_or_else(|error| panic!("{}\n{native}", told(&error)))
    }

    /// Runs native statements that SQLite may not take.
    async fn made_by(native: &str) -> Result<Self, EngineError> {
        let native =
            format!("-- limbeck:upgrade sqlite\n{native};\n-- limbeck:downgrade sqlite\nSELECT 1;\n");
        let project = Project::new();
        let migrator = project.migrator(&[("a1", "", &native)]);
        migrator.upgrade("heads", &mut Ignore).await?;
        Ok(Self {
            before: Contents::of(&project),
            native,
            project,
        })
    }

    fn files<'a>(&'a self, sections: &'a str) -> [File<'a>; 2] {
        [("a1", "", &self.native), ("b2", "a1", sections)]
    }

    fn after(&self) -> Contents {
        Contents::of(&self.project)
    }

    /// Applies portable statements.
    async fn try_alter(&self, portable: &str) -> Result<(), EngineError> {
        let sections = format!("-- limbeck:upgrade\n{portable};\n");
        let migrator = self.project.migrator(&self.files(&sections));
        migrator.upgrade("heads", &mut Ignore).await.map(drop)
    }

    async fn alter(&self, portable: &str) {
        self.try_alter(portable)
            .await
            .unwrap_or_else(|error| panic!("{}", told(&error)));
    }

    /// Applies portable statements that are refused, and gives what is said; nothing has changed.
    async fn refusal(&self, portable: &str) -> String {
        let Err(error) = self.try_alter(portable).await else {
            panic!("this ran: {portable}\n{:?}", self.after());
        };
        assert_eq!(self.after(), self.before);
        told(&error)
    }

    /// Applies portable statements and takes them back.
    async fn alter_and_back(&self, up: &str, down: &str) -> Contents {
        let sections = format!("-- limbeck:upgrade\n{up};\n-- limbeck:downgrade\n{down};\n");
        let migrator = self.project.migrator(&self.files(&sections));
        migrator
            .upgrade("heads", &mut Ignore)
            .await
            .unwrap_or_else(|error| panic!("{}", told(&error)));
        let after = self.after();
        migrator
            .downgrade("a1", &mut Ignore)
            .await
            .unwrap_or_else(|error| panic!("{}", told(&error)));
        after
    }
}

/// An error with what a person is told to do.
fn told(error: &EngineError) -> String {
    let hints = error.hints().into_iter().map(|hint| format!("\nhint: {hint}"));
    std::iter::once(error.to_string()).chain(hints).collect()
}

/// Gives the column `note TEXT` of the table t a default, which is a rebuild, and takes it back: nothing else changes.
async fn nothing_is_lost(native: &str) -> Case {
    let case = Case::new(native).await;
    let after = case
        .alter_and_back(
            "ALTER TABLE t ALTER COLUMN note SET DEFAULT 'x'",
            "ALTER TABLE t ALTER COLUMN note DROP DEFAULT",
        )
        .await;
    let expected = case
        .before
        .clone()
        .with_text("t", "note TEXT", "note TEXT DEFAULT 'x'");
    assert_eq!(after.without_names(), expected.without_names());
    assert_eq!(case.after().without_names(), case.before.clone().without_names());
    case
}
