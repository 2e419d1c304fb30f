//! Reading the rows of a file while others are on their way.

use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::data_file::DataError;
use crate::operation::LoadedPart;
use crate::operation::Loading;

/// Reads the rows of a file on a thread of its own, one part ahead of the one that is being sent. No others are held.
pub(crate) struct RowReader {
    parts: mpsc::Receiver<Result<LoadedPart, DataError>>,
    /// None once it has ended.
    thread: Option<JoinHandle<()>>,
}

impl RowReader {
    /// Begins to read a file that has this digest.
    pub(crate) fn start(mut loading: Loading, digest: String) -> Self {
        let (sender, parts) = mpsc::channel(1);
        let thread = tokio::task::spawn_blocking(move || {
            loop {
                let part = match loading.next() {
                    Ok(Some(part)) => Ok(part),
                    Ok(None) => match loading.check(&digest) {
                        Ok(()) => return,
                        Err(changed) => Err(changed),
                    },
                    Err(fault) => Err(fault),
                };
                let is_fault = part.is_err();
                // Nobody listens any more when the load was given up.
                if sender.blocking_send(part).is_err() || is_fault {
                    return;
                }
            }
        });
        Self {
            parts,
            thread: Some(thread),
        }
    }

    /// The next rows.
    pub(crate) async fn next(&mut self) -> Result<Option<LoadedPart>, DataError> {
        if let Some(part) = self.parts.recv().await {
            return part.map(Some);
        }
        // A thread that has panicked has not read the file to its end.
        if let Some(thread) = self.thread.take()
            && let Err(error) = thread.await
            && let Ok(panic) = error.try_into_panic()
        {
            std::panic::resume_unwind(panic);
        }
        Ok(None)
    }
}
