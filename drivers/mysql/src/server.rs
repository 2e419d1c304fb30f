//! Who answers: MySQL or MariaDB, which version, and whether its session locks count.

use std::collections::BTreeMap;

use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::Version;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Row;
use limbeck_core::driver::Rows;
use limbeck_core::driver::ServerInfo;
use limbeck_core::driver::Trust;

use crate::activity::SessionPlace;
use crate::dialect::MARIADB;
use crate::dialect::MYSQL;
use crate::dialect::MySqlDialect;

/// What every server of the two families answers.
pub(crate) const WHO: &str = "SELECT version(), @@version_comment, connection_id(), \
                              substring_index(user(), '@', 1), database(), @@lower_case_table_names";

/// The answer to [`WHO`].
pub(crate) struct Who {
    pub(crate) dialect: &'static MySqlDialect,
    version: Version,
    id: u64,
    user: String,
    database: String,
}

impl Who {
    pub(crate) fn read(rows: &Rows) -> Result<Self, DriverError> {
        let nobody = Row::default();
        let row = rows.rows.first().unwrap_or(&nobody);
        let text = |column| row.text(column).unwrap_or_default();
        let dialect = engine(text(0), text(1));
        let version = version(text(0))?;
        let floor = dialect.floor();
        if version < floor {
            let label = dialect.label();
            return Err(DriverError::new(
                DriverErrorKind::Unsupported,
                format!("the server is {label} {version}, and Limbeck works with {label} {floor} and newer"),
            )
            .with_hint(format!("move the database to {label} {floor} or newer")));
        }
        let database = text(4);
        Ok(Self {
            dialect,
            version,
            id: row.integer(2).and_then(|id| u64::try_from(id).ok()).unwrap_or(0),
            user: text(3).to_owned(),
            // Where names of databases differ only in their case, they name the same one, and it has one lock.
            database: match row.integer(5) {
                Some(0) | None => database.to_owned(),
                Some(_) => database.to_lowercase(),
            },
        })
    }

    /// Everything, once the [`question`] is answered. `greeted` is the number that the server gave the connection when
    /// it greeted.
    pub(crate) fn server(self, facts: &Rows, greeted: u32) -> ServerInfo {
        let (start, facts) = read_facts(facts);
        let session = SessionPlace {
            id: self.id,
            start,
            user: self.user,
        };
        // A pooler greets with a number of its own, and the question goes to whatever server it likes.
        let is_pooled = self.id & u64::from(u32::MAX) != u64::from(greeted);
        let mut server = ServerInfo::new(self.dialect, self.version, session.id());
        server.schema = self.database;
        server.trust = match is_pooled || is_cluster(&facts) {
            true => Trust::Shared,
            false => Trust::Session,
        };
        server
    }
}

/// What else must be known of a server: when it started, and whether it is one of several. Uptime is counted from the
/// moment that the statement begins, as is `unix_timestamp`, so their difference never jitters.
pub(crate) fn question(dialect: &MySqlDialect) -> String {
    let schema = match dialect == &MARIADB {
        true => "information_schema",
        false => "performance_schema",
    };
    format!(
        "SELECT lower(variable_name), variable_value, unix_timestamp() FROM {schema}.global_status \
         WHERE variable_name IN ('Uptime', 'wsrep_cluster_size') \
         UNION ALL SELECT lower(variable_name), variable_value, 0 FROM {schema}.global_variables \
         WHERE variable_name IN ('wsrep_on', 'group_replication_group_name', 'group_replication_single_primary_mode')"
    )
}

/// When the server started, in seconds since 1970, and the variables by name.
pub(crate) fn read_facts(rows: &Rows) -> (i64, BTreeMap<String, String>) {
    let mut start = 0;
    let mut facts = BTreeMap::new();
    for row in &rows.rows {
        let (Some(name), Some(value)) = (row.text(0), row.text(1)) else {
            continue;
        };
        if name == "uptime" {
            let now = row.integer(2).unwrap_or(0);
            start = now - value.parse::<i64>().unwrap_or(now);
        }
        facts.insert(name.to_owned(), value.to_owned());
    }
    (start, facts)
}

