//! Sending the messages of a step, and interrupting them.

use std::time::Duration;

use super::StepRunner;
use super::group_run::GroupRun;
use super::rows_in_the_way::SAVEPOINT;
use crate::dialect::Guard;
use crate::driver::Batch;
use crate::driver::BatchError;
use crate::driver::Done;
use crate::driver::DriverError;
use crate::driver::Rows;
use crate::engine::DataRows;
use crate::engine::Event;
use crate::engine::compile::Isolation;
use crate::graph::Direction;
use crate::sql::Place;

/// What one message of a batch is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// BEGIN or COMMIT.
    Bracket,
    /// A journal row or a row of the version table.
    Record,
    /// A statement of the script, by its position in the step.
    Statement(usize),
    /// A part of such a statement.
    Written(usize),
}

impl Part {
    /// The statement of the step that it is or belongs to.
    pub(super) const fn statement(self) -> Option<usize> {
        match self {
            Self::Statement(index) | Self::Written(index) => Some(index),
            Self::Bracket | Self::Record => None,
        }
    }
}

/// A part that failed.
pub(super) struct Failure {
    pub(super) part: Part,
    /// What was sent.
    pub(super) sql: String,
    /// Where a part of a statement stands, when the statement stands in several places.
    pub(super) place: Option<Place>,
    pub(super) error: DriverError,
    /// The rows of a file that were sent.
    pub(super) rows: Option<Box<DataRows>>,
    /// The time-out that has interrupted it.
    pub(super) late: Option<Duration>,
    /// What tells the rows that are in its way.
    pub(super) explained_by: Vec<Guard>,
}

impl Failure {
    /// A part that failed, with what was sent. `late` is the time-out that has interrupted it.
    pub(super) fn new(
        part: Part,
        sql: impl Into<String>,
        error: DriverError,
        late: Option<Duration>,
    ) -> Self {
        Self {
            part,
            sql: sql.into(),
            place: None,
            error,
            rows: None,
            late,
            explained_by: Vec::new(),
        }
    }
}

/// A message of a batch.
struct Message {
    part: Part,
    text: String,
    place: Option<Place>,
    explained_by: Vec<Guard>,
}

/// Messages of a batch and what each is for.
#[derive(Default)]
pub(super) struct Messages(Vec<Message>);

impl Messages {
    pub(super) fn push(&mut self, part: Part, text: impl Into<String>) {
        self.push_from(part, text, None);
    }

    /// Adds a message that stands in another place than its statement.
    pub(super) fn push_from(&mut self, part: Part, text: impl Into<String>, place: Option<Place>) {
        self.0.push(Message {
            part,
            text: text.into(),
            place,
            explained_by: Vec::new(),
        });
    }

    /// Adds a statement of which guards tell the rows that are in its way when it is refused: behind a savepoint, to which
    /// its transaction goes back for that.
    pub(super) fn push_explained(
        &mut self,
        part: Part,
        sql: &str,
        place: Option<Place>,
        explained_by: Vec<Guard>,
    ) {
        if explained_by.is_empty() {
            return self.push_from(part, sql, place);
        }
        self.push(Part::Bracket, format!("SAVEPOINT {SAVEPOINT}"));
        self.0.push(Message {
            part,
            text: sql.to_owned(),
            place,
            explained_by,
        });
        self.push(Part::Bracket, format!("RELEASE SAVEPOINT {SAVEPOINT}"));
    }

    fn texts(&self) -> Vec<&str> {
        self.0.iter().map(|message| message.text.as_str()).collect()
    }

    fn part(&self, at: usize) -> Option<Part> {
        self.0.get(at).map(|message| message.part)
    }

    fn failure(mut self, failed: BatchError, late: Option<Duration>) -> Failure {
        let BatchError { at, error } = failed;
        if at >= self.0.len() {
            return Failure::new(Part::Bracket, "", error, late);
        }
        let message = self.0.swap_remove(at);
        Failure {
            place: message.place,
            explained_by: message.explained_by,
            ..Failure::new(message.part, message.text, error, late)
        }
    }
}

