//! Servers in containers.

use std::fmt;
use std::mem;
use std::path::Path;
use std::process::Command;
use std::thread;

use testcontainers_modules::testcontainers::ContainerRequest;
use testcontainers_modules::testcontainers::GenericImage;
use testcontainers_modules::testcontainers::ImageExt;
use testcontainers_modules::testcontainers::core::IntoContainerPort;
use testcontainers_modules::testcontainers::core::Mount;
use testcontainers_modules::testcontainers::runners::AsyncRunner;

use super::Engine;
use super::ServerKind;
use super::galera;
use super::guard::Guard;
use super::owner;
use super::running::PASSWORD;
use super::settings;
use super::source::Wanted;

/// The label that names the owner.
const OWNER: &str = "limbeck.owner";

/// The folder in it for the files that a test wants.
const FOLDER: &str = "/limbeck";

/// Guards a container, which is there and runs.
const GUARD: &str = r#"
id=$1
trap : HUP INT TERM PIPE
while read -r word; do
    case $word in
    start) docker start "$id" ;;
    KILL) docker kill "$id" ;;
    *) docker stop "$id" ;;
    esac >&2
    echo
done
docker rm --force --volumes "$id" >&2
"#;

/// The image of a server.
#[derive(Clone, Copy, Debug)]
pub(super) struct Container {
    engine: Engine,
    name: &'static str,
    tag: &'static str,
}

impl Container {
    /// The image of a kind, where an engine for containers answers and has it or can pull it.
    pub(super) fn find(kind: ServerKind) -> Result<Self, String> {
        docker(&["version", "--format", "{{.Server.Version}}"])?;
        let (name, tag) = kind
            .image()
            .ok_or_else(|| format!("there is no image of {kind}"))?;
        let image = format!("{name}:{tag}");
        let is_here = docker(&["image", "inspect", &image]);
        is_here.or_else(|_| docker(&["pull", "--quiet", &image]))?;
        Ok(Self {
            engine: kind.engine(),
            name,
            tag,
        })
    }

    pub(super) const fn engine(&self) -> Engine {
        self.engine
    }

    /// Makes and starts a container that listens on a port of the loopback address; its guard.
    pub(super) fn create(&self, port: u16, wanted: &Wanted) -> Result<(Guard, String), String> {
        let start = || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let runtime = runtime.map_err(|error| error.to_string())?;
            let container = runtime.block_on(self.request(port, wanted).start());
            container.map_err(|error| format!("{self}: {error}"))
        };
        // The thread of an asynchronous test has a runtime already, and can't wait for another one.
        let container = thread::scope(|scope| scope.spawn(start).join());
        let container = container.map_err(|_| format!("{self}: starting it panicked"))??;
        let id = container.id().to_owned();
        // Its guard removes it, also when this process is killed. Dropped, it would end here.
        mem::forget(container);
        Ok((Guard::new(GUARD, [&id])?, id))
    }

    /// The provider of Galera in the image.
    pub(super) fn galera(&self) -> Option<String> {
        let image = format!("{}:{}", self.name, self.tag);
        let mut words = vec!["run", "--rm", "--entrypoint", "ls", &image];
        words.extend(galera::PROVIDERS);
        // It says which of them are there, and fails for the others.
        let output = Command::new("docker").args(words).output().ok()?;
        let listed = String::from_utf8_lossy(&output.stdout);
        listed.lines().next().map(str::to_owned)
    }

    fn request(&self, port: u16, wanted: &Wanted) -> ContainerRequest<GenericImage> {
        let (inside, password) = match self.engine {
            Engine::Postgres => (5432, "POSTGRES_PASSWORD"),
            Engine::MySql => (3306, "MYSQL_ROOT_PASSWORD"),
            Engine::MariaDb => (3306, "MARIADB_ROOT_PASSWORD"),
        };
        let (program, usual) = match self.engine {
            Engine::Postgres => (
                "postgres",
                settings::POSTGRES.map(|setting| ["-c", setting]).concat(),
            ),
            Engine::MySql => ("mysqld", settings::MYSQL.to_vec()),
            Engine::MariaDb => ("mariadbd", settings::MYSQL.to_vec()),
        };
        let arguments = [program].into_iter().chain(usual).map(str::to_owned);
        let wanted_arguments = wanted
            .arguments
            .iter()
            .map(|argument| argument.replace("{folder}", FOLDER));
        let request = GenericImage::new(self.name, self.tag)
            .with_env_var(password, PASSWORD)
            .with_label(OWNER, owner::me())
            .with_mapped_port(port, inside.tcp())
            .with_cmd(arguments.chain(wanted_arguments))
            .with_host_config_modifier(|host| {
                let bindings = host.port_bindings.iter_mut().flat_map(|ports| ports.values_mut());
                for binding in bindings.flatten().flatten() {
                    // Else the port is one of all networks.
                    binding.host_ip = Some("127.0.0.1".to_owned());
                }
            });
        let request = wanted.files.iter().fold(request, |request, (name, contents)| {
            request.with_copy_to(format!("{FOLDER}/{name}"), contents.clone())
        });
        let memory = Mount::tmpfs_mount(data(self.engine));
        match (wanted.disk, wanted.restarts) {
            (Some(mebibytes), _) => request.with_mount(memory.with_size_bytes(i64::from(mebibytes) << 20)),
            (None, false) => request.with_mount(memory),
            // What is in memory only goes with the process.
            (None, true) => request,
        }
    }
}

