//! What is written into the file of a revision.

use limbeck_core::script::NativeSections;
use limbeck_core::script::NewScript;

/// The SQL of a revision.
#[derive(Clone, Default)]
pub(crate) struct Sections {
    /// In portable SQL.
    pub(super) upgrade: String,
    pub(super) downgrade: Downgrade,
    /// In the engine's own words.
    pub(super) native: Option<NativeSections>,
}

/// The way back.
#[derive(Clone)]
pub(super) enum Downgrade {
    /// As text.
    Derived(String),
    /// An operation has no inverse; the text says which. A section of comments alone counts as missing.
    None(String),
}

impl Default for Downgrade {
    fn default() -> Self {
        Self::Derived(String::new())
    }
}

impl Sections {
    /// Whether there is a way back.
    pub(super) const fn leads_back(&self) -> bool {
        matches!(self.downgrade, Downgrade::Derived(_))
    }

    /// Puts all of it into a new file.
    pub(crate) fn fill(&self, new: &mut NewScript) {
        new.upgrade.clone_from(&self.upgrade);
        new.native.clone_from(&self.native);
        match &self.downgrade {
            Downgrade::Derived(text) => new.downgrade.clone_from(text),
            Downgrade::None(text) => {
                new.downgrade.clone_from(text);
                if let Some(native) = &mut new.native {
                    native.downgrade.clear();
                }
            }
        }
    }
}
