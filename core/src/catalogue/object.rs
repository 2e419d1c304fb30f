//! Objects.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;
use serde::Serialize;

use super::Kind;

/// What names an object within its database.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ObjectId {
    /// What it is.
    pub kind: Kind,
    /// The name of what it is part of, where its own name is not unique without: that of the table of a trigger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// The name for people, and unique among its like: with the schema where it is not the usual one, and with the types of
    /// the arguments of a function.
    pub name: String,
}

impl ObjectId {
    /// An object whose name is unique in its kind.
    pub fn new(kind: Kind, name: impl Into<String>) -> Self {
        Self {
            kind,
            of: None,
            name: name.into(),
        }
    }

    /// An object whose name is unique in what it is part of.
    pub fn part(kind: Kind, of: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            kind,
            of: Some(of.into()),
            name: name.into(),
        }
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.name)?;
        match &self.of {
            Some(of) => write!(f, " of {of}"),
            None => Ok(()),
        }
    }
}

/// One object of a database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Object {
    /// What names it.
    pub id: ObjectId,
    /// The statements that make it, without [settings](Self::settings).
    pub create: Vec<String>,
    /// What they say, where the engine keeps them as somebody wrote them: what is compared in their place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canonical: Option<String>,
    /// The statements that take it away.
    pub drop: Vec<String>,
    /// What must be there as long as this is.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub needs: BTreeSet<Need>,
    /// What its text speaks of although the engine does not know that it needs it: the tables in the body of a function. Where
    /// both are made this is made later; nothing else follows from it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub mentions: BTreeSet<ObjectId>,
    /// What goes together with it: the table of an index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<ObjectId>,
    /// The columns of a table, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<ColumnText>,
    /// Whether the order of its columns can be changed, and so is a difference.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ordered_columns: bool,
    /// What else a driver must know to change it, by names that only the driver knows. For a table it is compared: how its
    /// rows are divided, what it inherits.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, String>,
    /// What can be changed by itself at any time, by its name: a comment, a storage parameter.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub settings: BTreeMap<String, Setting>,
    /// What is lost with it.
    #[serde(default, skip_serializing_if = "Keeps::is_nothing")]
    pub keeps: Keeps,
}

impl Object {
    /// An object that is made by a statement and taken away by another one.
    pub fn new(id: ObjectId, create: impl Into<String>, drop: impl Into<String>) -> Self {
        Self {
            id,
            create: vec![create.into()],
            canonical: None,
            drop: vec![drop.into()],
            needs: BTreeSet::new(),
            mentions: BTreeSet::new(),
            part_of: None,
            columns: Vec::new(),
            ordered_columns: false,
            attributes: BTreeMap::new(),
            settings: BTreeMap::new(),
            keeps: Keeps::Nothing,
        }
    }

    /// All statements that make it, with its settings.
    pub fn statements(&self) -> impl Iterator<Item = &str> {
        let settings = self.settings.values().flat_map(|setting| &setting.set);
        self.create.iter().chain(settings).map(String::as_str)
    }

    /// What is made before it, where both are made.
    pub(super) fn prerequisites(&self) -> impl Iterator<Item = &ObjectId> {
        let needs = self.needs.iter().map(|need| &need.object);
        needs.chain(&self.mentions)
    }

    /// Whether it needs another object, or is a part of it.
    pub(super) fn needs_any_of(&self, other: &ObjectId) -> bool {
        self.part_of.as_ref() == Some(other) || self.needs.iter().any(|need| need.object == *other)
    }

    /// The column of this name.
    pub fn column(&self, name: &str) -> Option<&ColumnText> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// What is compared of an object without columns.
    pub(super) fn says(&self) -> &[String] {
        self.canonical.as_ref().map_or(&self.create, std::slice::from_ref)
    }

    /// Whether both are the same but for their [settings](Self::settings). A table is the same when its columns and
    /// [attributes](Self::attributes) are: the text that makes it may have them in another order.
    pub fn is_made_like(&self, other: &Self) -> bool {
        if self.columns.is_empty() && other.columns.is_empty() {
            return self.says() == other.says();
        }
        if self.attributes != other.attributes {
            return false;
        }
        if self.columns.len() != other.columns.len() || self.ordered_columns != other.ordered_columns {
            return false;
        }
        if self.ordered_columns {
            return self
                .columns
                .iter()
                .zip(&other.columns)
                .all(|(one, two)| one == two);
        }
        let mut columns = self.columns.iter();
        columns.all(|column| other.column(&column.name) == Some(column))
    }
}

/// A column in the engine's own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ColumnText {
    /// The name, without quotes.
    pub name: String,
    /// All that stands in CREATE TABLE after the name.
    pub definition: String,
    /// The parts of it that can be changed one by one, by names that only the driver knows.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, String>,
}

impl ColumnText {
    /// A column that changes as a whole.
    pub fn new(name: impl Into<String>, definition: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            definition: definition.into(),
            attributes: BTreeMap::new(),
        }
    }
}

/// What an object must have beside it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Need {
    /// The object.
    pub object: ObjectId,
    /// The column of it, where only that is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
}

impl Need {
    /// The whole of an object.
    pub const fn whole(object: ObjectId) -> Self {
        Self { object, column: None }
    }

    /// A column of a table.
    pub fn column(object: ObjectId, column: impl Into<String>) -> Self {
        Self {
            object,
            column: Some(column.into()),
        }
    }
}

/// What can be changed without the rest of its object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Setting {
    /// The statements that make it so. What is compared.
    pub set: Vec<String>,
    /// The statements that make it as it is in a new object.
    pub unset: Vec<String>,
}

impl Setting {
    /// A setting of these two statements.
    pub fn new(set: impl Into<String>, unset: impl Into<String>) -> Self {
        Self {
            set: vec![set.into()],
            unset: vec![unset.into()],
        }
    }
}

/// What is lost with an object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Keeps {
    /// Nothing: it can be made again.
    #[default]
    Nothing,
    /// Rows.
    Rows,
    /// How far it has counted.
    Count,
}

impl Keeps {
    const fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }

    /// What is lost, in words; none when nothing is.
    pub const fn in_words(self) -> Option<&'static str> {
        match self {
            Self::Nothing => None,
            Self::Rows => Some("its rows"),
            Self::Count => Some("how far it has counted"),
        }
    }
}
