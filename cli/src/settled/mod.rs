//! Knowing again that there is nothing to do.
//!
//! An upgrade that has found everything applied, and as it ran, leaves a note in the user's cache: the marks of all files,
//! and where the history stood. While both are the same, the next upgrade has the same answer, and it need not read a file
//! or a checksum for it. Whatever else is to be done, and every other command, reads the files: the note says nothing but
//! "nothing to do".

mod folder;
mod note;
mod watched;

use std::time::SystemTime;

use limbeck_core::engine::DriftCheck;
use limbeck_core::engine::MigratorOptions;
use limbeck_core::script::FileMarks;
use tokio::task::JoinHandle;

use self::folder::Folder;
use self::note::About;
use self::note::Note;
pub(crate) use self::watched::Seen;
use crate::context::Context;
use crate::error::CommandError;

/// What is known of an upgrade to the heads before it begins.
pub(crate) enum Recalled {
    /// There is nothing to do; the rows of the version table.
    NothingToDo(Vec<String>),
    /// It must be found out. The files as they are now are worth a note, where there may be one.
    Unknown(Option<Box<Seen>>),
}

/// Looks whether the last upgrade to the heads has had nothing to do, and nothing has changed since.
pub(crate) async fn recall(
    context: &Context<'_>,
    options: &MigratorOptions,
) -> Result<Recalled, CommandError> {
    let Some(looking) = Looking::begin(context, options)? else {
        return Ok(Recalled::Unknown(None));
    };
    let stands = match &looking.note {
        Some(note) => {
            let asking = context.without_scripts()?.with_options(options.clone());
            Some(asking.stands_at(&note.position).await)
        }
        None => None,
    };
    let (note, seen) = looking.end().await;
    if let (Some(note), Some(seen), Some(stands)) = (note, &seen, stands)
        && seen.is_as_in(&note)
        // Of files that are wrong an error tells first, and so what goes wrong here counts only now.
        && stands?
    {
        return Ok(Recalled::NothingToDo(note.position.rows));
    }
    Ok(Recalled::Unknown(seen.map(Box::new)))
}

/// A look at all files, in a thread of its own: meanwhile the session is opened.
struct Looking {
    folder: Folder,
    about: About,
    note: Option<Note>,
    began: SystemTime,
    scripts: JoinHandle<Option<FileMarks>>,
}

impl Looking {
    /// None where no note is wanted: switched off, no place for it, a run of which more is asked than that it has nothing to
    /// do.
    fn begin(context: &Context<'_>, options: &MigratorOptions) -> Result<Option<Self>, CommandError> {
        let config = context.config()?;
        if !config.cache()? || options.drift == DriftCheck::Stop || config.metrics_file("").is_some() {
            return Ok(None);
        }
        let database = context.database()?;
        let url = &database.url.value;
        if context.driver(url)?.is_private(url) {
            return Ok(None);
        }
        let Some(folder) = Folder::of(&context.environment) else {
            return Ok(None);
        };
        let Some(about) = About::new(config.root(), &database) else {
            return Ok(None);
        };
        let source = context.source()?;
        Ok(Some(Self {
            note: folder.read(&about),
            folder,
            about,
            began: SystemTime::now(),
            scripts: tokio::task::spawn_blocking(move || source.marks()),
        }))
    }

    /// What was seen; nothing where files cannot be known without reading them.
    async fn end(self) -> (Option<Note>, Option<Seen>) {
        let scripts = self.scripts.await.ok().flatten();
        let seen = scripts.map(|scripts| Seen::new(self.folder, self.about, scripts, self.began));
        (self.note, seen)
    }
}
