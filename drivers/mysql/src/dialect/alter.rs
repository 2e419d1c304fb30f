//! Columns, constraints and comments of a table that exists.

use limbeck_core::dialect::ColumnPlace;
use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::NoteKind;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::render;
use limbeck_core::operation::ApplyError;
use limbeck_core::operation::ColumnChange;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Column;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::Index;
use limbeck_core::schema::IndexKey;
use limbeck_core::schema::Name;
use limbeck_core::schema::Table;

use super::alteration::Alteration;
use super::alteration::Aspect;
use super::alteration::Claim;
use super::alteration::Clause;
use super::alteration::Company;
use super::computed;
use super::constraint;
use super::cover;
use super::feature::Feature;
use super::flavour::Flavour;
use super::guard;
use super::key;
use super::known;
use super::mention::mentions;
use super::name;
use super::table;
use super::traits::MySqlDialect;

/// ADD COLUMN with its constraints.
pub(super) fn add_column(
    dialect: &MySqlDialect,
    table: &Name,
    column: &Column,
    constraints: &[Constraint],
    context: &RenderContext<'_>,
) -> Result<Alteration, RenderError> {
    // Its constraints speak of the new column only, so the table need not be known.
    let mut changed = known::table(table, context)
        .cloned()
        .unwrap_or_else(|_| Table::new(table.clone(), Vec::new()));
    changed.columns.push(column.clone());
    let mut present = column.clone();
    for constraint in constraints {
        match constraint {
            Constraint::Check(check) => changed.checks.push(check.clone()),
            Constraint::PrimaryKey(key) if key.columns.contains(&column.name) => present.nullable = false,
            _ => {}
        }
    }
    computed::allow_column(dialect.flavour(), &changed, &present)?;
    let definition = dialect.column_definition(&present, ColumnPlace::Added(table), context)?;
    let mut alteration = Alteration::text(
        table,
        format!("ADD COLUMN {definition}"),
        vec![Claim::Added(column.name.clone())],
    )
    .guarded(guard::no_rows(dialect, table, column));
    for constraint in constraints {
        let added = added_constraint(dialect, &changed, constraint, context)?;
        alteration.clauses.extend(added.clauses);
        alteration.claims.extend(added.claims);
        alteration.company = added.company;
    }
    Ok(alteration)
}

/// DROP COLUMN, which takes the column out of indexes and keys without a word: a column in use stays.
pub(super) fn drop_column(
    dialect: &MySqlDialect,
    table: &Name,
    column: &Name,
    context: &RenderContext<'_>,
) -> Result<Alteration, RenderError> {
    known::column(known::table(table, context)?, column)?;
    let drop = Operation::DropColumn {
        table: table.clone(),
        column: column.clone(),
    };
    let what = format!("drop the column {column} of the table {table}");
    refuse_in_use(dialect.flavour(), &drop, &what, context)?;
    Ok(Alteration::text(
        table,
        format!("DROP COLUMN {}", render::quoted(dialect, column)),
        vec![Claim::Dropped(column.clone())],
    ))
}

/// Refuses to take away what something else in the known schema needs.
pub(super) fn refuse_in_use(
    flavour: Flavour,
    operation: &Operation,
    what: &str,
    context: &RenderContext<'_>,
) -> Result<(), RenderError> {
    let mut schema = match context.schema {
        Some(schema) => schema.clone(),
        None => return Ok(()),
    };
    match schema.apply(operation) {
        Err(error @ ApplyError::InUse { .. }) => Err(flavour
            .refused(format!("{what}: {error}"))
            .with_hint("drop what needs it in statements before this one")),
        _ => Ok(()),
    }
}

/// ALTER COLUMN: the whole definition, with one part of it changed.
pub(super) fn alter_column(
    dialect: &MySqlDialect,
    table: &Name,
    column: &Name,
    change: &ColumnChange,
    context: &RenderContext<'_>,
) -> Result<Alteration, RenderError> {
    let known = known::table(table, context)?;
    let present = known::column(known, column)?;
    let mut changed = present.clone();
    change.apply_to(&mut changed);
    dialect.column_definition(&changed, ColumnPlace::NewTable(known), context)?;
    let (aspect, guard) = match change {
        ColumnChange::SetType(data_type) => {
            allow_in_keys(dialect, known, &changed, context)?;
            let lost = guard::nothing_lost(dialect, table, present, data_type);
            (Aspect::Type, lost)
        }
        ColumnChange::SetNotNull => (Aspect::Nullability, guard::no_nulls(dialect, table, present)),
        ColumnChange::DropNotNull => (Aspect::Nullability, None),
        ColumnChange::SetDefault(_) | ColumnChange::DropDefault => (Aspect::Default, None),
        ColumnChange::AddIdentity | ColumnChange::DropIdentity => (Aspect::Identity, None),
        _ => {
            return Err(dialect
                .flavour()
                .refused(format!("change the column {column} of the table {table}")));
        }
    };
    let mut alteration = modify(table, column, aspect).guarded(guard);
    if aspect == Aspect::Identity
        && dialect.flavour() == Flavour::MySql
        && is_referenced(known, column, context)
    {
        alteration
            .before
            .push("SET SESSION foreign_key_checks = 0".to_owned());
        alteration
            .after
            .push("SET SESSION foreign_key_checks = 1".to_owned());
        alteration.company = Company::Nobody;
    }
    Ok(alteration)
}

