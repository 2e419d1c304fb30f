//! For whom a section is.

use std::fmt;

/// For whom a section is, and in which language it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Audience {
    /// Portable SQL that all run but those named here, and that is the model for all.
    Portable {
        /// Words of drivers and dialects that do not run it.
        except: Vec<String>,
    },
    /// Portable SQL that is only replayed, never run.
    Model,
    /// SQL of the named drivers or dialects, sent word for word.
    Native {
        /// Words of drivers and dialects that run it.
        drivers: Vec<String>,
        /// Words of those among them that do not.
        except: Vec<String>,
    },
}

impl Audience {
    /// Whether a database of this driver and dialect runs the section.
    ///
    /// ```
    /// use limbeck_core::script::Audience;
    ///
    /// let native = Audience::Native { drivers: vec!["mysql".into()], except: vec!["mariadb".into()] };
    /// assert!(native.runs_on("mysql", "mysql"));
    /// assert!(!native.runs_on("mysql", "mariadb"));
    /// ```
    pub fn runs_on(&self, driver: &str, dialect: &str) -> bool {
        let names = |words: &[String]| words.iter().any(|word| word == driver || word == dialect);
        match self {
            Self::Portable { except } => !names(except),
            Self::Model => false,
            Self::Native { drivers, except } => names(drivers) && !names(except),
        }
    }

    /// Whether the section is SQL of particular drivers, sent word for word.
    pub fn is_native(&self) -> bool {
        matches!(self, Self::Native { .. })
    }

    /// The words of all drivers and dialects that are named.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let (drivers, except): (&[String], &[String]) = match self {
            Self::Portable { except } => (&[], except),
            Self::Model => (&[], &[]),
            Self::Native { drivers, except } => (drivers, except),
        };
        drivers.iter().chain(except).map(String::as_str)
    }

    /// Reads what stands after `upgrade` or `downgrade`; the error says what is wrong with it.
    pub(super) fn parse(arguments: &str) -> Result<Self, String> {
        let mut drivers = Vec::new();
        let mut except = Vec::new();
        let mut excluding = false;
        let words = arguments.split(|c: char| c == ',' || c.is_whitespace());
        for word in words.filter(|word| !word.is_empty()) {
            if word == "except" {
                if excluding {
                    return Err("`except` stands there twice".to_owned());
                }
                excluding = true;
                continue;
            }
            check(word)?;
            if drivers.iter().chain(&except).any(|known| known == word) {
                return Err(format!("`{word}` stands there twice"));
            }
            if excluding { &mut except } else { &mut drivers }.push(word.to_owned());
        }
        if excluding && except.is_empty() {
            return Err("`except` names nobody".to_owned());
        }
        if drivers.iter().chain(&except).any(|word| word == "model") {
            return if drivers.len() == 1 && !excluding {
                Ok(Self::Model)
            } else {
                Err("`model` stands alone: such a section is run by nobody".to_owned())
            };
        }
        Ok(if drivers.is_empty() {
            Self::Portable { except }
        } else {
            Self::Native { drivers, except }
        })
    }
}

fn check(word: &str) -> Result<(), String> {
    if let Some(directive) = super::DirectiveWord::ALL
        .iter()
        .find(|known| known.as_str() == word)
    {
        return Err(format!(
            "`{directive}` is a directive of its own: write `-- limbeck:{directive}` on the next line"
        ));
    }
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
    if word.starts_with(|c: char| c.is_ascii_lowercase()) && word.chars().all(plain) {
        return Ok(());
    }
    Err(format!(
        "`{word}` is not the name of a driver: those are lower-case words"
    ))
}

impl fmt::Display for Audience {
    /// The words as they stand in the file; nothing for portable SQL that all run.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Portable { except } if except.is_empty() => Ok(()),
            Self::Portable { except } => write!(f, "except {}", except.join(", ")),
            Self::Model => f.write_str("model"),
            Self::Native { drivers, except } if except.is_empty() => f.write_str(&drivers.join(", ")),
            Self::Native { drivers, except } => {
                write!(f, "{} except {}", drivers.join(", "), except.join(", "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(words: &str) -> Vec<&'static str> {
        let audience = Audience::parse(words).unwrap();
        [("a", "a"), ("my", "my"), ("my", "maria")]
            .into_iter()
            .filter(|(driver, dialect)| audience.runs_on(driver, dialect))
            .map(|(_, dialect)| dialect)
            .collect()
    }

    #[test]
    fn words_choose_who_runs_a_section() {
        assert_eq!(runs(""), ["a", "my", "maria"]);
        assert_eq!(runs("my"), ["my", "maria"]);
        assert_eq!(runs("maria"), ["maria"]);
        assert_eq!(runs("my except maria"), ["my"]);
        assert_eq!(runs("except my"), ["a"]);
        assert_eq!(runs("a, maria"), ["a", "maria"]);
        assert_eq!(runs("model"), [""; 0]);
    }

    #[test]
    fn words_print_as_they_were_written() {
        for words in ["", "model", "a, b", "except a", "a except b, c"] {
            assert_eq!(Audience::parse(words).unwrap().to_string(), words);
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for words in [
            "except",
            "a a",
            "a except a",
            "a except b except c",
            "model a",
            "except model",
            "Postgres",
            "a;",
            "a no_transaction",
            "-- limbeck:downgrade",
        ] {
            assert!(Audience::parse(words).is_err(), "{words}");
        }
    }
}
