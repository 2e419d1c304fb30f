//! The parts of a table in one order, each in one of the places where it may stand.
//!
//! A key, a check or a foreign key means the same in its column and behind all columns, and so does one without a name and
//! one that has the name which the default convention gives. Only what is more than that stays in the column:
//! AUTOINCREMENT, and DESC, with which an INTEGER is not the rowid.

use limbeck_core::schema::Name;
use limbeck_core::sql::Span;

use super::said;
use crate::text::ClauseKind;
use crate::text::ColumnText;
use crate::text::ConstraintKind;
use crate::text::ConstraintText;
use crate::text::TableText;
use crate::text::default_name;

/// A word with the byte at which it begins in the text, in whose order words are.
pub(super) type Word = (usize, String);

/// What a table says, from the words of its text.
pub(super) fn in_order(table: &TableText<'_>, name: &Name, words: &[Word]) -> String {
    let parts = Parts { table, name, words };
    let first = table
        .columns
        .first()
        .map_or(table.end, |column| column.span.start);
    let head = parts.within(Span::new(0, first));
    let mut constraints: Vec<String> = table
        .constraints
        .iter()
        .map(|constraint| parts.unnamed(constraint, parts.within(constraint.span)))
        .map(joined)
        .collect();
    let mut columns = Vec::new();
    for column in &table.columns {
        columns.push(joined(parts.column(column, &mut constraints)));
    }
    constraints.sort();
    let all: Vec<String> = columns.into_iter().chain(constraints).collect();
    format!("{} {} )", joined(head), all.join(" , "))
}

fn joined(words: Vec<String>) -> String {
    said(words.into_iter().map(Into::into))
}

struct Parts<'a> {
    table: &'a TableText<'a>,
    name: &'a Name,
    words: &'a [Word],
}

impl Parts<'_> {
    fn within(&self, span: Span) -> Vec<String> {
        let first = self.words.partition_point(|(start, _)| *start < span.start);
        let words = self.words.iter().skip(first);
        let inside = words.take_while(|(start, _)| *start < span.end);
        inside.map(|(_, word)| word.clone()).collect()
    }

    /// The words of a column; the constraints that may stand elsewhere are put there.
    fn column(&self, column: &ColumnText<'_>, elsewhere: &mut Vec<String>) -> Vec<String> {
        let mut words = self.within(column.span);
        words.truncate(1);
        let column_name = words.clone();
        words.extend(self.within(column.type_span));
        let mut clauses: Vec<_> = column.clauses.iter().collect();
        clauses.retain(|clause| clause.kind != ClauseKind::Null);
        clauses.sort_by_key(|clause| clause.kind);
        for clause in clauses {
            words.extend(self.within(clause.span));
        }
        for constraint in &column.constraints {
            let mut said = self.unnamed(constraint, self.within(constraint.span));
            said.extend(constraint.deferral.into_iter().flat_map(|span| self.within(span)));
            match placed(&said, constraint, column, &column_name) {
                Some(there) => elsewhere.push(joined(there)),
                None => words.append(&mut said),
            }
        }
        words
    }

    /// A constraint without the name that it would have anyway.
    fn unnamed(&self, constraint: &ConstraintText<'_>, words: Vec<String>) -> Vec<String> {
        let is_default = constraint.name.as_ref().is_some_and(|name| {
            let columns = self.table.columns.iter();
            let columns: Vec<Name> = columns.map(|column| column.name.clone()).collect();
            *name == default_name(self.name, &columns, &constraint.kind)
        });
        match is_default {
            true => words.into_iter().skip(2).collect(),
            false => words,
        }
    }
}

/// A constraint of a column as it would stand behind all columns; none when it cannot.
fn placed(
    words: &[String],
    constraint: &ConstraintText<'_>,
    column: &ColumnText<'_>,
    name: &[String],
) -> Option<Vec<String>> {
    let own_name = if words.first().is_some_and(|word| word == "CONSTRAINT") {
        2
    } else {
        0
    };
    let (own_name, rest) = words.split_at_checked(own_name)?;
    let key = |length: usize| {
        let (head, tail) = rest.split_at_checked(length)?;
        let tail = tail.iter().filter(|word| *word != "ASC").cloned();
        let list = std::iter::once("(".to_owned())
            .chain(name.to_vec())
            .chain([")".to_owned()]);
        Some(head.iter().cloned().chain(list).chain(tail).collect::<Vec<_>>())
    };
    let there = match &constraint.kind {
        ConstraintKind::PrimaryKey {
            is_numbered: true, ..
        } => return None,
        ConstraintKind::PrimaryKey { .. } if column.is_descending_key => return None,
        ConstraintKind::PrimaryKey { .. } => key(2)?,
        ConstraintKind::Unique(_) => key(1)?,
        ConstraintKind::Check(_) => rest.to_vec(),
        ConstraintKind::ForeignKey(_) => {
            let list = ["FOREIGN", "KEY", "("].map(str::to_owned).into_iter();
            let list = list.chain(name.to_vec()).chain([")".to_owned()]);
            list.chain(rest.to_vec()).collect()
        }
    };
    Some(own_name.iter().cloned().chain(there).collect())
}
