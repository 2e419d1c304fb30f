//! A server that is the only node of a Galera cluster.

use std::path::Path;

use super::source::free_port;

/// What `LIMBECK_TEST_REQUIRE` calls such a server.
pub(super) const WORD: &str = "galera";

/// Where packages put the provider.
pub(super) const PROVIDERS: [&str; 3] = [
    "/usr/lib/galera/libgalera_smm.so",
    "/usr/lib64/galera-4/libgalera_smm.so",
    "/usr/lib64/galera/libgalera_smm.so",
];

/// The provider on this machine, or in the folder that is the root of the server's file system.
pub(super) fn installed(root: Option<&Path>) -> Option<String> {
    let root = root.unwrap_or(Path::new("/"));
    let is_there = |path: &&str| root.join(path.trim_start_matches('/')).is_file();
    PROVIDERS.into_iter().find(is_there).map(str::to_owned)
}

/// What makes a server the first node of a cluster of its own, which nobody else can join.
pub(super) fn arguments(provider: &str) -> Result<Vec<String>, String> {
    let port = free_port()?;
    Ok(vec![
        "--wsrep-on=ON".to_owned(),
        format!("--wsrep-provider={provider}"),
        "--wsrep-cluster-address=gcomm://".to_owned(),
        "--wsrep-node-address=127.0.0.1".to_owned(),
        format!("--wsrep-provider-options=gmcast.listen_addr=tcp://127.0.0.1:{port}"),
        "--binlog-format=ROW".to_owned(),
        "--innodb-autoinc-lock-mode=2".to_owned(),
    ])
}
