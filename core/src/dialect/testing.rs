//! The smallest dialect: the four required methods.

use super::Capabilities;
use super::Dialect;
use super::RenderError;
use super::Version;
use crate::schema::DataType;
use crate::sql::LexicalRules;

#[derive(Debug)]
pub(crate) struct Plain;

impl Dialect for Plain {
    fn name(&self) -> &'static str {
        "plain"
    }

    fn lexical_rules(&self) -> &'static LexicalRules {
        &LexicalRules::STANDARD
    }

    fn capabilities(&self, _server: &Version) -> Capabilities {
        Capabilities {
            deferrable_constraints: true,
            ..Capabilities::STANDARD
        }
    }

    fn type_name(&self, data_type: &DataType, _server: &Version) -> Result<String, RenderError> {
        Ok(match data_type {
            DataType::BigInt => "BIGINT".to_owned(),
            DataType::Integer => "INTEGER".to_owned(),
            DataType::Text => "TEXT".to_owned(),
            DataType::Boolean => "BOOLEAN".to_owned(),
            DataType::Varchar { length } => format!("VARCHAR({length})"),
            _ => return Err(RenderError::unsupported("plain", "store this type")),
        })
    }
}
