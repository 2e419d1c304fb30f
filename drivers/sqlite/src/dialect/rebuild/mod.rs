//! A table that ALTER TABLE cannot change is made anew, with its rows: the procedure of
//! <https://sqlite.org/lang_altertable.html#otheralter>, once for all alterations that follow each other.
//!
//! The new table is the text of the old one, edited, so nothing is lost for which the model has no word. Foreign keys are
//! off (`DROP TABLE` would empty what refers to the table by ON DELETE CASCADE), which only the time before the
//! transaction allows; they are checked before it commits. Triggers of other tables and views that name the table stay as
//! they are: while it is away, `legacy_alter_table` keeps SQLite from reading them.

mod canonical;
mod copy;
mod edit;
mod fit;
mod guards;
mod remaking;
mod rename;
mod sequence;
mod statistics;
mod text;

use std::collections::BTreeMap;

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Guard;
use limbeck_core::dialect::Note;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Rendering;
use limbeck_core::dialect::Statement;
use limbeck_core::dialect::render;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Name;
use limbeck_core::schema::NativeDdl;
use limbeck_core::schema::Schema;
use limbeck_core::schema::Table;

use self::copy::Copy;
use super::drop_column;
use super::lookup;
use super::refusal::refused;
use super::traits::SQLITE;

pub(super) use self::edit::edit;
pub(super) use self::guards::met;
pub(super) use self::guards::names_are_free;
pub(super) use self::guards::not_null;
pub(super) use self::guards::nothing_cascades;
pub(super) use self::remaking::Remaking;
pub(super) use self::rename::length;
pub(crate) use self::statistics::brought_back;
pub(super) use self::text::DdlText;

/// Before the name of a table, the name under which it is made anew: no table keeps it.
pub(crate) const NEW: &str = "limbeck_new_";

/// What switches foreign keys off, which nothing does inside a transaction.
pub(super) const FOREIGN_KEYS_OFF: &str = "PRAGMA foreign_keys = OFF";

/// Writes alterations of one table, which is in the schema, as one rebuild; `first` is the place of the first among all
/// operations. The schema is then as they leave it.
pub(super) fn render(
    operations: &[Operation],
    first: usize,
    schema: &mut Schema,
    context: &RenderContext<'_>,
) -> Result<Rendering, RenderError> {
    let Some(table) = operations.first().and_then(Operation::altered_table) else {
        return Ok(Rendering::default());
    };
    let table = lookup::table(table, Some(schema))
        .map_err(|error| error.at(first))?
        .clone();
    let mut rebuild = Rebuild::new(&table, context).map_err(|error| error.at(first))?;
    for (at, operation) in operations.iter().enumerate() {
        rebuild
            .add(operation, schema, context)
            .map_err(|error| error.at(first + at))?;
        rebuild.note(operation, first + at, context)?;
    }
    rebuild.keep_text(schema)?;
    rebuild.write(first..first + operations.len())
}

/// What belongs around the transaction of a rebuild.
pub(super) fn around() -> Rendering {
    let mut rendering = Rendering::default();
    rendering.before = vec![FOREIGN_KEYS_OFF.to_owned()];
    rendering.checks = vec![guards::foreign_keys_hold()];
    rendering
}

/// The name under which a table is made anew.
pub(super) fn new_name(table: &Name) -> Name {
    Name::exact(format!("{NEW}{table}")).unwrap_or_else(|_| table.clone())
}

/// A table in the making.
struct Rebuild {
    old: Name,
    /// The text of the new table, still under the name of the old one.
    text: DdlText,
    /// Statements that make its indexes and triggers again.
    dependents: Vec<String>,
    copy: Copy,
    /// What is asked of the old table before anything is done.
    guards: Vec<Guard>,
    /// What is asked of the new table before the old one goes, about a column each.
    fits: BTreeMap<Name, Guard>,
    /// The columns that are renamed when the table has its name again, from the present names to the new ones.
    renames: BTreeMap<Name, Name>,
    drops_columns: bool,
    /// Whether the old table numbers its rows with AUTOINCREMENT.
    was_numbered: bool,
    notes: Vec<Note>,
}

impl Rebuild {
    fn new(table: &Table, context: &RenderContext<'_>) -> Result<Self, RenderError> {
        let written = SQLITE.create_table(table, context);
        let (text, dependents) = match &table.native_ddl {
            Some(NativeDdl::Known { table, dependents }) => {
                let created = written
                    .ok()
                    .and_then(|written| written.statements.into_iter().next());
                let same = created.filter(|created| canonical::says_the_same(table, created));
                (same.unwrap_or_else(|| table.clone()), dependents.clone())
            }
            Some(_) => {
                return Err(RenderError::Unknown {
                    object: format!("the table {}", table.name),
                });
            }
            None => {
                let mut statements = written?.statements.into_iter();
                (statements.next().unwrap_or_default(), statements.collect())
            }
        };
        let text = DdlText::new(&table.name, text)?;
        let copy = Copy::of(&text)?;
        let blind = table
            .native_ddl
            .is_none()
            .then(|| guards::nothing_else_is_there(table));
        Ok(Self {
            old: table.name.clone(),
            was_numbered: text.is_numbered()?,
            text,
            dependents,
            copy,
            guards: blind.into_iter().collect(),
            fits: BTreeMap::new(),
            renames: BTreeMap::new(),
            drops_columns: false,
            notes: Vec::new(),
        })
    }

