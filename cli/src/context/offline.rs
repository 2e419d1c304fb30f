//! What works without a database, for one dialect or several.

use std::sync::Arc;

use limbeck_core::dialect::Dialect;
use limbeck_core::driver::Driver;
use limbeck_core::engine::MigratorOptions;
use limbeck_core::engine::Offline;
use limbeck_core::script::ScriptSet;

use super::Context;
use super::DriverDialect;
use super::migrator::tables;
use crate::error::CommandError;
use crate::error::ErrorKind;
use crate::offline::SqlArgs;

impl Context<'_> {
    /// What writes SQL instead of running it.
    pub(crate) fn offline(
        &self,
        args: &SqlArgs,
        change: impl FnOnce(&mut MigratorOptions),
    ) -> Result<Offline, CommandError> {
        let (driver, dialect) = args.dialect(self)?;
        let server = args.server(dialect)?;
        let config = self.config()?;
        let table = config.version_table(&self.choice(), &self.url_variables())?;
        let mut options = MigratorOptions::default();
        options.tables = tables(&table.value)?;
        options.naming = config.naming().clone();
        options.transaction = config.transaction(&self.choice(), &self.url_variables())?.value;
        change(&mut options);
        let offline = Offline::new(driver, dialect, Arc::new(self.scripts()?))
            .with_server(server)
            .with_options(options);
        let code = self.cli.migrations.iter().cloned();
        Ok(code.fold(offline, Offline::with_migration))
    }

    /// What works for the database of the configuration without asking it.
    pub(crate) fn offline_here(&self, scripts: &Arc<ScriptSet>) -> Result<Offline, CommandError> {
        if let Ok((driver, dialect)) = self.driver_and_dialect() {
            return self.without_database(&driver, dialect, scripts);
        }
        // Files of portable SQL mean the same for all of them.
        let first = self.all_offline(scripts)?.into_iter().next();
        first.ok_or_else(|| CommandError::new(ErrorKind::NoDriver, "this build has no driver at all"))
    }

    /// What works for every database that this build knows, with none at hand.
    pub(crate) fn all_offline(&self, scripts: &Arc<ScriptSet>) -> Result<Vec<Offline>, CommandError> {
        let drivers = self.cli.drivers.iter();
        let dialects =
            drivers.flat_map(|driver| driver.dialects().iter().map(move |dialect| (driver, *dialect)));
        dialects
            .map(|(driver, dialect)| self.without_database(driver, dialect, scripts))
            .collect()
    }

    /// What works for the dialects that the configuration names, with none of their databases at hand.
    pub(crate) fn named_offline(&self, scripts: &Arc<ScriptSet>) -> Result<Vec<Offline>, CommandError> {
        let names = self.config()?.dialects().iter();
        names
            .map(|name| {
                let (driver, dialect) = self
                    .dialect(name)
                    .map_err(|error| error.with_hint("`dialects` in limbeck.toml names it"))?;
                self.without_database(&driver, dialect, scripts)
            })
            .collect()
    }

    /// The dialects that a project is for: those that the configuration names and those of its database's driver; where
    /// it says nothing about either, all that this build knows.
    pub(crate) fn project_dialects(&self) -> Result<Vec<DriverDialect>, CommandError> {
        let all = |driver: &Arc<dyn Driver>| {
            let driver = Arc::clone(driver);
            let dialects = driver.dialects().iter();
            dialects.map(move |dialect| (Arc::clone(&driver), *dialect))
        };
        let names = self.config()?.dialects().iter();
        let mut dialects = names
            .map(|name| self.dialect(name))
            .collect::<Result<Vec<_>, _>>()?;
        if let Ok((driver, _)) = self.driver_and_dialect() {
            dialects.extend(all(&driver));
        }
        if dialects.is_empty() {
            dialects.extend(self.cli.drivers.iter().flat_map(all));
        }
        Ok(dialects)
    }

    fn without_database(
        &self,
        driver: &Arc<dyn Driver>,
        dialect: &'static dyn Dialect,
        scripts: &Arc<ScriptSet>,
    ) -> Result<Offline, CommandError> {
        let mut options = MigratorOptions::default();
        options.naming = self.config()?.naming().clone();
        let offline = Offline::new(Arc::clone(driver), dialect, Arc::clone(scripts)).with_options(options);
        let code = self.cli.migrations.iter().cloned();
        Ok(code.fold(offline, Offline::with_migration))
    }
}
