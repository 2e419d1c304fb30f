//! What the URL says.

use std::path::PathBuf;
use std::time::Duration;

use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Secret;
use limbeck_core::driver::ServerAddress;
use limbeck_core::driver::SslMode;
use limbeck_core::driver::TlsSettings;

/// How long to wait for the server when nobody says otherwise.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

const PORT: u16 = 3306;

const ENGINE: &str = "MySQL";

const PARAMETERS: &str = "sslmode (or ssl-mode), sslrootcert (or ssl-ca), sslcert (or ssl-cert), sslkey (or ssl-key), \
                          socket and connect_timeout";

/// A URL with its parameters read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    pub(crate) place: Place,
    pub(crate) user: Option<String>,
    pub(crate) password: Option<Secret>,
    pub(crate) database: Option<String>,
    pub(crate) tls: TlsSettings,
    pub(crate) connect_timeout: Duration,
}

/// Where the server listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Tcp { host: String, port: u16 },
    Socket(String),
}

impl Settings {
    pub(crate) fn read(url: &DatabaseUrl) -> Result<Self, DriverError> {
        let address = authority(url)?;
        let host = address.host.unwrap_or_else(|| "localhost".to_owned());
        let mut settings = Self {
            place: match host.starts_with('/') {
                true => Place::Socket(host),
                false => Place::Tcp {
                    host,
                    port: address.port.unwrap_or(PORT),
                },
            },
            user: address.user,
            password: address.password,
            database: address.database,
            tls: TlsSettings::default(),
            connect_timeout: CONNECT_TIMEOUT,
        };
        for (name, value) in url.parameters() {
            settings.set(name, value)?;
        }
        settings.tls.check(ENGINE)?;
        Ok(settings)
    }

    /// The server that a session goes to, and who goes there.
    pub(crate) fn address(url: &DatabaseUrl) -> Result<ServerAddress, DriverError> {
        let mut address = authority(url)?;
        (address.host, address.port) = match Self::read(url)?.place {
            Place::Tcp { host, port } => (Some(host), Some(port)),
            Place::Socket(path) => (Some(path), None),
        };
        Ok(address)
    }

    /// The database that a session works in.
    pub(crate) fn database(&self) -> Result<&str, DriverError> {
        self.database.as_deref().ok_or_else(|| {
            refused("the MySQL URL names no database")
                .with_hint("write it behind the host: mysql://host/database")
        })
    }

    /// The server, for people.
    pub(crate) fn server(&self) -> String {
        match &self.place {
            Place::Tcp { host, port } if host.contains(':') => format!("[{host}]:{port}"),
            Place::Tcp { host, port } => format!("{host}:{port}"),
            Place::Socket(path) => path.clone(),
        }
    }

    fn set(&mut self, name: &str, value: &str) -> Result<(), DriverError> {
        match name {
            "sslmode" | "ssl-mode" => {
                self.tls.mode = value
                    .parse()
                    .map_err(|_| DriverError::bad_parameter(ENGINE, name, value, SslMode::WORDS))?;
            }
            "sslrootcert" | "ssl-ca" => self.tls.root_certificate = Some(PathBuf::from(value)),
            "sslcert" | "ssl-cert" => self.tls.certificate = Some(PathBuf::from(value)),
            "sslkey" | "ssl-key" => self.tls.key = Some(PathBuf::from(value)),
            "socket" => self.place = Place::Socket(value.to_owned()),
            "connect_timeout" => {
                let seconds = value.parse().ok().filter(|seconds| *seconds > 0).ok_or_else(|| {
                    DriverError::bad_parameter(ENGINE, name, value, "a number of seconds, 1 or more")
                })?;
                self.connect_timeout = Duration::from_secs(seconds);
            }
            _ => {
                return Err(DriverError::unknown_parameter(ENGINE, name, PARAMETERS));
            }
        }
        Ok(())
    }
}

/// What stands between the scheme and the parameters.
fn authority(url: &DatabaseUrl) -> Result<ServerAddress, DriverError> {
    url.server()
        .map_err(|error| refused(error.to_string()).with_source(error))
}

fn refused(message: impl Into<String>) -> DriverError {
    DriverError::new(DriverErrorKind::Url, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> Result<Settings, String> {
        Settings::read(&url.parse().unwrap())
            .map_err(|error| format!("{error} {}", error.hint.as_deref().unwrap_or_default()))
    }

    #[test]
    fn parameters_are_read() {
        let settings =
            read("mariadb://ann:pw@db/shop?ssl-mode=VERIFY_IDENTITY&ssl-ca=/etc/ca.pem&connect_timeout=3")
                .unwrap();
        assert_eq!(settings.server(), "db:3306");
        assert_eq!(settings.database().unwrap(), "shop");
        assert_eq!(settings.tls.mode, SslMode::VerifyFull);
        assert_eq!(settings.tls.root_certificate, Some(PathBuf::from("/etc/ca.pem")));
        assert_eq!(settings.connect_timeout, Duration::from_secs(3));
    }

    #[test]
    fn a_socket_is_a_parameter_or_a_host() {
        for url in [
            "mysql://root@localhost/shop?socket=/run/mysqld.sock",
            "mysql://root@%2Frun%2Fmysqld.sock/shop",
        ] {
            assert_eq!(
                read(url).unwrap().place,
                Place::Socket("/run/mysqld.sock".to_owned()),
                "{url}"
            );
        }
    }

    #[test]
    fn what_is_not_understood_is_refused_by_name() {
        for (url, word) in [
            ("mysql://h/d?charset=latin1", "\"charset\""),
            ("mysql://h/d?charset=latin1", "connect_timeout"),
            ("mysql://h/d?sslmode=on", "verify-full"),
            ("mysql://h/d?connect_timeout=0", "1 or more"),
            ("mysql://h/d?sslcert=a.pem", "without the other"),
            ("mysql://h:x/d", "port"),
        ] {
            let message = read(url).unwrap_err();
            assert!(message.contains(word), "{url}: {message}");
        }
        let nowhere = read("mysql://h").unwrap().database().unwrap_err();
        assert_eq!(nowhere.kind, DriverErrorKind::Url);
    }
}
