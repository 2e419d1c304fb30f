//! A schema that many operations are carried out on.

use std::ops::Deref;

use super::change;
use super::native_ddl;
use super::taken::Known;
use crate::operation::ApplyError;
use crate::operation::Operation;
use crate::schema::Name;
use crate::schema::Schema;

/// A schema that many operations are carried out on, one after the other. [`Schema::apply`] looks at every name for each
/// new one; this remembers them, so that the time for a whole history grows as the history does.
#[derive(Clone, Debug, Default)]
pub(crate) struct WorkingSchema {
    schema: Schema,
    /// The names of `schema`, once an operation has asked for them.
    names: Option<Known>,
}

impl WorkingSchema {
    pub(crate) fn new(schema: Schema) -> Self {
        Self { schema, names: None }
    }

    /// The schema as it is in the end.
    pub(crate) fn into_schema(self) -> Schema {
        self.schema
    }

    /// The same as [`Schema::apply`].
    ///
    /// # Errors
    /// Those of [`Schema::apply`].
    pub(crate) fn apply(&mut self, operation: &Operation) -> Result<(), ApplyError> {
        let Self { schema, names } = self;
        let names = names.get_or_insert_with(|| Known::of(schema));
        let gone = Known::going(schema, operation);
        change(schema, names, operation)?;
        names.follow(operation, &gone);
        native_ddl::forget(schema, operation);
        Ok(())
    }

    /// Lets somebody else change what this operation is about, before it is carried out.
    pub(crate) fn prepare(&mut self, operation: &Operation, prepare: impl FnOnce(&mut Schema, &Operation)) {
        let before = indexes_about(&self.schema, operation);
        prepare(&mut self.schema, operation);
        if before != indexes_about(&self.schema, operation) {
            self.names = None;
        }
    }
}

impl Deref for WorkingSchema {
    type Target = Schema;

    fn deref(&self) -> &Schema {
        &self.schema
    }
}

/// The names of the indexes that an operation is about: those of its table, or the one that goes.
fn indexes_about(schema: &Schema, operation: &Operation) -> Vec<Name> {
    let of_table = |table: &Name| schema.tables.get(table).map(|table| &table.indexes);
    match operation {
        Operation::DropIndex { index } => schema.index(index).map(|_| index.clone()).into_iter().collect(),
        other => {
            let indexes = other.table().and_then(of_table).into_iter().flatten();
            indexes.map(|index| index.name.clone()).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::testing::create_index;
    use crate::operation::testing::name;
    use crate::operation::testing::schema;
    use crate::operation::testing::table;
    use crate::schema::Unique;

    #[test]
    fn a_name_in_other_letters_is_taken_until_its_holder_goes() {
        let mut working = WorkingSchema::new(schema(&[table("a", &["x"])]));
        working.apply(&create_index("a", "i", &["x"])).unwrap();
        let create = |text: &str| Operation::CreateTable(table(text, &["x"]));
        for taken in ["A", "I"] {
            assert!(
                matches!(working.apply(&create(taken)), Err(ApplyError::CaseClash { .. })),
                "{taken}"
            );
        }
        working.apply(&Operation::DropTable { table: name("a") }).unwrap();
        for free in ["A", "I"] {
            working.apply(&create(free)).unwrap();
        }
    }

    #[test]
    fn what_somebody_else_has_changed_is_seen() {
        let mut with_unique = table("a", &["x"]);
        with_unique.uniques.push(Unique::new(name("u"), vec![name("x")]));
        let mut working = WorkingSchema::new(schema(&[with_unique, table("b", &["x"])]));
        let drop = Operation::DropIndex { index: name("u") };
        assert!(working.apply(&drop).is_err());
        let as_index = |schema: &mut Schema, _: &Operation| {
            schema.apply(&create_index("a", "u", &["x"])).unwrap();
        };
        working.prepare(&drop, as_index);
        let taken = working.apply(&create_index("b", "u", &["x"]));
        assert!(matches!(taken, Err(ApplyError::Taken { .. })));
        working.apply(&drop).unwrap();
    }
}
