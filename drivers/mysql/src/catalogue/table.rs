//! Tables.

use std::collections::BTreeMap;

use limbeck_core::catalogue::Keeps;
use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Need;
use limbeck_core::catalogue::Object;
use limbeck_core::catalogue::ObjectId;
use limbeck_core::driver::Row;
use limbeck_core::driver::Rows;

use super::Server;
use super::check;
use super::column::Column;
use super::foreign_key;
use super::foreign_key::Indexes;
use super::index::Index;
use super::options;
use super::partition;
use super::restored;
use super::shown::Shown;
use super::text::list;
use super::text::of;
use super::text::quoted;
use super::unqualified::Database;

use crate::rows::ByName;
use crate::rows::rows_of;

/// The clause with the primary key.
pub(super) const PRIMARY_KEY: &str = "primary key";

/// What the name of the clause begins with that has the key of an `AUTO_INCREMENT` column.
pub(super) const KEY: &str = "key ";

/// What the name of each clause begins with that has the columns of a period.
pub(super) const PERIOD: &str = "period ";

/// What the catalogue says of each table.
pub(super) struct Answers {
    pub(super) columns: ByName,
    pub(super) indexes: ByName,
    pub(super) foreign_keys: ByName,
    pub(super) checks: ByName,
    pub(super) partitions: ByName,
    /// What the server shows of some.
    pub(super) shown: Shown,
}

struct Table<'a> {
    id: ObjectId,
    engine: String,
    collation: Option<String>,
    columns: Vec<Column>,
    clauses: BTreeMap<String, String>,
    partitions: Option<String>,
    shown: Option<&'a str>,
}

/// All tables with what is part of them.
pub(super) fn read_all(
    server: Server,
    database: &Database,
    relations: &Rows,
    answers: &Answers,
) -> Vec<Object> {
    let mut objects = Vec::new();
    let mut indexes = Indexes::new();
    let mut tables = Vec::new();
    for row in relations.rows.iter().filter(|row| is_table(row)) {
        let (table, own) = Table::read(server, database, row, answers);
        objects.push(table.object());
        objects.extend(check::read_all(
            server,
            &table.id,
            rows_of(&answers.checks, &table.id.name),
            table.shown,
        ));
        objects.extend(
            own.iter()
                .map(|index| index.object(server, &table.id, &table.engine)),
        );
        indexes.insert(table.id.name.clone(), own);
        tables.push(table.id);
    }
    for table in &tables {
        let rows = rows_of(&answers.foreign_keys, &table.name);
        objects.extend(foreign_key::read_all(server, table, rows, &indexes));
    }
    objects
}

/// Whether a relation is a table.
pub(super) fn is_table(row: &Row) -> bool {
    matches!(of(row, 1), "BASE TABLE" | "SYSTEM VERSIONED")
}

impl<'a> Table<'a> {
    /// A table, and its indexes that can be made and dropped by themselves.
    fn read(server: Server, database: &Database, row: &Row, answers: &'a Answers) -> (Self, Vec<Index>) {
        let name = of(row, 0);
        let shown = answers.shown.get(name).map(String::as_str);
        let checks = rows_of(&answers.checks, name);
        let columns: Vec<Column> = rows_of(&answers.columns, name)
            .iter()
            .map(|row| Column::read(server, database, checks, row))
            .collect();
        let mut clauses = options::read(row);
        if let (Some(comment), Some(shown)) = (clauses.get_mut(options::COMMENT), shown) {
            *comment = restored::restored(comment, Some(restored::options(shown)));
        }
        let engine = of(row, 2);
        let mut indexes = Index::read_all(server, rows_of(&answers.indexes, name), shown);
        if let Some(primary) = take(&mut indexes, Index::is_primary) {
            let serves = columns
                .iter()
                .any(|column| column.auto_increment && primary.begins_with(&column.name));
            clauses.insert(PRIMARY_KEY.to_owned(), primary.clause(engine));
            if !serves {
                own_key(server, &columns, &mut indexes, &mut clauses, engine);
            }
        } else {
            own_key(server, &columns, &mut indexes, &mut clauses, engine);
        }
        clauses.extend(periods(&columns, shown));
        let partitions = partition::read(server, rows_of(&answers.partitions, name), shown);
        let table = Self {
            id: ObjectId::new(Kind::Table, name),
            engine: engine.to_owned(),
            collation: row.text(3).map(str::to_owned),
            columns,
            clauses,
            partitions,
            shown,
        };
        (table, indexes)
    }

