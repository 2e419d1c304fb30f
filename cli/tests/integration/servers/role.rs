//! Roles that may do less than an administrator.

use limbeck_testkit::Engine;
use limbeck_testkit::Server;

use super::Place;

/// A place whose command connects as a role of its own.
pub(super) struct Guest {
    // First: a role that has rights in a database is not dropped.
    pub(super) place: Place,
    pub(super) role: Role,
}

/// A role of one test on the shared server. It goes with this value.
pub(super) struct Role {
    pub(super) name: String,
    server: &'static Server,
}

impl Guest {
    /// The password of the role.
    pub(super) const PASSWORD: &'static str = "gu3st";

    /// None where there is no server. The role may connect, and nothing else.
    pub(super) fn on(engine: Engine) -> Option<Self> {
        let place = Place::on(engine)?;
        let server = Server::shared(engine)?;
        // MySQL's names of users have 32 letters.
        let name = place.database_name().replace("limbeck_test_", "limbeck_");
        let password = Self::PASSWORD;
        server.rows(&match engine {
            Engine::Postgres => format!("CREATE ROLE {name} LOGIN PASSWORD '{password}'"),
            _ => format!("CREATE USER '{name}'@'%' IDENTIFIED BY '{password}'"),
        });
        let role = Role { name, server };
        let (_, address) = place.url_text.split_once('@').unwrap();
        let scheme = place.url.scheme();
        place.connect_by(&format!("{scheme}://{}:{password}@{address}", role.name));
        Some(Self { place, role })
    }

    /// Gives the role rights. `{role}` and `{database}` stand for their names.
    pub(super) async fn grant(&self, statements: &[&str]) {
        let mut session = self.place.session().await;
        for sql in statements {
            session.rows(&self.named(sql)).await;
        }
    }

    /// A text with the names of the role and of the database.
    pub(super) fn named(&self, text: &str) -> String {
        let role = match self.place.engine {
            Engine::Postgres => self.role.name.clone(),
            _ => format!("'{}'@'%'", self.role.name),
        };
        text.replace("{role}", &role)
            .replace("{database}", &self.place.database_name())
    }
}

impl Drop for Role {
    fn drop(&mut self) {
        let name = &self.name;
        self.server.rows(&match self.server.engine() {
            Engine::Postgres => format!("DROP ROLE {name}"),
            _ => format!("DROP USER '{name}'@'%'"),
        });
    }
}

impl Place {
    /// The name of its database.
    pub(super) fn database_name(&self) -> String {
        self.url.server().unwrap().database.unwrap()
    }
}
