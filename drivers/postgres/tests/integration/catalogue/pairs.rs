//! Pairs of schemas from elsewhere.

use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Driver;
use limbeck_postgres::Postgres;
use limbeck_testkit::Exception;
use limbeck_testkit::pairs;
use limbeck_testkit::pairs_converge;
use limbeck_testkit::skip_for_want_of;

/// The version for which the pairs were written.
const OLDEST: u32 = 15;

/// The roles to which statements of the pairs grant something.
const ROLES: [&str; 12] = [
    "admin_role",
    "app_user",
    "readonly_user",
    "role_1",
    "role_2",
    "user1",
    "user2",
    "user3",
    "user4",
    r#""user-with-dash""#,
    r#""user.with.dot""#,
    r#""user@domain.com""#,
];

const DIVIDED: &str = "a table with rows cannot be divided into partitions, or become whole, by ALTER TABLE";

const EXCEPTIONS: &[Exception] = &[
    Exception::new(
        "pg-schema-diff/partitioned_table/Unpartitioned to partitioned",
        DIVIDED,
    ),
    Exception::new(
        "pg-schema-diff/partitioned_table/Partitioned to unpartitioned and child tables still exist",
        DIVIDED,
    ),
    Exception::new(
        "pg-schema-diff/partitioned_table/Can handle scenario where partition is not attached",
        "an index that a partition has from the whole table stays after DETACH, under a name that nobody gave: a second \
         comparison finds it and drops it",
    ),
    Exception::new(
        "pg-schema-diff/policy/Alter policy (table is re-created)",
        DIVIDED,
    ),
    Exception::new(
        "pg-schema-diff/partitioned_index/Add primary key constraint with existing matching base-table index \
         (matching non-local index exists that backs local matching PK)",
        "the server drops neither an index of a divided table nor a key of a partition that stands on it, but for \
         both at once by CASCADE",
    ),
];

#[tokio::test]
async fn pairs_lead_to_each_other() {
    let Some(pairs) = pairs("postgres").unwrap() else {
        return;
    };
    let Some((database, major)) = super::database().await else {
        return;
    };
    if major < OLDEST {
        skip_for_want_of("newer servers", "the pairs are for servers from version 15 on");
        return;
    }
    // Who may do what is no part of a catalogue, but its statements name roles.
    let session = Postgres
        .connect(database.url(), &ConnectOptions::read_write())
        .await;
    let mut session = session.unwrap();
    for role in ROLES {
        let make = format!(
            "DO $$ BEGIN CREATE ROLE {role}; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        );
        session.query(&make, &[]).await.unwrap();
    }
    let lines = pairs_converge(&Postgres, database.url(), &pairs, EXCEPTIONS)
        .await
        .unwrap();
    for role in ROLES {
        session
            .query(&format!("DROP ROLE IF EXISTS {role}"), &[])
            .await
            .unwrap();
    }
    session.close().await.unwrap();
    assert_eq!(lines, [""; 0], "{}", lines.join("\n"));
}
