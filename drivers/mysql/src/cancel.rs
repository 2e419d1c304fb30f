//! Interrupting a statement.

use async_trait::async_trait;
use limbeck_core::driver::Cancel;
use limbeck_core::driver::DriverError;

use crate::connect;
use crate::settings::Settings;

/// Interrupts what a session runs, over a connection of its own.
pub(crate) struct Canceller {
    settings: Settings,
    id: u32,
}

impl Canceller {
    pub(crate) const fn new(settings: Settings, id: u32) -> Self {
        Self { settings, id }
    }
}

#[async_trait]
impl Cancel for Canceller {
    async fn cancel(&self) -> Result<(), DriverError> {
        connect::kill_query(&self.settings, self.id).await
    }
}
