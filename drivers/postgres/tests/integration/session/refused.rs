//! Sessions that are not had.

use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Driver;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Secret;
use limbeck_postgres::Postgres;

use crate::engine::Place;

async fn refused(url: &DatabaseUrl) -> DriverError {
    let answer = Postgres.connect(url, &ConnectOptions::read_write()).await;
    answer.err().unwrap()
}

#[tokio::test]
async fn a_wrong_password_speaks_of_old_volumes() {
    let Some(place) = Place::new() else { return };
    let mut address = place.url().server().unwrap();
    address.password = Some(Secret::new("s3cret-but-wrong"));
    let error = refused(&place.url().with_server(&address)).await;
    assert_eq!(
        (error.kind, error.code.as_deref()),
        (DriverErrorKind::Authentication, Some("28P01"))
    );
    let hint = error.hint.unwrap();
    assert!(hint.contains("old volume") && !hint.contains("s3cret"), "{hint}");
    address.password = None;
    let error = refused(&place.url().with_server(&address)).await;
    assert_eq!(error.kind, DriverErrorKind::Authentication);
}

#[tokio::test]
async fn a_server_that_is_not_there_can_be_waited_for() {
    // Nothing listens there: the port of a listener that is gone.
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let error = refused(&format!("postgres://ann@127.0.0.1:{port}/shop").parse().unwrap()).await;
    assert_eq!(error.kind, DriverErrorKind::Connect);
    assert!(
        error
            .message
            .starts_with(&format!("no connection to 127.0.0.1:{port}: ")),
        "{error}"
    );
    assert!(error.hint.unwrap().contains("limbeck wait"));
}

#[tokio::test]
async fn a_socket_that_is_not_there_is_named() {
    let error = refused(&"postgres://ann@%2Fnowhere%2Fat%20all/shop".parse().unwrap()).await;
    assert!(
        error
            .message
            .starts_with("no connection to /nowhere/at all/.s.PGSQL.5432: "),
        "{error}"
    );
}
