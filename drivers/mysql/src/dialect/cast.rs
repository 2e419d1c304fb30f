//! Portable tokens: the types of CAST, and what is written in another way.

use limbeck_core::dialect::RenderContext;
use limbeck_core::dialect::RenderError;
use limbeck_core::dialect::Version;
use limbeck_core::dialect::render;
use limbeck_core::schema::DataType;
use limbeck_core::schema::Piece;
use limbeck_core::schema::TokenRun;

use super::feature::Feature;
use super::flavour::Flavour;
use super::literal;
use super::traits::MySqlDialect;
use super::types;

/// The type of a CAST, which takes other words than a column.
pub(super) fn cast_type(
    flavour: Flavour,
    data_type: &DataType,
    server: &Version,
) -> Result<String, RenderError> {
    let Some(portable) = types::portable(flavour, data_type) else {
        return types::column_type(flavour, data_type, server);
    };
    let refused = |type_name: &str, instead: &str| {
        Err(flavour
            .refused(format!("CAST a value to {type_name}, which it has not"))
            .with_hint(instead))
    };
    let floating = |word: &str| {
        let what = format!("CAST a value to {word}");
        Feature::FloatCast
            .require(flavour, server, &what, "")
            .map(|()| word.to_owned())
    };
    let word = match portable {
        DataType::SmallInt | DataType::Integer | DataType::BigInt => "SIGNED",
        DataType::Real => return floating("FLOAT"),
        DataType::DoublePrecision => return floating("DOUBLE"),
        DataType::Char { length } | DataType::Varchar { length } => return Ok(format!("CHAR({length})")),
        DataType::Text => "CHAR",
        DataType::Blob => "BINARY",
        DataType::Uuid if !Feature::Uuid.is_in(flavour, server) => "CHAR(36)",
        DataType::Json if !Feature::JsonCast.is_in(flavour, server) => {
            return refused("JSON", "CAST a string between quotes, or leave the CAST out");
        }
        DataType::Boolean => {
            return refused("BOOLEAN", "write CASE WHEN … THEN TRUE ELSE FALSE END");
        }
        DataType::Enum { .. } => return refused("ENUM", "leave the CAST out"),
        other => return types::column_type(flavour, other, server),
    };
    Ok(word.to_owned())
}

/// Writes the pieces of an expression that is kept in a table's definition, or of a query that is kept as a view.
pub(super) fn token_run(
    dialect: &MySqlDialect,
    run: &TokenRun,
    context: &RenderContext<'_>,
) -> Result<String, RenderError> {
    let mut run = known(dialect.flavour(), run)?;
    if dialect.flavour() == Flavour::MariaDb {
        let pieces = run.0.into_iter().flat_map(|piece| match &piece {
            Piece::String(text) => literal::pieces(text).unwrap_or_else(|| vec![piece]),
            _ => vec![piece],
        });
        run = TokenRun(pieces.collect());
    }
    render::token_run(dialect, &run, context)
}

/// Writes the pieces of a statement that is carried out as it is read.
pub(super) fn statement(
    dialect: &MySqlDialect,
    run: &TokenRun,
    context: &RenderContext<'_>,
) -> Result<String, RenderError> {
    render::token_run(dialect, &known(dialect.flavour(), run)?, context)
}

/// The pieces in the words of the engine. A string that is cast to JSON stays the text it is where JSON is kept as text.
fn known(flavour: Flavour, run: &TokenRun) -> Result<TokenRun, RenderError> {
    let mut run = run.clone();
    if flavour == Flavour::MySql {
        return Ok(run);
    }
    refuse_default_of_neighbour(flavour, &run)?;
    for at in 2..run.0.len() {
        if let [Piece::String(_), Piece::Keyword(word), Piece::Type(data_type)] =
            run.0.get_mut(at - 2..=at).unwrap_or_default()
            && word == "AS"
            && types::portable(flavour, data_type) == Some(&DataType::Json)
        {
            *data_type = DataType::Text;
        }
    }
    Ok(run)
}

/// MariaDB's `lag` and `lead` have no third argument.
fn refuse_default_of_neighbour(flavour: Flavour, run: &TokenRun) -> Result<(), RenderError> {
    for (at, piece) in run.0.iter().enumerate() {
        if let Piece::Function(name) = piece
            && matches!(name.as_str(), "lag" | "lead")
            && arguments(run.0.get(at + 1..).unwrap_or_default()) > 2
        {
            return Err(flavour
                .refused(format!("call {name} with a third argument"))
                .with_hint(format!("write coalesce({name}(x, n) OVER (…), y), or CASE")));
        }
    }
    Ok(())
}

/// How many arguments stand between the parentheses that the pieces begin with.
fn arguments(pieces: &[Piece]) -> usize {
    let mut depth = 0_usize;
    let mut count = 1;
    for piece in pieces {
        match piece {
            Piece::Open => depth += 1,
            Piece::Close if depth <= 1 => break,
            Piece::Close => depth -= 1,
            Piece::Comma if depth == 1 => count += 1,
            _ => {}
        }
    }
    count
}

/// The engine's word for a portable keyword. Without the digits the clock gives whole seconds.
pub(super) fn keyword(portable: &str) -> &str {
    match portable {
        "CURRENT_TIMESTAMP" => "CURRENT_TIMESTAMP(6)",
        "CURRENT_TIME" => "CURRENT_TIME(6)",
        other => other,
    }
}

/// The engine's name of a portable function: its `length` counts bytes.
pub(super) fn function(portable: &str) -> &str {
    match portable {
        "length" => "char_length",
        other => other,
    }
}