/// Whether there are other servers that write and know nothing of this one's locks: Galera, and a replication group
/// with several primaries.
fn is_cluster(facts: &BTreeMap<String, String>) -> bool {
    let fact = |name| facts.get(name).map_or("", String::as_str);
    let galera = fact("wsrep_on").eq_ignore_ascii_case("ON")
        && fact("wsrep_cluster_size")
            .parse::<u32>()
            .is_ok_and(|size| size > 0);
    let group = !fact("group_replication_group_name").is_empty()
        && fact("group_replication_single_primary_mode").eq_ignore_ascii_case("OFF");
    galera || group
}

fn engine(version: &str, comment: &str) -> &'static MySqlDialect {
    let is_mariadb = [version, comment]
        .iter()
        .any(|text| text.to_ascii_lowercase().contains("mariadb"));
    if is_mariadb { &MARIADB } else { &MYSQL }
}

/// The version, without what some proxies write before it for old replicas.
fn version(text: &str) -> Result<Version, DriverError> {
    let text = match text.strip_prefix("5.5.5-") {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => rest,
        _ => text,
    };
    text.parse().map_err(|error| {
        DriverError::new(
            DriverErrorKind::Unsupported,
            format!("the server says \"{text}\" when asked for its version"),
        )
        .with_source(error)
    })
}

#[cfg(test)]
mod tests {
    use limbeck_core::dialect::Value;

    use super::*;

    fn who(version: &str, comment: &str, folds: i64) -> Result<Who, DriverError> {
        let row = vec![
            version.into(),
            comment.into(),
            Value::Integer(7),
            "ann".into(),
            "Shop".into(),
            Value::Integer(folds),
        ];
        Who::read(&Rows::new(Vec::new(), vec![Row(row)]))
    }

    fn facts(facts: &[(&str, &str)]) -> Rows {
        let rows = facts.iter().map(|(name, value)| {
            Row(vec![
                Value::from(*name),
                Value::from(*value),
                Value::Integer(1000),
            ])
        });
        Rows::new(Vec::new(), rows.collect())
    }

    #[test]
    fn the_server_says_which_engine_it_is() {
        for (version, comment, name) in [
            ("8.4.3", "MySQL Community Server - GPL", "mysql"),
            ("8.0.36-28", "Percona Server (GPL)", "mysql"),
            ("10.11.6-MariaDB-0+deb12u1", "Debian 12", "mariadb"),
            ("5.5.5-10.6.4-MariaDB", "", "mariadb"),
            ("11.4.2", "MariaDB Server", "mariadb"),
        ] {
            assert_eq!(
                who(version, comment, 0).unwrap().dialect.name(),
                name,
                "{version}"
            );
        }
    }

    #[test]
    fn an_old_server_is_refused_in_a_sentence() {
        let error = who("5.7.44-log", "MySQL Community Server", 0).err().unwrap();
        assert_eq!(error.kind, DriverErrorKind::Unsupported);
        assert_eq!(
            error.message,
            "the server is MySQL 5.7.44, and Limbeck works with MySQL 8.0.17 and newer"
        );
        assert!(who("10.4.34-MariaDB", "", 0).is_err());
        assert!(who("what", "", 0).is_err());
    }

    #[test]
    fn a_database_has_one_name_where_case_does_not_count() {
        let shop = |folds| who("8.4.0", "", folds).unwrap().server(&facts(&[]), 7).schema;
        assert_eq!(
            (shop(0), shop(1), shop(2)),
            ("Shop".into(), "shop".into(), "shop".into())
        );
    }

    #[test]
    fn locks_count_nothing_behind_a_pooler_and_in_a_cluster() {
        let trust =
            |told: &[(&str, &str)], greeted| who("8.4.0", "", 0).unwrap().server(&facts(told), greeted).trust;
        let galera = [("wsrep_on", "ON"), ("wsrep_cluster_size", "1")];
        let group = [
            ("group_replication_group_name", "a"),
            ("group_replication_single_primary_mode", "OFF"),
        ];
        assert_eq!(trust(&[], 7), Trust::Session);
        assert_eq!(
            trust(&[("wsrep_on", "OFF"), ("wsrep_cluster_size", "0")], 7),
            Trust::Session
        );
        assert_eq!(trust(&[], 8), Trust::Shared);
        assert_eq!(trust(&galera, 7), Trust::Shared);
        assert_eq!(trust(&group, 7), Trust::Shared);
    }

    #[test]
    fn a_session_knows_when_its_server_started() {
        let server = who("8.4.0", "", 0)
            .unwrap()
            .server(&facts(&[("uptime", "400")]), 7);
        assert_eq!(server.session.as_str(), "7@600/ann");
    }
}
