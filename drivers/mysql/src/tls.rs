//! Encrypted connections.

use std::fs;
use std::path::Path;

use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::SslMode;
use mysql_async::ClientIdentity;
use mysql_async::SslOpts;

use crate::settings::Place;
use crate::settings::Settings;

/// The client library passes over an error that has this word in it, and rustls no longer has the word in that of a
/// certificate for another host, only the name that was asked for. Whoever asks for this name gets that error once all else
/// is verified, and no other error has the name in it.
const ANY_HOST: &str = "NotValidForName";

/// How to encrypt; none for a connection in the clear. What goes through a socket never leaves the machine.
pub(crate) fn options(settings: &Settings) -> Result<Option<SslOpts>, DriverError> {
    let tls = &settings.tls;
    if tls.mode == SslMode::Disable || matches!(settings.place, Place::Socket(_)) {
        return Ok(None);
    }
    use_ring();
    let mut options = SslOpts::default().with_disable_built_in_roots(true);
    match tls.mode {
        SslMode::VerifyCa | SslMode::VerifyFull => {
            let roots = match &tls.root_certificate {
                Some(file) => vec![contents(file)?],
                None => trusted_by_the_system()?,
            };
            options = options.with_root_certs(roots.into_iter().map(Into::into).collect());
            if tls.mode == SslMode::VerifyCa {
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
