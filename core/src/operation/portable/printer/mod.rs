//! Operations as portable SQL.

mod draft;
mod run;
mod table;
mod types;

use crate::operation::ColumnChange;
use crate::operation::Operation;
use crate::schema::Column;
use crate::schema::Constraint;
use crate::schema::Expression;
use crate::schema::Index;
use crate::schema::IndexKey;
use crate::schema::Name;
use crate::schema::Piece;
use crate::schema::SortOrder;
use crate::schema::View;

pub(in crate::operation) use self::draft::column_item;
pub(in crate::operation) use self::draft::constraint_item;
use self::run::identifier;
pub(crate) use self::run::identifier as portable_name;
use self::run::identifiers;
use self::run::run_sql;
use self::run::string_sql;
use self::table::column_sql;
use self::table::constraint_sql;
use self::table::create_table_sql;
use self::table::inline_constraint_body;
use self::table::with_name;
pub(in crate::operation) use self::types::type_sql;

/// Why an operation has no portable form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PrintError {
    /// An expression read from a catalogue.
    #[error("the expression `{sql}` is a dialect's own text and has no portable form")]
    NativeExpression {
        /// The text.
        sql: String,
    },
    /// A driver's own type whose parentheses or quotes do not close.
    #[error("the type `{sql}` of {driver} cannot stand between parentheses")]
    NativeType {
        /// Driver or dialect word.
        driver: String,
        /// The text.
        sql: String,
    },
}

/// Writes an operation as portable SQL, without a mark at the end, so that
/// [`parse_statement`](crate::operation::parse_statement) gives it back.
///
/// Names are quoted only where they must be, constraints always carry theirs. A new table with indexes or comments
/// becomes several statements with `;` and a line end between them.
///
/// # Errors
/// An expression or type that is a dialect's own text.
///
/// ```
/// use limbeck_core::operation::{Operation, portable_sql};
/// use limbeck_core::schema::Name;
///
/// let drop = Operation::DropTable { table: Name::exact("Order")? };
/// assert_eq!(portable_sql(&drop)?, "DROP TABLE \"Order\"");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn portable_sql(operation: &Operation) -> Result<String, PrintError> {
    Ok(match operation {
        Operation::CreateTable(table) => create_table_sql(table)?,
        Operation::DropTable { table } => format!("DROP TABLE {}", identifier(table)),
        Operation::RenameTable { from, to } => alter(from, &format!("RENAME TO {}", identifier(to))),
        Operation::AddColumn {
            table,
            column,
            constraints,
        } => alter(table, &add_column_sql(column, constraints)?),
        Operation::DropColumn { table, column } => {
            alter(table, &format!("DROP COLUMN {}", identifier(column)))
        }
        Operation::RenameColumn { table, from, to } => alter(
            table,
            &format!("RENAME COLUMN {} TO {}", identifier(from), identifier(to)),
        ),
        Operation::AlterColumn {
            table,
            column,
            change,
        } => alter(
            table,
            &format!("ALTER COLUMN {} {}", identifier(column), change_sql(change)?),
        ),
        Operation::AddConstraint { table, constraint } => {
            alter(table, &format!("ADD {}", constraint_sql(constraint)?))
        }
        Operation::DropConstraint { table, constraint } => {
            alter(table, &format!("DROP CONSTRAINT {}", identifier(constraint)))
        }
        Operation::RenameConstraint { table, from, to } => alter(
            table,
            &format!("RENAME CONSTRAINT {} TO {}", identifier(from), identifier(to)),
        ),
        Operation::CreateIndex { table, index } => create_index_sql(table, index)?,
        Operation::DropIndex { index } => format!("DROP INDEX {}", identifier(index)),
        Operation::CreateView(view) => create_view_sql(view)?,
        Operation::DropView { view } => format!("DROP VIEW {}", identifier(view)),
        Operation::CommentOnTable { table, comment } => table_comment_sql(table, comment.as_deref()),
        Operation::CommentOnColumn {
            table,
            column,
            comment,
        } => column_comment_sql(table, column, comment.as_deref()),
        Operation::Data(statement) => run_sql(&statement.run)?,
    })
}

fn alter(table: &Name, action: &str) -> String {
    format!("ALTER TABLE {} {action}", identifier(table))
}

