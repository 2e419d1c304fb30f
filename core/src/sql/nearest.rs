//! The word that somebody probably meant.

/// The candidate that is nearest to `word`, when one is near enough to be a slip of the keyboard: at most a third of
/// its characters (but one of a short word) differ, two swapped neighbours count as one, and case does not count.
///
/// ```
/// use limbeck_core::sql::nearest;
///
/// assert_eq!(nearest("acount", ["team", "account"]), Some("account"));
/// assert_eq!(nearest("planet", ["team", "account"]), None);
/// ```
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    near(word, candidates).first().copied()
}

/// Up to three different candidates that are near enough in the sense of [`nearest`], nearest first, ties in the order given.
pub fn near<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let word: Vec<char> = word.to_lowercase().chars().collect();
    let mut found: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter_map(|candidate| {
            let other: Vec<char> = candidate.to_lowercase().chars().collect();
            let longer = word.len().max(other.len());
            let limit = (longer / 3).max(1);
            if word.len().abs_diff(other.len()) > limit {
                return None;
            }
            let distance = distance(&word, &other);
            (distance <= limit && distance < longer).then_some((distance, candidate))
        })
        .collect();
    found.sort_by_key(|(distance, _)| *distance);
    let mut nearest = Vec::new();
    for (_, candidate) in found {
        if nearest.len() < 3 && !nearest.contains(&candidate) {
            nearest.push(candidate);
        }
    }
    nearest
}

/// Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other.
fn distance(from: &[char], to: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).collect();
    let mut previous = None;
    for (row, &a) in from.iter().enumerate() {
        let mut current = Vec::with_capacity(last.len());
        current.push(row + 1);
        let mut left = row + 1;
        let mut previous_of_to = None;
        for (column, &b) in to.iter().enumerate() {
            let at = |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX - 1);
            let mut best = (at(&last, column) + usize::from(a != b))
                .min(at(&last, column + 1) + 1)
                .min(left + 1);
            if column > 0 && previous == Some(b) && previous_of_to == Some(a) {
                best = best.min(at(&before_last, column - 1) + 1);
            }
            current.push(best);
            left = best;
            previous_of_to = Some(b);
        }
        previous = Some(a);
        before_last = std::mem::replace(&mut last, current);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_wins() {
        for (word, expected) in [
            ("haed", Some("head")),
            ("HEAD", Some("head")),
            ("heads", Some("heads")),
            ("id", None),
            ("", None),
            ("current_", Some("current")),
            ("accountname", None),
        ] {
            assert_eq!(
                nearest(word, ["head", "heads", "current", "name"]),
                expected,
                "{word}"
            );
        }
    }

    #[test]
    fn several_near_words_come_nearest_first() {
        assert_eq!(
            near("acount", ["amount", "team", "account", "amount", "count"]),
            ["amount", "account", "count"]
        );
    }

    #[test]
    fn one_wrong_letter_of_a_short_word_is_near() {
        assert_eq!(nearest("ix", ["id"]), Some("id"));
    }

    #[test]
    fn distances_are_the_known_ones() {
        let distance =
            |a: &str, b: &str| distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abcd", "abdc"), 1);
    }
}
