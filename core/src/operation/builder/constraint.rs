//! New constraints.

use super::Identifier;
use super::identifier::all;
use super::scope::Read;
use super::scope::Scope;
use crate::operation::Standing;
use crate::operation::portable::Draft;
use crate::operation::portable::check_referenced;
use crate::schema::Check;
use crate::schema::Constraint;
use crate::schema::Deferrable;
use crate::schema::ForeignKey;
use crate::schema::Name;
use crate::schema::PrimaryKey;
use crate::schema::ReferentialAction;
use crate::schema::Unique;
use crate::sql::Span;

/// A constraint of any kind, of a column or of the table.
#[derive(Clone, Debug)]
pub(super) enum ConstraintBuilder {
    PrimaryKey(PrimaryKeyBuilder),
    Unique(UniqueBuilder),
    ForeignKey(ForeignKeyBuilder),
    Check(CheckBuilder),
}

impl ConstraintBuilder {
    /// Reads the constraint; `column` is the one in whose definition it stands, where it does in one.
    pub(super) fn read(&self, scope: &mut Scope<'_>, table: &Name, column: &[Name]) -> Read<Draft> {
        match self {
            Self::PrimaryKey(key) => key.read(scope, table),
            Self::Unique(unique) => unique.read(scope, table),
            Self::ForeignKey(key) => key.read(scope, table),
            Self::Check(check) => check.read(scope, table, column),
        }
    }

    /// What messages call it, where it is one of the table.
    pub(super) fn part(&self) -> &'static str {
        match self {
            Self::PrimaryKey(_) => "primary key",
            Self::Unique(_) => "unique constraint",
            Self::ForeignKey(_) => "foreign key",
            Self::Check(_) => "check",
        }
    }
}

/// `PRIMARY KEY (columns)`. Its name is that of the naming convention unless it is given one.
#[derive(Clone, Debug)]
pub struct PrimaryKeyBuilder {
    name: Option<Identifier>,
    columns: Vec<Identifier>,
}

impl PrimaryKeyBuilder {
    pub(super) fn new(columns: Vec<Identifier>) -> Self {
        Self { name: None, columns }
    }

    /// `CONSTRAINT name`
    pub fn named(&mut self, name: impl Into<Identifier>) -> &mut Self {
        self.name = Some(name.into());
        self
    }

    fn read(&self, scope: &mut Scope<'_>, table: &Name) -> Read<Draft> {
        let name = scope.optional_name(self.name.as_ref());
        let columns = scope.names(&self.columns)?;
        let name = name?;
        let named = name.is_some();
        let name = name.unwrap_or_else(|| scope.naming().primary_key(table));
        let key = PrimaryKey::new(name, columns);
        Ok(Draft::built(Constraint::PrimaryKey(key), named))
    }
}

/// `UNIQUE (columns)`. Its name is that of the naming convention unless it is given one.
#[derive(Clone, Debug)]
pub struct UniqueBuilder {
    name: Option<Identifier>,
    columns: Vec<Identifier>,
    nulls_not_distinct: bool,
}

impl UniqueBuilder {
    pub(super) fn new(columns: Vec<Identifier>) -> Self {
        Self {
            name: None,
            columns,
            nulls_not_distinct: false,
        }
    }

    /// `CONSTRAINT name`
    pub fn named(&mut self, name: impl Into<Identifier>) -> &mut Self {
        self.name = Some(name.into());
        self
    }

    /// `NULLS NOT DISTINCT`: two NULLs are the same.
    pub fn nulls_not_distinct(&mut self) -> &mut Self {
        self.nulls_not_distinct = true;
        self
    }

    fn read(&self, scope: &mut Scope<'_>, table: &Name) -> Read<Draft> {
        let name = scope.optional_name(self.name.as_ref());
        let columns = scope.names(&self.columns)?;
        let name = name?;
        let named = name.is_some();
        let name = name.unwrap_or_else(|| scope.naming().unique(table, &columns));
        let mut unique = Unique::new(name, columns);
        unique.nulls_not_distinct = self.nulls_not_distinct;
        Ok(Draft::built(Constraint::Unique(unique), named))
    }
}

