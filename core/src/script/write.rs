//! New revision files.

use std::fs;
use std::io;
use std::io::Write as _;
use std::path::Component;
use std::path::Path;
use std::path::PathBuf;
use std::time::SystemTime;

use super::DirectiveWord;
use super::directive::read_line;
use super::header::PORTABLE_VERSION;
use crate::graph::Label;
use crate::graph::RevisionId;

/// The longest name of a file without `.sql`, in bytes: most file systems take 255, and editors add to a name.
const STEM_LENGTH: usize = 200;

/// How a file of a new revision is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileNaming {
    /// The name without `.sql`, with the tokens `{id}`, `{slug}`, `{year}`, `{month}`, `{day}`, `{hour}`, `{minute}`
    /// and `{second}` (of the creation, in UTC). A `/` makes folders.
    pub template: String,
    /// The longest slug, in characters; cut at a word's end where it can be.
    pub slug_length: usize,
}

impl Default for FileNaming {
    fn default() -> Self {
        Self {
            template: "{id}_{slug}".to_owned(),
            slug_length: 40,
        }
    }
}

/// Why no file was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The template has a token that does not exist, or a brace without its other half.
    #[error(
        "the file template `{template}` has no token `{token}`; it knows {{id}}, {{slug}}, {{year}}, {{month}}, {{day}}, \
         {{hour}}, {{minute}} and {{second}}"
    )]
    Template {
        /// The template.
        template: String,
        /// What it names.
        token: String,
    },
    /// The name is empty, absolute or leads out of the folder.
    #[error("the file template `{template}` gives `{name}`, which is no file inside the folder of revisions")]
    Outside {
        /// The template.
        template: String,
        /// What came out.
        name: String,
    },
    /// A line of the message or description would be read as a directive.
    #[error("a line of the message begins with `limbeck:`, which would make it a directive")]
    Message,
    /// The time cannot be written.
    #[error("the time of creation is out of range")]
    Time,
    /// The file exists.
    #[error("{} exists already and stays as it is", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The system refused.
    #[error("{} cannot be written", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// What stands in a new file in an engine's own SQL: after the portable upgrade, and before the portable downgrade.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct NativeSections {
    /// On which databases it runs: `postgres`, `mysql except mariadb`.
    pub audience: String,
    /// What stands in the upgrade.
    pub upgrade: String,
    /// What stands in the downgrade.
    pub downgrade: String,
}

impl NativeSections {
    /// Sections for these databases.
    pub fn new(
        audience: impl Into<String>,
        upgrade: impl Into<String>,
        downgrade: impl Into<String>,
    ) -> Self {
        Self {
            audience: audience.into(),
            upgrade: upgrade.into(),
            downgrade: downgrade.into(),
        }
    }
}

/// A revision whose file is not written yet.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NewScript {
    /// Its id.
    pub id: RevisionId,
    /// What it does: the first line becomes the message, further ones the description.
    pub message: String,
    /// Its parents.
    pub revises: Vec<RevisionId>,
    /// Revisions or labels that must be applied first.
    pub depends_on: Vec<String>,
    /// Its branch labels.
    pub labels: Vec<Label>,
    /// When it is written.
    pub created: SystemTime,
    /// What stands in its upgrade; nothing when somebody is to write it.
    pub upgrade: String,
    /// What stands in its downgrade; nothing when it is derived, or somebody is to write it.
    pub downgrade: String,
    /// What stands there in an engine's own SQL.
    pub native: Option<NativeSections>,
}

/// A line of a header, without its end.
pub(super) fn header_line(word: DirectiveWord, arguments: &str) -> String {
    format!("-- limbeck:{:<10} {arguments}", word.as_str())
}

impl NewScript {
    /// A revision without parents.
    pub fn new(id: RevisionId, message: impl Into<String>, created: SystemTime) -> Self {
        Self {
            id,
            message: message.into(),
            revises: Vec::new(),
            depends_on: Vec::new(),
            labels: Vec::new(),
            created,
            upgrade: String::new(),
            downgrade: String::new(),
            native: None,
        }
    }

    /// The text of the file.
    ///
    /// # Errors
    /// A line of the message would be a directive; the time is out of range.
    pub fn text(&self) -> Result<String, WriteError> {
        let mut text = String::new();
        let message = self.message.trim();
        if !message.is_empty() {
            for line in message.lines().map(str::trim) {
                let comment = format!("-- {line}");
                if read_line(&comment, 0).is_some() {
                    return Err(WriteError::Message);
                }
                text.push_str(comment.trim_end());
                text.push('\n');
            }
            text.push_str("--\n");
        }
        let mut directive = |word: DirectiveWord, arguments: &[&str]| {
            if !arguments.is_empty() {
                text.push_str(&header_line(word, &arguments.join(", ")));
                text.push('\n');
            }
        };
        let revises: Vec<&str> = self.revises.iter().map(RevisionId::as_str).collect();
        let depends_on: Vec<&str> = self.depends_on.iter().map(String::as_str).collect();
        let labels: Vec<&str> = self.labels.iter().map(Label::as_str).collect();
        directive(DirectiveWord::Revision, &[self.id.as_str()]);
        directive(DirectiveWord::Revises, &revises);
        directive(DirectiveWord::DependsOn, &depends_on);
        directive(DirectiveWord::Labels, &labels);
        directive(
            DirectiveWord::Created,
            &[&self.time()?.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()],
        );
        directive(DirectiveWord::Portable, &[&PORTABLE_VERSION.to_string()]);
        for (heading, body) in self.sections() {
            text.push_str(&format!(
                "\n-- limbeck:{heading}\n{}\n",
                body.trim_end_matches('\n')
            ));
        }
        Ok(text)
    }

