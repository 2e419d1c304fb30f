//! A hook that removes from Redis what a migration has made wrong.

use async_trait::async_trait;
use limbeck_core::engine::Hook;
use limbeck_core::engine::HookError;
use limbeck_core::engine::HookMoment;
use limbeck_core::engine::HookRun;
use limbeck_core::engine::TouchedTables;

/// The tables whose rows are in the cache, and the patterns of the keys that hold them.
///
/// A key that is made of several tables stands with each of them. What is no copy of a row has no line here, so that no
/// migration removes it: `session:*` (who is signed in), `build:*:log` (what a build has printed so far) and `queue:*` (what is
/// still to be done).
pub const CACHED: [(&str, &[&str]); 3] = [
    ("repository", &["repository:*", "tags-of:*"]),
    ("tag", &["tag:*", "tags-of:*"]),
    ("manifest", &["manifest:*"]),
];

/// The patterns of the keys whose values come from the tables that a step has touched: all of them where it may be any table.
pub fn keys_of(tables: &TouchedTables) -> Vec<&'static str> {
    let touched = CACHED.into_iter().filter(|(table, _)| tables.may_include(table));
    let mut patterns: Vec<&str> = touched.flat_map(|(_, patterns)| patterns).copied().collect();
    patterns.sort_unstable();
    patterns.dedup();
    patterns
}

/// Removes the keys of a table as soon as a step that touches it is recorded.
pub struct ForgetCached {
    redis: redis::Client,
}

impl ForgetCached {
    /// A hook for the Redis of a URL, such as `redis://localhost/`.
    ///
    /// # Errors
    /// That is no URL of a Redis. Nothing is connected yet.
    pub fn new(url: &str) -> redis::RedisResult<Self> {
        Ok(Self {
            redis: redis::Client::open(url)?,
        })
    }
}

#[async_trait]
impl Hook for ForgetCached {
    fn name(&self) -> &str {
        "removing cached rows from Redis"
    }

    async fn call(&self, _run: &HookRun<'_>, moment: &HookMoment<'_>) -> Result<(), HookError> {
        let HookMoment::AfterStep { step, .. } = moment else {
            return Ok(());
        };
        let patterns = keys_of(&step.tables);
        if patterns.is_empty() {
            return Ok(());
        }
        let redis = self.redis.clone();
        // This client blocks, and the run keeps its lock meanwhile.
        let removed = tokio::task::spawn_blocking(move || remove(&redis, &patterns));
        let removed = removed.await.map_err(|error| HookError::new(error.to_string()))?;
        removed.map_err(|error| {
            HookError::new(format!("Redis: {error}"))
                .with_hint("remove the keys by hand, or wait until they expire")
                .with_source(error)
        })
    }
}

/// Removes all keys of some patterns, without keeping others waiting for long.
fn remove(redis: &redis::Client, patterns: &[&str]) -> redis::RedisResult<()> {
    let mut connection = redis.get_connection()?;
    for pattern in patterns {
        let mut cursor: u64 = 0;
        loop {
            let mut scan = redis::cmd("SCAN");
            scan.arg(cursor).arg("MATCH").arg(pattern).arg("COUNT").arg(1000);
            let (next, keys): (u64, Vec<Vec<u8>>) = scan.query(&mut connection)?;
            if !keys.is_empty() {
                redis::cmd("UNLINK").arg(keys).exec(&mut connection)?;
            }
            if next == 0 {
                break;
            }
            cursor = next;
        }
    }
    Ok(())
}
