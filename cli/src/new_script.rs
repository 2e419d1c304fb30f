//! Writing a new revision's file: what `revision` and `merge` share.

use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use limbeck_core::graph::Revision;
use limbeck_core::graph::RevisionGraph;
use limbeck_core::graph::RevisionId;
use limbeck_core::graph::Rows;
use limbeck_core::script::FileNaming;
use limbeck_core::script::NewScript;
use limbeck_core::script::random_id;
use limbeck_core::sql::SourceFile;
use serde::Serialize;

use crate::autogenerate::Generated;
use crate::autogenerate::Sections;
use crate::context::Context;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::exit::Exit;
use crate::output::Answer;
use crate::output::Layout;
use crate::output::plain;
use crate::post_write;

/// Options of a new revision.
#[derive(Debug, Default, clap::Args)]
pub(crate) struct NewScriptArgs {
    /// What it does, in a few words
    #[arg(short, long, value_name = "TEXT")]
    message: Option<String>,

    /// Go on from a revision that has children already, which makes a branch
    #[arg(long)]
    splice: bool,

    /// A label for the branch that begins here
    #[arg(long, value_name = "LABEL")]
    branch_label: Vec<String>,

    /// The id, instead of a random one
    #[arg(long, value_name = "ID")]
    rev_id: Option<String>,

    /// The folder for the file, one of version_locations
    #[arg(long, value_name = "FOLDER")]
    version_path: Option<PathBuf>,
}

impl NewScriptArgs {
    /// Those of a message, and of an id where it is not a random one.
    pub(crate) fn named(message: String, rev_id: Option<String>) -> Self {
        Self {
            message: Some(message),
            rev_id,
            ..Self::default()
        }
    }

    /// Whether one of them is there.
    pub(crate) fn is_given(&self) -> bool {
        let Self {
            message,
            splice,
            branch_label,
            rev_id,
            version_path,
        } = self;
        *splice || message.is_some() || rev_id.is_some() || version_path.is_some() || !branch_label.is_empty()
    }
}

#[derive(Serialize)]
struct WrittenAnswer {
    revision: String,
    revises: Vec<String>,
    path: String,
}

impl Answer for WrittenAnswer {
    fn text(&self, _layout: Layout) -> String {
        format!("{}\n", plain(&self.path))
    }
}

/// A revision whose file can be written.
pub(crate) struct Planned {
    new: NewScript,
    folder: PathBuf,
    naming: FileNaming,
    has_message: bool,
}

/// Plans the file of a revision with these parents, once the graph with it is known to be right.
pub(crate) fn plan(
    args: &NewScriptArgs,
    parents: Vec<RevisionId>,
    depends_on: &[String],
    usual_message: &str,
    context: &Context<'_>,
) -> Result<Planned, CommandError> {
    let scripts = context.scripts()?;
    let graph = scripts.graph();
    check_parents(graph, &parents, args.splice)?;
    let id = match &args.rev_id {
        Some(id) => RevisionId::new(id)?,
        None => random_id(),
    };
    let message = args.message.as_deref().unwrap_or(usual_message);
    let mut new = NewScript::new(id, message, SystemTime::now());
    new.revises = parents;
    new.labels = args
        .branch_label
        .iter()
        .map(|label| label.parse())
        .collect::<Result<_, _>>()?;
    new.depends_on = depends_on
        .iter()
        .map(|name| dependency(graph, name))
        .collect::<Result<_, _>>()?;
    check_graph(graph, &new)?;
    Ok(Planned {
        folder: folder(args, graph, &new, context)?,
        naming: context.config()?.file_naming(),
        has_message: args.message.is_some(),
        new,
    })
}

impl Planned {
    pub(crate) fn parents(&self) -> &[RevisionId] {
        &self.new.revises
    }

    /// The file as it would be, with what leads to another schema.
    pub(crate) fn draft(&self, generated: &Sections) -> Result<Arc<SourceFile>, CommandError> {
        let mut new = self.new.clone();
        generated.fill(&mut new);
        let path = self.folder.join(new.file_name(&self.naming)?);
        Ok(SourceFile::new(path.display().to_string(), new.text()?))
    }

    /// Where the file will be.
    pub(crate) fn path(&self) -> Result<PathBuf, CommandError> {
        Ok(self.folder.join(self.new.file_name(&self.naming)?))
    }

    /// Its id.
    pub(crate) fn id(&self) -> &RevisionId {
        &self.new.id
    }

    /// Writes the file with these sections; its path.
    pub(crate) fn write_filled(
        &self,
        sections: &Sections,
        context: &Context<'_>,
    ) -> Result<PathBuf, CommandError> {
        let mut filled = self.new.clone();
        sections.fill(&mut filled);
        self.write_file(&filled, context)
    }

