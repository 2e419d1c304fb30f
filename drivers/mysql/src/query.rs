//! Sending one packet and reading all of its answer.

use bytes::Bytes;
use futures_util::stream;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::Row;
use limbeck_core::driver::Rows;
use mysql_async::BinaryProtocol;
use mysql_async::Conn;
use mysql_async::InfileData;
use mysql_async::Params;
use mysql_async::QueryResult;
use mysql_async::TextProtocol;
use mysql_async::prelude::Protocol;
use mysql_async::prelude::Queryable;

use crate::error::from_mysql;
use crate::value;

/// Bytes of one packet of rows, far below what any server takes.
const PACKET: usize = 64 * 1024;

/// Sends a text.
pub(crate) async fn text(conn: &mut Conn, sql: &str) -> Result<Rows, DriverError> {
    let answer = match conn.query_iter(sql).await {
        Ok(result) => read::<TextProtocol>(result).await,
        Err(error) => Err(error),
    };
    finish(conn, answer).map_err(|error| from_mysql(error, sql))
}

/// Sends a text of several statements, and gives the rows of each that has some.
pub(crate) async fn texts(conn: &mut Conn, sql: &str) -> Result<Vec<Rows>, DriverError> {
    let mut answers = Vec::new();
    let read = async {
        let mut result = conn.query_iter(sql).await?;
        while !result.is_empty() {
            answers.extend(read_one::<TextProtocol>(&mut result).await?);
        }
        result.drop_result().await
    };
    read.await.map_err(|error| from_mysql(error, sql))?;
    Ok(answers)
}

/// Sends a text of several statements, and gives the rows of the first ones, which all have some; the others have none.
pub(crate) async fn leading<const N: usize>(conn: &mut Conn, sql: &str) -> Result<[Rows; N], DriverError> {
    let mut answers = [const { None }; N];
    let read = async {
        let mut result = conn.query_iter(sql).await?;
        for answer in &mut answers {
            *answer = read_one::<TextProtocol>(&mut result).await?;
        }
        result.drop_result().await
    };
    read.await.map_err(|error| from_mysql(error, sql))?;
    Ok(answers.map(Option::unwrap_or_default))
}

/// Sends a text with values for its question marks.
pub(crate) async fn prepared(
    conn: &mut Conn,
    sql: &str,
    parameters: Vec<mysql_async::Value>,
) -> Result<Rows, DriverError> {
    let answer = match conn.exec_iter(sql, Params::Positional(parameters)).await {
        Ok(result) => read::<BinaryProtocol>(result).await,
        Err(error) => Err(error),
    };
    finish(conn, answer).map_err(|error| from_mysql(error, sql))
}

/// What a server says of the rows that it has read.
pub(crate) struct ReadIn {
    written: u64,
    warnings: u16,
}

impl ReadIn {
    /// Whether all of so many rows were written as they are.
    pub(crate) fn is_whole(&self, rows: usize) -> bool {
        self.warnings == 0 && u64::try_from(rows) == Ok(self.written)
    }
}

/// Sends a text, and the bytes that the server asks for then.
pub(crate) async fn infile(conn: &mut Conn, sql: &str, bytes: Vec<u8>) -> Result<ReadIn, DriverError> {
    let mut rest = Bytes::from(bytes);
    let packets = std::iter::from_fn(move || {
        let packet = rest.split_to(rest.len().min(PACKET));
        (!packet.is_empty()).then_some(Ok(packet))
    });
    conn.set_infile_handler(async move {
        let packets: InfileData = Box::pin(stream::iter(packets));
        Ok(packets)
    });
    text(conn, sql).await?;
    Ok(ReadIn {
        written: conn.affected_rows(),
        warnings: conn.get_warnings(),
    })
}

/// The rows of the first result. All others are read too: the error of a later one is the error of the statement.
async fn read<P: Protocol>(mut result: QueryResult<'_, '_, P>) -> mysql_async::Result<Rows> {
    let rows = read_one(&mut result).await?;
    result.drop_result().await?;
    Ok(rows.unwrap_or_default())
}

/// The rows of the next result; none when it has no columns.
async fn read_one<P: Protocol>(result: &mut QueryResult<'_, '_, P>) -> mysql_async::Result<Option<Rows>> {
    let columns = result.columns().filter(|columns| !columns.is_empty());
    let Some(columns) = columns else {
        return Ok(None);
    };
    let read: Vec<mysql_async::Row> = result.collect().await?;
    let names = columns.iter().map(|column| column.name_str().into_owned());
    let rows = read.into_iter().map(|row| {
        let values = row.unwrap().into_iter().zip(columns.iter());
        Row(values
            .map(|(value, column)| value::from_mysql(value, column))
            .collect())
    });
    Ok(Some(Rows::new(names.collect(), rows.collect())))
}

/// A statement without rows tells how many it wrote.
fn finish(conn: &Conn, answer: mysql_async::Result<Rows>) -> mysql_async::Result<Rows> {
    let mut rows = answer?;
    if rows.columns.is_empty() {
        rows.affected = Some(conn.affected_rows());
    }
    Ok(rows)
}
