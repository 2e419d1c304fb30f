//! Projects whose server runs in a container, as a test wants them.

use std::net::TcpListener;
use std::process::Child;
use std::process::Command;
use std::process::Output;

use limbeck_testkit::skip_for_want_of;

use crate::project::Project;
use crate::project::Ran;

/// A password that shells, compose files and `.env` files would each read in a way of their own.
pub(super) const PASSWORD: &str = "p$a\"s w#d{}";

/// A project with a server in a container, which is gone with its volume when the test ends.
pub(super) struct Local {
    pub(super) project: Project,
    pub(super) port: u16,
}

impl Local {
    /// A project as `limbeck init --compose` begins it, with a port and a password of its own; none where no container can
    /// run.
    pub(super) fn begun(server: &str, image: &str) -> Option<Self> {
        if let Some(missing) = missing(image) {
            skip_for_want_of("compose", &missing);
            return None;
        }
        let local = Self {
            project: Project::empty_called("it's \"my\" $shop "),
            port: free_port(),
        };
        local.good(&format!("init --compose {server}"));
        let prefix = server.to_uppercase();
        let port = local.port;
        local.project.write(
            ".env.local",
            format!("{prefix}_PORT={port}\n{prefix}_PASSWORD='{PASSWORD}'\n{prefix}_DB='my shop'\n"),
        );
        Some(local)
    }

    pub(super) fn run(&self, line: &str) -> Ran {
        self.run_with(&line.split_whitespace().collect::<Vec<_>>(), &[])
    }

    pub(super) fn run_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Ran {
        let path = std::env::var("PATH").unwrap();
        let mut all = vec![("PATH", path.as_str())];
        all.extend(environment);
        self.project.run(arguments, &all)
    }

    pub(super) fn good(&self, line: &str) -> String {
        let ran = self.run(line);
        assert_eq!(ran.code, 0, "limbeck {line}\n{}{}", ran.out, ran.err);
        ran.out
    }

    /// Expects a failure, and gives what was said.
    pub(super) fn bad(&self, line: &str, environment: &[(&str, &str)]) -> String {
        let ran = self.run_with(&line.split_whitespace().collect::<Vec<_>>(), environment);
        assert_eq!(ran.code, 2, "limbeck {line}\n{}{}", ran.out, ran.err);
        ran.err
    }

    /// Starts it and leaves it running.
    pub(super) fn start(&self, line: &str) -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_limbeck"));
        command
            .current_dir(self.project.path(""))
            .args(line.split_whitespace());
        command
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null());
        command.spawn().unwrap()
    }

    /// The volume with the data, as the engine knows it.
    pub(super) fn volumes(&self) -> Vec<String> {
        let project = self
            .project
            .path("")
            .file_name()
            .unwrap()
            .to_string_lossy()
            .to_lowercase();
        let name: String = project.chars().filter(char::is_ascii_alphanumeric).collect();
        let filter = format!("label=com.docker.compose.project={name}");
        let listed = docker(&["volume", "ls", "--quiet", "--filter", &filter]).unwrap();
        let text = String::from_utf8(listed.stdout).unwrap();
        text.lines().map(str::to_owned).collect()
    }

    /// Changes the compose file.
    pub(super) fn edit(&self, from: &str, to: &str) {
        let text = self.project.read("compose.yaml");
        assert!(text.contains(from), "{text}");
        self.project.write("compose.yaml", text.replace(from, to));
    }
}

impl Drop for Local {
    fn drop(&mut self) {
        for program in [&["docker", "compose"][..], &["docker-compose"]] {
            let mut command = Command::new(program[0]);
            command
                .args(&program[1..])
                .args(["down", "--volumes", "--timeout", "1"]);
            let done = command.current_dir(self.project.path("")).output();
            if done.is_ok_and(|output| output.status.success()) {
                return;
            }
        }
    }
}

fn docker(arguments: &[&str]) -> Option<Output> {
    let output = Command::new("docker").args(arguments).output().ok()?;
    output.status.success().then_some(output)
}

/// What keeps a container of this image from running.
fn missing(image: &str) -> Option<String> {
    if docker(&["version"]).is_none() {
        return Some("no Docker engine answers".to_owned());
    }
    let plugin = docker(&["compose", "version"]).is_some();
    let program = || Command::new("docker-compose").arg("version").output();
    if !plugin && !program().is_ok_and(|output| output.status.success()) {
        return Some("neither docker compose nor docker-compose is installed".to_owned());
    }
    docker(&["image", "inspect", image])
        .is_none()
        .then(|| format!("there is no image {image}"))
}

/// A port that nothing listens at just now.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}
