//! A history that ends in several places.

use super::Finding;
use crate::graph::Revision;
use crate::graph::RevisionGraph;

/// The finding of a graph with more than one head. `against` is what the files of others are compared with, in the words of
/// the version control, where anything is.
///
/// ```
/// use limbeck_core::engine::several_heads;
/// use limbeck_core::graph::{Revision, RevisionGraph, RevisionId};
///
/// let revision = |id| RevisionId::new(id).map(|id| Revision::new(id, "a.sql"));
/// let graph = RevisionGraph::new(vec![revision("a1")?, revision("b2")?])?;
/// assert_eq!(several_heads(&graph, None).map(|finding| finding.kind).as_deref(), Some("heads"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn several_heads(graph: &RevisionGraph, against: Option<&str>) -> Option<Finding> {
    let heads: Vec<&Revision> = graph.heads().collect();
    if heads.len() < 2 {
        return None;
    }
    let named: Vec<String> = heads
        .iter()
        .map(|head| format!("{} ({})", head.id, head.origin))
        .collect();
    let message = format!("there are {} heads: {}", heads.len(), named.join(", "));
    let against = against.map(|reference| format!(" --against {reference}"));
    Some(Finding {
        hints: vec![
            format!(
                "put the new one on top of the other: `limbeck rebase{}`",
                against.unwrap_or_default()
            ),
            "or join them by a revision: `limbeck merge`".to_owned(),
        ],
        ..Finding::new("heads", message)
    })
}
