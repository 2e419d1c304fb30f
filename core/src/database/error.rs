//! Why there is no pool.

use crate::driver::UrlError;

/// Why [`build`](super::DatabaseBuilder::build) gives no database.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DatabaseError {
    /// The URL is not one.
    #[error(transparent)]
    Url(#[from] UrlError),
    /// No driver that was given is for the URL's scheme.
    #[error("no driver was given for `{scheme}`{}", given(known))]
    NoDriver {
        /// The scheme.
        scheme: String,
        /// The schemes of the drivers that were given, sorted.
        known: Vec<&'static str>,
    },
    /// A pool without connections.
    #[error("a pool has one connection at least: max_size is 0")]
    EmptyPool,
    /// The database belongs to one connection.
    #[error(
        "each connection of a pool would have a database of its own: this one is in memory and ends with its \
         connection; name a file"
    )]
    Private,
    /// The pool cannot be made.
    #[error("the pool of connections: {reason}")]
    Pool {
        /// Why.
        reason: String,
    },
}

fn given(schemes: &[&str]) -> String {
    match schemes.is_empty() {
        true => ": no driver was given at all; give one with `.driver(…)`".to_owned(),
        false => format!("; drivers were given for {}", schemes.join(", ")),
    }
}
