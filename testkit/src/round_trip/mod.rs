//! Random schemas, from each to another and back on a server.

mod schema;
mod table;
mod walk;

use std::ops::Range;

use limbeck_core::driver::DatabaseUrl;
use limbeck_core::driver::Driver;

pub use self::schema::random_schema;

use self::walk::Walk;
use self::walk::Walked;

/// The variable with the number of pairs.
const NUMBER: &str = "LIMBECK_TEST_ROUND_TRIPS";

/// Pairs of a run that says nothing else.
const USUAL: u64 = 20;

/// What came of walking between random schemas.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RoundTrips {
    /// How many pairs were walked there and back.
    pub walked: usize,
    /// How many pairs have a schema for which the dialect has no words.
    pub inexpressible: usize,
    /// What went wrong, each with the seed of its pair.
    pub failures: Vec<String>,
}

/// The seeds of the pairs of a run: 20, or as many as `LIMBECK_TEST_ROUND_TRIPS` says. `5000..5001` there is one of them.
///
/// # Errors
/// The variable is no number and no range.
pub fn round_trip_seeds() -> Result<Range<u64>, String> {
    let Ok(text) = std::env::var(NUMBER) else {
        return Ok(0..USUAL);
    };
    let number = |text: &str| {
        text.parse()
            .map_err(|_| format!("{NUMBER} is {text}: it is a number, or a range such as 5..6"))
    };
    match text.split_once("..") {
        Some((from, to)) => Ok(number(from)?..number(to)?),
        None => Ok(0..number(&text)?),
    }
}

/// For each seed makes two random schemas on the server of a URL, and leads one to the other and back: the difference of
/// what the server has made of them leads there, its inverse leads back, and nothing leads from a schema to itself.
///
/// # Errors
/// No scratch database can be had.
pub async fn round_trips(
    driver: &dyn Driver,
    url: &DatabaseUrl,
    seeds: Range<u64>,
) -> Result<RoundTrips, String> {
    let mut trips = RoundTrips::default();
    for seed in seeds {
        let mut walk = Walk::open(driver, url).await?;
        match walk
            .there_and_back(&random_schema(seed * 2), &random_schema(seed * 2 + 1))
            .await
        {
            Ok(Walked::Whole) => trips.walked += 1,
            Ok(Walked::Inexpressible) => trips.inexpressible += 1,
            Err(why) => trips.failures.push(format!("seed {seed}: {why}")),
        }
        walk.close().await?;
    }
    Ok(trips)
}
