//! Writing the missing downgrade into a revision's file.

use std::path::Path;

use super::Audience;
use super::DirectiveWord;
use super::EditError;
use super::Script;
use super::Section;
use crate::graph::Direction;
use crate::sql::Place;
use crate::sql::Span;

/// A downgrade section in portable SQL for a file that has none.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewDowngrade {
    /// Words of drivers and dialects that do not run it.
    pub except: Vec<String>,
    /// Its statements and their directives, each line with its end.
    pub text: String,
}

impl NewDowngrade {
    /// A section that all run but those named in `except`.
    pub fn new(except: Vec<String>, text: String) -> Self {
        Self { except, text }
    }

    fn audience(&self) -> Audience {
        Audience::Portable {
            except: self.except.clone(),
        }
    }
}

impl Script {
    /// The opening line of a downgrade section in which something stands.
    pub fn written_downgrade(&self) -> Option<Place> {
        let text = self.file().text();
        let written = self
            .sections_of(Direction::Downgrade)
            .find(|section| !section.is_blank(text))?;
        Some(Place::new(self.file().clone(), written.line))
    }

    /// The file's text with this downgrade: in the blank section that waits for it, or in a new one at the end. Nothing
    /// else of the text changes, but for blank lines in front of it.
    ///
    /// ```
    /// use limbeck_core::script::NewDowngrade;
    /// use limbeck_core::script::Script;
    /// use limbeck_core::sql::SourceFile;
    ///
    /// let text = "-- limbeck:revision a1\n-- limbeck:upgrade\nALTER TABLE a RENAME TO b;\n-- limbeck:downgrade\n\n\n";
    /// let script = Script::parse(SourceFile::new("a1.sql", text)).map_err(|faults| faults[0].clone())?;
    /// let downgrade = NewDowngrade::new(Vec::new(), "ALTER TABLE b RENAME TO a;\n".to_owned());
    /// assert!(script.with_downgrade(&downgrade).ends_with("-- limbeck:downgrade\nALTER TABLE b RENAME TO a;\n"));
    /// # Ok::<(), limbeck_core::script::ScriptError>(())
    /// ```
    pub fn with_downgrade(&self, downgrade: &NewDowngrade) -> String {
        self.insert(self.file().text(), downgrade)
    }

    /// Writes this downgrade into the script's file at `path`, with the file's own line ends. The file has either its
    /// old text or the new one, whatever happens meanwhile.
    ///
    /// # Errors
    /// The file at `path` is not that of the script any more, or the system refuses.
    pub fn fill_downgrade(&self, path: &Path, downgrade: &NewDowngrade) -> Result<(), EditError> {
        self.edit(path, |present| self.insert(present, downgrade))
    }

    /// `text` is the script's own, perhaps with other line ends.
    fn insert(&self, text: &str, downgrade: &NewDowngrade) -> String {
        let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let statements = downgrade.text.replace('\n', line_end);
        let audience = downgrade.audience();
        let own = self.file().text();
        let blank = self
            .sections_of(Direction::Downgrade)
            .find(|section| section.audience == audience && section.is_blank(own));
        let Some(section) = blank else {
            let mark = format!("-- limbeck:{} {audience}", DirectiveWord::Downgrade);
            return [
                &with_line_end(text, line_end),
                line_end,
                mark.trim_end(),
                line_end,
                &statements,
            ]
            .concat();
        };
        let (before, inside, after) = around(own, text, section);
        let kept = with_line_end(&[before, inside].concat(), line_end);
        let gap = if after.is_empty() { "" } else { line_end };
        [&kept, &statements, gap, after].concat()
    }
}

/// `text` up to the end of the section's opening line, the section, and the rest. `own` is the same text with `\n` as
/// its line ends, in which the section's place is known.
fn around<'t>(own: &str, text: &'t str, section: &Section) -> (&'t str, &'t str, &'t str) {
    let offset = |at: usize| {
        if at == own.len() {
            return text.len();
        }
        let lines_before = Span::new(0, at).slice(own).matches('\n').count();
        text.split_inclusive('\n').take(lines_before).map(str::len).sum()
    };
    let (before, rest) = text.split_at(offset(section.span.start));
    let (inside, after) = rest.split_at(offset(section.span.end).saturating_sub(before.len()));
    (before, inside, after)
}

