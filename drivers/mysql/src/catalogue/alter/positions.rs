//! Which columns move.

use std::collections::BTreeSet;

/// The names that must move so that `from` is in the order of `to`: the fewest. Both have the same names.
pub(super) fn moved<'a>(from: &[&'a str], to: &[&'a str]) -> BTreeSet<&'a str> {
    let mut stays: Vec<Run<'_>> = Vec::with_capacity(to.len());
    for name in to {
        let Some(position) = from.iter().position(|other| other == name) else {
            continue;
        };
        let before = stays
            .iter()
            .enumerate()
            .filter(|(_, run)| run.position < position)
            .max_by_key(|(_, run)| run.length);
        let run = Run {
            name,
            position,
            length: before.map_or(1, |(_, run)| run.length.saturating_add(1)),
            before: before.map(|(index, _)| index),
        };
        stays.push(run);
    }
    let mut moved: BTreeSet<&str> = to.iter().copied().collect();
    let longest = stays.iter().max_by_key(|run| run.length);
    let mut next = longest;
    while let Some(run) = next {
        moved.remove(run.name);
        next = run.before.and_then(|index| stays.get(index));
    }
    moved
}

/// The longest run of names that stand in both orders one after the other, up to this one.
struct Run<'a> {
    name: &'a str,
    position: usize,
    length: usize,
    before: Option<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fewest_move() {
        assert_eq!(moved(&["a", "b", "c"], &["a", "b", "c"]), BTreeSet::new());
        assert_eq!(moved(&["a", "b", "c"], &["c", "a", "b"]), BTreeSet::from(["c"]));
        assert_eq!(
            moved(&["a", "b", "c", "d"], &["b", "a", "c", "d"]).len(),
            1,
            "one of the two that changed places"
        );
        assert_eq!(moved(&[], &[]), BTreeSet::new());
    }
}
