//! What other sessions are doing.

use limbeck_core::driver::Activity;
use limbeck_core::driver::Connection;
use limbeck_core::driver::DriverError;
use limbeck_core::driver::DriverErrorKind;
use limbeck_core::driver::SessionId;

use crate::connection::MySqlConnection;
use crate::listed;

/// How many seconds apart two readings of one server's start may be.
const JITTER: u64 = 2;

/// A session among all that the server ever had: `<connection>@<start of the server>/<user>`. Connections are numbered
/// anew when the server starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SessionPlace {
    pub(crate) id: u64,
    /// Seconds since 1970.
    pub(crate) start: i64,
    pub(crate) user: String,
}

impl SessionPlace {
    pub(crate) fn id(&self) -> SessionId {
        SessionId::new(format!("{}@{}/{}", self.id, self.start, self.user))
    }

    /// Reads a session that this driver has named.
    pub(crate) fn read(session: &SessionId) -> Option<Self> {
        let (id, rest) = session.as_str().split_once('@')?;
        let (start, user) = rest.split_once('/')?;
        Some(Self {
            id: id.parse().ok()?,
            start: start.parse().ok()?,
            user: user.to_owned(),
        })
    }

    /// Whether both are of one life of the server.
    pub(crate) const fn is_beside(&self, other: &Self) -> bool {
        self.start.abs_diff(other.start) <= JITTER
    }
}

/// What a session is doing. One of another user can only be seen with the privilege PROCESS.
pub(crate) async fn of(
    connection: &mut MySqlConnection,
    session: &SessionId,
) -> Result<Activity, DriverError> {
    let own = SessionPlace::read(&connection.server().session);
    let (Some(place), Some(own)) = (SessionPlace::read(session), own) else {
        return Ok(Activity::Gone);
    };
    if !place.is_beside(&own) {
        return Ok(Activity::Gone);
    }
    let Some(listed) = listed::find(connection, place.id).await? else {
        return match place.user == own.user || sees_all(connection).await? {
            true => Ok(Activity::Gone),
            false => Err(hidden(&own.user, &place.user)),
        };
    };
    if listed.command == "Sleep" {
        return Ok(Activity::Idle);
    }
    let since = format!(
        "SELECT date_format(utc_timestamp() - INTERVAL {} SECOND, '%Y-%m-%dT%H:%i:%sZ')",
        listed.seconds
    );
    let rows = connection.ask(&since).await?;
    Ok(Activity::Running {
        since: rows.rows.first().and_then(|row| row.text(0)).map(str::to_owned),
        sql: listed.sql,
    })
}

async fn sees_all(connection: &mut MySqlConnection) -> Result<bool, DriverError> {
    const PROCESS: &str =
        "SELECT 1 FROM information_schema.user_privileges WHERE privilege_type = 'PROCESS' LIMIT 1";
    Ok(!connection.ask(PROCESS).await?.rows.is_empty())
}

fn hidden(own: &str, other: &str) -> DriverError {
    DriverError::new(
        DriverErrorKind::Permission,
        format!("the user {own} may not see whether a session of the user {other} still runs"),
    )
    .with_hint(format!(
        "run this as {other}, or let an administrator GRANT PROCESS ON *.* TO {own}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_read_as_it_was_named() {
        let place = SessionPlace {
            id: 8,
            start: 1_795_886_000,
            user: "ann/b@c".to_owned(),
        };
        assert_eq!(SessionPlace::read(&place.id()), Some(place.clone()));
        assert_eq!(SessionPlace::read(&SessionId::new("17")), None);
        let later = SessionPlace {
            start: place.start + 60,
            ..place.clone()
        };
        assert!(!later.is_beside(&place));
    }
}
