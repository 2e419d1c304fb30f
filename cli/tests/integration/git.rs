//! A project in a repository of git.

use std::process::Command;

use crate::project::Project;

/// Runs git in a folder of the project, with nothing of this user's configuration, and gives what it prints.
pub(crate) fn git(project: &Project, folder: &str, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .arg("-C")
        .arg(project.path(folder))
        .args(arguments)
        .env_clear()
        .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
        .envs([
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_AUTHOR_NAME", "Test"),
            ("GIT_AUTHOR_EMAIL", "test@example.org"),
            ("GIT_COMMITTER_NAME", "Test"),
            ("GIT_COMMITTER_EMAIL", "test@example.org"),
        ])
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let (out, err) = (text(output.stdout), text(output.stderr));
    assert!(output.status.success(), "git {arguments:?}\n{out}{err}");
    out
}

/// Makes a repository of the folder.
pub(crate) fn init(project: &Project, folder: &str) {
    git(project, folder, &["init", "--quiet", "--initial-branch=main"]);
}

/// Commits everything.
pub(crate) fn commit(project: &Project, message: &str) {
    git(project, "", &["add", "--all"]);
    git(
        project,
        "",
        &["commit", "--quiet", "--allow-empty", "-m", message],
    );
}

/// A project whose `main` has the revisions a1 and b2, on a new branch `feature`.
pub(crate) fn on_a_branch() -> Project {
    let project = Project::with_revisions();
    init(&project, "");
    commit(&project, "Begin");
    git(&project, "", &["switch", "--quiet", "-c", "feature"]);
    project
}
