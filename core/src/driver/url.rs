//! Database URLs and secrets.

use std::fmt;
use std::path::Path;
use std::path::PathBuf;
use std::str::FromStr;

use percent_encoding::AsciiSet;
use percent_encoding::CONTROLS;
use percent_encoding::NON_ALPHANUMERIC;
use percent_encoding::percent_decode_str;
use percent_encoding::utf8_percent_encode;

use super::Secret;

/// What is written with a percent sign in a part of a URL: all that is not plain in every part.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What is written with a percent sign in the path of a file: what would end it, or begin something else.
const PATH: &AsciiSet = &CONTROLS.add(b'%').add(b'?').add(b'#').add(b'@');

/// The URL of a database. It prints without its secrets.
///
/// What stands after the scheme is read in one of two ways, and the driver knows which: as the address of a server
/// ([`DatabaseUrl::server`]) or as the path of a file ([`DatabaseUrl::file`]).
///
/// ```
/// use std::path::Path;
///
/// use limbeck_core::driver::DatabaseUrl;
///
/// let url: DatabaseUrl = "postgresql+asyncpg://ann:s3cret@db:5433/shop?sslmode=require".parse()?;
/// assert_eq!(url.scheme(), "postgresql");
/// assert_eq!(url.server()?.port, Some(5433));
/// assert_eq!(url.to_string(), "postgresql://ann:***@db:5433/shop?sslmode=require");
///
/// let file: DatabaseUrl = "sqlite:///data/app.db".parse()?;
/// assert_eq!(file.file()?, Path::new("data/app.db"));
/// assert_eq!(file.relative_to("/srv").file()?, Path::new("/srv/data/app.db"));
/// # Ok::<(), limbeck_core::driver::UrlError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl {
    scheme: String,
    rest: String,
    parameters: Vec<(String, String)>,
    /// What the path of a file is relative to; empty for the working directory.
    folder: PathBuf,
}

/// The address of a database on a server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServerAddress {
    /// The user.
    pub user: Option<String>,
    /// The password.
    pub password: Option<Secret>,
    /// The host: a name, an address, or the folder of a socket.
    pub host: Option<String>,
    /// The port.
    pub port: Option<u16>,
    /// The database.
    pub database: Option<String>,
}

/// Why a text is not a database URL. The text itself is not in the message: it may hold a password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UrlError {
    /// No `scheme:` at the start.
    #[error("a database URL begins with a scheme and a colon")]
    NoScheme,
    /// The port is not a number from 0 to 65535. What stands there may be a password whose `@` is missing.
    #[error("the port of the {scheme} URL is not a number from 0 to 65535")]
    Port {
        /// The scheme.
        scheme: String,
    },
    /// Several hosts, of which a driver could only guess the right one.
    #[error("the {scheme} URL names several hosts: name the one to migrate")]
    SeveralHosts {
        /// The scheme.
        scheme: String,
    },
    /// A part is not UTF-8 once its percent signs are decoded.
    #[error("the {part} of the {scheme} URL is not UTF-8 once its percent signs are decoded")]
    Encoding {
        /// The scheme.
        scheme: String,
        /// The part.
        part: &'static str,
    },
    /// No path where a file is needed.
    #[error("the {scheme} URL names no file")]
    NoPath {
        /// The scheme.
        scheme: String,
    },
}

impl DatabaseUrl {
    /// The scheme, lower case, without a `+suffix`.
    pub fn scheme(&self) -> &str {
        &self.scheme
    }

    /// What stands after `?`, in order.
    pub fn parameters(&self) -> &[(String, String)] {
        &self.parameters
    }

    /// The last value of a parameter.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .rev()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The URL read as `scheme://user:password@host:port/database`.
    pub fn server(&self) -> Result<ServerAddress, UrlError> {
        let rest = self.rest.strip_prefix("//").unwrap_or(&self.rest);
        // A password may hold an unescaped slash, so the last @ decides.
        let (credentials, place) = rest.rsplit_once('@').unwrap_or(("", rest));
        let (user, password) = credentials.split_once(':').unwrap_or((credentials, ""));
        let (authority, database) = place.split_once('/').unwrap_or((place, ""));
        if authority.contains(',') {
            return Err(UrlError::SeveralHosts {
                scheme: self.scheme.clone(),
            });
        }
        let port_mark = authority
            .rfind(':')
            .filter(|mark| authority.rfind(']') < Some(*mark));
        let (host, port) = port_mark.map_or((authority, ""), |mark| {
            (
                authority.get(..mark).unwrap_or_default(),
                authority.get(mark + 1..).unwrap_or_default(),
            )
        });
        let port = match port {
            "" => None,
            digits => Some(digits.parse().map_err(|_| UrlError::Port {
                scheme: self.scheme.clone(),
            })?),
        };
        Ok(ServerAddress {
            user: self.decode("user", user)?,
            password: self.decode("password", password)?.map(Secret::new),
            host: self.decode("host", host.trim_start_matches('[').trim_end_matches(']'))?,
            port,
            database: self.decode("database", database)?,
        })
    }

