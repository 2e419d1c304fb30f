//! Constraints as clauses of a table.

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::render;
use limbeck_core::schema::Check;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::Deferrable;
use limbeck_core::schema::Expression;
use limbeck_core::schema::ForeignKey;
use limbeck_core::schema::Name;
use limbeck_core::schema::Piece;
use limbeck_core::schema::PrimaryKey;
use limbeck_core::schema::ReferentialAction;
use limbeck_core::schema::Table;
use limbeck_core::schema::Unique;

use super::computed;
use super::feature::Feature;
use super::flavour::Flavour;
use super::key;
use super::mention::mentions;
use super::name;
use super::traits::MySqlDialect;

/// `PRIMARY KEY (…)`: its name is always PRIMARY.
pub(super) fn primary_key(dialect: &MySqlDialect, key: &PrimaryKey) -> String {
    format!("PRIMARY KEY ({})", render::quoted_list(dialect, &key.columns))
}

/// `CONSTRAINT … UNIQUE (…)`
pub(super) fn unique(dialect: &MySqlDialect, unique: &Unique) -> Result<String, RenderError> {
    let flavour = dialect.flavour();
    name::allow(flavour, &unique.name)?;
    if unique.nulls_not_distinct {
        return Err(flavour
            .refused(format!(
                "hold two NULLs for the same in the UNIQUE constraint {}",
                unique.name
            ))
            .with_hint(
                "make the columns NOT NULL, or write a generated column of COALESCE and make it UNIQUE",
            ));
    }
    render::unique(dialect, unique)
}

/// `CONSTRAINT … CHECK (…)`. A check must be a comparison on MySQL, which a truth value alone is not.
pub(super) fn check(
    dialect: &MySqlDialect,
    check: &Check,
    context: &RenderContext<'_>,
) -> Result<String, RenderError> {
    let flavour = dialect.flavour();
    name::allow(flavour, &check.name)?;
    Feature::Check.require(
        flavour,
        &context.server,
        &format!("hold the check {}", check.name),
        "",
    )?;
    let text = dialect.expression(&check.expression, context)?;
    let comparison = if is_column(&check.expression) { " <> 0" } else { "" };
    let name = render::quoted(dialect, &check.name);
    Ok(format!("CONSTRAINT {name} CHECK ({text}{comparison})"))
}

fn is_column(expression: &Expression) -> bool {
    matches!(expression, Expression::Portable(run) if matches!(run.0.as_slice(), [Piece::Name(_)]))
}

/// `CONSTRAINT … FOREIGN KEY (…) REFERENCES …`; both engines want the referenced columns, which the schema has.
/// `owner` is the table of the key, which may refer to itself.
pub(super) fn foreign_key(
    dialect: &MySqlDialect,
    key: &ForeignKey,
    owner: Option<&Table>,
    context: &RenderContext<'_>,
) -> Result<String, RenderError> {
    let flavour = dialect.flavour();
    name::allow(flavour, &key.name)?;
    if [key.on_delete, key.on_update].contains(&ReferentialAction::SetDefault) {
        return Err(flavour
            .refused(format!("set the default by the foreign key {}", key.name))
            .with_hint("write SET NULL, CASCADE or RESTRICT"));
    }
    if key.deferrable != Deferrable::No {
        return Err(flavour
            .refused(format!("defer the foreign key {}", key.name))
            .with_hint("leave DEFERRABLE out, or write the key in native sections"));
    }
    let mut key = key.clone();
    if key.referenced_columns.is_empty() {
        key.referenced_columns = primary_key_of(&key.referenced_table, owner, context)?;
    }
    render::foreign_key(dialect, &key, context)
}

fn primary_key_of(
    table: &Name,
    owner: Option<&Table>,
    context: &RenderContext<'_>,
) -> Result<Vec<Name>, RenderError> {
    let known = owner
        .filter(|owner| owner.name == *table)
        .or_else(|| context.schema.and_then(|schema| schema.table(table)));
    known
        .and_then(|table| table.primary_key.as_ref())
        .map(|key| key.columns.clone())
        .ok_or_else(|| RenderError::Unknown {
            object: format!("the primary key of the table {table}"),
        })
}

/// Any constraint of the table as it will be, refused where the table does not allow it.
pub(super) fn clause(
    dialect: &MySqlDialect,
    table: &Table,
    constraint: &Constraint,
    context: &RenderContext<'_>,
) -> Result<String, RenderError> {
    let flavour = dialect.flavour();
    let allow_key =
        |columns: &[Name], what: String| key::allow(flavour, table, columns, &what, &context.server);
    match constraint {
        Constraint::PrimaryKey(primary) => {
            allow_key(&primary.columns, "the primary key".to_owned())?;
            Ok(primary_key(dialect, primary))
        }
        Constraint::Unique(added) => {
            allow_key(&added.columns, format!("the UNIQUE constraint {}", added.name))?;
            unique(dialect, added)
        }
        Constraint::ForeignKey(added) => {
            allow_key(&added.columns, format!("the foreign key {}", added.name))?;
            computed::allow_key(flavour, table, added)?;
            for present in &table.checks {
                refuse_check_beside(flavour, table, present, added)?;
            }
            foreign_key(dialect, added, Some(table), context)
        }
        Constraint::Check(added) => {
            let what = format!("the check {}", added.name);
            computed::allow_expression(flavour, table, &added.expression, &what)?;
            for present in &table.foreign_keys {
                refuse_check_beside(flavour, table, added, present)?;
            }
            check(dialect, added, context)
        }
        other => Err(flavour.refused(format!("add the constraint {}", other.name()))),
    }
}

/// What a foreign key writes, no check may look at: the engines don't run checks then.
fn refuse_check_beside(
    flavour: Flavour,
    table: &Table,
    check: &Check,
    key: &ForeignKey,
) -> Result<(), RenderError> {
    let read = key
        .columns
        .iter()
        .find(|column| mentions(&check.expression, column));
    let Some(column) = read.filter(|_| computed::writes(key)) else {
        return Ok(());
    };
    Err(flavour
        .refused(format!(
            "check the column {column} of the table {} with {} while the foreign key {} may write it",
            table.name, check.name, key.name
        ))
        .with_hint("leave the check or the action of the key out, or write them in native sections"))
}
