//! The schema that is in a database.
//!
//! SQLite knows the columns of a table, but neither the names of its constraints nor its checks, AUTOINCREMENT or
//! COLLATE: these are read from the text of the table, which SQLite keeps as it was written and edits when the table is
//! altered. What portable SQL can say becomes portable again, everything else stays SQLite's own text.
//!
//! | in the database | in the model |
//! |---|---|
//! | a declared type that the dialect writes | the portable type; UUID comes back as TEXT, TIMESTAMP WITH TIME ZONE as TIMESTAMP |
//! | TEXT with the check that the dialect adds for JSON or ENUM | JSON or ENUM |
//! | any other declared type, and every type with COLLATE | `sqlite(…)` |
//! | `INTEGER PRIMARY KEY AUTOINCREMENT` | BIGINT identity |
//! | a constraint without a name | the name that the default convention gives |
//! | an index key with COLLATE | an expression |
//! | ON CONFLICT, STRICT, WITHOUT ROWID, MATCH, triggers | nothing but the table's own text, which is kept beside it |
//!
//! A foreign key that names no columns means the primary key of its table, and says so when that table is read as well.
//!
//! What ANALYZE has found out goes with its table too, and is brought back by a statement that stands with the texts of the
//! indexes and triggers.
//!
//! Virtual tables with their shadow tables and temporary objects are left out.

mod catalogue;
mod data_type;
mod expression;
mod implied;
mod index;
mod referenced;
mod table;
mod view;

use limbeck_core::driver::DriverError;
use limbeck_core::driver::Rows;
use limbeck_core::schema::NativeDdl;
use limbeck_core::schema::Schema;

use self::catalogue::Catalogue;
use crate::dialect::brought_back;

pub(crate) use self::catalogue::Entry;
pub(crate) use self::catalogue::entry;
pub(crate) use self::catalogue::question;
pub(crate) use self::implied::data_type as implied_type;

/// The schema that the answer to [`question`] describes.
pub(crate) fn schema(rows: &Rows) -> Result<Schema, DriverError> {
    let catalogue = Catalogue::read(rows)?;
    let mut schema = Schema::new();
    for entry in &catalogue.tables {
        let mut table = table::read(entry).map_err(|misread| misread.of("table", &entry.name, &entry.sql))?;
        table.native_ddl = Some(NativeDdl::Known {
            table: entry.sql.clone(),
            dependents: Vec::new(),
        });
        schema.tables.insert(table.name.clone(), table);
    }
    referenced::resolve(&mut schema);
    for entry in &catalogue.indexes {
        let owner = entry.owner().and_then(|name| schema.tables.get_mut(&name));
        if let Some(table) = owner {
            let index =
                index::read(entry, table).map_err(|misread| misread.of("index", &entry.name, &entry.sql))?;
            table.indexes.push(index);
        }
    }
    for entry in catalogue.dependents {
        let owner = entry.owner().and_then(|name| schema.tables.get_mut(&name));
        if let Some(Some(NativeDdl::Known { dependents, .. })) = owner.map(|table| &mut table.native_ddl) {
            dependents.push(entry.sql);
        }
    }
    for table in schema.tables.values_mut() {
        if let Some(NativeDdl::Known { dependents, .. }) = &mut table.native_ddl {
            let statistics = catalogue.statistics.iter();
            dependents.extend(statistics.map(|statistics| brought_back(statistics, &table.name)));
        }
    }
    schema.views = view::read_all(&catalogue.views, &schema)?;
    Ok(schema)
}
