//! The checks, a file a topic.

mod batches;
mod cancel;
mod catalogue;
mod crashes;
mod errors;
mod loads;
mod locks;
mod lost_lock;
mod many;
mod names;
mod objects;
mod offers;
mod operations;
mod outcomes;
mod results;
mod scratch;
mod sessions;
mod upserts;
mod values;

use super::check::Check;

/// All checks, in the order in which a driver's author meets them.
pub(crate) fn all() -> Vec<Check> {
    [
        values::checks(),
        results::checks(),
        errors::checks(),
        batches::checks(),
        sessions::checks(),
        cancel::checks(),
        locks::checks(),
        lost_lock::checks(),
        operations::checks(),
        names::checks(),
        loads::checks(),
        upserts::checks(),
        catalogue::checks(),
        objects::checks(),
        scratch::checks(),
        outcomes::checks(),
        crashes::checks(),
        many::checks(),
        offers::checks(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
