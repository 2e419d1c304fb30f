//! The core names no database.

use std::io;

use super::core_source;

const DATABASES: [&str; 4] = ["sqlite", "postgres", "mysql", "mariadb"];

pub(crate) fn findings() -> io::Result<Vec<String>> {
    let files = core_source::files()?;
    let findings = files.iter().flat_map(|file| {
        file.lines.iter().filter_map(|(number, line)| {
            let word = named(line)?;
            Some(format!(
                "{}:{number}: the core names no database: {word}",
                file.path
            ))
        })
    });
    Ok(findings.collect())
}

fn named(line: &str) -> Option<&'static str> {
    let line = line.to_ascii_lowercase();
    DATABASES.into_iter().find(|word| line.contains(word))
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_database_is_found_in_any_case() {
        assert_eq!(named("if driver == \"SQLite\" {"), Some("sqlite"));
        assert_eq!(named("let dialect = server.dialect;"), None);
    }
}
