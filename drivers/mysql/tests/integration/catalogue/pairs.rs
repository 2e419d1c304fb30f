//! Pairs of schemas from elsewhere.

use limbeck_core::dialect::Version;
use limbeck_mysql::MySql;
use limbeck_testkit::Engine;
use limbeck_testkit::Exception;
use limbeck_testkit::SchemaPair;
use limbeck_testkit::TestDatabase;
use limbeck_testkit::pairs;
use limbeck_testkit::pairs_converge;

use super::version;

/// Pairs that MySQL itself does not take.
const ON_MYSQL: &[Exception] = &[
    Exception::new("sqldef/tests_datatypes/TypedLiterals", TYPED_LITERAL),
    Exception::new("sqldef/tests_datatypes/TypedLiteralsIdempotency", TYPED_LITERAL),
    Exception::new("sqldef/tests_datatypes/TypedLiteralsChangeDefault", TYPED_LITERAL),
    Exception::new(
        "sqldef/tests_indices/IndexOptionUsingHash",
        "MySQL has no unique index of a whole BLOB (error 1170)",
    ),
    Exception::new(
        "sqldef/tests_mariadb/AddColumnWithDefaultExpressionMariaDB",
        TEXT_DEFAULT,
    ),
    Exception::new("sqldef/tests_mariadb/AddDefaultExpressionMariaDB", TEXT_DEFAULT),
    Exception::new(
        "skeema/tengo/colcompression-maria",
        "MySQL has no compressed columns (error 1064)",
    ),
    Exception::new(
        "skeema/tengo/index-maria106",
        "MySQL calls an index that no query uses INVISIBLE, and does not know IGNORED (error 1064)",
    ),
];

const TYPED_LITERAL: &str = "MySQL takes no literal with a type as a default (error 1067)";

const TEXT_DEFAULT: &str = "MySQL takes no literal as the default of a LONGTEXT (error 1101)";

/// Some pairs name a database of their own, which is ours here.
fn in_any_database(pair: SchemaPair) -> SchemaPair {
    let mut pair = pair;
    pair.from_sql = pair.from_sql.replace("use testing;", "");
    pair.to_sql = pair.to_sql.replace("use testing;", "");
    pair
}

/// A pair that an older MariaDB does not take.
const BEFORE_MARIADB_10_6: &[Exception] = &[Exception::new(
    "skeema/tengo/index-maria106",
    "MariaDB knows IGNORED since 10.6 (error 1064)",
)];

async fn lead_to_each_other(engine: Engine) {
    let Some(pairs) = pairs("mysql").unwrap() else {
        return;
    };
    let Some(database) = TestDatabase::on(engine) else {
        return;
    };
    let exceptions = match engine {
        Engine::MySql => ON_MYSQL,
        _ if version(database.url()).await < Version::new(10, 6, 0) => BEFORE_MARIADB_10_6,
        _ => &[],
    };
    let pairs: Vec<_> = pairs.into_iter().map(in_any_database).collect();
    let lines = pairs_converge(&MySql, database.url(), &pairs, exceptions)
        .await
        .unwrap();
    assert!(lines.is_empty(), "{}", lines.join("\n\n"));
}

#[tokio::test]
async fn pairs_lead_to_each_other_on_mysql() {
    lead_to_each_other(Engine::MySql).await;
}

#[tokio::test]
async fn pairs_lead_to_each_other_on_mariadb() {
    lead_to_each_other(Engine::MariaDb).await;
}
