//! The seeds that a run is about, in their order.

use std::sync::Arc;

use super::RowSeed;
use super::Seed;
use super::SeedError;
use super::SeedFolder;
use super::SeedName;
use super::SeedRuns;
use super::SeedScript;
use super::folder::Part;
use super::folder::SeedFile;
use super::folder::SeedFormat;
use super::folder::text;
use super::manifest::Manifest;
use crate::sql::SourceFile;
use crate::sql::nearest;

/// The seeds for one environment, in their order: those for all environments come first.
#[derive(Clone, Default)]
pub struct SeedSet {
    environment: Option<String>,
    seeds: Vec<LoadedSeed>,
    /// The seeds of other environments, which do not run.
    elsewhere: Vec<(SeedName, String)>,
}

/// A seed that was read.
#[derive(Clone)]
#[non_exhaustive]
pub struct LoadedSeed {
    /// Its name.
    pub name: SeedName,
    /// The environment that it is for; none stands for all.
    pub environment: Option<String>,
    /// How often it runs.
    pub runs: SeedRuns,
    /// What it does.
    pub body: SeedBody,
}

/// What a seed does.
#[derive(Clone)]
#[non_exhaustive]
pub enum SeedBody {
    /// It sends statements.
    Sql(SeedScript),
    /// It gives a table the rows of a file.
    Rows(RowSeed),
    /// It runs code.
    Code(Arc<dyn Seed>),
}

impl SeedSet {
    /// Reads the seeds of a folder and those in Rust that an environment runs.
    ///
    /// # Errors
    /// A file cannot be read or understood, or two seeds have one name.
    pub fn load(
        folder: &SeedFolder,
        code: &[Arc<dyn Seed>],
        environment: Option<&str>,
    ) -> Result<Self, SeedError> {
        let mut set = Self {
            environment: environment.map(str::to_owned),
            ..Self::default()
        };
        set.add(folder.part(None)?, code, None)?;
        if let Some(environment) = environment {
            let part = match folder.environments()?.iter().any(|known| known == environment) {
                true => folder.part(Some(environment))?,
                false => Part::default(),
            };
            set.add(part, code, Some(environment))?;
        }
        // Their names only tell what somebody meant: what is wrong there concerns nobody here.
        for other in folder.environments()? {
            if Some(other.as_str()) != environment {
                let files = folder.part(Some(&other)).unwrap_or_default().files;
                let names = files.into_iter().map(|file| (file.name, other.clone()));
                set.elsewhere.extend(names);
            }
        }
        for seed in code {
            let environments = seed.environments();
            if let (Some(other), false) = (
                environments.first(),
                environment.is_some_and(|environment| environments.contains(&environment)),
            ) {
                let name = SeedName::new(seed.name())?;
                set.elsewhere.push((name, (*other).to_owned()));
            }
        }
        set.check_names()?;
        Ok(set)
    }

    /// Adds what is for all environments, or for one alone.
    fn add(
        &mut self,
        part: Part,
        code: &[Arc<dyn Seed>],
        environment: Option<&str>,
    ) -> Result<(), SeedError> {
        let Part { files, mut manifest } = part;
        let mut seeds = Vec::with_capacity(files.len());
        for file in files {
            seeds.push(read(file, &mut manifest, environment)?);
        }
        manifest.check_empty()?;
        for seed in code {
            let is_meant = match environment {
                Some(environment) => seed.environments().contains(&environment),
                None => seed.environments().is_empty(),
            };
            if is_meant {
                seeds.push(LoadedSeed {
                    name: SeedName::new(seed.name())?,
                    environment: environment.map(str::to_owned),
                    runs: seed.runs(),
                    body: SeedBody::Code(Arc::clone(seed)),
                });
            }
        }
        seeds.sort_by(|a, b| a.name.rank().cmp(&b.name.rank()));
        self.seeds.extend(seeds);
        Ok(())
    }

    fn check_names(&self) -> Result<(), SeedError> {
        for (at, seed) in self.seeds.iter().enumerate() {
            if self.seeds.iter().take(at).any(|other| other.name == seed.name) {
                return Err(SeedError::SameName {
                    name: seed.name.to_string(),
                });
            }
        }
        Ok(())
    }

    /// The environment that they are for.
    pub fn environment(&self) -> Option<&str> {
        self.environment.as_deref()
    }

    /// The seeds, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &LoadedSeed> {
        self.seeds.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.seeds.is_empty()
    }

    /// The seeds that names mean, in their own order; all of them without a name.
    ///
    /// # Errors
    /// A name means none, or only one of another environment.
    pub fn choose(&self, names: &[String]) -> Result<Self, SeedError> {
        for name in names {
            if !self.seeds.iter().any(|seed| seed.name.is_meant_by(name)) {
                return Err(self.unknown(name));
            }
        }
        let is_chosen =
            |seed: &&LoadedSeed| names.is_empty() || names.iter().any(|name| seed.name.is_meant_by(name));
        Ok(Self {
            seeds: self.seeds.iter().filter(is_chosen).cloned().collect(),
            ..self.clone()
        })
    }

    fn unknown(&self, name: &str) -> SeedError {
        let elsewhere = self.elsewhere.iter().find(|(other, _)| other.is_meant_by(name));
        if let Some((other, environment)) = elsewhere {
            return SeedError::Elsewhere {
                name: other.to_string(),
                environment: environment.clone(),
                present: self.environment.clone(),
            };
        }
        let words = self
            .seeds
            .iter()
            .flat_map(|seed| [seed.name.as_str(), seed.name.word()]);
        SeedError::Unknown {
            name: name.to_owned(),
            near: nearest(name, words).map(str::to_owned),
        }
    }
}

