//! Databases beside the one that is read.

use super::Place;
use crate::session::databases;
use crate::session::query;
use crate::session::run;

/// How many tables there are beside.
const BESIDE: usize = 40;

/// A server may have thousands of databases, some of them being dropped at this moment.
#[tokio::test]
async fn the_tables_of_other_databases_are_not_opened() {
    for (database, other) in databases().zip(databases()) {
        let (mut place, mut beside) = (Place::new(database).await, Place::new(other).await);
        for number in 0..BESIDE {
            let table = format!("CREATE TABLE other_{number} (id BIGINT PRIMARY KEY)");
            run(&mut beside.session, &[&table]).await;
        }
        let own = [
            "CREATE TABLE one (id BIGINT PRIMARY KEY, n INT CHECK (n > 0))",
            "CREATE TABLE two (id BIGINT PRIMARY KEY, one_id BIGINT, FOREIGN KEY (one_id) REFERENCES one (id))",
            "CREATE VIEW three AS SELECT id FROM one",
        ];
        run(&mut place.session, &own).await;
        run(&mut beside.session, &["FLUSH TABLES"]).await;
        let before = opened(&mut place).await;
        let read = place.read().await;
        let opened = opened(&mut place).await - before;
        assert_eq!((read.tables.len(), read.views.len()), (2, 1));
        assert!(opened < BESIDE, "{opened}");
    }
}

/// How many definitions of tables the session has opened.
async fn opened(place: &mut Place) -> usize {
    let status = "SHOW SESSION STATUS LIKE 'Opened_table_definitions'";
    let rows = query(&mut place.session, status).await.unwrap();
    rows.rows[0].text(1).unwrap().parse().unwrap()
}
