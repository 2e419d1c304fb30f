//! A part of an ALTER TABLE, and what may stand beside it.

use std::ops::Range;

use limbeck_core::dialect::Guard;
use limbeck_core::dialect::NoteKind;
use limbeck_core::schema::Name;

use super::work::Work;
use super::work::statements;

/// What one operation adds to an ALTER TABLE.
#[derive(Clone, Debug)]
pub(super) struct Alteration {
    /// The table.
    pub(super) table: Name,
    /// The clauses, in order.
    pub(super) clauses: Vec<Clause>,
    /// What the clauses speak of.
    pub(super) claims: Vec<Claim>,
    /// Which other operations may share the statement.
    pub(super) company: Company,
    /// What it costs.
    pub(super) work: Work,
    /// What is asked before the statement.
    pub(super) guards: Vec<Guard>,
    /// What a person should know.
    pub(super) notes: Vec<(NoteKind, String)>,
    /// The statements before it; only for one that stands alone.
    pub(super) before: Vec<String>,
    /// The statements after it; only for one that stands alone.
    pub(super) after: Vec<String>,
}

/// A clause of an ALTER TABLE.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Clause {
    /// As it is.
    Text(String),
    /// `MODIFY COLUMN` with the definition that the column has after all operations that share the statement.
    Modify(Name),
}

/// Which operations may share a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Company {
    /// Those that change and add, as long as their claims agree.
    Changes,
    /// Renamed columns, among themselves: the other clauses would have to use the old names.
    Renames,
    /// None.
    Nobody,
}

/// What a clause speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Claim {
    /// A column that comes.
    Added(Name),
    /// A column that goes.
    Dropped(Name),
    /// A part of a column's definition.
    Changed(Name, Aspect),
    /// A column of a new constraint.
    Read(Name),
    /// A constraint that comes or goes.
    Constraint(Name),
    /// The primary key comes.
    KeyAdded,
    /// The primary key goes.
    KeyDropped,
    /// The table's comment.
    Comment,
}

/// A part of a column's definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aspect {
    /// The type.
    Type,
    /// NOT NULL.
    Nullability,
    /// The default.
    Default,
    /// Who numbers the rows.
    Identity,
    /// The comment.
    Comment,
}

impl Alteration {
    /// An alteration of these clauses that may stand beside others.
    pub(super) fn new(table: &Name, clauses: Vec<Clause>, claims: Vec<Claim>) -> Self {
        Self {
            table: table.clone(),
            clauses,
            claims,
            company: Company::Changes,
            work: Work::Rebuild,
            guards: Vec::new(),
            notes: Vec::new(),
            before: Vec::new(),
            after: Vec::new(),
        }
    }

    /// An alteration of one clause.
    pub(super) fn text(table: &Name, clause: impl Into<String>, claims: Vec<Claim>) -> Self {
        Self::new(table, vec![Clause::Text(clause.into())], claims)
    }

    /// The same in this company.
    pub(super) fn keeping(self, company: Company) -> Self {
        Self { company, ..self }
    }

    /// Takes in another one that stands behind it.
    fn take(&mut self, next: Self) {
        for clause in next.clauses {
            if !self.clauses.contains(&clause) {
                self.clauses.push(clause);
            }
        }
        self.claims.extend(next.claims);
        self.guards.extend(next.guards);
    }

    /// The same with a question before it.
    pub(super) fn guarded(mut self, guard: Option<Guard>) -> Self {
        self.guards.extend(guard);
        self
    }
}

impl Claim {
    /// Whether a statement that makes this claim may make the later one too and still do what two statements do.
    fn agrees_with(&self, later: &Self) -> bool {
        match (self, later) {
            (Self::Changed(one, aspect), Self::Changed(other, other_aspect)) => {
                one != other || aspect != other_aspect
            }
            // A new constraint reads a new column, and a changed one as it then is.
            (Self::Added(_) | Self::Changed(..) | Self::Read(_), Self::Read(_)) => true,
            (Self::Constraint(one), Self::Constraint(other)) => one != other,
            (Self::KeyDropped, Self::KeyAdded) => true,
            (Self::KeyAdded | Self::KeyDropped, Self::KeyAdded | Self::KeyDropped) => false,
            (Self::Comment, Self::Comment) => false,
            _ => match (self.column(), later.column()) {
                (Some(one), Some(other)) => one != other,
                _ => true,
            },
        }
    }

    fn column(&self) -> Option<&Name> {
        match self {
            Self::Added(name) | Self::Dropped(name) | Self::Changed(name, _) | Self::Read(name) => Some(name),
            _ => None,
        }
    }
}

/// Alterations of one table that can become one statement.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// The place of the first operation.
    first: usize,
    /// The first one, and those that follow it.
    parts: Vec<Alteration>,
}

/// The alterations that one statement carries out.
#[derive(Clone, Debug)]
pub(super) struct Joined {
    /// Their places.
    pub(super) operations: Range<usize>,
    /// All of them together.
    pub(super) whole: Alteration,
}

impl Group {
    /// A group of one.
    pub(super) fn new(at: usize, alteration: Alteration) -> Self {
        Self {
            first: at,
            parts: vec![alteration],
        }
    }

    /// Whether the alteration may come into the statement.
    pub(super) fn takes(&self, alteration: &Alteration) -> bool {
        let agrees = |part: &Alteration| {
            let mut claims = alteration.claims.iter();
            claims.all(|claim| part.claims.iter().all(|earlier| earlier.agrees_with(claim)))
        };
        let is_company = |part: &Alteration| {
            part.table == alteration.table
                && part.company == alteration.company
                && part.company != Company::Nobody
        };
        self.parts.iter().all(|part| is_company(part) && agrees(part))
    }

    /// Takes the alteration of the next operation in.
    pub(super) fn add(&mut self, alteration: Alteration) {
        self.parts.push(alteration);
    }

    /// The statements: one, unless the engine does two of them better. All questions come before the first.
    pub(super) fn joined(self) -> Vec<Joined> {
        let mut all = Vec::new();
        let ranges = statements(&self.parts);
        let mut parts = self.parts.into_iter();
        for range in ranges {
            let mut own = parts.by_ref().take(range.len());
            if let Some(mut whole) = own.next() {
                own.for_each(|part| whole.take(part));
                all.push(Joined {
                    operations: self.first + range.start..self.first + range.end,
                    whole,
                });
            }
        }
        let guards = all
            .iter_mut()
            .flat_map(|joined| joined.whole.guards.drain(..))
            .collect();
        if let Some(first) = all.first_mut() {
            first.whole.guards = guards;
        }
        all
    }
}
