//! A server and a client on the machine of a developer.

use limbeck_core::driver::ClientCommand;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::ImageVariable;
use limbeck_core::driver::LocalServer;

use crate::driver::VARIABLES;
use crate::program;

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
    let variables = program::environment(url)?.into_iter();
    let command = variables.fold(ClientCommand::new("psql"), |command, (name, value)| {
        command.secret(name, value)
    });
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
