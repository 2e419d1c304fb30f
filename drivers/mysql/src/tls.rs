//! Encrypted connections.

use std::fs;
use std::path::Path;

use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use mysql_async::ClientIdentity;
use mysql_async::Error;
use mysql_async::IoError;
use mysql_async::SslOpts;
use mysql_async::TlsError;
use rustls::CertificateError;

use crate::settings::Place;
use crate::settings::Settings;
use crate::settings::TlsMode;

/// The client library passes over an error that has this word in it, and rustls no longer has the word in that of a
/// certificate for another host, only the name that was asked for. Whoever asks for this name gets that error once all else
/// is verified, and no other error has the name in it.
const ANY_HOST: &str = "NotValidForName";

/// How to encrypt; none for a connection in the clear. What goes through a socket never leaves the machine.
pub(crate) fn options(settings: &Settings) -> Result<Option<SslOpts>, DriverError> {
    let tls = &settings.tls;
    if tls.mode == TlsMode::Disable || matches!(settings.place, Place::Socket(_)) {
        return Ok(None);
    }
    use_ring();
    let mut options = SslOpts::default().with_disable_built_in_roots(true);
    match tls.mode {
        TlsMode::VerifyCa | TlsMode::VerifyFull => {
            let roots = match &tls.root {
                Some(file) => vec![contents(file)?],
                None => trusted_by_the_system()?,
            };
            options = options.with_root_certs(roots.into_iter().map(Into::into).collect());
            if tls.mode == TlsMode::VerifyCa {
                options = options
                    .with_danger_skip_domain_validation(true)
                    .with_danger_tls_hostname_override(Some(ANY_HOST));
            }
        }
        // There must be some root, though nothing is verified.
        _ => {
            options = options
                .with_disable_built_in_roots(false)
                .with_danger_accept_invalid_certs(true);
        }
    }
    if let (Some(certificate), Some(key)) = (&tls.certificate, &tls.key) {
        options = options.with_client_identity(Some(ClientIdentity::new(
            contents(certificate)?.into(),
            contents(key)?.into(),
        )));
    }
    Ok(Some(options))
}

/// Whether a certificate was refused for nothing but its names, which are looked at when who has signed it is found good.
pub(crate) fn is_about_name(error: &Error) -> bool {
    let refused = match error {
        Error::Io(IoError::Io(error)) => error.get_ref().and_then(|inner| inner.downcast_ref()),
        Error::Io(IoError::Tls(TlsError::Tls(error))) => Some(error),
        _ => None,
    };
    matches!(
        refused,
        Some(rustls::Error::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. }
        ))
    )
}

/// The client library passes over a wrong name when the sentence about it has the word `NotValidForName`, which rustls
/// no longer says. It says the name that it wanted, so that one has the word.
pub(crate) fn for_any_host(options: SslOpts) -> SslOpts {
    options.with_danger_tls_hostname_override(Some("NotValidForName.invalid"))
}

/// rustls asks for a provider when several are compiled in. Another one that the program has chosen stays.
fn use_ring() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Another thread may have been faster, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
}

fn contents(file: &Path) -> Result<Vec<u8>, DriverError> {
    fs::read(file).map_err(|error| {
        DriverError::new(
            DriverErrorKind::Tls,
            format!("{} cannot be read: {error}", file.display()),
        )
        .with_hint("correct the path in the database URL")
        .with_source(error)
    })
}

fn trusted_by_the_system() -> Result<Vec<Vec<u8>>, DriverError> {
    let found = rustls_native_certs::load_native_certs();
    if found.certs.is_empty() {
        return Err(DriverError::new(
            DriverErrorKind::Tls,
            "the system has no certificates by which the server's could be verified",
        )
        .with_hint("name a file of certificates with the URL's parameter sslrootcert"));
    }
    let certificates = found.certs.into_iter();
    Ok(certificates.map(|certificate| certificate.to_vec()).collect())
}
