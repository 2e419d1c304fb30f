//! What a measurement has at hand.

use std::cell::RefCell;
use std::collections::HashMap;
use std::env;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::rc::Rc;

use tempfile::TempDir;

use crate::corpus::Corpus;
use crate::engine::Engine;
use crate::error::BenchError;
use crate::measure;
use crate::measure::Contender;
use crate::measure::Rounds;
use crate::outcome::Case;
use crate::outcome::Outcome;
use crate::outcome::Role;
use crate::outcome::Target;
use crate::peers::InstalledPeer;
use crate::place::Place;
use crate::work;

/// Where a cache cannot be written.
const NO_CACHE: &str = "/dev/null";

/// Sizes and rounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// Those that the targets are about.
    #[default]
    Full,
    /// Small ones, to see that all is well.
    Quick,
}

impl Scale {
    /// What is meant for this scale.
    pub fn pick<T>(self, full: T, quick: T) -> T {
        match self {
            Self::Full => full,
            Self::Quick => quick,
        }
    }
}

/// The programs, a folder, and what is measured with them.
pub struct Bench {
    limbeck: PathBuf,
    scratch: TempDir,
    rounds: Rounds,
    scale: Scale,
    peers: Vec<InstalledPeer>,
    applied: RefCell<HashMap<(Engine, usize), Rc<Applied>>>,
}

/// A project whose revisions are all applied to a database.
pub struct Applied {
    /// The folder of the project.
    pub project: TempDir,
    /// The database.
    pub place: Place,
}

impl Bench {
    /// Measurements of this `limbeck`.
    ///
    /// # Errors
    /// No folder can be made.
    pub fn new(
        limbeck: PathBuf,
        scale: Scale,
        rounds: Rounds,
        peers: Vec<InstalledPeer>,
    ) -> Result<Self, BenchError> {
        // The data of servers that are started for this are in memory, too: what remains is the work of the programs.
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() {
            memory.to_owned()
        } else {
            env::temp_dir()
        };
        let scratch = tempfile::Builder::new()
            .prefix("limbeck-bench-")
            .tempdir_in(&parent);
        Ok(Self {
            limbeck,
            scratch: scratch.map_err(BenchError::file(&parent))?,
            rounds,
            scale,
            peers,
            applied: RefCell::default(),
        })
    }

    /// The folder for all that is written.
    pub fn scratch(&self) -> &Path {
        self.scratch.path()
    }

    /// How large the measurements are.
    pub const fn scale(&self) -> Scale {
        self.scale
    }

    /// How often something is measured.
    pub const fn rounds(&self) -> Rounds {
        self.rounds
    }

    /// The peers that are installed.
    pub fn peers(&self) -> &[InstalledPeer] {
        &self.peers
    }

    /// A new folder.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn folder(&self, prefix: &str) -> Result<TempDir, BenchError> {
        let folder = tempfile::Builder::new().prefix(prefix).tempdir_in(self.scratch());
        folder.map_err(BenchError::file(self.scratch()))
    }

    /// `limbeck` in a project, without a cache and without what the environment says of other databases.
    pub fn limbeck(&self, project: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.limbeck);
        for (name, _) in env::vars_os() {
            let is_foreign = name.to_string_lossy().starts_with("LIMBECK_") || name == "DATABASE_URL";
            if is_foreign {
                command.env_remove(name);
            }
        }
        command
            .current_dir(project)
            .env("XDG_CACHE_HOME", NO_CACHE)
            .args(arguments);
        command
    }

    /// The same on a database.
    pub fn limbeck_on(&self, project: &Path, place: &Place, arguments: &[&str]) -> Command {
        let mut command = self.limbeck(project, arguments);
        command.args(["--url", &place.url()]);
        command
    }

    /// A project of so many small revisions that are all applied, made once.
    ///
    /// # Errors
    /// It cannot be written, or `limbeck upgrade` fails.
    pub fn applied(&self, engine: Engine, size: usize) -> Result<Rc<Applied>, BenchError> {
        if let Some(applied) = self.applied.borrow().get(&(engine, size)) {
            return Ok(Rc::clone(applied));
        }
        let project = self.folder("applied-")?;
        Corpus::rows(size).write(project.path())?;
        let place = Place::new(engine, self.scratch())?;
        work::output(&mut self.limbeck_on(project.path(), &place, &["upgrade", "--quiet"]))?;
        let applied = Rc::new(Applied { project, place });
        self.applied
            .borrow_mut()
            .insert((engine, size), Rc::clone(&applied));
        Ok(applied)
    }

    /// Gives the projects up that [`Self::applied`] has made.
    pub fn forget(&self) {
        self.applied.borrow_mut().clear();
    }

    /// Lets contenders do their work in turn; the figure is the ratio of Limbeck's time to that of the floor.
    ///
    /// # Errors
    /// Limbeck or the floor fails.
    pub fn compare(
        &self,
        row: &str,
        case: &Case,
        limit: f64,
        contenders: Vec<Contender<'_>>,
    ) -> Result<Outcome, BenchError> {
        let (rounds, standings) = measure::interleaved(contenders, self.rounds, self.scratch())?;
        let mut outcome = Outcome {
            row: row.to_owned(),
            case: case.clone(),
            target: Target::Ratio(limit),
            figure: f64::NAN,
            rounds,
            standings,
        };
        let ratio = outcome.of(Role::Limbeck).and_then(|limbeck| limbeck.ratio);
        outcome.figure = ratio.ok_or_else(|| BenchError::unreadable(row, "no floor was measured"))?;
        Ok(outcome)
    }

    /// Writes a file in a folder.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(folder: &Path, name: &str, text: &str) -> Result<PathBuf, BenchError> {
        let path = folder.join(name);
        fs::write(&path, text).map_err(BenchError::file(&path))?;
        Ok(path)
    }
}
