//! Changes of a table.

use super::AlterColumn;
use super::CheckBuilder;
use super::ColumnBuilder;
use super::ColumnType;
use super::ForeignKeyBuilder;
use super::Identifier;
use super::IndexBuilder;
use super::Key;
use super::PrimaryKeyBuilder;
use super::UniqueBuilder;
use super::identifier::all;
use super::parts::Part;
use super::parts::Parts;
use super::parts::Placed;
use super::parts::placed;
use super::scope::Read;
use super::scope::Scope;
use crate::operation::Operation;
use crate::operation::PortableError;
use crate::operation::portable::finished_column;
use crate::schema::Name;

/// Consecutive changes of one table: what `ALTER TABLE`, `CREATE INDEX`, `DROP INDEX` and `COMMENT ON` say.
///
/// Names and expressions are written as in portable SQL, and what has no name gets that of the naming convention.
///
/// ```
/// use limbeck_core::operation::Operations;
///
/// let mut operations = Operations::default();
/// operations.alter_table("account", |t| {
///     t.add_column("folded", "VARCHAR(50)").not_null().default_text("");
///     t.rename_column("mail", "address");
///     t.alter_column("age").set_type("BIGINT").set_not_null().set_default("0");
///     t.add_check("age >= 0");
///     t.add_index(["folded"]).unique();
///     t.drop_column("nick");
///     t.rename_to("person");
/// })?;
///
/// let mut written = Operations::default();
/// written.execute(
///     "ALTER TABLE account
///          ADD COLUMN folded VARCHAR(50) DEFAULT '' NOT NULL,
///          RENAME COLUMN mail TO address,
///          ALTER COLUMN age SET DATA TYPE BIGINT,
///          ALTER COLUMN age SET NOT NULL,
///          ALTER COLUMN age SET DEFAULT 0,
///          ADD CHECK (age >= 0);
///      CREATE UNIQUE INDEX ON account (folded);
///      ALTER TABLE account DROP COLUMN nick, RENAME TO person;",
/// )?;
/// assert_eq!(operations.as_slice(), written.as_slice());
/// # Ok::<(), limbeck_core::operation::BuildError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct AlterTable {
    parts: Parts,
    columns: Placed<AlterColumn>,
    changes: Placed<Change>,
}

/// A change that needs no more than its names.
#[derive(Clone, Debug)]
enum Change {
    DropColumn(Identifier),
    RenameColumn(Identifier, Identifier),
    DropConstraint(Identifier),
    RenameConstraint(Identifier, Identifier),
    DropIndex(Identifier),
    RenameTo(Identifier),
    Comment(Option<String>),
}

/// Any change.
enum Step {
    New(Part),
    Column(AlterColumn),
    Change(Change),
}

impl AlterTable {
    /// `ADD COLUMN`
    pub fn add_column(
        &mut self,
        name: impl Into<Identifier>,
        data_type: impl Into<ColumnType>,
    ) -> &mut ColumnBuilder {
        self.parts
            .column(ColumnBuilder::new(name.into(), data_type.into()))
    }

    /// `DROP COLUMN`
    pub fn drop_column(&mut self, name: impl Into<Identifier>) -> &mut Self {
        self.change(Change::DropColumn(name.into()))
    }

    /// `RENAME COLUMN … TO …`
    pub fn rename_column(&mut self, from: impl Into<Identifier>, to: impl Into<Identifier>) -> &mut Self {
        self.change(Change::RenameColumn(from.into(), to.into()))
    }

    /// `ALTER COLUMN`: what changes is said of the result.
    pub fn alter_column(&mut self, name: impl Into<Identifier>) -> &mut AlterColumn {
        let place = self.parts.place();
        self.columns
            .entry(place)
            .or_insert_with(|| AlterColumn::new(name.into()))
    }

    /// `ADD PRIMARY KEY (columns)`
    pub fn add_primary_key<I: Into<Identifier>>(
        &mut self,
        columns: impl IntoIterator<Item = I>,
    ) -> &mut PrimaryKeyBuilder {
        self.parts.primary_key(PrimaryKeyBuilder::new(all(columns)))
    }

    /// `ADD UNIQUE (columns)`
    pub fn add_unique<I: Into<Identifier>>(
        &mut self,
        columns: impl IntoIterator<Item = I>,
    ) -> &mut UniqueBuilder {
        self.parts.unique(UniqueBuilder::new(all(columns)))
    }

    /// `ADD FOREIGN KEY (columns) REFERENCES table`
    pub fn add_foreign_key<I: Into<Identifier>>(
        &mut self,
        columns: impl IntoIterator<Item = I>,
        table: impl Into<Identifier>,
    ) -> &mut ForeignKeyBuilder {
        let key = ForeignKeyBuilder::new(all(columns), table.into());
        self.parts.foreign_key(key)
    }

    /// `ADD CHECK (expression)`
    pub fn add_check(&mut self, expression: impl Into<String>) -> &mut CheckBuilder {
        self.parts.check(CheckBuilder::new(expression.into()))
    }

