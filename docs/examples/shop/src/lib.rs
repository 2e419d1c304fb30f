use std::time::SystemTime;

use limbeck_core::models::ColumnEnum;
use limbeck_core::models::Models;
use limbeck_core::models::Table;

#[derive(Table)]
pub struct Account {
    #[column(identity)]
    pub id: i64,
    #[column(varchar = 100, unique, renamed_from = "mail")]
    pub email: String,
    #[column(generated = "lower(email)", stored, sql = "VARCHAR(100)")]
    pub folded: String,
    pub name: Option<String>,
    #[column(sql = "TIMESTAMP", default = "CURRENT_TIMESTAMP")]
    pub created_at: SystemTime,
}

#[derive(ColumnEnum)]
#[column_enum(rename_all = "snake_case")]
pub enum State {
    Open,
    Paid,
    SentOff,
}

#[derive(Table)]
#[table(
    name = "orders",
    renamed_from = "purchase",
    unique([account_id, number]),
    check("total >= 0", name = "ck_orders_total"),
    index([account_id, created_at desc], filter = "state <> 'sent_off'"),
    comment = "what was bought"
)]
pub struct Order {
    #[column(identity)]
    pub id: i64,
    #[column(references = Account, on_delete = cascade)]
    pub account_id: i64,
    pub number: i32,
    #[column(default_text = "open", index)]
    pub state: State,
    #[column(numeric(12, 2))]
    pub total: String,
    #[column(sql = "TIMESTAMP", default = "CURRENT_TIMESTAMP")]
    pub created_at: SystemTime,
}

pub fn models() -> Models {
    Models::new()
        .table::<Account>()
        .table::<Order>()
        .view("open_order", "SELECT id, total FROM orders WHERE state = 'open'")
}
