//! Programs of this machine.

use std::env;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

/// Where distributions keep clients apart from `PATH`, the newest version last.
const VERSIONED: &str = "/usr/lib/postgresql";

/// A program by its name, and not a script that starts it where there is a choice: the time of the script would make a
/// floor higher than it is.
pub fn client(name: &str) -> Option<PathBuf> {
    let mut found = in_path(name);
    found.extend(versioned(name));
    let native = found.iter().find(|path| !is_script(path));
    native.or(found.first()).cloned()
}

/// A program in `PATH` by its name, whatever it is.
pub fn tool(name: &str) -> Option<PathBuf> {
    in_path(name).into_iter().next()
}

fn in_path(name: &str) -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .map(|folder| folder.join(name))
        .filter(|path| path.is_file())
        .collect()
}

fn versioned(name: &str) -> Vec<PathBuf> {
    let entries = Path::new(VERSIONED).read_dir().into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.path().join("bin").join(name))
        .filter(|path| path.is_file())
        .collect();
    found.sort();
    found.reverse();
    found
}

fn is_script(path: &Path) -> bool {
    let mut begin = [0; 2];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut begin));
    read.is_ok() && &begin == b"#!"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shell_is_a_program_and_no_script() {
        let shell = client("sh").unwrap();
        assert!(!is_script(&shell), "{}", shell.display());
        assert_eq!(client("limbeck-no-such-program"), None);
    }
}
