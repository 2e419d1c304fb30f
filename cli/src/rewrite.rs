//! What a program has to say about the operations of a comparison.

use limbeck_core::operation::Operation;
use limbeck_core::schema::Schema;

/// Changes what `check`, `diff` and `revision --autogenerate` have found, before it is shown or written.
///
/// What is taken out is no difference: a revision is then proven against the schema to which the operations that are left
/// lead.
///
/// ```
/// use limbeck_cli::Cli;
/// use limbeck_core::operation::Operation;
///
/// // Somebody else drops tables here, not the models.
/// let cli = Cli::new().rewrite(|operations: &mut Vec<Operation>, _before: &_| {
///     operations.retain(|operation| !matches!(operation, Operation::DropTable { .. }));
/// });
/// # let _ = cli;
/// ```
pub trait Rewrite: Send + Sync {
    /// Changes the operations that lead from the schema `before`; they must still fit it, in their order.
    fn rewrite(&self, operations: &mut Vec<Operation>, before: &Schema);
}

impl<F: Fn(&mut Vec<Operation>, &Schema) + Send + Sync> Rewrite for F {
    fn rewrite(&self, operations: &mut Vec<Operation>, before: &Schema) {
        self(operations, before);
    }
}
