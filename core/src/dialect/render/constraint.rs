//! Constraints as clauses of a table.

use super::super::Dialect;
use super::super::RenderContext;
use super::super::RenderError;
use super::quoted;
use super::quoted_list;
use crate::schema::Check;
use crate::schema::Constraint;
use crate::schema::Deferrable;
use crate::schema::ForeignKey;
use crate::schema::PrimaryKey;
use crate::schema::ReferentialAction;
use crate::schema::Unique;

/// Any constraint.
pub fn constraint<D: Dialect + ?Sized>(
    dialect: &D,
    constraint: &Constraint,
    context: &RenderContext<'_>,
) -> Result<String, RenderError> {
    match constraint {
        Constraint::PrimaryKey(key) => dialect.primary_key(key),
        Constraint::Unique(unique) => dialect.unique(unique),
        Constraint::ForeignKey(key) => dialect.foreign_key(key, context),
        Constraint::Check(check) => dialect.check(check, context),
    }
}

/// `CONSTRAINT … PRIMARY KEY (…)`
pub fn primary_key<D: Dialect + ?Sized>(dialect: &D, key: &PrimaryKey) -> Result<String, RenderError> {
    Ok(format!(
        "CONSTRAINT {} PRIMARY KEY ({})",
        quoted(dialect, &key.name),
        quoted_list(dialect, &key.columns)
    ))
}

/// `CONSTRAINT … UNIQUE (…)`
pub fn unique<D: Dialect + ?Sized>(dialect: &D, unique: &Unique) -> Result<String, RenderError> {
    let nulls = if unique.nulls_not_distinct {
        " NULLS NOT DISTINCT"
    } else {
        ""
    };
    Ok(format!(
        "CONSTRAINT {} UNIQUE{nulls} ({})",
        quoted(dialect, &unique.name),
        quoted_list(dialect, &unique.columns)
    ))
}

/// `CONSTRAINT … CHECK (…)`
pub fn check<D: Dialect + ?Sized>(
    dialect: &D,
    check: &Check,
    context: &RenderContext<'_>,
) -> Result<String, RenderError> {
    Ok(format!(
        "CONSTRAINT {} CHECK ({})",
        quoted(dialect, &check.name),
        dialect.expression(&check.expression, context)?
    ))
}

/// `CONSTRAINT … FOREIGN KEY (…) REFERENCES …`
pub fn foreign_key<D: Dialect + ?Sized>(
    dialect: &D,
    key: &ForeignKey,
    context: &RenderContext<'_>,
) -> Result<String, RenderError> {
    Ok(format!(
        "CONSTRAINT {} FOREIGN KEY ({}) {}",
        quoted(dialect, &key.name),
        quoted_list(dialect, &key.columns),
        references(dialect, key, context)?
    ))
}

/// `REFERENCES …` with its actions, as it also stands in the definition of a column.
pub fn references<D: Dialect + ?Sized>(
    dialect: &D,
    key: &ForeignKey,
    context: &RenderContext<'_>,
) -> Result<String, RenderError> {
    let mut text = format!("REFERENCES {}", quoted(dialect, &key.referenced_table));
    if !key.referenced_columns.is_empty() {
        text.push_str(" (");
        text.push_str(&quoted_list(dialect, &key.referenced_columns));
        text.push(')');
    }
    for (event, action) in [("DELETE", key.on_delete), ("UPDATE", key.on_update)] {
        if action != ReferentialAction::NoAction {
            text.push_str(" ON ");
            text.push_str(event);
            text.push(' ');
            text.push_str(action.sql());
        }
    }
    let deferrable = match key.deferrable {
        Deferrable::No => return Ok(text),
        Deferrable::InitiallyImmediate => " DEFERRABLE INITIALLY IMMEDIATE",
        Deferrable::InitiallyDeferred => " DEFERRABLE INITIALLY DEFERRED",
    };
    if !dialect.capabilities(&context.server).deferrable_constraints {
        return Err(
            RenderError::unsupported(dialect.name(), format!("defer the foreign key {}", key.name))
                .with_hint("leave DEFERRABLE out, or write the key in native sections"),
        );
    }
    text.push_str(deferrable);
    Ok(text)
}