/// `CHECK (expression)`. Its name is that of the naming convention unless it is given one.
#[derive(Clone, Debug)]
pub struct CheckBuilder {
    name: Option<Identifier>,
    expression: String,
}

impl CheckBuilder {
    pub(super) fn new(expression: String) -> Self {
        Self {
            name: None,
            expression,
        }
    }

    /// `CONSTRAINT name`
    pub fn named(&mut self, name: impl Into<Identifier>) -> &mut Self {
        self.name = Some(name.into());
        self
    }

    fn read(&self, scope: &mut Scope<'_>, table: &Name, column: &[Name]) -> Read<Draft> {
        let name = scope.optional_name(self.name.as_ref());
        let expression = scope.expression(&self.expression, Standing::Row)?;
        let name = name?;
        let named = name.is_some();
        let name = name.unwrap_or_else(|| scope.naming().check_of(table, &expression, column));
        let check = Check::new(name, expression);
        Ok(Draft::built(Constraint::Check(check), named))
    }
}

/// `FOREIGN KEY (columns) REFERENCES table`. It refers to the primary key of the other table, does nothing when that
/// changes, is checked at once, and has the name of the naming convention, unless it is told otherwise.
#[derive(Clone, Debug)]
pub struct ForeignKeyBuilder {
    name: Option<Identifier>,
    columns: Vec<Identifier>,
    table: Identifier,
    referenced: Vec<Identifier>,
    on_delete: ReferentialAction,
    on_update: ReferentialAction,
    deferrable: Deferrable,
}

impl ForeignKeyBuilder {
    pub(super) fn new(columns: Vec<Identifier>, table: Identifier) -> Self {
        Self {
            name: None,
            columns,
            table,
            referenced: Vec::new(),
            on_delete: ReferentialAction::default(),
            on_update: ReferentialAction::default(),
            deferrable: Deferrable::default(),
        }
    }

    /// `CONSTRAINT name`
    pub fn named(&mut self, name: impl Into<Identifier>) -> &mut Self {
        self.name = Some(name.into());
        self
    }

    /// The columns of the other table, as many as the key has itself.
    pub fn references<I: Into<Identifier>>(&mut self, columns: impl IntoIterator<Item = I>) -> &mut Self {
        self.referenced = all(columns);
        self
    }

    /// `ON DELETE …`
    pub fn on_delete(&mut self, action: ReferentialAction) -> &mut Self {
        self.on_delete = action;
        self
    }

    /// `ON UPDATE …`
    pub fn on_update(&mut self, action: ReferentialAction) -> &mut Self {
        self.on_update = action;
        self
    }

    /// `DEFERRABLE …`
    pub fn deferrable(&mut self, deferrable: Deferrable) -> &mut Self {
        self.deferrable = deferrable;
        self
    }

    fn read(&self, scope: &mut Scope<'_>, table: &Name) -> Read<Draft> {
        let name = scope.optional_name(self.name.as_ref());
        let columns = scope.names(&self.columns);
        let other = scope.name(&self.table);
        let referenced = if self.referenced.is_empty() {
            Ok(Vec::new())
        } else {
            scope.names(&self.referenced)
        };
        let (name, columns, referenced) = (name?, columns?, referenced?);
        if !referenced.is_empty() {
            let counted = check_referenced(&columns, &referenced, Span::new(0, 0));
            scope.kept(counted)?;
        }
        let named = name.is_some();
        let name = name.unwrap_or_else(|| scope.naming().foreign_key(table, &columns));
        let mut key = ForeignKey::new(name, columns, other?, referenced);
        key.on_delete = self.on_delete;
        key.on_update = self.on_update;
        key.deferrable = self.deferrable;
        Ok(Draft::built(Constraint::ForeignKey(key), named))
    }
}
