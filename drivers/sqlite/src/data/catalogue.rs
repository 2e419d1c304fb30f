//! The tables with their keys and indexes, as far as looking at rows needs them.

use std::collections::HashMap;
use std::collections::HashSet;

use limbeck_core::dialect::Dialect;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::Row;

use crate::client::Client;
use crate::dialect::SQLITE;
use crate::text::ConstraintText;
use crate::text::TableText;

/// Names that mean the rowid, unless a column has them.
const ROWIDS: [&str; 3] = ["rowid", "_rowid_", "oid"];

const COLUMNS: &str = "\
    SELECT s.name, s.sql, c.name, c.type, c.pk \
    FROM main.sqlite_schema AS s JOIN pragma_table_xinfo(s.name, 'main') AS c \
    WHERE s.type = 'table' AND s.rootpage > 0 AND s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
    ORDER BY s.rowid, c.cid";

const FOREIGN_KEYS: &str = "\
    SELECT s.name, f.id, f.\"table\", f.\"from\", f.\"to\" \
    FROM main.sqlite_schema AS s JOIN pragma_foreign_key_list(s.name, 'main') AS f \
    WHERE s.type = 'table' AND s.rootpage > 0 ORDER BY s.rowid, f.id, f.seq";

const INDEXES: &str = "\
    SELECT s.name, i.name, i.\"unique\", i.origin, i.partial, c.name \
    FROM main.sqlite_schema AS s JOIN pragma_index_list(s.name, 'main') AS i \
    JOIN pragma_index_info(i.name, 'main') AS c \
    WHERE s.type = 'table' AND s.rootpage > 0 ORDER BY s.rowid, i.seq, c.seqno";

/// What a foreign key can refer to, virtual tables and views too.
const RELATIONS: &str = "SELECT name FROM main.sqlite_schema WHERE type IN ('table', 'view')";

/// What the database holds, in the order of its making.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    pub(super) tables: Vec<Table>,
    positions: HashMap<String, usize>,
    relations: HashSet<String>,
}

#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) name: String,
    sql: String,
    pub(super) columns: Vec<Column>,
    pub(super) foreign_keys: Vec<ForeignKey>,
    pub(super) indexes: Vec<Index>,
}

#[derive(Debug)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) declared_type: String,
    /// Its place in the primary key, from 1; 0 outside of it.
    key_position: i64,
}

impl Column {
    pub(super) const fn is_in_key(&self) -> bool {
        self.key_position > 0
    }
}

#[derive(Debug)]
pub(super) struct ForeignKey {
    /// SQLite's number, which counts from the last one written.
    pub(super) number: i64,
    pub(super) parent: String,
    pub(super) columns: Vec<String>,
    /// None where the parent's primary key is meant.
    parent_columns: Option<Vec<String>>,
}

#[derive(Debug)]
pub(super) struct Index {
    pub(super) name: String,
    pub(super) is_unique: bool,
    pub(super) origin: Origin,
    pub(super) is_partial: bool,
    /// None for an expression.
    pub(super) columns: Vec<Option<String>>,
}

/// What has made an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    CreateIndex,
    Unique,
    PrimaryKey,
}

impl Catalogue {
    pub(super) fn read(client: &mut Client) -> Result<Self, DriverError> {
        let mut catalogue = Self::default();
        for row in &client.query(COLUMNS, &[])?.rows {
            catalogue.column(row);
        }
        for row in &client.query(FOREIGN_KEYS, &[])?.rows {
            if let Some(table) = catalogue.owner(row) {
                table.foreign_key(row);
            }
        }
        for row in &client.query(INDEXES, &[])?.rows {
            if let Some(table) = catalogue.owner(row) {
                table.index(row);
            }
        }
        let relations = client.query(RELATIONS, &[])?.rows;
        let names = relations.iter().filter_map(|row| row.text(0));
        catalogue.relations = names.map(str::to_ascii_lowercase).collect();
        Ok(catalogue)
    }

    /// The table of this name, in any case.
    pub(super) fn table(&self, name: &str) -> Option<&Table> {
        let position = self.positions.get(&name.to_ascii_lowercase())?;
        self.tables.get(*position)
    }

    pub(super) fn has(&self, relation: &str) -> bool {
        self.relations.contains(&relation.to_ascii_lowercase())
    }

    /// The columns that a foreign key refers to; none where nobody can tell.
    pub(super) fn referenced(&self, key: &ForeignKey) -> Option<Vec<String>> {
        let columns = match &key.parent_columns {
            Some(columns) => columns.clone(),
            None => self.table(&key.parent)?.primary_key(),
        };
        (columns.len() == key.columns.len()).then_some(columns)
    }

