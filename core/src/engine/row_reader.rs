//! Reading the rows of a file while others are on their way.

use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::data_file::DataError;
use crate::data_file::DataFault;
use crate::operation::LoadedPart;
use crate::operation::Loading;

/// Reads the rows of a file on a thread of its own, one part ahead of the one that is being sent. No others are held.
pub(crate) struct RowReader {
    /// The parts, and behind the last one none.
    parts: mpsc::Receiver<Result<Option<LoadedPart>, DataError>>,
    thread: JoinHandle<()>,
    file: String,
}

impl RowReader {
    /// Begins to read a file that has this digest.
    pub(crate) fn start(mut loading: Loading, digest: String) -> Self {
        let (sender, parts) = mpsc::channel(1);
        let file = loading.file().to_owned();
        let thread = tokio::task::spawn_blocking(move || {
            loop {
                let part = match loading.next() {
                    Ok(None) => loading.check(&digest).map(|()| None),
                    part => part,
                };
                let is_last = !matches!(part, Ok(Some(_)));
                // Nobody listens any more when the load was given up.
                if sender.blocking_send(part).is_err() || is_last {
                    return;
                }
            }
        });
        Self { parts, thread, file }
    }

    /// The next rows; none at the end of the file, behind which nothing may be asked for.
    pub(crate) async fn next(&mut self) -> Result<Option<LoadedPart>, DataError> {
        if let Some(part) = self.parts.recv().await {
            return part;
        }
        // The thread has ended before the file has.
        let ended = (&mut self.thread).await.err();
        match ended.and_then(|error| error.try_into_panic().ok()) {
            Some(panic) => std::panic::resume_unwind(panic),
            None => {
                let reason = "reading was broken off".to_owned();
                Err(DataFault::Unreadable { reason }.at(&self.file, None, None))
            }
        }
    }
}
