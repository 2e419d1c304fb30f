//! Interrupting a statement from outside.

use async_trait::async_trait;
use limbeck_core::driver::Cancel;
use limbeck_core::driver::DriverError;
use tokio_postgres::CancelToken;
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::connection::PostgresConnection;
use crate::error;

/// Asks the server over a connection of its own to interrupt what a session runs.
#[derive(Clone)]
pub(crate) struct Canceller {
    token: CancelToken,
    tls: MakeRustlsConnect,
}

impl Canceller {
    pub(crate) fn new(connection: &PostgresConnection, tls: MakeRustlsConnect) -> Result<Self, DriverError> {
        Ok(Self {
            token: connection.client()?.cancel_token(),
            tls,
        })
    }
}

#[async_trait]
impl Cancel for Canceller {
    async fn cancel(&self) -> Result<(), DriverError> {
        let asked = self.token.cancel_query(self.tls.clone()).await;
        asked.map_err(error::lost)
    }
}
