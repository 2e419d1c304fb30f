//! The task that carries the messages of a session.

use std::future::poll_fn;
use std::sync::Arc;

use futures_util::FutureExt;
use tokio::io::AsyncRead;
use tokio::io::AsyncWrite;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_postgres::AsyncMessage;
use tokio_postgres::Connection;

/// The task, which ends with this value.
///
/// It must not outlive the session: it would still send what is queued, a COMMIT among it, and keep the locks meanwhile.
pub(crate) struct Driving {
    task: JoinHandle<()>,
    told: Arc<Notify>,
}

impl Driving {
    pub(crate) fn start<S, T>(mut connection: Connection<S, T>) -> Self
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
        T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let told = Arc::new(Notify::new());
        let tell = Arc::clone(&told);
        let task = tokio::spawn(async move {
            while let Some(Ok(message)) = poll_fn(|context| connection.poll_message(context)).await {
                if matches!(message, AsyncMessage::Notification(_)) {
                    tell.notify_one();
                }
            }
            // What has ended the connection is told to whoever asks it next.
            tell.notify_one();
        });
        Self { task, told }
    }

    /// Waits for a NOTIFY of a channel that the session listens to, or for the end of the connection. One that has come
    /// since the last call counts.
    pub(crate) async fn notified(&self) {
        self.told.notified().await;
    }

    /// Forgets what has come since the last call.
    pub(crate) fn forget(&self) {
        let _ = self.told.notified().now_or_never();
    }

    /// Waits until everything is sent and the connection is closed, once the client is dropped.
    pub(crate) async fn ended(&mut self) {
        let _ = (&mut self.task).await;
    }
}

impl Drop for Driving {
    fn drop(&mut self) {
        self.task.abort();
    }
}
