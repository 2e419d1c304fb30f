//! The statements of the lease: a committed row that stands in for a session's lock.
//!
//! The row names its owner, a *token* that grows each time the lease changes hands, and a *beat* that its owner counts up
//! while it lives. Whoever sees the beat stand still for long enough takes the lease over. Every change compares what it
//! replaces, so of several that try only one succeeds; and every step of a run proves that the token is still its own, so a
//! run that was taken for dead writes nothing any more. No clocks are compared.

use super::HistoryTables;
use crate::dialect::Dialect;
use crate::dialect::Value;
use crate::driver::Holder;
use crate::driver::Row;

/// What the row said when it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LeaseRow {
    pub(crate) owner: Option<String>,
    pub(crate) token: i64,
    pub(crate) beat: i64,
    pub(crate) holder: Holder,
}

impl LeaseRow {
    /// Reads a row of [`LeaseWriter::read`].
    pub(crate) fn of(row: &Row) -> Self {
        let holder = Holder {
            user: row.text(3).map(str::to_owned),
            host: row.text(4).map(str::to_owned),
            pid: row.integer(5).and_then(|pid| u64::try_from(pid).ok()),
            since: row.text(6).map(str::to_owned),
        };
        Self {
            owner: row.text(0).map(str::to_owned),
            token: row.integer(1).unwrap_or_default(),
            beat: row.integer(2).unwrap_or_default(),
            holder,
        }
    }
}

/// Writes the statements of the lease of one history for one owner.
#[derive(Clone, Debug)]
pub(crate) struct LeaseWriter {
    dialect: &'static dyn Dialect,
    tables: HistoryTables,
    owner: String,
}

impl LeaseWriter {
    pub(crate) fn new(dialect: &'static dyn Dialect, tables: HistoryTables, owner: String) -> Self {
        Self {
            dialect,
            tables,
            owner,
        }
    }

    /// Makes the row, free, for a history that has none.
    pub(crate) fn insert(&self) -> String {
        format!(
            "INSERT INTO {table} ({history}, {token}, {beat}) VALUES ({name}, 0, 0)",
            table = self.table(),
            history = self.quote("history"),
            token = self.quote("token"),
            beat = self.quote("beat"),
            name = self.name(),
        )
    }

    /// Reads the row.
    pub(crate) fn read(&self) -> String {
        let columns = ["owner", "token", "beat", "who", "host", "pid", "since"].map(|name| self.quote(name));
        format!(
            "SELECT {} FROM {} WHERE {} = {}",
            columns.join(", "),
            self.table(),
            self.quote("history"),
            self.name()
        )
    }

    /// Takes the lease, if it is still as it was seen. One row changes, or none.
    pub(crate) fn take(&self, seen: &LeaseRow, me: &Holder) -> String {
        let pid = me.pid.and_then(|pid| i64::try_from(pid).ok());
        let values = [
            ("owner", self.literal(self.owner.as_str())),
            ("token", (seen.token + 1).to_string()),
            ("beat", "0".to_owned()),
            ("who", self.literal(me.user.as_deref())),
            ("host", self.literal(me.host.as_deref())),
            ("pid", self.literal(pid)),
            ("since", self.dialect.utc_now().to_owned()),
        ];
        self.update(&values, seen.owner.as_deref(), seen.token, Some(seen.beat))
    }

    /// Shows that the owner lives. One row changes, or none once the lease is lost.
    pub(crate) fn beat(&self, token: i64) -> String {
        let beat = format!("{} + 1", self.quote("beat"));
        self.update(&[("beat", beat)], Some(&self.owner), token, None)
    }

    /// Gives the lease back.
    pub(crate) fn give_back(&self, token: i64) -> String {
        self.update(&[("owner", "NULL".to_owned())], Some(&self.owner), token, None)
    }

    /// An SQL scalar: text while the lease is ours, else NULL.
    pub(crate) fn proof(&self, token: i64) -> String {
        format!(
            "(SELECT {owner} FROM {} WHERE {} = {} AND {owner} = {} AND {} = {token})",
            self.table(),
            self.quote("history"),
            self.name(),
            self.literal(self.owner.as_str()),
            self.quote("token"),
            owner = self.quote("owner"),
        )
    }

    fn update(
        &self,
        values: &[(&str, String)],
        owner: Option<&str>,
        token: i64,
        beat: Option<i64>,
    ) -> String {
        let values = values
            .iter()
            .map(|(column, value)| format!("{} = {value}", self.quote(column)));
        let owner = match owner {
            Some(owner) => format!("{} = {}", self.quote("owner"), self.literal(owner)),
            None => format!("{} IS NULL", self.quote("owner")),
        };
        let beat = beat.map(|beat| format!(" AND {} = {beat}", self.quote("beat")));
        format!(
            "UPDATE {} SET {} WHERE {} = {} AND {owner} AND {} = {token}{}",
            self.table(),
            values.collect::<Vec<_>>().join(", "),
            self.quote("history"),
            self.name(),
            self.quote("token"),
            beat.unwrap_or_default(),
        )
    }

    fn table(&self) -> String {
        self.tables.lock_sql(self.dialect)
    }

    fn name(&self) -> String {
        self.literal(self.tables.version.as_str())
    }

    fn quote(&self, name: &str) -> String {
        self.dialect.quote_identifier(name)
    }

    fn literal(&self, value: impl Into<Value>) -> String {
        self.dialect.literal(&value.into())
    }
}
