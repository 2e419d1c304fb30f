//! The URL of a database, from all layers.

use super::Config;
use super::ConfigError;
use super::DatabaseChoice;
use super::Layer;
use super::Sourced;
use super::database::Named;
use super::database::unusable;
use crate::driver::DatabaseUrl;
use crate::driver::Secret;
use crate::driver::ServerAddress;
use crate::driver::UrlVariables;

/// The variable that holds the URL.
const VARIABLE: &str = "DATABASE_URL";

/// A variable that gave a part of a URL, without its value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Part {
    /// The variable.
    pub name: String,
    /// Its layer.
    pub layer: Layer,
}

/// The variables of one driver that are set.
#[derive(Default)]
struct Parts<'a> {
    user: Option<&'a Sourced<String>>,
    password: Option<&'a Sourced<String>>,
    host: Option<&'a Sourced<String>>,
    port: Option<&'a Sourced<String>>,
    database: Option<&'a Sourced<String>>,
}

impl<'a> Parts<'a> {
    fn all(&self) -> impl Iterator<Item = &'a Sourced<String>> {
        [self.user, self.password, self.host, self.port, self.database]
            .into_iter()
            .flatten()
    }

    /// Lays the parts over an address.
    fn apply(&self, address: &mut ServerAddress) -> Result<(), ConfigError> {
        let text = |part: Option<&Sourced<String>>| part.map(|part| part.value.clone());
        address.user = text(self.user).or(address.user.take());
        address.password = text(self.password).map(Secret::new).or(address.password.take());
        address.host = text(self.host).or(address.host.take());
        address.database = text(self.database).or(address.database.take());
        if let Some(port) = self.port {
            let number = port.value.parse();
            address.port =
                Some(number.map_err(|_| unusable(port, "is not a port: a number from 0 to 65535"))?);
        }
        Ok(())
    }
}

impl Config {
    /// The URL and the variables that gave parts of it.
    pub(super) fn url(
        &self,
        choice: &DatabaseChoice<'_>,
        named: Option<Named<'_>>,
        variables: &[UrlVariables],
    ) -> Result<(Sourced<DatabaseUrl>, Vec<Part>), ConfigError> {
        if let Some(url) = choice.url {
            return alone(Sourced::new(url.to_owned(), Layer::Flag, "--url"));
        }
        if let Some(named) = named {
            return alone(self.named_url(named)?);
        }
        if let Some(url) = self.given_url() {
            return self.with_parts(parse(url)?, variables);
        }
        match self.drivers_with_parts(variables).as_slice() {
            [] => match choice.fallback {
                Some(url) => alone(Sourced::new(url.to_owned(), Layer::Default, "")),
                None => Err(ConfigError::NoDatabase),
            },
            [driver] => self.url_of_parts(driver),
            several => Err(ConfigError::SeveralDrivers {
                prefixes: several
                    .iter()
                    .map(|driver| format!("{}_…", driver.prefix))
                    .collect(),
            }),
        }
    }

    /// Whether anything but a name chooses a database.
    pub(super) fn names_a_database(&self, variables: &[UrlVariables]) -> bool {
        self.given_url().is_some() || !self.drivers_with_parts(variables).is_empty()
    }

    /// `DATABASE_URL`, else `url` of the configuration.
    fn given_url(&self) -> Option<Sourced<String>> {
        let configured = || {
            let url = self.settings.url.clone()?;
            Some(Sourced::new(url, self.file_layer(), "url"))
        };
        self.variables.get(VARIABLE).cloned().or_else(configured)
    }

    pub(super) fn file_layer(&self) -> Layer {
        Layer::File(self.file.clone().unwrap_or_default())
    }

    /// The variable that holds the URL of a database, of the one without a name when none is given.
    ///
    /// ```
    /// use limbeck_core::config::Config;
    ///
    /// assert_eq!(Config::url_variable(None), "DATABASE_URL");
    /// assert_eq!(Config::url_variable(Some("web-logs")), "DATABASE_URL_WEB_LOGS");
    /// ```
    pub fn url_variable(database: Option<&str>) -> String {
        let letter = |letter: char| match letter.is_ascii_alphanumeric() {
            true => letter.to_ascii_uppercase(),
            false => '_',
        };
        match database {
            None => VARIABLE.to_owned(),
            Some(name) => format!("{VARIABLE}_{}", name.chars().map(letter).collect::<String>()),
        }
    }

