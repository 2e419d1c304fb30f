//! Consecutive alterations of one table as one ALTER TABLE: one look at its rows, or one rewrite, for all of them.

use limbeck_core::dialect::Rendering;
use limbeck_core::dialect::Statement;
use limbeck_core::dialect::render;
use limbeck_core::operation::Operation;
use limbeck_core::schema::Name;

use super::touch::Touch;
use super::traits::POSTGRES;

/// Puts alterations together where the meaning is the same.
pub(super) fn merge(operations: &[Operation], rendering: Rendering) -> Rendering {
    let Rendering {
        statements, notes, ..
    } = rendering;
    let mut statements = statements.into_iter().peekable();
    let mut merged = Merged::default();
    for (at, operation) in operations.iter().enumerate() {
        let mut own = Vec::new();
        while let Some(statement) = statements.next_if(|statement| statement.operations.start == at) {
            own.push(statement);
        }
        merged.add(operation, own);
    }
    merged.close();
    let mut rendering = Rendering::default();
    rendering.statements = merged.statements;
    rendering.notes = notes;
    rendering
}

#[derive(Default)]
struct Merged {
    statements: Vec<Statement>,
    open: Option<Alteration>,
}

impl Merged {
    fn add(&mut self, operation: &Operation, own: Vec<Statement>) {
        let Some(next) = Alteration::of(operation, &own) else {
            self.close();
            self.statements.extend(own);
            return;
        };
        match &mut self.open {
            Some(open) if open.takes(&next) => open.take(next),
            _ => {
                self.close();
                self.open = Some(next);
            }
        }
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            open.write(&mut self.statements);
        }
    }
}

/// An ALTER TABLE in the making.
struct Alteration {
    table: Name,
    touches: Vec<Touch>,
    actions: Vec<String>,
    /// Carries the range and the guards.
    statement: Statement,
    /// What follows it: comments of new columns.
    after: Vec<Statement>,
}

impl Alteration {
    fn of(operation: &Operation, own: &[Statement]) -> Option<Self> {
        let table = operation.table()?;
        let prefix = render::alter_table(&POSTGRES, table, "");
        let first = own.first()?;
        let actions: Vec<_> = own
            .iter()
            .filter_map(|statement| statement.sql.strip_prefix(&prefix))
            .map(str::to_owned)
            .collect();
        let touch = Touch::of(operation, actions.len() > 1)?;
        let after = own
            .iter()
            .filter(|statement| !statement.sql.starts_with(&prefix))
            .cloned()
            .collect();
        Some(Self {
            table: table.clone(),
            touches: vec![touch],
            actions,
            statement: first.clone(),
            after,
        })
    }

    fn takes(&self, next: &Self) -> bool {
        self.table == next.table
            && next.touches.iter().all(|touch| {
                self.touches.iter().all(|earlier| {
                    earlier.goes_before(touch)
                        && (next.statement.guards.is_empty() || earlier.leaves_alone(touch))
                })
            })
    }

    fn take(&mut self, next: Self) {
        self.touches.extend(next.touches);
        self.actions.extend(next.actions);
        self.statement.operations.end = next.statement.operations.end;
        self.statement.guards.extend(next.statement.guards);
        self.after.extend(next.after);
    }

    fn write(mut self, statements: &mut Vec<Statement>) {
        let text = match self.actions.as_slice() {
            [action] => render::alter_table(&POSTGRES, &self.table, action),
            actions => {
                let table = render::quoted(&POSTGRES, &self.table);
                format!("ALTER TABLE {table}\n    {}", actions.join(",\n    "))
            }
        };
        self.statement.sql = text;
        statements.push(self.statement);
        statements.extend(self.after);
    }
}
