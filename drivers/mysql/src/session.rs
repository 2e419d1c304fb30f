//! The settings of a session, by value: those of the server can be any, and a script may change them.

use limbeck_core::dialect::Dialect;
use limbeck_core::driver::Access;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Timeouts;

use crate::dialect::MARIADB;
use crate::dialect::MySqlDialect;
use crate::dialect::whole_seconds;

/// What a script may have changed beyond the settings, as the server has it for new sessions.
const SERVER_DEFAULTS: &str = "SET SESSION timestamp = DEFAULT, sql_select_limit = DEFAULT, \
                               sql_safe_updates = DEFAULT, group_concat_max_len = DEFAULT, \
                               default_storage_engine = DEFAULT";

/// One packet of statements that give a session its settings and its database.
pub(crate) fn setup(dialect: &MySqlDialect, database: Option<&str>, options: &ConnectOptions) -> String {
    let mut statements: Vec<String> = dialect
        .session_settings()
        .iter()
        .map(|setting| (*setting).to_owned())
        .collect();
    statements.push(SERVER_DEFAULTS.to_owned());
    let isolation = match dialect == &MARIADB {
        true => "tx_isolation",
        false => "transaction_isolation",
    };
    statements.push(format!("SET SESSION {isolation} = DEFAULT"));
    statements.extend(database.map(|database| format!("USE {}", dialect.quote_identifier(database))));
    statements.extend(limits(dialect, &options.timeouts));
    statements.push(
        match options.access {
            Access::ReadOnly => "SET SESSION TRANSACTION READ ONLY",
            Access::ReadWrite => "SET SESSION TRANSACTION READ WRITE",
        }
        .to_owned(),
    );
    statements.join(";\n")
}

/// The packet that undoes what a script has changed, after which `setup` applies. Tables that it has locked are free
/// again; the migration lock is none of them.
pub(crate) fn restore(setup: &str) -> String {
    format!("UNLOCK TABLES;\n{setup}")
}

fn limits(dialect: &MySqlDialect, timeouts: &Timeouts) -> Vec<String> {
    let mut limits: Vec<String> = dialect.lock_timeout(timeouts.lock).into_iter().collect();
    limits.extend(dialect.statement_timeout(timeouts.statement));
    if dialect == &MARIADB {
        let idle = timeouts.idle_in_transaction.map_or(0, whole_seconds);
        limits.push(format!("SET SESSION idle_transaction_timeout = {idle}"));
    }
    limits
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::dialect::MYSQL;

    fn limits_of(dialect: &MySqlDialect, timeouts: Timeouts) -> String {
        limits(dialect, &timeouts).join(";\n")
    }

    #[test]
    fn limits_are_in_the_engines_units() {
        let mut timeouts = Timeouts::MIGRATION;
        timeouts.lock = Some(Duration::from_millis(1500));
        timeouts.statement = Some(Duration::from_millis(2500));
        insta::assert_snapshot!(limits_of(&MYSQL, timeouts), @"
        SET SESSION lock_wait_timeout = 2, innodb_lock_wait_timeout = 2;
        SET SESSION max_execution_time = 2500
        ");
        insta::assert_snapshot!(limits_of(&MARIADB, timeouts), @"
        SET SESSION lock_wait_timeout = 2, innodb_lock_wait_timeout = 2;
        SET SESSION max_statement_time = 2.500;
        SET SESSION idle_transaction_timeout = 300
        ");
        insta::assert_snapshot!(limits_of(&MYSQL, Timeouts::NONE), @"
        SET SESSION lock_wait_timeout = 31536000, innodb_lock_wait_timeout = 50;
        SET SESSION max_execution_time = 0
        ");
    }
}
