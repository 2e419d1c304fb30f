//! What a comparison leaves out.

use std::collections::BTreeSet;
use std::str::FromStr;

use crate::catalogue::Catalogue;
use crate::catalogue::Kind;
use crate::catalogue::ObjectId;
use crate::schema::Schema;

/// Names that a comparison leaves out, with all that is part of what has such a name.
///
/// A pattern is a name, where `*` stands for any text and `?` for one character, and before it the kind of the object where
/// only that is meant: `geometry_columns`, `tmp_*`, `function:st_*`.
///
/// ```
/// use limbeck_core::catalogue::Kind;
/// use limbeck_core::diff::Ignored;
///
/// let ignored = Ignored::new(["tmp_*", "function:st_*"])?;
/// assert!(ignored.hides(Kind::Table, "tmp_import"));
/// assert!(!ignored.hides(Kind::Table, "st_agnes"));
/// # Ok::<(), limbeck_core::diff::PatternError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ignored(Vec<Pattern>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Pattern {
    kind: Option<Kind>,
    name: Vec<char>,
}

/// Why a text is no pattern.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PatternError {
    /// It has no name.
    #[error("`{0}` has no name")]
    NoName(String),
    /// What stands before the colon is no kind of object.
    #[error("`{pattern}`: there is no kind of object called `{kind}`")]
    NoKind {
        /// The whole.
        pattern: String,
        /// What stands before the colon.
        kind: String,
    },
}

impl FromStr for Pattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, PatternError> {
        let (kind, name) = match text.split_once(':') {
            Some((kind, name)) => {
                // The words of an object's kind are those of its JSON, where blanks are underscores.
                let word = kind.trim().replace(' ', "_");
                let read = serde_json::from_value(serde_json::Value::String(word));
                let read = read.map_err(|_| PatternError::NoKind {
                    pattern: text.to_owned(),
                    kind: kind.to_owned(),
                });
                (Some(read?), name)
            }
            None => (None, text),
        };
        match name.trim() {
            "" => Err(PatternError::NoName(text.to_owned())),
            name => Ok(Self {
                kind,
                name: name.chars().collect(),
            }),
        }
    }
}

impl Ignored {
    /// These patterns.
    ///
    /// # Errors
    /// One is none.
    pub fn new<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Result<Self, PatternError> {
        let patterns = patterns.into_iter().map(str::parse);
        patterns.collect::<Result<_, _>>().map(Self)
    }

    /// Whether an object of this kind and name is left out.
    pub fn hides(&self, kind: Kind, name: &str) -> bool {
        let name: Vec<char> = name.chars().collect();
        self.0
            .iter()
            .any(|pattern| pattern.kind.is_none_or(|wanted| wanted == kind) && matches(&pattern.name, &name))
    }

    /// Takes out what is hidden; the names of what went.
    pub fn take_out(&self, schema: &mut Schema) -> BTreeSet<ObjectId> {
        let mut gone = BTreeSet::new();
        let mut goes = |kind: Kind, name: &str| {
            let hides = self.hides(kind, name);
            if hides {
                gone.insert(ObjectId::new(kind, name));
            }
            hides
        };
        schema.tables.retain(|name, _| !goes(Kind::Table, name.as_str()));
        schema.views.retain(|name, _| !goes(Kind::View, name.as_str()));
        for table in schema.tables.values_mut() {
            table
                .indexes
                .retain(|index| !goes(Kind::Index, index.name.as_str()));
            table
                .checks
                .retain(|check| !goes(Kind::Constraint, check.name.as_str()));
            table
                .uniques
                .retain(|unique| !goes(Kind::Constraint, unique.name.as_str()));
            table
                .foreign_keys
                .retain(|key| !goes(Kind::ForeignKey, key.name.as_str()));
        }
        gone
    }

    /// Takes out what is hidden, and all that is part of it; the names of what went.
    pub fn take_out_objects(&self, catalogue: &mut Catalogue) -> BTreeSet<ObjectId> {
        let mut gone = BTreeSet::new();
        catalogue.retain(|object| {
            let hides = self.hides(object.id.kind, &object.id.name)
                || object
                    .part_of
                    .as_ref()
                    .is_some_and(|whole| self.hides(whole.kind, &whole.name));
            if hides {
                gone.insert(object.id.clone());
            }
            !hides
        });
        gone
    }
}

/// Whether a name is what a pattern says.
fn matches(pattern: &[char], name: &[char]) -> bool {
    // Where the last star stands, and how much of the name it takes.
    let (mut star, mut taken) = (None, 0);
    let (mut at, mut here) = (0, 0);
    while here < name.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some(at);
                taken = here;
                at += 1;
            }
            Some(letter) if *letter == '?' || Some(letter) == name.get(here) => {
                at += 1;
                here += 1;
            }
            _ => match star {
                Some(star) => {
                    taken += 1;
                    at = star + 1;
                    here = taken;
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(at).all(|letter| *letter == '*')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Object;

    #[test]
    fn stars_and_question_marks_stand_for_letters() {
        let hides = |pattern: &str, name: &str| Ignored::new([pattern]).unwrap().hides(Kind::Table, name);
        for (pattern, name) in [
            ("a", "a"),
            ("*", ""),
            ("*", "ä"),
            ("a*b*c", "aXbYbc"),
            ("t?", "tö"),
            ("*_old", "a_old_old"),
            ("table: a b", "a b"),
        ] {
            assert!(hides(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [
            ("a", "A"),
            ("a?", "a"),
            ("a*b", "abc"),
            ("view:a", "a"),
            ("a", "ab"),
        ] {
            assert!(!hides(pattern, name), "{pattern} {name}");
        }
    }

    #[test]
    fn a_pattern_has_a_name_and_a_kind_that_is_known() {
        assert_eq!(
            Ignored::new(["tabel:x"]).unwrap_err().to_string(),
            "`tabel:x`: there is no kind of object called `tabel`"
        );
        assert_eq!(Ignored::new([" "]).unwrap_err().to_string(), "` ` has no name");
        assert!(
            Ignored::new(["materialized view:x"])
                .unwrap()
                .hides(Kind::MaterializedView, "x")
        );
    }

    #[test]
    fn the_parts_of_what_is_hidden_are_hidden() {
        let table = ObjectId::new(Kind::Table, "tmp_a");
        let mut index = Object::new(ObjectId::new(Kind::Index, "ix"), "CREATE INDEX", "DROP INDEX");
        index.part_of = Some(table.clone());
        let mut catalogue = Catalogue::from_iter([Object::new(table, "CREATE TABLE", "DROP TABLE"), index]);
        let gone = Ignored::new(["tmp_*"]).unwrap().take_out_objects(&mut catalogue);
        assert!(catalogue.is_empty());
        assert_eq!(gone.len(), 2);
    }
}
