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

    /// The same, and the downgrade wants consent before it drops a table: its rows are not of the upgrade's making.
    pub(crate) fn sparing_rows(mut self) -> Self {
        let ask = |text: &str| {
            text.split_inclusive('\n')
                .map(|line| match line.strip_prefix("DROP TABLE ") {
                    Some(rest) => {
                        let name = rest.trim_end().trim_end_matches(';');
                        format!("-- limbeck:loses_data the rows of {name}\n{line}")
                    }
                    None => line.to_owned(),
                })
                .collect::<String>()
        };
        if let Downgrade::Derived(text) = &mut self.downgrade {
            *text = ask(text);
        }
        if let Some(native) = &mut self.native {
            native.downgrade = ask(&native.downgrade);
        }
        self
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
