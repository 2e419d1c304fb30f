//! Rows that come from a file: `-- limbeck:load accounts.csv into account`.

use super::ScriptFault;
use super::directive::Directive;
use crate::data_file::DataFile;
use crate::data_file::DataFormat;
use crate::sql::Span;

/// Where rows come from, and where they go: `-- limbeck:load accounts.csv into account`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoadSource {
    /// The path of the file, from the folder of the script, with `/` between its parts.
    pub path: String,
    /// How its rows are written.
    pub format: DataFormat,
    /// The table's name in the script.
    pub table: Span,
    /// The file; none in a script that was not loaded from a source.
    pub file: Option<DataFile>,
}

impl LoadSource {
    pub(super) fn parse(directive: &Directive<'_>) -> Result<Self, String> {
        let arguments = directive.arguments;
        let (path, rest) = read_path(arguments)?;
        check_path(&path)?;
        let format = DataFormat::of(&path).ok_or_else(|| {
            format!("reads files that end with .csv, .jsonl or .ndjson, and `{path}` does not")
        })?;
        let table = rest
            .trim_start()
            .split_once(char::is_whitespace)
            .filter(|(into, _)| into.eq_ignore_ascii_case("into"))
            .map(|(_, table)| table.trim_start().trim_end_matches([';', ' ', '\t']))
            .filter(|table| !table.is_empty())
            .ok_or("does not say into which table")?;
        let start = directive.arguments_span.start + offset(arguments, table);
        Ok(Self {
            path,
            format,
            table: Span::new(start, start + table.len()),
            file: None,
        })
    }
}

impl LoadSource {
    /// The digest of the file's bytes.
    pub(super) fn digest(&self) -> Result<String, ScriptFault> {
        let unreadable = |reason: String| ScriptFault::DataFile {
            path: self.path.clone(),
            reason,
        };
        let file = self
            .file
            .as_ref()
            .ok_or_else(|| unreadable("the script was read without the files around it".to_owned()))?;
        file.digest().map_err(|error| unreadable(error.to_string()))
    }
}

/// Where a part of a text begins.
fn offset(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// The path at the beginning of a text: a word, or a string with blanks in it.
fn read_path(text: &str) -> Result<(String, &str), String> {
    let Some(mut rest) = text.strip_prefix('\'') else {
        let end = text.find(char::is_whitespace).unwrap_or(text.len());
        let (path, rest) = text.split_at(end);
        return if path.is_empty() {
            Err("names no file".to_owned())
        } else {
            Ok((path.to_owned(), rest))
        };
    };
    let mut path = String::new();
    while let Some((part, after)) = rest.split_once('\'') {
        path.push_str(part);
        match after.strip_prefix('\'') {
            Some(after) => rest = after,
            None => return Ok((path, after)),
        }
        path.push('\'');
    }
    Err("has a file name that no quote closes".to_owned())
}

/// A path that means the same file in every checkout of a project.
fn check_path(path: &str) -> Result<(), String> {
    let problem = if path.contains('\\') {
        "write `/` between the folders"
    } else if path.starts_with('/') || path.split('/').next().is_some_and(|part| part.contains(':')) {
        "a path begins in the folder of the script"
    } else if path.split('/').any(|part| matches!(part, ".." | "." | "")) {
        "a path leads down from the folder of the script, without `.` and `..`"
    } else if path.chars().any(char::is_control) {
        "a path has no control characters"
    } else {
        return Ok(());
    };
    Err(format!("cannot read `{}`: {problem}", path.escape_debug()))
}

#[cfg(test)]
mod tests {
    use super::super::directive::read_line;
    use super::*;

    fn read(arguments: &str) -> Result<(String, String), String> {
        let line = format!("-- limbeck:load {arguments}");
        let directive = read_line(&line, 0).unwrap().unwrap();
        let load = LoadSource::parse(&directive)?;
        Ok((load.path, load.table.slice(&line).to_owned()))
    }

    #[test]
    fn a_file_and_a_table_are_read() {
        for (arguments, path, table) in [
            ("rows.csv into account", "rows.csv", "account"),
            (
                "seed/rows.JSONL  INTO\t\"Account\" ;",
                "seed/rows.JSONL",
                "\"Account\"",
            ),
            ("'it''s a file.csv' into t", "it's a file.csv", "t"),
            ("into.csv into into", "into.csv", "into"),
        ] {
            assert_eq!(
                read(arguments),
                Ok((path.to_owned(), table.to_owned())),
                "{arguments}"
            );
        }
    }

    #[test]
    fn paths_stay_below_the_script() {
        for path in [
            "/etc/a.csv",
            "../a.csv",
            "a/../b.csv",
            "./a.csv",
            "a//b.csv",
            "C:/a.csv",
            "a\\b.csv",
            "''",
        ] {
            let problem = read(&format!("{path} into t")).unwrap_err();
            assert!(problem.starts_with("cannot read `"), "{path}: {problem}");
        }
    }

    #[test]
    fn what_is_missing_is_said() {
        for (arguments, problem) in [
            ("", "names no file"),
            ("'a.csv", "has a file name that no quote closes"),
            ("a.csv", "does not say into which table"),
            ("a.csv account", "does not say into which table"),
            ("a.csv into", "does not say into which table"),
            ("a.csv into ;", "does not say into which table"),
            (
                "a.txt into t",
                "reads files that end with .csv, .jsonl or .ndjson, and `a.txt` does not",
            ),
        ] {
            assert_eq!(read(arguments), Err(problem.to_owned()), "{arguments}");
        }
    }
}
