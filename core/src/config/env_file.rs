//! Layered `.env` files.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::io::Read as _;
use std::path::Path;
use std::path::PathBuf;

use super::ConfigError;
use super::Layer;
use super::Sourced;

/// Variables by name; a later layer has replaced what an earlier one said.
#[derive(Default)]
pub(super) struct Variables {
    all: BTreeMap<String, Sourced<String>>,
    /// The files that were read, in order.
    files: Vec<PathBuf>,
}

impl Variables {
    pub(super) fn get(&self, name: &str) -> Option<&Sourced<String>> {
        self.all.get(name)
    }

    pub(super) fn set(&mut self, name: &str, value: &str, layer: Layer) {
        let sourced = Sourced::new(value.to_owned(), layer, name);
        self.all.insert(name.to_owned(), sourced);
    }

    /// Whether a file was there.
    pub(super) fn was_read(&self, path: &Path) -> bool {
        self.files.iter().any(|file| file == path)
    }

    /// How specific a layer is: a greater number wins.
    pub(super) fn rank(&self, layer: &Layer) -> usize {
        match layer {
            Layer::Default => 0,
            Layer::File(_) => 1,
            Layer::EnvironmentFile(path) => {
                2 + self
                    .files
                    .iter()
                    .position(|file| file == path)
                    .unwrap_or_default()
            }
            Layer::Environment => usize::MAX - 1,
            Layer::Flag => usize::MAX,
        }
    }

    /// Takes in a file when it exists. `${NAME}` in a value means what the process, an earlier layer or an earlier line
    /// says.
    pub(super) fn read(&mut self, path: &Path) -> Result<(), ConfigError> {
        let unreadable = |source: io::Error| ConfigError::Unreadable {
            path: path.to_owned(),
            source,
        };
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(unreadable(error)),
        };
        self.files.push(path.to_owned());
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let known = self.as_lines();
        let known_count = self.all.len();
        let reader = known.as_bytes().chain(text.as_bytes());
        for pair in dotenvy::from_read_iter(reader).skip(known_count) {
            let (name, value) = pair.map_err(|error| match error {
                dotenvy::Error::LineParse(line, _) => ConfigError::EnvironmentLine {
                    path: path.to_owned(),
                    line: line_of(text, &line),
                },
                dotenvy::Error::Io(source) => unreadable(source),
                other => unreadable(io::Error::other(other)),
            })?;
            if value.is_empty() {
                self.all.remove(&name);
            } else {
                self.set(&name, &value, Layer::EnvironmentFile(path.to_owned()));
            }
        }
        Ok(())
    }

    /// The variables as lines of an `.env` file: the reader replaces `${NAME}` only by what it has read itself.
    fn as_lines(&self) -> String {
        let mut lines = String::new();
        for (name, sourced) in &self.all {
            lines.push_str(name);
            lines.push_str("=\"");
            for character in sourced.value.chars() {
                if "\\\"$".contains(character) {
                    lines.push('\\');
                }
                lines.push(character);
            }
            lines.push_str("\"\n");
        }
        lines
    }
}

impl std::fmt::Debug for Variables {
    /// The names only: values may be secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.all.keys()).finish()
    }
}

/// The line, from 1, at which the text that the reader refused begins.
fn line_of(text: &str, refused: &str) -> usize {
    let refused = refused.trim();
    let at = text.find(refused).unwrap_or_default();
    text.get(..at).unwrap_or_default().matches('\n').count() + 1
}
