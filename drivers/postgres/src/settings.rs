//! What the URL says.

use std::path::Path;
use std::time::Duration;

use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::ServerAddress;
use limbeck_core::driver::SslMode;
use limbeck_core::driver::TlsSettings;

const ENGINE: &str = "PostgreSQL";

const PARAMETERS: &str = "application_name, connect_timeout, host, options, search_path, sslcert, sslkey, sslmode and \
                          sslrootcert";

/// How long to wait for a server when the URL does not say.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A URL with its parameters read.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) address: ServerAddress,
    pub(crate) tls: TlsSettings,
    /// `-c name=value …`, for the server's start of the session.
    pub(crate) options: Option<String>,
    pub(crate) search_path: Option<String>,
    pub(crate) application_name: String,
    pub(crate) connect_timeout: Duration,
}

impl Settings {
    pub(crate) fn read(url: &DatabaseUrl) -> Result<Self, DriverError> {
        let address = url
            .server()
            .map_err(|error| refused(error.to_string()).with_source(error))?;
        let mut settings = Self {
            address,
            tls: TlsSettings::default(),
            options: None,
            search_path: None,
            application_name: "limbeck".to_owned(),
            connect_timeout: CONNECT_TIMEOUT,
        };
        for (name, value) in url.parameters() {
            settings.set(name, value)?;
        }
        // libpq verifies the authority as soon as it is given one.
        if settings.tls.mode == SslMode::Require && settings.tls.root_certificate.is_some() {
            settings.tls.mode = SslMode::VerifyCa;
        }
        settings.tls.check(ENGINE)?;
        Ok(settings)
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), DriverError> {
        match name {
            "sslmode" => {
                self.tls.mode = value
                    .parse()
                    .map_err(|_| DriverError::bad_parameter(ENGINE, name, value, SslMode::WORDS))?;
            }
            "sslrootcert" if value == "system" => self.tls.root_certificate = None,
            "sslrootcert" => self.tls.root_certificate = Some(value.into()),
            "sslcert" => self.tls.certificate = Some(value.into()),
            "sslkey" => self.tls.key = Some(value.into()),
            "host" => self.address.host = Some(value.to_owned()),
            "options" => self.options = Some(value.to_owned()),
            "search_path" => self.search_path = Some(value.to_owned()),
            "application_name" => self.application_name = value.to_owned(),
            "connect_timeout" => {
                let seconds = value
                    .parse()
                    .map_err(|_| DriverError::bad_parameter(ENGINE, name, value, "a number of seconds"))?;
                self.connect_timeout = Duration::from_secs(seconds);
            }
            _ => {
                return Err(DriverError::unknown_parameter(ENGINE, name, PARAMETERS));
            }
        }
        Ok(())
    }

    /// The host, `localhost` where none is named.
    pub(crate) fn host(&self) -> &str {
        self.address.host.as_deref().unwrap_or("localhost")
    }

    /// The folder of the server's socket, when the host is one.
    pub(crate) fn socket(&self) -> Option<&Path> {
        let host = self.host();
        (host.starts_with('/') || host.starts_with('@')).then(|| Path::new(host))
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port.unwrap_or(5432)
    }

    pub(crate) fn user(&self) -> &str {
        self.address.user.as_deref().unwrap_or("postgres")
    }

    /// The database; the user's name where the URL names none, as for every client of PostgreSQL.
    pub(crate) fn database(&self) -> &str {
        self.address.database.as_deref().unwrap_or_else(|| self.user())
    }
}

fn refused(message: impl Into<String>) -> DriverError {
    DriverError::new(DriverErrorKind::Url, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> Result<Settings, String> {
        Settings::read(&url.parse().unwrap()).map_err(|error| error.to_string())
    }

    #[test]
    fn parameters_are_read() {
        let settings = read(
            "postgresql+asyncpg://ann:pw@db:5433/shop?sslmode=verify-full&sslrootcert=/ca.pem&search_path=app,public\
             &connect_timeout=3&options=-c%20geqo%3Doff",
        )
        .unwrap();
        assert_eq!((settings.host(), settings.port()), ("db", 5433));
        assert_eq!(settings.tls.mode, SslMode::VerifyFull);
        assert_eq!(
            settings.tls.root_certificate.as_deref(),
            Some(Path::new("/ca.pem"))
        );
        assert_eq!(settings.search_path.as_deref(), Some("app,public"));
        assert_eq!(settings.options.as_deref(), Some("-c geqo=off"));
        assert_eq!(settings.connect_timeout, Duration::from_secs(3));
    }

    #[test]
    fn what_is_missing_is_as_for_every_client() {
        let settings = read("postgres://ann@").unwrap();
        assert_eq!(
            (settings.host(), settings.port(), settings.database()),
            ("localhost", 5432, "ann")
        );
        assert_eq!(settings.tls.mode, SslMode::Prefer);
    }

    #[test]
    fn a_path_is_the_folder_of_a_socket() {
        for url in ["postgres://%2Frun%2Fpg/shop", "postgres:///shop?host=/run/pg"] {
            assert_eq!(read(url).unwrap().socket(), Some(Path::new("/run/pg")), "{url}");
        }
        assert_eq!(read("postgres://db/shop").unwrap().socket(), None);
    }

    #[test]
    fn an_authority_is_asked_for_once_it_is_named() {
        let settings = read("postgres://db/shop?sslmode=require&sslrootcert=ca.pem").unwrap();
        assert_eq!(settings.tls.mode, SslMode::VerifyCa);
    }

    #[test]
    fn what_is_not_understood_is_refused_by_name() {
        for (url, word) in [
            ("postgres://db/shop?sslmod=require", "\"sslmod\""),
            ("postgres://db/shop?sslmode=on", "verify-full"),
            ("postgres://db/shop?connect_timeout=soon", "seconds"),
            ("postgres://db/shop?sslcert=a.pem", "sslkey"),
        ] {
            let message = read(url).unwrap_err();
            assert!(message.contains(word), "{url}: {message}");
        }
    }
}
