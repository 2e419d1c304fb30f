//! The dialects.

use std::time::Duration;

use limbeck_core::catalogue::Alteration;
use limbeck_core::catalogue::Change;
use limbeck_core::dialect::Capabilities;
use limbeck_core::dialect::ColumnPlace;
use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Needs;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Rendered;
use limbeck_core::dialect::Rendering;
use limbeck_core::dialect::Upsert;
use limbeck_core::dialect::Value;
use limbeck_core::dialect::Version;
use limbeck_core::operation::ColumnChange;
use limbeck_core::operation::DataStatement;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Check;
use limbeck_core::schema::Column;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Expression;
use limbeck_core::schema::ForeignKey;
use limbeck_core::schema::Index;
use limbeck_core::schema::Name;
use limbeck_core::schema::PrimaryKey;
use limbeck_core::schema::Schema;
use limbeck_core::schema::Table;
use limbeck_core::schema::TokenRun;
use limbeck_core::schema::Unique;
use limbeck_core::schema::View;
use limbeck_core::sql::LexicalRules;

use super::agree;
use super::cast;
use super::client;
use super::constraint;
use super::default;
use super::feature;
use super::flavour::Flavour;
use super::literal;
use super::needs;
use super::rules;
use super::sequence;
use super::table;
use super::types;
use super::upsert;
use crate::catalogue;

/// The SQL of one of the two engines: [`MYSQL`] or [`MARIADB`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MySqlDialect {
    flavour: Flavour,
}

/// The dialect of MySQL.
pub static MYSQL: MySqlDialect = MySqlDialect {
    flavour: Flavour::MySql,
};

/// The dialect of MariaDB.
pub static MARIADB: MySqlDialect = MySqlDialect {
    flavour: Flavour::MariaDb,
};

impl MySqlDialect {
    pub(super) const fn flavour(&self) -> Flavour {
        self.flavour
    }

    /// The collation of the columns that it writes.
    pub(crate) const fn collation(&self) -> &'static str {
        self.flavour.collation()
    }

    /// The engine's name, for people.
    pub(crate) const fn label(&self) -> &'static str {
        self.flavour.label()
    }
}

