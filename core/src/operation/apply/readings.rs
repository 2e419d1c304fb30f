//! What the views read, to prove that a change does not make them read something else.

use std::collections::BTreeMap;

use crate::operation::ApplyError;
use crate::operation::QueryFault;
use crate::operation::references::Referent;
use crate::operation::references::resolve;
use crate::schema::Expression;
use crate::schema::Name;
use crate::schema::Schema;

/// What the names in the query of a view stand for, by their places.
pub(super) struct Reading {
    pub(super) view: Name,
    pub(super) referents: BTreeMap<usize, Vec<Referent>>,
}

/// What all views read whose queries are portable.
pub(super) fn of_views(schema: &Schema) -> Result<Vec<Reading>, ApplyError> {
    let mut readings = Vec::new();
    for view in schema.views.values() {
        if let Expression::Portable(run) = &view.query {
            let resolution = resolve(run, schema).map_err(|fault| in_view(&view.name, fault))?;
            readings.push(Reading {
                view: view.name.clone(),
                referents: resolution.referents,
            });
        }
    }
    Ok(readings)
}

/// That the views read just this. `changed` is the name that the change has brought.
pub(super) fn prove(expected: &[Reading], schema: &Schema, changed: &Name) -> Result<(), ApplyError> {
    for reading in expected {
        let Some(Expression::Portable(run)) = schema.views.get(&reading.view).map(|view| &view.query) else {
            continue;
        };
        let same = resolve(run, schema).is_ok_and(|found| found.referents == reading.referents);
        if !same {
            return Err(in_view(&reading.view, QueryFault::Changed(changed.clone())));
        }
    }
    Ok(())
}

fn in_view(view: &Name, fault: QueryFault) -> ApplyError {
    ApplyError::View {
        view: view.clone(),
        fault,
    }
}
