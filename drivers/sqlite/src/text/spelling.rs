//! Names that SQLite takes for the same.

use limbeck_core::schema::Name;

/// The one of some names that a word means, in any case.
pub(crate) fn find<'a>(word: &str, names: &'a [Name]) -> Option<&'a Name> {
    names.iter().find(|name| name.as_str().eq_ignore_ascii_case(word))
}

/// The name as it is spelt among others; itself when it is none of them.
pub(crate) fn spelt_as(name: &Name, names: &[Name]) -> Name {
    find(name.as_str(), names).unwrap_or(name).clone()
}

/// The names as they are spelt among others.
pub(crate) fn all_spelt_as(words: &[Name], names: &[Name]) -> Vec<Name> {
    words.iter().map(|word| spelt_as(word, names)).collect()
}
