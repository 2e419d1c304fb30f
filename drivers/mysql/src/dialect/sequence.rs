//! A list of operations: consecutive alterations of one table are one statement.

use limbeck_core::dialect::ColumnPlace;
use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Note;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Rendered;
use limbeck_core::dialect::Rendering;
use limbeck_core::dialect::Statement;
use limbeck_core::dialect::render;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Column;
use limbeck_core::schema::Schema;
use limbeck_core::schema::Table;

use super::agree;
use super::alter;
use super::alteration::Alteration;
use super::alteration::Clause;
use super::alteration::Group;
use super::data;
use super::flavour::Flavour;
use super::index;
use super::known;
use super::name;
use super::rename;
use super::table;
use super::traits::MySqlDialect;
use super::work::Work;

/// What an operation becomes.
enum Written {
    /// A part of an ALTER TABLE.
    Part(Box<Alteration>),
    /// Statements of its own.
    Whole(Rendered),
}

/// The statements of all operations.
pub(super) fn render(
    dialect: &MySqlDialect,
    operations: &[Operation],
    context: &RenderContext<'_>,
) -> Result<Rendering, RenderError> {
    let mut rendering = Rendering::default();
    let mut schema = context.schema.cloned();
    let mut open: Option<Group> = None;
    for (at, operation) in operations.iter().enumerate() {
        if let Some(schema) = &mut schema {
            agree::with(schema, operation);
        }
        let now = with(context, schema.as_ref());
        let written = write(dialect, operation, &now, context).map_err(|error| error.at(at))?;
        let part = match written {
            Written::Part(part) => Some(*part),
            Written::Whole(rendered) => {
                close(dialect, open.take(), &mut rendering, &now)?;
                rendering.push(at, rendered);
                None
            }
        };
        if let Some(part) = part {
            let notes = part.notes.iter().cloned();
            let notes = notes.map(|(kind, message)| Note::new(at, kind, message));
            rendering.notes.extend(notes);
            match open.as_mut().filter(|group| group.takes(&part)) {
                Some(group) => group.add(part),
                None => {
                    close(dialect, open.take(), &mut rendering, &now)?;
                    open = Some(Group::new(at, part));
                }
            }
        }
        if let Some(schema) = &mut schema {
            render::advance(schema, operation);
        }
    }
    close(
        dialect,
        open.take(),
        &mut rendering,
        &with(context, schema.as_ref()),
    )?;
    Ok(rendering)
}

/// The statements of one operation.
pub(super) fn one(
    dialect: &MySqlDialect,
    operation: &Operation,
    context: &RenderContext<'_>,
) -> Result<Rendered, RenderError> {
    let rendering = render(dialect, std::slice::from_ref(operation), context).map_err(RenderError::inner)?;
    Ok(rendering.into_one())
}

fn with<'a>(context: &RenderContext<'_>, schema: Option<&'a Schema>) -> RenderContext<'a> {
    let bare = RenderContext::new(context.server);
    match schema {
        Some(schema) => bare.with_schema(schema),
        None => bare,
    }
}

/// Writes the statements of a group. `after` knows the schema as the group leaves it.
fn close(
    dialect: &MySqlDialect,
    group: Option<Group>,
    rendering: &mut Rendering,
    after: &RenderContext<'_>,
) -> Result<(), RenderError> {
    for joined in group.into_iter().flat_map(Group::joined) {
        let range = joined.operations;
        let sql = alter_table(dialect, &joined.whole, after).map_err(|error| error.at(range.start))?;
        let Some(sql) = sql else {
            continue;
        };
        let plain = |sql: String| Statement::new(sql, range.clone());
        let mut statement = plain(sql);
        statement.guards = joined.whole.guards;
        rendering
            .statements
            .extend(joined.whole.before.into_iter().map(plain));
        rendering.statements.push(statement);
        rendering
            .statements
            .extend(joined.whole.after.into_iter().map(plain));
    }
    Ok(())
}

