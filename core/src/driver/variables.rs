//! The environment variables by which a driver's databases can be named, as data.

/// Environment variables that name the parts of a server's URL, like `POSTGRES_USER` and `POSTGRES_HOST`: a prefix, and
/// what each part is when no variable gives it. A database without a variable is the project's name.
///
/// ```
/// use limbeck_core::driver::UrlVariables;
///
/// const VARIABLES: UrlVariables = UrlVariables::new("ACME", &["acme", "acme+tls"]).user("acme").port(4321);
/// assert_eq!(VARIABLES.host, "localhost");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UrlVariables {
    /// What the names begin with, in front of an underscore.
    pub prefix: &'static str,
    /// The schemes of the URLs whose parts the variables replace; the first is that of a URL made of variables.
    pub schemes: &'static [&'static str],
    /// What follows the prefix in the names of the variable for the database; the first that is set counts.
    pub database: &'static [&'static str],
    /// The user, without a variable.
    pub user: &'static str,
    /// The password, without a variable; none when it is empty.
    pub password: &'static str,
    /// The host, without a variable.
    pub host: &'static str,
    /// The port, without a variable.
    pub port: Option<u16>,
}

impl UrlVariables {
    /// Variables `<prefix>_USER`, `_PASSWORD`, `_HOST`, `_PORT` and `_DB` for these schemes.
    pub const fn new(prefix: &'static str, schemes: &'static [&'static str]) -> Self {
        Self {
            prefix,
            schemes,
            database: &["DB", "DATABASE"],
            user: "",
            password: "",
            host: "localhost",
            port: None,
        }
    }

    /// The same with another user when no variable names one.
    pub const fn user(mut self, user: &'static str) -> Self {
        self.user = user;
        self
    }

    /// The same with another password when no variable gives one.
    pub const fn password(mut self, password: &'static str) -> Self {
        self.password = password;
        self
    }

    /// The same with another port when no variable gives one.
    pub const fn port(mut self, port: u16) -> Self {
        self.port = Some(port);
        self
    }
}
