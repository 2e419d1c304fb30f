//! The names in a query.

use std::collections::BTreeMap;
use std::ops::Range;

use super::expression::Aliases;
use super::scope::Common;
use super::scope::Scope;
use super::scope::Source;
use super::words::Words;
use super::words::is_keyword;
use crate::operation::QueryFault;
use crate::schema::Expression;
use crate::schema::Name;
use crate::schema::Piece;
use crate::schema::Schema;
use crate::schema::TokenRun;

/// How many views a view may stand on; more can only be a circle in data from outside.
const DEEPEST: usize = 64;

/// The words that end a FROM clause.
const TAIL: [&str; 9] = [
    "WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "OFFSET", "FETCH", "FOR",
];

/// What a name in a query stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Referent {
    /// A table or view.
    Relation(Name),
    /// A column of a table or view.
    Column { relation: Name, column: Name },
}

/// What the names of a query stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Resolution {
    /// By the place in the run; a name that a USING joins stands for several. Aliases stand for nothing.
    pub(crate) referents: BTreeMap<usize, Vec<Referent>>,
    /// The relations of which all columns are read with `*`, but in an EXISTS, which reads none.
    pub(crate) stars: Vec<Name>,
    /// The columns that the query gives, where they have names; none when a relation is not known.
    pub(crate) outputs: Option<Vec<Option<Name>>>,
}

impl Resolution {
    /// Whether any name stands for this.
    pub(crate) fn reads(&self, referent: &Referent) -> bool {
        self.referents.values().flatten().any(|found| found == referent)
    }
}

/// Finds what each name of a query stands for. Where a relation's columns cannot be known, its names are passed over.
pub(crate) fn resolve(run: &TokenRun, schema: &Schema) -> Result<Resolution, QueryFault> {
    resolve_within(run, schema, 0)
}

fn resolve_within(run: &TokenRun, schema: &Schema, depth: usize) -> Result<Resolution, QueryFault> {
    let mut reader = Reader {
        words: Words(&run.0),
        schema,
        depth,
        commons: Vec::new(),
        resolution: Resolution::default(),
    };
    let outputs = reader.query(0..run.0.len(), None)?;
    reader.resolution.outputs = outputs;
    Ok(reader.resolution)
}

/// The columns that a query gives.
type Outputs = Option<Vec<Option<Name>>>;

pub(super) struct Reader<'a> {
    pub(super) words: Words<'a>,
    pub(super) schema: &'a Schema,
    depth: usize,
    pub(super) commons: Vec<Common>,
    pub(super) resolution: Resolution,
}

