//! What a command writes: results on standard output, everything else on standard error.

mod style;
mod table;

use std::io;
use std::io::BufWriter;
use std::io::IsTerminal;
use std::io::Write;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;

use anstream::ColorChoice;
use anstream::StripStream;
use anstream::adapter::strip_str;
use serde::Serialize;

pub(crate) use style::Paint;
pub(crate) use style::paint;
pub(crate) use style::plain;
pub(crate) use table::Table;

use crate::error::CommandError;
use crate::error::ErrorKind;

/// How much of a result is collected before it is written; a result is never held back beyond its own end.
const OUT_BUFFER_BYTES: usize = 64 * 1024;

/// The result of a command: an object for programs, a text for people.
pub(crate) trait Answer: Serialize {
    /// The text, styled, each line ended. Nothing is a good answer too.
    fn text(&self, layout: Layout) -> String;

    /// Whether the text is for people. What programs read, as SQL, is written to the last control character.
    fn is_for_people(&self) -> bool {
        true
    }
}

/// What a text may look like.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout {
    /// Whether a person looks at it.
    pub(crate) terminal: bool,
    /// Whether the result alone is wanted.
    pub(crate) quiet: bool,
    /// Whether more than usual is wanted.
    pub(crate) verbose: bool,
}

/// For whom the results are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Text.
    Human,
    /// One JSON object.
    Json,
}

/// How much is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verbosity {
    /// Results and errors.
    Quiet,
    /// Progress too.
    Normal,
    /// Everything.
    Verbose,
}

/// Where the two streams of a command go.
pub(crate) struct Streams {
    out: Box<dyn Write + Send>,
    /// Whether the styles of a text are left out.
    out_is_plain: bool,
    out_is_terminal: bool,
    notes: Notes,
}

impl Streams {
    /// The streams of the process, coloured where the usual variables and the terminals say so.
    pub(crate) fn of_process() -> Self {
        let out = anstream::stdout();
        let out_is_plain = out.current_choice() == ColorChoice::Never;
        Self {
            out: if out_is_plain {
                buffered(Box::new(io::stdout()))
            } else {
                Box::new(out)
            },
            out_is_plain,
            out_is_terminal: io::stdout().is_terminal(),
            notes: Notes {
                stream: Arc::new(Mutex::new(Box::new(anstream::stderr()))),
                terminal: io::stderr().is_terminal(),
                silent: false,
            },
        }
    }

    /// These writers, without colours.
    pub(crate) fn plain(out: Box<dyn Write + Send>, err: Box<dyn Write + Send>) -> Self {
        Self {
            out: buffered(out),
            out_is_plain: true,
            out_is_terminal: false,
            notes: Notes {
                stream: Arc::new(Mutex::new(Box::new(StripStream::new(err)))),
                terminal: false,
                silent: false,
            },
        }
    }
}

/// This writer, which is given larger pieces: a text without its styles is written between each two of them.
fn buffered(out: Box<dyn Write + Send>) -> Box<dyn Write + Send> {
    Box::new(BufWriter::with_capacity(OUT_BUFFER_BYTES, out))
}

/// Standard error, for progress and notes.
#[derive(Clone)]
pub(crate) struct Notes {
    stream: Arc<Mutex<Box<dyn Write + Send>>>,
    terminal: bool,
    silent: bool,
}

impl Notes {
    /// Writes a line, unless less is wanted.
    pub(crate) fn line(&self, text: &str) {
        if !self.silent {
            self.write(text);
        }
    }

    /// Whether anything is written but errors.
    pub(crate) fn speaks(&self) -> bool {
        !self.silent
    }

    /// Whether a bar may be drawn.
    pub(crate) fn draws(&self) -> bool {
        self.terminal && !self.silent
    }

    fn write(&self, text: &str) {
        let mut stream = self.stream.lock().unwrap_or_else(PoisonError::into_inner);
        // A run goes on when nobody reads what it tells.
        let _ = writeln!(stream, "{text}").and_then(|()| stream.flush());
    }
}

/// The writer of a command.
pub(crate) struct Output {
    streams: Streams,
    format: Format,
    verbosity: Verbosity,
    /// The results for several databases, which are one object.
    parts: Vec<Part>,
}

