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

/// The database that a workflow starts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CiDatabase {
    /// The part of the workflow; nothing for a database that needs no server.
    service: &'static str,
    url: &'static str,
}

impl CiDatabase {
    /// The one for a URL's scheme; without a URL, the one that most projects deploy to.
    pub(crate) fn of_scheme(scheme: Option<&str>) -> Option<Self> {
        let (service, url) = match scheme.map(|scheme| scheme.split('+').next().unwrap_or_default()) {
            None | Some("postgres" | "postgresql") => (
                include_str!("../templates/github/postgres.yml"),
                "postgres://app:app@127.0.0.1:5432/app",
            ),
            Some("mysql") => (
                include_str!("../templates/github/mysql.yml"),
                "mysql://root:app@127.0.0.1:3306/app",
            ),
            Some("mariadb") => (
                include_str!("../templates/github/mariadb.yml"),
                "mariadb://root:app@127.0.0.1:3306/app",
            ),
            Some("sqlite") => ("", "sqlite://ci.db"),
            Some(_) => return None,
        };
        Some(Self { service, url })
    }
}

/// A workflow of GitHub Actions, for a project in this folder of its repository.
pub(crate) fn workflow(database: CiDatabase, directory: Option<&str>) -> String {
    let directory = directory.map(|directory| {
        // What JSON calls a string is one for YAML, too.
        let quoted = serde_json::Value::from(directory);
        format!("    defaults:\n      run:\n        working-directory: {quoted}\n")
    });
    include_str!("../templates/github/workflow.yml")
        .replace("{directory}", &directory.unwrap_or_default())
        .replace("{service}", database.service)
        .replace("{url}", database.url)
        .replace("{version}", env!("CARGO_PKG_VERSION"))
}