impl Reader<'_> {
    pub(super) fn record(&mut self, index: usize, referent: Referent) {
        self.resolution.referents.entry(index).or_default().push(referent);
    }

    /// The columns of a table or view; none when there is no such relation, `Some(None)` when they are not known.
    pub(super) fn columns_of(&self, relation: &Name) -> Option<Option<Vec<Name>>> {
        if let Some(table) = self.schema.tables.get(relation) {
            return Some(Some(
                table.columns.iter().map(|column| column.name.clone()).collect(),
            ));
        }
        let view = self.schema.views.get(relation)?;
        if !view.columns.is_empty() {
            return Some(Some(view.columns.clone()));
        }
        let Expression::Portable(run) = &view.query else {
            return Some(None);
        };
        if self.depth >= DEEPEST {
            return Some(None);
        }
        let outputs = resolve_within(run, self.schema, self.depth + 1)
            .ok()
            .and_then(|resolution| resolution.outputs);
        Some(outputs.map(named))
    }

    /// Reads a whole query: WITH, SELECTs, and what joins them.
    pub(super) fn query(
        &mut self,
        range: Range<usize>,
        outer: Option<&Scope<'_>>,
    ) -> Result<Outputs, QueryFault> {
        let commons = self.commons.len();
        let start = self.with_clause(range.clone(), outer)?;
        let set_operation = |piece: &Piece| is_keyword(piece, &["UNION", "EXCEPT", "INTERSECT"]);
        let parts = self.words.split(start..range.end, set_operation);
        let joined = parts.len() > 1;
        let mut outputs: Option<Outputs> = None;
        for part in parts {
            let quantified = matches!(self.words.keyword(part.start), Some("ALL" | "DISTINCT"));
            let start = part.start + usize::from(quantified);
            let given = if self.words.is(start, &Piece::Open) {
                let close = self.words.close_of(start);
                self.query(start + 1..close.min(part.end), outer)?
            } else {
                let of_union = outputs.clone().filter(|_| joined);
                self.block(start..part.end, outer, of_union)?
            };
            outputs.get_or_insert(given);
        }
        self.commons.truncate(commons);
        Ok(outputs.flatten())
    }

    /// Reads `WITH name [(columns)] AS (query), …` and gives the place after it.
    fn with_clause(&mut self, range: Range<usize>, outer: Option<&Scope<'_>>) -> Result<usize, QueryFault> {
        if self.words.keyword(range.start) != Some("WITH") {
            return Ok(range.start);
        }
        let recursive = self.words.keyword(range.start + 1) == Some("RECURSIVE");
        let mut index = range.start + 1 + usize::from(recursive);
        while let Some(name) = self.words.name(index) {
            index += 1;
            let mut columns = None;
            if self.words.is(index, &Piece::Open) {
                let close = self.words.close_of(index);
                columns = Some(
                    (index..close)
                        .filter_map(|at| self.words.name(at).cloned())
                        .collect(),
                );
                index = close + 1;
            }
            while index < range.end && !self.words.is(index, &Piece::Open) {
                index += 1;
            }
            let close = self.words.close_of(index).min(range.end);
            if recursive {
                self.commons.push(Common {
                    name: name.clone(),
                    columns: columns.clone(),
                });
            }
            let outputs = self.query(index + 1..close, outer)?;
            self.commons.push(Common {
                name: name.clone(),
                columns: columns.or_else(|| outputs.map(named)),
            });
            index = close + 1;
            if self.words.is(index, &Piece::Comma) {
                index += 1;
            }
        }
        Ok(index)
    }

    /// Reads one SELECT with its clauses.
    fn block(
        &mut self,
        range: Range<usize>,
        outer: Option<&Scope<'_>>,
        of_union: Option<Outputs>,
    ) -> Result<Outputs, QueryFault> {
        let words = self.words;
        let mut scope = Scope::within(outer);
        let mut list = range.start;
        while matches!(words.keyword(list), Some("SELECT" | "DISTINCT" | "ALL")) {
            list += 1;
        }
        let tail = words
            .find(list..range.end, |piece| is_keyword(piece, &TAIL))
            .unwrap_or(range.end);
        let from = words.find(list..tail, |piece| is_keyword(piece, &["FROM"]));
        let mut conditions = Vec::new();
        if let Some(from) = from {
            conditions = self.read_from(from + 1..tail, &mut scope)?;
        }
        let nothing = Aliases::default();
        let stars = self.resolution.stars.len();
        let (outputs, explicit) = self.select_list(list..from.unwrap_or(tail), &scope)?;
        if self.is_of_exists(range.start) {
            self.resolution.stars.truncate(stars);
        }
        for condition in conditions {
            self.expression(condition, &scope, &nothing)?;
        }
        let order = words
            .find(tail..range.end, |piece| is_keyword(piece, &["ORDER"]))
            .unwrap_or(range.end);
        let all = outputs.clone().map(named).unwrap_or_default();
        let mut aliases = Aliases {
            first: Vec::new(),
            last: all,
        };
        self.expression(tail..order, &scope, &aliases)?;
        aliases.first = match of_union {
            Some(first) => first.map(named).unwrap_or_default(),
            None => explicit,
        };
        self.expression(order..range.end, &scope, &aliases)?;
        Ok(outputs)
    }

    /// Whether the SELECT at `index` is the query of an EXISTS, whose columns nobody reads.
    fn is_of_exists(&self, index: usize) -> bool {
        let open = index.checked_sub(1);
        open.is_some_and(|open| {
            self.words.is(open, &Piece::Open) && self.words.keyword_before(open) == Some("EXISTS")
        })
    }

    /// Reads the items between SELECT and FROM; gives all output names, and those written as aliases.
    fn select_list(
        &mut self,
        range: Range<usize>,
        scope: &Scope<'_>,
    ) -> Result<(Outputs, Vec<Name>), QueryFault> {
        let words = self.words;
        let mut outputs: Outputs = Some(Vec::new());
        let mut explicit = Vec::new();
        let mut give = |given: Outputs| match (&mut outputs, given) {
            (Some(outputs), Some(given)) => outputs.extend(given),
            (outputs, _) => *outputs = None,
        };
        for item in words.split(range, |piece| *piece == Piece::Comma) {
            if words.is(item.start, &Piece::Star) {
                for source in &scope.sources {
                    self.resolution.stars.extend(source.relation.clone());
                    give(unnamed(source));
                }
                continue;
            }
            let (expression, alias) = alias_of(words, item.clone());
            self.expression(expression, scope, &Aliases::default())?;
            match (alias, words.name(item.end.saturating_sub(1))) {
                (Some(alias), _) => {
                    explicit.push(alias.clone());
                    give(Some(vec![Some(alias.clone())]));
                }
                (None, Some(name)) if matches!(item.len(), 1 | 3) => give(Some(vec![Some(name.clone())])),
                _ if item.len() == 3 && words.is(item.start + 2, &Piece::Star) => {
                    let source = words.name(item.start).and_then(|name| scope.qualified(name));
                    give(source.and_then(unnamed));
                }
                _ => give(Some(vec![None])),
            }
        }
        Ok((outputs, explicit))
    }
}

/// The outputs that have names.
pub(super) fn named(outputs: Vec<Option<Name>>) -> Vec<Name> {
    outputs.into_iter().flatten().collect()
}

fn unnamed(source: &Source) -> Outputs {
    let columns = source.columns.as_ref()?;
    Some(columns.iter().cloned().map(Some).collect())
}

/// An item of a select list: its expression, and its alias when it has one.
fn alias_of(words: Words<'_>, item: Range<usize>) -> (Range<usize>, Option<&Name>) {
    let Some(last) = item.end.checked_sub(1).filter(|last| *last > item.start) else {
        return (item, None);
    };
    let Some(alias) = words.name(last) else {
        return (item, None);
    };
    if words.keyword(last - 1) == Some("AS") {
        return (item.start..last - 1, Some(alias));
    }
    if words.0.get(last - 1).is_some_and(ends_operand) {
        return (item.start..last, Some(alias));
    }
    (item, None)
}

/// Whether an operand ends with this token, so that a name after it is an alias.
fn ends_operand(piece: &Piece) -> bool {
    const VALUES: [&str; 7] = [
        "END",
        "NULL",
        "TRUE",
        "FALSE",
        "CURRENT_DATE",
        "CURRENT_TIME",
        "CURRENT_TIMESTAMP",
    ];
    match piece {
        Piece::Name(_) | Piece::String(_) | Piece::Bytes(_) | Piece::Number(_) | Piece::Close => true,
        other => is_keyword(other, &VALUES),
    }
}
