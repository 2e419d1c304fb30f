//! Cycles: strongly connected parts, and a path through each.

use std::collections::VecDeque;

use super::index::Edges;
use super::index::PerRevision;
use super::index::Position;
use super::index::Set;

/// One shortest cycle through the first revision of each part of the graph whose revisions all reach each other.
///
/// Revisions in `without` are left out.
pub(crate) fn cycles(edges: &Edges, without: &Set) -> Vec<Vec<Position>> {
    let parts = connected_parts(edges, without);
    let mut part_of = PerRevision::filled(edges.len(), None);
    for (number, part) in parts.iter().enumerate() {
        for &member in part {
            part_of[member] = Some(number);
        }
    }
    let mut came_from = PerRevision::filled(edges.len(), None);
    let mut cycles: Vec<Vec<Position>> = parts
        .iter()
        .filter_map(|part| shortest_cycle(edges, &part_of, &mut came_from, *part.iter().min()?))
        .collect();
    cycles.sort();
    cycles
}

/// Tarjan's algorithm, without recursion: the parts that have more than one revision or an edge to itself.
fn connected_parts(edges: &Edges, without: &Set) -> Vec<Vec<Position>> {
    const UNSEEN: usize = usize::MAX;
    let mut low = PerRevision::filled(edges.len(), UNSEEN);
    let mut number = PerRevision::filled(edges.len(), UNSEEN);
    let mut open = Set::none(edges.len());
    let mut pending: Vec<Position> = Vec::new();
    let mut parts = Vec::new();
    let mut next_number = 0;

    for root in number.positions() {
        if number[root] != UNSEEN || without.contains(root) {
            continue;
        }
        let mut path = vec![(root, 0)];
        while let Some((position, next_edge)) = path.pop() {
            if next_edge == 0 {
                number[position] = next_number;
                low[position] = next_number;
                next_number += 1;
                pending.push(position);
                open.insert(position);
            }
            if let Some(&target) = edges.of(position).get(next_edge) {
                path.push((position, next_edge + 1));
                if without.contains(target) {
                    continue;
                }
                if number[target] == UNSEEN {
                    path.push((target, 0));
                } else if open.contains(target) {
                    low[position] = low[position].min(number[target]);
                }
                continue;
            }
            if let Some(&(parent, _)) = path.last() {
                low[parent] = low[parent].min(low[position]);
            }
            if low[position] == number[position] {
                let start = pending
                    .iter()
                    .rposition(|&member| member == position)
                    .unwrap_or_default();
                let part = pending.split_off(start);
                for &member in &part {
                    open[member] = false;
                }
                if part.len() > 1 || edges.of(position).contains(&position) {
                    parts.push(part);
                }
            }
        }
    }
    parts
}

/// Breadth first from `first`, within its part.
fn shortest_cycle(
    edges: &Edges,
    part_of: &PerRevision<Option<usize>>,
    came_from: &mut PerRevision<Option<Position>>,
    first: Position,
) -> Option<Vec<Position>> {
    let mut queue = VecDeque::from([first]);
    while let Some(position) = queue.pop_front() {
        for &target in edges.of(position) {
            if target == first {
                let mut path = vec![position];
                let mut step = position;
                while let Some(previous) = came_from[step] {
                    path.push(previous);
                    step = previous;
                }
                path.reverse();
                return Some(path);
            }
            if part_of[target] == part_of[first] && came_from[target].is_none() {
                came_from[target] = Some(position);
                queue.push_back(target);
            }
        }
    }
    None
}
