//! Scripts that are part of a program.

use std::io;
use std::io::Write;
use std::path::PathBuf;

use super::DirectorySource;
use super::LoadErrors;
use super::ScriptSet;
use super::ScriptSource;

/// The scripts of folders, compiled into the program: an expression that gives an
/// [`EmbeddedSource`](crate::script::EmbeddedSource).
///
/// ```text
/// let source = limbeck_core::embed!("migrations");
/// let scripts = limbeck_core::script::ScriptSet::load(&source)?;
/// ```
///
/// The folders are named from that of the package's `Cargo.toml`, in the order of the configuration's version locations; files
/// of rows (`.csv`, `.jsonl`, `.ndjson`) are taken along, also out of folders below. `embed!("migrations", recursive)` takes
/// scripts out of folders below too.
///
/// The compiler sees when a file is edited. That one is new or gone, it sees with a `build.rs` that calls
/// [`check_at_build`](crate::script::check_at_build), which also makes a fault in a script an error of the build.
#[macro_export]
macro_rules! embed {
    ($($arguments:tt)*) => {
        $crate::script::embed_files!($crate, $($arguments)*)
    };
}

/// For a `build.rs`: has Cargo build the package again when a file of the folders comes or goes, and makes whatever is wrong
/// with a script or with the graph an error of the build.
///
/// ```no_run
/// // build.rs, with `limbeck-core` among the build-dependencies
/// use limbeck_core::script::DirectorySource;
/// use limbeck_core::script::check_at_build;
///
/// fn main() {
///     check_at_build(&DirectorySource::new(["migrations"]));
/// }
/// ```
pub fn check_at_build(source: &DirectorySource) {
    let errors = ScriptSet::load(source).err();
    let lines = told(source.locations(), errors.as_ref());
    // Cargo reads this; without a Cargo there is nobody to tell.
    let _ = io::stdout().write_all(lines.as_bytes());
}

/// What a build script says to Cargo.
fn told(folders: &[PathBuf], errors: Option<&LoadErrors>) -> String {
    let mut lines: Vec<String> = folders
        .iter()
        .map(|folder| format!("cargo::rerun-if-changed={}\n", folder.display()))
        .collect();
    for error in errors.into_iter().flat_map(LoadErrors::iter) {
        let hint = error.hint.iter().map(|hint| format!("; {hint}"));
        let text = format!("{error}{}", hint.collect::<String>());
        // One line is one word to Cargo.
        lines.push(format!("cargo::error={}\n", text.replace('\n', " ")));
    }
    lines.concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::MemorySource;

    #[test]
    fn a_build_script_names_the_folders_and_every_fault() {
        let source = MemorySource::new([
            (
                "m/a.sql",
                "-- limbeck:revision a\n-- limbeck:revises x\n-- limbeck:upgrade\n",
            ),
            ("m/b.sql", "-- limbeck:revision b\n-- limbeck:uprade\n"),
        ]);
        let errors = ScriptSet::load(&source).unwrap_err();
        let folders = [PathBuf::from("m")];
        let text = told(&folders, Some(&errors));
        insta::assert_snapshot!(text, @"
        cargo::rerun-if-changed=m
        cargo::error=m/b.sql:2:1: there is no directive `uprade`; did you mean `upgrade`?
        cargo::error=m/a.sql:2:20: `a` (m/a.sql) revises `x`, which no file declares; get the missing file (was it committed?), or correct the `-- limbeck:revises` line
        ");
        assert_eq!(told(&folders, None), "cargo::rerun-if-changed=m\n");
    }
}
