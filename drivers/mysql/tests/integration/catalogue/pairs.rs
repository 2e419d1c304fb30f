//! Pairs of schemas from elsewhere.

use limbeck_mysql::MySql;
use limbeck_testkit::Engine;
use limbeck_testkit::Exception;
use limbeck_testkit::SchemaPair;
use limbeck_testkit::pairs;
use limbeck_testkit::pairs_converge;

use super::engines;

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
