//! `A:B`, and the whole history newest first.

use super::GraphError;
use super::Revision;
use super::RevisionGraph;
use super::Rows;
use super::expression::Expression;
use super::expression::Offset;
use super::expression::Point;
use super::expression::Target;
use super::index::Position;
use super::index::Set;
use super::order::newest_first;
use super::resolve::Resolved;
use super::resolve::Resolver;
use super::walk::Place;

impl RevisionGraph {
    /// All revisions, children before parents, one line after the other.
    pub fn newest_first(&self) -> Vec<&Revision> {
        self.in_order(&Set::filled(self.len(), true))
    }

    /// The revisions of a range `A:B`, newest first: B and all that it needs, without what A needs; A is included.
    ///
    /// Without A it starts at the bases, without B it ends at the heads. `-N` as A counts down from B, and `+N` as B
    /// counts up from A; both stop at the end of the line.
    ///
    /// # Errors
    ///
    /// An end means nothing or too much, the text is no range, or A is above B.
    pub fn range(&self, expression: &str, rows: &Rows) -> Result<Vec<&Revision>, GraphError> {
        let resolver = Resolver::new(self, self.split(rows).known, expression);
        let Expression::Range { start, end } = expression.parse()? else {
            return Err(GraphError::RangeNeeded {
                expression: expression.to_owned(),
            });
        };
        let (starts, ends) = resolver.ends(start.as_ref(), end.as_ref())?;
        let mut members = self.needs.reach(ends);
        let below = starts.iter().flat_map(|&start| self.needs.of(start)).copied();
        for position in self.needs.reach(below).iter() {
            members[position] = false;
        }
        let found = self.in_order(&members);
        if found.is_empty() && !starts.is_empty() {
            return Err(GraphError::EmptyRange {
                expression: expression.to_owned(),
            });
        }
        Ok(found)
    }

    fn in_order(&self, members: &Set) -> Vec<&Revision> {
        let order = newest_first(self, members);
        order.into_iter().map(|position| self.node(position)).collect()
    }
}

impl Resolver<'_> {
    fn ends(
        &self,
        start: Option<&Target>,
        end: Option<&Target>,
    ) -> Result<(Vec<Position>, Vec<Position>), GraphError> {
        match (start.and_then(relative), end.and_then(relative)) {
            (Some((target, offset @ Offset::Down(_))), _) => {
                let ends = self.end(end)?;
                Ok((self.walk_from(&ends, target, offset)?, ends))
            }
            (_, Some((target, offset @ Offset::Up(_)))) if start.is_some() => {
                let starts = self.side(start)?;
                let ends = self.walk_from(&starts, target, offset)?;
                Ok((starts, ends))
            }
            _ => Ok((self.side(start)?, self.end(end)?)),
        }
    }

    fn side(&self, target: Option<&Target>) -> Result<Vec<Position>, GraphError> {
        match target.map(|target| self.target(target)).transpose()? {
            None | Some(Resolved::Base) => Ok(Vec::new()),
            Some(Resolved::Revisions(revisions)) => Ok(revisions),
        }
    }

    fn end(&self, target: Option<&Target>) -> Result<Vec<Position>, GraphError> {
        match target {
            Some(_) => self.side(target),
            None => Ok(self.heads()),
        }
    }

    /// So many steps, or as many as there are, from each of these; from base when there is none.
    fn walk_from(
        &self,
        from: &[Position],
        target: &Target,
        offset: Offset,
    ) -> Result<Vec<Position>, GraphError> {
        let branch = self.branch(target)?;
        let mut places: Vec<Place> = from.iter().map(|&position| Place::At(position)).collect();
        if places.is_empty() {
            places.push(Place::Base);
        }
        let mut found = Vec::new();
        for place in places {
            if let Place::At(position) = self.walk(place, offset, branch.as_ref())?.end {
                found.push(position);
            }
        }
        Ok(found)
    }
}

/// `+N` or `-N` without a symbol.
fn relative(target: &Target) -> Option<(&Target, Offset)> {
    match target.point {
        Point::Relative(None, offset) => Some((target, offset)),
        _ => None,
    }
}
