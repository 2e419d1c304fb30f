//! What the own programs of MySQL and MariaDB read from their environment.

use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::Secret;

use crate::settings::Place;
use crate::settings::Settings;

/// The variables by which `mysqldump` and `mariadb-dump` find the server of a URL, and the password. The user and the
/// database they want on their command line.
pub(crate) fn environment(url: &DatabaseUrl) -> Result<Vec<(&'static str, Secret)>, DriverError> {
    let settings = Settings::read(url)?;
    let mut variables = match settings.place {
        Place::Tcp { host, port } => vec![
            ("MYSQL_HOST", Secret::new(host)),
            ("MYSQL_TCP_PORT", Secret::new(port.to_string())),
        ],
        Place::Socket(path) => vec![("MYSQL_UNIX_PORT", Secret::new(path))],
    };
    variables.extend(settings.password.map(|password| ("MYSQL_PWD", password)));
    Ok(variables)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_is_only_there() {
        for (url, expected) in [
            (
                "mysql://ann:s3%40cret@db/shop",
                vec!["MYSQL_HOST=db", "MYSQL_TCP_PORT=3306", "MYSQL_PWD=s3@cret"],
            ),
            (
                "mariadb://ann@db:33/shop?socket=/run/my.sock",
                vec!["MYSQL_UNIX_PORT=/run/my.sock"],
            ),
        ] {
            let variables = environment(&url.parse().unwrap()).unwrap();
            let shown: Vec<String> = variables
                .iter()
                .map(|(name, value)| format!("{name}={}", value.reveal()))
                .collect();
            assert_eq!(shown, expected);
            assert!(!format!("{variables:?}").contains("s3@cret"));
        }
    }
}