    /// The URL of this scheme for a database on a server.
    pub fn from_server(scheme: impl Into<String>, address: &ServerAddress) -> Self {
        Self {
            scheme: scheme.into(),
            rest: authority(address),
            parameters: Vec::new(),
            folder: PathBuf::new(),
        }
    }

    /// The same URL, scheme and parameters kept, for another address.
    pub fn with_server(&self, address: &ServerAddress) -> Self {
        Self {
            rest: authority(address),
            ..self.clone()
        }
    }

    /// The same URL with one more parameter.
    pub fn with_parameter(&self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let mut url = self.clone();
        url.parameters.push((name.into(), value.into()));
        url
    }

    /// The URL read as the path of a file: two or three slashes after the scheme are a relative path and four an
    /// absolute one, as SQLAlchemy reads them. `scheme::memory:` gives `:memory:`: what begins with a colon is no path.
    pub fn file(&self) -> Result<PathBuf, UrlError> {
        let path = self.rest.strip_prefix("//").unwrap_or(&self.rest);
        let path = match path.strip_prefix('/') {
            Some(inner) if self.rest.starts_with("//") => inner,
            _ => path,
        };
        let path = self.decode("path", path)?.ok_or_else(|| UrlError::NoPath {
            scheme: self.scheme.clone(),
        })?;
        if path.starts_with(':') {
            return Ok(PathBuf::from(path));
        }
        Ok(self.folder.join(path))
    }

    /// The same URL, where a relative path of a file begins at this folder and not at the working directory. It prints
    /// as before.
    pub fn relative_to(&self, folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            ..self.clone()
        }
    }

    /// The URL with its secrets, for a program that connects by it. A relative path of a file begins at the working
    /// directory of that program.
    pub fn reveal(&self) -> String {
        let mut text = format!("{}:{}", self.scheme, self.rest);
        let encoded = |text: &str| utf8_percent_encode(text, ESCAPED).to_string();
        for (position, (key, value)) in self.parameters.iter().enumerate() {
            let mark = if position == 0 { '?' } else { '&' };
            text.push_str(&format!("{mark}{}={}", encoded(key), encoded(value)));
        }
        text
    }

    /// The URL of a file, which is the same in every folder.
    pub fn of_file(scheme: &str, file: &Path) -> Self {
        let path = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        let path = utf8_percent_encode(&path.to_string_lossy(), PATH).to_string();
        Self {
            scheme: scheme.to_owned(),
            rest: format!("///{path}"),
            parameters: Vec::new(),
            folder: PathBuf::new(),
        }
    }

    /// Whether something in it is hidden when it is printed.
    pub fn has_secret(&self) -> bool {
        let has_password = self.rest.rsplit_once('@').map_or_else(
            || misplaced_password(&self.rest).is_some(),
            |(credentials, _)| credentials.trim_start_matches('/').contains(':'),
        );
        has_password || self.parameters.iter().any(|(key, _)| is_secret(key))
    }

    fn decode(&self, part: &'static str, text: &str) -> Result<Option<String>, UrlError> {
        if text.is_empty() {
            return Ok(None);
        }
        decode(&self.scheme, part, text).map(Some)
    }
}

/// `//user:password@host:port/database`, so that [`DatabaseUrl::server`] reads the same address from it.
fn authority(address: &ServerAddress) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, ESCAPED).to_string();
    let mut text = "//".to_owned();
    if address.user.is_some() || address.password.is_some() {
        text.push_str(&encoded(address.user.as_deref().unwrap_or_default()));
        if let Some(password) = &address.password {
            text.push(':');
            text.push_str(&encoded(password.reveal()));
        }
        text.push('@');
    }
    if let Some(host) = &address.host {
        let host_text = if host.contains(':') {
            format!("[{host}]")
        } else {
            encoded(host)
        };
        text.push_str(&host_text);
    }
    if let Some(port) = address.port {
        text.push_str(&format!(":{port}"));
    }
    if let Some(database) = &address.database {
        text.push('/');
        text.push_str(&encoded(database));
    }
    text
}

