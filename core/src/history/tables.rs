//! The history tables as operations.

use crate::catalogue::Catalogue;
use crate::catalogue::Kind;
use crate::catalogue::Object;
use crate::catalogue::ObjectId;
use crate::dialect::Dialect;
use crate::operation::Operation;
use crate::schema::Column;
use crate::schema::DataType;
use crate::schema::Name;
use crate::schema::NameError;
use crate::schema::PrimaryKey;
use crate::schema::Schema;
use crate::schema::Table;

/// The names of the tables that hold a history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryTables {
    /// The version table: one row a head.
    pub version: Name,
    /// The journal: one row an event.
    pub journal: Name,
    /// The table of leases: one row a history. It exists only where a session's lock cannot be relied on.
    pub lock: Name,
    /// The schema or database that they are in; what the session is in where none is said. A script may leave the session
    /// in another one.
    pub schema: Option<String>,
}

impl Default for HistoryTables {
    fn default() -> Self {
        Self {
            version: Name::fixed("limbeck_version"),
            journal: Name::fixed("limbeck_journal"),
            lock: Name::fixed("limbeck_lock"),
            schema: None,
        }
    }
}

impl HistoryTables {
    /// The tables of the history whose heads `version_table` holds. All histories of a database share one journal.
    pub fn new(version_table: &str) -> Result<Self, NameError> {
        Ok(Self {
            version: Name::exact(version_table)?,
            ..Self::default()
        })
    }

    /// The same, in the schema that a session has pinned, if there is such a thing.
    pub(crate) fn pinned(&self, schema: &str) -> Self {
        Self {
            schema: Some(schema.to_owned()).filter(|schema| !schema.is_empty()),
            ..self.clone()
        }
    }

    /// The version table, as a statement names it.
    pub(super) fn version_sql(&self, dialect: &dyn Dialect) -> String {
        self.sql(dialect, &self.version)
    }

    /// The journal, as a statement names it.
    pub(super) fn journal_sql(&self, dialect: &dyn Dialect) -> String {
        self.sql(dialect, &self.journal)
    }

    /// The table of leases, as a statement names it.
    pub(super) fn lock_sql(&self, dialect: &dyn Dialect) -> String {
        self.sql(dialect, &self.lock)
    }

    fn sql(&self, dialect: &dyn Dialect, table: &Name) -> String {
        let table = dialect.quote_identifier(table.as_str());
        match &self.schema {
            Some(schema) => format!("{}.{table}", dialect.quote_identifier(schema)),
            None => table,
        }
    }

    /// Takes these tables out of a schema that was read from a database: they are no part of what a history makes.
    pub fn leave_out(&self, schema: &mut Schema) {
        schema.tables.remove(&self.version);
        schema.tables.remove(&self.journal);
        schema.tables.remove(&self.lock);
    }

    /// Takes these tables out of a catalogue, with all that is part of them.
    pub fn leave_out_objects(&self, catalogue: &mut Catalogue) {
        let names = [&self.version, &self.journal, &self.lock].map(Name::as_str);
        let is_one = |id: &ObjectId| id.kind == Kind::Table && names.contains(&id.name.as_str());
        let belongs = |object: &Object| is_one(&object.id) || object.part_of.as_ref().is_some_and(is_one);
        catalogue.retain(|object| !belongs(object));
    }

    /// How the version table is made. Its shape is that of Alembic's `alembic_version`, with room for longer ids.
    pub fn create_version_table(&self) -> Operation {
        let mut table = Table::new(self.version.clone(), vec![required("version_num", varchar(255))]);
        table.primary_key = Some(PrimaryKey::new(
            Name::fixed(&format!("{}_pkc", self.version)),
            vec![Name::fixed("version_num")],
        ));
        Operation::CreateTable(table)
    }

    /// How the journal is made.
    pub fn create_journal(&self) -> Operation {
        let columns = vec![
            required("history", varchar(255)),
            required("seq", DataType::BigInt),
            required("run", varchar(64)),
            optional("revision", varchar(255)),
            required("direction", varchar(16)),
            required("event", varchar(16)),
            optional("statement_from", DataType::BigInt),
            optional("statement_to", DataType::BigInt),
            optional("statements", DataType::BigInt),
            optional("sql_hash", varchar(128)),
            optional("checksum", varchar(128)),
            optional("rows_after", DataType::Text),
            optional("session", varchar(255)),
            optional("who", varchar(255)),
            optional("host", varchar(255)),
            required("recorded_at", varchar(40)),
            optional("milliseconds", DataType::BigInt),
            required("tool", varchar(64)),
            required("format", DataType::BigInt),
            optional("error", DataType::Text),
            required("proof", varchar(255)),
        ];
        let mut table = Table::new(self.journal.clone(), columns);
        table.primary_key = Some(PrimaryKey::new(
            Name::fixed(&format!("pk_{}", self.journal)),
            vec![Name::fixed("history"), Name::fixed("seq")],
        ));
        Operation::CreateTable(table)
    }

    /// How the table of leases is made.
    pub(crate) fn create_lock_table(&self) -> Operation {
        let columns = vec![
            required("history", varchar(255)),
            required("token", DataType::BigInt),
            required("beat", DataType::BigInt),
            optional("owner", varchar(64)),
            optional("who", varchar(255)),
            optional("host", varchar(255)),
            optional("pid", DataType::BigInt),
            optional("since", varchar(40)),
        ];
        let mut table = Table::new(self.lock.clone(), columns);
        table.primary_key = Some(PrimaryKey::new(
            Name::fixed(&format!("pk_{}", self.lock)),
            vec![Name::fixed("history")],
        ));
        Operation::CreateTable(table)
    }
}

fn varchar(length: u32) -> DataType {
    DataType::Varchar { length }
}

fn optional(name: &str, data_type: DataType) -> Column {
    Column::new(Name::fixed(name), data_type)
}

fn required(name: &str, data_type: DataType) -> Column {
    let mut column = optional(name, data_type);
    column.nullable = false;
    column
}
