//! Cutting a step into the parts that take effect together.

use std::ops::Range;

use super::compile::Action;
use super::compile::CompiledStatement;
use super::compile::Isolation;
use crate::dialect::Capabilities;
use crate::sql::StatementClass;

/// Statements of a step that take effect together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    /// Which statements of the step, from 0.
    pub(crate) range: Range<usize>,
    /// In one transaction with their journal rows, or a single statement between two of them.
    pub(crate) isolation: Isolation,
}

/// Cuts the statements of a step. A step without statements is one empty group: its rows still change.
pub(crate) fn groups(statements: &[CompiledStatement], capabilities: Capabilities) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (index, statement) in statements.iter().enumerate() {
        let isolation = isolation(statement, capabilities);
        match groups.last_mut() {
            Some(group) if isolation == Isolation::Shared && group.isolation == Isolation::Shared => {
                group.range.end = index + 1;
            }
            _ => groups.push(Group {
                range: index..index + 1,
                isolation,
            }),
        }
    }
    if groups.is_empty() {
        groups.push(Group {
            range: 0..0,
            isolation: Isolation::Shared,
        });
    }
    groups
}

/// Whether all statements of a step are one transaction.
pub(crate) fn is_one_transaction(statements: &[CompiledStatement], capabilities: Capabilities) -> bool {
    let is_shared = |group: &Group| group.isolation == Isolation::Shared;
    let groups = groups(statements, capabilities);
    groups.len() == 1 && groups.iter().all(is_shared)
}

fn isolation(statement: &CompiledStatement, capabilities: Capabilities) -> Isolation {
    if matches!(
        statement.action,
        Action::Assert(_) | Action::Guard(_) | Action::Code
    ) {
        return Isolation::Shared;
    }
    let is_taken_back = capabilities.transactional_ddl
        || matches!(statement.class, StatementClass::Rows | StatementClass::Query);
    if is_taken_back {
        statement.isolation
    } else {
        Isolation::Alone
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(class: StatementClass, isolation: Isolation) -> CompiledStatement {
        CompiledStatement {
            action: Action::Execute("x".into()),
            place: None,
            class,
            isolation,
            probe: None,
            timeout: None,
            lock_limit: None,
            explained_by: Vec::new(),
            operations: Vec::new(),
        }
    }

    fn cut(
        classes: &[(StatementClass, Isolation)],
        transactional_ddl: bool,
    ) -> Vec<(Range<usize>, Isolation)> {
        let statements: Vec<_> = classes
            .iter()
            .map(|(class, isolation)| statement(*class, *isolation))
            .collect();
        let mut capabilities = Capabilities::STANDARD;
        capabilities.transactional_ddl = transactional_ddl;
        groups(&statements, capabilities)
            .into_iter()
            .map(|group| (group.range, group.isolation))
            .collect()
    }

    #[test]
    fn a_transactional_step_is_one_group() {
        use Isolation::Shared;
        let step = [
            (StatementClass::Schema, Shared),
            (StatementClass::Rows, Shared),
            (StatementClass::Unknown, Shared),
        ];
        assert_eq!(cut(&step, true), [(0..3, Shared)]);
    }

    #[test]
    fn a_statement_that_stands_alone_cuts_the_step() {
        use Isolation::Alone;
        use Isolation::Shared;
        let step = [
            (StatementClass::Schema, Shared),
            (StatementClass::Schema, Alone),
            (StatementClass::Rows, Shared),
        ];
        assert_eq!(cut(&step, true), [(0..1, Shared), (1..2, Alone), (2..3, Shared)]);
    }

    #[test]
    fn without_transactional_schema_changes_only_rows_share() {
        use Isolation::Alone;
        use Isolation::Shared;
        let step = [
            (StatementClass::Schema, Shared),
            (StatementClass::Rows, Shared),
            (StatementClass::Rows, Shared),
            (StatementClass::Unknown, Shared),
        ];
        assert_eq!(cut(&step, false), [(0..1, Alone), (1..3, Shared), (3..4, Alone)]);
    }

    #[test]
    fn an_empty_step_still_changes_its_rows() {
        assert_eq!(cut(&[], false), [(0..0, Isolation::Shared)]);
    }
}
