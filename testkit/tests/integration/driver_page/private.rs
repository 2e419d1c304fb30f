use limbeck_testkit::Engine;
use limbeck_testkit::PrivateOptions;
use limbeck_testkit::Server;

#[test]
fn a_run_survives_a_restart() {
    let Some(mut server) = Server::private(Engine::MariaDb) else {
        return;
    };
    let url = server.database();
    server.rows("SET GLOBAL lock_wait_timeout = 3");
    server.kill(); // SIGKILL, all its processes
    server.start(); // the same data, the same port
    assert_eq!(server.admin_url().server().unwrap().port, url.server().unwrap().port);
}

#[test]
fn a_full_disk_is_an_error() {
    let wanted = PrivateOptions::new(Engine::Postgres).disk(320).argument("-c").argument("log_statement=all");
    let Some(server) = wanted.start() else {
        return;
    };
    server.fill_disk();
    server.free_disk();
}
