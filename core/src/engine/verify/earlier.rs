//! What has become of the revisions that others have already.

use std::collections::HashSet;
use std::sync::Arc;

use super::Finding;
use crate::dialect::Dialect;
use crate::driver::Driver;
use crate::graph::Direction;
use crate::graph::RevisionGraph;
use crate::graph::RevisionId;
use crate::graph::Rows;
use crate::script::DirectiveWord;
use crate::script::Script;
use crate::script::ScriptSet;

/// The revisions of an earlier state of the files, each of which counts as applied somewhere.
///
/// ```
/// use limbeck_core::engine::Earlier;
/// use limbeck_core::script::{MemorySource, ScriptSet};
///
/// let file = |id: &str, revises: &str| {
///     let text = format!("-- limbeck:revision {id}\n{revises}-- limbeck:upgrade\n");
///     (format!("{id}.sql"), text)
/// };
/// let then = ScriptSet::load(&MemorySource::new([file("a1", ""), file("b2", "-- limbeck:revises a1\n")]))?;
/// let now = ScriptSet::load(&MemorySource::new([file("a1", "")]))?;
/// let findings = Earlier::new("origin/main", then).compare(&now, &[]);
/// assert_eq!(findings[0].kind, "removed");
/// # Ok::<(), limbeck_core::script::LoadErrors>(())
/// ```
#[derive(Debug)]
pub struct Earlier {
    name: String,
    scripts: ScriptSet,
    parting: Option<ScriptSet>,
}

impl Earlier {
    /// The revisions of a state that people call by this name.
    pub fn new(name: impl Into<String>, scripts: ScriptSet) -> Self {
        Self {
            name: name.into(),
            scripts,
            parting: None,
        }
    }

    /// The same, knowing what both had where that state and the present one parted: what was changed over there since
    /// is then no change of these files.
    pub fn with_parting(self, scripts: ScriptSet) -> Self {
        Self {
            parting: Some(scripts),
            ..self
        }
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its scripts.
    pub fn scripts(&self) -> &ScriptSet {
        &self.scripts
    }

    /// What `present` has done to these revisions: taken one away, edited what one of these dialects runs, moved one, or
    /// put a new one below it.
    pub fn compare(
        &self,
        present: &ScriptSet,
        dialects: &[(Arc<dyn Driver>, &'static dyn Dialect)],
    ) -> Vec<Finding> {
        let comparison = Comparison {
            earlier: self,
            present,
            dialects,
        };
        let mut findings: Vec<Finding> = self
            .scripts
            .iter()
            .filter_map(|then| comparison.script(then))
            .collect();
        findings.extend(comparison.inserted());
        findings
    }
}

struct Comparison<'a> {
    earlier: &'a Earlier,
    present: &'a ScriptSet,
    dialects: &'a [(Arc<dyn Driver>, &'static dyn Dialect)],
}

impl Comparison<'_> {
    fn script(&self, then: &Script) -> Option<Finding> {
        let name = &self.earlier.name;
        let id = then.revision();
        let parting = self.earlier.parting.as_ref();
        let parting_has = parting.and_then(|scripts| scripts.script(id));
        let Some(now) = self.present.script(id) else {
            return Some(match (parting, parting_has) {
                (Some(_), None) => self.behind(id, "is not here yet"),
                _ => removed(id, name, then),
            });
        };
        let fault = if self.is_edited(then, now) {
            Fault::Edited
        } else if self.is_moved(then, now) {
            Fault::Moved
        } else {
            return None;
        };
        let untouched = |parting: &Arc<Script>| match fault {
            Fault::Edited => !self.is_edited(parting, now),
            Fault::Moved => declared(parting) == declared(now),
        };
        if parting_has.is_some_and(untouched) {
            return Some(self.behind(id, "was changed there since"));
        }
        Some(match fault {
            Fault::Edited => edited(name, now),
            Fault::Moved => moved(name, then, now),
        })
    }

    fn behind(&self, id: &RevisionId, what: &str) -> Finding {
        let name = &self.earlier.name;
        Finding {
            hints: vec![format!(
                "merge {name} first; where that makes two heads, `limbeck rebase` puts the new revisions on top"
            )],
            ..Finding::new("behind", format!("revision {id} of {name} {what}"))
        }
    }

    /// Whether one of the dialects runs something else in an upgrade.
    fn is_edited(&self, then: &Script, now: &Script) -> bool {
        then.is_rust() != now.is_rust()
            || self.dialects.iter().any(|(driver, dialect)| {
                let sum = |script: &Script| {
                    let rules = dialect.lexical_rules();
                    script.checksum(Direction::Upgrade, driver.name(), dialect.name(), rules)
                };
                match (sum(then), sum(now)) {
                    (Ok(then), Ok(now)) => then != now,
                    // What no lexer can cut has never run anywhere.
                    (Err(_), _) => false,
                    (Ok(_), Err(_)) => true,
                }
            })
    }

    /// Whether the revision has other parents, and not because of a new one below it, which is told of by itself.
    fn is_moved(&self, then: &Script, now: &Script) -> bool {
        let graph = self.present.graph();
        let mut needs = graph
            .revises(now.revision())
            .chain(graph.depends_on(now.revision()));
        declared(then) != declared(now) && needs.all(|parent| self.had(&parent.id))
    }

    fn had(&self, id: &RevisionId) -> bool {
        self.earlier.scripts.script(id).is_some()
    }

    /// The new revisions below earlier ones.
    fn inserted(&self) -> impl Iterator<Item = Finding> {
        let graph = self.present.graph();
        let earlier: HashSet<&RevisionId> = graph
            .iter()
            .map(|revision| &revision.id)
            .filter(|id| self.had(id))
            .collect();
        let rows: Rows = earlier.iter().map(|id| id.to_string()).collect();
        let below = graph.applied(&rows);
        graph
            .iter()
            .map(|revision| &revision.id)
            .filter(move |id| below.contains(*id) && !earlier.contains(*id))
            .filter_map(|id| self.present.script(id))
            .map(|script| self.inserted_one(script))
    }

    fn inserted_one(&self, script: &Script) -> Finding {
        let (id, name) = (script.revision(), &self.earlier.name);
        let above = nearest_above(self.present.graph(), id, |id| self.had(id));
        let message = format!("revision {id} is new and lies below {above}, which {name} has");
        Finding {
            hints: vec![put_on_top(id)],
            ..Finding::in_header(script, DirectiveWord::Revision, "inserted", message)
        }
    }
}

