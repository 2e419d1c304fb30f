//! Giving a revision other parents.

use std::path::Path;

use super::DirectiveWord;
use super::EditError;
use super::Script;
use super::write::header_line;
use crate::graph::RevisionId;
use crate::sql::Span;

impl Script {
    /// The file's text with these parents. Nothing but the line `-- limbeck:revises` changes; it is added below
    /// `-- limbeck:revision` where it is missing, and goes where there are no parents.
    ///
    /// ```
    /// use limbeck_core::graph::RevisionId;
    /// use limbeck_core::script::Script;
    /// use limbeck_core::sql::SourceFile;
    ///
    /// let text = "-- limbeck:revision b2\n-- limbeck:revises a1\n-- limbeck:upgrade\n";
    /// let script = Script::parse(SourceFile::new("b2.sql", text)).map_err(|faults| faults[0].clone())?;
    /// let moved = script.with_revises(&[RevisionId::new("c3")?]);
    /// assert_eq!(moved, text.replace("a1", "c3"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_revises(&self, parents: &[RevisionId]) -> String {
        self.reparent(self.file().text(), parents)
    }

    /// Writes these parents into the script's file at `path`, with the file's own line ends. The file has either its
    /// old text or the new one, whatever happens meanwhile.
    ///
    /// # Errors
    /// The file at `path` is not that of the script any more, or the system refuses.
    pub fn write_revises(&self, path: &Path, parents: &[RevisionId]) -> Result<(), EditError> {
        self.edit(path, |present| self.reparent(present, parents))
    }

    /// `text` is the script's own, perhaps with other line ends.
    fn reparent(&self, text: &str, parents: &[RevisionId]) -> String {
        let ids: Vec<&str> = parents.iter().map(RevisionId::as_str).collect();
        let ids = ids.join(", ");
        let number = |word| self.header_line(word).map(|line| self.lines_before(line));
        let (revises, revision) = (number(DirectiveWord::Revises), number(DirectiveWord::Revision));
        let lines = text.split_inclusive('\n').enumerate();
        lines
            .map(|(at, line)| match (revises, revision) {
                (Some(revises), _) if revises == at && ids.is_empty() => String::new(),
                (Some(revises), _) if revises == at => with_arguments(line, &ids),
                (None, Some(revision)) if revision == at && !ids.is_empty() => with_line_below(line, &ids),
                _ => line.to_owned(),
            })
            .collect()
    }

    fn lines_before(&self, line: Span) -> usize {
        let before = Span::new(0, line.start);
        before.slice(self.file().text()).matches('\n').count()
    }
}

/// A directive's line with other arguments; blanks around them stay.
fn with_arguments(line: &str, arguments: &str) -> String {
    let directive = line.trim_end();
    let ends = line.strip_prefix(directive).unwrap_or_default();
    let word = format!("limbeck:{}", DirectiveWord::Revises);
    let Some((before, after)) = directive.split_once(&word) else {
        return line.to_owned();
    };
    let blanks = after.len() - after.trim_start().len();
    let blanks = Span::new(0, blanks).slice(after);
    format!("{before}{word}{blanks}{arguments}{ends}")
}

/// The line, and one that names the parents, with the same end.
fn with_line_below(line: &str, ids: &str) -> String {
    let text = line.trim_end_matches(['\r', '\n']);
    let end = line.strip_prefix(text).unwrap_or_default();
    let between = if end.is_empty() { "\n" } else { end };
    let new = header_line(DirectiveWord::Revises, ids);
    format!("{text}{between}{new}{end}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::SourceFile;

    fn reparented(text: &str, parents: &[&str]) -> String {
        let script = Script::parse(SourceFile::new("b.sql", text)).unwrap();
        let parents: Vec<RevisionId> = parents.iter().map(|id| RevisionId::new(id).unwrap()).collect();
        let new = script.reparent(text, &parents);
        let again = Script::parse(SourceFile::new("b.sql", new.as_str())).unwrap();
        assert_eq!(again.node().revises, parents);
        assert_eq!(again.file().text(), script.with_revises(&parents));
        new
    }

    const TEXT: &str = "-- Add b, limbeck:revises nobody\n--\n-- limbeck:revision   b\n\
        -- limbeck:revises    a1, a2  \t\n-- limbeck:depends_on a1\n\n-- limbeck:upgrade\n\
        SELECT 'a1\n-- limbeck:revision a1\n';\n\n\n";

    #[test]
    fn only_the_parents_change() {
        let text = TEXT.replace("\n-- limbeck:revision a1\n", "");
        for end in ["\n", "\r\n"] {
            for mark in ["", "\u{feff}"] {
                let text = format!("{mark}{}", text.replace('\n', end));
                assert_eq!(reparented(&text, &["c3"]), text.replace("a1, a2", "c3"));
                assert_eq!(reparented(&text, &["c3", "d4"]), text.replace("a1, a2", "c3, d4"));
                let line = format!("-- limbeck:revises    a1, a2  \t{end}");
                assert_eq!(reparented(&text, &[]), text.replace(&line, ""));
            }
        }
    }

    #[test]
    fn a_base_gets_a_line() {
        let text = "-- limbeck:revision b\n-- limbeck:upgrade\n";
        assert_eq!(reparented(text, &[]), text);
        assert_eq!(
            reparented(text, &["a1"]),
            "-- limbeck:revision b\n-- limbeck:revises    a1\n-- limbeck:upgrade\n"
        );
        assert_eq!(
            reparented(&text.replace('\n', "\r\n"), &["a1"]),
            "-- limbeck:revision b\r\n-- limbeck:revises    a1\r\n-- limbeck:upgrade\r\n"
        );
        assert_eq!(
            reparented("-- limbeck:rust\n-- limbeck:revision b", &["a1"]),
            "-- limbeck:rust\n-- limbeck:revision b\n-- limbeck:revises    a1"
        );
    }

    #[test]
    fn a_file_without_a_line_end_keeps_that() {
        assert_eq!(
            reparented(
                "-- limbeck:rust\n-- limbeck:revision b\n-- limbeck:revises\ta1",
                &["c3"]
            ),
            "-- limbeck:rust\n-- limbeck:revision b\n-- limbeck:revises\tc3"
        );
    }
}
