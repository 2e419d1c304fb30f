//! A server and a client on the machine of a developer.

use limbeck_core::driver::ClientCommand;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::ImageVariable;
use limbeck_core::driver::LocalServer;
use limbeck_core::driver::Secret;

use crate::driver::VARIABLES;
use crate::settings::Settings;

/// The server that answers on TCP alone is the one that stays: while the image begins, another one listens on a socket.
pub(crate) const SERVERS: &[LocalServer] = &[LocalServer::new("postgres", "postgres:17", VARIABLES)
    .data("/var/lib/postgresql/data")
    .environment(&[
        ("POSTGRES_USER", ImageVariable::User),
        ("POSTGRES_PASSWORD", ImageVariable::Password),
        ("POSTGRES_DB", ImageVariable::Database),
    ])
    .health("pg_isready -h 127.0.0.1")];

/// `psql`, with libpq's variables for all that the URL says: a name with a blank, or one that looks like an option, is
/// itself there.
pub(crate) fn clients(url: &DatabaseUrl) -> Result<Vec<ClientCommand>, DriverError> {
    let settings = Settings::read(url)?;
    let file = |name: &str| url.parameter(name).map(str::to_owned);
    let search_path = settings
        .search_path
        .as_ref()
        .map(|path| format!("-c search_path={}", path.replace(' ', "\\ ")));
    let options: Vec<String> = settings.options.iter().cloned().chain(search_path).collect();
    let command = ClientCommand::new("psql")
        .secret("PGHOST", Secret::new(settings.host()))
        .secret("PGPORT", Secret::new(settings.port().to_string()))
        .secret("PGUSER", Secret::new(settings.user()))
        .secret("PGDATABASE", Secret::new(settings.database()))
        .variable(
            "PGPASSWORD",
            settings.address.password.as_ref().map(Secret::reveal),
        )
        .variable("PGSSLMODE", file("sslmode"))
        .variable("PGSSLROOTCERT", file("sslrootcert"))
        .variable("PGSSLCERT", file("sslcert"))
        .variable("PGSSLKEY", file("sslkey"))
        .variable("PGOPTIONS", (!options.is_empty()).then(|| options.join(" ")));
    Ok(vec![command])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_is_in_no_argument() {
        let url = "postgres://ann%20b:p%24w@[::1]:5433/-shop?sslmode=require&search_path=a,b";
        let commands = clients(&url.parse().unwrap()).unwrap();
        let [psql] = commands.as_slice() else {
            panic!("{commands:?}")
        };
        assert_eq!((psql.program, psql.arguments.len()), ("psql", 0));
        let variables: Vec<(&str, &str)> = psql
            .environment
            .iter()
            .map(|(name, value)| (*name, value.reveal()))
            .collect();
        let expected = [
            ("PGHOST", "::1"),
            ("PGPORT", "5433"),
            ("PGUSER", "ann b"),
            ("PGDATABASE", "-shop"),
            ("PGPASSWORD", "p$w"),
            ("PGSSLMODE", "require"),
            ("PGOPTIONS", "-c search_path=a,b"),
        ];
        assert_eq!(variables, expected);
    }
}
