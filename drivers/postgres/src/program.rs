//! What PostgreSQL's own programs read from their environment.

use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::Secret;

use crate::settings::Settings;

/// Parameters of the URL that libpq reads from a variable in the same words.
const PARAMETERS: [(&str, &str); 5] = [
    ("sslmode", "PGSSLMODE"),
    ("sslrootcert", "PGSSLROOTCERT"),
    ("sslcert", "PGSSLCERT"),
    ("sslkey", "PGSSLKEY"),
    ("connect_timeout", "PGCONNECT_TIMEOUT"),
];

/// The variables by which `pg_dump` and `psql` enter the database of a URL.
pub(crate) fn environment(url: &DatabaseUrl) -> Result<Vec<(&'static str, Secret)>, DriverError> {
    let settings = Settings::read(url)?;
    let mut variables = vec![
        ("PGHOST", Secret::new(settings.host())),
        ("PGPORT", Secret::new(settings.port().to_string())),
        ("PGUSER", Secret::new(settings.user())),
        ("PGDATABASE", Secret::new(settings.database())),
    ];
    variables.extend(
        settings
            .address
            .password
            .clone()
            .map(|password| ("PGPASSWORD", password)),
    );
    let given = PARAMETERS
        .into_iter()
        .filter_map(|(parameter, variable)| Some((variable, Secret::new(url.parameter(parameter)?))));
    variables.extend(given);
    let search_path = settings
        .search_path
        .as_ref()
        .map(|path| format!("-c search_path={}", path.replace(' ', "\\ ")));
    let options: Vec<String> = settings.options.iter().cloned().chain(search_path).collect();
    if !options.is_empty() {
        variables.push(("PGOPTIONS", Secret::new(options.join(" "))));
    }
    Ok(variables)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_parts_of_the_url_are_there() {
        let url = "postgres://ann:s3%40cret@db:5433/shop?sslmode=verify-full&sslrootcert=/ca.pem";
        let variables = environment(&url.parse().unwrap()).unwrap();
        let shown: Vec<String> = variables
            .iter()
            .map(|(name, value)| format!("{name}={}", value.reveal()))
            .collect();
        assert_eq!(
            shown,
            [
                "PGHOST=db",
                "PGPORT=5433",
                "PGUSER=ann",
                "PGDATABASE=shop",
                "PGPASSWORD=s3@cret",
                "PGSSLMODE=verify-full",
                "PGSSLROOTCERT=/ca.pem"
            ]
        );
        assert!(!format!("{variables:?}").contains("s3@cret"));
    }
}
