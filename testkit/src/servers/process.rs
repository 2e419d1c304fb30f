//! Servers as processes.

use std::ffi::OsString;
use std::fs;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use super::Engine;
use super::folder;
use super::folder::UNPACKED;
use super::folder::User;
use super::guard::Guard;
use super::installed::Installed;
use super::running::PASSWORD;
use super::settings;

/// Calls a program inside an unpacked suite, in a mount namespace of its own where `/srv` is the server's folder. Each
/// word replaces the one before it, so the process keeps its number.
const INSIDE: &str =
    r#"mount --rbind "$0" "$1/srv"; root=$1; shift; exec chroot --userspec=999:999 "$root" "$@""#;

/// A server's folder, and how its programs are called.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    installed: &'a Installed,
    pub(super) folder: PathBuf,
    user: Option<User>,
    port: u16,
}

impl<'a> Layout<'a> {
    /// Makes the folder, with a small file system for the data when that is wanted.
    pub(super) fn new(installed: &'a Installed, port: u16, disk: Option<u32>) -> Result<Self, String> {
        let folder = folder::make()?;
        let user = match (&installed.root, installed.engine) {
            (Some(_), _) => Some(UNPACKED),
            (None, _) if !folder::is_root(&folder) => None,
            (None, Engine::Postgres) => Some(folder::unprivileged("postgres")?),
            (None, Engine::MySql | Engine::MariaDb) => Some(folder::unprivileged("mysql")?),
        };
        let layout = Self {
            installed,
            folder,
            user,
            port,
        };
        if let Some(mebibytes) = disk {
            folder::limit(&layout.folder, mebibytes)?;
        }
        Ok(layout)
    }

    /// Makes the files of an empty server, and those that the test wants.
    pub(super) fn initialize(&self, wanted: &[(String, Vec<u8>)]) -> Result<(), String> {
        let write = |name: &str, contents: &[u8]| {
            let path = self.folder.join(name);
            fs::write(&path, contents).map_err(|error| format!("{}: {error}", path.display()))
        };
        write("password", PASSWORD.as_bytes())?;
        for (name, contents) in wanted {
            write(name, contents)?;
        }
        // One statement a line, or MariaDB does not read it.
        let user = "root@`127.0.0.1`";
        let statements = [
            format!("CREATE USER IF NOT EXISTS {user};\n"),
            format!("ALTER USER {user} IDENTIFIED BY '{PASSWORD}';\n"),
            format!("GRANT ALL ON *.* TO {user} WITH GRANT OPTION;\n"),
            format!("ALTER USER root@localhost IDENTIFIED BY '{PASSWORD}';\n"),
        ];
        write("init.sql", statements.concat().as_bytes())?;
        if let Some(user) = self.user {
            folder::give(&self.folder, user)?;
        }
        let words = match self.installed.engine {
            Engine::Postgres => self.initdb(),
            Engine::MySql => self.mysqld(&["--initialize-insecure".into()]),
            Engine::MariaDb => self.install_db(),
        };
        let mut words = self.called(words).into_iter();
        let mut command = Command::new(words.next().unwrap_or_default());
        command.args(words).current_dir("/").env_remove("TMPDIR");
        // Ctrl-C does not reach it, as it does not reach the server.
        let output = command.process_group(0).output();
        let output = output.map_err(|error| format!("{command:?}: {error}"))?;
        if output.status.success() {
            return Ok(());
        }
        let said = [output.stdout, output.stderr].concat();
        Err(format!("{command:?} failed:\n{}", String::from_utf8_lossy(&said)))
    }

    /// A guard that starts the server when it is asked, with these arguments after the usual ones.
    pub(super) fn guard(&self, arguments: &[String]) -> Result<Guard, String> {
        let last = match self.installed.engine {
            // It puts away its shared memory.
            Engine::Postgres => "QUIT",
            Engine::MySql | Engine::MariaDb => "KILL",
        };
        let mut words = match self.installed.engine {
            Engine::Postgres => self.postgres(),
            Engine::MySql | Engine::MariaDb => self.mysqld(&[
                format!("--init-file={}", self.inside("init.sql")).into(),
                format!("--port={}", self.port).into(),
            ]),
        };
        let folder = self.inside("");
        let folder = folder.trim_end_matches('/');
        let arguments = arguments
            .iter()
            .map(|argument| argument.replace("{folder}", folder));
        words.extend(arguments.map(OsString::from));
        let mut all: Vec<OsString> = vec![self.folder.clone().into(), last.into()];
        // The guard itself must not carry the mark: who sweeps would kill it in its work.
        all.extend([
            "env".into(),
            format!("{}={}", folder::MARK, self.folder.display()).into(),
        ]);
        all.extend(self.called(words));
        Guard::new(include_str!("guard.sh"), all)
    }

