//! The text of a compose file with a server for development.

use limbeck_core::driver::ImageVariable;
use limbeck_core::driver::LocalServer;

/// The names that compose files have, the first being that of a new one.
pub(crate) const FILES: [&str; 4] = [
    "compose.yaml",
    "compose.yml",
    "docker-compose.yaml",
    "docker-compose.yml",
];

/// The label of the volumes that `limbeck db reset` may delete.
pub(super) const LABEL: &str = "limbeck.volume";

/// A compose file with this server as a service, for a database.
pub(crate) fn text(server: &LocalServer, service: &str, database: &str) -> String {
    let variables = &server.variables;
    let prefix = variables.prefix;
    let environment: String = server
        .environment
        .iter()
        .map(|(name, holds)| {
            let (suffix, usual) = match holds {
                ImageVariable::User => ("USER", variables.user),
                ImageVariable::AnotherUser => ("USER", ""),
                ImageVariable::Password => ("PASSWORD", variables.password),
                _ => (variables.database.first().copied().unwrap_or("DB"), database),
            };
            let value = scalar(&format!("${{{prefix}_{suffix}:-{}}}", usual.replace('$', "$$")));
            format!("      {name}: {value}\n")
        })
        .collect();
    let port = variables.port.unwrap_or_default();
    let volume = format!("{service}-data");
    format!(
        "# A server for development: `limbeck db up` starts it with what the .env files say.\n\
         services:\n\
         \u{20} {service}:\n\
         \u{20}   image: {image}\n\
         \u{20}   environment:\n\
         {environment}\
         \u{20}   ports:\n\
         \u{20}     # On this machine alone.\n\
         \u{20}     - {ports}\n\
         \u{20}   volumes:\n\
         \u{20}     - {mount}\n\
         \u{20}   healthcheck:\n\
         \u{20}     test: [\"CMD-SHELL\", {health}]\n\
         \u{20}     interval: 2s\n\
         \u{20}     timeout: 5s\n\
         \u{20}     retries: 60\n\
         \n\
         volumes:\n\
         \u{20} {volume}:\n\
         \u{20}   labels:\n\
         \u{20}     # What has this label `limbeck db reset` may delete.\n\
         \u{20}     {LABEL}: {label}\n",
        image = scalar(server.image),
        ports = scalar(&format!("127.0.0.1:${{{prefix}_PORT:-{port}}}:{port}")),
        mount = scalar(&format!("{volume}:{}", server.data)),
        health = scalar(&server.health.replace('$', "$$")),
        label = scalar(service),
    )
}

/// The lines of an `.env` file for this server.
pub(crate) fn variables(server: &LocalServer, database: &str) -> String {
    let variables = &server.variables;
    let prefix = variables.prefix;
    let root = server
        .environment
        .iter()
        .any(|(_, holds)| *holds == ImageVariable::AnotherUser);
    let mut lines = match root {
        true => format!(
            "# Without {prefix}_USER the user is {}, who may make databases.\n",
            variables.user
        ),
        false => format!("{prefix}_USER={}\n", variables.user),
    };
    let database_suffix = variables.database.first().copied().unwrap_or("DB");
    lines.push_str(&format!("{prefix}_PASSWORD={}\n", variables.password));
    lines.push_str(&format!("{prefix}_HOST={}\n", variables.host));
    lines.push_str(&format!("{prefix}_PORT={}\n", variables.port.unwrap_or_default()));
    lines.push_str(&format!("{prefix}_{database_suffix}={database}\n"));
    lines
}

/// A text as a scalar of YAML, whatever it looks like: what JSON calls a string is one there, too.
fn scalar(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use limbeck_core::driver::UrlVariables;

    use super::*;

    const ACME: LocalServer = LocalServer::new(
        "acme",
        "acme:7",
        UrlVariables::new("ACME", &["acme"])
            .user("boss")
            .password("pa$s\"w")
            .port(4321),
    )
    .data("/var/lib/acme")
    .environment(&[
        ("ACME_ROOT_PASSWORD", ImageVariable::Password),
        ("ACME_USER", ImageVariable::AnotherUser),
        ("ACME_DATABASE", ImageVariable::Database),
    ])
    .health("acme-admin ping \"$HOME\"");

    #[test]
    fn what_yaml_and_compose_would_read_is_escaped() {
        insta::assert_snapshot!(text(&ACME, "db", "null"), @r#"
        # A server for development: `limbeck db up` starts it with what the .env files say.
        services:
          db:
            image: "acme:7"
            environment:
              ACME_ROOT_PASSWORD: "${ACME_PASSWORD:-pa$$s\"w}"
              ACME_USER: "${ACME_USER:-}"
              ACME_DATABASE: "${ACME_DB:-null}"
            ports:
              # On this machine alone.
              - "127.0.0.1:${ACME_PORT:-4321}:4321"
            volumes:
              - "db-data:/var/lib/acme"
            healthcheck:
              test: ["CMD-SHELL", "acme-admin ping \"$$HOME\""]
              interval: 2s
              timeout: 5s
              retries: 60

        volumes:
          db-data:
            labels:
              # What has this label `limbeck db reset` may delete.
              limbeck.volume: "db"
        "#);
    }

    #[test]
    fn the_variables_are_those_of_the_file() {
        insta::assert_snapshot!(variables(&ACME, "shop"), @r#"
        # Without ACME_USER the user is boss, who may make databases.
        ACME_PASSWORD=pa$s"w
        ACME_HOST=localhost
        ACME_PORT=4321
        ACME_DB=shop
        "#);
    }
}
