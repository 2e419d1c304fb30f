//! All objects of a database, there and back.

mod corpus;
mod made_again;
mod pairs;
mod queries;
mod told;

use limbeck_core::dialect::Version;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Driver;
use limbeck_mysql::MySql;

/// Which server it is.
async fn version(url: &DatabaseUrl) -> Version {
    let connection = MySql.connect(url, &ConnectOptions::read_only()).await.unwrap();
    let version = connection.server().version;
    connection.close().await.unwrap();
    version
}
