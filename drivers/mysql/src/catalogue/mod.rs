//! All objects of a database, as statements that make them.
//!
//! The texts are put together from the catalogue, in the words of `SHOW CREATE`. What is not compared:
//!
//! - the definer of a view, a routine, a trigger or an event: what is made again belongs to who makes it;
//! - the next number of an `AUTO_INCREMENT` column and of a sequence: they are data;
//! - the moment at which an event starts when nobody has given one.

mod alter;
mod check;
mod column;
mod default;
mod event;
mod foreign_key;
mod index;
mod legible;
mod options;
mod partition;
mod program;
mod question;
mod restored;
mod routine;
mod sequence;
mod session;
mod shown;
mod table;
mod text;
mod trigger;
mod unqualified;
mod view;

use limbeck_core::catalogue::Catalogue;
use limbeck_core::catalogue::Object;
use limbeck_core::dialect::Version;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::Rows;

use self::shown::Shown;
use self::unqualified::Database;
use crate::connection::MySqlConnection;
use crate::constraints;
use crate::dialect::MARIADB;
use crate::dialect::MySqlDialect;
use crate::rows::by_name;

pub(crate) use alter::alter;

/// Whose catalogue it is.
#[derive(Clone, Copy)]
struct Server {
    dialect: &'static MySqlDialect,
    version: Version,
}

impl Server {
    fn of(connection: &MySqlConnection) -> Self {
        Self {
            dialect: connection.dialect(),
            version: connection.server().version,
        }
    }

    fn is_mariadb(self) -> bool {
        self.dialect == &MARIADB
    }
}

/// Reads all objects.
pub(crate) async fn read(connection: &mut MySqlConnection) -> Result<Catalogue, DriverError> {
    let server = Server::of(connection);
    let (relations, mut answers) = tables(connection, server).await?;
    let database = Database::read(&relations);
    let badly_told = shown::tables(server, &relations, &answers);
    answers.shown = shown::look(connection, "TABLE", badly_told).await?;
    let mut catalogue = Catalogue::new();
    for object in table::read_all(server, &database, &relations, &answers) {
        catalogue.insert(object);
    }
    let views = connection.ask(&question::views(server)).await?;
    let shown = shown::look(connection, "VIEW", shown::with_strings(&views, 0, 1)).await?;
    for object in view::read_all(&database, &views, &answers.columns, &shown)? {
        catalogue.insert(object);
    }
    sequences(connection, &relations, &mut catalogue).await?;
    programs(connection, server, &mut catalogue).await?;
    Ok(catalogue)
}

/// Reads the objects of the kinds for which the schema model has no words.
pub(crate) async fn beyond_model(connection: &mut MySqlConnection) -> Result<Catalogue, DriverError> {
    let server = Server::of(connection);
    let relations = connection.ask(question::RELATIONS).await?;
    let mut catalogue = Catalogue::new();
    sequences(connection, &relations, &mut catalogue).await?;
    programs(connection, server, &mut catalogue).await?;
    Ok(catalogue)
}

async fn sequences(
    connection: &mut MySqlConnection,
    relations: &Rows,
    catalogue: &mut Catalogue,
) -> Result<(), DriverError> {
    let names = sequence::names(relations);
    if !names.is_empty() {
        let rows = connection.ask(&question::sequences(&names)).await?;
        sequence::read_all(&rows).for_each(|object| catalogue.insert(object));
    }
    Ok(())
}

/// What holds statements of its own.
async fn programs(
    connection: &mut MySqlConnection,
    server: Server,
    catalogue: &mut Catalogue,
) -> Result<(), DriverError> {
    let questions = [
        question::TRIGGERS,
        question::ROUTINES,
        question::PARAMETERS,
        question::EVENTS,
    ];
    let [triggers, routines, parameters, events] = connection.ask_each(questions.map(str::to_owned)).await?;
    let shown = shown::look(connection, "TRIGGER", shown::with_strings(&triggers, 0, 4)).await?;
    for object in trigger::read_all(server, &triggers, &shown)? {
        catalogue.insert(object);
    }
    for object in routines_of(connection, server, &routines, &parameters).await? {
        catalogue.insert(object);
    }
    let shown = shown::look(connection, "EVENT", shown::with_strings(&events, 0, 1)).await?;
    for object in event::read_all(server, &events, &shown)? {
        catalogue.insert(object);
    }
    Ok(())
}

/// All relations, and what is part of tables, in one packet.
async fn tables(
    connection: &mut MySqlConnection,
    server: Server,
) -> Result<(Rows, table::Answers), DriverError> {
    let all = |_: &str| String::new();
    let [key_columns, key_rules] = constraints::foreign_key_questions(&all);
    let [checks, check_texts] = constraints::check_questions(server.dialect, &all);
    let [
        relations,
        columns,
        indexes,
        key_columns,
        key_rules,
        checks,
        check_texts,
        partitions,
    ] = connection
        .ask_each([
            question::RELATIONS.to_owned(),
            question::columns(server),
            question::indexes(server),
            key_columns,
            key_rules,
            checks,
            check_texts,
            question::PARTITIONS.to_owned(),
        ])
        .await?;
    let answers = table::Answers {
        columns: by_name(columns),
        indexes: by_name(indexes),
        foreign_keys: by_name(constraints::foreign_keys(key_columns, &key_rules)),
        checks: by_name(constraints::checks(server.dialect, checks, &check_texts)),
        partitions: by_name(partitions),
        shown: Shown::new(),
    };
    Ok((relations, answers))
}

/// Functions, procedures and packages, which have their names each for themselves.
async fn routines_of(
    connection: &mut MySqlConnection,
    server: Server,
    routines: &Rows,
    parameters: &Rows,
) -> Result<Vec<Object>, DriverError> {
    let mut objects = Vec::new();
    let mut kinds: Vec<&str> = routines.rows.iter().map(|row| text::of(row, 0)).collect();
    kinds.dedup();
    for kind in kinds {
        let own = routines.rows.iter().filter(|row| text::of(row, 0) == kind);
        let own = Rows::new(routines.columns.clone(), own.cloned().collect());
        let shown = shown::look(connection, kind, routine::to_show(server, &own, parameters)).await?;
        objects.extend(routine::read_all(server, &own, parameters, &shown)?);
    }
    Ok(objects)
}

/// What the server keeps from this user.
fn hidden(what: &str, name: &str, privilege: &str) -> DriverError {
    DriverError::new(
        DriverErrorKind::Permission,
        format!("the server does not show the text of the {what} {name} to this user"),
    )
    .with_hint(format!("give the user the privilege {privilege}"))
}