impl StepRunner<'_> {
    /// Sends a batch and empties it.
    pub(super) async fn send(
        &mut self,
        run: &GroupRun<'_>,
        batch: &mut Messages,
        timeout: Option<Duration>,
    ) -> Result<(), Failure> {
        if batch.0.is_empty() {
            return Ok(());
        }
        let messages = std::mem::take(batch);
        let texts = messages.texts();
        let canceller = self.session.canceller();
        let interrupts = match run.group.isolation {
            Isolation::Shared => 1,
            // What can't be taken back is only interrupted when asked twice.
            Isolation::Alone => 2,
        };
        let of = run.step.statements.len();
        let observer = &mut *self.observer;
        let mut told = |done: Done| {
            if let Some(Part::Statement(index)) = messages.part(done.index) {
                observer.event(&Event::StatementDone { index, of });
            }
        };
        let atomicity = match run.group.isolation {
            Isolation::Shared => Batch::transaction(&texts),
            Isolation::Alone => Batch::statements(&texts),
        };
        let work = self.session.run(atomicity, &mut told);
        interruptible(work, canceller, self.stop.wait(interrupts), timeout)
            .await
            .map_err(|(failed, late)| messages.failure(failed, late))
    }

    /// Sends what records a statement that has taken effect. Nothing interrupts it.
    pub(super) async fn send_outcome(&mut self, messages: Messages) -> Result<(), Failure> {
        let texts = messages.texts();
        let sent = self.session.run(Batch::transaction(&texts), &mut |_| {}).await;
        sent.map_err(|failed| messages.failure(failed, None))
    }

    pub(super) async fn query(
        &mut self,
        sql: &str,
        index: usize,
        timeout: Option<Duration>,
    ) -> Result<Rows, Failure> {
        let canceller = self.session.canceller();
        let work = self.session.query(sql, &[]);
        interruptible(work, canceller, self.stop.wait(1), timeout)
            .await
            .map_err(|(error, late)| Failure::new(Part::Statement(index), sql, error, late))
    }

    pub(super) async fn code(&mut self, run: &GroupRun<'_>, index: usize) -> Result<(), Failure> {
        let Some(code) = &run.step.code else { return Ok(()) };
        let canceller = self.session.canceller();
        let mut transaction = self.session.transaction();
        let work = async {
            match run.step.direction {
                Direction::Upgrade => code.upgrade_data(&mut transaction).await,
                Direction::Downgrade => code.downgrade_data(&mut transaction).await,
            }
        };
        interruptible(work, canceller, self.stop.wait(1), None)
            .await
            .map_err(|(error, late)| Failure::new(Part::Statement(index), "", error, late))
    }

    pub(super) fn statement_done(&mut self, run: &GroupRun<'_>, index: usize) {
        self.observer.event(&Event::StatementDone {
            index,
            of: run.step.statements.len(),
        });
    }
}

/// Waits for `work`, and has it interrupted when `stop` or the time-out comes first. An error comes with the time-out,
/// when that was the reason.
pub(crate) async fn interruptible<T, E>(
    work: impl Future<Output = Result<T, E>>,
    canceller: Option<Box<dyn crate::driver::Cancel>>,
    stop: impl Future<Output = ()>,
    timeout: Option<Duration>,
) -> Result<T, (E, Option<Duration>)> {
    let Some(canceller) = canceller else {
        return work.await.map_err(|error| (error, None));
    };
    let late = async {
        match timeout {
            Some(time) => tokio::time::sleep(time).await,
            None => std::future::pending().await,
        }
    };
    tokio::pin!(work);
    let late = tokio::select! {
        biased;
        answer = &mut work => return answer.map_err(|error| (error, None)),
        () = stop => None,
        () = late => timeout,
    };
    // An interrupt that can't be sent leaves the statement running to its end, whose answer is as good.
    let _ = canceller.cancel().await;
    work.await.map_err(|error| (error, late))
}