/// Reads a file.
fn read(file: SeedFile, manifest: &mut Manifest, environment: Option<&str>) -> Result<LoadedSeed, SeedError> {
    let SeedFile { name, format, data } = file;
    let (runs, body) = match format {
        SeedFormat::Sql => {
            let script = SeedScript::parse(SourceFile::new(data.name(), text(&data)?))?;
            (script.runs(), SeedBody::Sql(script))
        }
        SeedFormat::Rows(format) => {
            let keys = manifest.take(name.as_str());
            let runs = keys.runs.unwrap_or(SeedRuns::Always);
            (runs, SeedBody::Rows(RowSeed::new(&name, data, format, keys)))
        }
    };
    Ok(LoadedSeed {
        name,
        environment: environment.map(str::to_owned),
        runs,
        body,
    })
}

#[cfg(test)]
mod tests {
    use async_trait::async_trait;

    use super::*;
    use crate::driver::DriverError;
    use crate::driver::Transaction;

    struct Code(&'static str, &'static [&'static str]);

    #[async_trait]
    impl Seed for Code {
        fn name(&self) -> &str {
            self.0
        }

        fn environments(&self) -> &[&str] {
            self.1
        }

        async fn seed(&self, _transaction: &mut Transaction<'_>) -> Result<(), DriverError> {
            Ok(())
        }
    }

    fn folder() -> SeedFolder {
        SeedFolder::of_files([
            ("README.md", ""),
            ("020_b.csv", "id\n1\n"),
            ("3_a.sql", "DELETE FROM a;"),
            ("dev/010_c.jsonl", ""),
            ("production/c.csv", ""),
        ])
    }

    fn names(set: &SeedSet) -> Vec<&str> {
        set.iter().map(|seed| seed.name.as_str()).collect()
    }

    fn load(folder: &SeedFolder, environment: Option<&str>) -> Result<SeedSet, SeedError> {
        let code: [Arc<dyn Seed>; 2] = [Arc::new(Code("015_x", &[])), Arc::new(Code("y", &["dev"]))];
        SeedSet::load(folder, &code, environment)
    }

    #[test]
    fn what_is_for_all_comes_before_what_is_for_one_environment() {
        let common = ["3_a.sql", "015_x", "020_b.csv"];
        assert_eq!(names(&load(&folder(), None).unwrap()), common);
        assert_eq!(names(&load(&folder(), Some("test")).unwrap()), common);
        let dev = load(&folder(), Some("dev")).unwrap();
        assert_eq!(
            names(&dev),
            ["3_a.sql", "015_x", "020_b.csv", "dev/010_c.jsonl", "y"]
        );
    }

    #[test]
    fn names_choose_and_what_they_do_not_mean_is_said() {
        let set = load(&folder(), Some("production")).unwrap();
        let choose = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            set.choose(&names)
        };
        assert_eq!(names(&choose(&["b", "3_a"]).unwrap()), ["3_a.sql", "020_b.csv"]);
        let error = |name| choose(&[name]).err().unwrap();
        insta::assert_snapshot!(error("dev/010_c"), @"the seed `dev/010_c.jsonl` is for the environment `dev` alone, and this is `production`");
        insta::assert_snapshot!(error("y"), @"the seed `y` is for the environment `dev` alone, and this is `production`");
        insta::assert_snapshot!(error("030_b"), @"there is no seed `030_b`");
    }

    #[test]
    fn a_folder_with_other_files_is_refused() {
        let error = |file: &str, text: &str| {
            let folder = SeedFolder::of_files([("1_a.csv", "id\n"), (file, text)]);
            load(&folder, None).err().unwrap()
        };
        insta::assert_snapshot!(error("a.json", "[]"), @"a.json: the ending says no format of seeds");
        insta::assert_snapshot!(error("seeds.toml", "[\"1_a.csv\"]\nkeys = [\"id\"]\n"), @"seeds.toml:2: unknown field `keys`, expected one of `table`, `key`, `runs`");
        insta::assert_snapshot!(error("seeds.toml", "[\"2_a.csv\"]\nkey = [\"id\"]\n"), @"seeds.toml: there is no file of rows `2_a.csv` beside it");
        insta::assert_snapshot!(error("seeds.toml", "[\"1_a.csv\"]\nruns = \"twice\"\n"), @"seeds.toml:2: unknown variant `twice`, expected `once` or `always`");
    }

    #[test]
    fn two_seeds_of_one_name_are_refused() {
        let code: [Arc<dyn Seed>; 1] = [Arc::new(Code("3_a.sql", &[]))];
        let error = SeedSet::load(&folder(), &code, None).err().unwrap();
        insta::assert_snapshot!(error, @"two seeds have the name `3_a.sql`");
    }
}
