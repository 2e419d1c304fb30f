//! Views.

use super::dependents;
use super::dependents::NativeText;
use super::names;
use super::taken::TakenNames;
use crate::operation::ApplyError;
use crate::operation::Object;
use crate::operation::QueryFault;
use crate::operation::find;
use crate::operation::references::resolve;
use crate::schema::Expression;
use crate::schema::Name;
use crate::schema::Schema;
use crate::schema::View;

pub(super) fn create(schema: &mut Schema, taken: &dyn TakenNames, view: &View) -> Result<(), ApplyError> {
    let object = Object::View(view.name.clone());
    names::relation(schema, taken, &object, None)?;
    for (index, column) in view.columns.iter().enumerate() {
        if view.columns.iter().take(index).any(|earlier| earlier == column) {
            return Err(ApplyError::ColumnTwice {
                object,
                column: column.clone(),
            });
        }
    }
    if let Expression::Portable(run) = &view.query {
        let resolution = resolve(run, schema).map_err(|fault| in_view(view, fault))?;
        if let Some(relation) = resolution.stars.into_iter().next() {
            return Err(in_view(view, QueryFault::Star(relation)));
        }
    }
    schema.views.insert(view.name.clone(), view.clone());
    Ok(())
}

pub(super) fn drop(schema: &mut Schema, name: &Name) -> Result<(), ApplyError> {
    find::view(schema, name)?;
    dependents::refuse(
        Object::View(name.clone()),
        dependents::of_view(schema, name, NativeText::Unread),
    )?;
    schema.views.remove(name);
    Ok(())
}

fn in_view(view: &View, fault: QueryFault) -> ApplyError {
    ApplyError::View {
        view: view.name.clone(),
        fault,
    }
}
