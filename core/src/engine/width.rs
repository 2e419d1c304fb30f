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
        match column.and_then(|column| width(&column.data_type)) {
            Some(width) if usize::try_from(width).is_ok_and(|width| width < id.as_str().len()) => {
                Err(EngineError::IdTooLong {
                    revision: id.clone(),
                    table: table.to_string(),
                    width,
                })
            }
            _ => Ok(()),
        }
    }
}

/// The letters that a text column has room for. With a collation that is not Limbeck's own, MySQL's is a native type.
fn width(data_type: &DataType) -> Option<u32> {
    match data_type {
        DataType::Varchar { length } | DataType::Char { length } => Some(*length),
        DataType::Native { sql, .. } => {
            let (word, rest) = sql.split_once('(')?;
            let is_text = ["char", "varchar"].contains(&word.trim().to_ascii_lowercase().as_str());
            let (length, _) = rest.split_once(')')?;
            length.trim().parse().ok().filter(|_| is_text)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_native_text_type_has_its_width_too() {
        let native = |sql: &str| {
            width(&DataType::Native {
                driver: "mysql".to_owned(),
                sql: sql.to_owned(),
            })
        };
        assert_eq!(native("varchar(32) COLLATE utf8mb4_general_ci"), Some(32));
        assert_eq!(native("CHAR (12)"), Some(12));
        assert_eq!(native("decimal(10)"), None);
        assert_eq!(native("longtext"), None);
    }
}