/// The constraints of the column alone stand in it, any other becomes an action of its own.
fn add_column_sql(column: &Column, constraints: &[Constraint]) -> Result<String, PrintError> {
    let mut text = format!("ADD COLUMN {}", column_sql(column, is_key(constraints))?);
    let mut others = String::new();
    for constraint in constraints {
        match inline_constraint_body(constraint, &column.name)? {
            Some(body) => text.push_str(&format!(" {}", with_name(constraint, true, &body))),
            None => others.push_str(&format!(", ADD {}", constraint_sql(constraint)?)),
        }
    }
    Ok(text + &others)
}

fn is_key(constraints: &[Constraint]) -> bool {
    constraints
        .iter()
        .any(|constraint| matches!(constraint, Constraint::PrimaryKey(_)))
}

fn change_sql(change: &ColumnChange) -> Result<String, PrintError> {
    Ok(match change {
        ColumnChange::SetType(data_type) => format!("SET DATA TYPE {}", type_sql(data_type)?),
        ColumnChange::SetNotNull => "SET NOT NULL".to_owned(),
        ColumnChange::DropNotNull => "DROP NOT NULL".to_owned(),
        ColumnChange::SetDefault(default) => format!("SET DEFAULT {}", default_sql(default)?),
        ColumnChange::DropDefault => "DROP DEFAULT".to_owned(),
        ColumnChange::AddIdentity => "ADD GENERATED BY DEFAULT AS IDENTITY".to_owned(),
        ColumnChange::DropIdentity => "DROP IDENTITY".to_owned(),
    })
}

fn create_index_sql(table: &Name, index: &Index) -> Result<String, PrintError> {
    index_sql(table, index, true)
}

/// `CREATE INDEX`, with or without the name that the index has.
pub(in crate::operation) fn index_sql(
    table: &Name,
    index: &Index,
    named: bool,
) -> Result<String, PrintError> {
    let mut keys = Vec::new();
    for (key, order) in &index.keys {
        let key = match key {
            IndexKey::Column(column) => identifier(column),
            IndexKey::Expression(expression) => format!("({})", expression_sql(expression)?),
        };
        keys.push(match order {
            SortOrder::Ascending => key,
            SortOrder::Descending => format!("{key} DESC"),
        });
    }
    let filter = match &index.filter {
        Some(filter) => format!(" WHERE {}", expression_sql(filter)?),
        None => String::new(),
    };
    let name = match named {
        true => format!("{} ", identifier(&index.name)),
        false => String::new(),
    };
    Ok(format!(
        "CREATE {}INDEX {name}ON {} ({}){filter}",
        if index.unique { "UNIQUE " } else { "" },
        identifier(table),
        keys.join(", ")
    ))
}

fn create_view_sql(view: &View) -> Result<String, PrintError> {
    let columns = if view.columns.is_empty() {
        String::new()
    } else {
        format!(" ({})", identifiers(&view.columns))
    };
    let query = expression_sql(&view.query)?;
    Ok(format!(
        "CREATE VIEW {}{columns} AS {query}",
        identifier(&view.name)
    ))
}

fn table_comment_sql(table: &Name, comment: Option<&str>) -> String {
    format!(
        "COMMENT ON TABLE {} IS {}",
        identifier(table),
        comment_sql(comment)
    )
}

fn column_comment_sql(table: &Name, column: &Name, comment: Option<&str>) -> String {
    format!(
        "COMMENT ON COLUMN {}.{} IS {}",
        identifier(table),
        identifier(column),
        comment_sql(comment)
    )
}

fn comment_sql(comment: Option<&str>) -> String {
    comment.map_or_else(|| "NULL".to_owned(), string_sql)
}

fn expression_sql(expression: &Expression) -> Result<String, PrintError> {
    match expression {
        Expression::Portable(run) => run_sql(run),
        Expression::Native(sql) => Err(PrintError::NativeExpression { sql: sql.clone() }),
    }
}

/// A literal as it is, anything else in parentheses.
fn default_sql(default: &Expression) -> Result<String, PrintError> {
    let text = expression_sql(default)?;
    let pieces = match default {
        Expression::Portable(run) => run.0.as_slice(),
        Expression::Native(_) => &[],
    };
    match pieces {
        [_] => Ok(text),
        [Piece::Operator(_), Piece::Number(_)] => Ok(text),
        _ => Ok(format!("({text})")),
    }
}
