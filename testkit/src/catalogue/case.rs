//! Cases as files.

use std::fs;
use std::path::Path;

/// Two schemas of one engine, as a file of SQL. Its first lines are comments that say what the case is about; then the parts
/// follow, each below a line that names it:
///
/// ```text
/// -- A column in the middle.
/// -- current
/// CREATE TABLE account (id bigint);
/// -- desired
/// CREATE TABLE account (id bigint, email text);
/// -- rows
/// INSERT INTO account VALUES (1);
/// -- kept
/// SELECT id FROM account
/// ```
///
/// `rows`, made where the current schema is, and `kept`, a query that gives the same on the way there and back, may be missing.
/// `same` in place of `desired` says that nothing leads from one to the other although the texts are different. A line
/// `-- needs 15` before the parts says which version of the server the case is for, and newer ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CatalogueCase {
    /// The name of the file without its ending.
    pub name: String,
    /// The SQL that makes the current schema.
    pub current: String,
    /// The SQL that makes the desired one.
    pub desired: String,
    /// Whether both are the same.
    pub same: bool,
    /// The SQL that makes rows.
    pub rows: String,
    /// A query that gives the same at all times.
    pub kept: String,
    /// The oldest version of the server that has what the case is about.
    pub needs: Option<u32>,
}

impl CatalogueCase {
    /// All cases of a folder, by name.
    ///
    /// # Errors
    /// The folder or a file cannot be read, a file has no `current`, or none of `desired` and `same`.
    pub fn all(folder: &Path) -> Result<Vec<Self>, String> {
        let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
        let mut cases = Vec::new();
        for entry in fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.extension().is_some_and(|ending| ending == "sql") {
                let text =
                    fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
                let name = path
                    .file_stem()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                cases.push(Self::read(name, &text)?);
            }
        }
        cases.sort_by(|one, two| one.name.cmp(&two.name));
        Ok(cases)
    }

    fn read(name: String, text: &str) -> Result<Self, String> {
        let mut case = Self::default();
        let mut seen = Vec::new();
        for line in text.lines() {
            let part = line.strip_prefix("-- ").map(str::trim);
            if let Some(part @ ("current" | "desired" | "same" | "rows" | "kept")) = part {
                seen.push(part);
                case.same |= part == "same";
                continue;
            }
            if let (true, Some(version)) =
                (seen.is_empty(), part.and_then(|part| part.strip_prefix("needs ")))
            {
                let version = version
                    .parse()
                    .map_err(|_| format!("{name}: needs {version} is no version"));
                case.needs = Some(version?);
            }
            let into = match seen.last() {
                Some(&"current") => &mut case.current,
                Some(&"desired" | &"same") => &mut case.desired,
                Some(&"rows") => &mut case.rows,
                Some(&"kept") => &mut case.kept,
                _ => continue,
            };
            into.push_str(line);
            into.push('\n');
        }
        if !seen.contains(&"current") || !(seen.contains(&"desired") || seen.contains(&"same")) {
            return Err(format!(
                "{name}: it must have the parts current, and desired or same"
            ));
        }
        case.name = name;
        Ok(case)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_below_their_names() {
        let text = "-- About.\n-- current\nA;\n-- note\n-- desired\nB;\n-- rows\nC;\n-- kept\nD\n";
        let case = CatalogueCase::read("x".to_owned(), text).unwrap();
        assert_eq!(
            (case.current.as_str(), case.desired.as_str()),
            ("A;\n-- note\n", "B;\n")
        );
        assert_eq!(
            (case.rows.as_str(), case.kept.as_str(), case.same),
            ("C;\n", "D\n", false)
        );
        assert!(
            CatalogueCase::read("x".to_owned(), "-- current\n-- same\n")
                .unwrap()
                .same
        );
        assert!(CatalogueCase::read("x".to_owned(), "-- current\n").is_err());
        let newer = CatalogueCase::read("x".to_owned(), "-- needs 15\n-- current\n-- same\n");
        assert_eq!(newer.unwrap().needs, Some(15));
        assert!(CatalogueCase::read("x".to_owned(), "-- needs all\n-- current\n-- same\n").is_err());
    }
}
