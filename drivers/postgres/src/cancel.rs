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

    /// Asks on a thread, for a session that is dropped in the middle of a statement: the server would notice that only when
    /// the statement ends, and keep its locks until then.
    pub(crate) fn cancel_behind(self) {
        let ask = move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            if let Ok(runtime) = runtime {
                // Nobody is left who could be told.
                let _ = runtime.block_on(self.cancel());
            }
        };
        let _ = std::thread::Builder::new().spawn(ask);
    }
}

#[async_trait]
impl Cancel for Canceller {
    async fn cancel(&self) -> Result<(), DriverError> {
        let asked = self.token.cancel_query(self.tls.clone()).await;
        asked.map_err(error::lost)
    }
}
