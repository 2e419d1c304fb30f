//! Alembic, with the `env.py` of its generic template as far as it matters.

use std::path::Path;
use std::process::Command;

use super::Peer;
use super::url;
use super::write;
use crate::corpus::Corpus;
use crate::engine::Engine;
use crate::error::BenchError;
use crate::place::Place;

pub(super) struct Alembic;

/// The variable with the URL.
const URL: &str = "BENCH_ALEMBIC_URL";

const ENVIRONMENT: &str = "\
import os

from alembic import context
from sqlalchemy import create_engine, pool

engine = create_engine(os.environ['BENCH_ALEMBIC_URL'], poolclass=pool.NullPool)
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=None)
    with context.begin_transaction():
        context.run_migrations()
";

impl Peer for Alembic {
    fn program(&self) -> &'static str {
        "alembic"
    }

    fn write(&self, folder: &Path, corpus: Corpus, engine: Engine) -> Result<(), BenchError> {
        let ini = "[alembic]\nscript_location = %(here)s/alembic\npath_separator = os\n";
        write(&folder.join("alembic.ini"), ini)?;
        write(&folder.join("alembic/env.py"), ENVIRONMENT)?;
        write(&folder.join("alembic/script.py.mako"), "")?;
        for revision in corpus.native(engine) {
            let parent = match revision.number {
                1 => "None".to_owned(),
                number => format!("'{:012}'", number - 1),
            };
            let calls = |statements: &[String]| -> String {
                let calls = statements
                    .iter()
                    .map(|sql| format!("    op.execute(\"\"\"{sql}\"\"\")\n"));
                calls.collect()
            };
            let text = format!(
                "\"\"\"Step {number}\"\"\"\nfrom alembic import op\n\nrevision = '{number:012}'\ndown_revision = {parent}\n\
                 branch_labels = None\ndepends_on = None\n\n\ndef upgrade():\n{}\n\ndef downgrade():\n{}",
                calls(&revision.up),
                calls(&revision.down),
                number = revision.number,
            );
            write(
                &folder.join(format!("alembic/versions/{:012}_step.py", revision.number)),
                &text,
            )?;
        }
        Ok(())
    }

    fn upgrade(&self, command: &mut Command, _folder: &Path, place: &Place) {
        let scheme = match place.engine() {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgresql+psycopg2",
            Engine::MySql | Engine::MariaDb => "mysql+pymysql",
        };
        command.args(["upgrade", "head"]).env(URL, url(place, scheme));
    }

    fn list(&self, command: &mut Command, word: &str) -> bool {
        command.arg(word);
        true
    }
}