/// The ALTER TABLE of alterations; none when there is nothing to alter.
fn alter_table(
    dialect: &MySqlDialect,
    whole: &Alteration,
    after: &RenderContext<'_>,
) -> Result<Option<String>, RenderError> {
    let mut clauses = Vec::new();
    for clause in &whole.clauses {
        clauses.push(match clause {
            Clause::Text(text) => text.clone(),
            Clause::Modify(column) => {
                let table = known::table(&whole.table, after)?;
                let column = known::column(table, column)?;
                let definition = table::column(dialect, column, ColumnPlace::NewTable(table), after)?;
                let check = own_check(dialect, table, column, after)?;
                format!("MODIFY COLUMN {definition}{check}")
            }
        });
    }
    let separator = match clauses.len() {
        0 => return Ok(None),
        1 => " ",
        _ => "\n    ",
    };
    Ok(Some(format!(
        "ALTER TABLE {}{separator}{}",
        render::quoted(dialect, &whole.table),
        clauses.join(",\n    ")
    )))
}

/// The check that MariaDB keeps as a part of a column's definition and calls by the column's name: other tools write such
/// ones, and a definition without it takes it away.
fn own_check(
    dialect: &MySqlDialect,
    table: &Table,
    column: &Column,
    context: &RenderContext<'_>,
) -> Result<String, RenderError> {
    let own = table.checks.iter().find(|check| check.name == column.name);
    match own.filter(|_| dialect.flavour() == Flavour::MariaDb) {
        Some(check) => Ok(format!(
            " CHECK ({})",
            dialect.expression(&check.expression, context)?
        )),
        None => Ok(String::new()),
    }
}

fn write(
    dialect: &MySqlDialect,
    operation: &Operation,
    now: &RenderContext<'_>,
    first: &RenderContext<'_>,
) -> Result<Written, RenderError> {
    let mut part = match operation {
        Operation::AddColumn {
            table,
            column,
            constraints,
        } => alter::add_column(dialect, table, column, constraints, now)?,
        Operation::DropColumn { table, column } => alter::drop_column(dialect, table, column, now)?,
        Operation::AlterColumn {
            table,
            column,
            change,
        } => alter::alter_column(dialect, table, column, change, now)?,
        Operation::AddConstraint { table, constraint } => {
            alter::add_constraint(dialect, table, constraint, now)?
        }
        Operation::DropConstraint { table, constraint } => {
            alter::drop_constraint(dialect, table, constraint, now, first)?
        }
        Operation::RenameConstraint { table, from, to } => {
            alter::rename_constraint(dialect, table, [from, to], now, first)?
        }
        Operation::RenameTable { from, to } => rename::table(dialect, from, to, now)?,
        Operation::RenameColumn { table, from, to } => rename::column(dialect, table, from, to, now)?,
        Operation::CommentOnTable { table, comment } => {
            alter::comment_on_table(dialect, table, comment.as_deref())?
        }
        Operation::CommentOnColumn {
            table,
            column,
            comment,
        } => alter::comment_on_column(dialect, table, column, comment.as_deref(), now)?,
        other => return Ok(Written::Whole(whole(dialect, other, now)?)),
    };
    let table = known::table(&part.table, now).ok();
    part.work = Work::of(dialect.flavour(), operation, table, &now.server);
    Ok(Written::Part(Box::new(part)))
}

fn whole(
    dialect: &MySqlDialect,
    operation: &Operation,
    now: &RenderContext<'_>,
) -> Result<Rendered, RenderError> {
    let flavour = dialect.flavour();
    match operation {
        Operation::CreateTable(created) => table::create(dialect, created, now),
        Operation::DropTable { table } => {
            let what = format!("drop the table {table}");
            alter::refuse_in_use(flavour, operation, &what, now)?;
            Ok(render::dropped(dialect, "TABLE", table))
        }
        Operation::CreateIndex { table, index } => index::create(dialect, table, index, now),
        Operation::DropIndex { index } => index::drop(dialect, index, now),
        Operation::CreateView(view) => {
            name::allow(flavour, &view.name)?;
            render::create_view(dialect, view, now)
        }
        Operation::DropView { view } => {
            let what = format!("drop the view {view}");
            alter::refuse_in_use(flavour, operation, &what, now)?;
            Ok(render::dropped(dialect, "VIEW", view))
        }
        Operation::Data(statement) => data::write(dialect, statement, now),
        other => Err(flavour.refused(format!("carry out {other:?}"))),
    }
}