/// Where the servers of an engine have their data.
const fn data(engine: Engine) -> &'static str {
    match engine {
        Engine::Postgres => "/var/lib/postgresql",
        Engine::MySql | Engine::MariaDb => "/var/lib/mysql",
    }
}

/// Fills the disk of a server, after the room that its files have by their lengths is really theirs.
pub(super) fn fill(id: &str, engine: Engine) -> Result<(), String> {
    let script =
        "for file in $(find . -type f -size +0); do fallocate -l \"$(stat -c %s \"$file\")\" \"$file\"; done
        cat /dev/zero > filling || :";
    exec(id, engine, script)
}

/// Removes what [`fill`] has written.
pub(super) fn free(id: &str, engine: Engine) -> Result<(), String> {
    exec(id, engine, "rm filling")
}

/// What is in a file.
pub(super) fn file(id: &str, path: &Path) -> Result<Vec<u8>, String> {
    let output = Command::new("docker")
        .args(["exec", id, "cat"])
        .arg(path)
        .output();
    let output = output.map_err(|error| format!("docker: {error}"))?;
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
    }
}

fn exec(id: &str, engine: Engine, script: &str) -> Result<(), String> {
    docker(&["exec", "--workdir", data(engine), id, "sh", "-c", script]).map(drop)
}

impl fmt::Display for Container {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the image {}:{}", self.name, self.tag)
    }
}

/// The last lines that the server in a container has written.
pub(super) fn log(id: &str) -> String {
    let output = Command::new("docker").args(["logs", "--tail", "20", id]).output();
    let said = output
        .map(|output| [output.stdout, output.stderr].concat())
        .unwrap_or_default();
    format!("\n{}", String::from_utf8_lossy(&said).trim_end())
}

/// Removes the containers whose owner was killed together with its guard.
pub(super) fn sweep() {
    let format = format!("{{{{.ID}}}} {{{{.Label \"{OWNER}\"}}}}");
    let filter = format!("label={OWNER}");
    let listed = docker(&["ps", "--all", "--filter", &filter, "--format", &format]);
    for line in listed.unwrap_or_default().lines() {
        if let Some((id, owner)) = line.split_once(' ')
            && owner::is_dead(owner)
        {
            let _ = docker(&["rm", "--force", "--volumes", id]);
        }
    }
}

fn docker(arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("docker").args(arguments).output();
    let output = output.map_err(|error| format!("docker: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("docker: {}", said.trim()))
}