    /// A named database has a variable of its own: `DATABASE_URL` would mean all of them.
    fn named_url(&self, named: Named<'_>) -> Result<Sourced<String>, ConfigError> {
        let variable = Self::url_variable(Some(named.name));
        if let Some(url) = self.variables.get(&variable) {
            return Ok(url.clone());
        }
        match &named.database.url {
            Some(url) => {
                let key = format!("databases.{}.url", named.name);
                Ok(Sourced::new(url.clone(), self.file_layer(), key))
            }
            None => Err(ConfigError::NoUrl {
                name: named.name.to_owned(),
                variable,
            }),
        }
    }

    /// The URL with those parts that stand in more specific layers than it does.
    fn with_parts(
        &self,
        url: Sourced<DatabaseUrl>,
        variables: &[UrlVariables],
    ) -> Result<(Sourced<DatabaseUrl>, Vec<Part>), ConfigError> {
        let rank = self.variables.rank(&url.layer);
        let scheme = url.value.scheme();
        let Some(driver) = variables.iter().find(|driver| driver.schemes.contains(&scheme)) else {
            return Ok((url, Vec::new()));
        };
        let parts = self.parts(driver, |part| self.variables.rank(&part.layer) > rank);
        let names = names(&parts);
        if names.is_empty() {
            return Ok((url, names));
        }
        let mut address = url.value.server().map_err(|source| ConfigError::Url {
            name: url.name.clone(),
            layer: url.layer.to_string(),
            source,
        })?;
        parts.apply(&mut address)?;
        let value = url.value.with_server(&address);
        Ok((Sourced::new(value, url.layer, url.name), names))
    }

    /// A URL of a driver's variables and, where there are none, of what the driver takes by itself.
    fn url_of_parts(&self, driver: &UrlVariables) -> Result<(Sourced<DatabaseUrl>, Vec<Part>), ConfigError> {
        let parts = self.parts(driver, |_| true);
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let mut address = ServerAddress {
            user: text(driver.user),
            password: text(driver.password).map(Secret::new),
            host: text(driver.host),
            port: driver.port,
            database: text(&self.name()),
        };
        parts.apply(&mut address)?;
        let scheme = driver.schemes.first().copied().unwrap_or_default();
        let layer = parts
            .all()
            .map(|part| part.layer.clone())
            .max_by_key(|layer| self.variables.rank(layer))
            .unwrap_or(Layer::Default);
        let url = DatabaseUrl::from_server(scheme, &address);
        let name = format!("{}_…", driver.prefix);
        Ok((Sourced::new(url, layer, name), names(&parts)))
    }

    fn drivers_with_parts<'a>(&self, variables: &'a [UrlVariables]) -> Vec<&'a UrlVariables> {
        variables
            .iter()
            .filter(|driver| self.parts(driver, |_| true).all().next().is_some())
            .collect()
    }

    fn parts(&self, driver: &UrlVariables, counts: impl Fn(&Sourced<String>) -> bool) -> Parts<'_> {
        let get = |suffix: &str| {
            let found = self.variables.get(&format!("{}_{suffix}", driver.prefix));
            found.filter(|part| counts(part))
        };
        Parts {
            user: get("USER"),
            password: get("PASSWORD"),
            host: get("HOST"),
            port: get("PORT"),
            database: driver.database.iter().find_map(|suffix| get(suffix)),
        }
    }
}

fn names(parts: &Parts<'_>) -> Vec<Part> {
    let all = parts.all();
    all.map(|part| Part {
        name: part.name.clone(),
        layer: part.layer.clone(),
    })
    .collect()
}

fn alone(url: Sourced<String>) -> Result<(Sourced<DatabaseUrl>, Vec<Part>), ConfigError> {
    Ok((parse(url)?, Vec::new()))
}

/// A file is relative to the folder of what names it.
fn parse(url: Sourced<String>) -> Result<Sourced<DatabaseUrl>, ConfigError> {
    let (name, layer) = (url.name.clone(), url.layer.to_string());
    let folder = url.layer.folder();
    url.try_map(|text| text.parse().map(|url: DatabaseUrl| url.relative_to(folder)))
        .map_err(|source| ConfigError::Url { name, layer, source })
}
