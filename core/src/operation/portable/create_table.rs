//! CREATE TABLE.

use crate::operation::Operation;
use crate::schema::Column;
use crate::schema::Constraint;
use crate::schema::Name;
use crate::schema::ReferentialAction;
use crate::schema::Table;
use crate::sql::Span;

use super::PortableError;
use super::column::ColumnDraft;
use super::constraint::Draft;
use super::cursor::Parser;
use super::error::NATIVE;
use super::naming::numbered;

impl Parser<'_> {
    /// `name ( column or constraint, … )`, after CREATE TABLE.
    pub(super) fn create_table(&mut self) -> Result<Operation, PortableError> {
        let (name, _) = self.name("a table name")?;
        if self.is_word("AS") {
            return Err(
                PortableError::new(self.here(), "CREATE TABLE … AS is not portable")
                    .hint("create the table with its columns, then INSERT INTO … SELECT …"),
            );
        }
        let mut columns: Vec<ColumnDraft> = Vec::new();
        let mut constraints: Vec<Draft> = Vec::new();
        let open = self.here();
        self.parenthesised(|parser| {
            if parser.is_word("LIKE") {
                return Err(PortableError::native(
                    parser.here(),
                    "CREATE TABLE … (LIKE …) is not portable",
                ));
            }
            if parser.at_table_constraint() {
                constraints.push(parser.table_constraint(&name)?);
                return Ok(());
            }
            let mut column = parser.column_definition(&name)?;
            check_new(&columns, &column)?;
            constraints.append(&mut column.constraints);
            columns.push(column);
            Ok(())
        })?;
        if columns.is_empty() {
            return Err(PortableError::new(
                open.to(self.previous()),
                "a table needs at least one column",
            ));
        }
        self.table_options()?;
        finished(name, columns, constraints).map(Operation::CreateTable)
    }

    fn table_options(&self) -> Result<(), PortableError> {
        if self.at_end()
            || self
                .peek()
                .is_some_and(|token| token.kind == crate::sql::TokenKind::StatementEnd)
        {
            return Ok(());
        }
        let error = self.expected_end();
        if error.hint.is_some() {
            return Err(error);
        }
        Err(PortableError::new(error.span, "options of a table are not portable").hint(NATIVE))
    }
}

fn check_new(columns: &[ColumnDraft], new: &ColumnDraft) -> Result<(), PortableError> {
    let name = &new.column.name;
    if columns.iter().all(|other| other.column.name != *name) {
        return Ok(());
    }
    Err(PortableError::new(
        new.span,
        format!("the column `{name}` stands twice in the table"),
    ))
}

/// The table of parts that no text holds.
pub(in crate::operation) fn built_table(name: Name, parts: Vec<TablePart>) -> Result<Table, PortableError> {
    let mut columns = Vec::new();
    let mut constraints = Vec::new();
    for part in parts {
        match part {
            TablePart::Column(mut column) => {
                check_new(&columns, &column)?;
                constraints.append(&mut column.constraints);
                columns.push(column);
            }
            TablePart::Constraint(constraint) => constraints.push(constraint),
        }
    }
    if columns.is_empty() {
        return Err(PortableError::new(
            Span::new(0, 0),
            "a table needs at least one column",
        ));
    }
    finished(name, columns, constraints)
}

/// An item of CREATE TABLE.
pub(in crate::operation) enum TablePart {
    /// A column with the constraints written in it.
    Column(ColumnDraft),
    /// A constraint of the table.
    Constraint(Draft),
}

fn finished(
    name: Name,
    mut columns: Vec<ColumnDraft>,
    constraints: Vec<Draft>,
) -> Result<Table, PortableError> {
    check_constraints(&mut columns, &constraints)?;
    Ok(assemble(name, columns, named(constraints)?))
}

/// A column that is added to a table, with the constraints written in it.
pub(in crate::operation) fn finished_column(
    mut draft: ColumnDraft,
) -> Result<(Column, Vec<Constraint>), PortableError> {
    let constraints = std::mem::take(&mut draft.constraints);
    for constraint in &constraints {
        check_key_column(&mut draft, constraint)?;
    }
    let is_key = constraints
        .iter()
        .any(|draft| matches!(draft.constraint, Constraint::PrimaryKey(_)));
    if draft.column.identity && !is_key {
        return Err(stray_identity(&draft));
    }
    Ok((draft.column, named(constraints)?))
}

