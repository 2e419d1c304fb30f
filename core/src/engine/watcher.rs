//! Who keeps a session waiting.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

use tokio::task::JoinHandle;

use crate::driver::Blocker;
use crate::driver::ConnectOptions;
use crate::driver::Connection;
use crate::driver::DatabaseUrl;
use crate::driver::Driver;
use crate::driver::SessionId;

/// Looks, over a session of its own, who keeps another one waiting: when that one has given up, nobody can tell any more.
pub(crate) struct Watcher {
    driver: Arc<dyn Driver>,
    url: DatabaseUrl,
}

/// A look that goes on until this is dropped.
pub(crate) struct Watch {
    task: JoinHandle<()>,
    seen: Arc<Mutex<Vec<Blocker>>>,
}

impl Watcher {
    pub(crate) fn new(driver: Arc<dyn Driver>, url: DatabaseUrl) -> Self {
        Self { driver, url }
    }

    /// Begins to look every `pause`.
    pub(crate) fn watch(&self, session: &SessionId, pause: Duration) -> Watch {
        let seen = Arc::<Mutex<Vec<Blocker>>>::default();
        let (driver, url, session) = (Arc::clone(&self.driver), self.url.clone(), session.clone());
        let told = Arc::clone(&seen);
        let task = tokio::spawn(async move {
            // Who cannot look says nothing: the step fails with what the server says.
            let Ok(mut connection) = driver.connect(&url, &ConnectOptions::read_only()).await else {
                return;
            };
            while let Some(blockers) = look(&mut *connection, &session).await {
                if !blockers.is_empty() {
                    *told.lock().unwrap_or_else(PoisonError::into_inner) = blockers;
                }
                tokio::time::sleep(pause).await;
            }
        });
        Watch { task, seen }
    }
}

async fn look(connection: &mut dyn Connection, session: &SessionId) -> Option<Vec<Blocker>> {
    connection.blockers(session).await.ok()
}

impl Watch {
    /// Who was in the way when that was last seen.
    pub(crate) fn blockers(&self) -> Vec<Blocker> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.task.abort();
    }
}
