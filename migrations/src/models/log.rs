//! What users did.

use limbeck_core::models::Models;
use limbeck_core::models::Table;

use super::Json;
use super::Moment;
use super::repository::Repository;
use super::user::User;

/// An entry of the first log.
#[derive(Table)]
#[table(
    index([account_id, occurred_at], name = "ix_log_entry_account_id"),
    index([performer_id, occurred_at], name = "ix_log_entry_performer_id"),
    index([repository_id, occurred_at], name = "ix_log_entry_repository_id"),
    comment = "Entries before the log outlived users; empty since they were moved"
)]
pub struct LogEntry {
    #[column(identity)]
    pub id: i32,
    #[column(varchar = 64)]
    pub kind: String,
    #[column(references = User, on_delete = set_null)]
    pub account_id: Option<i64>,
    #[column(references = User, on_delete = set_null)]
    pub performer_id: Option<i64>,
    #[column(references = Repository, on_delete = set_null)]
    pub repository_id: Option<i64>,
    #[column(default = "CURRENT_TIMESTAMP")]
    pub occurred_at: Moment,
    #[column(varchar = 64)]
    pub ip: Option<String>,
    pub metadata: Json,
}

/// An entry of the second log, which has no foreign keys: it stays whole when users and repositories go.
#[derive(Table)]
#[table(
    name = "log_entry_2",
    index([account_id, occurred_at], name = "ix_log_entry_2_account_id"),
    index([repository_id, occurred_at], name = "ix_log_entry_2_repository_id"),
    index([kind, occurred_at], name = "ix_log_entry_2_kind"),
    comment = "Entries that are kept until their retention period ends"
)]
pub struct LogEntry2 {
    #[column(identity)]
    pub id: i64,
    #[column(varchar = 64)]
    pub kind: String,
    pub account_id: Option<i64>,
    pub performer_id: Option<i64>,
    pub repository_id: Option<i64>,
    #[column(default = "CURRENT_TIMESTAMP")]
    pub occurred_at: Moment,
    #[column(varchar = 64)]
    pub ip: Option<String>,
    pub metadata: Json,
}

/// An entry of the log of today.
#[derive(Table)]
#[table(
    name = "log_entry_3",
    index([account_id, occurred_at desc], name = "ix_log_entry_3_account_id"),
    index([performer_id, occurred_at desc], name = "ix_log_entry_3_performer_id"),
    index([repository_id, occurred_at desc], name = "ix_log_entry_3_repository_id"),
    index([occurred_at desc], name = "ix_log_entry_3_occurred_at"),
    index([kind, occurred_at desc], name = "ix_log_entry_3_kind"),
    comment = "Entries of today, read from the newest"
)]
pub struct LogEntry3 {
    #[column(identity)]
    pub id: i64,
    #[column(varchar = 64)]
    pub kind: String,
    pub account_id: Option<i64>,
    pub performer_id: Option<i64>,
    pub repository_id: Option<i64>,
    #[column(default = "CURRENT_TIMESTAMP")]
    pub occurred_at: Moment,
    #[column(varchar = 64)]
    pub ip: Option<String>,
    pub metadata: Json,
}

pub(super) fn models() -> Models {
    Models::new()
        .table::<LogEntry>()
        .table::<LogEntry2>()
        .table::<LogEntry3>()
}
