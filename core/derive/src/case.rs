//! Names in another case.

/// `RepositoryTag` as `repository_tag`.
pub(crate) fn snake(name: &str) -> String {
    words(name).join("_")
}

/// The cases of `rename_all`.
pub(crate) const CASES: [&str; 6] = [
    "lowercase",
    "UPPERCASE",
    "camelCase",
    "snake_case",
    "SCREAMING_SNAKE_CASE",
    "kebab-case",
];

/// A name in one of the [cases](CASES).
pub(crate) fn in_case(name: &str, case: &str) -> Option<String> {
    Some(match case {
        "lowercase" => name.to_lowercase(),
        "UPPERCASE" => name.to_uppercase(),
        "camelCase" => {
            let mut letters = name.chars();
            let first = letters.next().map(|first| first.to_lowercase().to_string());
            first.unwrap_or_default() + letters.as_str()
        }
        "snake_case" => snake(name),
        "SCREAMING_SNAKE_CASE" => snake(name).to_uppercase(),
        "kebab-case" => words(name).join("-"),
        _ => return None,
    })
}

/// The words of a name in camel case, in small letters. A row of capitals is one word: `HTTPServer` has two.
fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut before: Option<char> = None;
    for (index, letter) in letters.iter().enumerate() {
        let next_is_small = letters.get(index + 1).is_some_and(|next| next.is_lowercase());
        let begins = match before {
            None | Some('_') => true,
            Some(before) => letter.is_uppercase() && (!before.is_uppercase() || next_is_small),
        };
        before = Some(*letter);
        if *letter == '_' {
            continue;
        }
        let small = letter.to_lowercase();
        match words.last_mut() {
            Some(word) if !begins => word.extend(small),
            _ => words.push(small.collect()),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_with_capitals() {
        for (name, expected) in [
            ("User", "user"),
            ("RepositoryTag", "repository_tag"),
            ("LogEntry2", "log_entry2"),
            ("HTTPServer", "http_server"),
            ("OAuth", "o_auth"),
            ("Already_There", "already_there"),
        ] {
            assert_eq!(snake(name), expected);
        }
    }

    #[test]
    fn every_case_is_written() {
        let written: Vec<_> = CASES.iter().map(|case| in_case("ReadOnly", case)).collect();
        let expected = [
            "readonly",
            "READONLY",
            "readOnly",
            "read_only",
            "READ_ONLY",
            "read-only",
        ];
        assert_eq!(written, expected.map(|text| Some(text.to_owned())));
        assert_eq!(in_case("ReadOnly", "Title Case"), None);
    }
}
