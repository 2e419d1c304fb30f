//! Two scratch databases in which cases are walked.

use limbeck_core::catalogue::Catalogue;
use limbeck_core::catalogue::Changes;
use limbeck_core::catalogue::Object;
use limbeck_core::catalogue::changes;
use limbeck_core::driver::ConnectOptions;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Driver;
use limbeck_core::driver::Row;
use limbeck_core::sql::split;

use super::CatalogueCase;

/// Two scratch databases of an engine. Each case leaves them empty, by the changes that lead there: where they do not, the
/// databases are had anew.
pub struct Workbench<'a> {
    driver: &'a dyn Driver,
    url: &'a DatabaseUrl,
    here: Box<dyn Connection>,
    there: Box<dyn Connection>,
    /// What an empty database has.
    nothing: Catalogue,
}

impl<'a> Workbench<'a> {
    /// Has the two databases.
    ///
    /// # Errors
    /// The driver or the server has none, or does not say what is in them.
    pub async fn open(driver: &'a dyn Driver, url: &'a DatabaseUrl) -> Result<Self, String> {
        let options = ConnectOptions::read_write();
        let mut here = driver
            .scratch(url, &options)
            .await
            .map_err(|error| error.to_string())?;
        let there = driver
            .scratch(url, &options)
            .await
            .map_err(|error| error.to_string())?;
        let nothing = read(&mut *here).await?;
        Ok(Self {
            driver,
            url,
            here,
            there,
            nothing,
        })
    }

    /// Walks a case: nothing leads from the current schema to itself; what leads to the desired one leads there, keeps the
    /// rows, and leaves nothing to do; and what leads back leads back. What each catalogue says makes it again.
    ///
    /// # Errors
    /// What is not so.
    pub async fn there_and_back(&mut self, case: &CatalogueCase) -> Result<(), String> {
        let (walked, here, there) = match self.walk(case).await {
            Ok((here, there)) => (Ok(()), Some(here), Some(there)),
            Err(why) => (Err(why), None, None),
        };
        let here = self.here_is_empty_again(here).await;
        let there = self.there_is_empty_again(there).await;
        walked.and(here).and(there)
    }

    /// Takes the databases away.
    ///
    /// # Errors
    /// The server refuses that.
    pub async fn close(self) -> Result<(), String> {
        self.here.close().await.map_err(|error| error.to_string())?;
        self.there.close().await.map_err(|error| error.to_string())
    }

    /// What both databases hold in the end.
    async fn walk(&mut self, case: &CatalogueCase) -> Result<(Catalogue, Catalogue), String> {
        let said = |what: &'static str| move |error: String| format!("{what}: {error}");
        run(&mut *self.there, &case.desired)
            .await
            .map_err(said("desired"))?;
        let desired = read(&mut *self.there).await?;
        run(&mut *self.here, &case.current)
            .await
            .map_err(said("current"))?;
        let current = read(&mut *self.here).await?;
        run(&mut *self.here, &case.rows).await.map_err(said("rows"))?;
        let kept = self.kept(case).await?;
        let again = read(&mut *self.here).await?;
        nothing_to_do(&self.changes(&current, &again)).map_err(said("current against itself"))?;
        let found = self.changes(&current, &desired);
        if case.same {
            nothing_to_do(&found).map_err(said("both are the same"))?;
        }
        self.lead(found, &desired).await.map_err(said("there"))?;
        same("the rows there", &self.kept(case).await?, &kept)?;
        let back = self.changes(&desired, &current);
        let here = self.lead(back, &current).await.map_err(said("back"))?;
        same("the rows back", &self.kept(case).await?, &kept)?;
        let made = desired
            .in_order()
            .filter(|object| !self.nothing.contains(&object.id));
        let made: Vec<String> = made.flat_map(Object::statements).map(str::to_owned).collect();
        self.there_is_empty_again(Some(desired.clone())).await?;
        send(&mut *self.there, &made).await.map_err(said("made again"))?;
        let again = read(&mut *self.there).await?;
        nothing_to_do(&self.changes(&again, &desired)).map_err(said("made again"))?;
        Ok((here, again))
    }

    fn changes(&self, from: &Catalogue, to: &Catalogue) -> Changes {
        let server = self.here.server();
        changes(from, to, &|change| {
            server.dialect.alter_object(change, &server.version)
        })
    }

