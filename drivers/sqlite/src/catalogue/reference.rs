//! Foreign keys, which stand in the texts of their tables.

use std::collections::BTreeSet;

use limbeck_core::schema::Name;

use crate::text::ConstraintKind;
use crate::text::TableText;

/// The tables that foreign keys lead to.
pub(super) struct References(BTreeSet<String>);

impl References {
    /// Those of these tables.
    pub(super) fn of<'a>(tables: impl Iterator<Item = &'a TableText<'a>>) -> Self {
        let names = tables.flat_map(referenced_by);
        Self(names.map(|name| name.as_str().to_ascii_lowercase()).collect())
    }

    /// Whether one leads to the table of this name.
    pub(super) fn lead_to(&self, table: &str) -> bool {
        self.0.contains(&table.to_ascii_lowercase())
    }
}

/// Whether a table of this text has a foreign key.
pub(crate) fn has_foreign_key(sql: &str) -> bool {
    !referenced(sql).is_empty()
}

/// Whether a table of this text has a foreign key that leads to the table of this name.
pub(crate) fn refers_to(sql: &str, table: &str) -> bool {
    // Few texts have the name in them, and none need be read that has not. A quote in it is doubled there.
    let table = table.to_ascii_lowercase();
    let may_refer = table.contains(['"', '`', '\'']) || sql.to_ascii_lowercase().contains(&table);
    may_refer
        && referenced(sql)
            .iter()
            .any(|name| name.as_str().eq_ignore_ascii_case(&table))
}

/// The tables that the foreign keys of a table lead to.
fn referenced(sql: &str) -> Vec<Name> {
    // Most tables have none, and need not be read.
    if !sql.to_ascii_lowercase().contains("references") {
        return Vec::new();
    }
    let Ok(text) = TableText::read(sql) else {
        return Vec::new();
    };
    referenced_by(&text).cloned().collect()
}

fn referenced_by<'a>(text: &'a TableText<'a>) -> impl Iterator<Item = &'a Name> {
    let own = text.columns.iter().flat_map(|column| &column.constraints);
    own.chain(&text.constraints)
        .filter_map(|constraint| match &constraint.kind {
            ConstraintKind::ForeignKey(key) => Some(&key.referenced_table),
            _ => None,
        })
}