    /// Whether what a foreign key refers to is the key of a table, as far as columns tell.
    pub(super) fn refers_to_key(&self, key: &ForeignKey) -> bool {
        let (Some(parent), Some(columns)) = (self.table(&key.parent), self.referenced(key)) else {
            return false;
        };
        let is_same = |other: &[&str]| {
            let has = |column: &String| other.iter().any(|name| name.eq_ignore_ascii_case(column));
            other.len() == columns.len() && columns.iter().all(has)
        };
        let primary_key = parent.primary_key();
        let primary_key: Vec<&str> = primary_key.iter().map(String::as_str).collect();
        let uniques = parent
            .indexes
            .iter()
            .filter(|index| index.is_unique && !index.is_partial);
        let mut uniques = uniques.filter_map(|index| index.columns.iter().map(Option::as_deref).collect());
        is_same(&primary_key) || uniques.any(|columns: Vec<&str>| is_same(&columns))
    }

    /// A table has a row for each of its columns.
    fn column(&mut self, row: &Row) {
        let [Some(name), Some(sql), Some(column), Some(declared_type)] =
            [0, 1, 2, 3].map(|position| row.text(position))
        else {
            return;
        };
        let key = name.to_ascii_lowercase();
        let position = *self.positions.entry(key).or_insert_with(|| {
            self.tables.push(Table {
                name: name.to_owned(),
                sql: sql.to_owned(),
                ..Table::default()
            });
            self.tables.len() - 1
        });
        if let Some(table) = self.tables.get_mut(position) {
            table.columns.push(Column {
                name: column.to_owned(),
                declared_type: declared_type.to_owned(),
                key_position: row.integer(4).unwrap_or_default(),
            });
        }
    }

    fn owner(&mut self, row: &Row) -> Option<&mut Table> {
        let position = self.positions.get(&row.text(0)?.to_ascii_lowercase())?;
        self.tables.get_mut(*position)
    }
}

impl Table {
    /// A foreign key has a row for each of its columns.
    fn foreign_key(&mut self, row: &Row) {
        let (Some(number), Some(parent), Some(from)) = (row.integer(1), row.text(2), row.text(3)) else {
            return;
        };
        let to = row.text(4).map(str::to_owned);
        match self.foreign_keys.last_mut() {
            Some(key) if key.number == number => {
                key.columns.push(from.to_owned());
                if let Some(columns) = &mut key.parent_columns {
                    columns.extend(to);
                }
            }
            _ => self.foreign_keys.push(ForeignKey {
                number,
                parent: parent.to_owned(),
                columns: vec![from.to_owned()],
                parent_columns: to.map(|column| vec![column]),
            }),
        }
    }

    /// An index has a row for each of its columns.
    fn index(&mut self, row: &Row) {
        let Some(name) = row.text(1) else { return };
        let column = row.text(5).map(str::to_owned);
        match self.indexes.last_mut() {
            Some(index) if index.name == name => index.columns.push(column),
            _ => self.indexes.push(Index {
                name: name.to_owned(),
                is_unique: row.integer(2) == Some(1),
                origin: match row.text(3) {
                    Some("u") => Origin::Unique,
                    Some("pk") => Origin::PrimaryKey,
                    _ => Origin::CreateIndex,
                },
                is_partial: row.integer(4) == Some(1),
                columns: vec![column],
            }),
        }
    }

    pub(super) fn primary_key(&self) -> Vec<String> {
        let mut key: Vec<&Column> = self.columns.iter().filter(|column| column.is_in_key()).collect();
        key.sort_by_key(|column| column.key_position);
        key.into_iter().map(|column| column.name.clone()).collect()
    }

    /// The columns that tell a row from the others: the primary key, or the rowid if it can be named.
    pub(super) fn key(&self) -> Vec<String> {
        let key = self.primary_key();
        if !key.is_empty() {
            return key;
        }
        let is_free = |name: &&str| {
            !self
                .columns
                .iter()
                .any(|column| column.name.eq_ignore_ascii_case(name))
        };
        let rowid = ROWIDS.iter().find(|name| is_free(name));
        rowid.map(|name| (*name).to_owned()).into_iter().collect()
    }

    /// The constraints that its text tells, in the order of their writing; none when the text is not understood.
    pub(super) fn constraints(&self) -> Vec<ConstraintText<'_>> {
        let Ok(text) = TableText::read(&self.sql) else {
            return Vec::new();
        };
        let of_columns = text.columns.into_iter().flat_map(|column| column.constraints);
        of_columns.chain(text.constraints).collect()
    }
}

/// A name in an SQL text.
pub(super) fn quoted(name: &str) -> String {
    SQLITE.quote_identifier(name)
}

/// Names in an SQL text.
pub(super) fn quoted_list(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    names.join(", ")
}
