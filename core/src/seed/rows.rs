//! A seed of rows.

use super::SeedError;
use super::SeedName;
use super::key;
use super::manifest::RowKeys;
use crate::data_file::DataFile;
use crate::data_file::DataFormat;
use crate::schema::Name;
use crate::schema::Schema;
use crate::schema::Table;

/// A file of CSV or of JSON lines, whose rows a table is to have.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RowSeed {
    /// The file.
    pub file: DataFile,
    /// How it is written.
    pub format: DataFormat,
    /// The table's name as it was written: in seeds.toml, or else in the name of the file.
    pub table: String,
    /// The columns by which a row is found; without them, those of the primary key.
    pub key: Option<Vec<String>>,
}

impl RowSeed {
    pub(super) fn new(name: &SeedName, file: DataFile, format: DataFormat, keys: RowKeys) -> Self {
        Self {
            file,
            format,
            table: keys.table.unwrap_or_else(|| name.word().to_owned()),
            key: keys.key,
        }
    }

    /// The names that the table may have: as it was written, or in lower case, as a name without quotes is in SQL.
    pub(crate) fn table_names(&self) -> impl Iterator<Item = Name> {
        let names = [Name::exact(self.table.as_str()), Name::folded(&self.table)];
        names.into_iter().flatten()
    }

    /// The table.
    pub(crate) fn table<'a>(&self, schema: &'a Schema) -> Result<&'a Table, SeedError> {
        let found = self.table_names().find_map(|name| schema.table(&name));
        found.ok_or_else(|| SeedError::NoTable {
            file: self.file.name().to_owned(),
            table: self.table.clone(),
        })
    }

    /// The columns by which a row of the table is found. `columns` are those that the file names.
    pub(crate) fn key(&self, table: &Table, columns: &[Name]) -> Result<Vec<Name>, SeedError> {
        key::of(self, table, columns)
    }
}
