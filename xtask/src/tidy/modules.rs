//! The order of the core's modules.

use std::io;

use super::core_source;
use super::core_source::SourceFile;

/// From below to above: a module uses only itself and those before it.
const ORDER: [&str; 18] = [
    "sql",
    "schema",
    "catalogue",
    "data_file",
    "operation",
    "dialect",
    "graph",
    "script",
    "diff",
    "models",
    "driver",
    "row",
    "history",
    "seed",
    "engine",
    "stairway",
    "config",
    "database",
];

pub(crate) fn findings() -> io::Result<Vec<String>> {
    Ok(core_source::files()?.iter().flat_map(check).collect())
}

fn check(file: &SourceFile) -> Vec<String> {
    let Some(module) = &file.module else {
        return Vec::new();
    };
    let Some(place) = place(module) else {
        return vec![format!(
            "{}: the module {module} has no place in the order",
            file.path
        )];
    };
    file.lines
        .iter()
        .flat_map(|(number, line)| uses(line).map(move |used| (number, used)))
        .filter(|(_, used)| self::place(used).is_some_and(|used| used > place))
        .map(|(number, used)| {
            format!(
                "{}:{number}: {module} comes before {used} and cannot use it",
                file.path
            )
        })
        .collect()
}

fn place(module: &str) -> Option<usize> {
    ORDER.iter().position(|name| *name == module)
}

/// The modules that a line names as `crate::…`.
fn uses(line: &str) -> impl Iterator<Item = &str> {
    line.split("crate::").skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
        rest.get(..end.unwrap_or(rest.len())).unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_use_of_a_later_module_is_found() {
        let file = SourceFile {
            path: "core/src/graph/plan.rs".to_owned(),
            module: Some("graph".to_owned()),
            lines: vec![
                (3, "use crate::sql::Span;".to_owned()),
                (4, "use crate::graph::Revision;".to_owned()),
                (
                    9,
                    "fn a(b: crate::driver::Rows) -> crate::dialect::Value {".to_owned(),
                ),
            ],
        };
        assert_eq!(
            check(&file),
            ["core/src/graph/plan.rs:9: graph comes before driver and cannot use it"]
        );
    }

    #[test]
    fn a_module_without_a_place_is_found() {
        let file = SourceFile {
            path: "core/src/misc.rs".to_owned(),
            module: Some("misc".to_owned()),
            lines: Vec::new(),
        };
        assert_eq!(check(&file).len(), 1);
    }
}
