//! Indexes.

use limbeck_core::schema::Expression;
use limbeck_core::schema::Index;
use limbeck_core::schema::IndexKey;
use limbeck_core::schema::SortOrder;

use super::catalogue::IndexEntry;
use super::catalogue::KeyEntry;
use super::expression;
use super::expression::Columns;

pub(super) fn read(entry: IndexEntry, keys: impl Iterator<Item = KeyEntry>, columns: &Columns) -> Index {
    let mut index = Index::new(entry.name, keys.map(|key| read_key(key, columns)).collect());
    index.unique = entry.unique;
    index.filter = entry.filter.map(|text| expression::read(&text, columns));
    index
}

fn read_key(entry: KeyEntry, columns: &Columns) -> (IndexKey, SortOrder) {
    let order = if entry.descending {
        SortOrder::Descending
    } else {
        SortOrder::Ascending
    };
    let text = entry.text.unwrap_or_default();
    let key = match (entry.column, entry.collation) {
        (Some(column), None) => IndexKey::Column(column),
        (Some(_), Some(collation)) => {
            IndexKey::Expression(Expression::Native(format!("{text} COLLATE {collation}")))
        }
        (None, _) => IndexKey::Expression(expression::read(bare(&text), columns)),
    };
    (key, order)
}

/// All but the call of a function stands between parentheses.
fn bare(text: &str) -> &str {
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    inner.unwrap_or(text)
}
