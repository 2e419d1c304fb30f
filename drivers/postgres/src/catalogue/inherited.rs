//! What a column that is inherited has of its own.

use limbeck_core::catalogue::ColumnText;

use super::attribute::column as attribute;
use super::column::ColumnEntry;

/// What a column does not have from the table that it is inherited from.
const ALONE: [&str; 4] = [
    attribute::COMMENT,
    attribute::STATISTICS,
    attribute::OPTIONS,
    attribute::UNPROVEN,
];

impl ColumnEntry {
    /// What of a column that is inherited is not as there. The names of NOT NULL come from above, and comments, targets of
    /// statistics and the like do not.
    pub(super) fn differing(&self, above: &Self) -> Option<ColumnText> {
        let mut own = self.attributes("");
        let mut above = above.attributes("");
        for attributes in [&mut own, &mut above] {
            if let Some(name) = attributes.get_mut(attribute::NOT_NULL) {
                name.clear();
            }
            for name in [attribute::IDENTITY, attribute::SEQUENCE] {
                attributes.remove(name);
            }
        }
        for name in ALONE {
            above.remove(name);
        }
        // A type that is not that of the table above cannot be.
        own.retain(|name, value| above.get(name) != Some(value));
        for name in above.keys() {
            let is_gone = !self.attributes("").contains_key(name);
            if is_gone && name == attribute::DEFAULT {
                own.insert(name.clone(), "NULL".to_owned());
            }
        }
        if own.is_empty() {
            return None;
        }
        let mut text = ColumnText::new(self.name.clone(), String::new());
        text.attributes = own;
        Some(text)
    }

    /// The statements that make a column differ from the one above.
    pub(super) fn overriding(&self, above: &Self, table: &str) -> Vec<String> {
        let attributes = self.differing(above).map(|text| text.attributes);
        let attributes = attributes.unwrap_or_default();
        let alter = format!("ALTER TABLE ONLY {table} ALTER COLUMN {}", self.sql);
        let mut statements = Vec::new();
        if let Some(default) = attributes.get(attribute::DEFAULT) {
            statements.push(format!("{alter} SET DEFAULT {default}"));
        }
        if attributes.contains_key(attribute::NOT_NULL) {
            statements.push(format!("{alter} SET NOT NULL"));
        }
        statements
    }
}
