//! What an alteration touches, and when in an ALTER TABLE of several actions PostgreSQL carries it out.

use std::collections::BTreeSet;

use limbeck_core::operation::ColumnChange;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Column;
use limbeck_core::schema::Constraint;
use limbeck_core::schema::Expression;
use limbeck_core::schema::Name;
use limbeck_core::schema::Piece;

use super::implied;

/// PostgreSQL does not carry the actions out as they stand but sorted: what goes, then types, new columns, and what is
/// added to columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    Drop,
    Type,
    Column,
    Rest,
}

/// What an alteration touches.
#[derive(Clone, Debug)]
pub(super) struct Touch {
    columns: BTreeSet<Name>,
    constraints: BTreeSet<Name>,
    /// An expression that was not read: it may touch any column.
    is_open: bool,
    first: Stage,
    last: Stage,
    /// It makes no NULL of a value and no value of NULL, and adds no column.
    keeps_nulls: bool,
    /// What is asked of its rows is only where NULLs are.
    asks_for_nulls: bool,
}

impl Touch {
    /// What the operation touches; none when it cannot share an ALTER TABLE. One that takes `several` actions goes
    /// through all stages.
    pub(super) fn of(operation: &Operation, several: bool) -> Option<Self> {
        let mut touch = Self::at(Stage::Rest);
        match operation {
            Operation::AddColumn {
                table,
                column,
                constraints,
            } => {
                touch.first = Stage::Column;
                if constraints.is_empty() {
                    touch.last = Stage::Column;
                }
                touch.add_column(table, column);
                for constraint in constraints {
                    touch.add_constraint(table, constraint);
                }
            }
            Operation::DropColumn { column, .. } => {
                touch = Self::at(Stage::Drop);
                touch.columns.insert(column.clone());
            }
            Operation::AlterColumn {
                table,
                column,
                change,
            } => {
                touch = Self::at(stage(change)?);
                touch.columns.insert(column.clone());
                touch.keeps_nulls = true;
                touch.asks_for_nulls = *change == ColumnChange::SetNotNull;
                if several {
                    (touch.first, touch.last) = (Stage::Drop, Stage::Rest);
                    touch.constraints.insert(implied::check_name(table, column));
                }
            }
            Operation::AddConstraint { table, constraint } => touch.add_constraint(table, constraint),
            Operation::DropConstraint { constraint, .. } => {
                touch = Self::at(Stage::Drop);
                touch.constraints.insert(constraint.clone());
            }
            _ => return None,
        }
        Some(touch)
    }

    /// Whether `next`, carried out in the same ALTER TABLE, leaves what it leaves after this. The two together may be
    /// taken where one by one they are refused: a type that a check does not fit, before that check is dropped.
    pub(super) fn goes_before(&self, next: &Self) -> bool {
        if !self.shares_columns(next) && self.constraints.is_disjoint(&next.constraints) {
            return true;
        }
        // Within these two stages the actions are carried out as they stand.
        let in_order = self.last == next.first && matches!(next.first, Stage::Drop | Stage::Rest);
        self.last < next.first || in_order
    }

    /// Whether a question about the columns of `next` has the same answer before this as after it.
    pub(super) fn leaves_alone(&self, next: &Self) -> bool {
        if self.keeps_nulls && next.asks_for_nulls {
            return true;
        }
        let drops_constraint = self.first == Stage::Drop && !self.constraints.is_empty();
        !self.shares_columns(next) && !drops_constraint
    }

    fn shares_columns(&self, other: &Self) -> bool {
        self.is_open || other.is_open || !self.columns.is_disjoint(&other.columns)
    }

    fn at(stage: Stage) -> Self {
        Self {
            columns: BTreeSet::new(),
            constraints: BTreeSet::new(),
            is_open: false,
            first: stage,
            last: stage,
            keeps_nulls: false,
            asks_for_nulls: false,
        }
    }

    fn add_column(&mut self, table: &Name, column: &Column) {
        self.columns.insert(column.name.clone());
        self.constraints.insert(implied::check_name(table, &column.name));
        if let Some(generated) = &column.generated {
            self.read(&generated.expression);
        }
    }

    fn add_constraint(&mut self, table: &Name, constraint: &Constraint) {
        self.constraints.insert(constraint.name().clone());
        match constraint {
            Constraint::PrimaryKey(key) => self.columns.extend(key.columns.iter().cloned()),
            Constraint::Unique(unique) => self.columns.extend(unique.columns.iter().cloned()),
            Constraint::ForeignKey(key) => {
                self.columns.extend(key.columns.iter().cloned());
                if key.referenced_table == *table {
                    self.columns.extend(key.referenced_columns.iter().cloned());
                }
            }
            Constraint::Check(check) => self.read(&check.expression),
            _ => self.is_open = true,
        }
    }

    fn read(&mut self, expression: &Expression) {
        let Expression::Portable(run) = expression else {
            self.is_open = true;
            return;
        };
        self.columns.extend(run.0.iter().filter_map(|piece| match piece {
            Piece::Name(name) => Some(name.clone()),
            _ => None,
        }));
    }
}

fn stage(change: &ColumnChange) -> Option<Stage> {
    match change {
        ColumnChange::DropNotNull | ColumnChange::DropDefault => Some(Stage::Drop),
        ColumnChange::SetType(_) => Some(Stage::Type),
        ColumnChange::SetNotNull | ColumnChange::SetDefault(_) => Some(Stage::Rest),
        _ => None,
    }
}
