//! PostgreSQL passes the conformance suite.

use std::process::ExitCode;

use limbeck_postgres::Postgres;
use limbeck_testkit::Engine;
use limbeck_testkit::Offer;

fn main() -> ExitCode {
    limbeck_testkit::conformance(Postgres, Engine::Postgres)
        .without([Offer::Backup, Offer::DataCheck])
        .setting("SET search_path = pg_catalog", "SHOW search_path")
        .setting(
            "SET standard_conforming_strings = off",
            "SHOW standard_conforming_strings",
        )
        .setting("SET TimeZone = 'Asia/Tokyo'", "SHOW TimeZone")
        .setting("SET lock_timeout = '1h'", "SHOW lock_timeout")
        .run()
}
