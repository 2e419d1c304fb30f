//! The names in the expressions of a query.

use std::ops::Range;

use super::query::Reader;
use super::query::Referent;
use super::scope::Scope;
use super::scope::Source;
use crate::operation::QueryFault;
use crate::schema::Name;
use crate::schema::Piece;
use crate::sql::nearest;

/// Output names that the clauses after the FROM clause may use.
#[derive(Default)]
pub(super) struct Aliases {
    /// Written with AS: an ORDER BY means these first.
    pub(super) first: Vec<Name>,
    /// All: used where no column has the name.
    pub(super) last: Vec<Name>,
}

impl Reader<'_> {
    /// Reads an expression, and the queries within it.
    pub(super) fn expression(
        &mut self,
        range: Range<usize>,
        scope: &Scope<'_>,
        aliases: &Aliases,
    ) -> Result<(), QueryFault> {
        let mut index = range.start;
        while index < range.end {
            if self.words.is(index, &Piece::Open) && self.words.starts_query(index + 1) {
                let close = self.words.close_of(index).min(range.end);
                self.query(index + 1..close, Some(scope))?;
                index = close + 1;
            } else if let Some(name) = self.words.name(index) {
                index = self.name(index, name, scope, aliases)?;
            } else {
                index += 1;
            }
        }
        Ok(())
    }

    /// Finds what the name at `index` stands for, and gives the place after it.
    fn name(
        &mut self,
        index: usize,
        name: &Name,
        scope: &Scope<'_>,
        aliases: &Aliases,
    ) -> Result<usize, QueryFault> {
        if matches!(
            self.words.keyword_before(index),
            Some("COLLATE" | "OVER" | "WINDOW" | "AS")
        ) {
            return Ok(index + 1);
        }
        if self.words.is(index + 1, &Piece::Dot) {
            self.qualified(index, name, scope)?;
            return Ok(index + 3);
        }
        if aliases.first.contains(name) {
            return Ok(index + 1);
        }
        for level in scope.chain() {
            let found: Vec<&Source> = level.sources.iter().filter(|source| source.has(name)).collect();
            if found.len() > 1 && !level.natural && !level.joined.contains(name) {
                return Err(QueryFault::Ambiguous(name.clone()));
            }
            for relation in found.iter().filter_map(|source| source.relation.clone()) {
                let column = name.clone();
                self.record(index, Referent::Column { relation, column });
            }
            if !found.is_empty() || !level.is_known() {
                return Ok(index + 1);
            }
        }
        if aliases.last.contains(name) {
            return Ok(index + 1);
        }
        Err(no_column(name, scope.columns()))
    }

    /// Finds what `qualifier.column` or `qualifier.*` stands for.
    fn qualified(&mut self, index: usize, qualifier: &Name, scope: &Scope<'_>) -> Result<(), QueryFault> {
        let source = scope
            .qualified(qualifier)
            .ok_or_else(|| QueryFault::NoQualifier(qualifier.clone()))?;
        if let (true, Some(relation)) = (source.by_name, &source.relation) {
            self.record(index, Referent::Relation(relation.clone()));
        }
        let Some(column) = self.words.name(index + 2) else {
            self.resolution.stars.extend(source.relation.clone());
            return Ok(());
        };
        if let Some(columns) = &source.columns
            && !columns.contains(column)
        {
            return Err(no_column(column, columns));
        }
        if let Some(relation) = source.relation.clone() {
            let column = column.clone();
            self.record(index + 2, Referent::Column { relation, column });
        }
        Ok(())
    }
}

fn no_column<'a>(column: &Name, candidates: impl IntoIterator<Item = &'a Name>) -> QueryFault {
    let near = nearest(column.as_str(), candidates.into_iter().map(Name::as_str));
    QueryFault::NoColumn {
        column: column.clone(),
        near: near.and_then(|near| Name::exact(near).ok()),
    }
}
