//! What is looked at, and what can be found.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

macro_rules! words {
    ($(#[$outer:meta])* $type:ident { $($name:ident $word:literal $meaning:literal;)* }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum $type {
            $(#[doc = $meaning] $name,)*
        }

        impl $type {
            /// All of them, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The word for it, which does not change.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// What it means.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$name => $meaning,)* }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

words! {
    /// Something that a [`Stairway`](super::Stairway) looks at.
    ///
    /// ```
    /// use limbeck_core::stairway::Check;
    ///
    /// assert_eq!("trace".parse(), Ok(Check::Trace));
    /// assert!("speed".parse::<Check>().is_err());
    /// ```
    Check {
        Heads "heads" "the history has a single head";
        Models "models" "the models are what the history makes";
        Upgrade "upgrade" "each upgrade runs, also with rows in the tables";
        Downgrade "downgrade" "each downgrade runs, also with rows in the tables";
        Trace "trace" "each downgrade leaves the schema as it was before the upgrade";
        Again "again" "each upgrade makes the same after a downgrade";
        Rows "rows" "each step keeps the rows of what it does not drop";
        Offline "offline" "what `upgrade --sql` writes makes the same schema";
    }
}

words! {
    /// What kind of finding it is: a closed list.
    FindingKind {
        SeveralHeads "several_heads" "the history has more than one head";
        ModelsDiffer "models_differ" "the models are not what the history makes";
        UpgradeFails "upgrade_fails" "the upgrade fails, also without rows";
        UpgradeFailsWithRows "upgrade_fails_with_rows" "the upgrade fails only where the tables have rows";
        DowngradeFails "downgrade_fails" "the downgrade fails, also without rows";
        DowngradeFailsWithRows "downgrade_fails_with_rows" "the downgrade fails only where the tables have rows";
        DowngradeLeavesTrace "downgrade_leaves_trace" "the schema after the downgrade is not that before the upgrade";
        SecondUpgradeFails "second_upgrade_fails" "the upgrade fails after the downgrade";
        UpgradeDiffers "upgrade_differs" "the upgrade makes something else after the downgrade";
        RowsLost "rows_lost" "rows are gone or changed in tables and columns that the step does not drop";
        OfflineFails "offline_fails" "what `upgrade --sql` writes does not run";
        OfflineDiffers "offline_differs" "what `upgrade --sql` writes makes another schema";
    }
}

impl FindingKind {
    /// The check that finds it.
    pub const fn check(self) -> Check {
        match self {
            Self::SeveralHeads => Check::Heads,
            Self::ModelsDiffer => Check::Models,
            Self::UpgradeFails | Self::UpgradeFailsWithRows => Check::Upgrade,
            Self::DowngradeFails | Self::DowngradeFailsWithRows => Check::Downgrade,
            Self::DowngradeLeavesTrace => Check::Trace,
            Self::SecondUpgradeFails | Self::UpgradeDiffers => Check::Again,
            Self::RowsLost => Check::Rows,
            Self::OfflineFails | Self::OfflineDiffers => Check::Offline,
        }
    }
}

/// A word that is no [`Check`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no check `{word}`: the checks are {}", names())]
pub struct UnknownCheck {
    word: String,
}

fn names() -> String {
    let names: Vec<&str> = Check::ALL.iter().map(|check| check.as_str()).collect();
    names.join(", ")
}

impl FromStr for Check {
    type Err = UnknownCheck;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.iter().find(|check| check.as_str() == word);
        found.copied().ok_or_else(|| UnknownCheck {
            word: word.to_owned(),
        })
    }
}
