//! A thread a session: SQLite blocks, so its calls run beside the async runtime.

use std::sync::Arc;
use std::sync::mpsc;
use std::thread;
use std::thread::JoinHandle;

use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use tokio::sync::oneshot;

use crate::client::Client;
use crate::signal::Signal;

struct Job {
    number: u64,
    work: Box<dyn FnOnce(&mut Client) + Send>,
}

/// The handle on a session's thread. Dropping it interrupts what runs and waits until the thread has closed the
/// database, so that afterwards nothing is open and nothing is locked.
pub(crate) struct Worker {
    signal: Arc<Signal>,
    /// Taken when the thread is to end.
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
    closed: oneshot::Receiver<Result<(), DriverError>>,
}

/// A job on its way. Dropping it before the answer is there stops the job.
pub(crate) struct Call<T> {
    answer: oneshot::Receiver<T>,
    /// What to stop when the call is dropped; none once the answer is there.
    pending: Option<(Arc<Signal>, u64)>,
}

impl Worker {
    /// Starts a thread that opens a client and then works for it.
    pub(crate) async fn start<T: Send + 'static>(
        open: impl FnOnce() -> Result<(Client, T), DriverError> + Send + 'static,
    ) -> Result<(Self, T), DriverError> {
        let (jobs, inbox) = mpsc::channel::<Job>();
        let (opened, opening) = oneshot::channel();
        let (closing, closed) = oneshot::channel();
        let thread = spawn(move || {
            let mut client = match open() {
                Ok((client, told)) => {
                    let signal = Arc::clone(client.signal());
                    opened.send(Ok((signal, told))).ok();
                    client
                }
                Err(error) => {
                    opened.send(Err(error)).ok();
                    return;
                }
            };
            let signal = Arc::clone(client.signal());
            for job in inbox {
                signal.begin(job.number);
                (job.work)(&mut client);
                signal.end();
            }
            closing.send(client.close()).ok();
        })?;
        let (signal, told) = opening.await.map_err(|_| lost())??;
        let worker = Self {
            signal,
            jobs: Some(jobs),
            thread: Some(thread),
            closed,
        };
        Ok((worker, told))
    }

    /// Hands a job to the thread.
    pub(crate) fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Client) -> T + Send + 'static,
    ) -> Call<T> {
        let (asked, answer) = oneshot::channel();
        let number = self.signal.submit();
        let job = Job {
            number,
            work: Box::new(move |client| {
                asked.send(work(client)).ok();
            }),
        };
        if let Some(jobs) = &self.jobs {
            // When the thread is gone the job is dropped, and the call answers that.
            jobs.send(job).ok();
        }
        Call {
            answer,
            pending: Some((Arc::clone(&self.signal), number)),
        }
    }

    /// The signal of the thread.
    pub(crate) const fn signal(&self) -> &Arc<Signal> {
        &self.signal
    }

    /// Ends the thread after the jobs it has, and waits for it.
    pub(crate) async fn finish(mut self) -> Result<(), DriverError> {
        self.jobs = None;
        (&mut self.closed).await.map_err(|_| lost())?
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.signal.cancel_all();
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

impl<T> Call<T> {
    /// Waits for the answer.
    pub(crate) async fn wait(mut self) -> Result<T, DriverError> {
        let answer = (&mut self.answer).await;
        self.pending = None;
        answer.map_err(|_| lost())
    }
}

impl<T> Drop for Call<T> {
    fn drop(&mut self) {
        if let Some((signal, number)) = self.pending.take() {
            signal.cancel(number);
        }
    }
}

/// Runs blocking work on a thread of its own.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, DriverError> + Send + 'static,
) -> Result<T, DriverError> {
    let (asked, answer) = oneshot::channel();
    spawn(move || {
        asked.send(work()).ok();
    })?;
    answer.await.map_err(|_| lost())?
}

fn spawn(work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, DriverError> {
    thread::Builder::new()
        .name("limbeck-sqlite".to_owned())
        .spawn(work)
        .map_err(|error| {
            DriverError::new(
                DriverErrorKind::Connect,
                format!("no thread for an SQLite session: {error}"),
            )
            .with_source(error)
        })
}

fn lost() -> DriverError {
    DriverError::new(
        DriverErrorKind::ConnectionLost,
        "the thread of this SQLite session has ended",
    )
}