/// Whether a foreign key leads to the column: then MySQL refuses to change who numbers the rows (1833), unless the session
/// does not look at foreign keys.
fn is_referenced(table: &Table, column: &Name, context: &RenderContext<'_>) -> bool {
    let primary = table.primary_key.iter().flat_map(|key| &key.columns);
    let is_primary = primary.into_iter().any(|name| name == column);
    let tables = context.schema.iter().flat_map(|schema| schema.tables.values());
    let mut keys = tables.flat_map(|table| &table.foreign_keys);
    keys.any(|key| {
        let named = match key.referenced_columns.as_slice() {
            [] => is_primary,
            columns => columns.contains(column),
        };
        key.referenced_table == table.name && named
    })
}

fn modify(table: &Name, column: &Name, aspect: Aspect) -> Alteration {
    Alteration::new(
        table,
        vec![Clause::Modify(column.clone())],
        vec![Claim::Changed(column.clone(), aspect)],
    )
}

/// That the keys of the column allow its new type.
fn allow_in_keys(
    dialect: &MySqlDialect,
    table: &Table,
    column: &Column,
    context: &RenderContext<'_>,
) -> Result<(), RenderError> {
    let mut table = table.clone();
    for present in &mut table.columns {
        if present.name == column.name {
            *present = column.clone();
        }
    }
    let primary = table
        .primary_key
        .iter()
        .map(|key| ("the primary key".to_owned(), key.columns.clone()));
    let uniques = table.uniques.iter().map(|unique| {
        (
            format!("the UNIQUE constraint {}", unique.name),
            unique.columns.clone(),
        )
    });
    let keys = table
        .foreign_keys
        .iter()
        .map(|key| (format!("the foreign key {}", key.name), key.columns.clone()));
    let indexes = table
        .indexes
        .iter()
        .map(|index| (format!("the index {}", index.name), indexed(index)));
    for (what, columns) in primary.chain(uniques).chain(keys).chain(indexes) {
        if columns.contains(&column.name) {
            key::allow(dialect.flavour(), &table, &columns, &what, &context.server)?;
        }
    }
    Ok(())
}

fn indexed(index: &Index) -> Vec<Name> {
    let columns = index.keys.iter().filter_map(|(key, _)| match key {
        IndexKey::Column(name) => Some(name.clone()),
        _ => None,
    });
    columns.collect()
}

/// ADD CONSTRAINT
pub(super) fn add_constraint(
    dialect: &MySqlDialect,
    table: &Name,
    constraint: &Constraint,
    context: &RenderContext<'_>,
) -> Result<Alteration, RenderError> {
    let unknown;
    let known = match (known::table(table, context), constraint) {
        (Ok(known), _) => known,
        // The server itself refuses what is wrong with these.
        (Err(_), Constraint::ForeignKey(_) | Constraint::Check(_)) => {
            unknown = Table::new(table.clone(), Vec::new());
            &unknown
        }
        (Err(error), _) => return Err(error),
    };
    added_constraint(dialect, known, constraint, context)
}

fn added_constraint(
    dialect: &MySqlDialect,
    table: &Table,
    constraint: &Constraint,
    context: &RenderContext<'_>,
) -> Result<Alteration, RenderError> {
    let clause = constraint::clause(dialect, table, constraint, context)?;
    let columns = match constraint {
        Constraint::PrimaryKey(key) => key.columns.as_slice(),
        Constraint::Unique(unique) => unique.columns.as_slice(),
        Constraint::ForeignKey(key) => key.columns.as_slice(),
        _ => &[],
    };
    let mut claims: Vec<Claim> = columns.iter().cloned().map(Claim::Read).collect();
    if let Constraint::Check(check) = constraint {
        let read = table
            .columns
            .iter()
            .map(|column| &column.name)
            .filter(|column| mentions(&check.expression, column));
        claims.extend(read.cloned().map(Claim::Read));
    }
    claims.push(match constraint {
        Constraint::PrimaryKey(_) => Claim::KeyAdded,
        other => Claim::Constraint(other.name().clone()),
    });
    let refers_to_itself =
        matches!(constraint, Constraint::ForeignKey(key) if key.referenced_table == table.name);
    let company = if refers_to_itself {
        // The key that it refers to must be there before.
        Company::Nobody
    } else {
        Company::Changes
    };
    Ok(Alteration::text(&table.name, format!("ADD {clause}"), claims).keeping(company))
}

