//! All scripts of a project.

use std::collections::HashMap;
use std::sync::Arc;

use super::DirectiveWord;
use super::LoadError;
use super::LoadErrors;
use super::Script;
use super::ScriptError;
use super::ScriptFault;
use super::ScriptSource;
use super::in_shares;
use crate::graph::CycleKind;
use crate::graph::GraphFault;
use crate::graph::RevisionGraph;
use crate::graph::RevisionId;
use crate::schema::DriverWords;
use crate::sql::Place;
use crate::sql::SourceFile;
use crate::sql::Span;

/// All scripts of a project, and the graph they make.
#[derive(Debug)]
pub struct ScriptSet {
    /// In load order, as the revisions of the graph are.
    scripts: Vec<Arc<Script>>,
    graph: RevisionGraph,
    drivers: DriverWords,
}

impl ScriptSet {
    /// Reads all files of a source. Only their lines are looked at, not the SQL in them.
    ///
    /// # Errors
    /// Everything that is wrong with any file and with the graph, at once.
    pub fn load(source: &dyn ScriptSource) -> Result<Self, LoadErrors> {
        Self::load_knowing(source, DriverWords::default())
    }

    /// The same by a program that knows these drivers and dialects: a section for one that is nearly among them is a
    /// fault.
    ///
    /// # Errors
    /// Everything that is wrong with any file and with the graph, at once.
    pub fn load_knowing(source: &dyn ScriptSource, drivers: DriverWords) -> Result<Self, LoadErrors> {
        let mut scripts = Vec::new();
        let mut errors: Vec<LoadError> = Vec::new();
        let mut nameless = Vec::new();
        let files = source.files();
        let parsed = in_shares(&files, |share| {
            let parse = |file| parse(file, source, &drivers);
            share.iter().map(parse).collect()
        });
        for (script, faults) in parsed {
            if script.is_none() {
                nameless.extend(faults.first().map(|fault| fault.file().to_owned()));
            }
            scripts.extend(script);
            errors.extend(faults.into_iter().map(LoadError::from));
        }
        let nodes = scripts.iter().map(|script| script.shared_node()).collect();
        let graph = RevisionGraph::of_shared(nodes);
        if let Err(faults) = &graph {
            let by_name: HashMap<&str, &Script> = scripts
                .iter()
                .map(|script| (script.file().name(), &**script))
                .collect();
            let new = faults.iter().filter(|fault| !follows(fault, &nameless));
            errors.extend(new.map(|fault| located(fault, &by_name)));
        }
        match graph {
            Ok(graph) if errors.is_empty() => Ok(Self {
                scripts,
                graph,
                drivers,
            }),
            _ => Err(LoadErrors(errors)),
        }
    }

    /// The graph.
    pub fn graph(&self) -> &RevisionGraph {
        &self.graph
    }

    /// The drivers and dialects that were known when the scripts were loaded.
    pub fn driver_words(&self) -> &DriverWords {
        &self.drivers
    }

    /// The words of sections that name no known driver. One of a driver that another program has is right.
    pub fn unknown_drivers(&self) -> Vec<ScriptError> {
        let scripts = self.scripts.iter();
        scripts
            .flat_map(|script| unknown_drivers(script, &self.drivers))
            .collect()
    }

    /// The script of a revision.
    pub fn script(&self, revision: &RevisionId) -> Option<&Arc<Script>> {
        let position = self.graph.position(revision)?;
        self.scripts.get(position.index())
    }

    /// All scripts in load order.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Script>> {
        self.scripts.iter()
    }
}

/// The script of a file, as far as it can be read, and all that is wrong with it.
fn parse(
    file: &Result<Arc<SourceFile>, ScriptError>,
    source: &dyn ScriptSource,
    drivers: &DriverWords,
) -> (Option<Arc<Script>>, Vec<ScriptError>) {
    let (mut script, mut faults) = match file {
        Ok(file) => Script::parse_leniently(Arc::clone(file)),
        Err(error) => (None, vec![error.clone()]),
    };
    if let Some(script) = &mut script {
        faults.extend(script.find_data_files(source));
        faults.extend(unknown_drivers(script, drivers).into_iter().filter(is_misspelt));
    }
    (script.map(Arc::new), faults)
}

fn unknown_drivers(script: &Script, known: &DriverWords) -> Vec<ScriptError> {
    let text = script.file().text();
    let sections = script.sections().iter();
    sections
        .flat_map(|section| section.unknown_drivers(text, known))
        .map(|(span, unknown)| ScriptError::at(script.file(), span, unknown.into()))
        .collect()
}

fn is_misspelt(error: &ScriptError) -> bool {
    matches!(error.fault(), ScriptFault::UnknownDriver(unknown) if unknown.is_misspelt())
}

/// Whether a fault only follows from a file whose id could not be read: it is missing because that file is broken.
fn follows(fault: &GraphFault, nameless: &[String]) -> bool {
    let missing = match fault {
        GraphFault::MissingParent { parent, .. } => parent.as_str(),
        GraphFault::MissingDependency { dependency, .. } => dependency,
        _ => return false,
    };
    nameless.iter().any(|file| file.contains(missing))
}

fn located(fault: &GraphFault, scripts: &HashMap<&str, &Script>) -> LoadError {
    let (word, name) = match fault {
        GraphFault::DuplicateId { id, .. } => (DirectiveWord::Revision, id.as_str()),
        GraphFault::MissingParent { parent, .. } => (DirectiveWord::Revises, parent.as_str()),
        GraphFault::MissingDependency { dependency, .. } => (DirectiveWord::DependsOn, dependency.as_str()),
        GraphFault::DuplicateLabel { label, .. } | GraphFault::LabelIsId { label, .. } => {
            (DirectiveWord::Labels, label.as_str())
        }
        GraphFault::Cycle {
            kind: CycleKind::Dependency,
            ..
        } => (DirectiveWord::DependsOn, ""),
        _ => (DirectiveWord::Revises, ""),
    };
    let origin = fault.origins().first().copied().unwrap_or_default();
    let place = scripts.get(origin).and_then(|script| {
        let line = script
            .header_line(word)
            .or_else(|| script.header_line(DirectiveWord::Revises))?;
        let text = line.slice(script.file().text());
        let span = match text.rfind(name) {
            Some(at) if !name.is_empty() => Span::new(line.start + at, line.start + at + name.len()),
            _ => line,
        };
        Some(Place::new(Arc::clone(script.file()), span))
    });
    LoadError {
        kind: fault.kind(),
        file: origin.to_owned(),
        line: place.as_ref().map(|place| place.line_column().line),
        message: fault.to_string(),
        hint: fault.hint(),
        place,
    }
}
