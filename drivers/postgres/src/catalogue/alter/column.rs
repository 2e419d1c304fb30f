//! Columns, detail by detail.

use std::collections::BTreeSet;

use limbeck_core::catalogue::ColumnText;

use super::cast;
use crate::catalogue::attribute::column as attribute;
use crate::catalogue::column::afterwards;
use crate::catalogue::entry::literal;
use crate::catalogue::entry::quoted;

/// What is done to the columns of a table.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// Statements that come before.
    pub(super) first: Vec<String>,
    /// The actions of one ALTER TABLE, which rewrites the table once.
    pub(super) actions: Vec<String>,
    /// Statements that follow.
    pub(super) last: Vec<String>,
    /// Columns that nobody may use meanwhile.
    pub(super) disturbed: BTreeSet<String>,
    /// Columns of which the type changes in a way that the server follows in indexes and constraints by itself.
    pub(super) touched: BTreeSet<String>,
    pub(super) losses: Vec<String>,
}

/// The table that is changed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    /// As SQL.
    pub(super) table: &'a str,
    /// Its name, without the schema.
    pub(super) name: &'a str,
    /// The version of the server.
    pub(super) major: u32,
}

/// A part of a column.
pub(super) fn of<'a>(column: &'a ColumnText, name: &str) -> Option<&'a str> {
    column.attributes.get(name).map(String::as_str)
}

/// Whether a column has to be dropped and added: what is computed differently.
pub(super) fn is_made_anew(from: &ColumnText, to: &ColumnText, major: u32) -> bool {
    let (old, new) = (of(from, attribute::GENERATED), of(to, attribute::GENERATED));
    match (old, new) {
        (None, None) => false,
        (None, Some(_)) => true,
        (Some(old), None) => old != "STORED" || major < 13,
        (Some(old), Some(new)) => {
            let computed = of(from, attribute::EXPRESSION) != of(to, attribute::EXPRESSION);
            old != new || changes_type(from, to) || computed && major < 17
        }
    }
}

/// Whether values change their type or their order.
pub(super) fn changes_type(from: &ColumnText, to: &ColumnText) -> bool {
    of(from, attribute::TYPE) != of(to, attribute::TYPE)
        || of(from, attribute::COLLATION) != of(to, attribute::COLLATION)
}

impl Columns {
    pub(super) fn add(&mut self, place: Place<'_>, column: &ColumnText) {
        let name = quoted(&column.name);
        self.actions
            .push(format!("ADD COLUMN {name} {}", column.definition));
        let not_null = of(column, attribute::NOT_NULL).filter(|name| !name.is_empty());
        self.last
            .extend(afterwards(place.table, &name, &column.attributes, not_null));
    }

    pub(super) fn drop(&mut self, column: &ColumnText) {
        self.actions.push(format!("DROP COLUMN {}", quoted(&column.name)));
        self.disturbed.insert(column.name.clone());
    }

    pub(super) fn lose(&mut self, column: &str) {
        self.losses.push(format!("the values of the column {column}"));
    }

    pub(super) fn make_anew(&mut self, place: Place<'_>, from: &ColumnText, to: &ColumnText) {
        self.drop(from);
        self.add(place, to);
        // What is computed is no loss.
        if of(from, attribute::GENERATED).is_none() || of(to, attribute::GENERATED).is_none() {
            self.lose(&from.name);
        }
    }

    /// Makes a column what it is to be, where it is.
    pub(super) fn alter(&mut self, place: Place<'_>, from: &ColumnText, to: &ColumnText) {
        self.generation(place, from, to);
        self.leave_identity(place, from, to);
        self.type_and_default(from, to);
        self.not_null(place, from, to);
        self.identity(place, from, to);
        self.details(place, from, to);
    }

    /// What a column that is inherited may have by itself.
    pub(super) fn alter_inherited(&mut self, place: Place<'_>, from: &ColumnText, to: &ColumnText) {
        let mut same = from.clone();
        for name in [
            attribute::DEFAULT,
            attribute::STATISTICS,
            attribute::OPTIONS,
            attribute::COMMENT,
            attribute::STORAGE,
            attribute::COMPRESSION,
        ] {
            same.attributes.remove(name);
            if let Some(value) = to.attributes.get(name) {
                same.attributes.insert(name.to_owned(), value.clone());
            }
        }
        self.type_and_default(from, &same);
        self.details(place, from, &same);
        let is_null = |column: &ColumnText| of(column, attribute::NOT_NULL).is_none();
        match (is_null(from), is_null(to)) {
            (true, false) => self
                .actions
                .push(format!("ALTER COLUMN {} SET NOT NULL", quoted(&to.name))),
            (false, true) => self
                .actions
                .push(format!("ALTER COLUMN {} DROP NOT NULL", quoted(&to.name))),
            _ => {}
        }
    }

    fn generation(&mut self, place: Place<'_>, from: &ColumnText, to: &ColumnText) {
        let alter = format!("ALTER TABLE {} ALTER COLUMN {}", place.table, quoted(&to.name));
        match (of(from, attribute::EXPRESSION), of(to, attribute::EXPRESSION)) {
            (Some(_), None) => self.first.push(format!("{alter} DROP EXPRESSION")),
            (Some(old), Some(new)) if old != new => {
                self.last.push(format!("{alter} SET EXPRESSION AS ({new})"));
                self.touched.insert(to.name.clone());
            }
            _ => {}
        }
    }

