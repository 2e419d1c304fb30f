//! A revision written in Rust, as far as a file can have it.

use std::sync::Arc;

use async_trait::async_trait;
use limbeck_core::engine::Migration;
use limbeck_core::operation::BuildError;
use limbeck_core::operation::Operations;

/// The operations of a revision without its data step, for tables in which that step finds nothing to do.
#[allow(missing_debug_implementations, reason = "code has nothing to show")]
pub struct OperationsOnly(pub Arc<dyn Migration>);

#[async_trait]
impl Migration for OperationsOnly {
    fn revision(&self) -> &str {
        self.0.revision()
    }

    fn has_data_step(&self) -> bool {
        false
    }

    fn upgrade(&self, operations: &mut Operations) -> Result<(), BuildError> {
        self.0.upgrade(operations)
    }

    fn downgrade(&self, operations: &mut Operations) -> Result<(), BuildError> {
        self.0.downgrade(operations)
    }
}
