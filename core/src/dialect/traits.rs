//! The trait itself.

use std::fmt::Debug;
use std::time::Duration;

use super::Capabilities;
use super::ColumnPlace;
use super::Guard;
use super::Needs;
use super::RenderContext;
use super::RenderError;
use super::Rendered;
use super::Rendering;
use super::Upsert;
use super::Value;
use super::Version;
use super::render;
use crate::catalogue::Alteration;
use crate::catalogue::Change;
use crate::operation::ColumnChange;
use crate::operation::DataStatement;
use crate::operation::Operation;
use crate::schema::Check;
use crate::schema::Column;
use crate::schema::Constraint;
use crate::schema::DataType;
use crate::schema::Expression;
use crate::schema::ForeignKey;
use crate::schema::Generated;
use crate::schema::Index;
use crate::schema::Name;
use crate::schema::PrimaryKey;
use crate::schema::Schema;
use crate::schema::Table;
use crate::schema::TokenRun;
use crate::schema::Unique;
use crate::schema::View;
use crate::sql::LexicalRules;

/// A way of writing SQL.
///
/// Name, lexical rules, capabilities and types are required. Every other method writes standard SQL through the
/// function of its name in [`render`], which asks the dialect for each part, so a dialect overrides only the
/// part that differs.
///
/// ```
/// use limbeck_core::dialect::{Capabilities, Dialect, RenderContext, RenderError, Version};
/// use limbeck_core::operation::Operation;
/// use limbeck_core::schema::{Column, DataType, Name, Table};
/// use limbeck_core::sql::LexicalRules;
///
/// #[derive(Debug)]
/// struct Tiny;
///
/// impl Dialect for Tiny {
///     fn name(&self) -> &'static str {
///         "tiny"
///     }
///
///     fn lexical_rules(&self) -> &'static LexicalRules {
///         &LexicalRules::STANDARD
///     }
///
///     fn capabilities(&self, _server: &Version) -> Capabilities {
///         Capabilities::STANDARD
///     }
///
///     fn type_name(&self, data_type: &DataType, _server: &Version) -> Result<String, RenderError> {
///         match data_type {
///             DataType::Integer | DataType::BigInt => Ok("NUMBER".to_owned()),
///             DataType::Text => Ok("STRING".to_owned()),
///             _ => Err(RenderError::unsupported("tiny", "store this type").with_hint("use TEXT")),
///         }
///     }
/// }
///
/// let note = Column::new(Name::folded("note")?, DataType::Text);
/// let create = Operation::CreateTable(Table::new(Name::folded("remark")?, vec![note]));
/// let rendering = Tiny.render(&[create], &RenderContext::new(Version::new(1, 0, 0)))?;
/// assert_eq!(rendering.statements[0].sql, "CREATE TABLE \"remark\" (\n    \"note\" STRING\n)");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// A method that writes SQL fails with [`RenderError::Unsupported`] when the engine, or this version of it, cannot do
/// what the words say. It never writes something weaker in silence: what is left out is a
/// [`Note`](super::Note).
pub trait Dialect: Send + Sync + Debug {
    /// The word for it in sections and configuration: `sqlite`, `mariadb`.
    fn name(&self) -> &'static str;

    /// How its text falls into tokens.
    fn lexical_rules(&self) -> &'static LexicalRules;

    /// What a server of this version can do.
    fn capabilities(&self, server: &Version) -> Capabilities;

    /// The name of a type on a server of this version.
    fn type_name(&self, data_type: &DataType, server: &Version) -> Result<String, RenderError>;

    /// A name between quotes, whatever it contains: `"a""b"`.
    fn quote_identifier(&self, name: &str) -> String {
        format!("\"{}\"", name.replace('"', "\"\""))
    }

    /// A string as a literal that is right under every setting of a session.
    fn string_literal(&self, text: &str) -> String {
        render::string_literal(text)
    }

    /// Bytes as a literal.
    fn bytes_literal(&self, bytes: &[u8]) -> String {
        render::bytes_literal(bytes)
    }

    /// A value as a literal.
    fn literal(&self, value: &Value) -> String {
        render::literal(self, value)
    }

