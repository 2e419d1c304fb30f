//! New names for what is there.

use std::fmt;

use super::plan::Plan;
use crate::operation::NativeText;
use crate::operation::Object;
use crate::operation::Operation;
use crate::operation::constraints;
use crate::operation::users_of_column;
use crate::operation::users_of_table;
use crate::schema::Column;
use crate::schema::Constraint;
use crate::schema::DataType;
use crate::schema::Name;
use crate::schema::Schema;
use crate::schema::Table;

/// Something that has another name in the second schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Rename {
    /// A table.
    Table {
        /// Its name in the first schema.
        from: Name,
        /// Its name in the second.
        to: Name,
    },
    /// A column.
    Column {
        /// The name of its table in the second schema.
        table: Name,
        /// Its name in the first schema.
        from: Name,
        /// Its name in the second.
        to: Name,
    },
}

impl Rename {
    /// A table that has another name.
    pub fn table(from: Name, to: Name) -> Self {
        Self::Table { from, to }
    }

    /// A column that has another name, in the table of this name in the second schema.
    pub fn column(table: Name, from: Name, to: Name) -> Self {
        Self::Column { table, from, to }
    }
}

impl fmt::Display for Rename {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table { from, to } => write!(f, "table `{from}` to `{to}`"),
            Self::Column { table, from, to } => write!(f, "column `{table}.{from}` to `{to}`"),
        }
    }
}

/// Gives the new names, tables first, and then those of constraints that are otherwise the same. Told are those that do not
/// fit: what they speak of is dropped, or made beside what there is.
pub(super) fn apply(plan: &mut Plan<'_>, renames: &[Rename]) -> Vec<Rename> {
    let mut unfit = Vec::new();
    let (tables, others): (Vec<_>, Vec<_>) = renames
        .iter()
        .partition(|rename| matches!(rename, Rename::Table { .. }));
    for rename in tables.into_iter().chain(others) {
        let is_taken = match rename {
            Rename::Table { from, to } => table(plan, from, to),
            Rename::Column { table, from, to } => column(plan, table, from, to),
        };
        if !is_taken && speaks_of_something(plan, rename) {
            unfit.push(rename.clone());
        }
    }
    constraint_names(plan);
    unfit
}

/// Whether the old name is still there. One that is not was given its new name before.
fn speaks_of_something(plan: &Plan<'_>, rename: &Rename) -> bool {
    match rename {
        Rename::Table { from, .. } => plan.now.tables.contains_key(from),
        Rename::Column { table, from, .. } => {
            let owner = plan.now.tables.get(table);
            owner.is_some_and(|owner| owner.column(from).is_some())
        }
    }
}

fn table(plan: &mut Plan<'_>, from: &Name, to: &Name) -> bool {
    if !is_renamed(&plan.now.tables, &plan.to.tables, from, to) {
        return false;
    }
    // A view of this name goes in any case.
    plan.drop_view(to);
    let users = users_of_table(&plan.now, from, NativeText::Searched);
    drop_views(plan, users);
    let operation = Operation::RenameTable {
        from: from.clone(),
        to: to.clone(),
    };
    plan.attempt(&operation).is_ok()
}

fn column(plan: &mut Plan<'_>, table: &Name, from: &Name, to: &Name) -> bool {
    if !column_is_renamed(plan, table, from, to) {
        return false;
    }
    let owner = plan.now.tables.get(table);
    let users = owner.map(|owner| users_of_column(&plan.now, owner, from, NativeText::Searched));
    drop_views(plan, users.unwrap_or_default());
    let operation = Operation::RenameColumn {
        table: table.clone(),
        from: from.clone(),
        to: to.clone(),
    };
    plan.attempt(&operation).is_ok()
}

/// A view keeps the names that it had when it was made: some engines go on giving the old ones, and others lose the view.
fn drop_views(plan: &mut Plan<'_>, users: Vec<Object>) {
    for user in users {
        if let Object::View(view) = user {
            plan.drop_view(&view);
        }
    }
}

fn is_renamed<T>(
    now: &std::collections::BTreeMap<Name, T>,
    then: &std::collections::BTreeMap<Name, T>,
    from: &Name,
    to: &Name,
) -> bool {
    now.contains_key(from) && !then.contains_key(from) && !now.contains_key(to) && then.contains_key(to)
}

fn column_is_renamed(plan: &Plan<'_>, table: &Name, from: &Name, to: &Name) -> bool {
    let (Some(now), Some(then)) = (plan.now.tables.get(table), plan.to.tables.get(table)) else {
        return false;
    };
    let has = |table: &Table, column: &Name| table.column(column).is_some();
    has(now, from) && !has(then, from) && !has(now, to) && has(then, to)
}