    /// The sections, each with the words after `limbeck:`. A portable one without text stands there for somebody to write,
    /// unless the engine's own says it all.
    fn sections(&self) -> Vec<(String, &str)> {
        let portable = |word: &str, text| (word.to_owned(), text);
        let mut sections = vec![
            portable("upgrade", self.upgrade.as_str()),
            portable("downgrade", self.downgrade.as_str()),
        ];
        if let Some(native) = &self.native {
            let heading = |word: &str| format!("{word} {}", native.audience);
            let both = [
                (heading("upgrade"), native.upgrade.as_str()),
                (heading("downgrade"), native.downgrade.as_str()),
            ];
            sections.splice(1..1, both);
            sections.retain(|(_, text)| !text.trim().is_empty());
        }
        sections
    }

    /// The name of the file inside a folder of revisions.
    ///
    /// # Errors
    /// The template is wrong, or the time out of range.
    pub fn file_name(&self, naming: &FileNaming) -> Result<PathBuf, WriteError> {
        let mut name = String::new();
        let mut rest = naming.template.as_str();
        let wrong = |token: &str| WriteError::Template {
            template: naming.template.clone(),
            token: token.to_owned(),
        };
        while let Some(open) = rest.find(['{', '}']) {
            let (plain, tail) = rest.split_at(open);
            let close = tail
                .find('}')
                .filter(|close| *close > 0)
                .ok_or_else(|| wrong(tail))?;
            let (token, after) = tail.split_at(close + 1);
            name.push_str(plain);
            name.push_str(
                &self
                    .token(token, naming.slug_length)?
                    .ok_or_else(|| wrong(token))?,
            );
            rest = after;
        }
        name.push_str(rest);
        let stem = name.strip_suffix(".sql").unwrap_or(&name);
        let (folders, stem) = match stem.rfind('/') {
            Some(slash) => stem.split_at(slash + 1),
            None => ("", stem),
        };
        // A file that begins with a dot is hidden, and would not be read.
        let stem = cut(stem.trim_start_matches('.'), STEM_LENGTH).trim_end_matches(['_', '-', '.', ' ']);
        let path = PathBuf::from(format!("{folders}{stem}.sql"));
        let inside = path.components().all(|part| matches!(part, Component::Normal(_)));
        if !inside || stem.is_empty() {
            return Err(WriteError::Outside {
                template: naming.template.clone(),
                name: path.display().to_string(),
            });
        }
        Ok(path)
    }

    fn token(&self, token: &str, slug_length: usize) -> Result<Option<String>, WriteError> {
        let format = match token {
            "{id}" => return Ok(Some(self.id.to_string())),
            "{slug}" => return Ok(Some(slug(&self.message, slug_length))),
            "{year}" => "%Y",
            "{month}" => "%m",
            "{day}" => "%d",
            "{hour}" => "%H",
            "{minute}" => "%M",
            "{second}" => "%S",
            _ => return Ok(None),
        };
        Ok(Some(self.time()?.strftime(format).to_string()))
    }

    fn time(&self) -> Result<jiff::Timestamp, WriteError> {
        jiff::Timestamp::try_from(self.created).map_err(|_| WriteError::Time)
    }

    /// Writes the file into a folder, which is made when it is missing, and gives its path. A file that exists is left
    /// alone.
    ///
    /// # Errors
    /// The name or the text cannot be made, the file exists, or the system refuses.
    pub fn write(&self, folder: &Path, naming: &FileNaming) -> Result<PathBuf, WriteError> {
        let text = self.text()?;
        let path = folder.join(self.file_name(naming)?);
        let failed = |source: io::Error| match source.kind() {
            io::ErrorKind::AlreadyExists => WriteError::Exists { path: path.clone() },
            _ => WriteError::Io {
                path: path.clone(),
                source,
            },
        };
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|source| WriteError::Io {
                path: parent.to_owned(),
                source,
            })?;
        }
        let mut file = fs::File::create_new(&path).map_err(failed)?;
        if let Err(source) = file.write_all(text.as_bytes()).and_then(|()| file.sync_all()) {
            drop(file);
            // Half a revision would be an error of every later command.
            let _ = fs::remove_file(&path);
            return Err(failed(source));
        }
        Ok(path)
    }
}

/// The text up to a number of bytes, in whole characters.
fn cut(text: &str, bytes: usize) -> &str {
    let ends = text.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let end = ends.take_while(|end| *end <= bytes).last().unwrap_or_default();
    text.get(..end).unwrap_or(text)
}

/// The message's first line as a part of a file name: its words in lower case with `_` between them.
fn slug(message: &str, limit: usize) -> String {
    let mut slug = String::new();
    let mut length = 0;
    let line = message.trim().lines().next().unwrap_or_default().to_lowercase();
    for word in line
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        let mark = usize::from(length > 0);
        let letters = word.chars().count();
        if length + mark + letters > limit {
            if length == 0 {
                slug.extend(word.chars().take(limit));
            }
            break;
        }
        if mark == 1 {
            slug.push('_');
        }
        slug.push_str(word);
        length += mark + letters;
    }
    slug
}

/// A new id: twelve random hexadecimal digits.
pub fn random_id() -> RevisionId {
    loop {
        let digits = format!("{:012x}", fastrand::u64(..) >> 16);
        if let Ok(id) = RevisionId::new(digits) {
            return id;
        }
    }
}
