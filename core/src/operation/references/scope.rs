//! The tables that a SELECT can name.

use crate::schema::Name;
use crate::schema::Schema;

/// What one FROM clause gives, inside the queries around it.
pub(super) struct Scope<'a> {
    pub(super) sources: Vec<Source>,
    /// Columns that a USING joins: unqualified they are not ambiguous.
    pub(super) joined: Vec<Name>,
    /// A NATURAL JOIN joins columns that are not written.
    pub(super) natural: bool,
    pub(super) outer: Option<&'a Scope<'a>>,
}

/// One item of a FROM clause.
pub(super) struct Source {
    /// The alias, else the name of the relation; none for a derived table without an alias.
    pub(super) visible: Option<Name>,
    /// The table or view of the schema; none for a derived table.
    pub(super) relation: Option<Name>,
    /// Whether `visible` is the relation's own name.
    pub(super) by_name: bool,
    /// The columns, where they are known.
    pub(super) columns: Option<Vec<Name>>,
}

/// A query that a WITH clause names.
#[derive(Clone)]
pub(super) struct Common {
    pub(super) name: Name,
    pub(super) columns: Option<Vec<Name>>,
}

impl Source {
    /// Whether it has this column; unknown columns are no.
    pub(super) fn has(&self, column: &Name) -> bool {
        self.columns
            .as_ref()
            .is_some_and(|columns| columns.contains(column))
    }
}

impl<'a> Scope<'a> {
    pub(super) fn within(outer: Option<&'a Self>) -> Self {
        Self {
            sources: Vec::new(),
            joined: Vec::new(),
            natural: false,
            outer,
        }
    }

    /// This scope and those around it, from inside to outside.
    pub(super) fn chain(&self) -> impl Iterator<Item = &Scope<'a>> {
        std::iter::successors(Some(self), |scope| scope.outer)
    }

    /// The source that a qualifier names.
    pub(super) fn qualified(&self, qualifier: &Name) -> Option<&Source> {
        self.chain().find_map(|scope| {
            scope
                .sources
                .iter()
                .find(|source| source.visible.as_ref() == Some(qualifier))
        })
    }

    /// All columns that may be written here, for suggestions.
    pub(super) fn columns(&self) -> impl Iterator<Item = &Name> {
        self.chain()
            .flat_map(|scope| &scope.sources)
            .filter_map(|source| source.columns.as_ref())
            .flatten()
    }

    /// Whether every source here gives known columns.
    pub(super) fn is_known(&self) -> bool {
        self.sources.iter().all(|source| source.columns.is_some())
    }
}

/// The names of tables and views, for suggestions.
pub(super) fn relations(schema: &Schema) -> impl Iterator<Item = &Name> {
    schema.tables.keys().chain(schema.views.keys())
}
