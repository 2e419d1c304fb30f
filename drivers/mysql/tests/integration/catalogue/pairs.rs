//! Pairs of schemas from elsewhere.

use limbeck_mysql::MySql;
use limbeck_testkit::Engine;
use limbeck_testkit::Exception;
use limbeck_testkit::SchemaPair;
use limbeck_testkit::pairs;
use limbeck_testkit::pairs_converge;

use super::engines;

const ON_MYSQL: &[Exception] = &[];

const ON_MARIADB: &[Exception] = &[];

/// Some pairs name a database of their own, which is ours here.
fn in_any_database(pair: SchemaPair) -> SchemaPair {
    let mut pair = pair;
    pair.from_sql = pair.from_sql.replace("use testing;", "");
    pair.to_sql = pair.to_sql.replace("use testing;", "");
    pair
}

#[tokio::test]
async fn pairs_lead_to_each_other() {
    let Some(pairs) = pairs("mysql").unwrap() else {
        return;
    };
    let pairs: Vec<_> = pairs.into_iter().map(in_any_database).collect();
    for (engine, database) in engines() {
        let exceptions = match engine {
            Engine::MariaDb => ON_MARIADB,
            _ => ON_MYSQL,
        };
        let lines = pairs_converge(&MySql, database.url(), &pairs, exceptions)
            .await
            .unwrap();
        assert!(lines.is_empty(), "{engine:?}: {}", lines.join("\n\n"));
    }
}
