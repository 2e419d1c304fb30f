//! The dialect.

use limbeck_core::catalogue::Alteration;
use limbeck_core::catalogue::Change;
use limbeck_core::dialect::Capabilities;
use limbeck_core::dialect::ColumnPlace;
use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Guard;
use limbeck_core::dialect::Needs;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Rendered;
use limbeck_core::dialect::Rendering;
use limbeck_core::dialect::Value;
use limbeck_core::dialect::Version;
use limbeck_core::dialect::render;
use limbeck_core::operation::ColumnChange;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Check;
use limbeck_core::schema::Column;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Index;
use limbeck_core::schema::Name;
use limbeck_core::schema::Table;
use limbeck_core::schema::TokenRun;
use limbeck_core::schema::Unique;
use limbeck_core::schema::View;
use limbeck_core::sql::LexicalRules;

use super::alter;
use super::cast;
use super::client;
use super::default;
use super::feature;
use super::implied;
use super::name;
use super::object;
use super::rebuild;
use super::refusal::refused;
use super::rules;
use super::sequence;
use super::table;
use super::types;
use super::unlinked;

pub(crate) const NAME: &str = "sqlite";

/// SQLite's SQL. What ALTER TABLE cannot do, [`Dialect::render`] does by rebuilding the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SqliteDialect;

/// The dialect of SQLite.
pub static SQLITE: SqliteDialect = SqliteDialect;

