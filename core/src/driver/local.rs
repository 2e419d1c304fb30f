//! What a driver says about its servers and its clients on the machine of a developer, as data.

use super::Secret;
use super::UrlVariables;

/// A server for development that runs in a container: which image, and what the image wants to be told.
///
/// ```
/// use limbeck_core::driver::{ImageVariable, LocalServer, UrlVariables};
///
/// const ACME: LocalServer = LocalServer::new("acme", "acme:7", UrlVariables::new("ACME", &["acme"]).port(4321))
///     .data("/var/lib/acme")
///     .environment(&[("ACME_PASSWORD", ImageVariable::Password), ("ACME_DATABASE", ImageVariable::Database)])
///     .health("acme-admin ping");
/// assert_eq!(ACME.variables.port, Some(4321));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LocalServer {
    /// The word by which people choose it, in lower case.
    pub name: &'static str,
    /// The image, with its tag.
    pub image: &'static str,
    /// The variables by which people name its databases; their port is that inside the container, too.
    pub variables: UrlVariables,
    /// The folder in the container that has the data.
    pub data: &'static str,
    /// The variables of the image, and what each one is.
    pub environment: &'static [(&'static str, ImageVariable)],
    /// A command for the shell in the container that succeeds once the server answers.
    pub health: &'static str,
}

/// What a variable of an image holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ImageVariable {
    /// The user.
    User,
    /// The user, and nothing for the one that the image has in any case.
    AnotherUser,
    /// The password.
    Password,
    /// The database.
    Database,
}

impl LocalServer {
    /// A server of this name and image, which keeps its data in `/data` and needs no variables.
    pub const fn new(name: &'static str, image: &'static str, variables: UrlVariables) -> Self {
        Self {
            name,
            image,
            variables,
            data: "/data",
            environment: &[],
            health: "true",
        }
    }

    /// The same with another folder for the data.
    pub const fn data(mut self, folder: &'static str) -> Self {
        self.data = folder;
        self
    }

    /// The same with these variables of the image.
    pub const fn environment(mut self, environment: &'static [(&'static str, ImageVariable)]) -> Self {
        self.environment = environment;
        self
    }

    /// The same with a command that says whether the server answers.
    pub const fn health(mut self, command: &'static str) -> Self {
        self.health = command;
        self
    }
}

/// A client for people, like `psql`: the program, and how to call it for one database.
///
/// ```
/// use limbeck_core::driver::{ClientCommand, Secret};
///
/// let client = ClientCommand::new("acmesql")
///     .argument("--database=shop")
///     .secret("ACME_PASSWORD", Secret::new("s3cret"));
/// assert!(!format!("{client:?}").contains("s3cret"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClientCommand {
    /// The program.
    pub program: &'static str,
    /// Its arguments, which everybody on the machine can read: no secret is among them.
    pub arguments: Vec<String>,
    /// Variables of its environment.
    pub environment: Vec<(&'static str, Secret)>,
}

impl ClientCommand {
    /// A program without arguments.
    pub const fn new(program: &'static str) -> Self {
        Self {
            program,
            arguments: Vec::new(),
            environment: Vec::new(),
        }
    }

    /// The same with one more argument.
    pub fn argument(mut self, argument: impl Into<String>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// The same with a variable whose value nobody may see.
    pub fn secret(mut self, name: &'static str, value: Secret) -> Self {
        self.environment.push((name, value));
        self
    }

    /// The same with a variable, where there is a value for it.
    pub fn variable(self, name: &'static str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.secret(name, Secret::new(value)),
            None => self,
        }
    }
}
