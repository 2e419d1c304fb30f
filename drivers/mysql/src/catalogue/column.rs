//! Columns.

use std::collections::BTreeMap;

use limbeck_core::catalogue::ColumnText;
use limbeck_core::catalogue::ObjectId;
use limbeck_core::driver::Row;

use super::Server;
use super::default;
use super::default::expression;
use super::text;
use super::text::of;
use super::text::parenthesised;
use super::text::some;
use super::unqualified::Database;
use super::unqualified::Unqualified;

/// The attribute that a foreign key depends on: the type, whether it may be NULL, and whether it counts by itself.
pub(super) const TYPE: &str = "type";

/// The attribute that says whether the column is generated, and how it is kept: that cannot be changed.
pub(super) const GENERATED: &str = "generated";

/// A column as the catalogue tells of it.
pub(super) struct Column {
    pub(super) name: String,
    column_type: String,
    /// Character set and collation.
    collation: Option<(String, String)>,
    nullable: bool,
    generated: Option<Generated>,
    default: Option<Unqualified>,
    on_update: Option<String>,
    pub(super) auto_increment: bool,
    invisible: bool,
    without_versioning: bool,
    srid: Option<i64>,
    comment: Option<String>,
    /// The check that belongs to the column on MariaDB.
    check: Option<String>,
}

/// What a column is generated from.
enum Generated {
    /// An expression.
    As {
        expression: String,
        storage: &'static str,
    },
    /// The times at which the row is valid: `ROW START`.
    Period(String),
}

impl Column {
    pub(super) fn read(server: Server, database: &Database, checks: &[Row], row: &Row) -> Self {
        let name = of(row, 1).to_owned();
        let extra = of(row, 7);
        let column_type = of(row, 2).to_owned();
        let lower = extra.to_ascii_lowercase();
        let default = row
            .text(6)
            .and_then(|written| default::read(server, written, &column_type, extra))
            .map(|default| database.unqualified(&default));
        let own_check = checks
            .iter()
            .find(|check| of(check, 4) == "Column" && of(check, 1) == name);
        Self {
            collation: some(row, 3)
                .zip(some(row, 4))
                .map(|(set, collation)| (set.to_owned(), collation.to_owned())),
            nullable: of(row, 5) == "YES",
            generated: generated(server, of(row, 8), &lower),
            default,
            on_update: on_update(extra),
            auto_increment: lower.contains("auto_increment"),
            invisible: lower.contains("invisible"),
            without_versioning: lower.contains("without system versioning"),
            srid: row.integer(10),
            comment: some(row, 9).map(str::to_owned),
            check: own_check.map(|check| of(check, 3).to_owned()),
            name,
            column_type,
        }
    }

    /// The sequences that its default counts with.
    pub(super) fn sequences(&self) -> impl Iterator<Item = &ObjectId> {
        self.default.iter().flat_map(|default| &default.relations)
    }

    /// Which end of the time of its rows it is: `ROW START`.
    pub(super) fn period(&self) -> Option<&str> {
        match &self.generated {
            Some(Generated::Period(end)) => Some(end),
            _ => None,
        }
    }

    /// The column with all that can be said of it.
    pub(super) fn text(&self) -> ColumnText {
        let mut text = ColumnText::new(self.name.clone(), self.definition(None));
        let mut kept = self.type_text(None);
        kept.push_str(if self.nullable { "" } else { " NOT NULL" });
        kept.push_str(if self.auto_increment {
            " AUTO_INCREMENT"
        } else {
            ""
        });
        text.attributes = BTreeMap::from([(TYPE.to_owned(), kept)]);
        if let Some(generated) = &self.generated {
            text.attributes
                .insert(GENERATED.to_owned(), generated.storage().to_owned());
        }
        text
    }

    /// What stands behind the name in a table of this collation.
    pub(super) fn definition(&self, of_table: Option<&str>) -> String {
        let mut words = self.type_text(of_table);
        let mut add = |word: &str| {
            words.push(' ');
            words.push_str(word);
        };
        if let Some(generated) = &self.generated {
            add(&generated.to_string());
        }
        match (self.nullable, &self.generated) {
            // A TIMESTAMP is NOT NULL when nobody says anything, on servers that are set up so.
            (true, None) if self.column_type.starts_with("timestamp") => add("NULL"),
            (true, _) | (false, Some(Generated::Period(_))) => {}
            (false, _) => add("NOT NULL"),
        }
        if let Some(srid) = self.srid {
            add(&format!("SRID {srid}"));
        }
        if let (Some(default), None) = (&self.default, &self.generated) {
            add(&format!("DEFAULT {}", default.text));
        }
        if let Some(on_update) = &self.on_update {
            add(&format!("ON UPDATE {on_update}"));
        }
        if self.auto_increment {
            add("AUTO_INCREMENT");
        }
        if self.invisible {
            add("INVISIBLE");
        }
        if self.without_versioning {
            add("WITHOUT SYSTEM VERSIONING");
        }
        if let Some(comment) = &self.comment {
            add(&format!("COMMENT {}", text::string(comment)));
        }
        if let Some(check) = &self.check {
            add(&format!("CHECK {}", parenthesised(check)));
        }
        words
    }

    fn type_text(&self, of_table: Option<&str>) -> String {
        match &self.collation {
            Some((set, collation)) if of_table != Some(collation) => {
                format!("{} CHARACTER SET {set} COLLATE {collation}", self.column_type)
            }
            _ => self.column_type.clone(),
        }
    }
}

impl Generated {
    fn storage(&self) -> &str {
        match self {
            Self::As { storage, .. } => storage,
            Self::Period(end) => end,
        }
    }
}

impl std::fmt::Display for Generated {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::As { expression, storage } => {
                write!(f, "GENERATED ALWAYS AS {} {storage}", parenthesised(expression))
            }
            Self::Period(end) => write!(f, "GENERATED ALWAYS AS {end}"),
        }
    }
}

fn generated(server: Server, written: &str, extra: &str) -> Option<Generated> {
    match written {
        "" => None,
        "ROW START" | "ROW END" => Some(Generated::Period(written.to_owned())),
        _ => Some(Generated::As {
            expression: expression(server, written),
            storage: if extra.contains("virtual") {
                "VIRTUAL"
            } else {
                "STORED"
            },
        }),
    }
}

/// `on update CURRENT_TIMESTAMP(6)` among other words.
fn on_update(extra: &str) -> Option<String> {
    let lower = extra.to_ascii_lowercase();
    let start = lower.find("on update ")?.saturating_add("on update ".len());
    let rest = extra.get(start..)?;
    let end = rest.find([' ', ',']).unwrap_or(rest.len());
    rest.get(..end).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::on_update;

    #[test]
    fn the_clock_stands_among_other_words() {
        let found = on_update("DEFAULT_GENERATED on update CURRENT_TIMESTAMP(6) INVISIBLE");
        assert_eq!(found.as_deref(), Some("CURRENT_TIMESTAMP(6)"));
        let found = on_update("on update current_timestamp(), INVISIBLE");
        assert_eq!(found.as_deref(), Some("current_timestamp()"));
        assert_eq!(on_update("auto_increment"), None);
    }
}
