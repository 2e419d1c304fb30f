//! The schema that is in a database.
//!
//! The server answers one question with a row a table, view, column, constraint, index and key. What portable SQL can say
//! becomes portable again, everything else stays PostgreSQL's own text or is left out.
//!
//! | in the database | in the model |
//! |---|---|
//! | a type that the dialect writes | the portable type |
//! | text with the check that the dialect adds for ENUM | ENUM |
//! | any other type, and every type with another collation than its own | `postgres(…)` |
//! | GENERATED ALWAYS AS IDENTITY | identity; that of a serial column is a default |
//! | DEFAULT NULL | no default |
//! | an expression that portable SQL can say | what makes PostgreSQL understand the same: see `expression` |
//! | NOT NULL | the column is not nullable, unless the server knows the constraint as NOT VALID (18) |
//! | a CHECK or foreign key that is NOT VALID | one like any other |
//! | a constraint that is NOT ENFORCED or WITHOUT OVERLAPS, an exclusion constraint, a foreign key to another schema | nothing |
//! | an index that is not valid, as an interrupted CREATE INDEX CONCURRENTLY leaves one behind | nothing |
//! | an index that is no B-tree | nothing |
//! | an index key with a collation of its own | an expression |
//! | INCLUDE, operator classes, NULLS FIRST and LAST, DEFERRABLE of a key, MATCH FULL | nothing: the rest is there |
//! | a view | its query as PostgreSQL writes it, which names the columns |
//!
//! Partitions, tables that inherit, foreign tables, materialized views and what belongs to an extension are left out.

mod catalogue;
mod data_type;
mod expression;
mod implied;
mod index;
mod question;
mod table;
mod view;

use limbeck_core::driver::DriverError;
use limbeck_core::driver::Rows;
use limbeck_core::schema::Schema;

pub(crate) use self::question::question;

/// The schema that the answer to [`question`] describes.
pub(crate) fn schema(rows: &Rows) -> Result<Schema, DriverError> {
    let mut schema = Schema::new();
    for relation in catalogue::read(rows)? {
        match view::read(&relation) {
            Some(view) => {
                schema.views.insert(view.name.clone(), view);
            }
            None => {
                let table = table::read(relation);
                schema.tables.insert(table.name.clone(), table);
            }
        }
    }
    Ok(schema)
}