    fn object(&self) -> Object {
        let name = quoted(&self.id.name);
        let mut object = Object::new(self.id.clone(), self.create(), format!("DROP TABLE {name}"));
        object.columns = self.columns.iter().map(Column::text).collect();
        for column in &mut object.columns {
            column.definition = self.exact(&column.name, &column.definition);
            for value in column.attributes.values_mut() {
                *value = self.exact(&column.name, value);
            }
        }
        object.ordered_columns = true;
        object.attributes = self.clauses.clone();
        if let Some(partitions) = &self.partitions {
            object
                .attributes
                .insert(partition::PARTITIONS.to_owned(), partitions.clone());
        }
        object.keeps = Keeps::Rows;
        let sequences = self.columns.iter().flat_map(Column::sequences);
        object.needs = sequences.cloned().map(Need::whole).collect();
        object
    }

    /// The text of a column with what is only shown.
    fn exact(&self, column: &str, text: &str) -> String {
        let line = self
            .shown
            .and_then(|shown| restored::line(shown, &quoted(column)));
        restored::restored(&restored::with_default(text, line), line)
    }

    fn create(&self) -> String {
        let collation = self.collation.as_deref();
        let columns = self
            .columns
            .iter()
            .map(|column| (&column.name, column.definition(collation)))
            .map(|(name, definition)| format!("{} {}", quoted(name), self.exact(name, &definition)));
        let is_key = |name: &str| name == PRIMARY_KEY || name.starts_with(PERIOD) || name.starts_with(KEY);
        let keys = self.clauses.iter().filter(|(name, _)| is_key(name));
        let lines: Vec<String> = columns.chain(keys.map(|(_, clause)| clause.clone())).collect();
        let mut create = format!(
            "CREATE TABLE {} (\n    {}\n) {}",
            quoted(&self.id.name),
            lines.join(",\n    "),
            options::in_order(&self.clauses).join(" ")
        );
        if let Some(partitions) = &self.partitions {
            create.push('\n');
            create.push_str(partitions);
        }
        create
    }
}

fn take(indexes: &mut Vec<Index>, is_it: impl Fn(&Index) -> bool) -> Option<Index> {
    let position = indexes.iter().position(is_it)?;
    Some(indexes.remove(position))
}

/// A column that counts by itself cannot be without its key: the key is part of the table.
fn own_key(
    server: Server,
    columns: &[Column],
    indexes: &mut Vec<Index>,
    clauses: &mut BTreeMap<String, String>,
    engine: &str,
) {
    let Some(column) = columns.iter().find(|column| column.auto_increment) else {
        return;
    };
    let first = take(indexes, |index| index.begins_with(&column.name));
    // Some engines count within groups.
    let key = first.or_else(|| take(indexes, |index| index.has(&column.name)));
    if let Some(key) = key {
        clauses.insert(format!("{KEY}{}", key.name), key.clause_of_table(server, engine));
    }
}

/// The periods of a table. That of the system is known by its columns; any other is only shown.
fn periods(columns: &[Column], shown: Option<&str>) -> Vec<(String, String)> {
    let shown = shown.into_iter().flat_map(str::lines);
    let shown = shown.filter_map(|line| line.trim().trim_end_matches(',').strip_prefix("PERIOD FOR `"));
    let others = shown.map(|rest| {
        let name = rest.split('`').next().unwrap_or_default();
        (format!("{PERIOD}{name}"), format!("PERIOD FOR `{rest}"))
    });
    let of_system = system_period(columns).map(|period| (format!("{PERIOD}SYSTEM_TIME"), period));
    others.chain(of_system).collect()
}

fn system_period(columns: &[Column]) -> Option<String> {
    let at = |end: &str| {
        let mut columns = columns.iter();
        columns
            .find(|column| column.period() == Some(end))
            .map(|column| column.name.as_str())
    };
    let ends = [at("ROW START")?, at("ROW END")?];
    Some(format!("PERIOD FOR SYSTEM_TIME {}", list(ends)))
}
