//! Keys and options that are part of a table.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use limbeck_core::catalogue::Object;

use crate::catalogue::options;
use crate::catalogue::options::OPTION;
use crate::catalogue::options::VERSIONING;
use crate::catalogue::partition::PARTITIONS;
use crate::catalogue::table::KEY;
use crate::catalogue::table::PERIOD;
use crate::catalogue::table::PRIMARY_KEY;
use crate::catalogue::text;
use crate::catalogue::text::quoted;

/// What is done beside the columns.
#[derive(Default)]
pub(super) struct Clauses {
    /// What comes before all others.
    pub(super) dropped: Vec<String>,
    /// What comes behind the columns.
    pub(super) added: Vec<String>,
    /// What comes last, without a comma before it.
    pub(super) partitions: Option<String>,
    /// Columns of keys that go.
    pub(super) disturbed: BTreeSet<String>,
    /// What is lost, in words.
    pub(super) losses: Vec<String>,
}

/// What leads from the attributes of one table to those of another.
pub(super) fn change(from: &Object, to: &Object) -> Clauses {
    let mut found = Clauses::default();
    let differs = |other: &BTreeMap<String, String>, name: &str, clause: &str| {
        other.get(name).map(String::as_str) != Some(clause)
    };
    for (name, clause) in &from.attributes {
        if differs(&to.attributes, name, clause) {
            found.leave(from, name, clause, to.attributes.contains_key(name));
        }
    }
    for (name, clause) in &to.attributes {
        if differs(&from.attributes, name, clause) {
            found.take(name, clause);
        }
    }
    found
}

impl Clauses {
    /// A clause that is no more, or another one.
    fn leave(&mut self, from: &Object, name: &str, clause: &str, is_replaced: bool) {
        let key = name.strip_prefix(KEY).map(quoted);
        let is_key = name == PRIMARY_KEY || key.is_some();
        if is_key {
            let columns = from.columns.iter().map(|column| column.name.clone());
            self.disturbed
                .extend(columns.filter(|column| text::mentions(clause, column)));
            self.dropped.push(match key {
                Some(key) => format!("DROP INDEX {key}"),
                None => "DROP PRIMARY KEY".to_owned(),
            });
        }
        if name == options::ENGINE {
            // No engine but InnoDB has foreign keys.
            self.disturbed
                .extend(from.columns.iter().map(|column| column.name.clone()));
        }
        if let Some(period) = clause.strip_prefix("PERIOD FOR ") {
            let name = period.split(" (").next().unwrap_or_default();
            self.dropped.push(format!("DROP PERIOD FOR {name}"));
        }
        if is_replaced {
            return;
        }
        match name {
            PARTITIONS => self.partitions = Some("REMOVE PARTITIONING".to_owned()),
            VERSIONING => {
                self.dropped.push("DROP SYSTEM VERSIONING".to_owned());
                self.losses.push("what its rows have been".to_owned());
            }
            options::COMMENT => self.added.push("COMMENT=''".to_owned()),
            _ => {
                let option = name.strip_prefix(OPTION).map(options::unset);
                self.added.extend(option);
            }
        }
    }

    /// A clause that is new.
    fn take(&mut self, name: &str, clause: &str) {
        match name {
            PARTITIONS => self.partitions = Some(clause.to_owned()),
            VERSIONING => self.added.push("ADD SYSTEM VERSIONING".to_owned()),
            PRIMARY_KEY => self.added.push(format!("ADD {clause}")),
            _ if name.starts_with(KEY) || name.starts_with(PERIOD) => {
                self.added.push(format!("ADD {clause}"))
            }
            _ => self.added.push(clause.to_owned()),
        }
    }
}
