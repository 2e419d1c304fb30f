//! What comes before what.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::Catalogue;
use super::ObjectId;

/// Nodes in an order in which each comes after those that it must wait for; of several that may come, the smallest. Where
/// some wait for each other, the smallest of those comes.
pub(super) fn in_order<T: Ord + Clone>(waits: BTreeMap<T, BTreeSet<T>>) -> Vec<T> {
    let mut waiting: BTreeMap<T, usize> = BTreeMap::new();
    let mut followers: BTreeMap<&T, Vec<&T>> = BTreeMap::new();
    for (node, before) in &waits {
        let before = before
            .iter()
            .filter(|other| *other != node && waits.contains_key(other));
        let mut count = 0;
        for other in before {
            followers.entry(other).or_default().push(node);
            count += 1;
        }
        waiting.insert(node.clone(), count);
    }
    let mut ready: BTreeSet<T> = waiting
        .iter()
        .filter(|(_, count)| **count == 0)
        .map(|(node, _)| node.clone())
        .collect();
    let mut ordered = Vec::with_capacity(waits.len());
    while let Some(node) = ready.pop_first().or_else(|| waiting.keys().next().cloned()) {
        waiting.remove(&node);
        for follower in followers.get(&node).into_iter().flatten() {
            if let Some(count) = waiting.get_mut(*follower) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    ready.insert((*follower).clone());
                }
            }
        }
        ordered.push(node);
    }
    ordered
}

/// The order in which the objects of a catalogue are made.
pub(super) fn creation(catalogue: &Catalogue) -> Vec<ObjectId> {
    let needs = catalogue.objects().map(|object| {
        let before = object.prerequisites().cloned();
        (object.id.clone(), before.collect())
    });
    in_order(needs.collect())
}