    /// Makes the changes, and there is nothing to do. What there is then.
    async fn lead(&mut self, found: Changes, wanted: &Catalogue) -> Result<Catalogue, String> {
        if let Some(left) = found.left.first() {
            return Err(format!("left: {left}"));
        }
        let statements: Vec<String> = found.statements().map(str::to_owned).collect();
        send(&mut *self.here, &statements).await?;
        let made = read(&mut *self.here).await?;
        nothing_to_do(&self.changes(&made, wanted))
            .map_err(|error| format!("{error}\nafter:\n{}", statements.join(";\n")))?;
        Ok(made)
    }

    async fn kept(&mut self, case: &CatalogueCase) -> Result<Vec<Row>, String> {
        match case.kept.trim() {
            "" => Ok(Vec::new()),
            sql => {
                let rows = self.here.query(sql, &[]).await;
                Ok(rows.map_err(|error| format!("{error}: {sql}"))?.rows)
            }
        }
    }

    async fn here_is_empty_again(&mut self, is: Option<Catalogue>) -> Result<(), String> {
        let emptied = empty(&mut *self.here, is, &self.nothing).await;
        if emptied.is_err() {
            self.here = self.scratch().await?;
        }
        emptied.map_err(|error| format!("emptied: {error}"))
    }

    async fn there_is_empty_again(&mut self, is: Option<Catalogue>) -> Result<(), String> {
        let emptied = empty(&mut *self.there, is, &self.nothing).await;
        if emptied.is_err() {
            self.there = self.scratch().await?;
        }
        emptied.map_err(|error| format!("emptied: {error}"))
    }

    async fn scratch(&self) -> Result<Box<dyn Connection>, String> {
        let scratch = self.driver.scratch(self.url, &ConnectOptions::read_write()).await;
        scratch.map_err(|error| error.to_string())
    }
}

/// Takes away all that is in a database, which is read where it is not known.
async fn empty(
    connection: &mut dyn Connection,
    is: Option<Catalogue>,
    nothing: &Catalogue,
) -> Result<(), String> {
    let is = match is {
        Some(is) => is,
        None => read(connection).await?,
    };
    let (dialect, version) = (connection.server().dialect, connection.server().version);
    let found = changes(&is, nothing, &|change| dialect.alter_object(change, &version));
    let statements: Vec<String> = found.statements().map(str::to_owned).collect();
    send(connection, &statements).await?;
    let left = read(connection).await?;
    match changes(&left, nothing, &|change| dialect.alter_object(change, &version)).is_empty() {
        true => Ok(()),
        false => Err(format!("something is left after:\n{}", statements.join(";\n"))),
    }
}

async fn read(connection: &mut dyn Connection) -> Result<Catalogue, String> {
    connection.catalogue().await.map_err(|error| error.to_string())
}

async fn run(connection: &mut dyn Connection, text: &str) -> Result<(), String> {
    let slices = split(text, connection.server().dialect.lexical_rules());
    let statements: Vec<String> = slices
        .into_iter()
        .map(|slice| slice.body.slice(text).to_owned())
        .filter(|sql| !sql.is_empty())
        .collect();
    send(connection, &statements).await?;
    connection.restore().await.map_err(|error| error.to_string())
}

async fn send(connection: &mut dyn Connection, statements: &[String]) -> Result<(), String> {
    for sql in statements {
        let sent = connection.query(sql, &[]).await;
        sent.map_err(|error| format!("{error}: {sql}"))?;
    }
    Ok(())
}

fn nothing_to_do(found: &Changes) -> Result<(), String> {
    if found.is_empty() {
        return Ok(());
    }
    let left = found.left.iter().map(ToString::to_string);
    let steps = found.steps.iter().map(|step| {
        let statements = step.statements.join(";\n");
        format!("{:?} {}: {statements}", step.action, step.object)
    });
    let all: Vec<String> = left.chain(steps).collect();
    Err(format!("there is something to do:\n{}", all.join("\n")))
}

fn same(what: &str, one: &[Row], other: &[Row]) -> Result<(), String> {
    match one == other {
        true => Ok(()),
        false => Err(format!("{what} are {one:?} in place of {other:?}")),
    }
}