impl Dialect for SqliteDialect {
    fn name(&self) -> &'static str {
        NAME
    }

    fn lexical_rules(&self) -> &'static LexicalRules {
        &rules::RULES
    }

    fn capabilities(&self, _server: &Version) -> Capabilities {
        feature::CAPABILITIES
    }

    fn type_name(&self, data_type: &DataType, _server: &Version) -> Result<String, RenderError> {
        types::column_type(data_type)
    }

    /// A NUL would end the statement, so a text with one is written as its bytes.
    fn string_literal(&self, text: &str) -> String {
        if text.contains('\0') {
            return format!("CAST({} AS TEXT)", self.bytes_literal(text.as_bytes()));
        }
        render::string_literal(text)
    }

    /// Infinity is a number too large; what is not a number is NULL, as SQLite keeps it.
    fn literal(&self, value: &Value) -> String {
        match value {
            Value::Real(number) if number.is_nan() => "NULL".to_owned(),
            Value::Real(number) if number.is_infinite() => {
                let sign = if *number < 0.0 { "-" } else { "" };
                format!("{sign}9e999")
            }
            other => render::literal(self, other),
        }
    }

    /// The lock for writing is taken at once: taken later, it can fail in the middle of the transaction.
    fn begin(&self) -> &'static str {
        "BEGIN IMMEDIATE"
    }

    fn utc_now(&self) -> &'static str {
        "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
    }

    fn floor(&self) -> Version {
        Version::new(3, 35, 0)
    }

    fn client_statement(&self, sql: &str) -> String {
        client::statement(sql)
    }

    /// The shell reads a misspelt name between double quotes as a string, unless it is told not to.
    fn client_prologue(&self) -> &'static [&'static str] {
        &[".bail on", ".dbconfig dqs_ddl off", ".dbconfig dqs_dml off"]
    }

    fn session_settings(&self) -> &'static [&'static str] {
        &["PRAGMA foreign_keys = ON"]
    }

    fn needs(&self, operation: &Operation) -> Needs {
        sequence::needs(operation)
    }

    fn around_native(&self, sql: &str) -> Option<Rendering> {
        unlinked::around(sql)
    }

    fn guard_of_rows(&self, operation: &Operation) -> Option<Guard> {
        rebuild::nothing_cascades(operation)
    }

    fn around(&self, operations: &[Operation]) -> Rendering {
        sequence::around(operations)
    }

    fn render(
        &self,
        operations: &[Operation],
        context: &RenderContext<'_>,
    ) -> Result<Rendering, RenderError> {
        sequence::render(operations, context)
    }

    fn token_run(&self, run: &TokenRun, context: &RenderContext<'_>) -> Result<String, RenderError> {
        cast::token_run(run, context)
    }

    fn cast_type(&self, data_type: &DataType, _server: &Version) -> Result<String, RenderError> {
        cast::cast_type(data_type)
    }

    fn column_definition(
        &self,
        column: &Column,
        place: ColumnPlace<'_>,
        context: &RenderContext<'_>,
    ) -> Result<String, RenderError> {
        table::column(column, place, context)
    }

    fn default_clause(
        &self,
        _column: &Column,
        default: &Expression,
        context: &RenderContext<'_>,
    ) -> Result<String, RenderError> {
        default::clause(default, context)
    }

    fn identity_clause(&self, column: &Column, place: ColumnPlace<'_>) -> Result<String, RenderError> {
        table::identity(column, place)
    }

    fn writes_primary_key_with_column(&self, table: &Table) -> bool {
        table::has_identity(table)
    }

    fn implied_checks(
        &self,
        table: &Name,
        column: &Column,
        _context: &RenderContext<'_>,
    ) -> Result<Vec<Check>, RenderError> {
        Ok(implied::check(table, column).into_iter().collect())
    }

    fn unique(&self, unique: &Unique) -> Result<String, RenderError> {
        if unique.nulls_not_distinct {
            return Err(refused(format!(
                "hold two NULLs for the same in the UNIQUE constraint {}",
                unique.name
            ))
            .with_hint("write CREATE UNIQUE INDEX on an expression such as COALESCE(column, '')"));
        }
        render::unique(self, unique)
    }

    fn create_table(&self, table: &Table, context: &RenderContext<'_>) -> Result<Rendered, RenderError> {
        table::create(table, context)
    }

    fn drop_table(&self, table: &Name, context: &RenderContext<'_>) -> Result<Rendered, RenderError> {
        table::drop(table, context)
    }

    fn rename_table(
        &self,
        from: &Name,
        to: &Name,
        _context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        name::allow(to)?;
        let action = format!("RENAME TO {}", render::quoted(self, to));
        Ok(Rendered::statement(render::alter_table(self, from, &action)))
    }

    fn add_column(
        &self,
        table: &Name,
        column: &Column,
        constraints: &[Constraint],
        context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        let operation = Operation::AddColumn {
            table: table.clone(),
            column: column.clone(),
            constraints: constraints.to_vec(),
        };
        sequence::one(&operation, context)
    }

    fn drop_column(
        &self,
        table: &Name,
        column: &Name,
        context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        let operation = Operation::DropColumn {
            table: table.clone(),
            column: column.clone(),
        };
        sequence::one(&operation, context)
    }

    fn rename_column(
        &self,
        table: &Name,
        from: &Name,
        to: &Name,
        context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        alter::rename_column(table, from, to, context)
    }

    fn alter_column(
        &self,
        table: &Name,
        column: &Name,
        change: &ColumnChange,
        context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        let operation = Operation::AlterColumn {
            table: table.clone(),
            column: column.clone(),
            change: change.clone(),
        };
        sequence::one(&operation, context)
    }

    fn add_constraint(
        &self,
        table: &Name,
        constraint: &Constraint,
        context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        let operation = Operation::AddConstraint {
            table: table.clone(),
            constraint: constraint.clone(),
        };
        sequence::one(&operation, context)
    }

    fn drop_constraint(
        &self,
        table: &Name,
        constraint: &Name,
        context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        let operation = Operation::DropConstraint {
            table: table.clone(),
            constraint: constraint.clone(),
        };
        sequence::one(&operation, context)
    }

    fn rename_constraint(
        &self,
        table: &Name,
        from: &Name,
        to: &Name,
        context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        let operation = Operation::RenameConstraint {
            table: table.clone(),
            from: from.clone(),
            to: to.clone(),
        };
        sequence::one(&operation, context)
    }

    fn create_index(
        &self,
        table: &Name,
        index: &Index,
        context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        name::allow(&index.name)?;
        render::create_index(self, table, index, context)
    }

    fn create_view(&self, view: &View, context: &RenderContext<'_>) -> Result<Rendered, RenderError> {
        name::allow(&view.name)?;
        render::create_view(self, view, context)
    }

    fn differs(&self, _column: &Column, old: &str, new: &str) -> String {
        // The column's own collation may take two texts for one, and IS DISTINCT FROM came late.
        format!("{old} COLLATE BINARY IS NOT {new}")
    }

    fn alter_object(&self, change: &Change<'_>, _server: &Version) -> Alteration {
        object::alter(change)
    }

    fn comment_on_table(
        &self,
        table: &Name,
        _comment: Option<&str>,
        _context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        Ok(Rendered::left_out(format!(
            "SQLite keeps no comments: the one on the table {table} is left out"
        )))
    }

    fn comment_on_column(
        &self,
        table: &Name,
        column: &Name,
        _comment: Option<&str>,
        _context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        Ok(Rendered::left_out(format!(
            "SQLite keeps no comments: the one on the column {column} of {table} is left out"
        )))
    }
}
