//! What is in a database.

use super::EngineError;
use super::Migrator;
use crate::catalogue::Catalogue;
use crate::catalogue::Changes;
use crate::catalogue::changes;
use crate::dialect::Dialect;
use crate::dialect::Version;
use crate::driver::ConnectOptions;
use crate::driver::DriverError;
use crate::driver::DriverErrorKind;
use crate::driver::Scope;
use crate::driver::Session;
use crate::schema::Schema;

/// What is in a database, without the history tables.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Live {
    /// What the schema model holds of it.
    pub schema: Schema,
    /// All objects in the engine's own words; none when the driver cannot read them, or when they were not asked for.
    pub catalogue: Option<Catalogue>,
    /// The objects of which the model says nothing, where nothing more of them than their names was asked for.
    pub beyond_model: Catalogue,
    /// The dialect of the server.
    pub dialect: &'static dyn Dialect,
    /// The version of the server.
    pub version: Version,
}

/// How much of a database is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Depth {
    /// The schema model and all objects.
    Everything,
    /// The schema model, and the objects for which it has no words.
    Model,
}

impl Live {
    /// What leads from this catalogue to another of the same engine; none when one of them is not known.
    pub fn changes_to(&self, other: &Self) -> Option<Changes> {
        let (from, to) = (self.catalogue.as_ref()?, other.catalogue.as_ref()?);
        Some(self.changes(from, to))
    }

    /// What leads from one catalogue of this engine to another.
    pub fn changes(&self, from: &Catalogue, to: &Catalogue) -> Changes {
        changes(from, to, &|change| {
            self.dialect.alter_object(change, &self.version)
        })
    }
}

impl Migrator {
    /// What is in the database, without the history tables. Nothing is written.
    ///
    /// # Errors
    /// The database cannot be reached, or its driver cannot read schemas.
    pub async fn live(&self) -> Result<Live, EngineError> {
        self.read_live(Depth::Everything).await
    }

    /// The same where the schema model is enough, and of what it has no words for the names: to read all objects takes as long
    /// again.
    ///
    /// # Errors
    /// Those of [`live`](Self::live).
    pub async fn live_model(&self) -> Result<Live, EngineError> {
        self.read_live(Depth::Model).await
    }

    async fn read_live(&self, depth: Depth) -> Result<Live, EngineError> {
        let mut session = self.connect(&ConnectOptions::read_only()).await?;
        let mut schema = session.introspect(Scope::All).await.map_err(reading)?;
        self.options().tables.leave_out(&mut schema);
        let (catalogue, beyond_model) = match depth {
            Depth::Everything => (self.catalogue_of(&mut session).await?, Catalogue::new()),
            Depth::Model => match session.beyond_model().await {
                Err(error) if error.kind == DriverErrorKind::Unsupported => (None, Catalogue::new()),
                beyond_model => (None, beyond_model.map_err(reading)?),
            },
        };
        let (dialect, version) = (session.server().dialect, session.server().version);
        session.close().await.map_err(EngineError::Connect)?;
        Ok(Live {
            schema,
            catalogue,
            beyond_model,
            dialect,
            version,
        })
    }

    /// All objects, without the history tables; none when the driver cannot read them.
    async fn catalogue_of(&self, session: &mut Session) -> Result<Option<Catalogue>, EngineError> {
        self.own_objects(session.catalogue().await)
    }

    /// The same for their fingerprint.
    pub(crate) async fn catalogue_without_order_of(
        &self,
        session: &mut Session,
    ) -> Result<Option<Catalogue>, EngineError> {
        self.own_objects(session.catalogue_without_order().await)
    }

    fn own_objects(&self, read: Result<Catalogue, DriverError>) -> Result<Option<Catalogue>, EngineError> {
        match read {
            Ok(mut catalogue) => {
                self.options().tables.leave_out_objects(&mut catalogue);
                Ok(Some(catalogue))
            }
            Err(error) if error.kind == DriverErrorKind::Unsupported => Ok(None),
            Err(error) => Err(reading(error)),
        }
    }
}

fn reading(error: DriverError) -> EngineError {
    EngineError::Database {
        doing: "reading the schema",
        error,
    }
}
