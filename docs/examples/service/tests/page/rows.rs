use limbeck_core::driver::DriverError;
use limbeck_core::driver::Transaction;
use limbeck_core::models::ColumnEnum;
use limbeck_core::models::Table;
use limbeck_core::row::FromRow;
use limbeck_core::row::NewRow;
use limbeck_core::values;
use serde::Deserialize;
use serde::Serialize;

#[derive(Debug, PartialEq, ColumnEnum)]
#[column_enum(rename_all = "snake_case")]
enum State {
    Open,
    SentOff,
}

#[derive(Debug, PartialEq, Deserialize, Serialize)]
struct Parcel {
    weight: f64,
}

#[derive(Debug, PartialEq, Table)]
#[table(name = "orders")]
struct Order {
    #[column(identity)]
    id: i64,
    #[column(varchar = 100)]
    customer: String,
    #[column(default_text = "open")]
    state: State,
    #[column(json)]
    parcel: Option<Parcel>,
}

#[derive(NewRow)]
#[new_row(table = Order)]
struct NewOrder<'a> {
    customer: &'a str,
    #[column(json)]
    parcel: Option<Parcel>,
}

#[derive(Debug, PartialEq, FromRow)]
pub struct Total {
    pub customer: String,
    pub orders: u32,
}

pub async fn send_off(tx: &mut Transaction<'_>, customer: &str) -> Result<Vec<Total>, DriverError> {
    let parcel = Some(Parcel { weight: 2.5 });
    let id = tx.insert_id(&NewOrder { customer, parcel }).await?;
    let order: Order = tx.select_one("WHERE id = ?", &values![id]).await?;
    assert_eq!(order.state, State::Open);
    let sql = "UPDATE orders SET state = ? WHERE id = ?";
    tx.execute(sql, &values![State::SentOff, id]).await?;
    let sql = "SELECT customer, count(*) AS orders FROM orders WHERE state = ? GROUP BY customer";
    tx.query_as(sql, &values![State::SentOff]).await
}