fn decode(scheme: &str, part: &'static str, text: &str) -> Result<String, UrlError> {
    percent_decode_str(text)
        .decode_utf8()
        .map(std::borrow::Cow::into_owned)
        .map_err(|_| UrlError::Encoding {
            scheme: scheme.to_owned(),
            part,
        })
}

fn parameters(scheme: &str, query: &str) -> Result<Vec<(String, String)>, UrlError> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((
                decode(scheme, "query", key)?,
                decode(scheme, "query", &value.replace('+', " "))?,
            ))
        })
        .collect()
}

impl FromStr for DatabaseUrl {
    type Err = UrlError;

    fn from_str(text: &str) -> Result<Self, UrlError> {
        let (scheme, rest) = text.trim().split_once(':').ok_or(UrlError::NoScheme)?;
        let scheme = scheme.split('+').next().unwrap_or_default().to_ascii_lowercase();
        let well_formed = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-.".contains(c));
        if !well_formed {
            return Err(UrlError::NoScheme);
        }
        // A question mark before the last @ belongs to a password.
        let query_from = rest.rfind('@').unwrap_or(0);
        let mark = rest.get(query_from..).and_then(|tail| tail.find('?'));
        let (rest, query) = match mark {
            Some(mark) => rest.split_at(query_from + mark),
            None => (rest, ""),
        };
        Ok(Self {
            parameters: parameters(&scheme, query.trim_start_matches('?'))?,
            scheme,
            rest: rest.to_owned(),
            folder: PathBuf::new(),
        })
    }
}

fn is_secret(parameter: &str) -> bool {
    ["password", "secret", "token"]
        .iter()
        .any(|word| parameter.contains(word))
}

