//! A workflow that runs the migrations with every change.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use serde::Serialize;

use super::NewProject;
use super::failed;
use super::write_new;
use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::exit::Exit;
use crate::git::Repository;
use crate::git::slashes;
use crate::output::Answer;
use crate::output::Layout;
use crate::output::plain;
use crate::templates;
use crate::templates::CiDatabase;

/// The file, from the top of the repository.
const WORKFLOW: &str = ".github/workflows/migrations.yml";

/// Where a workflow is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Service {
    /// GitHub Actions
    Github,
}

/// A workflow that can be written.
pub(super) struct Workflow {
    path: PathBuf,
    shown: String,
    text: String,
}

impl Workflow {
    /// The workflow for the project, on a database of this scheme.
    ///
    /// It is read only from the top of a repository, so there it goes.
    pub(super) fn plan(
        service: Service,
        project: &NewProject<'_>,
        scheme: Option<&str>,
    ) -> Result<Self, CommandError> {
        let Service::Github = service;
        let database = CiDatabase::of_scheme(scheme).ok_or_else(|| no_template(scheme))?;
        let (repository, rest) = Repository::around(&project.root);
        let top = repository.top().map(|top| (top.folder, top.below.join(rest)));
        let (path, shown, directory) = match top {
            Some((folder, below)) if below.components().next().is_some() => {
                let directory = slashes(&below);
                let path = folder.join(workflow_of(&directory));
                let shown = path.display().to_string();
                (path, shown, Some(directory))
            }
            _ => (project.root.join(WORKFLOW), project.show(WORKFLOW), None),
        };
        if path.exists() {
            let message = format!("{shown} exists already and stays as it is");
            let error = CommandError::new(ErrorKind::Exists, message);
            return Err(error.with_hint("move it away to have it written anew"));
        }
        let text = templates::workflow(database, directory.as_deref());
        Ok(Self { path, shown, text })
    }

    /// Writes it.
    pub(super) fn write(&self) -> Result<&str, CommandError> {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
        write_new(&self.path, &self.text).map_err(|error| failed(&self.path, &error))?;
        Ok(&self.shown)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

/// The file for a project below the top, which others may have beside it.
fn workflow_of(directory: &str) -> String {
    let word = |letter: char| if letter.is_alphanumeric() { letter } else { '-' };
    let words: String = directory.chars().map(word).collect();
    format!(".github/workflows/migrations-{words}.yml")
}

fn no_template(scheme: Option<&str>) -> CommandError {
    let scheme = scheme.unwrap_or_default();
    let message = format!("there is no workflow for a database of the scheme `{scheme}`");
    CommandError::new(ErrorKind::Unsupported, message)
        .with_hint("have it written for another database with `--url`, and change its service")
}

#[derive(Serialize)]
struct CiAnswer {
    directory: String,
    created: Vec<String>,
}

impl Answer for CiAnswer {
    fn text(&self, _layout: Layout) -> String {
        let created = self.created.iter();
        created.map(|path| format!("created {}\n", plain(path))).collect()
    }
}

/// Writes the workflow of a project that is there already.
pub(super) fn add(
    service: Service,
    project: &NewProject<'_>,
    context: &mut Context<'_>,
) -> Result<Exit, CommandError> {
    context.enter(&project.root);
    let scheme = match context.database() {
        Ok(database) => Some(database.url.value.scheme().to_owned()),
        Err(error) if error.kind() == ErrorKind::Url => None,
        Err(error) => return Err(error),
    };
    let workflow = Workflow::plan(service, project, scheme.as_deref())?;
    let answer = CiAnswer {
        directory: project.shown.display().to_string(),
        created: vec![workflow.write()?.to_owned()],
    };
    context.output.answer(&answer)?;
    Ok(Exit::Success)
}
