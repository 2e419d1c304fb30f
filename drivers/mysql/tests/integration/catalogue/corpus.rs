//! Cases of our own.

use std::path::Path;

use limbeck_core::dialect::Version;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Driver;
use limbeck_mysql::MySql;
use limbeck_testkit::CatalogueCase;
use limbeck_testkit::Engine;
use limbeck_testkit::TestDatabase;
use limbeck_testkit::Workbench;

use super::version;

/// Cases about what MariaDB learned later than the oldest version.
const SINCE: &[(&str, Version)] = &[
    ("index_desc", Version::new(10, 8, 0)),
    ("index_ignored", Version::new(10, 6, 0)),
    ("parameter_default", Version::new(11, 8, 0)),
    ("uuid", Version::new(10, 7, 0)),
    ("vector", Version::new(11, 7, 0)),
];

async fn lead_there_and_back(engine: Engine) {
    let Some(database) = TestDatabase::on(engine) else {
        return;
    };
    let version = version(database.url()).await;
    // Scratch databases have the character set of this one, which older servers choose smaller than the cases need.
    let mut connection = MySql
        .connect(database.url(), &ConnectOptions::read_write())
        .await
        .unwrap();
    let wide = format!("ALTER DATABASE {} CHARACTER SET utf8mb4", database.name());
    connection.query(&wide, &[]).await.unwrap();
    connection.close().await.unwrap();
    let mut bench = Workbench::open(&MySql, database.url()).await.unwrap();
    let mut lines = Vec::new();
    let cases = cases(engine);
    for case in cases.iter().filter(|case| is_known(engine, version, case)) {
        if let Err(why) = bench.there_and_back(case).await {
            lines.push(format!("{}: {why}", case.name));
        }
    }
    bench.close().await.unwrap();
    assert!(lines.is_empty(), "{}", lines.join("\n\n"));
}

#[tokio::test]
async fn cases_lead_there_and_back_on_mysql() {
    lead_there_and_back(Engine::MySql).await;
}

#[tokio::test]
async fn cases_lead_there_and_back_on_mariadb() {
    lead_there_and_back(Engine::MariaDb).await;
}

/// Those of both engines, and those of this one.
pub(super) fn cases(engine: Engine) -> Vec<CatalogueCase> {
    let own = match engine {
        Engine::MariaDb => "mariadb",
        _ => "mysql",
    };
    let folder = Path::new("tests/catalogue");
    let mut cases = CatalogueCase::all(&folder.join("both")).unwrap();
    let own = CatalogueCase::all(&folder.join(own)).unwrap();
    assert!(!cases.is_empty() && !own.is_empty(), "there are cases");
    cases.extend(own);
    cases
}

pub(super) fn is_known(engine: Engine, version: Version, case: &CatalogueCase) -> bool {
    let since = SINCE.iter().find(|(name, _)| *name == case.name);
    engine != Engine::MariaDb || since.is_none_or(|(_, since)| version >= *since)
}
