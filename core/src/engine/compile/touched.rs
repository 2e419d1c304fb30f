//! Which tables a step touches.

use super::CompiledStep;
use super::Compiler;
use crate::graph::Direction;
use crate::operation::Operation;
use crate::schema::Name;
use crate::script::Script;
use crate::script::SourceKind;
use crate::script::SourceStatement;
use crate::script::Touches;
use crate::sql::StatementClass;
use crate::sql::classify;
use crate::sql::named_objects;

impl Compiler<'_> {
    /// Notes what an operation touches. The schema is known as it is before it, if it is known.
    pub(super) fn touch(&self, step: &mut CompiledStep, script: &Script, operation: &Operation) {
        let names = match operation {
            Operation::RenameTable { from, to } => vec![from.clone(), to.clone()],
            Operation::CreateView(view) => vec![view.name.clone()],
            Operation::DropView { view } => vec![view.clone()],
            Operation::DropIndex { index } => match self.table_of(script, index) {
                Some(table) => vec![table],
                None => return step.tables.add(None::<[String; 0]>),
            },
            other => other.table().into_iter().cloned().collect(),
        };
        step.tables.add(Some(names.iter().map(Name::as_str)));
    }

    /// Notes what a statement in the engine's own words touches: what its script says, else what its text tells.
    pub(super) fn touch_native(&self, step: &mut CompiledStep, statement: &SourceStatement, sql: &str) {
        if let Some(touches) = &statement.touches {
            return said(step, touches);
        }
        if statement.kind == SourceKind::Assert {
            return;
        }
        let rules = self.dialect.lexical_rules();
        let names = match classify(sql, rules) {
            StatementClass::Empty | StatementClass::Session | StatementClass::Transaction => Some(Vec::new()),
            StatementClass::Schema | StatementClass::Rows => Some(named_objects(sql, rules)),
            // A query has an effect only by the functions that it calls.
            StatementClass::Query | StatementClass::Opaque | StatementClass::Unknown => None,
        };
        step.tables.add(names);
    }

    /// The table of an index: as the schema has it, else as another part of the script makes it.
    fn table_of(&self, script: &Script, index: &Name) -> Option<Name> {
        let known = self
            .known
            .replay()
            .and_then(|replay| replay.schema().index(index));
        if let Some((table, _)) = known {
            return Some(table.name.clone());
        }
        let portable = script
            .sections()
            .iter()
            .filter(|section| !section.audience.is_native());
        let written = portable.filter_map(|section| self.operations(script, section).ok());
        let written = written.flatten().flat_map(|(_, operations)| operations);
        let coded = [Direction::Upgrade, Direction::Downgrade]
            .into_iter()
            .filter(|_| script.is_rust())
            .filter_map(|direction| self.code_operations(script.revision(), direction).ok()?)
            .flatten();
        written.chain(coded).find_map(|operation| match operation {
            Operation::CreateIndex { table, index: made } if made.name == *index => Some(table),
            _ => None,
        })
    }
}

/// Notes what a script says that a part of it touches.
pub(super) fn said(step: &mut CompiledStep, touches: &Touches) {
    step.tables.add(Some(touches.0.iter().cloned()));
}
