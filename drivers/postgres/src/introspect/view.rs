//! Views.

use limbeck_core::schema::Expression;
use limbeck_core::schema::View;

use super::catalogue::Relation;

/// The view, if it is one.
pub(super) fn read(relation: &Relation) -> Option<View> {
    let query = relation.entry.query.as_ref()?;
    let query = query.trim().trim_end_matches(';').to_owned();
    Some(View::new(
        relation.entry.name.clone(),
        Vec::new(),
        Expression::Native(query),
    ))
}
