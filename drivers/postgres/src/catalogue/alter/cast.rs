//! How values of one type become those of another.

/// The expression for USING; none where the server assigns values of the one to the other by itself. An assignment refuses a
/// text that is too long, where a cast would cut it: so it comes first.
pub(super) fn using(column: &str, from: &str, to: &str) -> Option<String> {
    if assigns(from, to) {
        return None;
    }
    if is_text(from) || casts(from, to) {
        return Some(format!("{column}::{to}"));
    }
    Some(match (base(from), base(to)) {
        (from, "boolean") if is_integer(from) => format!("{column}::integer::boolean"),
        ("boolean", to) if is_number(to) => format!("{column}::integer::{to}"),
        _ => format!("{column}::text::{to}"),
    })
}

/// The name of a type without what stands between parentheses: `timestamp(3) with time zone` is one with a time zone.
pub(super) fn base(name: &str) -> &str {
    match name {
        text if text.starts_with("timestamp")
            && text.ends_with("with time zone")
            && !text.ends_with("without time zone") =>
        {
            "timestamp with time zone"
        }
        text if text.starts_with("timestamp") && !text.ends_with(']') => "timestamp without time zone",
        text if text.starts_with("time")
            && text.ends_with("with time zone")
            && !text.ends_with("without time zone") =>
        {
            "time with time zone"
        }
        text if text.starts_with("time") && !text.ends_with(']') => "time without time zone",
        text if text.starts_with("interval") && !text.ends_with(']') => "interval",
        text if text.ends_with(']') => text,
        text => text.split('(').next().unwrap_or(text),
    }
}

/// What of its values a column loses in silence when its type changes, in words.
pub(super) fn loses(from: &str, to: &str) -> Option<&'static str> {
    let (old, new) = (base(from), base(to));
    let is_moment = |name: &str| name.starts_with("timestamp");
    let has_fractions = |name: &str| is_number(name) && !is_integer(name);
    if has_fractions(old) && is_integer(new)
        || old == "numeric" && new == "numeric" && scale(to) < scale(from)
    {
        return Some("the digits after the point");
    }
    if old == "double precision" && new == "real" {
        return Some("the last digits");
    }
    let has_fractions = |name: &str| is_moment(name) || name.starts_with("time ") || name == "interval";
    if has_fractions(old) && has_fractions(new) && fractions(to) < fractions(from) {
        return Some("fractions of seconds");
    }
    if is_moment(old) && new == "date" {
        return Some("the time of day");
    }
    (is_moment(old) && new.starts_with("time ")).then_some("the day")
}

/// The digits of the fractions of seconds: six without a number.
fn fractions(name: &str) -> u32 {
    let number = name.split_once('(').and_then(|(_, rest)| rest.split(')').next());
    number.and_then(|number| number.trim().parse().ok()).unwrap_or(6)
}

/// The digits after the point. Without any number they are not limited.
fn scale(name: &str) -> i64 {
    let Some((_, numbers)) = name.split_once('(') else {
        return i64::MAX;
    };
    let scale = numbers.trim_end_matches(')').split(',').nth(1);
    scale.and_then(|scale| scale.trim().parse().ok()).unwrap_or(0)
}

fn assigns(from: &str, to: &str) -> bool {
    let (from, to) = (base(from), base(to));
    let is_json = |name| matches!(name, "json" | "jsonb");
    let is_address = |name| matches!(name, "inet" | "cidr");
    let is_bits = |name| matches!(name, "bit" | "bit varying");
    from == to
        || is_text(to)
        || is_number(from) && is_number(to)
        || is_json(from) && is_json(to)
        || is_address(from) && is_address(to)
        || is_bits(from) && is_bits(to)
        || is_moment(from) && is_moment(to)
}

/// Dates and times that are assigned to each other.
fn is_moment(name: &str) -> bool {
    matches!(
        name,
        "date" | "timestamp with time zone" | "timestamp without time zone"
    )
}

/// Casts that have to be written.
fn casts(from: &str, to: &str) -> bool {
    let (from, to) = (base(from), base(to));
    match (from, to) {
        ("integer", "boolean") | ("boolean", "integer") => true,
        ("jsonb", to) => to == "boolean" || is_number(to),
        ("money", "numeric") | ("numeric" | "integer" | "bigint", "money") => true,
        (from, "bit") => matches!(from, "integer" | "bigint"),
        ("bit", to) => matches!(to, "integer" | "bigint"),
        (from, to) if from.starts_with("time") || from == "interval" => {
            to.starts_with("time") || to == "interval"
        }
        (from, to) => match (from.strip_suffix("[]"), to.strip_suffix("[]")) {
            (Some(from), Some(to)) => assigns(from, to) || is_text(from) || casts(from, to),
            _ => false,
        },
    }
}

fn is_text(name: &str) -> bool {
    matches!(base(name), "text" | "character varying" | "character" | "name")
}

fn is_integer(name: &str) -> bool {
    matches!(name, "smallint" | "integer" | "bigint")
}

fn is_number(name: &str) -> bool {
    is_integer(name) || matches!(name, "numeric" | "real" | "double precision")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_rounded_or_cut_is_lost() {
        for (from, to, lost) in [
            (
                "numeric(10,4)",
                "numeric(10,1)",
                Some("the digits after the point"),
            ),
            (
                "timestamp(6) with time zone",
                "timestamp(0) with time zone",
                Some("fractions of seconds"),
            ),
            (
                "timestamp without time zone",
                "timestamp(3) with time zone",
                Some("fractions of seconds"),
            ),
            ("time(3) without time zone", "time without time zone", None),
            ("timestamp without time zone", "date", Some("the time of day")),
            ("timestamp without time zone", "timestamp with time zone", None),
        ] {
            assert_eq!(loses(from, to), lost, "{from} {to}");
        }
    }

    #[test]
    fn values_are_assigned_where_that_can_be() {
        let using = |from: &str, to: &str| using("c", from, to).unwrap_or_default();
        assert_eq!(using("character varying(20)", "character varying(5)"), "");
        assert_eq!(using("integer", "character varying(5)"), "");
        assert_eq!(using("bigint", "smallint"), "");
        assert_eq!(
            using("timestamp(3) without time zone", "timestamp with time zone"),
            ""
        );
        assert_eq!(using("text", "integer"), "c::integer");
        assert_eq!(using("integer[]", "text[]"), "c::text[]");
        assert_eq!(using("bigint", "boolean"), "c::integer::boolean");
        assert_eq!(using("public.mood", "public.feeling"), "c::text::public.feeling");
    }

    #[test]
    fn what_an_assignment_cuts_off_is_said() {
        assert_eq!(
            loses("numeric(9,2)", "numeric(9,1)"),
            Some("the digits after the point")
        );
        assert_eq!(loses("numeric(9,2)", "numeric(12,4)"), None);
        assert_eq!(
            loses("double precision", "integer"),
            Some("the digits after the point")
        );
        assert_eq!(
            loses("timestamp without time zone", "date"),
            Some("the time of day")
        );
        assert_eq!(loses("integer", "bigint"), None);
    }
}
