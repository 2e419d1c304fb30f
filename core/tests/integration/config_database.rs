//! Which database a command works on.

use std::time::Duration;

use limbeck_core::config::Config;
use limbeck_core::config::ConfigError;
use limbeck_core::config::DatabaseChoice;
use limbeck_core::config::DatabaseSettings;
use limbeck_core::config::Environment;
use limbeck_core::config::Layer;
use limbeck_core::config::Project;
use limbeck_core::driver::Secret;
use limbeck_core::driver::UrlVariables;
use limbeck_core::graph::Ahead;

use crate::config_files::folder;
use crate::config_files::shown;

const DRIVERS: &[UrlVariables] = &[
    UrlVariables::new("ACME", &["acme", "acmedb"])
        .user("acme")
        .password("acme")
        .port(4321),
    UrlVariables::new("OTHER", &["other"]),
];

fn database(
    files: &[(&str, &str)],
    environment: &[(&str, &str)],
    choice: DatabaseChoice<'_>,
) -> Result<DatabaseSettings, String> {
    let folder = folder(files);
    let environment: Environment = environment.iter().copied().collect();
    let load = || -> Result<DatabaseSettings, ConfigError> {
        Config::load(&Project::of(folder.path()), &environment)?.database(&choice, DRIVERS)
    };
    load().map_err(|error| shown(folder.path(), &error))
}

fn url(files: &[(&str, &str)], environment: &[(&str, &str)]) -> String {
    match database(files, environment, DatabaseChoice::default()) {
        Ok(settings) => settings.url.value.to_string(),
        Err(error) => error,
    }
}

const SHOP: (&str, &str) = ("limbeck.toml", "name = \"shop\"\n");

#[test]
fn a_drivers_variables_make_a_url() {
    let made = |environment: &[(&str, &str)]| url(&[SHOP], environment);
    assert_eq!(
        made(&[("ACME_USER", "ann")]),
        "acme://ann:***@localhost:4321/shop"
    );
    assert_eq!(
        made(&[
            ("ACME_HOST", "db"),
            ("ACME_PORT", "1"),
            ("ACME_DATABASE", "x y"),
            ("ACME_PASSWORD", "p@:/w")
        ]),
        "acme://acme:***@db:1/x%20y"
    );
    assert_eq!(made(&[("OTHER_HOST", "db")]), "other://db/shop");
    let settings = database(&[SHOP], &[("ACME_PASSWORD", "p@:/w")], DatabaseChoice::default()).unwrap();
    let address = settings.url.value.server().unwrap();
    assert_eq!(address.password.as_ref().map(Secret::reveal), Some("p@:/w"));
    assert_eq!(settings.url.layer, Layer::Environment);
    assert_eq!(settings.parts[0].name, "ACME_PASSWORD");
}

#[test]
fn a_part_beats_a_url_of_a_less_specific_layer() {
    let toml = ("limbeck.toml", "url = \"acmedb://ann:pw@one:1/db?x=y\"\n");
    assert_eq!(
        url(&[toml, (".env", "ACME_DB=test\n")], &[]),
        "acmedb://ann:***@one:1/test?x=y"
    );
    assert_eq!(
        url(&[toml], &[("ACME_HOST", "two"), ("OTHER_HOST", "no")]),
        "acmedb://ann:***@two:1/db?x=y"
    );
    let env = (".env", "DATABASE_URL=acme://one/db\nACME_HOST=same-layer\n");
    assert_eq!(url(&[toml, env], &[]), "acme://one/db");
    assert_eq!(
        url(&[toml, env, (".env.local", "ACME_HOST=two\n")], &[]),
        "acme://two/db"
    );
    assert_eq!(
        url(
            &[toml, env, (".env.local", "ACME_HOST=two\n")],
            &[("DATABASE_URL", "acme://three/db")]
        ),
        "acme://three/db"
    );
}

#[test]
fn a_flag_beats_everything() {
    let choice = DatabaseChoice::new(Some("other://flag/x"), None, None);
    let settings = database(
        &[SHOP],
        &[("DATABASE_URL", "acme://a"), ("OTHER_HOST", "no")],
        choice,
    )
    .unwrap();
    assert_eq!(settings.url.value.to_string(), "other://flag/x");
    assert_eq!(settings.url.layer, Layer::Flag);
}

