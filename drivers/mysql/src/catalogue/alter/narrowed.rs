//! Values that become less without a word when the type of a column changes.

/// What of its values a column loses in silence when its type changes, in words. Whatever else does not fit is an error of
/// the strict mode.
pub(super) fn loses(from: &str, to: &str) -> Option<&'static str> {
    let (old, new) = (Type::read(from), Type::read(to));
    let is_integer = |name: &str| name.ends_with("int") || name == "integer" || name == "year";
    let has_digits = |name: &str| matches!(name, "decimal" | "double" | "float");
    if has_digits(old.name) && is_integer(new.name)
        || has_digits(old.name) && new.name == "decimal" && new.number(1) < old.digits()
    {
        return Some("the digits after the point");
    }
    if old.name == "double" && new.name == "float" {
        return Some("the last digits");
    }
    let is_moment = |name: &str| matches!(name, "datetime" | "timestamp");
    let has_fractions = |name: &str| is_moment(name) || name == "time";
    match (old.name, new.name) {
        (old, "date") if is_moment(old) => Some("the time of day"),
        (old, "time") if is_moment(old) => Some("the day"),
        (name, other) if has_fractions(name) && has_fractions(other) && new.number(0) < old.number(0) => {
            Some("fractions of seconds")
        }
        _ => None,
    }
}

/// A type as the catalogue writes it: `decimal(10,4) unsigned`.
struct Type<'a> {
    name: &'a str,
    numbers: Vec<u32>,
}

impl<'a> Type<'a> {
    fn read(text: &'a str) -> Self {
        let name = text.split(['(', ' ']).next().unwrap_or(text);
        let numbers = text.split_once('(').and_then(|(_, rest)| rest.split(')').next());
        let numbers = numbers.unwrap_or_default().split(',');
        Self {
            name,
            numbers: numbers.filter_map(|number| number.trim().parse().ok()).collect(),
        }
    }

    fn number(&self, at: usize) -> u32 {
        self.numbers.get(at).copied().unwrap_or(0)
    }

    /// The digits after the point; those of a binary number without a limit are any.
    fn digits(&self) -> u32 {
        match self.name {
            "decimal" => self.number(1),
            _ => self.numbers.get(1).copied().unwrap_or(u32::MAX),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_rounded_or_cut_is_lost() {
        for (from, to, lost) in [
            (
                "decimal(10,4)",
                "decimal(10,1)",
                Some("the digits after the point"),
            ),
            (
                "decimal(10,4) unsigned",
                "bigint unsigned",
                Some("the digits after the point"),
            ),
            ("double", "decimal(20,2)", Some("the digits after the point")),
            ("double", "float", Some("the last digits")),
            ("datetime(6)", "datetime", Some("fractions of seconds")),
            ("timestamp(3)", "datetime(1)", Some("fractions of seconds")),
            ("datetime", "date", Some("the time of day")),
            ("timestamp", "time", Some("the day")),
            ("decimal(10,1)", "decimal(10,4)", None),
            ("decimal(10,4)", "double", None),
            ("int", "bigint", None),
            ("varchar(10)", "varchar(5)", None),
            ("time", "time(6)", None),
        ] {
            assert_eq!(loses(from, to), lost, "{from} {to}");
        }
    }
}
