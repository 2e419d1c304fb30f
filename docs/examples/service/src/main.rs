use std::env;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::Response;
use axum::routing::get;
use limbeck_core::Database;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::engine::Event;
use limbeck_core::models::Table;
use limbeck_core::row::NewRow;
use limbeck_core::script::ScriptSet;
use limbeck_core::values;
use limbeck_sqlite::Sqlite;
use serde::Deserialize;
use serde::Serialize;
use tokio::net::TcpListener;

#[derive(Serialize, Table)]
struct Note {
    #[column(identity)]
    id: i64,
    #[column(varchar = 200, unique)]
    text: String,
}

#[derive(Deserialize, NewRow)]
#[new_row(table = Note)]
struct NewNote {
    text: String,
}

async fn notes(State(database): State<Database>) -> Result<Json<Vec<Note>>, Failure> {
    let notes = database.transaction(async |tx| tx.select("ORDER BY id", &[]).await);
    Ok(Json(notes.await?))
}

async fn write(State(database): State<Database>, Json(new): Json<NewNote>) -> Result<Json<Note>, Failure> {
    let note = database.transaction(async |tx| {
        let id = tx.insert_id(&new).await?;
        tx.select_one("WHERE id = ?", &values![id]).await
    });
    Ok(Json(note.await?))
}

async fn health(State(database): State<Database>) -> Result<&'static str, Failure> {
    database.check_health().await?;
    Ok("well")
}

/// What an error of the database is to whoever asked.
struct Failure(DriverError);

impl From<DriverError> for Failure {
    fn from(error: DriverError) -> Self {
        Self(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = match self.0.kind {
            DriverErrorKind::NoRow => StatusCode::NOT_FOUND,
            DriverErrorKind::Constraint => StatusCode::CONFLICT,
            DriverErrorKind::PoolTimeout | DriverErrorKind::Connect => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        eprintln!("database: {}", self.0);
        status.into_response()
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = env::var("DATABASE_URL").unwrap_or_else(|_| "sqlite://notes.db".to_owned());
    let database = Database::configure(url)
        .driver(Sqlite)
        .max_size(20)
        .wait(Duration::from_secs(5))
        .build()?;

    let scripts = ScriptSet::load(&limbeck_core::embed!("migrations"))?;
    let migrator = database.migrator(Arc::new(scripts));
    let started = migrator
        .run_on_start(&mut |event: &Event<'_>| eprintln!("migrations: {event}"))
        .await?;
    eprintln!("migrations: {} applied", started.applied.len());

    let app = Router::new()
        .route("/notes", get(notes).post(write))
        .route("/health", get(health))
        .with_state(database);
    let listener =
        TcpListener::bind(env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:8080".to_owned())).await?;
    println!("{}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
