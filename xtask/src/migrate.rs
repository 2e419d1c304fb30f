//! `cargo xtask migrate`: the whole `limbeck` command on the history of the registry.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use limbeck_cli::Cli;
use limbeck_cli::Invocation;

use crate::cargo;

/// Without arguments the registry is upgraded; the database is `target/registry.db` unless `DATABASE_URL`, `--url` or
/// a configuration names another one.
pub(crate) fn run(arguments: &[String]) -> ExitCode {
    let target = cargo::workspace().join("target");
    // Cargo may build elsewhere. Where the folder cannot be made, the driver says so of the database in it.
    fs::create_dir_all(&target).ok();
    Cli::new()
        .call_it("cargo xtask migrate")
        .scripts(limbeck_registry::scripts())
        .migrations(limbeck_registry::migrations())
        .models(limbeck_registry::models())
        .seeds(limbeck_registry::seeds())
        .default_url(url(&target.join("registry.db")))
        .default_command(["upgrade", "heads"])
        .run_with(Invocation::of_process().arguments(arguments))
        .into()
}

/// The URL of a file.
fn url(path: &Path) -> String {
    let path = path.to_string_lossy().replace('%', "%25").replace('?', "%3F");
    format!("sqlite:///{path}")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::url;

    #[test]
    fn every_path_has_a_url() {
        assert_eq!(
            url(Path::new("/srv/a b/100%?.db")),
            "sqlite:////srv/a b/100%25%3F.db"
        );
    }
}
