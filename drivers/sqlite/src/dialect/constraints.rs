//! Finding a constraint in the text of its table.

use limbeck_core::dialect::RenderError;
use limbeck_core::schema::Name;
use limbeck_core::sql::Span;

use super::refusal::refused;
use crate::introspect::implied_type;
use crate::text::ConstraintText;
use crate::text::TableText;
use crate::text::Tokens;
use crate::text::named;

/// Where a constraint stands.
pub(super) struct Found {
    /// All of it.
    pub(super) span: Span,
    /// What says when it is checked, where something of another constraint stands in between.
    pub(super) deferral: Option<Span>,
    /// The word CONSTRAINT and the name; none when it has none, and is called as the convention says.
    pub(super) name: Option<Span>,
    /// The column in which it stands.
    pub(super) column: Option<Name>,
}

/// Finds a constraint by its name, or by the name that it is given when it is read.
pub(super) fn find(sql: &str, table: &Name, name: &Name) -> Result<Found, RenderError> {
    let text = TableText::read(sql)
        .map_err(|misread| refused(format!("read the definition of the table {table}: {misread}")))?;
    let columns: Vec<Name> = text.columns.iter().map(|column| column.name.clone()).collect();
    let mut places = Vec::new();
    let mut constraints = Vec::new();
    for column in text.columns {
        for constraint in column.constraints {
            if implied_type(&constraint, &column.name).is_none() {
                places.push(place(&constraint, Some(&column.name), sql));
                constraints.push(constraint);
            }
        }
    }
    for constraint in text.constraints {
        places.push(place(&constraint, None, sql));
        constraints.push(constraint);
    }
    let names = named(table, &columns, constraints);
    let mut found = names.into_iter().zip(places).filter(|((own, _), _)| own == name);
    found
        .next()
        .map(|(_, place)| place)
        .ok_or_else(|| RenderError::Unknown {
            object: format!("the constraint {name} of the table {table}"),
        })
}

fn place(constraint: &ConstraintText<'_>, column: Option<&Name>, sql: &str) -> Found {
    let name = constraint.name.is_some().then(|| {
        let mut tokens = Tokens::new(constraint.span.slice(sql));
        tokens.next();
        tokens.next();
        Span::new(constraint.span.start, constraint.span.start + tokens.behind())
    });
    Found {
        span: constraint.span,
        deferral: constraint.deferral,
        name,
        column: column.cloned(),
    }
}
