//! The command line, as `cargo test` hands it on.

use std::ffi::OsString;

use libtest_mimic::Arguments;

/// Options whose value is a word of its own.
const WITH_VALUE: [&str; 5] = ["--color", "--format", "--logfile", "--skip", "--test-threads"];

/// Options, and the texts of which one must be in a check's name. The standard harness takes several of these and
/// libtest-mimic one, so they are taken out.
pub(crate) struct CommandLine {
    pub(crate) arguments: Arguments,
    filters: Vec<String>,
}

impl CommandLine {
    /// The one of this process.
    pub(crate) fn of_process() -> Self {
        let (options, filters) = split(std::env::args_os());
        Self {
            arguments: Arguments::from_iter(options),
            filters,
        }
    }

    /// Whether a check of this name is asked for.
    pub(crate) fn asks_for(&self, name: &str) -> bool {
        let is_meant = |filter: &String| match self.arguments.exact {
            true => name == filter,
            false => name.contains(filter.as_str()),
        };
        self.filters.is_empty() || self.filters.iter().any(is_meant)
    }
}

fn split(words: impl IntoIterator<Item = OsString>) -> (Vec<OsString>, Vec<String>) {
    let (mut options, mut filters) = (Vec::new(), Vec::new());
    let mut words = words.into_iter();
    options.extend(words.next());
    while let Some(word) = words.next() {
        match word.to_str() {
            Some(text) if !text.starts_with('-') => filters.push(text.to_owned()),
            Some(text) if WITH_VALUE.contains(&text) => {
                options.push(word);
                options.extend(words.next());
            }
            _ => options.push(word),
        }
    }
    (options, filters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_and_options_are_told_apart() {
        let line = "program one --skip two --exact --test-threads=3 four --nocapture";
        let (options, filters) = split(line.split(' ').map(OsString::from));
        assert_eq!(filters, ["one", "four"]);
        let expected = "program --skip two --exact --test-threads=3 --nocapture";
        assert_eq!(options, expected.split(' ').collect::<Vec<_>>());
    }
}
