//! A project in a temporary folder.

use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

use tempfile::TempDir;

/// A folder with a `limbeck.toml` and a folder `migrations`, removed when this is dropped.
///
/// ```
/// use limbeck_testkit::{Project, RevisionFile};
///
/// let project = Project::new("")?;
/// project.write(
///     &RevisionFile::new("a1")
///         .message("Add the account table")
///         .upgrade("CREATE TABLE account (id BIGINT PRIMARY KEY);")
///         .downgrade("DROP TABLE account;"),
/// )?;
/// assert!(project.versions().join("a1_add_the_account_table.sql").exists());
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Project {
    folder: TempDir,
}

impl Project {
    /// A project with this text as its `limbeck.toml` and without revisions.
    ///
    /// # Errors
    /// The system refuses to write.
    pub fn new(configuration: &str) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("limbeck-test-").tempdir()?;
        let project = Self { folder };
        fs::write(project.configuration(), configuration)?;
        fs::create_dir(project.versions())?;
        Ok(project)
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The `limbeck.toml`.
    pub fn configuration(&self) -> PathBuf {
        self.path("limbeck.toml")
    }

    /// The folder of the revision files.
    pub fn versions(&self) -> PathBuf {
        self.path("migrations")
    }

    /// A path in the folder.
    pub fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.folder().join(relative)
    }

    /// Writes a revision file, over one of the same name, and gives its path.
    ///
    /// # Errors
    /// The system refuses to write.
    pub fn write(&self, revision: &RevisionFile) -> io::Result<PathBuf> {
        let path = self.versions().join(revision.file_name());
        fs::write(&path, revision.text())?;
        Ok(path)
    }

    /// Writes several.
    ///
    /// # Errors
    /// The system refuses to write.
    pub fn write_all<'a>(&self, revisions: impl IntoIterator<Item = &'a RevisionFile>) -> io::Result<()> {
        revisions
            .into_iter()
            .try_for_each(|revision| self.write(revision).map(drop))
    }

    /// Writes any file, with the folders it needs, and gives its path.
    ///
    /// # Errors
    /// The system refuses to write.
    pub fn file(&self, relative: impl AsRef<Path>, text: impl AsRef<[u8]>) -> io::Result<PathBuf> {
        let path = self.path(relative);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&path, text)?;
        Ok(path)
    }
}

/// The text of a revision file, also of a wrong one: nothing is checked.
#[derive(Clone, Debug)]
pub struct RevisionFile {
    id: String,
    message: String,
    directives: Vec<String>,
    sections: String,
}

impl RevisionFile {
    /// A file with this id and nothing else.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            message: String::new(),
            directives: Vec::new(),
            sections: String::new(),
        }
    }

    /// With a message.
    #[must_use]
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    /// With these parents.
    #[must_use]
    pub fn revises<I: AsRef<str>>(self, parents: impl IntoIterator<Item = I>) -> Self {
        let parents: Vec<I> = parents.into_iter().collect();
        let parents: Vec<&str> = parents.iter().map(I::as_ref).collect();
        if parents.is_empty() {
            return self;
        }
        let directive = format!("revises {}", parents.join(", "));
        self.directive(directive)
    }

    /// With a line `-- limbeck:…` in the header, given without its beginning: `labels accounts`.
    #[must_use]
    pub fn directive(mut self, directive: impl Into<String>) -> Self {
        self.directives.push(directive.into());
        self
    }

    /// With portable SQL for the upgrade.
    #[must_use]
    pub fn upgrade(self, sql: &str) -> Self {
        self.section("upgrade", sql)
    }

    /// With portable SQL for the downgrade.
    #[must_use]
    pub fn downgrade(self, sql: &str) -> Self {
        self.section("downgrade", sql)
    }

    /// With any section: `upgrade mysql`.
    #[must_use]
    pub fn section(mut self, section: &str, sql: &str) -> Self {
        self.sections
            .push_str(&format!("\n-- limbeck:{section}\n{sql}\n"));
        self
    }

    /// The name of the file.
    pub fn file_name(&self) -> String {
        let message = self.message.to_lowercase();
        let words = message
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty());
        let stem: Vec<&str> = std::iter::once(self.id.as_str()).chain(words).collect();
        format!("{}.sql", stem.join("_"))
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let mut text = String::new();
        if !self.message.is_empty() {
            text.push_str(&format!("-- {}\n--\n", self.message));
        }
        text.push_str(&format!("-- limbeck:revision {}\n", self.id));
        for directive in &self.directives {
            text.push_str(&format!("-- limbeck:{directive}\n"));
        }
        text.push_str(&self.sections);
        text
    }
}

#[cfg(test)]
mod tests {
    use limbeck_core::script::DirectorySource;
    use limbeck_core::script::ScriptSet;

    use super::*;

    #[test]
    fn what_is_written_can_be_read() {
        let project = Project::new("name = \"shop\"\n").unwrap();
        let first = RevisionFile::new("a1")
            .message("Add a table")
            .directive("labels accounts")
            .upgrade("CREATE TABLE a (id BIGINT PRIMARY KEY);")
            .downgrade("DROP TABLE a;");
        let second = RevisionFile::new("b2")
            .revises(["a1"])
            .directive("irreversible a test")
            .section("upgrade mysql", "SELECT 1;");
        project.write_all([&first, &second]).unwrap();

        let set = ScriptSet::load(&DirectorySource::new([project.versions()])).unwrap();
        let heads: Vec<String> = set.graph().heads().map(|head| head.id.to_string()).collect();
        assert_eq!(heads, ["b2"]);
        let folder = project.folder().to_owned();
        drop(project);
        assert!(!folder.exists());
    }
}
