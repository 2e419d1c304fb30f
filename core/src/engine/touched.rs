//! The tables that a step touches.

use std::collections::BTreeSet;

use serde::Serialize;

/// The tables and views that a step touches: those that it creates, changes or drops, and those whose rows it writes.
///
/// What the foreign keys of a table (`ON DELETE CASCADE`) and triggers do elsewhere is not among them, unless the script
/// says so with `-- limbeck:touches`. Of native SQL they are the objects that its statements name, where a name too many is
/// possible. As JSON it is a list of names, or `null` for any.
///
/// ```
/// use limbeck_core::engine::TouchedTables;
///
/// let tables = TouchedTables::of(["account"]);
/// assert!(tables.may_include("Account") && !tables.may_include("team"));
/// assert!(TouchedTables::Any.may_include("team"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum TouchedTables {
    /// These and no others.
    Named(BTreeSet<String>),
    /// Perhaps all there are: the step has code or SQL of which nobody can say it.
    Any,
}

impl Default for TouchedTables {
    fn default() -> Self {
        Self::Named(BTreeSet::new())
    }
}

impl TouchedTables {
    /// These tables.
    pub fn of(names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::Named(names.into_iter().map(Into::into).collect())
    }

    /// Their names, sorted; none where it may be any.
    pub fn names(&self) -> Option<impl Iterator<Item = &str>> {
        match self {
            Self::Named(names) => Some(names.iter().map(String::as_str)),
            Self::Any => None,
        }
    }

    /// Whether the step may touch a table. Servers differ in the case of names, so that it does not count.
    pub fn may_include(&self, table: &str) -> bool {
        let is_it = |name: &String| name.to_lowercase() == table.to_lowercase();
        match self {
            Self::Named(names) => names.iter().any(is_it),
            Self::Any => true,
        }
    }

    /// Adds names, or everything where there are none to give.
    pub(crate) fn add(&mut self, touched: Option<impl IntoIterator<Item = impl Into<String>>>) {
        match (self, touched) {
            (Self::Any, _) => {}
            (Self::Named(names), Some(more)) => names.extend(more.into_iter().map(Into::into)),
            (any, None) => *any = Self::Any,
        }
    }
}
