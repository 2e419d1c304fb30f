//! All that somebody has made in a database, in PostgreSQL's own words.
//!
//! The server answers a question for each kind of objects, with a document for each object. While it answers nothing but
//! `pg_catalog` is on the `search_path`, so every name that it writes says its schema.
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
use crate::dialect::POSTGRES;

/// What the session is asked before.
pub(crate) const PLACE: &str = "SELECT pg_catalog.current_setting('search_path'), pg_catalog.current_schema(), pg_catalog.current_setting('jit')";

/// A question of which the answer is a document for each object, and what is done with one.
type Part = (String, fn(&str, &mut Collected) -> Result<(), serde_json::Error>);

/// Which objects are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// All of them.
    All,
    /// Those of the kinds for which the schema model has no words, without what they need.
    BeyondModel,
}

/// What is read in the course of several questions.
pub(crate) struct Reading {
    extent: Extent,
    /// The schemas that the session looks into, as a list of SQL.
    path: String,
    /// Whether the session compiles its queries.
    compiles: String,
    /// For tables and their columns.
    tables: Vec<String>,
    parts: Vec<Part>,
    collected: Collected,
}

impl Reading {
    /// Begins with the answer to [`PLACE`], on a server of this version.
    pub(crate) fn new(place: &Rows, major: u32, extent: Extent) -> Self {
        let place = place.rows.first();
        let text = |column| place.and_then(|row| row.text(column));
        let of_model: Vec<Part> = vec![
            (constraint::question(), constraint::take),
            (index::question(), index::take),
        ];
        let others: Vec<Part> = vec![
            (namespace::schemas(), namespace::take_schema),
            (namespace::extensions(), namespace::take_extension),
            (namespace::collations(), namespace::take_collation),
            (kind::question(major), kind::take),
            (sequence::question(), sequence::take),
            (function::question(), function::take),
            (statistics::question(major), statistics::take),
            (view::question(), view::take),
            (trigger::rules(), trigger::take_rule),
            (trigger::triggers(major), trigger::take_trigger),
            (policy::question(), policy::take),
            (other::foreign(), other::take),
            (other::operators(), other::take),
            (other::rest(), other::take),
            (other::publications(major), other::take),
        ];
        let (tables, of_model) = match extent {
            Extent::All => (vec![table::question(), column::question(major)], of_model),
            Extent::BeyondModel => (Vec::new(), Vec::new()),
        };
        Self {
            extent,
            path: text(0).unwrap_or_default().to_owned(),
            compiles: text(2).unwrap_or("on").to_owned(),
            tables,
            parts: of_model.into_iter().chain(others).collect(),
            collected: Collected::new(text(1).map(str::to_owned)),
        }
    }

    /// The questions, each a message of its own and so a transaction, where none is open. To compile them would take longer
    /// than to answer them.
    pub(crate) fn questions(&self) -> Vec<String> {
        let parts = self.parts.iter().map(|(question, _)| question.as_str());
        let all = self.tables.iter().map(String::as_str).chain(parts);
        let all = all.chain((self.extent == Extent::All).then_some(dependency::QUESTION));
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
        if self.extent == Extent::All
            && let (Some(tables), Some(columns)) = (answers.next(), answers.next())
        {
            table::take(tables, columns, &mut self.collected).map_err(misread)?;
        }
        for (_, take) in &self.parts {
            let rows = answers.next().into_iter().flat_map(|answer| &answer.rows);
            for document in rows.filter_map(|row| row.text(0)) {
                take(document, &mut self.collected).map_err(misread)?;
            }
        }
        if self.extent == Extent::BeyondModel {
            let mut catalogue = Catalogue::from_iter(self.collected.objects);
            catalogue.retain(|object| !object.id.kind.is_of_model());
            return Ok(catalogue);
        }
        if let Some(rows) = answers.next() {
            dependency::resolve(&rows.rows, &mut self.collected);
        }
        mention::resolve(&mut self.collected);
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
