//! Servers, on those that there are.

mod databases;
mod ends;
mod private;

use std::io::BufRead;
use std::io::BufReader;
use std::io::Write;
use std::process::Child;
use std::process::ChildStdout;
use std::process::Command;
use std::process::Stdio;
use std::thread;
use std::time::Duration;
use std::time::Instant;

/// How long something may take that must come.
const PATIENCE: Duration = Duration::from_secs(120);

/// Waits for what must come.
fn wait_until(what: &str, mut came: impl FnMut() -> bool) {
    let began = Instant::now();
    while !came() {
        assert!(began.elapsed() < PATIENCE, "{what} did not come");
        thread::sleep(Duration::from_millis(10));
    }
}

/// Sends a signal to a process, or with a minus to its group.
fn signal(name: &str, process: &str) {
    let kill = format!("kill -s {name} -- {process}");
    assert!(
        Command::new("sh").args(["-c", &kill]).status().unwrap().success(),
        "{kill}"
    );
}

/// A process that lives until its standard input ends, and what it has to say.
struct Other {
    child: Child,
    said: BufReader<ChildStdout>,
}

impl Other {
    fn start(command: &mut Command) -> Self {
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        let said = BufReader::new(child.stdout.take().unwrap());
        Self { child, said }
    }

    /// The rest of the next line that begins with a word; none at the end of the output.
    fn line(&mut self, word: &str) -> Option<String> {
        loop {
            let mut line = String::new();
            if self.said.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            if let Some((_, rest)) = line.split_once(word) {
                return Some(rest.trim().to_owned());
            }
        }
    }

    fn say(&mut self, text: &str) {
        self.child
            .stdin
            .as_mut()
            .unwrap()
            .write_all(text.as_bytes())
            .unwrap();
    }

    fn pid(&self) -> String {
        self.child.id().to_string()
    }

    /// Lets it end by itself.
    fn end(mut self) {
        drop(self.child.stdin.take());
        self.child.wait().unwrap();
    }
}