/// What a command says of one of several databases.
#[derive(Serialize)]
struct Part {
    database: Option<String>,
    /// The result, or the object of an error.
    answer: serde_json::Value,
}

impl Output {
    pub(crate) fn new(mut streams: Streams, format: Format, verbosity: Verbosity) -> Self {
        streams.notes.silent = format == Format::Json || verbosity == Verbosity::Quiet;
        Self {
            streams,
            format,
            verbosity,
            parts: Vec::new(),
        }
    }

    pub(crate) fn format(&self) -> Format {
        self.format
    }

    pub(crate) fn verbosity(&self) -> Verbosity {
        self.verbosity
    }

    /// Standard error, for progress.
    pub(crate) fn notes(&self) -> Notes {
        self.streams.notes.clone()
    }

    /// From now on results are those for one of several databases.
    pub(crate) fn begin_part(&mut self, database: Option<&str>) -> Result<(), CommandError> {
        let gap = if self.parts.is_empty() { "" } else { "\n" };
        self.parts.push(Part {
            database: database.map(str::to_owned),
            answer: serde_json::Value::Null,
        });
        match self.format {
            Format::Json => Ok(()),
            Format::Human => {
                let name = database.map_or_else(|| "without a name".to_owned(), plain);
                self.styled(&format!(
                    "{gap}{}\n",
                    paint(Paint::Title, format!("database {name}"))
                ))
            }
        }
    }

    /// Writes the results for several databases.
    pub(crate) fn end_parts(&mut self) -> Result<(), CommandError> {
        let databases = std::mem::take(&mut self.parts);
        match self.format {
            Format::Json => self.json(&serde_json::json!({ "databases": databases })),
            Format::Human => Ok(()),
        }
    }

    /// Writes the result.
    pub(crate) fn answer(&mut self, answer: &impl Answer) -> Result<(), CommandError> {
        match self.format {
            Format::Human => {
                let layout = Layout {
                    terminal: self.streams.out_is_terminal,
                    quiet: self.verbosity == Verbosity::Quiet,
                    verbose: self.verbosity == Verbosity::Verbose,
                };
                let text = answer.text(layout);
                match answer.is_for_people() {
                    true => self.styled(&text),
                    false => self.raw(&text),
                }
            }
            Format::Json => self.json(answer),
        }
    }

    /// Writes a text for people, without its styles where nobody wants them.
    pub(crate) fn styled(&mut self, text: &str) -> Result<(), CommandError> {
        if self.streams.out_is_plain {
            self.write(|out| write!(out, "{}", strip_str(text)))
        } else {
            self.raw(text)
        }
    }

    /// Writes text to standard output as it is, to the last control character: SQL, JSON, a page of the manual.
    pub(crate) fn raw(&mut self, text: &str) -> Result<(), CommandError> {
        self.write(|out| out.write_all(text.as_bytes()))
    }

    fn write(&mut self, text: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), CommandError> {
        let out = &mut self.streams.out;
        match text(&mut *out).and_then(|()| out.flush()) {
            // A reader that has seen enough (`limbeck history | head`) is no failure.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CommandError::new(
                ErrorKind::Io,
                format!("the output cannot be written: {error}"),
            )),
            _ => Ok(()),
        }
    }

    /// Writes an error: to standard error for people, to standard output for programs.
    pub(crate) fn error(&mut self, error: &CommandError) {
        match self.format {
            // Nobody is left to tell when this fails; the exit code still says it.
            Format::Json => drop(self.json(&error.for_programs())),
            Format::Human => self.streams.notes.write(&error.for_people()),
        }
    }

    fn json(&mut self, value: &impl Serialize) -> Result<(), CommandError> {
        let not_json = |error: serde_json::Error| {
            CommandError::new(ErrorKind::Internal, format!("the result is not JSON: {error}"))
        };
        if let Some(part) = self.parts.last_mut() {
            part.answer = serde_json::to_value(value).map_err(not_json)?;
            return Ok(());
        }
        let mut text = serde_json::to_string_pretty(value).map_err(not_json)?;
        text.push('\n');
        self.raw(&text)
    }
}
