//! What is read from a database is what was made there.

mod agreement;
mod cases;
mod foreign;
mod kept;
mod operations;
mod registry;
mod scope;
mod spacing;

use limbeck_core::driver::Connection;
use limbeck_core::driver::Scope;
use limbeck_core::schema::Schema;
use limbeck_sqlite::Sqlite;
use limbeck_sqlite::rusqlite;

use self::kept::as_kept;

/// The database holds what the replay of its history says, as far as SQLite keeps it.
pub(crate) fn assert_reads_back(database: rusqlite::Connection, replayed: &Schema) {
    assert_kept(read_from(database), replayed);
}

fn assert_kept(read: Schema, replayed: &Schema) {
    let (read, replayed) = (read.in_name_order(), as_kept(replayed.clone()));
    assert_same(&read, &replayed);
}

/// Says where two schemas differ, not only that they do.
fn assert_same(read: &Schema, expected: &Schema) {
    for (name, table) in &expected.tables {
        assert_eq!(read.table(name), Some(table));
    }
    assert_eq!(read, expected);
}

/// What is read, as the model says it.
async fn read(connection: &mut Box<dyn Connection>) -> Schema {
    connection
        .introspect(Scope::All)
        .await
        .unwrap_or_else(|error| panic!("{error}\n{}", error.detail.as_deref().unwrap_or_default()))
        .without_native_ddl()
}

/// The schema that native statements make in an empty database.
fn made_by(sql: &str) -> Schema {
    let database = rusqlite::Connection::open_in_memory().unwrap();
    database
        .execute_batch(sql)
        .unwrap_or_else(|error| panic!("{error}\n{sql}"));
    read_from(database)
}

/// What is read, which must agree with what SQLite itself tells of its tables.
fn read_from(database: rusqlite::Connection) -> Schema {
    let told = agreement::told_by(&database);
    let read = in_runtime(async {
        let mut connection = Sqlite::attach(database).await.unwrap();
        read(&mut connection).await
    });
    assert_eq!(agreement::told_of(&read), told);
    read
}

pub(crate) fn in_runtime<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(work)
}
