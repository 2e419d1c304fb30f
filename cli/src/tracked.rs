//! Files that are for one machine alone, and yet in git.

use std::path::Path;
use std::process::Command;

use limbeck_core::engine::Finding;

/// The files, as patterns of git.
const PATTERNS: [&str; 2] = [".env.local", ".env.*.local"];

/// A finding for each such file that git tracks. Where there is no git, or no repository, nothing is tracked.
pub(crate) fn findings(root: &Path) -> Vec<Finding> {
    let mut command = Command::new("git");
    command.arg("-C").arg(Path::new(".").join(root));
    command.args(["ls-files", "-z", "--"]).args(PATTERNS);
    let Ok(output) = command.output() else {
        return Vec::new();
    };
    if !output.status.success() {
        return Vec::new();
    }
    let names = String::from_utf8_lossy(&output.stdout);
    names
        .split('\0')
        .filter(|name| !name.is_empty())
        .map(finding)
        .collect()
}

fn finding(name: &str) -> Finding {
    let mut finding = Finding::new("tracked", "git tracks this file, which is for one machine alone");
    finding.file = Some(name.to_owned());
    finding.hints = vec![
        format!("`git rm --cached {name}` takes it out of git and leaves it here; .gitignore keeps it out"),
        "a password in it is known to everybody who has the repository: change it".to_owned(),
    ];
    finding
}
