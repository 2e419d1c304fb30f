//! Revisions, their graph, revision expressions and plans.
//!
//! A [`RevisionGraph`] is built once from all [`Revision`]s of a history; every fault of it is found then, at once.
//! It has two sets of edges: *revises* (the parents) and *all* (revises and `depends_on`). The [`Rows`] of the version
//! table are by definition the maximal elements, over all edges, of what is applied.
//!
//! ```
//! use limbeck_core::graph::{Revision, RevisionGraph, RevisionId};
//!
//! let first = Revision::new(RevisionId::new("a1")?, "a1_first.sql");
//! let mut second = Revision::new(RevisionId::new("b2")?, "b2_second.sql");
//! second.revises = vec![first.id.clone()];
//!
//! let graph = RevisionGraph::new(vec![first, second])?;
//! let heads: Vec<&str> = graph.heads().map(|revision| revision.id.as_str()).collect();
//! assert_eq!(heads, ["b2"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod applied;
mod branch_roots;
mod build;
mod cycle;
mod declared_edges;
mod direction;
mod downgrade;
mod error;
mod expression;
mod faults;
mod id;
mod index;
pub mod lanes;
mod order;
mod plan;
mod range;
mod reach;
mod rebase;
mod reduce;
mod resolve;
mod revision;
mod revision_graph;
mod rows;
mod stamp;
mod steps;
mod upgrade;
mod walk;

pub use direction::Direction;
pub use error::GraphError;
pub use expression::Expression;
pub use expression::Offset;
pub use expression::Point;
pub use expression::Symbol;
pub use expression::SyntaxError;
pub use expression::SyntaxReason;
pub use expression::Target;
pub use faults::CycleKind;
pub use faults::Declared;
pub use faults::GraphFault;
pub use faults::GraphFaults;
pub use id::IdError;
pub use id::Label;
pub use id::RevisionId;
pub use plan::Plan;
pub use plan::RowChange;
pub use plan::Step;
pub use rebase::Rebase;
pub use rebase::RebaseError;
pub use rebase::Reparented;
pub use revision::Revision;
pub use revision_graph::RevisionGraph;
pub use rows::Rows;
pub use upgrade::Ahead;
