//! Debian's packages, unpacked: no maintainer script runs, and nothing of the machine changes.

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use super::roots;
use super::run;

/// A suite of Debian, with what is taken from it.
#[derive(Debug)]
pub(crate) struct Suite {
    /// Its name.
    pub(crate) name: &'static str,
    packages: &'static str,
    /// The images that are made of it.
    pub(crate) images: &'static [&'static str],
}

/// Every suite that the matrix needs.
pub(crate) static SUITES: [Suite; 4] = [
    Suite {
        name: "bullseye",
        packages: "postgresql-13,mariadb-server-core-10.5,mariadb-client-core-10.5,galera-4",
        images: &["postgres:13", "mariadb:10.5"],
    },
    Suite {
        name: "bookworm",
        packages: "postgresql-15,mariadb-server-core,mariadb-client-core,galera-4",
        images: &["postgres:15", "mariadb:10.11"],
    },
    Suite {
        name: "trixie",
        packages: "postgresql-17,mariadb-server-core,mariadb-client-core,galera-4",
        images: &["postgres:17", "mariadb:11.8"],
    },
    Suite {
        name: "sid",
        packages: "postgresql-18,mysql-server-core,mysql-client-core",
        images: &["postgres:18", "mysql:9.7"],
    },
];

/// What every suite has beside its servers.
const BASE: &str = "base-files,bash,dash,coreutils,sed,grep,findutils,util-linux";

/// The file in an unpacked suite that names its packages.
const MARK: &str = ".limbeck-packages";

/// Users for the servers, and less that nobody reads.
const HOOK: &str = r#"cd "$1"
mkdir -p srv var/lib/postgresql docker-entrypoint-initdb.d
printf 'root:x:0:0::/:/bin/sh\npostgres:x:999:999::/srv:/bin/sh\nmysql:x:998:998::/srv:/bin/sh\nnobody:x:65534:65534::/:/bin/sh\n' > etc/passwd
printf 'root:x:0:\npostgres:x:999:\nmysql:x:998:\nnogroup:x:65534:\n' > etc/group
echo 'hosts: files dns' > etc/nsswitch.conf
echo '127.0.0.1 localhost' > etc/hosts
[ -e bin/sh ] || ln -s dash bin/sh
rm -rf etc/apt/sources.list usr/share/doc usr/share/man usr/share/locale usr/share/i18n var/cache/apt/* var/lib/apt/lists/* \
    usr/lib/*/libLLVM* usr/lib/postgresql/*/lib/llvmjit* usr/lib/postgresql/*/lib/bitcode"#;

/// Unpacks a suite, unless it is there; its root folder.
pub(super) fn unpack(name: &str) -> Result<PathBuf, String> {
    let suite = SUITES.iter().find(|suite| suite.name == name);
    let suite = suite.ok_or_else(|| format!("there is no suite {name}"))?;
    let root = roots().join(name);
    if is_unpacked(name) {
        return Ok(root);
    }
    let failed = |error: std::io::Error| format!("{}: {error}", root.display());
    if root.exists() {
        fs::remove_dir_all(&root).map_err(failed)?;
    }
    fs::create_dir_all(roots()).map_err(failed)?;
    let mut command = Command::new("mmdebstrap");
    command.args(["--quiet", "--variant=extract", "--format=dir"]);
    command.arg(format!("--include={BASE},{}", suite.packages));
    for option in [
        "Acquire::Check-Valid-Until \"false\"",
        "Acquire::Check-Date \"false\"",
        "Acquire::Retries \"3\"",
    ] {
        command.arg(format!("--aptopt={option}"));
    }
    command.arg(format!("--extract-hook={HOOK}"));
    command.arg(suite.name).arg(&root).arg(mirror()?);
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        command.env("TMPDIR", memory);
    }
    run(&mut command).map_err(|error| format!("the packages of {name} cannot be installed: {error}"))?;
    fs::write(root.join(MARK), suite.packages).map_err(failed)?;
    Ok(root)
}

/// Whether a suite is unpacked. What was unpacked for other packages is not what is wanted.
pub(super) fn is_unpacked(name: &str) -> bool {
    let packages = fs::read_to_string(roots().join(name).join(MARK)).unwrap_or_default();
    SUITES
        .iter()
        .any(|suite| suite.name == name && suite.packages == packages)
}

/// Debian's mirror, as apt on this machine has it.
fn mirror() -> Result<String, String> {
    let folder = Path::new("/etc/apt/sources.list.d");
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    files.sort();
    files.insert(0, PathBuf::from("/etc/apt/sources.list"));
    let texts = files.iter().filter_map(|file| fs::read_to_string(file).ok());
    let found = texts
        .into_iter()
        .find_map(|text| mirror_in(&text).map(str::to_owned));
    found.ok_or_else(|| "no mirror of Debian is among apt's sources".to_owned())
}

/// The first mirror that a file of sources names, in either of its two forms.
fn mirror_in(sources: &str) -> Option<&str> {
    let lines = sources
        .lines()
        .filter(|line| line.starts_with("deb ") || line.starts_with("URIs:"));
    let mut words = lines.flat_map(str::split_whitespace);
    words.find(|word| word.contains("://") && word.trim_end_matches('/').ends_with("/debian"))
}

#[cfg(test)]
mod tests {
    use super::mirror_in;

    #[test]
    fn the_mirror_is_found_in_both_forms() {
        let new = "Types: deb\n# http://old/debian\nURIs: http://mirror.example/debian\nSuites: bookworm\n";
        assert_eq!(mirror_in(new), Some("http://mirror.example/debian"));
        let old =
            "# deb http://no/debian x\ndeb [signed-by=/k] https://mirror.example/debian/ bookworm main\n";
        assert_eq!(mirror_in(old), Some("https://mirror.example/debian/"));
        assert_eq!(mirror_in("deb https://other.example/tools x main\n"), None);
    }
}
