//! What a URL asks of the encryption of a connection.

use std::path::PathBuf;
use std::str::FromStr;

use super::DriverError;
use super::DriverErrorKind;

/// How a connection is encrypted: the parameter `sslmode` of libpq, with its meaning.
///
/// ```
/// use limbeck_core::driver::SslMode;
///
/// assert_eq!("verify-full".parse(), Ok(SslMode::VerifyFull));
/// assert_eq!("VERIFY_IDENTITY".parse(), Ok(SslMode::VerifyFull));
/// assert!("on".parse::<SslMode>().is_err());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SslMode {
    /// Plain text.
    Disable,
    /// Encrypted where the server can; nobody asks who it is.
    #[default]
    Prefer,
    /// Encrypted; nobody asks who it is.
    Require,
    /// Encrypted, with a certificate of an authority that is believed.
    VerifyCa,
    /// The same, and the certificate is for the host of the URL.
    VerifyFull,
}

/// A word that is no [`SslMode`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not {expected}", expected = SslMode::WORDS)]
pub struct SslModeError;

impl SslMode {
    /// Its words, for people.
    pub const WORDS: &str = "disable, prefer, require, verify-ca or verify-full";
}

impl FromStr for SslMode {
    type Err = SslModeError;

    /// Reads libpq's words, and those of MySQL's own client, in any case.
    fn from_str(text: &str) -> Result<Self, SslModeError> {
        Ok(match text.to_ascii_lowercase().as_str() {
            "disable" | "disabled" => Self::Disable,
            "allow" | "prefer" | "preferred" => Self::Prefer,
            "require" | "required" => Self::Require,
            "verify-ca" | "verify_ca" => Self::VerifyCa,
            "verify-full" | "verify_identity" => Self::VerifyFull,
            _ => return Err(SslModeError),
        })
    }
}

/// What is asked of the encryption.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TlsSettings {
    /// Whether there is any, and whom it must prove.
    pub mode: SslMode,
    /// The file of the authorities that are believed, instead of the system's.
    pub root_certificate: Option<PathBuf>,
    /// The file of the certificate by which the client shows who it is.
    pub certificate: Option<PathBuf>,
    /// The file of its key.
    pub key: Option<PathBuf>,
}

impl TlsSettings {
    /// Refuses a client's certificate without its key, and the reverse, in the URL of this engine.
    ///
    /// # Errors
    /// One of both is missing.
    pub fn check(&self, engine: &str) -> Result<(), DriverError> {
        if self.certificate.is_some() == self.key.is_some() {
            return Ok(());
        }
        let message =
            format!("the {engine} URL has one of the parameters sslcert and sslkey without the other");
        Err(DriverError::new(DriverErrorKind::Url, message)
            .with_hint("give both, the client's certificate and its key"))
    }
}
