//! Alterations that change no row: the text of the table in the schema is edited, and the table stays where it is.
//!
//! It is the simpler procedure of <https://sqlite.org/lang_altertable.html#otheralter>, for what stands there: CHECK,
//! FOREIGN KEY and NOT NULL taken away, and DEFAULT; and for NOT NULL that is set where SQLite's own ALTER TABLE, which edits
//! the text too, would misread it. Before the schema is touched SQLite makes an empty table of the new text, which shows that
//! the text can be read and that it keeps rows and indexes as the old one does. To drop that table again also counts the
//! schema version on, for which `PRAGMA schema_version` would need a number that nobody knows before: so every session reads
//! the schema again.

mod guards;
mod stored;

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Guard;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Rendering;
use limbeck_core::dialect::Statement;
use limbeck_core::dialect::render;
use limbeck_core::operation::ColumnChange;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::Name;
use limbeck_core::schema::NativeDdl;
use limbeck_core::schema::Schema;
use limbeck_core::schema::Table;

use super::alter::says_not_deferrable;
use super::feature::Feature;
use super::lookup;
use super::rebuild;
use super::rebuild::DdlText;
use super::traits::SQLITE;

/// Alterations of one table, done in its text as far as they can be.
pub(super) struct TextEdit<'a> {
    pub(super) rendering: Rendering,
    /// The schema as the edit leaves it.
    pub(super) schema: Schema,
    /// The alterations that are left, with their places: none of them minds that it comes behind the edit.
    pub(super) left: Vec<(usize, &'a Operation)>,
}

impl<'a> TextEdit<'a> {
    /// Edits the text for those of the operations that the text alone is about; `first` is the place of the first of them.
    /// None when there is no such one, when another one stands before it that it depends on, and when nobody has read the
    /// text: what a history makes of it may be arranged in another way.
    pub(super) fn of(
        operations: &'a [Operation],
        first: usize,
        schema: &Schema,
        context: &RenderContext<'_>,
    ) -> Result<Option<Self>, RenderError> {
        let Some((table, dependents, mut text)) = readable(operations, schema) else {
            return Ok(None);
        };
        let mut schema = schema.clone();
        let mut left: Vec<(usize, &Operation)> = Vec::new();
        let mut required = Vec::new();
        for (at, operation) in (first..).zip(operations) {
            let before = lookup::table(&table, Some(&schema)).map_err(|error| error.at(at))?;
            match is_about_text(operation, before, &text, context) {
                Ok(true) => required.extend(required_by(operation)),
                Ok(false) => {
                    left.push((at, operation));
                    continue;
                }
                // It may stand behind what names it; else the rebuild tells what is wrong.
                Err(_) => return Ok(None),
            }
            if left.iter().any(|(_, earlier)| depends(operation, earlier)) {
                return Ok(None);
            }
            render::advance(&mut schema, operation);
            let after = lookup::table(&table, Some(&schema)).map_err(|error| error.at(at))?;
            rebuild::edit(&mut text, operation, after, context).map_err(|error| error.at(at))?;
        }
        if left.len() == operations.len() {
            return Ok(None);
        }
        keep(&mut schema, &table, &text, &dependents);
        let mut statements = statements(&table, &text, first..first + operations.len())?;
        if let Some(statement) = statements.first_mut() {
            statement.guards.extend(required);
        }
        let mut rendering = Rendering::default();
        rendering.statements = statements;
        Ok(Some(Self {
            rendering,
            schema,
            left,
        }))
    }
}

/// The table that the operations alter, what goes with it, and its text, when SQLite has told that and it can be edited.
fn readable(operations: &[Operation], schema: &Schema) -> Option<(Name, Vec<String>, DdlText)> {
    let table = schema.table(operations.first()?.altered_table()?)?;
    let Some(NativeDdl::Known {
        table: sql,
        dependents,
    }) = &table.native_ddl
    else {
        return None;
    };
    let text = DdlText::new(&table.name, sql.clone()).ok()?;
    Some((table.name.clone(), dependents.clone(), text))
}