#[test]
fn without_a_database_the_fallback_is_taken() {
    let choice = DatabaseChoice::new(None, None, Some("x:usual.db"));
    let settings = database(&[SHOP], &[], choice).unwrap();
    assert_eq!(settings.url.value.to_string(), "x:usual.db");
    assert_eq!(settings.url.layer, Layer::Default);
    insta::assert_snapshot!(url(&[SHOP], &[]), @r"
    [no_database] no database is configured
      set DATABASE_URL, in the environment or in `.env`, or `url` in limbeck.toml, or give --url
    ");
}

const SEVERAL: (&str, &str) = (
    "limbeck.toml",
    "version_table = \"top\"\nlock_timeout = \"5s\"\n[databases.main]\nurl = \"x:main\"\n[databases.bill-ing]\nurl = \"x:billing\"\n\
     version_table = \"inner\"\nahead = \"warn\"\nlock_timeout = \"1m\"\n[databases.empty]\n",
);

#[test]
fn databases_have_names() {
    let named = |name: &'static str, environment: &[(&str, &str)]| {
        database(
            &[SEVERAL],
            environment,
            DatabaseChoice::new(None, Some(name), None),
        )
    };
    let main = named("main", &[("DATABASE_URL", "x:not-this")]).unwrap();
    assert_eq!(main.url.value.to_string(), "x:main");
    assert_eq!(main.version_table.value, "top");
    assert_eq!(main.ahead.value, Ahead::Refuse);
    assert_eq!(main.ahead.layer, Layer::Default);
    assert_eq!(main.lock_timeout.value, Duration::from_secs(5));

    let billing = named("bill-ing", &[("DATABASE_URL_BILL_ING", "x:other")]).unwrap();
    assert_eq!(billing.name.as_deref(), Some("bill-ing"));
    assert_eq!(billing.url.value.to_string(), "x:other");
    assert_eq!(billing.version_table.name, "databases.bill-ing.version_table");
    assert_eq!(billing.ahead.value, Ahead::Warn);
    assert_eq!(billing.lock_timeout.value, Duration::from_secs(60));

    insta::assert_snapshot!(named("empty", &[]).unwrap_err(), @r"
    [no_database] the database `empty` has no URL
      set DATABASE_URL_EMPTY, or `url` in `[databases.empty]`
    ");
    insta::assert_snapshot!(named("mian", &[]).unwrap_err(), @r"
    [no_database] limbeck.toml has no database `mian`
      did you mean `main`?
    ");
    insta::assert_snapshot!(named("x", &[]).unwrap_err(), @r"
    [no_database] limbeck.toml has no database `x`
      it has: bill-ing, empty, main
    ");
    insta::assert_snapshot!(url(&[SEVERAL], &[]), @r"
    [no_database] limbeck.toml has several databases, and none is chosen
      give --database with one of: bill-ing, empty, main
    ");
    assert_eq!(url(&[SEVERAL], &[("DATABASE_URL", "x:this")]), "x:this");
    assert_eq!(
        url(&[("limbeck.toml", "[databases.only]\nurl = \"x:only\"\n")], &[]),
        "x:only"
    );
}

#[test]
fn settings_have_variables() {
    let environment = [
        ("DATABASE_URL", "x:db"),
        ("LIMBECK_VERSION_TABLE", "v"),
        ("LIMBECK_AHEAD", "warn"),
        ("LIMBECK_LOCK_TIMEOUT", "1h"),
    ];
    let settings = database(&[SEVERAL], &environment, DatabaseChoice::default()).unwrap();
    assert_eq!(settings.version_table.value, "v");
    assert_eq!(settings.ahead.value, Ahead::Warn);
    assert_eq!(settings.lock_timeout.value, Duration::from_secs(3600));
}

#[test]
fn wrong_values_are_named_and_not_shown() {
    insta::assert_snapshot!(url(&[SHOP], &[("ACME_PORT", "s3cret")]), @"[configuration] the value of ACME_PORT (environment) is not a port: a number from 0 to 65535");
    insta::assert_snapshot!(url(&[SHOP], &[("ACME_PORT", "1"), ("OTHER_HOST", "x")]), @r"
    [configuration] variables of several databases are set: ACME_…, OTHER_…
      set DATABASE_URL to say which one is meant
    ");
    insta::assert_snapshot!(url(&[SHOP, (".env", "DATABASE_URL=s3cret\n")], &[]), @r"
    [configuration] DATABASE_URL (.env) is no database URL: a database URL begins with a scheme and a colon
      it looks like `scheme://user:password@host:port/database`
    ");
    insta::assert_snapshot!(url(&[SHOP, (".env", "DATABASE_URL=acme://ann:s3cret\n")], &[("ACME_HOST", "x")]), @r"
    [configuration] DATABASE_URL (.env) is no database URL: the port of the acme URL is not a number from 0 to 65535
      it looks like `scheme://user:password@host:port/database`
    ");
    insta::assert_snapshot!(url(&[("limbeck.toml", "url = \"x:y\"\nlock_timeout = \"10\"\n")], &[]), @"[configuration] limbeck.toml:2: the value of `lock_timeout` is no time with its unit, like `30s` or `10m`");
    insta::assert_snapshot!(url(&[SHOP], &[("DATABASE_URL", "x:y"), ("LIMBECK_AHEAD", "yes")]), @"[configuration] the value of LIMBECK_AHEAD (environment) is neither `refuse` nor `warn`");
    insta::assert_snapshot!(url(&[("limbeck.toml", "url = \"x:y\"\nversion_table = \"\"\n")], &[]), @"[configuration] the value of version_table (limbeck.toml) is empty");
}
