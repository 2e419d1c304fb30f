//! Encrypted connections.

use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::DriverErrorKind;
use limbeck_testkit::Engine;
use limbeck_testkit::PrivateServer;
use limbeck_testkit::Server;

use super::connect;
use super::databases;
use super::open;
use super::query;
use super::with_parameters;

/// The cipher of the session; empty without one.
async fn cipher(url: &limbeck_core::driver::DatabaseUrl) -> Result<String, DriverErrorKind> {
    let mut connection = open(url, &ConnectOptions::read_only())
        .await
        .map_err(|error| error.kind)?;
    let rows = query(&mut connection, "SHOW SESSION STATUS LIKE 'Ssl_cipher'")
        .await
        .unwrap();
    Ok(rows
        .rows
        .first()
        .and_then(|row| row.text(1))
        .unwrap_or_default()
        .to_owned())
}

#[tokio::test]
async fn the_connection_is_encrypted_where_the_server_offers_it() {
    for database in databases() {
        let url = database.url();
        let offered = offers(&database).await;
        assert_eq!(!cipher(url).await.unwrap().is_empty(), offered);
        assert_eq!(
            cipher(&with_parameters(url, "sslmode=disable")).await.unwrap(),
            ""
        );
        let required = cipher(&with_parameters(url, "ssl-mode=REQUIRED")).await;
        match offered {
            true => assert!(!required.unwrap().is_empty()),
            false => assert_eq!(required, Err(DriverErrorKind::Tls)),
        }
    }
}

#[tokio::test]
async fn a_certificate_that_nobody_trusts_is_refused() {
    for database in databases() {
        if !offers(&database).await {
            continue;
        }
        for mode in ["verify-ca", "verify-full"] {
            let url = with_parameters(database.url(), &format!("sslmode={mode}"));
            assert_eq!(cipher(&url).await, Err(DriverErrorKind::Tls), "{mode}");
        }
    }
}

/// The server makes a certificate for itself, for no host, and one of whoever signs it.
#[tokio::test]
async fn verify_ca_takes_a_certificate_for_another_host_that_the_right_one_has_signed() {
    let Some(mut server) = Server::private(Engine::MySql) else {
        return;
    };
    let Some(other) = Server::private(Engine::MySql) else {
        return;
    };
    let url = server.database();
    let folder = tempfile::tempdir().unwrap();
    let root = |server: &PrivateServer, name: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, server.data_file("ca.pem")).unwrap();
        file.to_string_lossy().into_owned()
    };
    let (root, wrong) = (root(&server, "right.pem"), root(&other, "wrong.pem"));
    let with = |mode: &str, root: &str| with_parameters(&url, &format!("sslmode={mode}&sslrootcert={root}"));
    assert!(!cipher(&with("verify-ca", &root)).await.unwrap().is_empty());
    for (mode, root) in [("verify-full", &root), ("verify-ca", &wrong)] {
        assert_eq!(
            cipher(&with(mode, root)).await,
            Err(DriverErrorKind::Tls),
            "{mode}"
        );
    }
}

#[tokio::test]
async fn a_file_of_certificates_that_is_not_there_is_named() {
    for database in databases() {
        let url = with_parameters(database.url(), "sslmode=verify-full&sslrootcert=/nowhere/ca.pem");
        let error = open(&url, &ConnectOptions::read_only()).await.err().unwrap();
        assert_eq!(error.kind, DriverErrorKind::Tls);
        assert!(error.message.contains("/nowhere/ca.pem"), "{error}");
    }
}

async fn offers(database: &limbeck_testkit::ClientDatabase) -> bool {
    let mut connection = connect(database).await;
    let rows = query(&mut connection, "SHOW GLOBAL VARIABLES LIKE 'have_ssl'")
        .await
        .unwrap();
    // A newer MySQL has no such variable, and always offers it.
    rows.rows.first().is_none_or(|row| row.text(1) == Some("YES"))
}