/// Gives each constraint without a name one that no other in the statement has.
fn named(drafts: Vec<Draft>) -> Result<Vec<Constraint>, PortableError> {
    let mut taken: Vec<Name> = Vec::new();
    for draft in drafts.iter().filter(|draft| draft.named) {
        let name = draft.constraint.name();
        if taken.contains(name) {
            return Err(PortableError::new(
                draft.span,
                format!("the constraint `{name}` stands twice"),
            ));
        }
        taken.push(name.clone());
    }
    let mut constraints = Vec::new();
    for mut draft in drafts {
        if !draft.named {
            let wanted = draft.constraint.name().clone();
            let mut name = wanted.clone();
            let mut number = 2;
            while taken.contains(&name) {
                name = numbered(&wanted, number);
                number += 1;
            }
            taken.push(name.clone());
            *name_of(&mut draft.constraint) = name;
        }
        constraints.push(draft.constraint);
    }
    Ok(constraints)
}

fn name_of(constraint: &mut Constraint) -> &mut Name {
    match constraint {
        Constraint::PrimaryKey(key) => &mut key.name,
        Constraint::Unique(unique) => &mut unique.name,
        Constraint::ForeignKey(key) => &mut key.name,
        Constraint::Check(check) => &mut check.name,
    }
}

fn check_constraints(columns: &mut [ColumnDraft], constraints: &[Draft]) -> Result<(), PortableError> {
    let mut primary_key: Option<Span> = None;
    let is_primary = |draft: &&Draft| matches!(draft.constraint, Constraint::PrimaryKey(_));
    // The primary key first: it decides which columns can be NULL.
    let others = constraints.iter().filter(|draft| !is_primary(draft));
    for draft in constraints.iter().filter(is_primary).chain(others) {
        let key_columns = match &draft.constraint {
            Constraint::PrimaryKey(key) => &key.columns,
            Constraint::Unique(unique) => &unique.columns,
            Constraint::ForeignKey(key) => &key.columns,
            Constraint::Check(_) => continue,
        };
        for name in key_columns {
            let column = columns.iter_mut().find(|draft| draft.column.name == *name);
            let Some(column) = column else {
                return Err(PortableError::new(
                    draft.span,
                    format!("the table has no column `{name}`"),
                ));
            };
            check_key_column(column, draft)?;
        }
        if let Constraint::PrimaryKey(_) = draft.constraint
            && primary_key.replace(draft.span).is_some()
        {
            return Err(PortableError::new(draft.span, "a table has one primary key")
                .hint("write PRIMARY KEY (a, b) for a key of several columns"));
        }
    }
    let key = constraints.iter().find_map(|draft| match &draft.constraint {
        Constraint::PrimaryKey(key) => Some(key.columns.as_slice()),
        _ => None,
    });
    let stray = columns
        .iter()
        .find(|draft| draft.column.identity && key != Some(std::slice::from_ref(&draft.column.name)));
    stray.map_or(Ok(()), |draft| Err(stray_identity(draft)))
}

fn stray_identity(draft: &ColumnDraft) -> PortableError {
    PortableError::new(
        draft.span,
        format!(
            "the identity column `{}` must be the whole primary key",
            draft.column.name
        ),
    )
    .hint("add PRIMARY KEY to it")
}

/// What a key asks of its column: a primary key makes it NOT NULL, SET NULL needs that it can be NULL.
fn check_key_column(column: &mut ColumnDraft, draft: &Draft) -> Result<(), PortableError> {
    match &draft.constraint {
        Constraint::PrimaryKey(_) => {
            if let Some(null) = column.null {
                return Err(PortableError::new(
                    null,
                    format!(
                        "`{}` is in the primary key and cannot be NULL",
                        column.column.name
                    ),
                )
                .hint("leave NULL out"));
            }
            column.column.nullable = false;
        }
        Constraint::ForeignKey(key)
            if !column.column.nullable
                && [key.on_delete, key.on_update].contains(&ReferentialAction::SetNull) =>
        {
            return Err(PortableError::new(
                draft.span,
                format!("SET NULL on `{}`, which cannot be NULL", column.column.name),
            )
            .hint("drop NOT NULL, or choose another action"));
        }
        _ => {}
    }
    Ok(())
}

fn assemble(name: Name, columns: Vec<ColumnDraft>, constraints: Vec<Constraint>) -> Table {
    let columns = columns.into_iter().map(|draft| draft.column).collect();
    let mut table = Table::new(name, columns);
    for constraint in constraints {
        match constraint {
            Constraint::PrimaryKey(key) => table.primary_key = Some(key),
            Constraint::Unique(unique) => table.uniques.push(unique),
            Constraint::ForeignKey(key) => table.foreign_keys.push(key),
            Constraint::Check(check) => table.checks.push(check),
        }
    }
    table
}
