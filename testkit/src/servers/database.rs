//! A database of a test.

use limbeck_core::driver::DatabaseUrl;
use percent_encoding::AsciiSet;
use percent_encoding::NON_ALPHANUMERIC;
use percent_encoding::utf8_percent_encode;

use super::Engine;
use super::Server;

/// What is written with a percent sign in a URL: all that is not plain in every part.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// An empty database on a server. It is dropped with this value, whoever is still in it.
#[derive(Debug)]
pub struct TestDatabase {
    server: &'static Server,
    name: String,
    url: DatabaseUrl,
}

impl TestDatabase {
    /// A database on the shared server of an engine.
    ///
    /// None, and its panics, as for [`Server::shared`].
    ///
    /// ```
    /// use limbeck_testkit::Engine;
    /// use limbeck_testkit::TestDatabase;
    ///
    /// if let Some(database) = TestDatabase::on(Engine::MariaDb) {
    ///     assert_eq!(database.url().scheme(), "mariadb");
    /// }
    /// ```
    pub fn on(engine: Engine) -> Option<Self> {
        Server::shared(engine).map(Server::database)
    }

    pub(super) fn new(server: &'static Server, admin: &DatabaseUrl, name: String) -> Self {
        Self {
            server,
            url: with_database(admin, &name),
            name,
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its URL, whose user may do everything in it.
    pub const fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    /// Its URL as a text with the password, for a program that is to connect.
    pub fn url_text(&self) -> String {
        text(&self.url)
    }

    /// The server that it is on.
    pub const fn server(&self) -> &'static Server {
        self.server
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        self.server.drop_database(&self.name);
    }
}

/// A URL as a text that has its password.
pub(super) fn text(url: &DatabaseUrl) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, ESCAPED).to_string();
    let address = url.server().unwrap_or_default();
    let mut text = format!("{}://", url.scheme());
    if let Some(user) = &address.user {
        text.push_str(&encoded(user));
        if let Some(password) = &address.password {
            text.push_str(&format!(":{}", encoded(password.reveal())));
        }
        text.push('@');
    }
    match address.host.as_deref() {
        Some(host) if host.contains(':') => text.push_str(&format!("[{host}]")),
        Some(host) if host.starts_with('/') => text.push_str(&encoded(host)),
        host => text.push_str(host.unwrap_or_default()),
    }
    if let Some(port) = address.port {
        text.push_str(&format!(":{port}"));
    }
    text.push_str(&format!(
        "/{}",
        encoded(address.database.as_deref().unwrap_or_default())
    ));
    for (position, (name, value)) in url.parameters().iter().enumerate() {
        let mark = if position == 0 { '?' } else { '&' };
        text.push_str(&format!("{mark}{}={}", encoded(name), encoded(value)));
    }
    text
}

/// The URL of another database on the same server.
pub(super) fn with_database(url: &DatabaseUrl, name: &str) -> DatabaseUrl {
    let mut address = url.server().unwrap_or_default();
    address.database = Some(name.to_owned());
    url.with_server(&address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_url_is_the_same_url() {
        for written in [
            "postgres://a%40b:p%3Aw%2F@127.0.0.1:5433/shop?sslmode=disable&options=-c%20a%3Db",
            "mysql://root@[::1]:3307/mysql",
            "mariadb://h/d_1",
        ] {
            let url: DatabaseUrl = written.parse().unwrap();
            let read: DatabaseUrl = text(&url).parse().unwrap();
            assert_eq!(read.server(), url.server());
            assert_eq!(read.parameters(), url.parameters());
            let other = with_database(&url, "limbeck_test_1");
            assert_eq!(other.server().unwrap().host, url.server().unwrap().host);
            assert_eq!(other.parameters(), url.parameters());
        }
    }
}
