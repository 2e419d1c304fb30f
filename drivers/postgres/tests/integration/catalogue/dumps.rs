//! What a catalogue makes is, for the server's own program, what it was read from.

use limbeck_core::catalogue::Catalogue;
use limbeck_core::catalogue::Object;
use limbeck_core::catalogue::changes;
use limbeck_core::dialect::Dialect;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::Driver;
use limbeck_postgres::POSTGRES;
use limbeck_postgres::Postgres;
use limbeck_testkit::Client;
use limbeck_testkit::ClientDatabase;

use super::cases::cases;

/// What is read from nowhere.
const PASSWORD: &str = "password 'secret'";

/// A database with a session, and what an empty one has.
struct Place {
    session: Box<dyn Connection>,
    nothing: Catalogue,
    database: ClientDatabase,
}

impl Place {
    async fn new() -> Option<Self> {
        let database = Client::Psql.database()?;
        let mut session = Postgres
            .connect(database.url(), &ConnectOptions::read_write())
            .await
            .unwrap();
        let nothing = session.catalogue().await.unwrap();
        Some(Self {
            session,
            nothing,
            database,
        })
    }

    async fn run(&mut self, sql: &str) {
        let sent = self.session.query(sql, &[]).await;
        sent.unwrap_or_else(|error| panic!("{error}: {sql}"));
    }

    async fn empty(&mut self, is: &Catalogue) {
        let version = self.session.server().version;
        let found = changes(is, &self.nothing, &|change| {
            POSTGRES.alter_object(change, &version)
        });
        for sql in found.statements() {
            self.run(sql).await;
        }
    }

    async fn close(self) {
        self.session.close().await.unwrap();
        drop(self.database);
    }
}

#[tokio::test]
async fn a_catalogue_makes_what_it_was_read_from() {
    let (Some(mut from), Some(mut to)) = (Place::new().await, Place::new().await) else {
        return;
    };
    if from.database.dump().is_some() {
        let major = from.session.server().version.major;
        let mut different = Vec::new();
        for case in cases(major) {
            from.run(&case.desired).await;
            from.session.restore().await.unwrap();
            let read = from.session.catalogue().await.unwrap();
            assert!(
                read.objects()
                    .flat_map(Object::statements)
                    .all(|sql| !sql.contains("secret"))
            );
            for sql in read.in_order().flat_map(Object::statements) {
                to.run(sql).await;
            }
            let (mut is, made) = (from.database.dump().unwrap(), to.database.dump().unwrap());
            is.retain(|line| !line.contains(PASSWORD));
            let less = is
                .iter()
                .filter(|line| !made.contains(line))
                .map(|line| format!("- {line}"));
            let more = made
                .iter()
                .filter(|line| !is.contains(line))
                .map(|line| format!("+ {line}"));
            let lines: Vec<String> = less.chain(more).collect();
            if is != made {
                different.push(format!("{}:\n{}", case.name, lines.join("\n")));
            }
            from.empty(&read).await;
            let made = to.session.catalogue().await.unwrap();
            to.empty(&made).await;
        }
        assert_eq!(different, [""; 0], "{}", different.join("\n"));
    }
    from.close().await;
    to.close().await;
}
