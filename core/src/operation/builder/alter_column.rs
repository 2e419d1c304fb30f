//! Changes of a column.

use super::ColumnType;
use super::Identifier;
use super::column::DefaultValue;
use super::scope::Read;
use super::scope::Scope;
use crate::operation::ColumnChange;
use crate::operation::Operation;
use crate::schema::Name;

/// Changes of one column, one operation each, in the order in which they are said.
#[derive(Clone, Debug)]
pub struct AlterColumn {
    name: Identifier,
    changes: Vec<Change>,
}

#[derive(Clone, Debug)]
enum Change {
    SetType(ColumnType),
    SetNotNull,
    DropNotNull,
    SetDefault(DefaultValue),
    DropDefault,
    Comment(Option<String>),
}

impl AlterColumn {
    pub(super) fn new(name: Identifier) -> Self {
        Self {
            name,
            changes: Vec::new(),
        }
    }

    /// `SET DATA TYPE …`
    pub fn set_type(&mut self, data_type: impl Into<ColumnType>) -> &mut Self {
        self.change(Change::SetType(data_type.into()))
    }

    /// `SET NOT NULL`
    pub fn set_not_null(&mut self) -> &mut Self {
        self.change(Change::SetNotNull)
    }

    /// `DROP NOT NULL`
    pub fn drop_not_null(&mut self) -> &mut Self {
        self.change(Change::DropNotNull)
    }

    /// `SET DEFAULT …`: a literal or any expression without columns, as portable SQL.
    pub fn set_default(&mut self, expression: impl Into<String>) -> &mut Self {
        self.change(Change::SetDefault(DefaultValue::Sql(expression.into())))
    }

    /// `SET DEFAULT '…'`: this very text.
    pub fn set_default_text(&mut self, text: impl Into<String>) -> &mut Self {
        self.change(Change::SetDefault(DefaultValue::Text(text.into())))
    }

    /// `DROP DEFAULT`
    pub fn drop_default(&mut self) -> &mut Self {
        self.change(Change::DropDefault)
    }

    /// `COMMENT ON COLUMN`
    pub fn comment(&mut self, text: impl Into<String>) -> &mut Self {
        self.change(Change::Comment(Some(text.into())))
    }

    /// `COMMENT ON COLUMN … IS NULL`
    pub fn drop_comment(&mut self) -> &mut Self {
        self.change(Change::Comment(None))
    }

    fn change(&mut self, change: Change) -> &mut Self {
        self.changes.push(change);
        self
    }

    pub(super) fn read(&self, scope: &mut Scope<'_>, table: &Name) -> Read<Vec<Operation>> {
        scope.at(format!("column `{}`", self.name));
        let column = scope.name(&self.name)?;
        let operations = self
            .changes
            .iter()
            .map(|change| change.read(scope, table.clone(), column.clone()));
        let operations: Vec<_> = operations.collect();
        operations.into_iter().collect()
    }
}

impl Change {
    fn read(&self, scope: &mut Scope<'_>, table: Name, column: Name) -> Read<Operation> {
        let change = match self {
            Self::SetType(data_type) => ColumnChange::SetType(scope.data_type(data_type)?),
            Self::SetNotNull => ColumnChange::SetNotNull,
            Self::DropNotNull => ColumnChange::DropNotNull,
            Self::SetDefault(default) => ColumnChange::SetDefault(default.read(scope)?),
            Self::DropDefault => ColumnChange::DropDefault,
            Self::Comment(text) => {
                return Ok(Operation::CommentOnColumn {
                    table,
                    column,
                    comment: text.as_deref().map(|text| scope.text(text)).transpose()?,
                });
            }
        };
        Ok(Operation::AlterColumn {
            table,
            column,
            change,
        })
    }
}