    /// The query for the number that the engine has given the row of this session's last INSERT; none where an INSERT gives it
    /// itself, with `RETURNING`.
    fn last_identity(&self) -> Option<&'static str> {
        None
    }

    /// The statement that opens a transaction which is going to write.
    fn begin(&self) -> &'static str {
        "BEGIN"
    }

    /// The statement that limits how long the session's later statements wait for locks of others, without a limit when
    /// there is none to give; none where the engine knows no such limit.
    fn lock_timeout(&self, _limit: Option<Duration>) -> Option<String> {
        None
    }

    /// The statement that limits how long the session's later statements run, without a limit when there is none to give;
    /// none where the engine knows no such limit.
    fn statement_timeout(&self, _limit: Option<Duration>) -> Option<String> {
        None
    }

    /// Whether a statement waits for the transactions of others and blocks nobody meanwhile, so that it needs time and no
    /// limit for its locks.
    fn waits_for_others(&self, _sql: &str) -> bool {
        false
    }

    /// Whether a statement that stands alone and fails may leave a part of what it makes, in the way of the next attempt.
    /// Before such a statement the catalogue is asked for what is left: `Trace::Partial`.
    fn leaves_parts(&self, _sql: &str) -> bool {
        false
    }

    /// An SQL scalar: the clock, not the start of the transaction, as ISO 8601 text in UTC
    /// (`2026-11-21T07:00:00.123456Z`). Standard SQL has no such function, so what it says here is the session's
    /// CURRENT_TIMESTAMP as the engine writes it: override it.
    fn utc_now(&self) -> &'static str {
        "CAST(CURRENT_TIMESTAMP AS VARCHAR(64))"
    }

    /// The oldest server that Limbeck works with: the one that is assumed where none can be asked.
    fn floor(&self) -> Version {
        Version::new(0, 0, 0)
    }

    /// Lines for the engine's own client at the head of a file of SQL: they make it stop at the first error. They are
    /// no SQL.
    fn client_prologue(&self) -> &'static [&'static str] {
        &[]
    }

    /// Statements that give a session of the engine's own client the settings that a driver gives its sessions.
    fn session_settings(&self) -> &'static [&'static str] {
        &[]
    }

    /// A statement with its end, for the engine's own client.
    fn client_statement(&self, sql: &str) -> String {
        format!("{sql};")
    }

    /// Calls in a schema that was read from a catalogue what this operation is about as the operation calls it, where the
    /// engine does not keep that: a primary key that has no name there, a unique index that is a constraint to it.
    fn recognize(&self, _schema: &mut Schema, _operation: &Operation) {}

    /// What must be known of the schema to write this operation.
    fn needs(&self, _operation: &Operation) -> Needs {
        Needs::Nothing
    }

    /// What may belong around the transaction of operations which are written only later, because too little is known of
    /// the schema: [`Rendering::before`] and [`Rendering::checks`], rather too much of it than too little.
    fn around(&self, _operations: &[Operation]) -> Rendering {
        Rendering::default()
    }

    /// What belongs around the transaction in place of a native statement that would do nothing inside it, without a word;
    /// none for every other statement.
    fn around_native(&self, _sql: &str) -> Option<Rendering> {
        None
    }

    /// What is asked before a statement over rows in a step for which [`Rendering::before`] was sent, when that gives the
    /// statement another meaning.
    fn guard_of_rows(&self, _operation: &Operation) -> Option<Guard> {
        None
    }

    /// The statements of all operations, in order.
    fn render(
        &self,
        operations: &[Operation],
        context: &RenderContext<'_>,
    ) -> Result<Rendering, RenderError> {
        render::render(self, operations, context)
    }

    /// The statements of one operation.
    fn operation(&self, operation: &Operation, context: &RenderContext<'_>) -> Result<Rendered, RenderError> {
        render::operation(self, operation, context)
    }

    /// An expression or query, without parentheses around it.
    fn expression(
        &self,
        expression: &Expression,
        context: &RenderContext<'_>,
    ) -> Result<String, RenderError> {
        match expression {
            Expression::Portable(run) => self.token_run(run, context),
            Expression::Native(text) => Ok(text.clone()),
        }
    }

    /// Portable tokens, written one by one.
    fn token_run(&self, run: &TokenRun, context: &RenderContext<'_>) -> Result<String, RenderError> {
        render::token_run(self, run, context)
    }

    /// The engine's word for a portable keyword; none when it has no equal.
    fn keyword<'a>(&self, portable: &'a str) -> Option<&'a str> {
        Some(portable)
    }

    /// The engine's name of a portable function with the same arguments; none when it has no equal.
    fn function_name<'a>(&self, portable: &'a str) -> Option<&'a str> {
        Some(portable)
    }

    /// The name of a type in a CAST.
    fn cast_type(&self, data_type: &DataType, server: &Version) -> Result<String, RenderError> {
        self.type_name(data_type, server)
    }

    /// The definition of a column, in CREATE TABLE or ADD COLUMN.
    fn column_definition(
        &self,
        column: &Column,
        place: ColumnPlace<'_>,
        context: &RenderContext<'_>,
    ) -> Result<String, RenderError> {
        render::column_definition(self, column, place, context)
    }

    /// The DEFAULT of a column.
    fn default_clause(
        &self,
        _column: &Column,
        default: &Expression,
        context: &RenderContext<'_>,
    ) -> Result<String, RenderError> {
        render::default_clause(self, default, context)
    }

    /// What makes a column number its rows.
    fn identity_clause(&self, _column: &Column, _place: ColumnPlace<'_>) -> Result<String, RenderError> {
        Ok("GENERATED BY DEFAULT AS IDENTITY".to_owned())
    }

    /// What makes a column compute its value.
    fn generated_clause(
        &self,
        generated: &Generated,
        context: &RenderContext<'_>,
    ) -> Result<String, RenderError> {
        render::generated_clause(self, generated, context)
    }

    /// The checks that a column's type needs because the engine has no such type; written in the column's definition.
    /// [`render::implied_check_name`] names them.
    fn implied_checks(
        &self,
        _table: &Name,
        _column: &Column,
        _context: &RenderContext<'_>,
    ) -> Result<Vec<Check>, RenderError> {
        Ok(Vec::new())
    }

    /// Whether the primary key of this table stands in the definition of its column ([`identity_clause`]), and not
    /// among the table's constraints.
    ///
    /// [`identity_clause`]: Dialect::identity_clause
    fn writes_primary_key_with_column(&self, _table: &Table) -> bool {
        false
    }

    /// A primary key as a clause of a table.
    fn primary_key(&self, key: &PrimaryKey) -> Result<String, RenderError> {
        render::primary_key(self, key)
    }

    /// A unique constraint as a clause of a table.
    fn unique(&self, unique: &Unique) -> Result<String, RenderError> {
        render::unique(self, unique)
    }

    /// A check as a clause of a table or column.
    fn check(&self, check: &Check, context: &RenderContext<'_>) -> Result<String, RenderError> {
        render::check(self, check, context)
    }

    /// A foreign key as a clause of a table.
    fn foreign_key(&self, key: &ForeignKey, context: &RenderContext<'_>) -> Result<String, RenderError> {
        render::foreign_key(self, key, context)
    }

    /// What stands behind the closing parenthesis of CREATE TABLE.
    fn table_suffix(&self, _table: &Table, _server: &Version) -> Option<String> {
        None
    }

    /// CREATE TABLE with its indexes and comments.
    fn create_table(&self, table: &Table, context: &RenderContext<'_>) -> Result<Rendered, RenderError> {
        render::create_table(self, table, context)
    }

    /// DROP TABLE, refused while other tables refer to it.
    fn drop_table(&self, table: &Name, _context: &RenderContext<'_>) -> Result<Rendered, RenderError> {
        Ok(render::dropped(self, "TABLE", table))
    }

    /// ALTER TABLE … RENAME TO
    fn rename_table(
        &self,
        from: &Name,
        to: &Name,
        _context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        let action = format!("RENAME TO {}", render::quoted(self, to));
        Ok(Rendered::statement(render::alter_table(self, from, &action)))
    }

    /// ALTER TABLE … ADD COLUMN, with the constraints written in it.
    fn add_column(
        &self,
        table: &Name,
        column: &Column,
        constraints: &[Constraint],
        context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        render::add_column(self, table, column, constraints, context)
    }

    /// ALTER TABLE … DROP COLUMN
    fn drop_column(
        &self,
        table: &Name,
        column: &Name,
        _context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        let action = format!("DROP COLUMN {}", render::quoted(self, column));
        Ok(Rendered::statement(render::alter_table(self, table, &action)))
    }

    /// ALTER TABLE … RENAME COLUMN
    fn rename_column(
        &self,
        table: &Name,
        from: &Name,
        to: &Name,
        _context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        Ok(render::renamed(self, table, "COLUMN", from, to))
    }

    /// ALTER TABLE … ALTER COLUMN
    fn alter_column(
        &self,
        table: &Name,
        column: &Name,
        change: &ColumnChange,
        context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        render::alter_column(self, table, column, change, context)
    }

    /// ALTER TABLE … ADD CONSTRAINT
    fn add_constraint(
        &self,
        table: &Name,
        constraint: &Constraint,
        context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        render::add_constraint(self, table, constraint, context)
    }

    /// ALTER TABLE … DROP CONSTRAINT
    fn drop_constraint(
        &self,
        table: &Name,
        constraint: &Name,
        _context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        let action = format!("DROP CONSTRAINT {}", render::quoted(self, constraint));
        Ok(Rendered::statement(render::alter_table(self, table, &action)))
    }

    /// ALTER TABLE … RENAME CONSTRAINT
    fn rename_constraint(
        &self,
        table: &Name,
        from: &Name,
        to: &Name,
        _context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        Ok(render::renamed(self, table, "CONSTRAINT", from, to))
    }

    /// CREATE INDEX
    fn create_index(
        &self,
        table: &Name,
        index: &Index,
        context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        render::create_index(self, table, index, context)
    }

    /// DROP INDEX
    fn drop_index(&self, index: &Name, _context: &RenderContext<'_>) -> Result<Rendered, RenderError> {
        Ok(render::dropped(self, "INDEX", index))
    }

    /// CREATE VIEW
    fn create_view(&self, view: &View, context: &RenderContext<'_>) -> Result<Rendered, RenderError> {
        render::create_view(self, view, context)
    }

    /// COMMENT ON TABLE; without a text the comment goes.
    fn comment_on_table(
        &self,
        table: &Name,
        comment: Option<&str>,
        _context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        Ok(render::comment_on_table(self, table, comment))
    }

    /// COMMENT ON COLUMN; without a text the comment goes.
    fn comment_on_column(
        &self,
        table: &Name,
        column: &Name,
        comment: Option<&str>,
        _context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        Ok(render::comment_on_column(self, table, column, comment))
    }

    /// INSERT, UPDATE, DELETE or SELECT.
    fn data(&self, statement: &DataStatement, context: &RenderContext<'_>) -> Result<Rendered, RenderError> {
        Ok(Rendered::statement(self.token_run(&statement.run, context)?))
    }

    /// An INSERT whose rows take the place of those that have the same key. Sent again, it changes nothing: a row whose
    /// values are the same is not written anew where the engine can tell.
    fn upsert(&self, upsert: &Upsert<'_>, context: &RenderContext<'_>) -> Result<Rendered, RenderError> {
        render::upsert(self, upsert, context)
    }

    /// What stands behind the rows of such an INSERT: `ON CONFLICT (key) DO UPDATE SET …`. A row that only another unique
    /// key finds must be an error: it is not the row that is meant.
    fn on_conflict(&self, upsert: &Upsert<'_>, _context: &RenderContext<'_>) -> Result<String, RenderError> {
        render::on_conflict(self, upsert)
    }

    /// The condition that two values of a column differ, of which each may be NULL.
    fn differs(&self, _column: &Column, old: &str, new: &str) -> String {
        format!("{old} IS DISTINCT FROM {new}")
    }

    /// How an object is changed that is in two catalogues of this engine and is not [made
    /// alike](crate::catalogue::Object::is_made_like) in both.
    fn alter_object(&self, _change: &Change<'_>, _server: &Version) -> Alteration {
        Alteration::Anew
    }
}
