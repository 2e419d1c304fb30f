//! How to write SQL for it.

use limbeck_core::dialect::Capabilities;
use limbeck_core::dialect::ColumnPlace;
use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Rendered;
use limbeck_core::dialect::Version;
use limbeck_core::dialect::render;
use limbeck_core::operation::ColumnChange;
use limbeck_core::schema::Check;
use limbeck_core::schema::Column;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Name;
use limbeck_core::schema::Table;
use limbeck_core::sql::LexicalRules;

const NAME: &str = "lite";

#[derive(Debug)]
pub(crate) struct LiteDialect;

impl Dialect for LiteDialect {
    fn name(&self) -> &'static str {
        NAME
    }

    fn lexical_rules(&self) -> &'static LexicalRules {
        const RULES: LexicalRules = {
            let mut rules = LexicalRules::STANDARD;
            rules.backtick_names = true;
            rules.question_parameters = true;
            rules
        };
        &RULES
    }

    fn capabilities(&self, _server: &Version) -> Capabilities {
        let mut capabilities = Capabilities::STANDARD;
        capabilities.transactional_ddl = true;
        capabilities.partial_indexes = true;
        capabilities.expression_indexes = true;
        capabilities
    }

    fn type_name(&self, data_type: &DataType, _server: &Version) -> Result<String, RenderError> {
        let word = match data_type {
            DataType::SmallInt => "SMALLINT",
            DataType::Integer => "INTEGER",
            DataType::BigInt => "BIGINT",
            DataType::Numeric { precision, scale } if *precision <= 15 => {
                return Ok(format!("NUMERIC({precision}, {scale})"));
            }
            DataType::Real => "REAL",
            DataType::DoublePrecision => "DOUBLE PRECISION",
            DataType::Boolean => "BOOLEAN",
            DataType::Char { length } => return Ok(format!("CHAR({length})")),
            DataType::Varchar { length } => return Ok(format!("VARCHAR({length})")),
            DataType::Text | DataType::Uuid | DataType::Json | DataType::Enum { .. } => "TEXT",
            DataType::Blob => "BLOB",
            DataType::Date => "DATE",
            DataType::Time => "TIME",
            DataType::Timestamp | DataType::TimestampWithTimeZone => "TIMESTAMP",
            other => return Err(cannot(format!("store the type {other:?}"))),
        };
        Ok(word.to_owned())
    }

    fn begin(&self) -> &'static str {
        "BEGIN IMMEDIATE"
    }

    fn utc_now(&self) -> &'static str {
        "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
    }

    fn floor(&self) -> Version {
        Version::new(3, 35, 0)
    }

    /// Numbers are given only by this very definition, in which the primary key stands.
    fn identity_clause(&self, _column: &Column, _place: ColumnPlace<'_>) -> Result<String, RenderError> {
        Ok("PRIMARY KEY AUTOINCREMENT".to_owned())
    }

    fn writes_primary_key_with_column(&self, table: &Table) -> bool {
        table.columns.iter().any(|column| column.identity)
    }

    fn column_definition(
        &self,
        column: &Column,
        place: ColumnPlace<'_>,
        context: &RenderContext<'_>,
    ) -> Result<String, RenderError> {
        let mut column = column.clone();
        if column.identity {
            column.data_type = DataType::Integer;
        }
        render::column_definition(self, &column, place, context)
    }

    /// What is more than a literal stands in parentheses.
    fn default_clause(
        &self,
        _column: &Column,
        default: &Expression,
        context: &RenderContext<'_>,
    ) -> Result<String, RenderError> {
        if render::is_plain_literal(default) {
            return render::default_clause(self, default, context);
        }
        Ok(format!("DEFAULT ({})", self.expression(default, context)?))
    }

    /// A type that the engine does not have is a text with a check.
    fn implied_checks(
        &self,
        table: &Name,
        column: &Column,
        _context: &RenderContext<'_>,
    ) -> Result<Vec<Check>, RenderError> {
        let DataType::Enum { values } = &column.data_type else {
            return Ok(Vec::new());
        };
        let values: Vec<String> = values.iter().map(|value| self.string_literal(value)).collect();
        let column_name = self.quote_identifier(column.name.as_str());
        let check = Expression::Native(format!("{column_name} IN ({})", values.join(", ")));
        let name = render::implied_check_name(table, &column.name, "enum");
        Ok(vec![Check::new(name, check)])
    }

    /// A column is added with its constraints in its definition, or not at all.
    fn add_column(
        &self,
        table: &Name,
        column: &Column,
        constraints: &[Constraint],
        context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        let place = ColumnPlace::Added(table);
        let mut action = format!("ADD COLUMN {}", self.column_definition(column, place, context)?);
        for constraint in constraints {
            action += &match constraint {
                Constraint::ForeignKey(key) => format!(" {}", render::references(self, key, context)?),
                Constraint::Check(check) => format!(" {}", self.check(check, context)?),
                _ => return Err(cannot("add a column with a key")),
            };
        }
        Ok(Rendered::statement(render::alter_table(self, table, &action)))
    }

    fn alter_column(
        &self,
        _table: &Name,
        _column: &Name,
        _change: &ColumnChange,
        _context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        Err(cannot("change a column"))
    }

    fn add_constraint(
        &self,
        _table: &Name,
        _constraint: &Constraint,
        _context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        Err(cannot("add a constraint to a table"))
    }

    fn drop_constraint(
        &self,
        _table: &Name,
        _constraint: &Name,
        _context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        Err(cannot("drop a constraint"))
    }

    fn rename_constraint(
        &self,
        _table: &Name,
        _from: &Name,
        _to: &Name,
        _context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        Err(cannot("rename a constraint"))
    }

    fn comment_on_table(
        &self,
        _table: &Name,
        _comment: Option<&str>,
        _context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        Ok(Rendered::left_out("SQLite keeps no comments"))
    }

    fn comment_on_column(
        &self,
        table: &Name,
        _column: &Name,
        comment: Option<&str>,
        context: &RenderContext<'_>,
    ) -> Result<Rendered, RenderError> {
        self.comment_on_table(table, comment, context)
    }
}

fn cannot(what: impl Into<String>) -> RenderError {
    RenderError::unsupported(NAME, what).with_hint("make a new table, and move the rows there")
}
