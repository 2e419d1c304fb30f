//! What the first `cargo xtask migrate` of a fresh clone has to build.

use std::io;

use crate::cargo;

/// Crates that cost the first build more than they give it.
const HEAVY: [&str; 7] = [
    "criterion",
    "mysql_async",
    "proptest",
    "regex",
    "rustls",
    "testcontainers",
    "tokio-postgres",
];

pub(crate) fn findings() -> io::Result<Vec<String>> {
    let arguments = [
        "tree",
        "--package",
        "xtask",
        "--edges",
        "normal",
        "--prefix",
        "none",
    ];
    Ok(check(&cargo::output(&mut cargo::cargo(&arguments))?))
}

fn check(tree: &str) -> Vec<String> {
    let crates: Vec<&str> = tree
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    HEAVY
        .iter()
        .filter(|heavy| crates.contains(heavy))
        .map(|heavy| format!("xtask depends on {heavy}, which every first build would wait for; `cargo tree -p xtask -i {heavy}` shows how"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn heavy_crates_are_found_by_their_whole_names() {
        assert!(check("xtask v0.1.0 (/x)\nregex-syntax v0.8.5\nserde v1.0.0\n").is_empty());
        assert_eq!(check("xtask v0.1.0 (/x)\nregex v1.11.0 (*)\n").len(), 1);
    }
}
