//! Indexes.

use limbeck_core::operation::Standing;
use limbeck_core::schema::Index;
use limbeck_core::schema::IndexKey;
use limbeck_core::schema::Name;
use limbeck_core::schema::SortOrder;
use limbeck_core::schema::Table;
use limbeck_core::sql::TokenKind;

use super::catalogue::Entry;
use super::expression;
use crate::dialect::unquoted;
use crate::text::Misread;
use crate::text::Tokens;
use crate::text::significant;
use crate::text::spelling;

/// Reads `CREATE [UNIQUE] INDEX name ON table (keys) [WHERE filter]`.
pub(super) fn read(entry: &Entry, table: &Table) -> Result<Index, Misread> {
    let columns: Vec<Name> = table.columns.iter().map(|column| column.name.clone()).collect();
    let mut tokens = Tokens::new(&entry.sql);
    tokens.expect("CREATE")?;
    let is_unique = tokens.take(&["UNIQUE"]);
    tokens.expect("INDEX")?;
    tokens.name()?;
    tokens.expect("ON")?;
    tokens.name()?;
    tokens.expect_symbol("(")?;
    let mut keys = vec![key(&mut tokens, &columns)?];
    while tokens.take_symbol(",") {
        keys.push(key(&mut tokens, &columns)?);
    }
    tokens.expect_symbol(")")?;
    let mut index = Index::new(Name::exact(entry.name.as_str())?, keys);
    index.unique = is_unique;
    if tokens.take(&["WHERE"]) {
        index.filter = Some(expression::read(tokens.rest(), Standing::Row, &columns));
    }
    Ok(index)
}

fn key(tokens: &mut Tokens<'_>, columns: &[Name]) -> Result<(IndexKey, SortOrder), Misread> {
    let (text, order) = ordered(tokens.item()?);
    if let Some(column) = column(text, columns) {
        return Ok((IndexKey::Column(column), order));
    }
    let mut inner = Tokens::new(text);
    let bare = match inner.parenthesised() {
        Ok(bare) if inner.at_end() => bare,
        _ => text,
    };
    let expression = expression::read(bare, Standing::Row, columns);
    Ok((IndexKey::Expression(expression), order))
}

/// Cuts ASC or DESC off.
fn ordered(item: &str) -> (&str, SortOrder) {
    let (start, last) = expression::last_word(item);
    let before = item.get(..start).unwrap_or_default();
    if last.eq_ignore_ascii_case("ASC") {
        (before, SortOrder::Ascending)
    } else if last.eq_ignore_ascii_case("DESC") {
        (before, SortOrder::Descending)
    } else {
        (item, SortOrder::Ascending)
    }
}

/// The column that a key of one token names.
fn column(text: &str, columns: &[Name]) -> Option<Name> {
    let tokens: Vec<_> = significant(text).collect();
    let [(TokenKind::Word | TokenKind::QuotedName | TokenKind::String, token)] = tokens.as_slice() else {
        return None;
    };
    spelling::find(&unquoted(token), columns).cloned()
}
