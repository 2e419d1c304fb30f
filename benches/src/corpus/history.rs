//! Histories: as nodes of a graph, as the texts of revision files, and as files in a folder.

use std::fs;
use std::io;
use std::path::Path;

use limbeck_core::graph::IdError;
use limbeck_core::graph::Revision;
use limbeck_core::graph::RevisionId;

/// How the revisions of a history hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One line.
    Linear,
    /// Sixteen lines from one base, and every tenth revision depends on another line.
    Branchy,
    /// Feature branches: two revisions on the same one, a merge of both, and so on.
    MergeRich,
}

impl Shape {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Linear, Self::Branchy, Self::MergeRich];

    /// Its name in the results.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Linear => "linear",
            Self::Branchy => "branchy",
            Self::MergeRich => "merge-rich",
        }
    }

    /// The parents of a revision by their numbers.
    fn parents(self, number: usize) -> Vec<usize> {
        match (self, number) {
            (_, 0) => Vec::new(),
            (Self::Linear, _) => vec![number - 1],
            (Self::Branchy, _) => vec![number.saturating_sub(LINES)],
            // 0 ← 1, 2 ← 3 (both) ← 4, 5 ← 6 (both) …
            (Self::MergeRich, _) => match number % 3 {
                0 => vec![number - 2, number - 1],
                1 => vec![number - 1],
                _ => vec![number - 2],
            },
        }
    }

    fn dependency(self, number: usize) -> Option<usize> {
        (self == Self::Branchy && number > LINES && number.is_multiple_of(10)).then(|| number - LINES + 1)
    }
}

/// How many lines a branchy history has.
const LINES: usize = 16;

/// The revisions of a history, parents before children.
///
/// # Errors
/// None: the ids are good.
pub fn revisions(shape: Shape, count: usize) -> Result<Vec<Revision>, IdError> {
    let revision = |number| {
        let mut revision = Revision::new(RevisionId::new(id(number))?, file_name(number));
        let parents = shape.parents(number).into_iter();
        revision.revises = parents
            .map(|parent| RevisionId::new(id(parent)))
            .collect::<Result<_, IdError>>()?;
        revision.depends_on = shape.dependency(number).map(id).into_iter().collect();
        revision.message = message(number);
        Ok(revision)
    };
    (0..count).map(revision).collect()
}

/// The name and the text of the files of a history: one table with its index each.
pub fn files(shape: Shape, count: usize) -> impl Iterator<Item = (String, String)> {
    (0..count).map(move |number| (file_name(number), text(shape, number)))
}

/// Writes the files of a history into a folder.
///
/// # Errors
/// A file cannot be written.
pub fn write(folder: &Path, shape: Shape, count: usize) -> io::Result<()> {
    files(shape, count).try_for_each(|(name, text)| fs::write(folder.join(name), text))
}

fn text(shape: Shape, number: usize) -> String {
    let list = |word: &str, ids: Vec<String>| match ids.is_empty() {
        true => String::new(),
        false => format!("-- limbeck:{word} {}\n", ids.join(", ")),
    };
    format!(
        "-- {message}\n--\n-- limbeck:revision {id}\n{revises}{depends_on}-- limbeck:created 2026-11-21T07:00:00Z\n\
         -- limbeck:portable 1\n\n-- limbeck:upgrade\n{sql}\n-- limbeck:downgrade\nDROP TABLE {table};\n",
        message = message(number),
        id = id(number),
        revises = list("revises", shape.parents(number).into_iter().map(id).collect()),
        depends_on = list(
            "depends_on",
            shape.dependency(number).map(id).into_iter().collect()
        ),
        sql = super::schema::create_table_sql(number),
        table = super::schema::table_name(number),
    )
}

/// An id as `limbeck revision` makes it: twelve hexadecimal digits, in no order.
pub(super) fn id(number: usize) -> String {
    let scattered = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    format!("{:012x}", scattered >> 16)
}

fn file_name(number: usize) -> String {
    format!("{number:06}_{}_step.sql", id(number))
}

fn message(number: usize) -> String {
    format!("Create the table number {number}")
}
