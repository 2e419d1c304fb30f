//! The dialect.

use std::time::Duration;

use limbeck_core::catalogue::Alteration;
use limbeck_core::catalogue::Change;
use limbeck_core::dialect::Capabilities;
use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Needs;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Rendered;
use limbeck_core::dialect::Rendering;
use limbeck_core::dialect::Version;
use limbeck_core::dialect::render;
use limbeck_core::operation::ColumnChange;
use limbeck_core::operation::DataKind;
use limbeck_core::operation::DataStatement;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Check;
use limbeck_core::schema::Column;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Name;
use limbeck_core::schema::TokenRun;
use limbeck_core::sql::LexicalRules;

use super::alter;
use super::cast;
use super::client;
use super::concurrent;
use super::default;
use super::drop_column;
use super::feature;
use super::identity;
use super::implied;
use super::literal;
use super::merge;
use super::name;
use super::rename;
use super::rules;
use super::types;
use crate::catalogue;
use crate::setup;

pub(crate) const NAME: &str = "postgres";

/// PostgreSQL's SQL.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PostgresDialect;

/// The dialect of PostgreSQL.
pub static POSTGRES: PostgresDialect = PostgresDialect;

impl Dialect for PostgresDialect {
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

    fn string_literal(&self, text: &str) -> String {
        literal::string(text)
    }

    fn bytes_literal(&self, bytes: &[u8]) -> String {
        literal::bytes(bytes)
    }

    fn utc_now(&self) -> &'static str {
        r#"to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"#
    }

    fn lock_timeout(&self, limit: Option<Duration>) -> Option<String> {
        Some(format!("SET {}", setup::limit("lock_timeout", limit)))
    }

    fn statement_timeout(&self, limit: Option<Duration>) -> Option<String> {
        Some(format!("SET {}", setup::limit("statement_timeout", limit)))
    }

    fn waits_for_others(&self, sql: &str) -> bool {
        concurrent::is(sql)
    }

    fn leaves_parts(&self, sql: &str) -> bool {
        concurrent::is(sql)
    }

    fn floor(&self) -> Version {
        Version::new(12, 0, 0)
    }

    fn client_prologue(&self) -> &'static [&'static str] {
        client::PROLOGUE
    }

    fn session_settings(&self) -> &'static [&'static str] {
        client::SETTINGS
    }

    fn client_statement(&self, sql: &str) -> String {
        client::statement(sql)
    }

    fn needs(&self, operation: &Operation) -> Needs {
        match operation {
            Operation::Data(DataStatement {
                kind: DataKind::Insert,
                table: Some(table),
                ..
            })
            | Operation::RenameTable { from: table, .. }
            | Operation::RenameColumn { table, .. }
            | Operation::AlterColumn {
                table,
                change: ColumnChange::SetType(_),
                ..
            } => Needs::Table(table.clone()),
            _ => Needs::Nothing,
        }
    }

    /// Alterations of one table that follow each other are one statement.
    fn render(
        &self,
        operations: &[Operation],
        context: &RenderContext<'_>,
    ) -> Result<Rendering, RenderError> {
        let rendering = render::render(self, operations, context)?;
        Ok(merge::merge(operations, rendering))
    }

    fn operation(&self, operation: &Operation, context: &RenderContext<'_>) -> Result<Rendered, RenderError> {
        name::allow_all(operation)?;
        feature::allow(operation, &context.server)?;
        render::operation(self, operation, context)
    }

    fn token_run(&self, run: &TokenRun, context: &RenderContext<'_>) -> Result<String, RenderError> {
        cast::token_run(run, context)
    }

    fn function_name<'a>(&self, portable: &'a str) -> Option<&'a str> {
        Some(match portable {
            "instr" => "strpos",
            same => same,
        })
    }

    fn cast_type(&self, data_type: &DataType, _server: &Version) -> Result<String, RenderError> {
        cast::cast_type(data_type)
    }

    fn default_clause(
        &self,
        column: &Column,
        default: &Expression,
        context: &RenderContext<'_>,
    ) -> Result<String, RenderError> {
        default::clause(Some(&column.data_type), default, context)
    }

    fn implied_checks(
        &self,
        table: &Name,
        column: &Column,
        _context: &RenderContext<'_>,
    ) -> Result<Vec<Check>, RenderError> {
        let check = implied::check(table, &column.name, &column.data_type);
        Ok(check.into_iter().collect())
    }

    fn rename_table(
        &self,
        from: &Name,
        to: &Name,
        context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        rename::table(from, to, context)
    }

    fn drop_column(
        &self,
        table: &Name,
        column: &Name,
        context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        drop_column::drop(table, column, context)
    }

    fn rename_column(
        &self,
        table: &Name,
        from: &Name,
        to: &Name,
        context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        rename::column(table, from, to, context)
    }

    fn alter_column(
        &self,
        table: &Name,
        column: &Name,
        change: &ColumnChange,
        context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        alter::column(table, column, change, context)
    }

    fn alter_object(&self, change: &Change<'_>, server: &Version) -> Alteration {
        catalogue::alter(change, server)
    }

    fn data(&self, statement: &DataStatement, context: &RenderContext<'_>) -> Result<Rendered, RenderError> {
        identity::data(statement, context)
    }

    fn differs(&self, column: &Column, old: &str, new: &str) -> String {
        // Not every type of this engine's own can be compared: `json` cannot.
        let cast = match column.data_type.native_for(types::WORDS) {
            Some(_) => "::text",
            None => "",
        };
        format!("{old}{cast} IS DISTINCT FROM {new}{cast}")
    }
}
