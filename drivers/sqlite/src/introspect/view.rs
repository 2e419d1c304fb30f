//! Views.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use limbeck_core::driver::DriverError;
use limbeck_core::operation::Standing;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Name;
use limbeck_core::schema::Piece;
use limbeck_core::schema::Schema;
use limbeck_core::schema::TokenRun;
use limbeck_core::schema::View;

use super::catalogue::Entry;
use super::expression;
use crate::text::Misread;
use crate::text::Tokens;
use crate::text::bare;

/// The views over the tables of a schema.
pub(super) fn read_all(entries: &[Entry], schema: &Schema) -> Result<BTreeMap<Name, View>, DriverError> {
    let mut texts = Vec::new();
    for entry in entries {
        texts.push(read(entry).map_err(|misread| misread.of("view", &entry.name, &entry.sql))?);
    }
    let known = known_names(schema, &texts);
    let views = texts.into_iter().map(|text| {
        let query = match text.portable {
            Some(run) if expression::names(&run).all(|name| known.contains(name)) => {
                Expression::Portable(run)
            }
            _ => Expression::Native(text.query.to_owned()),
        };
        (text.name.clone(), View::new(text.name, text.columns, query))
    });
    Ok(views.collect())
}

struct ViewText<'a> {
    name: Name,
    columns: Vec<Name>,
    query: &'a str,
    portable: Option<TokenRun>,
}

/// Reads `CREATE VIEW name [(columns)] AS query`.
fn read(entry: &Entry) -> Result<ViewText<'_>, Misread> {
    let mut tokens = Tokens::new(&entry.sql);
    tokens.expect("CREATE")?;
    tokens.expect("VIEW")?;
    tokens.name()?;
    let mut columns = Vec::new();
    if tokens.take_symbol("(") {
        columns.push(tokens.name()?);
        while tokens.take_symbol(",") {
            columns.push(tokens.name()?);
        }
        tokens.expect_symbol(")")?;
    }
    tokens.expect("AS")?;
    let query = bare(tokens.rest());
    Ok(ViewText {
        name: Name::exact(entry.name.as_str())?,
        columns,
        query,
        portable: expression::portable(query, Standing::Query),
    })
}

/// Everything that a name in a query can name: SQLite takes a quoted name that is none of these for a string.
fn known_names(schema: &Schema, views: &[ViewText<'_>]) -> BTreeSet<Name> {
    let mut known: BTreeSet<Name> = schema.tables.keys().cloned().collect();
    for table in schema.tables.values() {
        known.extend(table.columns.iter().map(|column| column.name.clone()));
    }
    for view in views {
        known.insert(view.name.clone());
        known.extend(view.columns.iter().cloned());
        known.extend(view.portable.iter().flat_map(|run| aliases(run).cloned()));
    }
    known
}

/// The names that a query gives: they stand after AS, a name or a sub-query.
fn aliases(run: &TokenRun) -> impl Iterator<Item = &Name> {
    run.0.windows(2).filter_map(|pair| match pair {
        [Piece::Keyword(word), Piece::Name(name)] if word == "AS" => Some(name),
        [Piece::Name(_) | Piece::Close, Piece::Name(name)] => Some(name),
        _ => None,
    })
}
