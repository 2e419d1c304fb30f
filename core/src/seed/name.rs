//! The names of seeds.

use std::fmt;

use super::SeedError;

/// The name of a seed: the path of its file in the folder of seeds, `/` between its parts. The journal has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SeedName(String);

/// What comes first: what begins with a smaller number, then what has none; of the same number, the smaller name.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank<'a>(bool, u64, &'a str);

impl SeedName {
    /// The longest name that the journal holds, in characters.
    pub const MAX_LENGTH: usize = 255;

    /// A name.
    ///
    /// # Errors
    /// It is empty, or too long for the journal.
    pub fn new(text: impl Into<String>) -> Result<Self, SeedError> {
        let text = text.into();
        if text.is_empty() || text.chars().count() > Self::MAX_LENGTH {
            return Err(SeedError::Name { name: text });
        }
        Ok(Self(text))
    }

    /// The whole name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name without the folder of its environment.
    fn file(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// What it is about: the name without folder, number and endings.
    ///
    /// ```
    /// use limbeck_core::seed::SeedName;
    ///
    /// assert_eq!(SeedName::new("dev/010_role.csv")?.word(), "role");
    /// assert_eq!(SeedName::new("020-Odd Name.part2.jsonl")?.word(), "Odd Name");
    /// # Ok::<(), limbeck_core::seed::SeedError>(())
    /// ```
    pub fn word(&self) -> &str {
        without_number(stem(self.file()))
    }

    /// Whether a person who writes `text` may mean it: its name, or that without folder, endings or number.
    ///
    /// ```
    /// use limbeck_core::seed::SeedName;
    ///
    /// let name = SeedName::new("dev/010_role.csv")?;
    /// for text in ["dev/010_role.csv", "dev/010_role", "010_role.csv", "010_role", "role"] {
    ///     assert!(name.is_meant_by(text), "{text}");
    /// }
    /// assert!(!name.is_meant_by("dev"));
    /// # Ok::<(), limbeck_core::seed::SeedError>(())
    /// ```
    pub fn is_meant_by(&self, text: &str) -> bool {
        let file = self.file();
        let folder = self.0.strip_suffix(file).unwrap_or_default();
        let rest = text.strip_prefix(folder).unwrap_or(text);
        [text, rest].contains(&file) || [stem(file), self.word()].contains(&rest) || text == self.0
    }

    /// Where it stands among others.
    pub(super) fn rank(&self) -> Rank<'_> {
        let file = self.file();
        let digits = file.len() - file.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number = file.get(..digits).and_then(|digits| digits.parse().ok());
        Rank(number.is_none(), number.unwrap_or_default(), file)
    }
}

impl fmt::Display for SeedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What stands before the first dot.
fn stem(file: &str) -> &str {
    file.split_once('.').map_or(file, |(stem, _)| stem)
}

/// What stands behind the number and its separator. A name that is a number alone stays one.
fn without_number(stem: &str) -> &str {
    let rest = stem.trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.strip_prefix(['_', '-', ' ']) {
        Some(word) if rest.len() < stem.len() && !word.is_empty() => word,
        _ => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_as_numbers_and_what_has_none_comes_last() {
        let mut names = ["b", "10_a", "a", "9_z", "010_A", "2_b"].map(|name| SeedName::new(name).unwrap());
        names.sort_by(|a, b| a.rank().cmp(&b.rank()));
        let names: Vec<&str> = names.iter().map(SeedName::as_str).collect();
        assert_eq!(names, ["2_b", "9_z", "010_A", "10_a", "a", "b"]);
    }

    #[test]
    fn a_word_is_what_a_table_may_be_called() {
        let word = |name: &str| SeedName::new(name).unwrap().word().to_owned();
        assert_eq!(word("role.csv"), "role");
        assert_eq!(word("2026_07_role.csv"), "07_role");
        assert_eq!(word("2fa.csv"), "2fa");
        assert_eq!(word("010.csv"), "010");
        assert!(SeedName::new("").is_err());
        assert!(SeedName::new("x".repeat(256)).is_err());
    }
}
