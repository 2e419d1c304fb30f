//! All that somebody has made in a database, in PostgreSQL's own words.
//!
//! The server answers a question for each kind of objects of which there are any, with a document for each object. While it
//! answers nothing but `pg_catalog` is on the `search_path`, so every name that it writes says its schema.
//!
//! | in the database | in the catalogue |
//! |---|---|
//! | a schema other than `public`, which every database has | an object |
//! | an extension, with its version | an object; what belongs to it is none |
//! | a collation, an enum, a domain, a composite type, a range | an object |
//! | a sequence | an object, and that a column owns it another one; that of an identity column is said with the column |
//! | a function, a procedure, an aggregate | an object |
//! | a table, a partition, a foreign table | an object with columns; NOT NULL, DEFAULT, identity and the like are the column's |
//! | a constraint, an index, statistics, a rule, a trigger, a policy | an object that is part of its table or view |
//! | the same on a partition, made by that of its table | nothing |
//! | a view, a materialized view | an object |
//! | a comment, a storage parameter, a tablespace, row level security, whether a trigger fires | a setting |
//! | a foreign data wrapper, a server, a user mapping, a publication, a cast, an operator, an event trigger, a dictionary or configuration of full-text search | an object of no kind |
//!
//! Whether a column or a check of a table that inherits would be there without the table above is not compared, nor is how the
//! index of a partition is called that it has from the whole table.
//!
//! Not read are subscriptions, operator classes and families, base types, languages, transforms, conversions, access
//! methods, parsers and templates of full-text search, default privileges, security labels and large objects; who owns an
//! object and who may use it; passwords of user mappings; the numbers that a sequence has come to.

mod alter;
mod attribute;
mod collected;
mod column;
mod constraint;
mod dependency;
mod entry;
mod foreign;
mod function;
mod index;
mod inherited;
mod kind;
mod mention;
mod namespace;
mod other;
mod part;
mod policy;
mod sequence;
mod statistics;
mod table;
mod trigger;
mod view;

use limbeck_core::catalogue::Catalogue;
use limbeck_core::dialect::Dialect;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Rows;

pub(crate) use self::alter::alter;
use self::collected::Collected;
use self::part::Part;
use crate::dialect::POSTGRES;

/// Which objects are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// All of them.
    All,
    /// The same without what they need and mention.
    WithoutOrder,
    /// Those of the kinds for which the schema model has no words, without what they need.
    BeyondModel,
}

impl Extent {
    const fn has_tables(self) -> bool {
        !matches!(self, Self::BeyondModel)
    }

    const fn has_order(self) -> bool {
        matches!(self, Self::All)
    }
}

/// What is to be read, before anything is known of the database.
pub(crate) struct Wanted {
    extent: Extent,
    /// For tables and their columns.
    tables: Vec<String>,
    parts: Vec<Part>,
}

impl Wanted {
    /// On a server of this version.
    pub(crate) fn new(extent: Extent, major: u32) -> Self {
        let (tables, mut parts) = match extent.has_tables() {
            true => (vec![table::question(), column::question(major)], part::of_model()),
            false => (Vec::new(), Vec::new()),
        };
        parts.extend(part::beyond_model(major));
        Self {
            extent,
            tables,
            parts,
        }
    }

    /// What the session is asked before: where it looks, whether it compiles its queries, and what there is.
    pub(crate) fn place(&self) -> String {
        let columns = PLACE.map(str::to_owned).into_iter();
        let columns: Vec<String> = columns.chain(part::presences(&self.parts)).collect();
        format!("SELECT {}", columns.join(", "))
    }

    /// Begins with the answer to [`place`](Self::place).
    pub(crate) fn reading(self, place: &Rows) -> Reading {
        let place = place.rows.first();
        let text = |column| place.and_then(|row| row.text(column));
        Reading {
            extent: self.extent,
            path: text(0).unwrap_or_default().to_owned(),
            compiles: text(2).unwrap_or("on").to_owned(),
            tables: self.tables,
            parts: part::present(self.parts, place, PLACE.len()),
            collected: Collected::new(text(1).map(str::to_owned)),
        }
    }
}

/// The first columns of the answer to [`Wanted::place`].
const PLACE: [&str; 3] = [
    "pg_catalog.current_setting('search_path')",
    "pg_catalog.current_schema()",
    "pg_catalog.current_setting('jit')",
];

/// What is read in the course of several questions.
pub(crate) struct Reading {
    extent: Extent,
    /// The schemas that the session looks into, as a list of SQL.
    path: String,
    /// Whether the session compiles its queries.
    compiles: String,
    tables: Vec<String>,
    /// Those of which there is something.
    parts: Vec<Part>,
    collected: Collected,
}

impl Reading {
    /// The questions, each a message of its own and so a transaction, where none is open. To compile them would take longer
    /// than to answer them.
    pub(crate) fn questions(&self) -> Vec<String> {
        let parts = self.parts.iter().map(|part| part.question.as_str());
        let all = self.tables.iter().map(String::as_str).chain(parts);
        let all = all.chain(self.extent.has_order().then_some(dependency::QUESTION));
        all.map(|question| {
            format!("SET LOCAL search_path = pg_catalog, pg_temp; SET LOCAL jit = off; {question}")
        })
        .collect()
    }

    /// What puts the settings back in a transaction that is open. Elsewhere they are as they were.
    pub(crate) fn afterwards(&self) -> String {
        let path = POSTGRES.string_literal(&self.path);
        let compiles = POSTGRES.string_literal(&self.compiles);
        format!(
            "SELECT pg_catalog.set_config('search_path', {path}, true), pg_catalog.set_config('jit', {compiles}, true)"
        )
    }

    /// What the answers say, in the order of the questions.
    pub(crate) fn finish(mut self, answers: &[Rows]) -> Result<Catalogue, DriverError> {
        let mut answers = answers.iter();
        if self.extent.has_tables()
            && let (Some(tables), Some(columns)) = (answers.next(), answers.next())
        {
            table::take(tables, columns, &mut self.collected).map_err(misread)?;
        }
        for part in &self.parts {
            let rows = answers.next().into_iter().flat_map(|answer| &answer.rows);
            for document in rows.filter_map(|row| row.text(0)) {
                (part.take)(document, &mut self.collected).map_err(misread)?;
            }
        }
        if !self.extent.has_tables() {
            let mut catalogue = Catalogue::from_iter(self.collected.objects);
            catalogue.retain(|object| !object.id.kind.is_of_model());
            return Ok(catalogue);
        }
        if self.extent.has_order() {
            if let Some(rows) = answers.next() {
                dependency::resolve(&rows.rows, &mut self.collected);
            }
            mention::resolve(&mut self.collected);
        }
        Ok(self.collected.objects.into_iter().collect())
    }
}

fn misread(error: serde_json::Error) -> DriverError {
    DriverError::new(
        DriverErrorKind::Other,
        format!("the catalogue of the database has something that this version cannot read: {error}"),
    )
    .with_hint("use a version of Limbeck that knows this version of PostgreSQL, and report what it says")
    .with_source(error)
}