fn constraint_names(plan: &mut Plan<'_>) {
    for (table, target) in plan.common_tables() {
        let wanted: Vec<Constraint> = constraints(target).collect();
        let present: Vec<Constraint> = constraints(&table).collect();
        let has = |list: &[Constraint], name: &Name| list.iter().any(|one| one.name() == name);
        let mut taken: Vec<&Name> = Vec::new();
        for constraint in present.iter().filter(|one| !has(&wanted, one.name())) {
            let same = wanted.iter().find(|one| {
                !has(&present, one.name())
                    && !taken.contains(&one.name())
                    && named(one, constraint.name()) == *constraint
            });
            if let Some(same) = same {
                taken.push(same.name());
                let operation = Operation::RenameConstraint {
                    table: table.name.clone(),
                    from: constraint.name().clone(),
                    to: same.name().clone(),
                };
                plan.take(|| Object::constraint(&table.name, same.name()), &operation);
            }
        }
    }
}

fn named(constraint: &Constraint, name: &Name) -> Constraint {
    let mut constraint = constraint.clone();
    match &mut constraint {
        Constraint::PrimaryKey(key) => key.name = name.clone(),
        Constraint::Unique(unique) => unique.name = name.clone(),
        Constraint::ForeignKey(key) => key.name = name.clone(),
        Constraint::Check(check) => check.name = name.clone(),
    }
    constraint
}

/// The pairs of which one is dropped and the other is made, and which are much alike.
pub(super) fn possible(now: &Schema, to: &Schema) -> Vec<Rename> {
    let mut renames = Vec::new();
    let mut taken: Vec<&Name> = Vec::new();
    for old in now
        .tables
        .values()
        .filter(|table| !to.tables.contains_key(&table.name))
    {
        let candidates = to
            .tables
            .values()
            .filter(|table| !now.tables.contains_key(&table.name) && !taken.contains(&&table.name));
        let best = candidates
            .map(|new| (alike(old, new), new))
            .filter(|(alike, _)| *alike > 0)
            .max_by(|one, other| one.0.cmp(&other.0).then_with(|| other.1.name.cmp(&one.1.name)));
        if let Some((_, new)) = best {
            taken.push(&new.name);
            renames.push(Rename::Table {
                from: old.name.clone(),
                to: new.name.clone(),
            });
        }
    }
    for old in now.tables.values() {
        if let Some(new) = to.tables.get(&old.name) {
            renames.extend(columns(old, new));
        }
    }
    renames
}

/// How many columns two tables share. One is enough to ask: a question costs less than rows.
fn alike(old: &Table, new: &Table) -> usize {
    let shared = |column: &&Column| {
        new.column(&column.name)
            .is_some_and(|other| kind(&other.data_type) == kind(&column.data_type))
    };
    old.columns.iter().filter(shared).count()
}

fn columns(old: &Table, new: &Table) -> Vec<Rename> {
    let mut renames = Vec::new();
    let mut taken: Vec<&Name> = Vec::new();
    for column in old
        .columns
        .iter()
        .filter(|column| new.column(&column.name).is_none())
    {
        let candidates = || {
            let added = new
                .columns
                .iter()
                .filter(|other| old.column(&other.name).is_none());
            added.filter(|other| !taken.contains(&&other.name) && may_be(column, other))
        };
        let same_type = candidates().find(|other| other.data_type == column.data_type);
        let candidate = same_type
            .or_else(|| candidates().next())
            .or_else(|| only(old, new));
        if let Some(other) = candidate {
            taken.push(&other.name);
            renames.push(Rename::Column {
                table: old.name.clone(),
                from: column.name.clone(),
                to: other.name.clone(),
            });
        }
    }
    renames
}

/// The one column that comes where one goes, whatever their types are.
fn only<'a>(old: &Table, new: &'a Table) -> Option<&'a Column> {
    let goes = old
        .columns
        .iter()
        .filter(|column| new.column(&column.name).is_none());
    let mut comes = new
        .columns
        .iter()
        .filter(|column| old.column(&column.name).is_none());
    let first = comes.next()?;
    (goes.count() == 1 && comes.next().is_none() && first.generated.is_none()).then_some(first)
}

fn may_be(column: &Column, other: &Column) -> bool {
    column.generated == other.generated && kind(&column.data_type) == kind(&other.data_type)
}

/// What a person thinks of as one type: a new name often comes with another length.
#[derive(PartialEq, Eq)]
enum Kind<'a> {
    Number,
    Text,
    Moment,
    Other(&'a DataType),
}

fn kind(data_type: &DataType) -> Kind<'_> {
    match data_type.base() {
        DataType::SmallInt
        | DataType::Integer
        | DataType::BigInt
        | DataType::Numeric { .. }
        | DataType::Real
        | DataType::DoublePrecision => Kind::Number,
        DataType::Char { .. } | DataType::Varchar { .. } | DataType::Text | DataType::Enum { .. } => {
            Kind::Text
        }
        DataType::Date | DataType::Timestamp | DataType::TimestampWithTimeZone => Kind::Moment,
        other => Kind::Other(other),
    }
}
