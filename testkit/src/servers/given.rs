//! Servers that the environment names.

use std::env;

use limbeck_core::driver::DatabaseUrl;

use super::Engine;
use super::ServerKind;
use super::broken;

/// The variables with the one server for a whole run, whose engine the scheme says.
const ONE: [&str; 2] = ["TEST_DATABASE_URI", "TEST_DATABASE_URL"];

/// The variable with the engines that tests are to use, where these are not all.
const ENGINES: &str = "LIMBECK_TEST_ENGINES";

/// Whether tests are to use an engine; if not, why.
pub(super) fn is_wanted(engine: Engine) -> Result<(), String> {
    let wanted = env::var(ENGINES).unwrap_or_default();
    if wanted.is_empty() || wanted.split(',').any(|word| word.trim() == engine.word()) {
        return Ok(());
    }
    Err(format!("{ENGINES} is {wanted}"))
}

/// The server of an engine, and the variable that names it; the reason, where the environment wants another one only.
pub(super) fn of(engine: Engine) -> Result<Option<(String, DatabaseUrl)>, String> {
    choose(engine, |variable| env::var(variable).ok())
}

/// The kind of that server, where whoever started it has said so.
pub(super) fn kind(engine: Engine) -> ServerKind {
    let word = env::var(engine.kind_variable()).unwrap_or_default();
    word.parse().unwrap_or(ServerKind::any(engine))
}

fn choose(
    engine: Engine,
    variable: impl Fn(&str) -> Option<String>,
) -> Result<Option<(String, DatabaseUrl)>, String> {
    let named = |name: &str| {
        let text = variable(name).filter(|text| !text.is_empty())?;
        let url: DatabaseUrl = text.parse().unwrap_or_else(|error| broken(name, error));
        Some((name.to_owned(), url))
    };
    if let Some(own) = named(&engine.variable()) {
        return Ok(Some(own));
    }
    match ONE.into_iter().find_map(named) {
        None => Ok(None),
        Some((name, url)) if Engine::of_scheme(url.scheme()) == Some(engine) => Ok(Some((name, url))),
        Some((name, url)) => Err(format!("{name} names a server of {}", url.scheme())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(engine: Engine, variables: &[(&str, &str)]) -> Result<Option<String>, String> {
        let found = choose(engine, |name| {
            let found = variables.iter().find(|(variable, _)| *variable == name);
            found.map(|(_, value)| (*value).to_owned())
        })?;
        Ok(found.map(|(variable, _)| variable))
    }

    #[test]
    fn a_variable_of_the_engine_comes_before_that_of_the_run() {
        let both = [
            ("TEST_DATABASE_URI", "postgresql://a@b/c"),
            ("LIMBECK_TEST_POSTGRES_URL", "postgres://d@e/f"),
        ];
        let found = chosen(Engine::Postgres, &both).unwrap();
        assert_eq!(found.as_deref(), Some("LIMBECK_TEST_POSTGRES_URL"));
    }

    #[test]
    fn the_one_server_of_a_run_is_for_the_engine_of_its_scheme() {
        let one = [("TEST_DATABASE_URL", "mariadb://root@h/mysql")];
        assert_eq!(
            chosen(Engine::MariaDb, &one).unwrap().as_deref(),
            Some("TEST_DATABASE_URL")
        );
        let missing = chosen(Engine::MySql, &one).unwrap_err();
        assert_eq!(missing, "TEST_DATABASE_URL names a server of mariadb");
    }

    #[test]
    fn an_empty_variable_names_nothing() {
        assert_eq!(chosen(Engine::MySql, &[("LIMBECK_TEST_MYSQL_URL", "")]), Ok(None));
    }
}