    /// Takes in an operation, and carries it out on the schema.
    fn add(
        &mut self,
        operation: &Operation,
        schema: &mut Schema,
        context: &RenderContext<'_>,
    ) -> Result<(), RenderError> {
        if let Operation::RenameColumn { from, to, .. } = operation {
            rename::note(&mut self.renames, from, to);
            render::advance(schema, operation);
            return Ok(());
        }
        let operation = &rename::with_present_names(operation, &self.renames).ok_or_else(|| {
            refused(format!(
                "follow a column of the table {} through a new name and an expression in SQLite's own words",
                self.old
            ))
            .with_hint("rename the column in a revision of its own")
        })?;
        let before = self.model(schema)?;
        find(operation, &before)?;
        let mut after = Schema::new();
        after.tables.insert(self.old.clone(), before.clone());
        render::advance(&mut after, operation);
        let after = after.tables.remove(&self.old).unwrap_or_else(|| before.clone());
        if let Operation::DropColumn { column, .. } = operation {
            drop_column::allow(&before, column, &self.dependents, Some(schema))?;
            self.fits.remove(column);
        }
        self.guards
            .extend(guards::of(operation, &before, &self.copy, context)?);
        edit(&mut self.text, operation, &after, context)?;
        self.copy.follow(operation, &before, &after, context)?;
        self.fits
            .extend(fit::guard(operation, &before, &new_name(&self.old)));
        render::advance(schema, &rename::with_new_names(operation, &self.renames));
        if let Operation::DropColumn { column, .. } = operation {
            self.drops_columns = true;
            self.renames.remove(column);
        }
        Ok(())
    }

    /// Tells what is left out: comments.
    fn note(
        &mut self,
        operation: &Operation,
        at: usize,
        context: &RenderContext<'_>,
    ) -> Result<(), RenderError> {
        let is_comment = matches!(
            operation,
            Operation::CommentOnTable { .. } | Operation::CommentOnColumn { .. }
        );
        if is_comment {
            let notes = SQLITE.operation(operation, context)?.notes.into_iter();
            self.notes
                .extend(notes.map(|(kind, message)| Note::new(at, kind, message)));
        }
        Ok(())
    }

    /// The table as the model has it now, its columns under the names that the text has.
    fn model(&self, schema: &Schema) -> Result<Table, RenderError> {
        let known = schema.table(&self.old).ok_or_else(|| RenderError::Unknown {
            object: format!("the table {}", self.old),
        })?;
        let mut model = Schema::new();
        model.tables.insert(self.old.clone(), known.clone());
        for (from, to) in &self.renames {
            let back = Operation::RenameColumn {
                table: self.old.clone(),
                from: to.clone(),
                to: from.clone(),
            };
            render::advance(&mut model, &back);
        }
        model
            .tables
            .remove(&self.old)
            .ok_or_else(|| refused(format!("follow the columns of the table {} back", self.old)))
    }

    /// After a rebuild the text is known again, unless SQLite edits it for a new name of a column.
    fn keep_text(&self, schema: &mut Schema) -> Result<(), RenderError> {
        let Some(table) = schema.tables.get_mut(&self.old) else {
            return Ok(());
        };
        if table.native_ddl.is_some() {
            table.native_ddl = Some(match self.renames.is_empty() {
                true => NativeDdl::Known {
                    table: self.text.named(&self.old)?,
                    dependents: self.dependents.clone(),
                },
                false => NativeDdl::Stale,
            });
        }
        Ok(())
    }

    fn write(self, range: std::ops::Range<usize>) -> Result<Rendering, RenderError> {
        let new = new_name(&self.old);
        let quoted = |name: &Name| render::quoted(&SQLITE, name);
        let mut create = Statement::new(self.text.named(&new)?, range.clone());
        create.guards = vec![
            guards::foreign_keys_are_off(&self.old),
            names_are_free(
                &self.old,
                &new,
                format!(
                    "the table {} can't be rebuilt: it is made anew under a name that is taken or hidden by",
                    self.old
                ),
            ),
        ];
        create.guards.extend(self.guards);
        let mut drop = Statement::new(format!("DROP TABLE {}", quoted(&self.old)), range.clone());
        drop.guards = self.fits.into_values().collect();

        let mut statements = vec![create];
        let plain = |sql: String| Statement::new(sql, range.clone());
        statements.push(plain(self.copy.statement(&self.old, &new, &self.text)?));
        statements.extend(
            sequence::carry(&self.old, self.was_numbered, &new, &self.text)?
                .into_iter()
                .map(plain),
        );
        let statistics = statistics::put_away(&self.old, &self.dependents);
        statements.extend(statistics.into_iter().map(plain));
        statements.push(drop);
        statements.push(plain("PRAGMA legacy_alter_table = ON".to_owned()));
        let rename = format!("RENAME TO {}", quoted(&self.old));
        statements.push(plain(render::alter_table(&SQLITE, &new, &rename)));
        statements.push(plain("PRAGMA legacy_alter_table = OFF".to_owned()));
        statements.extend(self.dependents.into_iter().map(plain));
        // A column that gets a new name has everything read too.
        if self.drops_columns && self.renames.is_empty() {
            statements.extend(guards::everything_can_be_read().into_iter().map(plain));
        }
        for (from, to) in rename::in_order(&self.renames) {
            let action = format!("RENAME COLUMN {} TO {}", quoted(&from), quoted(&to));
            statements.push(plain(render::alter_table(&SQLITE, &self.old, &action)));
        }
        let mut rendering = around();
        rendering.statements = statements;
        rendering.notes = self.notes;
        Ok(rendering)
    }
}

/// Makes sure that the table has what an operation names.
fn find(operation: &Operation, table: &Table) -> Result<(), RenderError> {
    match operation {
        Operation::DropColumn { column, .. } | Operation::AlterColumn { column, .. } => {
            lookup::column(table, column).map(drop)
        }
        Operation::DropConstraint { constraint: name, .. }
        | Operation::RenameConstraint { from: name, .. } => lookup::constraint(table, name).map(drop),
        _ => Ok(()),
    }
}
