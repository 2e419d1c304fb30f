//! New indexes.

use super::Identifier;
use super::scope::Read;
use super::scope::Scope;
use crate::operation::PortableError;
use crate::operation::Standing;
use crate::operation::portable::key_of;
use crate::schema::Index;
use crate::schema::IndexKey;
use crate::schema::Name;
use crate::schema::SortOrder;
use crate::sql::Span;

/// One key of an index: a column, or an expression over columns. A name becomes one by itself.
///
/// ```
/// use limbeck_core::operation::{Key, Operations};
///
/// let mut operations = Operations::default();
/// operations.create_index("job", ["queue", "state"], |_| {})?;
/// let keys = [Key::expression("lower(name)"), Key::column("created").descending()];
/// operations.create_index("job", keys, |index| {
///     index.unique().filter("state <> 'done'");
/// })?;
///
/// let mut written = Operations::default();
/// written.execute(
///     "CREATE INDEX ON job (queue, state);
///      CREATE UNIQUE INDEX ON job (lower(name), created DESC) WHERE state <> 'done';",
/// )?;
/// assert_eq!(operations.as_slice(), written.as_slice());
/// # Ok::<(), limbeck_core::operation::BuildError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Key {
    part: KeyPart,
    order: SortOrder,
}

#[derive(Clone, Debug)]
enum KeyPart {
    Column(Identifier),
    Expression(String),
}

impl Key {
    /// A column.
    pub fn column(name: impl Into<Identifier>) -> Self {
        Self {
            part: KeyPart::Column(name.into()),
            order: SortOrder::Ascending,
        }
    }

    /// An expression over columns, as portable SQL.
    pub fn expression(text: impl Into<String>) -> Self {
        Self {
            part: KeyPart::Expression(text.into()),
            order: SortOrder::Ascending,
        }
    }

    /// `DESC`
    pub fn descending(mut self) -> Self {
        self.order = SortOrder::Descending;
        self
    }

    fn read(&self, scope: &mut Scope<'_>) -> Read<(IndexKey, SortOrder)> {
        let key = match &self.part {
            KeyPart::Column(name) => IndexKey::Column(scope.name(name)?),
            KeyPart::Expression(text) => {
                let run = scope.run(text, Standing::Row)?;
                let key = key_of(run, Span::new(0, text.len()));
                scope.kept(key)?
            }
        };
        Ok((key, self.order))
    }
}

impl<T: Into<Identifier>> From<T> for Key {
    fn from(name: T) -> Self {
        Self::column(name)
    }
}

/// `CREATE INDEX`. It holds all rows, does not mind equal ones, and has the name of the naming convention, unless it is
/// told otherwise.
#[derive(Clone, Debug)]
pub struct IndexBuilder {
    name: Option<Identifier>,
    keys: Vec<Key>,
    unique: bool,
    filter: Option<String>,
}

impl IndexBuilder {
    pub(super) fn new<K: Into<Key>>(keys: impl IntoIterator<Item = K>) -> Self {
        Self {
            name: None,
            keys: keys.into_iter().map(Into::into).collect(),
            unique: false,
            filter: None,
        }
    }

    /// The name of the index.
    pub fn named(&mut self, name: impl Into<Identifier>) -> &mut Self {
        self.name = Some(name.into());
        self
    }

    /// `CREATE UNIQUE INDEX`: it refuses equal rows.
    pub fn unique(&mut self) -> &mut Self {
        self.unique = true;
        self
    }

    /// `WHERE …`: only rows that meet this are in it.
    pub fn filter(&mut self, expression: impl Into<String>) -> &mut Self {
        self.filter = Some(expression.into());
        self
    }

    /// Whether it was given a name.
    pub(super) fn is_named(&self) -> bool {
        self.name.is_some()
    }

    pub(super) fn read(&self, scope: &mut Scope<'_>, table: &Name) -> Read<Index> {
        let name = scope.optional_name(self.name.as_ref());
        let keys: Vec<_> = self.keys.iter().map(|key| key.read(scope)).collect();
        let filter = self
            .filter
            .as_deref()
            .map(|text| scope.expression(text, Standing::Row));
        let filter = filter.transpose();
        let keys = keys.into_iter().collect::<Read<Vec<_>>>()?;
        if keys.is_empty() {
            return Err(scope.fault(PortableError::nowhere("it has no column")));
        }
        let name = name?.unwrap_or_else(|| scope.naming().index_of(table, &keys));
        let mut index = Index::new(name, keys);
        index.unique = self.unique;
        index.filter = filter?;
        Ok(index)
    }
}
