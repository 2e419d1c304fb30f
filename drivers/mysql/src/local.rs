//! Servers and clients on the machine of a developer.

use limbeck_core::driver::ClientCommand;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::ImageVariable;
use limbeck_core::driver::LocalServer;
use limbeck_core::driver::Secret;
use limbeck_core::driver::SslMode;

use crate::driver::MARIADB_VARIABLES;
use crate::driver::MYSQL_VARIABLES;
use crate::settings::Place;
use crate::settings::Settings;

/// `root` has the password of every other user, so that one can make databases whoever the other one is.
pub(crate) const SERVERS: &[LocalServer] = &[
    LocalServer::new("mysql", "mysql:9.7", MYSQL_VARIABLES)
        .data("/var/lib/mysql")
        .environment(&[
            ("MYSQL_ROOT_PASSWORD", ImageVariable::Password),
            ("MYSQL_USER", ImageVariable::AnotherUser),
            ("MYSQL_PASSWORD", ImageVariable::Password),
            ("MYSQL_DATABASE", ImageVariable::Database),
        ])
        .health("mysqladmin ping -h 127.0.0.1 --silent"),
    LocalServer::new("mariadb", "mariadb:11.8", MARIADB_VARIABLES)
        .data("/var/lib/mysql")
        .environment(&[
            ("MARIADB_ROOT_PASSWORD", ImageVariable::Password),
            ("MARIADB_USER", ImageVariable::AnotherUser),
            ("MARIADB_PASSWORD", ImageVariable::Password),
            ("MARIADB_DATABASE", ImageVariable::Database),
        ])
        .health("mariadb-admin ping -h 127.0.0.1 --silent"),
];

/// The client of the URL's scheme, else that of the other engine: each speaks with both.
pub(crate) fn clients(url: &DatabaseUrl) -> Result<Vec<ClientCommand>, DriverError> {
    let settings = Settings::read(url)?;
    let programs = match url.scheme() {
        "mariadb" => ["mariadb", "mysql"],
        _ => ["mysql", "mariadb"],
    };
    Ok(programs.map(|program| client(program, &settings)).to_vec())
}

fn client(program: &'static str, settings: &Settings) -> ClientCommand {
    let mut command = ClientCommand::new(program);
    command = match &settings.place {
        // Without a word of it, `localhost` means the socket.
        Place::Tcp { host, port } => command
            .argument("--protocol=TCP")
            .argument(format!("--host={host}"))
            .argument(format!("--port={port}")),
        Place::Socket(path) => command.argument(format!("--socket={path}")),
    };
    let tls = &settings.tls;
    let files = [
        ("ssl-ca", &tls.root_certificate),
        ("ssl-cert", &tls.certificate),
        ("ssl-key", &tls.key),
    ];
    for (name, file) in files {
        if let Some(file) = file {
            command = command.argument(format!("--{name}={}", file.display()));
        }
    }
    if let Some(option) = encryption(program, tls.mode) {
        command = command.argument(option);
    }
    if let Some(user) = &settings.user {
        command = command.argument(format!("--user={user}"));
    }
    if let Some(database) = &settings.database {
        command = command.argument(format!("--database={database}"));
    }
    command.variable("MYSQL_PWD", settings.password.as_ref().map(Secret::reveal))
}

/// The option that wants as much of TLS as the URL does.
fn encryption(program: &str, mode: SslMode) -> Option<&'static str> {
    match (program, mode) {
        ("mariadb", SslMode::Disable) => Some("--skip-ssl"),
        ("mariadb", SslMode::Prefer) => Some("--skip-ssl-verify-server-cert"),
        ("mariadb", SslMode::Require) => Some("--ssl"),
        ("mariadb", _) => Some("--ssl-verify-server-cert"),
        (_, SslMode::Disable) => Some("--ssl-mode=DISABLED"),
        (_, SslMode::Prefer) => None,
        (_, SslMode::Require) => Some("--ssl-mode=REQUIRED"),
        (_, SslMode::VerifyCa) => Some("--ssl-mode=VERIFY_CA"),
        _ => Some("--ssl-mode=VERIFY_IDENTITY"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(url: &str) -> Vec<String> {
        let commands = clients(&url.parse().unwrap()).unwrap();
        let line = |command: &ClientCommand| format!("{} {}", command.program, command.arguments.join(" "));
        commands.iter().map(line).collect()
    }

    #[test]
    fn the_password_is_in_no_argument() {
        let url = "mariadb://ann:s3cret@db:3307/shop?sslmode=require";
        let lines = line(url);
        let tail = "--user=ann --database=shop";
        let place = "--protocol=TCP --host=db --port=3307";
        let expected = [
            format!("mariadb {place} --ssl {tail}"),
            format!("mysql {place} --ssl-mode=REQUIRED {tail}"),
        ];
        assert_eq!(lines, expected);
        let commands = clients(&url.parse().unwrap()).unwrap();
        let variables: Vec<_> = commands.iter().flat_map(|command| &command.environment).collect();
        let password = ("MYSQL_PWD", Secret::new("s3cret"));
        assert_eq!(variables, [&password, &password]);
        assert!(
            line("mysql://root@%2Frun%2Fmysqld.sock/shop")[0].starts_with("mysql --socket=/run/mysqld.sock ")
        );
    }
}