impl Dialect for MySqlDialect {
    fn name(&self) -> &'static str {
        self.flavour.name()
    }

    fn lexical_rules(&self) -> &'static LexicalRules {
        &rules::RULES
    }

    fn capabilities(&self, server: &Version) -> Capabilities {
        feature::capabilities(self.flavour, server)
    }

    fn type_name(&self, data_type: &DataType, server: &Version) -> Result<String, RenderError> {
        types::column_type(self.flavour, data_type, server)
    }

    /// Backticks are quotes under every `sql_mode`.
    fn quote_identifier(&self, name: &str) -> String {
        format!("`{}`", name.replace('`', "``"))
    }

    fn string_literal(&self, text: &str) -> String {
        literal::string(text)
    }

    fn literal(&self, value: &Value) -> String {
        literal::value(self, value)
    }

    /// MariaDB has `RETURNING`.
    fn last_identity(&self) -> Option<&'static str> {
        match self.flavour {
            Flavour::MySql => Some("SELECT LAST_INSERT_ID()"),
            Flavour::MariaDb => None,
        }
    }

    fn begin(&self) -> &'static str {
        "START TRANSACTION"
    }

    fn lock_timeout(&self, limit: Option<Duration>) -> Option<String> {
        Some(client::lock_timeout(limit))
    }

    fn statement_timeout(&self, limit: Option<Duration>) -> Option<String> {
        Some(client::statement_timeout(self.flavour, limit))
    }

    fn utc_now(&self) -> &'static str {
        "date_format(utc_timestamp(6), '%Y-%m-%dT%H:%i:%s.%fZ')"
    }

    /// MySQL compares text byte by byte from 8.0.17 on, MariaDB renames columns from 10.5.2 on.
    fn floor(&self) -> Version {
        match self.flavour {
            Flavour::MySql => Version::new(8, 0, 17),
            Flavour::MariaDb => Version::new(10, 5, 2),
        }
    }

    fn session_settings(&self) -> &'static [&'static str] {
        client::settings(self.flavour)
    }

    fn client_statement(&self, sql: &str) -> String {
        client::statement(sql)
    }

    fn recognize(&self, schema: &mut Schema, operation: &Operation) {
        agree::with(schema, operation);
    }

    fn needs(&self, operation: &Operation) -> Needs {
        needs::of(operation)
    }

    fn render(
        &self,
        operations: &[Operation],
        context: &RenderContext<'_>,
    ) -> Result<Rendering, RenderError> {
        sequence::render(self, operations, context)
    }

    fn operation(&self, operation: &Operation, context: &RenderContext<'_>) -> Result<Rendered, RenderError> {
        sequence::one(self, operation, context)
    }

    fn token_run(&self, run: &TokenRun, context: &RenderContext<'_>) -> Result<String, RenderError> {
        cast::token_run(self, run, context)
    }

    fn keyword<'a>(&self, portable: &'a str) -> Option<&'a str> {
        Some(cast::keyword(portable))
    }

    fn function_name<'a>(&self, portable: &'a str) -> Option<&'a str> {
        Some(cast::function(portable))
    }

    fn cast_type(&self, data_type: &DataType, server: &Version) -> Result<String, RenderError> {
        cast::cast_type(self.flavour, data_type, server)
    }

    fn column_definition(
        &self,
        column: &Column,
        place: ColumnPlace<'_>,
        context: &RenderContext<'_>,
    ) -> Result<String, RenderError> {
        table::column(self, column, place, context)
    }

    fn default_clause(
        &self,
        column: &Column,
        default: &Expression,
        context: &RenderContext<'_>,
    ) -> Result<String, RenderError> {
        default::clause(self, column, default, context)
    }

    fn identity_clause(&self, _column: &Column, _place: ColumnPlace<'_>) -> Result<String, RenderError> {
        Ok("AUTO_INCREMENT".to_owned())
    }

    fn primary_key(&self, key: &PrimaryKey) -> Result<String, RenderError> {
        Ok(constraint::primary_key(self, key))
    }

    fn unique(&self, unique: &Unique) -> Result<String, RenderError> {
        constraint::unique(self, unique)
    }

    fn check(&self, check: &Check, context: &RenderContext<'_>) -> Result<String, RenderError> {
        constraint::check(self, check, context)
    }

    fn foreign_key(&self, key: &ForeignKey, context: &RenderContext<'_>) -> Result<String, RenderError> {
        constraint::foreign_key(self, key, None, context)
    }

    fn table_suffix(&self, _table: &Table, _server: &Version) -> Option<String> {
        Some(table::suffix(self.flavour).to_owned())
    }

    fn create_table(&self, table: &Table, context: &RenderContext<'_>) -> Result<Rendered, RenderError> {
        table::create(self, table, context)
    }

    fn drop_table(&self, table: &Name, context: &RenderContext<'_>) -> Result<Rendered, RenderError> {
        let table = table.clone();
        self.operation(&Operation::DropTable { table }, context)
    }

    fn rename_table(
        &self,
        from: &Name,
        to: &Name,
        context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        let (from, to) = (from.clone(), to.clone());
        self.operation(&Operation::RenameTable { from, to }, context)
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
        self.operation(&operation, context)
    }

    fn drop_column(
        &self,
        table: &Name,
        column: &Name,
        context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        let (table, column) = (table.clone(), column.clone());
        self.operation(&Operation::DropColumn { table, column }, context)
    }

    fn rename_column(
        &self,
        table: &Name,
        from: &Name,
        to: &Name,
        context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        let (table, from, to) = (table.clone(), from.clone(), to.clone());
        self.operation(&Operation::RenameColumn { table, from, to }, context)
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
        self.operation(&operation, context)
    }

    fn add_constraint(
        &self,
        table: &Name,
        constraint: &Constraint,
        context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        let (table, constraint) = (table.clone(), constraint.clone());
        self.operation(&Operation::AddConstraint { table, constraint }, context)
    }

    fn drop_constraint(
        &self,
        table: &Name,
        constraint: &Name,
        context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        let (table, constraint) = (table.clone(), constraint.clone());
        self.operation(&Operation::DropConstraint { table, constraint }, context)
    }

    fn rename_constraint(
        &self,
        table: &Name,
        from: &Name,
        to: &Name,
        context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        let (table, from, to) = (table.clone(), from.clone(), to.clone());
        self.operation(&Operation::RenameConstraint { table, from, to }, context)
    }

    fn create_index(
        &self,
        table: &Name,
        index: &Index,
        context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        let (table, index) = (table.clone(), index.clone());
        self.operation(&Operation::CreateIndex { table, index }, context)
    }

    fn drop_index(&self, index: &Name, context: &RenderContext<'_>) -> Result<Rendered, RenderError> {
        let index = index.clone();
        self.operation(&Operation::DropIndex { index }, context)
    }

    fn create_view(&self, view: &View, context: &RenderContext<'_>) -> Result<Rendered, RenderError> {
        self.operation(&Operation::CreateView(view.clone()), context)
    }

    fn comment_on_table(
        &self,
        table: &Name,
        comment: Option<&str>,
        context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        let operation = Operation::CommentOnTable {
            table: table.clone(),
            comment: comment.map(str::to_owned),
        };
        self.operation(&operation, context)
    }

    fn comment_on_column(
        &self,
        table: &Name,
        column: &Name,
        comment: Option<&str>,
        context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        let operation = Operation::CommentOnColumn {
            table: table.clone(),
            column: column.clone(),
            comment: comment.map(str::to_owned),
        };
        self.operation(&operation, context)
    }

    fn data(&self, statement: &DataStatement, context: &RenderContext<'_>) -> Result<Rendered, RenderError> {
        self.operation(&Operation::Data(statement.clone()), context)
    }

    fn on_conflict(&self, upsert: &Upsert<'_>, context: &RenderContext<'_>) -> Result<String, RenderError> {
        upsert::on_duplicate_key(self, upsert, &context.server)
    }

    fn alter_object(&self, change: &Change<'_>, _server: &Version) -> Alteration {
        catalogue::alter(change)
    }
}
