//! Running a test binary so that what its failures say is kept.

use std::io;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::process::Command;
use std::process::Stdio;

use crate::cargo;

/// How many lines of a failed binary are kept.
const KEPT: usize = 60;

/// Runs a test binary, showing all that it prints; none when it passes, else what its failures say.
pub(super) fn watch(command: &mut Command) -> Result<Option<Vec<String>>, String> {
    cargo::show(command);
    let program = command.get_program().to_string_lossy().into_owned();
    let failed = |error: io::Error| format!("{program}: {error}");
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(failed)?;
    let mut failures = Failures::default();
    if let Some(printed) = child.stdout.take() {
        read(printed, &mut failures).map_err(failed)?;
    }
    let status = child.wait().map_err(failed)?;
    if status.success() {
        return Ok(None);
    }
    failures.lines.push(format!("{program}: {status}"));
    Ok(Some(failures.lines))
}

fn read(printed: impl Read, failures: &mut Failures) -> io::Result<()> {
    let mut reader = BufReader::new(printed);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line);
        // What the tests print is for people; the results are for the matrix.
        eprint!("{text}");
        failures.take(text.trim_end());
        line.clear();
    }
    Ok(())
}

/// What stands under `failures:` in the output of libtest and of libtest-mimic, without the stacks.
#[derive(Debug, Default)]
struct Failures {
    lines: Vec<String>,
    inside: bool,
    in_stack: bool,
}

impl Failures {
    fn take(&mut self, line: &str) {
        match line {
            "failures:" => self.inside = true,
            "stack backtrace:" => self.in_stack = true,
            // Another failure or the list of all of them.
            _ if line.starts_with("----") || line.is_empty() => self.in_stack = false,
            _ => {}
        }
        if self.inside && !self.in_stack && !line.is_empty() && self.lines.len() < KEPT {
            self.lines.push(line.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_kept_without_their_stacks() {
        let printed = "test one ... FAILED\n\nfailures:\n\n---- one stdout ----\npanicked at a.rs:1:\n  left: 1\n\
                       stack backtrace:\n   0: rust_begin_unwind\n\n\nfailures:\n    one\n";
        let mut failures = Failures::default();
        read(printed.as_bytes(), &mut failures).unwrap();
        let expected = [
            "failures:",
            "---- one stdout ----",
            "panicked at a.rs:1:",
            "  left: 1",
            "failures:",
            "    one",
        ];
        assert_eq!(failures.lines, expected);
    }

    #[test]
    fn what_passes_says_nothing_and_what_fails_its_status() {
        let quiet = |words: &str| {
            let mut command = Command::new("sh");
            command.args(["-c", words]);
            command
        };
        assert_eq!(watch(&mut quiet("echo failures:")), Ok(None));
        let said = watch(&mut quiet("echo failures:; echo x; exit 3"))
            .unwrap()
            .unwrap();
        assert_eq!(said[..2], ["failures:", "x"]);
        assert!(said[2].contains("3"), "{said:?}");
    }
}