/// Whether an operation changes what SQLite asks of rows and gives to new ones, and nothing of those that are there.
fn is_about_text(
    operation: &Operation,
    table: &Table,
    text: &DdlText,
    context: &RenderContext<'_>,
) -> Result<bool, RenderError> {
    Ok(match operation {
        Operation::AlterColumn {
            column,
            change: ColumnChange::SetDefault(_) | ColumnChange::DropDefault,
            ..
        } => {
            lookup::column(table, column)?;
            stored::in_every_row(text, column)?
        }
        Operation::AlterColumn {
            column,
            change: ColumnChange::DropNotNull,
            ..
        } => lookup::column(table, column).map(|_| true)?,
        // SQLite's own does the same, where it finds the place.
        Operation::AlterColumn {
            column,
            change: ColumnChange::SetNotNull,
            ..
        } if Feature::AlterNotNull.is_in(&context.server) => {
            lookup::column(table, column)?;
            says_not_deferrable(text.sql())
        }
        Operation::DropConstraint { constraint, .. } => matches!(
            lookup::constraint(table, constraint)?,
            Constraint::Check(_) | Constraint::ForeignKey(_)
        ),
        _ => false,
    })
}

/// What the rows must be like.
fn required_by(operation: &Operation) -> Option<Guard> {
    match operation {
        Operation::AlterColumn {
            table,
            column,
            change: ColumnChange::SetNotNull,
        } => Some(rebuild::not_null(table, column)),
        _ => None,
    }
}

/// Whether an edit of the text means something else, or is refused, when it comes before another operation.
fn depends(edit: &Operation, earlier: &Operation) -> bool {
    let (Operation::AlterColumn { column: name, .. } | Operation::DropConstraint { constraint: name, .. }) =
        edit
    else {
        return true;
    };
    match earlier {
        Operation::AddColumn {
            column, constraints, ..
        } => column.name == *name || constraints.iter().any(|constraint| constraint.name() == name),
        Operation::AlterColumn { column, .. } => column == name,
        Operation::AddConstraint { constraint, .. } => constraint.name() == name,
        Operation::RenameColumn { from, to, .. } | Operation::RenameConstraint { from, to, .. } => {
            from == name || to == name
        }
        Operation::CommentOnTable { .. } | Operation::CommentOnColumn { .. } => false,
        _ => true,
    }
}

/// The text is known again.
fn keep(schema: &mut Schema, table: &Name, text: &DdlText, dependents: &[String]) {
    if let Some(table) = schema.tables.get_mut(table) {
        table.native_ddl = Some(NativeDdl::Known {
            table: text.sql().to_owned(),
            dependents: dependents.to_vec(),
        });
    }
}

fn statements(
    table: &Name,
    text: &DdlText,
    range: std::ops::Range<usize>,
) -> Result<Vec<Statement>, RenderError> {
    let trial = rebuild::new_name(table);
    let plain = |sql: String| Statement::new(sql, range.clone());
    let mut create = plain(text.named(&trial)?);
    create.guards = vec![guards::names_are_free(table, &trial)];
    let mut open = plain("PRAGMA writable_schema = ON".to_owned());
    open.guards = vec![guards::keeps_rows_alike(table, &trial)];
    let update = plain(format!(
        "UPDATE sqlite_schema SET sql = {} WHERE type = 'table' AND name = {}",
        SQLITE.string_literal(text.sql()),
        SQLITE.string_literal(table.as_str())
    ));
    // RESET also has this session read the schema again.
    let close = plain("PRAGMA writable_schema = RESET".to_owned());
    let mut drop = plain(format!("DROP TABLE {}", render::quoted(&SQLITE, &trial)));
    drop.guards = vec![
        guards::says_the_same(table, &trial),
        guards::schema_is_whole(table),
    ];
    Ok(vec![create, open, update, close, drop])
}