/// The texts around what stands for a port and is no number: a password whose `@` was forgotten.
fn misplaced_password(rest: &str) -> Option<(&str, &str)> {
    let authority = rest.strip_prefix("//")?.split('/').next()?;
    let (before, port) = authority.rsplit_once(':')?;
    let wrong = !port.is_empty() && !port.ends_with(']') && port.parse::<u16>().is_err();
    let after = rest.get(2 + authority.len()..)?;
    wrong.then_some((rest.get(..2 + before.len())?, after))
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.scheme)?;
        match self.rest.rsplit_once('@') {
            Some((credentials, place)) => {
                let start = if credentials.starts_with("//") { 2 } else { 0 };
                match credentials.get(start..).and_then(|text| text.find(':')) {
                    Some(colon) => write!(
                        f,
                        "{}:***@{place}",
                        credentials.get(..start + colon).unwrap_or_default()
                    )?,
                    None => write!(f, "{credentials}@{place}")?,
                }
            }
            None => match misplaced_password(&self.rest) {
                Some((before, after)) => write!(f, "{before}:***{after}")?,
                None => f.write_str(&self.rest)?,
            },
        }
        for (position, (key, value)) in self.parameters.iter().enumerate() {
            let mark = if position == 0 { '?' } else { '&' };
            let secret = is_secret(key);
            write!(f, "{mark}{key}={}", if secret { "***" } else { value })?;
        }
        Ok(())
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> DatabaseUrl {
        text.parse().unwrap()
    }

    #[test]
    fn slashes_decide_between_relative_and_absolute_files() {
        for (text, path) in [
            ("sqlite:app.db", "app.db"),
            ("sqlite://app.db", "app.db"),
            ("sqlite:///app.db", "app.db"),
            ("sqlite:////srv/app.db", "/srv/app.db"),
            ("sqlite:/srv/app.db", "/srv/app.db"),
            ("sqlite::memory:", ":memory:"),
            ("sqlite://:memory:", ":memory:"),
            ("sqlite+aiosqlite:///a%20b.db?mode=ro", "a b.db"),
        ] {
            assert_eq!(url(text).file().unwrap(), Path::new(path), "{text}");
        }
        assert!(url("sqlite://").file().is_err());
    }

    #[test]
    fn a_relative_file_begins_at_the_folder() {
        for (text, path) in [
            ("sqlite://app.db", "/srv/shop/app.db"),
            ("sqlite:///data/app.db", "/srv/shop/data/app.db"),
            ("sqlite:////tmp/app.db", "/tmp/app.db"),
            ("sqlite::memory:", ":memory:"),
        ] {
            let url = url(text).relative_to("/srv/shop");
            assert_eq!(url.file().unwrap(), Path::new(path), "{text}");
            assert_eq!(url.to_string(), text);
        }
    }

    #[test]
    fn a_password_never_prints() {
        for text in [
            "postgres://ann:s3cret@host/db",
            "postgres://ann:a/s3cret@host/db",
            "postgres://ann:a?s3cret@host/db?x=1",
            "postgres://host/db?password=s3cret",
            "postgres://ann:s3cret@two@host/db",
            "postgres://ann:s3cret",
            "postgres://ann:s3cret/db",
        ] {
            let shown = format!("{} {:?}", url(text), url(text));
            assert!(!shown.contains("s3cret"), "{shown}");
        }
    }

    #[test]
    fn a_server_address_has_all_its_parts() {
        let address = url("mysql://a%40b:p%3Aw@[::1]:3307/shop").server().unwrap();
        assert_eq!(address.user.as_deref(), Some("a@b"));
        assert_eq!(address.password.as_ref().map(Secret::reveal), Some("p:w"));
        assert_eq!(address.host.as_deref(), Some("::1"));
        assert_eq!(address.port, Some(3307));
        assert_eq!(address.database.as_deref(), Some("shop"));
        assert!(matches!(
            url("mysql://host:33x7/shop").server(),
            Err(UrlError::Port { .. })
        ));
    }

    #[test]
    fn an_address_becomes_a_url_and_an_address_again() {
        for text in [
            "mysql://a%40b:p%3Aw%2F@[::1]:3307/shop",
            "postgres://%2Fvar%2Frun/db?sslmode=require",
            "postgres://:pw@/x",
        ] {
            let address = url(text).server().unwrap();
            let again = url(text).with_server(&address);
            assert_eq!(again.server().unwrap(), address);
            assert_eq!(again.parameters(), url(text).parameters());
        }
    }

    #[test]
    fn a_revealed_url_is_the_same_one() {
        for text in [
            "postgres://ann:s3%40cret@host:5433/shop?sslmode=require&options=-c%20a%3Db",
            "mysql://root@localhost/shop?socket=/run/my%20sql.sock",
            "sqlite:///a%20b.db?mode=ro",
        ] {
            let again = url(&url(text).reveal());
            assert_eq!(again, url(text), "{text}");
        }
        assert_eq!(
            url("mysql://a:p@h/d?password=x").reveal(),
            "mysql://a:p@h/d?password=x"
        );
    }

    #[test]
    fn the_url_of_a_file_leads_to_it() {
        for path in ["/srv/app.db", "/srv/a b/100%?#@.db", "/srv/quo'te\".db"] {
            let made = DatabaseUrl::of_file("sqlite", Path::new(path));
            assert_eq!(made.file().unwrap(), Path::new(path));
            assert_eq!(url(&made.reveal()), made);
        }
    }

    #[test]
    fn several_hosts_are_refused() {
        let error = url("postgres://ann:p,w@one:5432,two/shop").server().unwrap_err();
        assert!(matches!(error, UrlError::SeveralHosts { .. }), "{error}");
        assert!(url("postgres://ann:p,w@one/shop").server().is_ok());
    }

    #[test]
    fn what_is_hidden_is_known() {
        for (text, expected) in [
            ("postgres://ann:pw@db/shop", true),
            ("postgres://ann@db/shop", false),
            ("postgres://ann:pw/shop", true),
            ("mysql://db:3306/shop?password=x", true),
            ("sqlite:///a:b/shop.db", false),
            ("sqlite::memory:", false),
        ] {
            assert_eq!(url(text).has_secret(), expected, "{text}");
            assert_eq!(url(text).to_string().contains("***"), expected, "{text}");
        }
    }

    #[test]
    fn a_text_without_a_scheme_is_refused() {
        for text in ["", "app.db", "://x", "1a:x"] {
            assert!(text.parse::<DatabaseUrl>().is_err(), "{text}");
        }
    }
}
