//! The first `cargo xtask migrate` of a fresh clone.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use super::Row;
use crate::bench::Bench;
use crate::bench::Scale;
use crate::error::BenchError;
use crate::outcome::Case;
use crate::outcome::Outcome;
use crate::outcome::Target;
use crate::work;

pub(super) struct FirstMigrate;

const SECONDS: f64 = 120.0;

impl Row for FirstMigrate {
    fn name(&self) -> &'static str {
        "first-migrate"
    }

    fn work(&self) -> &'static str {
        "the first `cargo xtask migrate` of a fresh clone, with two jobs, its crates downloaded"
    }

    fn floor(&self) -> &'static str {
        "a limit"
    }

    /// None in a quick run: it is a build of several minutes of processor time.
    fn cases(&self, scale: Scale) -> Vec<Case> {
        scale.pick(vec![Case::offline(1, "clone")], Vec::new())
    }

    fn measure(&self, bench: &Bench, case: &Case) -> Result<Vec<Outcome>, BenchError> {
        let folder = bench.folder("clone-")?;
        let clone = folder.path().join("clone");
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let workspace = package.parent().unwrap_or(package);
        work::output(
            Command::new("git")
                .args(["clone", "--quiet"])
                .arg(workspace)
                .arg(&clone),
        )?;
        let cargo = |words: &[&str]| {
            let mut command = Command::new("cargo");
            command
                .current_dir(&clone)
                .env("CARGO_TARGET_DIR", clone.join("target"))
                .env("CARGO_BUILD_JOBS", "2")
                .env(
                    "DATABASE_URL",
                    format!("sqlite:///{}", clone.join("registry.db").display()),
                )
                .args(words);
            command
        };
        work::output(&mut cargo(&["fetch", "--quiet", "--locked"]))?;
        let begin = Instant::now();
        work::output(&mut cargo(&["xtask", "migrate"]))?;
        Ok(vec![Outcome {
            row: self.name().to_owned(),
            case: case.clone(),
            target: Target::Seconds(SECONDS),
            figure: begin.elapsed().as_secs_f64(),
            rounds: 1,
            standings: Vec::new(),
        }])
    }
}