/// DROP CONSTRAINT, in the words for its kind. `first` knows the schema before all statements at hand.
pub(super) fn drop_constraint(
    dialect: &MySqlDialect,
    table: &Name,
    name: &Name,
    context: &RenderContext<'_>,
    first: &RenderContext<'_>,
) -> Result<Alteration, RenderError> {
    let known = known::table(table, context)?;
    let constraint = known::constraint(known, name)?;
    let claim = match constraint {
        Constraint::PrimaryKey(_) => Claim::KeyDropped,
        _ => Claim::Constraint(name.clone()),
    };
    let around = cover::around(dialect, known, name, context)?;
    let mut clauses: Vec<_> = around.before.into_iter().map(Clause::Text).collect();
    clauses.extend(gone(dialect, known, &constraint, first));
    let mut alteration = Alteration::new(table, clauses, vec![claim]);
    if let Some(after) = around.after {
        alteration.after.push(after);
        alteration.company = Company::Nobody;
    }
    Ok(alteration)
}

/// A constraint goes, with the index that was made for it.
fn gone(
    dialect: &MySqlDialect,
    table: &Table,
    constraint: &Constraint,
    first: &RenderContext<'_>,
) -> Vec<Clause> {
    let index = match constraint {
        Constraint::ForeignKey(key) => cover::own_index(dialect, table, key, first),
        _ => None,
    };
    let clauses = std::iter::once(dropped(dialect, constraint)).chain(index);
    clauses.map(Clause::Text).collect()
}

/// `DROP …` for a constraint.
pub(super) fn dropped(dialect: &MySqlDialect, constraint: &Constraint) -> String {
    let name = render::quoted(dialect, constraint.name());
    match (constraint, dialect.flavour()) {
        (Constraint::PrimaryKey(_), _) => "DROP PRIMARY KEY".to_owned(),
        (Constraint::Unique(_), _) => format!("DROP INDEX {name}"),
        (Constraint::ForeignKey(_), _) => format!("DROP FOREIGN KEY {name}"),
        (Constraint::Check(_), Flavour::MySql) => format!("DROP CHECK {name}"),
        _ => format!("DROP CONSTRAINT {name}"),
    }
}

/// RENAME CONSTRAINT: a check or foreign key is made again under the new name.
pub(super) fn rename_constraint(
    dialect: &MySqlDialect,
    table: &Name,
    [from, to]: [&Name; 2],
    context: &RenderContext<'_>,
    first: &RenderContext<'_>,
) -> Result<Alteration, RenderError> {
    let flavour = dialect.flavour();
    name::allow(flavour, to)?;
    let known = known::table(table, context)?;
    let mut renamed = known::constraint(known, from)?;
    let mut clauses = gone(dialect, known, &renamed, first);
    match &mut renamed {
        Constraint::PrimaryKey(_) => {
            let mut nothing = Alteration::new(table, Vec::new(), Vec::new()).keeping(Company::Nobody);
            nothing.notes.push((
                NoteKind::LeftOut,
                format!(
                    "{} calls every primary key PRIMARY: the name {to} of that of {table} is left out",
                    flavour.label()
                ),
            ));
            return Ok(nothing);
        }
        Constraint::Unique(_) => {
            let what = format!("rename the UNIQUE constraint {from}");
            Feature::Rename.require(flavour, &context.server, &what, "")?;
            let (from, to) = (render::quoted(dialect, from), render::quoted(dialect, to));
            clauses = vec![Clause::Text(format!("RENAME INDEX {from} TO {to}"))];
        }
        Constraint::ForeignKey(key) => {
            key.name = to.clone();
            let key = constraint::foreign_key(dialect, key, Some(known), context)?;
            clauses.push(Clause::Text(format!("ADD {key}")));
        }
        Constraint::Check(check) => {
            check.name = to.clone();
            let check = constraint::check(dialect, check, context)?;
            clauses.push(Clause::Text(format!("ADD {check}")));
        }
        _ => return Err(flavour.refused(format!("rename the constraint {from}"))),
    }
    Ok(Alteration::new(table, clauses, Vec::new()).keeping(Company::Nobody))
}

/// COMMENT ON TABLE; the empty text is none.
pub(super) fn comment_on_table(
    dialect: &MySqlDialect,
    table: &Name,
    comment: Option<&str>,
) -> Result<Alteration, RenderError> {
    let clause = table::table_comment(dialect.flavour(), table, comment.unwrap_or_default())?;
    Ok(Alteration::text(table, clause, vec![Claim::Comment]))
}

/// COMMENT ON COLUMN: the whole definition with another comment.
pub(super) fn comment_on_column(
    dialect: &MySqlDialect,
    table: &Name,
    column: &Name,
    comment: Option<&str>,
    context: &RenderContext<'_>,
) -> Result<Alteration, RenderError> {
    let known = known::table(table, context)?;
    let mut changed = known::column(known, column)?.clone();
    changed.comment = comment.map(str::to_owned);
    dialect.column_definition(&changed, ColumnPlace::NewTable(known), context)?;
    Ok(modify(table, column, Aspect::Comment))
}
