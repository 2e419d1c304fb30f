//! What people see while a run goes on: a bar on a terminal, lines elsewhere, nothing when less is wanted.

use std::time::Duration;

use indicatif::ProgressBar;
use indicatif::ProgressStyle;
use limbeck_core::engine::Event;
use limbeck_core::engine::HookFailure;
use limbeck_core::engine::Observer;
use limbeck_core::engine::StepSummary;

use crate::output::Notes;
use crate::output::Paint;
use crate::output::Verbosity;
use crate::output::paint;
use crate::output::plain;

/// Writes the events of a run to standard error.
pub(crate) struct Progress {
    notes: Notes,
    verbosity: Verbosity,
    bar: Option<ProgressBar>,
    steps: usize,
    /// The hooks that have failed after something.
    pub(crate) hook_failures: Vec<HookFailure>,
}

impl Progress {
    /// A progress that writes to `notes`, with a bar where that is a terminal.
    pub(crate) fn new(notes: Notes, verbosity: Verbosity) -> Self {
        Self {
            notes,
            verbosity,
            bar: None,
            steps: 0,
            hook_failures: Vec::new(),
        }
    }

    /// Takes the bar away.
    pub(crate) fn finish(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }

    fn line(&self, text: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| self.notes.line(text)),
            None => self.notes.line(text),
        }
    }

    fn run_started(&mut self, steps: &[StepSummary]) {
        self.steps = steps.len();
        // Each step counts once more for its record, so that one without statements moves the bar too.
        let length: usize = steps.iter().map(|step| step.statements + 1).sum();
        if self.notes.draws() && !steps.is_empty() {
            let bar = ProgressBar::new(u64::try_from(length).unwrap_or(u64::MAX));
            let template = "{bar:24} {prefix} {elapsed}  {wide_msg}";
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(100));
            self.bar = Some(bar);
        }
    }

    fn step_started(&self, index: usize, step: &StepSummary) {
        let title = plain(&format!("{} {} {}", step.direction, step.revision, step.message));
        if let Some(bar) = &self.bar {
            bar.set_prefix(format!("{}/{}", index + 1, self.steps));
            bar.set_message(title);
        } else if self.verbosity == Verbosity::Verbose {
            let of = self.steps;
            self.line(&paint(
                Paint::Faint,
                format!("{}/{of} begins: {title}", index + 1),
            ));
        }
    }

    fn step_done(&self, step: &StepSummary, elapsed: Duration) {
        if let Some(bar) = &self.bar {
            bar.inc(1);
        }
        let id = paint(Paint::Revision, &step.revision);
        let time = paint(Paint::Faint, format!("({})", in_words(elapsed)));
        self.line(&format!(
            "{} {id} {} {time}",
            step.direction,
            plain(&step.message)
        ));
    }
}

impl Observer for Progress {
    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::LockWaiting { holder: Some(holder) } => {
                self.line(&format!(
                    "waiting for the migration lock: {} has it",
                    plain(&holder.to_string())
                ));
            }
            Event::LockWaiting { holder: None } => {
                self.line("waiting for the migration lock: another run has it");
            }
            Event::LockAcquired { waited } => {
                self.line(&format!("got the migration lock after {}", in_words(*waited)));
            }
            Event::RunStarted { steps } => self.run_started(steps),
            Event::StepStarted { index, step } => self.step_started(*index, step),
            Event::StatementDone { .. } => {
                if let Some(bar) = &self.bar {
                    bar.inc(1);
                }
            }
            Event::StepDone { step, elapsed, .. } => self.step_done(step, *elapsed),
            Event::LockTimeout {
                attempt,
                attempts,
                blockers,
                pause,
            } => {
                let pause = in_words(*pause);
                self.line(&format!(
                    "others hold a lock on what this step changes; attempt {attempt} of {attempts}, the next in {pause}"
                ));
                for blocker in *blockers {
                    self.line(&format!("  {}", plain(&blocker.to_string())));
                }
            }
            Event::SeedDone { name, rows, elapsed } => {
                let rows = rows
                    .map(|rows| format!(" {}", seed_rows(rows)))
                    .unwrap_or_default();
                let time = paint(Paint::Faint, format!("({})", in_words(*elapsed)));
                self.line(&format!(
                    "seed {}{rows} {time}",
                    paint(Paint::Revision, plain(name))
                ));
            }
            Event::HookFailed { failure } => {
                self.line(&format!("warning: {}", plain(&failure.to_string())));
                self.hook_failures.push((*failure).clone());
            }
            Event::Notice { message } => self.line(&format!("note: {}", plain(message))),
            _ => {}
        }
    }
}

/// "1 row", "2 rows".
fn seed_rows(count: usize) -> String {
    format!("{count} row{}", if count == 1 { "" } else { "s" })
}

/// A duration as people say it: `3 ms`, `2.5 s`, `4 min 5 s`.
pub(crate) fn in_words(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0 => format!("{} ms", duration.as_millis()),
        1..60 => format!("{:.1} s", duration.as_secs_f64()),
        _ => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_said_in_the_unit_that_fits() {
        assert_eq!(in_words(Duration::from_micros(3400)), "3 ms");
        assert_eq!(in_words(Duration::from_millis(2500)), "2.5 s");
        assert_eq!(in_words(Duration::from_secs(245)), "4 min 5 s");
    }
}