    /// `DROP CONSTRAINT`
    pub fn drop_constraint(&mut self, name: impl Into<Identifier>) -> &mut Self {
        self.change(Change::DropConstraint(name.into()))
    }

    /// `RENAME CONSTRAINT … TO …`
    pub fn rename_constraint(&mut self, from: impl Into<Identifier>, to: impl Into<Identifier>) -> &mut Self {
        self.change(Change::RenameConstraint(from.into(), to.into()))
    }

    /// `CREATE INDEX`
    pub fn add_index<K: Into<Key>>(&mut self, keys: impl IntoIterator<Item = K>) -> &mut IndexBuilder {
        self.parts.index(IndexBuilder::new(keys))
    }

    /// `DROP INDEX`
    pub fn drop_index(&mut self, name: impl Into<Identifier>) -> &mut Self {
        self.change(Change::DropIndex(name.into()))
    }

    /// `COMMENT ON TABLE`
    pub fn comment(&mut self, text: impl Into<String>) -> &mut Self {
        self.change(Change::Comment(Some(text.into())))
    }

    /// `COMMENT ON TABLE … IS NULL`
    pub fn drop_comment(&mut self) -> &mut Self {
        self.change(Change::Comment(None))
    }

    /// `RENAME TO …`, the last change.
    pub fn rename_to(&mut self, name: impl Into<Identifier>) -> &mut Self {
        self.change(Change::RenameTo(name.into()))
    }

    fn change(&mut self, change: Change) -> &mut Self {
        let place = self.parts.place();
        self.changes.insert(place, change);
        self
    }

    pub(super) fn read(self, scope: &mut Scope<'_>, table: &Name) -> Read<Vec<Operation>> {
        let mut steps: Placed<Step> = placed(self.parts.placed(), Step::New).collect();
        steps.extend(placed(self.columns, Step::Column));
        steps.extend(placed(self.changes, Step::Change));
        let mut all = Vec::new();
        let mut renamed = false;
        for step in steps.into_values() {
            if std::mem::replace(&mut renamed, matches!(step, Step::Change(Change::RenameTo(_)))) {
                scope.at("");
                let error = PortableError::nowhere("the table is renamed before its last change");
                all.push(Err(scope.fault(error.hint("put rename_to at the end"))));
            }
            all.push(match step {
                Step::New(part) => read_part(part, scope, table),
                Step::Column(column) => column.read(scope, table),
                Step::Change(change) => change.read(scope, table).map(|operation| vec![operation]),
            });
        }
        let operations = all.into_iter().collect::<Read<Vec<_>>>()?;
        Ok(operations.concat())
    }
}

fn read_part(part: Part, scope: &mut Scope<'_>, table: &Name) -> Read<Vec<Operation>> {
    match part {
        Part::Column(builder) => {
            let (draft, comment) = builder.read(scope, table)?;
            let (column, constraints) = scope.kept(finished_column(draft))?;
            let comment = comment.map(|text| Operation::CommentOnColumn {
                table: table.clone(),
                column: column.name.clone(),
                comment: Some(text),
            });
            let new = Operation::AddColumn {
                table: table.clone(),
                column,
                constraints,
            };
            Ok(std::iter::once(new).chain(comment).collect())
        }
        Part::Constraint(builder) => {
            scope.at(builder.part());
            let draft = builder.read(scope, table, &[])?;
            Ok(vec![Operation::AddConstraint {
                table: table.clone(),
                constraint: draft.into_constraint(),
            }])
        }
        Part::Index(builder) => {
            scope.at("index");
            let index = builder.read(scope, table)?;
            Ok(vec![Operation::CreateIndex {
                table: table.clone(),
                index,
            }])
        }
    }
}

impl Change {
    fn read(&self, scope: &mut Scope<'_>, table: &Name) -> Read<Operation> {
        let table = table.clone();
        scope.at("");
        Ok(match self {
            Self::DropColumn(name) => Operation::DropColumn {
                table,
                column: scope.name(name)?,
            },
            Self::RenameColumn(from, to) => {
                let (from, to) = (scope.name(from), scope.name(to));
                Operation::RenameColumn {
                    table,
                    from: from?,
                    to: to?,
                }
            }
            Self::DropConstraint(name) => Operation::DropConstraint {
                table,
                constraint: scope.name(name)?,
            },
            Self::RenameConstraint(from, to) => {
                let (from, to) = (scope.name(from), scope.name(to));
                Operation::RenameConstraint {
                    table,
                    from: from?,
                    to: to?,
                }
            }
            Self::DropIndex(name) => Operation::DropIndex {
                index: scope.name(name)?,
            },
            Self::RenameTo(name) => Operation::RenameTable {
                from: table,
                to: scope.name(name)?,
            },
            Self::Comment(text) => Operation::CommentOnTable {
                table,
                comment: text.as_deref().map(|text| scope.text(text)).transpose()?,
            },
        })
    }
}
