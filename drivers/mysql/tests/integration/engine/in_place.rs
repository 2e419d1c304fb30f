//! Alterations for which the engine moves no row: the table keeps its number.

use limbeck_core::engine::Ignore;

use super::File;
use super::migrator;
use super::rows;
use crate::session::databases;

const FIRST: File<'_> = (
    "a1",
    "",
    "-- limbeck:upgrade
CREATE TABLE team (id BIGINT PRIMARY KEY, name VARCHAR(20) NOT NULL, size INTEGER, CONSTRAINT u UNIQUE (size));
INSERT INTO team (id, name, size) VALUES (1, 'one', 1), (2, 'two', 2);
",
);

/// Each of them alone leaves the rows where they are.
const SECOND: File<'_> = (
    "b2",
    "a1",
    "-- limbeck:upgrade
ALTER TABLE team ADD COLUMN town VARCHAR(20) DEFAULT 'here';
ALTER TABLE team ALTER COLUMN name SET DATA TYPE VARCHAR(40);
ALTER TABLE team ALTER COLUMN size SET DEFAULT 5;
ALTER TABLE team DROP CONSTRAINT u;
ALTER TABLE team ADD COLUMN more INTEGER;
ALTER TABLE team ADD CONSTRAINT by_name UNIQUE (name, town);
ALTER TABLE team DROP COLUMN size;
COMMENT ON TABLE team IS 'said';
",
);

#[tokio::test]
async fn alterations_that_move_no_row_alone_move_none_together() {
    for database in databases() {
        let own = "concat(database(), '/team')";
        let versions = rows(&database, "SELECT version()").await;
        let catalogue = match versions[0].contains("MariaDB") {
            true => "innodb_sys_tables",
            false => "innodb_tables",
        };
        let number =
            format!("SELECT concat(table_id) FROM information_schema.{catalogue} WHERE name = {own}");
        let first = migrator(&database, &[FIRST]);
        first.upgrade("heads", &mut Ignore).await.unwrap();
        let before = rows(&database, &number).await;
        assert_eq!(before.len(), 1);
        let second = migrator(&database, &[FIRST, SECOND]);
        second.upgrade("heads", &mut Ignore).await.unwrap();
        assert_eq!(rows(&database, &number).await, before, "{}", versions[0]);
        let found = rows(&database, "SELECT id, name, town, more FROM team ORDER BY id").await;
        assert_eq!(found, ["1|one|here|NULL", "2|two|here|NULL"]);
    }
}
