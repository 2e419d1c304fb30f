//! One run over rows, engines and sizes.

use crate::arguments::Arguments;
use crate::bench::Bench;
use crate::clients;
use crate::engine::Engine;
use crate::error::BenchError;
use crate::outcome::Failure;
use crate::outcome::Results;
use crate::outcome::Version;
use crate::peers::InstalledPeer;
use crate::work;

/// Measures what the arguments ask for, and says what is being measured.
///
/// # Errors
/// Nothing can be measured at all.
pub fn run(arguments: &Arguments, say: impl Fn(String)) -> Result<Results, BenchError> {
    let limbeck = arguments.limbeck.clone();
    let limbeck =
        limbeck.ok_or_else(|| BenchError::Usage("--limbeck says which program is measured".to_owned()))?;
    let limbeck = limbeck.canonicalize().map_err(BenchError::file(&limbeck))?;
    let (peers, missing) = match arguments.without_peers {
        true => (Vec::new(), Vec::new()),
        false => InstalledPeer::find(),
    };
    let bench = Bench::new(limbeck, arguments.scale, arguments.rounds(), peers)?;
    let mut results = Results {
        versions: versions(&bench, &arguments.engines)?,
        missing,
        ..Results::default()
    };
    // By engine, so that what several rows need of it is made once.
    let engines = arguments.engines.iter().map(|engine| Some(*engine));
    for engine in engines.chain([None]) {
        for row in &arguments.rows {
            let cases = row.cases(arguments.scale).into_iter();
            let is_wanted = |size| arguments.sizes.is_empty() || arguments.sizes.contains(&size);
            for case in cases.filter(|case| case.engine == engine && is_wanted(case.size)) {
                say(format!("{}: {case}", row.name()));
                match row.measure(&bench, &case) {
                    Ok(outcomes) => results.outcomes.extend(outcomes),
                    Err(error) => {
                        let reason = error.to_string();
                        say(format!("failed: {reason}"));
                        let row = row.name().to_owned();
                        results.failures.push(Failure { row, case, reason });
                    }
                }
            }
        }
        bench.forget();
    }
    let order = |name: &str| arguments.rows.iter().position(|row| row.name() == name);
    results.outcomes.sort_by_key(|outcome| order(&outcome.row));
    Ok(results)
}

/// What the programs say of their versions.
fn versions(bench: &Bench, engines: &[Engine]) -> Result<Vec<Version>, BenchError> {
    let mut versions = Vec::new();
    let mut ask = |program: &str, mut command: std::process::Command| -> Result<(), BenchError> {
        let said = work::output(&mut command)?;
        let version = said.lines().next().unwrap_or_default().trim().to_owned();
        let program = program.to_owned();
        versions.push(Version { program, version });
        Ok(())
    };
    ask("limbeck", bench.limbeck(bench.scratch(), &["--version"]))?;
    // A client that is not there is said where it is missed.
    for client in engines.iter().filter_map(|engine| clients::of(*engine).ok()) {
        ask(client.name(), client.version())?;
    }
    for peer in bench.peers() {
        ask(peer.name(), peer.version())?;
    }
    Ok(versions)
}
