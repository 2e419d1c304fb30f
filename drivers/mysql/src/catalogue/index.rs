//! Primary keys, unique constraints and indexes: one thing to the engines.

use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Need;
use limbeck_core::catalogue::Object;
use limbeck_core::catalogue::ObjectId;
use limbeck_core::catalogue::Setting;
use limbeck_core::driver::Row;

use super::Server;
use super::default::expression;
use super::restored::key_line;
use super::restored::parts_and_options;
use super::restored::restored;
use super::text;
use super::text::of;
use super::text::parenthesised;
use super::text::quoted;
use super::text::some;

/// The name of each primary key.
const PRIMARY: &str = "PRIMARY";

/// An index as the catalogue tells of it.
pub(super) struct Index {
    pub(super) name: String,
    unique: bool,
    /// `BTREE`, `FULLTEXT`
    kind: String,
    /// The columns, with nothing where there is an expression.
    pub(super) columns: Vec<Option<String>>,
    parts: Vec<String>,
    comment: Option<String>,
    /// No query uses it.
    hidden: bool,
    /// What stands behind the columns and is in no catalogue.
    options: String,
    /// As `SHOW CREATE TABLE` has it, where that was asked.
    line: Option<String>,
}

impl Index {
    /// Those of a table.
    pub(super) fn read_all(server: Server, rows: &[Row], shown: Option<&str>) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for row in rows {
            let name = of(row, 1);
            if all.last().is_none_or(|last| last.name != name) {
                all.push(Self {
                    name: name.to_owned(),
                    unique: row.integer(2) == Some(0),
                    kind: of(row, 6).to_owned(),
                    columns: Vec::new(),
                    parts: Vec::new(),
                    comment: some(row, 7).map(str::to_owned),
                    hidden: row.integer(9) == Some(1),
                    options: String::new(),
                    line: shown.and_then(|shown| key_line(shown, name)).map(str::to_owned),
                });
            }
            if let Some(last) = all.last_mut() {
                last.columns
                    .push(row.text(3).filter(|_| row.text(8).is_none()).map(str::to_owned));
                let part = part(server, &last.kind, row);
                last.parts.push(part);
            }
        }
        all.iter_mut().for_each(Self::complete);
        all
    }

    /// Takes in what is only shown.
    fn complete(&mut self) {
        let Some((parts, options)) = self.line.as_deref().and_then(parts_and_options) else {
            return;
        };
        if parts.contains(" WITHOUT OVERLAPS") {
            self.parts = vec![parts];
        }
        if matches!(self.kind.as_str(), "FULLTEXT" | "VECTOR") {
            self.options = options;
        }
    }

    pub(super) fn is_primary(&self) -> bool {
        self.name == PRIMARY
    }

    /// Whether the first column is this one.
    pub(super) fn begins_with(&self, column: &str) -> bool {
        self.columns.first().and_then(Option::as_deref) == Some(column)
    }

    /// Whether the column is anywhere in it.
    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|own| own.as_deref() == Some(column))
    }

    /// Whether it serves a foreign key of these columns.
    pub(super) fn serves(&self, columns: &[String]) -> bool {
        let first = self.columns.iter().take(columns.len());
        self.columns.len() >= columns.len()
            && first
                .zip(columns)
                .all(|(own, column)| own.as_deref() == Some(column.as_str()))
    }

    /// As it stands in CREATE TABLE.
    pub(super) fn clause(&self, engine: &str) -> String {
        let parts = self.parts.join(", ");
        if self.is_primary() {
            return format!("PRIMARY KEY ({parts})");
        }
        let word = match self.kind.as_str() {
            "FULLTEXT" | "SPATIAL" | "VECTOR" => format!("{} ", self.kind),
            _ if self.unique => "UNIQUE ".to_owned(),
            _ => String::new(),
        };
        let mut clause = format!("{word}KEY {} ({parts})", quoted(&self.name));
        let is_usual = match self.kind.as_str() {
            "HASH" => engine.eq_ignore_ascii_case("memory"),
            "BTREE" => !engine.eq_ignore_ascii_case("memory"),
            _ => true,
        };
        if !is_usual {
            clause.push_str(&format!(" USING {}", self.kind));
        }
        if !self.options.is_empty() {
            clause.push_str(&format!(" {}", self.options));
        }
        if let Some(comment) = &self.comment {
            clause.push_str(&format!(" COMMENT {}", text::string(comment)));
        }
        restored(&clause, self.line.as_deref())
    }

    /// As an object of its own.
    pub(super) fn object(&self, server: Server, table: &ObjectId, engine: &str) -> Object {
        let alter = format!("ALTER TABLE {}", quoted(&table.name));
        let name = quoted(&self.name);
        let mut object = Object::new(
            self.id(&table.name),
            format!("{alter} ADD {}", self.clause(engine)),
            format!("{alter} DROP INDEX {name}"),
        );
        object.part_of = Some(table.clone());
        object.needs.insert(Need::whole(table.clone()));
        if self.hidden {
            let (hidden, shown) = words_of_use(server);
            let alter = format!("{alter} ALTER INDEX {name}");
            let setting = Setting::new(format!("{alter} {hidden}"), format!("{alter} {shown}"));
            object.settings.insert("use".to_owned(), setting);
        }
        object
    }

    /// What names it.
    pub(super) fn id(&self, table: &str) -> ObjectId {
        ObjectId::part(Kind::Index, table, self.name.clone())
    }

    /// With whether it is used, for an index that is part of its table.
    pub(super) fn clause_of_table(&self, server: Server, engine: &str) -> String {
        match self.hidden {
            true => format!("{} {}", self.clause(engine), words_of_use(server).0),
            false => self.clause(engine),
        }
    }
}

/// How an index is kept from queries, and given back to them.
fn words_of_use(server: Server) -> (&'static str, &'static str) {
    match server.is_mariadb() {
        true => ("IGNORED", "NOT IGNORED"),
        false => ("INVISIBLE", "VISIBLE"),
    }
}

fn part(server: Server, kind: &str, row: &Row) -> String {
    let mut part = match row.text(8) {
        Some(written) => parenthesised(&expression(server, written)),
        None => quoted(of(row, 3)),
    };
    // What a spatial index keeps of a column is not said.
    if let (Some(letters), false) = (row.integer(5), matches!(kind, "SPATIAL" | "VECTOR")) {
        part.push_str(&format!("({letters})"));
    }
    if row.text(4) == Some("D") {
        part.push_str(" DESC");
    }
    part
}