enum Fault {
    Edited,
    Moved,
}

fn removed(id: &RevisionId, name: &str, then: &Script) -> Finding {
    let message = format!(
        "revision {id} is gone, which {name} has in {}",
        then.file().name()
    );
    Finding {
        hints: vec![
            "put its file back: a database to which it is applied needs it".to_owned(),
            "to take back what it does, write a new revision".to_owned(),
        ],
        ..Finding::new("removed", message)
    }
}

fn edited(name: &str, now: &Script) -> Finding {
    let message = format!(
        "the upgrade of revision {} is not the one of {name}",
        now.revision()
    );
    Finding {
        hints: vec![
            "put it back as it was, and write the change as a new revision: a database to which it is applied refuses it"
                .to_owned(),
        ],
        ..Finding::in_header(now, DirectiveWord::Revision, "edited", message)
    }
}

fn moved(name: &str, then: &Script, now: &Script) -> Finding {
    let message = format!(
        "revision {} {}, and in {name} it {}",
        now.revision(),
        stands(now),
        stands(then)
    );
    let word = match now.header_line(DirectiveWord::Revises) {
        Some(_) => DirectiveWord::Revises,
        None => DirectiveWord::Revision,
    };
    Finding {
        hints: vec!["put its header back as it was: what is applied stays where it is".to_owned()],
        ..Finding::in_header(now, word, "moved", message)
    }
}

/// What a header says of the revisions below.
fn stands(script: &Script) -> String {
    let node = script.node();
    let revises: Vec<&str> = node.revises.iter().map(RevisionId::as_str).collect();
    let mut text = match revises.as_slice() {
        [] => "revises nothing".to_owned(),
        some => format!("revises {}", some.join(" and ")),
    };
    if !node.depends_on.is_empty() {
        text.push_str(&format!(" and depends on {}", node.depends_on.join(" and ")));
    }
    text
}

/// The revisions and labels below, in no order.
fn declared(script: &Script) -> (HashSet<&str>, HashSet<&str>) {
    let node = script.node();
    (
        node.revises.iter().map(RevisionId::as_str).collect(),
        node.depends_on.iter().map(String::as_str).collect(),
    )
}

/// The nearest revision above that is one of some.
pub(super) fn nearest_above(
    graph: &RevisionGraph,
    id: &RevisionId,
    is_one: impl Fn(&RevisionId) -> bool,
) -> RevisionId {
    let mut seen = HashSet::new();
    let mut level = vec![id];
    while !level.is_empty() {
        let next: Vec<&RevisionId> = level
            .iter()
            .flat_map(|id| graph.needed_by(id))
            .map(|revision| &revision.id)
            .filter(|id| seen.insert(*id))
            .collect();
        if let Some(found) = next.iter().find(|id| is_one(id)) {
            return (*found).clone();
        }
        level = next;
    }
    id.clone()
}

/// What to do with a revision below those that are applied.
pub(super) fn put_on_top(id: &RevisionId) -> String {
    format!("put it on top, where it will run: `limbeck rebase {id}`")
}