/// The text without the blank lines at its end, and with the end of its last line.
fn with_line_end(text: &str, line_end: &str) -> String {
    let is_blank = |line: &&str| line.trim().is_empty();
    let blank: usize = text
        .split_inclusive('\n')
        .rev()
        .take_while(is_blank)
        .map(str::len)
        .sum();
    let kept = Span::new(0, text.len() - blank).slice(text);
    let missing = if kept.ends_with('\n') { "" } else { line_end };
    format!("{kept}{missing}")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::sql::SourceFile;

    const HEADER: &str = "-- limbeck:revision a\n-- limbeck:upgrade\nDROP TABLE t;\n";

    fn filled(text: &str, except: &[&str]) -> String {
        let script = Script::parse(SourceFile::new("a.sql", text)).unwrap();
        let except = except.iter().map(|word| (*word).to_owned()).collect();
        let downgrade = NewDowngrade::new(except, "CREATE TABLE t (\n    x TEXT\n);\n".to_owned());
        let new = script.insert(text, &downgrade);
        assert_eq!(
            Script::parse(SourceFile::new("a.sql", new.as_str()))
                .unwrap()
                .file()
                .text(),
            script.with_downgrade(&downgrade),
        );
        new
    }

    fn rest<'t>(new: &'t str, old: &str) -> &'t str {
        new.strip_prefix(old).unwrap()
    }

    #[test]
    fn the_blank_section_is_filled() {
        let old = format!("{HEADER}\n-- limbeck:downgrade\n");
        for blank in ["", "\n", "\n   \n\n"] {
            let new = filled(&format!("{old}{blank}"), &[]);
            assert_eq!(rest(&new, &old), "CREATE TABLE t (\n    x TEXT\n);\n");
        }
        let new = filled(old.trim_end(), &[]);
        assert_eq!(rest(&new, &old), "CREATE TABLE t (\n    x TEXT\n);\n");
    }

    #[test]
    fn comments_and_what_comes_after_stay() {
        let before = format!("{HEADER}-- limbeck:downgrade\n\n  -- how?\n");
        let after = "-- limbeck:downgrade one\n\n\n-- limbeck:upgrade one\nSELECT 1";
        let new = filled(&format!("{before}\n\n\n{after}"), &[]);
        assert_eq!(
            rest(&new, &before),
            format!("CREATE TABLE t (\n    x TEXT\n);\n\n{after}")
        );
    }

    #[test]
    fn a_section_is_added_where_none_waits() {
        for old in [
            HEADER.to_owned(),
            format!("{HEADER}\n-- limbeck:downgrade\n-- limbeck:downgrade one\n"),
        ] {
            let new = filled(&old, &["one", "two"]);
            assert_eq!(
                rest(&new, &old),
                "\n-- limbeck:downgrade except one, two\nCREATE TABLE t (\n    x TEXT\n);\n"
            );
        }
        let new = filled(HEADER.trim_end(), &[]);
        assert_eq!(
            rest(&new, HEADER),
            "\n-- limbeck:downgrade\nCREATE TABLE t (\n    x TEXT\n);\n"
        );
    }

    #[test]
    fn line_ends_and_the_byte_order_mark_stay() {
        for end in [
            "",
            "\n-- limbeck:downgrade\n\n-- limbeck:upgrade one\nSELECT 1;\n",
        ] {
            let plain = format!("{HEADER}{end}");
            let windows = format!("\u{feff}{}", plain.replace('\n', "\r\n"));
            assert_eq!(
                filled(&windows, &[]),
                format!("\u{feff}{}", filled(&plain, &[]).replace('\n', "\r\n"))
            );
        }
    }

    #[test]
    fn blanks_within_a_line_stay() {
        let old = format!("{HEADER}-- limbeck:downgrade  \n-- how? \t\n");
        let new = filled(&format!("{old} \n"), &[]);
        assert_eq!(rest(&new, &old), "CREATE TABLE t (\n    x TEXT\n);\n");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_and_permissions_too() {
        use std::os::unix::fs::PermissionsExt as _;

        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a.sql"), folder.path().join("b.sql"));
        fs::write(&file, HEADER).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        let script = Script::parse(SourceFile::new("b.sql", HEADER)).unwrap();
        let downgrade = NewDowngrade::new(Vec::new(), "SELECT 1;\n".to_owned());
        script.fill_downgrade(&link, &downgrade).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(
            fs::read_to_string(&file).unwrap(),
            format!("{HEADER}\n-- limbeck:downgrade\nSELECT 1;\n")
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);

        let again = script.fill_downgrade(&file, &downgrade).unwrap_err();
        assert!(matches!(again, EditError::Changed { .. }), "{again}");
    }
}
