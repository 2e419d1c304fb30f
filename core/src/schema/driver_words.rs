//! The words by which scripts name drivers and dialects.

use std::sync::Arc;

use crate::sql::nearest;

/// The words that name drivers and dialects, as far as a program knows them: its own and those it has heard of. By
/// default it knows none, and then no word is doubted.
///
/// ```
/// use limbeck_core::schema::DriverWords;
///
/// let words = DriverWords::new(["mysql", "mariadb"]);
/// assert!(words.check("mariadb").is_ok());
/// assert!(words.check("mariabd").is_err_and(|unknown| unknown.is_misspelt()));
/// assert!(words.check("other").is_err_and(|unknown| !unknown.is_misspelt()));
/// assert!(DriverWords::default().check("other").is_ok());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DriverWords(Arc<[String]>);

/// A word that names no driver and no dialect, as far as the program knows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no driver `{word}`")]
pub struct UnknownDriver {
    word: String,
    known: DriverWords,
}

impl DriverWords {
    /// These words; twice counts once.
    pub fn new(words: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let mut words: Vec<String> = words.into_iter().map(Into::into).collect();
        words.sort_unstable();
        words.dedup();
        Self(words.into())
    }

    /// Whether the word is known, when any is.
    ///
    /// # Errors
    /// It is not.
    pub fn check(&self, word: &str) -> Result<(), UnknownDriver> {
        if self.0.is_empty() || self.iter().any(|known| known == word) {
            return Ok(());
        }
        Err(UnknownDriver {
            word: word.to_owned(),
            known: self.clone(),
        })
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl UnknownDriver {
    /// Whether a known word is so near that this one must be a slip. Any other may be that of a driver which another
    /// program has.
    pub fn is_misspelt(&self) -> bool {
        self.meant().is_some()
    }

    /// What to do about it.
    pub fn hint(&self) -> String {
        match self.meant() {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                let known: Vec<&str> = self.known.iter().collect();
                format!(
                    "known here are {}; another is right only when a program that has its driver runs the revision too",
                    known.join(", ")
                )
            }
        }
    }

    fn meant(&self) -> Option<&str> {
        nearest(&self.word, self.known.iter())
    }
}
