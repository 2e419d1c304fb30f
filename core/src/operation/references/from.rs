//! The FROM clause.

use std::ops::Range;

use super::query::Reader;
use super::query::Referent;
use super::query::named;
use super::scope::Scope;
use super::scope::Source;
use super::scope::relations;
use super::words::is_keyword;
use crate::operation::QueryFault;
use crate::schema::Name;
use crate::schema::Piece;
use crate::sql::nearest;

/// The words that may follow the condition of a join.
const JOIN_WORDS: [&str; 7] = ["JOIN", "LEFT", "RIGHT", "FULL", "INNER", "CROSS", "NATURAL"];

impl<'a> Reader<'a> {
    /// Puts the items of a FROM clause into `scope`, and gives the conditions of its joins, which can only be read
    /// when all items are known.
    pub(super) fn read_from(
        &mut self,
        range: Range<usize>,
        scope: &mut Scope<'_>,
    ) -> Result<Vec<Range<usize>>, QueryFault> {
        let words = self.words;
        let mut conditions = Vec::new();
        let mut expects_item = true;
        let mut index = range.start;
        while index < range.end {
            if expects_item && words.keyword(index) != Some("LATERAL") {
                index = self.item(index..range.end, scope, &mut conditions)?;
                expects_item = false;
                continue;
            }
            match words.keyword(index) {
                Some("JOIN") => expects_item = true,
                Some("NATURAL") => scope.natural = true,
                Some("ON") => {
                    let ends = |piece: &Piece| *piece == Piece::Comma || is_keyword(piece, &JOIN_WORDS);
                    let end = words.find(index + 1..range.end, ends).unwrap_or(range.end);
                    conditions.push(index + 1..end);
                    index = end;
                    continue;
                }
                Some("USING") => {
                    index = self.using(index + 1, scope);
                    continue;
                }
                _ => expects_item |= words.is(index, &Piece::Comma),
            }
            index = match words.is(index, &Piece::Open) {
                true => words.close_of(index) + 1,
                false => index + 1,
            };
        }
        Ok(conditions)
    }

    /// Reads a table, a derived table or a join in parentheses, and gives the place after it and its alias.
    fn item(
        &mut self,
        range: Range<usize>,
        scope: &mut Scope<'_>,
        conditions: &mut Vec<Range<usize>>,
    ) -> Result<usize, QueryFault> {
        let words = self.words;
        let index = range.start;
        if let Some(name) = words.name(index) {
            let mut source = self.relation(index, name)?;
            let (alias, columns, next) = self.alias(index + 1);
            if let Some(alias) = alias {
                source.by_name = false;
                source.visible = Some(alias.clone());
            }
            add(scope, renamed(source, columns))?;
            return Ok(next);
        }
        if !words.is(index, &Piece::Open) {
            add(scope, derived(None, None))?;
            return Ok(index + 1);
        }
        let close = words.close_of(index).min(range.end);
        if !words.starts_query(index + 1) {
            conditions.extend(self.read_from(index + 1..close, scope)?);
            return Ok(close + 1);
        }
        let outputs = self.query(index + 1..close, scope.outer)?;
        let (alias, columns, next) = self.alias(close + 1);
        let source = derived(alias.cloned(), outputs.map(named));
        add(scope, renamed(source, columns))?;
        Ok(next)
    }

    /// The relation of this name: a query of the WITH clause, a table or a view.
    fn relation(&mut self, index: usize, name: &Name) -> Result<Source, QueryFault> {
        if let Some(common) = self.commons.iter().rev().find(|common| common.name == *name) {
            return Ok(derived(Some(name.clone()), common.columns.clone()));
        }
        let Some(columns) = self.columns_of(name) else {
            let near = nearest(name.as_str(), relations(self.schema).map(Name::as_str));
            return Err(QueryFault::NoRelation {
                relation: name.clone(),
                near: near.and_then(|near| Name::exact(near).ok()),
            });
        };
        self.record(index, Referent::Relation(name.clone()));
        Ok(Source {
            visible: Some(name.clone()),
            relation: Some(name.clone()),
            by_name: true,
            columns,
        })
    }

    /// Reads `[AS] alias [(columns)]`, and gives the place after it.
    fn alias(&self, index: usize) -> (Option<&'a Name>, Option<Vec<Name>>, usize) {
        let words = self.words;
        let index = index + usize::from(words.keyword(index) == Some("AS"));
        let Some(alias) = words.name(index) else {
            return (None, None, index);
        };
        if !words.is(index + 1, &Piece::Open) {
            return (Some(alias), None, index + 1);
        }
        let close = words.close_of(index + 1);
        let columns = (index + 2..close)
            .filter_map(|at| words.name(at).cloned())
            .collect();
        (Some(alias), Some(columns), close + 1)
    }

    /// Reads the columns of a USING, and gives the place after them.
    fn using(&mut self, open: usize, scope: &mut Scope<'_>) -> usize {
        let close = self.words.close_of(open);
        for index in open..close {
            let Some(column) = self.words.name(index) else {
                continue;
            };
            let having = scope.sources.iter().filter(|source| source.has(column));
            for relation in having.filter_map(|source| source.relation.clone()) {
                let column = column.clone();
                self.record(index, Referent::Column { relation, column });
            }
            scope.joined.push(column.clone());
        }
        close + 1
    }
}

fn derived(visible: Option<Name>, columns: Option<Vec<Name>>) -> Source {
    Source {
        visible,
        relation: None,
        by_name: false,
        columns,
    }
}

/// The source with the column names that its alias gives; they hide the relation's own.
fn renamed(source: Source, columns: Option<Vec<Name>>) -> Source {
    match columns {
        Some(columns) => derived(source.visible, Some(columns)),
        None => source,
    }
}

fn add(scope: &mut Scope<'_>, source: Source) -> Result<(), QueryFault> {
    if let Some(visible) = &source.visible
        && scope
            .sources
            .iter()
            .any(|other| other.visible.as_ref() == Some(visible))
    {
        return Err(QueryFault::Twice(visible.clone()));
    }
    scope.sources.push(source);
    Ok(())
}
