//! Models as Rust structs say what portable SQL says.

#![allow(
    dead_code,
    reason = "the fields of these structs are columns, and nobody reads them"
)]

mod every_word;
mod faults;
mod files;

use limbeck_core::models::Models;
use limbeck_core::operation::NamingConvention;
use limbeck_core::operation::Operations;
use limbeck_core::operation::PortableOptions;
use limbeck_core::schema::Schema;

/// What statements make, which stand in an order in which they run.
fn written(text: &str, options: &PortableOptions) -> Schema {
    let mut operations = Operations::new(options.clone());
    operations
        .execute(text)
        .unwrap_or_else(|error| panic!("{error}: {text}"));
    let mut schema = Schema::new();
    for operation in operations.as_slice() {
        schema
            .apply(operation)
            .unwrap_or_else(|error| panic!("{error}: {text}"));
    }
    schema
}

/// Both say the same, whatever the names of constraints are, and so does the file that the models can be printed as.
fn same(models: &Models, text: &str) {
    let mut other = NamingConvention::default();
    other.primary_key = "{table}_key".to_owned();
    other.unique = "{table}_{columns}_unique".to_owned();
    other.foreign_key = "{table}_{columns}_from".to_owned();
    other.check = "{table}_{columns}_check".to_owned();
    other.index = "{table}_{columns}_idx".to_owned();
    for options in [NamingConvention::default(), other].map(PortableOptions::with_naming) {
        let desired = models.desired(&options).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(desired.schema, written(text, &options));
        let printed = Models::new().sql(models.to_sql().unwrap());
        assert_eq!(desired.schema, printed.desired(&options).unwrap().schema);
    }
}
