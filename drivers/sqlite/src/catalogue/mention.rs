//! What a text speaks of.

use std::collections::BTreeMap;

use limbeck_core::catalogue::ObjectId;
use limbeck_core::sql::TokenKind;

use crate::dialect::unquoted;
use crate::text::significant;

/// Tables and views by their names, which have no case.
pub(super) struct Named(BTreeMap<String, ObjectId>);

impl Named {
    pub(super) fn new(objects: impl Iterator<Item = ObjectId>) -> Self {
        Self(objects.map(|id| (id.name.to_ascii_lowercase(), id)).collect())
    }

    /// The one of this name.
    pub(super) fn get(&self, name: &str) -> Option<&ObjectId> {
        self.0.get(&name.to_ascii_lowercase())
    }

    /// Those whose names stand in a text, which may be rather too many than too few: SQLite takes a string for a name too,
    /// and a column may have the name of a table.
    pub(super) fn mentioned(&self, text: &str) -> impl Iterator<Item = ObjectId> {
        let names = significant(text)
            .filter(|(kind, _)| matches!(kind, TokenKind::Word | TokenKind::QuotedName | TokenKind::String));
        names.filter_map(|(_, token)| self.get(&unquoted(token)).cloned())
    }
}
