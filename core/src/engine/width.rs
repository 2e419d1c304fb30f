//! Room for ids in a version table that another tool has made.

use super::EngineError;
use super::Migrator;
use crate::driver::DriverErrorKind;
use crate::driver::Scope;
use crate::driver::Session;
use crate::graph::RevisionId;
use crate::history::HistoryState;
use crate::schema::DataType;

/// Alembic's column has this width, and it is the narrowest that is known.
const NARROW: usize = 32;

impl Migrator {
    /// Refuses ids that the column of the version table has no room for. A table that Limbeck has made has room for all.
    pub(crate) async fn check_width(
        &self,
        state: &HistoryState,
        session: &mut Session,
        ids: impl IntoIterator<Item = &RevisionId>,
    ) -> Result<(), EngineError> {
        let longest = ids.into_iter().max_by_key(|id| id.as_str().len());
        let Some(id) = longest.filter(|id| state.tables.version && id.as_str().len() > NARROW) else {
            return Ok(());
        };
        let table = &self.options().tables.version;
        let schema = match session
            .introspect(Scope::Tables(std::slice::from_ref(table)))
            .await
        {
            Ok(schema) => schema,
            Err(error) if error.kind == DriverErrorKind::Unsupported => return Ok(()),
            Err(error) => {
                return Err(EngineError::Database {
                    doing: "reading the version table",
                    error,
                });
            }
        };
        let column = schema.table(table).and_then(|table| table.columns.first());
        match column.map(|column| &column.data_type) {
            Some(DataType::Varchar { length } | DataType::Char { length })
                if usize::try_from(*length).is_ok_and(|width| width < id.as_str().len()) =>
            {
                Err(EngineError::IdTooLong {
                    revision: id.clone(),
                    table: table.to_string(),
                    width: *length,
                })
            }
            _ => Ok(()),
        }
    }
}
