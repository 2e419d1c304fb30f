//! Reading many objects with one process.

use std::io;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Write;
use std::process::Stdio;
use std::thread;

use super::Repository;
use super::command::not_started;
use crate::error;
use crate::error::CommandError;

/// What git has under a name.
pub(super) enum Object {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// Nothing that can be read, and why.
    Nothing(String),
}

impl Repository {
    /// The objects of these names, in their order. A name has no line end. Links are followed inside of the commit.
    pub(super) fn objects(&self, names: &[Vec<u8>]) -> Result<Vec<Object>, CommandError> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let mut child = self
            .command()
            .args(["cat-file", "--batch", "--follow-symlinks"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| not_started(&error))?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let read = match (input, output) {
            // Both ends at once: neither process waits for the other one's full pipe.
            (Some(input), Some(output)) => thread::scope(|scope| {
                let asking = scope.spawn(move || ask(input, names));
                let objects = answers(&mut BufReader::new(output), names.len());
                // Where git ended early, reading has failed too, and says it better.
                drop(asking.join());
                objects
            }),
            _ => Err(io::Error::other("it has no pipes")),
        };
        let ended = child.wait();
        let objects = read.and_then(|objects| ended.map(|_| objects));
        objects.map_err(|error| error::io("git cat-file cannot be read", &error))
    }
}

fn ask(mut input: impl Write, names: &[Vec<u8>]) -> io::Result<()> {
    for name in names {
        input.write_all(name)?;
        input.write_all(b"\n")?;
    }
    input.flush()
}

fn answers(output: &mut impl BufRead, count: usize) -> io::Result<Vec<Object>> {
    (0..count).map(|_| answer(output)).collect()
}

/// `<id> blob <size>` and the bytes; or `<name> missing`; or, for a link that leads nowhere, `<why> <size>` and where
/// it stopped.
fn answer(output: &mut impl BufRead) -> io::Result<Object> {
    let mut line = Vec::new();
    output.read_until(b'\n', &mut line)?;
    let line = String::from_utf8_lossy(&line).trim_end().to_owned();
    let words: Vec<&str> = line.split(' ').collect();
    let size = |word: &str| {
        word.parse::<usize>()
            .map_err(|_| io::Error::other(format!("it answers `{line}`")))
    };
    match words.as_slice() {
        [_, "blob", bytes] => Ok(Object::Bytes(exactly(output, size(bytes)?)?)),
        [_, kind @ ("tree" | "commit" | "tag"), bytes] => {
            exactly(output, size(bytes)?)?;
            Ok(Object::Nothing(format!("it is a {kind}")))
        }
        ["symlink", bytes] => {
            let target = exactly(output, size(bytes)?)?;
            let target = String::from_utf8_lossy(&target).into_owned();
            Ok(Object::Nothing(format!(
                "it is a link out of the repository, to {target}"
            )))
        }
        ["dangling" | "loop" | "notdir", bytes] => {
            exactly(output, size(bytes)?)?;
            Ok(Object::Nothing("it is a link that leads nowhere".to_owned()))
        }
        [.., "missing"] => Ok(Object::Nothing("git has no such object".to_owned())),
        _ => Err(io::Error::other(format!("it answers `{line}`"))),
    }
}

/// So many bytes, and the line end behind them.
fn exactly(output: &mut impl BufRead, size: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; size];
    output.read_exact(&mut bytes)?;
    output.read_exact(&mut [0])?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_is_cut_is_no_object() {
        let mut cut: &[u8] = b"abc blob 10\nSELECT";
        assert!(answer(&mut cut).is_err());
        assert!(answers(&mut io::empty(), 1).is_err());
    }

    #[test]
    fn bytes_may_have_any_line_ends() {
        let mut output: &[u8] = b"abc blob 4\na\n\nb\nx missing\n";
        let objects = answers(&mut output, 2).unwrap();
        assert!(
            matches!(objects.as_slice(), [Object::Bytes(bytes), Object::Nothing(_)] if bytes == b"a\n\nb")
        );
    }
}
