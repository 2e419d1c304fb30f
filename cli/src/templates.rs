//! The projects that `limbeck init` can begin with.

/// A project to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Template {
    /// One database, its URL in limbeck.toml
    Generic,
    /// One database, its URL from the environment or .env files alone
    Environment,
    /// Several databases with the same revisions
    Multidb,
}

impl Template {
    pub(crate) const ALL: [Self; 3] = [Self::Generic, Self::Environment, Self::Multidb];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Generic => "generic",
            Self::Environment => "environment",
            Self::Multidb => "multidb",
        }
    }

    pub(crate) const fn description(self) -> &'static str {
        match self {
            Self::Generic => "one database, its URL in limbeck.toml",
            Self::Environment => "one database, its URL from the environment or .env files alone",
            Self::Multidb => "several databases with the same revisions",
        }
    }

    /// The configuration of a project of this name, with this URL as a string of TOML.
    pub(crate) fn configuration(self, name: &str, url: &str) -> String {
        let text = match self {
            Self::Generic => include_str!("../templates/generic.toml"),
            Self::Environment => include_str!("../templates/environment.toml"),
            Self::Multidb => include_str!("../templates/multidb.toml"),
        };
        text.replace("{name}", name).replace("{url}", url)
    }
}

/// What a person may copy to `.env`.
pub(crate) fn env_template(variables: &str) -> String {
    include_str!("../templates/env.template").replace("{lines}", &env_lines(variables))
}

/// An `.env` of this machine.
pub(crate) fn env(variables: &str) -> String {
    include_str!("../templates/env").replace("{lines}", &env_lines(variables))
}

/// The variables, and the environment that they are for.
fn env_lines(variables: &str) -> String {
    format!("LIMBECK_ENV=development\n{variables}")
}

/// What git should not keep.
pub(crate) const GITIGNORE: &str = include_str!("../templates/gitignore");
