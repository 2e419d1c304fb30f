//! Encrypted connections, with certificates that the test makes.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use limbeck_testkit::Engine;
use limbeck_testkit::PrivateOptions;
use limbeck_testkit::PrivateServer;
use limbeck_testkit::skip;
use tempfile::TempDir;

use super::Place;
use super::Session;
use crate::project::is;

/// Two authorities, and the certificate of a server by the first one, made out to 127.0.0.1.
struct Certificates {
    folder: TempDir,
}

impl Certificates {
    /// None where there is no program to make them.
    fn make() -> Option<Self> {
        let made = Self {
            folder: TempDir::new().unwrap(),
        };
        if Command::new("openssl").arg("version").output().is_err() {
            for engine in Engine::ALL {
                skip(engine, "openssl, which makes certificates, is not installed");
            }
            return None;
        }
        made.openssl(
            "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ours -keyout ours.key -out ours.pem",
        );
        made.openssl(
            "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=other -keyout other.key -out other.pem",
        );
        made.openssl("req -newkey rsa:2048 -nodes -subj /CN=server -keyout server.key -out server.csr");
        fs::write(made.path("names"), "subjectAltName = IP:127.0.0.1\n").unwrap();
        made.openssl(
            "x509 -req -in server.csr -CA ours.pem -CAkey ours.key -CAcreateserial -days 2 -extfile names \
             -out server.pem",
        );
        Some(made)
    }

    fn openssl(&self, arguments: &str) {
        let mut command = Command::new("openssl");
        command
            .args(arguments.split_whitespace())
            .current_dir(self.folder.path());
        let output = command.output().unwrap();
        assert!(
            output.status.success(),
            "openssl {arguments}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// A server that offers encryption with the certificate.
    fn server(&self, engine: Engine) -> Option<PrivateServer> {
        let options = PrivateOptions::new(engine);
        let server = match engine {
            Engine::Postgres => options.start()?,
            _ => options
                .file("ours.pem", self.read("ours.pem"))
                .file("server.pem", self.read("server.pem"))
                .file("server.key", self.read("server.key"))
                .argument("--ssl-ca={folder}/ours.pem")
                .argument("--ssl-cert={folder}/server.pem")
                .argument("--ssl-key={folder}/server.key")
                .start()?,
        };
        if engine == Engine::Postgres {
            // It must own its key, so it writes it itself.
            for name in ["server.pem", "server.key"] {
                let text = self.read(name);
                let target = name.replace(".pem", ".crt");
                let rows: Vec<String> = text.lines().map(|line| format!("('{line}')")).collect();
                server.rows(&format!(
                    "COPY (VALUES {}) TO PROGRAM 'umask 077; cat > {target}'",
                    rows.join(", ")
                ));
            }
            server.rows("ALTER SYSTEM SET ssl = on");
            server.rows("SELECT pg_reload_conf()");
        }
        Some(server)
    }
}

/// A server that offers no encryption.
fn without(engine: Engine) -> Option<PrivateServer> {
    let options = PrivateOptions::new(engine);
    match engine {
        Engine::Postgres => options.start(),
        Engine::MySql => options.argument("--tls-version=").start(),
        Engine::MariaDb => options.argument("--skip-ssl").start(),
    }
}

/// Whether a session by this URL is encrypted.
async fn is_encrypted(engine: Engine, url: &str) -> bool {
    let mut session = Session::open(engine, &url.parse().unwrap()).await;
    match engine {
        Engine::Postgres => {
            let sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
            session.rows(sql).await == ["t"]
        }
        _ => session.rows("SHOW SESSION STATUS LIKE 'Ssl_cipher'").await != ["Ssl_cipher|"],
    }
}

#[tokio::test]
async fn a_connection_is_as_safe_as_was_asked() {
    let Some(certificates) = Certificates::make() else {
        return;
    };
    let ours = certificates.path("ours.pem").display().to_string();
    let other = certificates.path("other.pem").display().to_string();
    for engine in Engine::ALL {
        let Some(mut server) = certificates.server(engine) else {
            continue;
        };
        let place = Place::of(&mut server);
        if engine == Engine::Postgres {
            // It reads its configuration in its own time.
            place
                .session()
                .await
                .until("SELECT 1 WHERE current_setting('ssl')::boolean")
                .await;
        }
        let url = |parameters: &str| format!("{}?{parameters}", place.url_text);
        for (parameters, expected) in [
            ("sslmode=disable".to_owned(), false),
            ("sslmode=prefer".to_owned(), true),
            ("sslmode=require".to_owned(), true),
            (format!("sslmode=verify-ca&sslrootcert={ours}"), true),
            (format!("sslmode=verify-full&sslrootcert={ours}"), true),
        ] {
            assert_eq!(
                is_encrypted(engine, &url(&parameters)).await,
                expected,
                "{engine}: {parameters}"
            );
            place.connect_by(&url(&parameters));
            place.project.good("current");
        }
        let elsewhere =
            url(&format!("sslmode=verify-ca&sslrootcert={ours}")).replace("127.0.0.1", "localhost");
        assert!(is_encrypted(engine, &elsewhere).await, "{engine}");

        let refused = |url: &str, words: [&str; 2]| {
            place.connect_by(url);
            is(&place.project, "upgrade", 2, "connect");
            is(&place.project, "wait", 2, "connect");
            let ran = place.project.limbeck("upgrade");
            let what = format!("{engine}: {}", ran.whole());
            assert!(
                words.iter().all(|word| ran.err.contains(word)),
                "{words:?}: {what}"
            );
        };
        for mode in ["verify-ca", "verify-full"] {
            refused(
                &url(&format!("sslmode={mode}&sslrootcert={other}")),
                [
                    "UnknownIssuer",
                    "name the certificate of the authority that has issued it",
                ],
            );
        }
        refused(
            &url(&format!("sslmode=verify-full&sslrootcert={ours}")).replace("127.0.0.1", "localhost"),
            [
                "not valid for name",
                "its certificate is for another host: connect by that name",
            ],
        );
        refused(
            &url("sslmode=verify-full&sslrootcert=/nowhere/ca.pem"),
            ["/nowhere/ca.pem", "help: "],
        );
    }
}

#[tokio::test]
async fn a_server_that_cannot_encrypt_is_refused_where_it_must() {
    for engine in Engine::ALL {
        let Some(mut server) = without(engine) else {
            continue;
        };
        let place = Place::of(&mut server);
        assert!(
            !is_encrypted(engine, &format!("{}?sslmode=prefer", place.url_text)).await,
            "{engine}"
        );
        place.connect_by(&format!("{}?sslmode=require", place.url_text));
        is(&place.project, "upgrade", 2, "connect");
        let ran = place.project.limbeck("upgrade");
        let what = format!("{engine}: {}", ran.whole());
        assert!(ran.err.contains("sslmode=prefer"), "{what}");
    }
}

/// The other way round: the server takes nobody who does not encrypt. MariaDB says only that it denies access.
#[tokio::test]
async fn a_server_that_wants_encryption_says_so() {
    let Some(certificates) = Certificates::make() else {
        return;
    };
    for engine in [Engine::MySql, Engine::MariaDb] {
        let Some(mut server) = certificates.server(engine) else {
            continue;
        };
        let place = Place::of(&mut server);
        server.rows("SET GLOBAL require_secure_transport = ON");
        place.connect_by(&format!("{}?sslmode=disable", place.url_text));
        let ran = place.project.limbeck("current");
        assert!(ran.err.contains("sslmode=require"), "{engine}: {}", ran.whole());
        place.connect_by(&place.url_text);
        place.project.good("current");
    }
}
