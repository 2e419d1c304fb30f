//! What has been read so far.

use std::collections::HashMap;

use limbeck_core::catalogue::Kind;
use limbeck_core::catalogue::Object;
use limbeck_core::catalogue::ObjectId;

use super::entry::Head;
use super::entry::Whole;

/// A row of the server's catalogue: the oid of the table that it is in, and its own.
pub(super) type Address = (u32, u32);

/// The objects, and where the server keeps them.
#[derive(Debug)]
pub(super) struct Collected {
    /// The schema that need not be named.
    home: Option<String>,
    pub(super) objects: Vec<Object>,
    /// What stands behind a row of the server's catalogue.
    pub(super) known: HashMap<Address, ObjectId>,
    /// The tables, by their oid.
    pub(super) tables: HashMap<u32, Whole>,
    /// The columns of tables, by the oid of the table and their number.
    pub(super) columns: HashMap<(u32, i32), String>,
    /// The texts of functions that the server does not look into.
    pub(super) bodies: Vec<(ObjectId, String)>,
}

impl Collected {
    pub(super) fn new(home: Option<String>) -> Self {
        Self {
            home,
            objects: Vec::new(),
            known: HashMap::new(),
            tables: HashMap::new(),
            columns: HashMap::new(),
            bodies: Vec::new(),
        }
    }

    /// The name for people. A name with a dot in it is quoted, or it could be read as that of another schema's object.
    pub(super) fn name(&self, schema: Option<&str>, name: &str) -> String {
        let quoted = |name: &str| match name.contains(['.', '"']) {
            true => format!("\"{}\"", name.replace('"', "\"\"")),
            false => name.to_owned(),
        };
        match schema {
            Some(schema) if self.home.as_deref() != Some(schema) => {
                format!("{}.{}", quoted(schema), quoted(name))
            }
            _ => quoted(name),
        }
    }

    /// The name of an object that is unique in its schema.
    pub(super) fn id(&self, kind: Kind, head: &Head) -> ObjectId {
        ObjectId::new(kind, self.name(head.schema.as_deref(), &head.name))
    }

    /// Takes an object in.
    pub(super) fn add(&mut self, head: &Head, object: Object) {
        self.known.insert((head.class, head.oid), object.id.clone());
        self.objects.push(object);
    }
}