    fn type_and_default(&mut self, from: &ColumnText, to: &ColumnText) {
        let alter = format!("ALTER COLUMN {}", quoted(&to.name));
        let (old, new) = (of(from, attribute::DEFAULT), of(to, attribute::DEFAULT));
        let retyped = changes_type(from, to);
        // A default of the old type is in the way of the new one.
        if old.is_some() && (new.is_none() || retyped) {
            self.actions.push(format!("{alter} DROP DEFAULT"));
        }
        if retyped {
            self.retype(from, to);
        }
        if let Some(default) = new.filter(|_| retyped || old != new) {
            self.actions.push(format!("{alter} SET DEFAULT {default}"));
        }
    }

    fn retype(&mut self, from: &ColumnText, to: &ColumnText) {
        let name = quoted(&to.name);
        let old = of(from, attribute::TYPE).unwrap_or_default();
        let new = of(to, attribute::TYPE).unwrap_or_default();
        let mut action = format!("ALTER COLUMN {name} TYPE {new}");
        if let Some(collation) = of(to, attribute::COLLATION) {
            action.push_str(&format!(" COLLATE {collation}"));
        }
        if let Some(using) = cast::using(&name, old, new) {
            action.push_str(&format!(" USING {using}"));
        }
        self.actions.push(action);
        match cast::base(old) == cast::base(new) {
            true => self.touched.insert(to.name.clone()),
            false => self.disturbed.insert(to.name.clone()),
        };
        if let Some(lost) = cast::loses(old, new) {
            self.losses.push(format!("{lost} in the column {}", to.name));
        }
    }

    fn not_null(&mut self, place: Place<'_>, from: &ColumnText, to: &ColumnText) {
        let column = quoted(&to.name);
        let (old, new) = (of(from, attribute::NOT_NULL), of(to, attribute::NOT_NULL));
        let unproven = |column| of(column, attribute::UNPROVEN).is_some();
        let named = |name: &str| match name.is_empty() {
            true => String::new(),
            false => format!("CONSTRAINT {name} "),
        };
        match (old, new) {
            (None, None) => {}
            (Some(_), None) => self.actions.push(format!("ALTER COLUMN {column} DROP NOT NULL")),
            (None, Some(name)) if unproven(to) => {
                self.actions
                    .push(format!("ADD {}NOT NULL {column} NOT VALID", named(name)));
            }
            (None, Some("")) => self.actions.push(format!("ALTER COLUMN {column} SET NOT NULL")),
            (None, Some(name)) => self.actions.push(format!("ADD {}NOT NULL {column}", named(name))),
            (Some(_), Some(name)) if unproven(to) && !unproven(from) => {
                self.actions.push(format!("ALTER COLUMN {column} DROP NOT NULL"));
                let add = format!("ADD {}NOT NULL {column} NOT VALID", named(name));
                self.last.push(format!("ALTER TABLE {} {add}", place.table));
            }
            (Some(old), Some(new)) => {
                if unproven(from) && !unproven(to) {
                    self.actions.push(format!("ALTER COLUMN {column} SET NOT NULL"));
                }
                if old != new {
                    let usual = quoted(&format!("{}_{}_not_null", place.name, to.name));
                    let or_usual = |name: &str| {
                        if name.is_empty() {
                            usual.clone()
                        } else {
                            name.to_owned()
                        }
                    };
                    self.last.push(format!(
                        "ALTER TABLE {} RENAME CONSTRAINT {} TO {}",
                        place.table,
                        or_usual(old),
                        or_usual(new)
                    ));
                }
            }
        }
    }

    fn details(&mut self, place: Place<'_>, from: &ColumnText, to: &ColumnText) {
        let column = quoted(&to.name);
        let alter = format!("ALTER TABLE {} ALTER COLUMN {column}", place.table);
        let retyped = changes_type(from, to);
        let mut change = |name: &str, write: &dyn Fn(Option<&str>) -> String| {
            let (old, new) = (of(from, name), of(to, name));
            // A new type brings its own way of storing.
            let is_back = retyped && name == attribute::STORAGE;
            let old = if is_back { None } else { old };
            if old != new {
                self.last.push(write(new));
            }
        };
        let data_type = of(to, attribute::TYPE).unwrap_or_default();
        change(attribute::STORAGE, &|new| {
            let usual = usual_storage(data_type, place.major);
            format!("{alter} SET STORAGE {}", new.unwrap_or(usual))
        });
        change(attribute::COMPRESSION, &|new| {
            format!("{alter} SET COMPRESSION {}", new.unwrap_or("default"))
        });
        change(attribute::STATISTICS, &|new| {
            format!("{alter} SET STATISTICS {}", new.unwrap_or("-1"))
        });
        change(attribute::OPTIONS, &|new| match new {
            Some(options) => format!("{alter} SET ({options})"),
            None => format!("{alter} RESET (n_distinct, n_distinct_inherited)"),
        });
        change(attribute::COMMENT, &|new| {
            let text = new.map_or_else(|| "NULL".to_owned(), literal);
            format!("COMMENT ON COLUMN {}.{column} IS {text}", place.table)
        });
    }
}

/// How values of a type are stored where nobody says it.
fn usual_storage(data_type: &str, major: u32) -> &'static str {
    match cast::base(data_type) {
        _ if major >= 16 => "DEFAULT",
        "numeric" | "inet" | "cidr" => "MAIN",
        _ => "EXTENDED",
    }
}
