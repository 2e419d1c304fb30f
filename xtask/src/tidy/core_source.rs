//! The code of the core, without comments and without tests.

use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

use crate::cargo;

/// A file of the core.
pub(crate) struct SourceFile {
    /// Its path from the workspace's folder, with slashes.
    pub(crate) path: String,
    /// The module of the core that it belongs to; none for `lib.rs`.
    pub(crate) module: Option<String>,
    /// Its lines of code, with their numbers.
    pub(crate) lines: Vec<(usize, String)>,
}

/// All files of the core but those that only tests see.
pub(crate) fn files() -> io::Result<Vec<SourceFile>> {
    let root = cargo::workspace().join("core").join("src");
    let mut paths = Vec::new();
    collect(&root, &root.join("lib.rs"), &mut paths)?;
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let inside = path.strip_prefix(&root).unwrap_or(path);
            Ok(SourceFile {
                path: format!("core/src/{}", inside.to_string_lossy().replace('\\', "/")),
                module: module(inside),
                lines: code(&fs::read_to_string(path)?),
            })
        })
        .collect()
}

/// The files of a folder whose modules `declarations` declares.
fn collect(folder: &Path, declarations: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    let tests = test_modules(&fs::read_to_string(declarations).unwrap_or_default());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if tests.iter().any(|test| *test == name) {
            continue;
        }
        if path.is_dir() {
            collect(&path, &path.join("mod.rs"), paths)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
    Ok(())
}

/// The modules that are declared for tests only, in files of their own.
fn test_modules(source: &str) -> Vec<String> {
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    lines
        .windows(2)
        .filter_map(|pair| match pair {
            ["#[cfg(test)]", declaration] => declaration
                .strip_suffix(';')?
                .rsplit_once("mod ")
                .map(|(_, name)| name.to_owned()),
            _ => None,
        })
        .collect()
}

fn module(inside: &Path) -> Option<String> {
    let first = inside.components().next()?.as_os_str().to_string_lossy();
    match first.strip_suffix(".rs") {
        Some("lib") => None,
        Some(module) => Some(module.to_owned()),
        None => Some(first.into_owned()),
    }
}

/// The lines of code: no comments, and nothing from the tests at the end on, where clippy wants them.
fn code(source: &str) -> Vec<(usize, String)> {
    let lines: Vec<&str> = source.lines().collect();
    let tests = lines
        .windows(2)
        .position(|pair| matches!(pair, ["#[cfg(test)]", module] if module.ends_with('{')));
    lines
        .iter()
        .take(tests.unwrap_or(lines.len()))
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(position, line)| {
            let code = line.split(" //").next().unwrap_or_default();
            (position + 1, code.to_owned())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_tests_are_no_code() {
        let source =
            "//! Docs.\nuse a; // why\n    /// more\nfn b() {}\n\n#[cfg(test)]\nmod tests {\n    use c;\n}\n";
        let lines = [(2, "use a;"), (4, "fn b() {}"), (5, "")];
        let expected: Vec<(usize, String)> = lines.map(|(number, line)| (number, line.to_owned())).to_vec();
        assert_eq!(code(source), expected);
    }

    #[test]
    fn modules_for_tests_are_found() {
        let source = "mod a;\n#[cfg(test)]\nmod b;\n\n#[cfg(test)]\npub(crate) mod testing;\n";
        assert_eq!(test_modules(source), ["b", "testing"]);
    }

    #[test]
    fn a_file_belongs_to_the_first_name_of_its_path() {
        assert_eq!(module(Path::new("sql/token.rs")).as_deref(), Some("sql"));
        assert_eq!(module(Path::new("sql.rs")).as_deref(), Some("sql"));
        assert_eq!(module(Path::new("lib.rs")), None);
    }
}