    fn write_file(&self, new: &NewScript, context: &Context<'_>) -> Result<PathBuf, CommandError> {
        let planned = self.folder.join(new.file_name(&self.naming)?);
        if !context.source()?.reads(&planned) {
            return Err(not_read(&planned));
        }
        let path = new.write(&self.folder, &self.naming)?;
        post_write::run(&path, context)?;
        Ok(path)
    }

    /// Writes the file.
    pub(crate) fn write(self, context: &mut Context<'_>) -> Result<Exit, CommandError> {
        let path = self.write_file(&self.new, context)?;
        let new = self.new;
        context.output.answer(&WrittenAnswer {
            revision: new.id.to_string(),
            revises: new.revises.iter().map(ToString::to_string).collect(),
            path: path.display().to_string(),
        })?;
        Ok(Exit::Success)
    }

    /// The same with what leads to the models.
    pub(crate) fn filled(mut self, generated: &Generated) -> Self {
        if !self.has_message {
            self.new.message.clone_from(&generated.message);
        }
        generated.sections.fill(&mut self.new);
        self
    }
}

/// The error of what a file was written for, once the file is gone again.
pub(crate) fn take_back(path: &Path, error: CommandError) -> CommandError {
    match std::fs::remove_file(path) {
        Err(kept) if kept.kind() != std::io::ErrorKind::NotFound => error.with_hint(format!(
            "delete {}, which cannot be taken back: {kept}",
            path.display()
        )),
        _ => error,
    }
}

fn not_read(path: &Path) -> CommandError {
    let message = format!("{} would be a file that no command reads", path.display());
    CommandError::new(ErrorKind::Usage, message).with_hint(
        "name a folder of `version_locations`, or set `recursive_version_locations = true` in limbeck.toml; hidden \
         folders are never read",
    )
}

/// A new revision goes on from heads, unless a branch is wanted.
fn check_parents(graph: &RevisionGraph, parents: &[RevisionId], splice: bool) -> Result<(), CommandError> {
    let inner = parents.iter().find(|id| graph.children(id).next().is_some());
    match inner {
        Some(id) if !splice => Err(CommandError::new(
            ErrorKind::Target,
            format!("revision {id} is no head: a new one after it makes a branch"),
        )
        .with_hint("agree to the branch with `--splice`")),
        _ => Ok(()),
    }
}

/// A label stays what it is, a prefix becomes the whole id.
fn dependency(graph: &RevisionGraph, name: &str) -> Result<String, CommandError> {
    if graph
        .iter()
        .any(|revision| revision.labels.iter().any(|label| label.as_str() == name))
    {
        return Ok(name.to_owned());
    }
    match graph.resolve(name, &Rows::default())?.as_slice() {
        [id] => Ok(id.to_string()),
        _ => Err(CommandError::new(
            ErrorKind::Target,
            format!("\"{name}\" is not one revision, so nothing can depend on it"),
        )),
    }
}

fn check_graph(graph: &RevisionGraph, new: &NewScript) -> Result<(), CommandError> {
    let mut revisions: Vec<Revision> = graph.iter().cloned().collect();
    let mut revision = Revision::new(new.id.clone(), "the new revision");
    revision.revises = new.revises.clone();
    revision.depends_on = new.depends_on.clone();
    revision.labels = new.labels.clone();
    revisions.push(revision);
    RevisionGraph::new(revisions)?;
    Ok(())
}

/// The refusal of a program that has no files.
pub(crate) fn built_in(what: &str) -> CommandError {
    let message = format!("the revisions of this program are built in, so {what}");
    CommandError::new(ErrorKind::Io, message)
        .with_hint("write the file where the program takes them from, and build it again")
}

/// The folder that was asked for, else the one of the parents, else the first.
fn folder(
    args: &NewScriptArgs,
    graph: &RevisionGraph,
    new: &NewScript,
    context: &Context<'_>,
) -> Result<PathBuf, CommandError> {
    let source = context.source()?;
    let locations = source.locations();
    let Some(first) = locations.first() else {
        return Err(built_in("no file can be added"));
    };
    if let Some(asked) = &args.version_path {
        let asked = context.path(asked);
        let inside = locations.iter().any(|location| asked.starts_with(location));
        return if inside {
            Ok(asked)
        } else {
            Err(CommandError::new(
                ErrorKind::Usage,
                format!(
                    "{} is none of the folders that revisions are read from",
                    asked.display()
                ),
            )
            .with_hint("add it to `version_locations` in limbeck.toml"))
        };
    }
    let parent = new.revises.iter().find_map(|id| graph.get(id));
    let beside = parent.map(|revision| Path::new(&revision.origin));
    let same = beside.and_then(|file| locations.iter().find(|location| file.starts_with(location)));
    Ok(same.unwrap_or(first).clone())
}