    /// The words in front of a program, and it.
    fn called(&self, words: Vec<OsString>) -> Vec<OsString> {
        let mut all: Vec<OsString> = match (&self.installed.root, self.user) {
            (Some(root), _) => {
                let mut all: Vec<OsString> = ["unshare", "--mount", "sh", "-ec", INSIDE]
                    .map(Into::into)
                    .to_vec();
                all.extend([self.folder.clone().into(), root.clone().into()]);
                all
            }
            (None, Some(user)) => vec![
                "setpriv".into(),
                format!("--reuid={}", user.uid).into(),
                format!("--regid={}", user.gid).into(),
                "--clear-groups".into(),
            ],
            (None, None) => Vec::new(),
        };
        all.extend(words);
        all
    }

    /// A path in the folder, as the server's programs see it.
    fn inside(&self, name: &str) -> String {
        let folder = match self.installed.root {
            Some(_) => Path::new("/srv"),
            None => &self.folder,
        };
        folder.join(name).to_string_lossy().into_owned()
    }

    fn initdb(&self) -> Vec<OsString> {
        let password = format!("--pwfile={}", self.inside("password"));
        let data = self.inside("data");
        let mut words = vec![self.installed.beside("initdb").into_os_string()];
        words.extend(["-D", &data, "-U", "postgres", &password].map(OsString::from));
        let settings = [
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ];
        words.extend(settings.map(OsString::from));
        words
    }

    fn postgres(&self) -> Vec<OsString> {
        let mut words = vec![self.installed.program.clone().into_os_string()];
        words.extend([
            "-D".into(),
            self.inside("data").into(),
            "-p".into(),
            self.port.to_string().into(),
        ]);
        let settings = [
            "listen_addresses=127.0.0.1".to_owned(),
            format!("unix_socket_directories={}", self.inside("")),
            // In a file of its own folder: what it has in /dev/shm would stay after a kill.
            "dynamic_shared_memory_type=mmap".to_owned(),
        ];
        for setting in settings.into_iter().chain(settings::POSTGRES.map(str::to_owned)) {
            words.extend(["-c".into(), setting.into()]);
        }
        words
    }

    fn install_db(&self) -> Vec<OsString> {
        let program = [
            "mariadb-install-db",
            "../bin/mariadb-install-db",
            "../scripts/mariadb-install-db",
        ];
        let root = self.installed.root.as_deref().unwrap_or(Path::new("/"));
        let place = |name: &str| self.installed.beside(name);
        let is_there = |path: &PathBuf| root.join(path.strip_prefix("/").unwrap_or(path)).exists();
        let found = program.map(place).into_iter().find(is_there);
        let data = format!("--datadir={}", self.inside("data"));
        let temporary = self.temporary();
        let mut words = vec![
            found
                .unwrap_or_else(|| "mariadb-install-db".into())
                .into_os_string(),
        ];
        let settings = [
            "--no-defaults",
            &data,
            &temporary,
            "--skip-test-db",
            "--auth-root-authentication-method=normal",
        ];
        words.extend(settings.map(OsString::from));
        words
    }

    /// MariaDB takes away the temporary tables that it finds when it starts, also those of another server.
    fn temporary(&self) -> String {
        format!("--tmpdir={}", self.inside(""))
    }

    fn mysqld(&self, more: &[OsString]) -> Vec<OsString> {
        let mut words = vec![self.installed.program.clone().into_os_string()];
        let settings = [
            "--no-defaults".to_owned(),
            format!("--datadir={}", self.inside("data")),
            self.temporary(),
            format!("--socket={}", self.inside("socket")),
            format!("--pid-file={}", self.inside("pid")),
            "--bind-address=127.0.0.1".to_owned(),
            "--secure-file-priv=".to_owned(),
            "--loose-innodb-numa-interleave=OFF".to_owned(),
        ];
        words.extend(settings.map(OsString::from));
        words.extend(settings::MYSQL.map(OsString::from));
        words.extend(more.iter().cloned());
        words
    }
}
