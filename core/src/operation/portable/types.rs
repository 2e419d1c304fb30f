//! Column types.

use crate::schema::DataType;
use crate::schema::NativeType;
use crate::sql::Span;
use crate::sql::TokenKind;
use crate::sql::nearest;

use super::PortableError;
use super::cursor::Parser;
use super::cursor::shown;
use super::vocabulary::is_reserved;

const TYPES: &[&str] = &[
    "BIGINT",
    "BLOB",
    "BOOLEAN",
    "CHAR",
    "DATE",
    "DOUBLE PRECISION",
    "ENUM",
    "INTEGER",
    "JSON",
    "NUMERIC",
    "REAL",
    "SMALLINT",
    "TEXT",
    "TIME",
    "TIMESTAMP",
    "UUID",
    "VARCHAR",
];

/// Characters in the longest CHAR and VARCHAR: 65,532 bytes of UTF-8.
const MAX_LENGTH: u32 = 16_383;
const MAX_PRECISION: u32 = 38;
const MAX_SCALE: u32 = 30;

impl Parser<'_> {
    /// A portable type, drivers' own types, or a portable type followed by drivers' own ones.
    pub(super) fn data_type(&mut self) -> Result<DataType, PortableError> {
        let portable = self.portable_type()?;
        let mut natives = Vec::new();
        while let Some(native) = self.native_type()? {
            if natives
                .iter()
                .any(|other: &NativeType| other.driver == native.driver)
            {
                return Err(PortableError::new(
                    self.previous(),
                    format!("the type for {} is given twice", native.driver),
                ));
            }
            natives.push(native);
        }
        match (portable, natives.len()) {
            (None, 0) => Err(self.unknown_type()),
            (Some(portable), 0) => Ok(portable),
            (portable, _) => Ok(DataType::overridden(portable, natives)),
        }
    }

    fn portable_type(&mut self) -> Result<Option<DataType>, PortableError> {
        let Some(word) = self.text_at(0, TokenKind::Word) else {
            return Err(self.expected("a type"));
        };
        let plain = match word.to_ascii_uppercase().as_str() {
            "SMALLINT" => DataType::SmallInt,
            "INTEGER" => DataType::Integer,
            "BIGINT" => DataType::BigInt,
            "REAL" => DataType::Real,
            "BOOLEAN" => DataType::Boolean,
            "TEXT" => DataType::Text,
            "BLOB" => DataType::Blob,
            "DATE" => DataType::Date,
            "UUID" => DataType::Uuid,
            "JSON" => DataType::Json,
            "TIME" | "TIMESTAMP" => return self.time_type().map(Some),
            "NUMERIC" => return self.numeric().map(Some),
            "CHAR" | "VARCHAR" => return self.character_type().map(Some),
            "ENUM" => return self.enumeration().map(Some),
            "DOUBLE" if self.is_word_at(1, "PRECISION") => {
                self.advance();
                DataType::DoublePrecision
            }
            _ => return Ok(None),
        };
        let span = self.advance();
        if self.is_symbol("(") {
            return Err(PortableError::new(
                span.to(self.here()),
                format!("{} takes no length", shown(self.slice(span))),
            )
            .hint("leave the parentheses out"));
        }
        Ok(Some(plain))
    }

    /// Whether the token after `ahead` others is the word of a type, a portable one or not.
    pub(super) fn is_type_at(&self, ahead: usize) -> bool {
        self.text_at(ahead, TokenKind::Word).is_some_and(|word| {
            let is_first_word_of = |name: &&str| {
                name.split(' ')
                    .next()
                    .is_some_and(|first| first.eq_ignore_ascii_case(word))
            };
            TYPES.iter().any(is_first_word_of) || type_hint(word).is_some()
        })
    }

    fn time_type(&mut self) -> Result<DataType, PortableError> {
        let is_time = self.is_word("TIME");
        let span = self.advance();
        if self.is_symbol("(") {
            return Err(
                PortableError::new(self.here(), "a precision of times is not portable")
                    .hint("leave it out: times are kept to the microsecond"),
            );
        }
        let zoned = self.take_words(&["WITH", "TIME", "ZONE"]);
        match (is_time, zoned) {
            (true, false) => Ok(DataType::Time),
            (true, true) => Err(PortableError::new(
                span.to(self.previous()),
                "TIME WITH TIME ZONE is not portable",
            )
            .hint("write TIMESTAMP WITH TIME ZONE, or TIME")),
            (false, true) => Ok(DataType::TimestampWithTimeZone),
            (false, false) => {
                if self.take_words(&["WITHOUT", "TIME", "ZONE"]) {
                    return Err(PortableError::new(
                        span.to(self.previous()),
                        "TIMESTAMP WITHOUT TIME ZONE has a shorter name",
                    )
                    .hint("write TIMESTAMP"));
                }
                Ok(DataType::Timestamp)
            }
        }
    }

    fn numeric(&mut self) -> Result<DataType, PortableError> {
        let span = self.advance();
        if !self.is_symbol("(") {
            return Err(PortableError::new(span, "NUMERIC needs a precision and a scale")
                .hint("write NUMERIC(12, 2): digits in all, digits after the point"));
        }
        self.expect_symbol("(")?;
        let precision = self.whole_number("the precision of NUMERIC", 1, MAX_PRECISION)?;
        if self.is_symbol(")") {
            return Err(
                PortableError::new(span.to(self.advance()), "NUMERIC needs a scale as well")
                    .hint(format!("write NUMERIC({precision}, 0) for whole numbers")),
            );
        }
        self.expect_symbol(",")?;
        let scale = self.whole_number("the scale of NUMERIC", 0, MAX_SCALE.min(precision))?;
        self.expect_symbol(")")?;
        match (u8::try_from(precision), u8::try_from(scale)) {
            (Ok(precision), Ok(scale)) => Ok(DataType::Numeric { precision, scale }),
            _ => Err(PortableError::new(span, "NUMERIC has too many digits")),
        }
    }

    fn character_type(&mut self) -> Result<DataType, PortableError> {
        let varying = self.is_word("VARCHAR");
        let span = self.advance();
        if !self.is_symbol("(") {
            let word = if varying { "VARCHAR" } else { "CHAR" };
            return Err(PortableError::new(span, format!("{word} needs a length"))
                .hint(format!("write {word}(n) with n characters, or TEXT")));
        }
        self.expect_symbol("(")?;
        let length = self.whole_number("the length in characters", 1, MAX_LENGTH)?;
        self.expect_symbol(")")?;
        if varying {
            Ok(DataType::Varchar { length })
        } else {
            Ok(DataType::Char { length })
        }
    }

    fn enumeration(&mut self) -> Result<DataType, PortableError> {
        self.advance();
        let mut values: Vec<String> = Vec::new();
        self.parenthesised(|parser| {
            let span = parser.here();
            let value = parser.string("a value of the ENUM between single quotes")?;
            let fault = if value.is_empty() {
                "an ENUM cannot hold the empty string"
            } else if value.ends_with(' ') {
                "a value of an ENUM cannot end with a blank"
            } else if value.chars().count() > 255 {
                "a value of an ENUM has at most 255 characters"
            } else if values.contains(&value) {
                "this value stands twice in the ENUM"
            } else {
                values.push(value);
                return Ok(());
            };
            Err(PortableError::new(span, fault))
        })?;
        Ok(DataType::Enum { values })
    }

    /// `driver(native type)`, where the parentheses hold more than numbers.
    fn native_type(&mut self) -> Result<Option<NativeType>, PortableError> {
        let Some(word) = self.text_at(0, TokenKind::Word) else {
            return Ok(None);
        };
        let holds_a_word = self
            .peek_at(2)
            .is_some_and(|token| matches!(token.kind, TokenKind::Word | TokenKind::QuotedName));
        if is_reserved(word) || !self.is_symbol_at(1, "(") || !holds_a_word || type_hint(word).is_some() {
            return Ok(None);
        }
        let driver = word.to_ascii_lowercase();
        let span = self.advance();
        if let Err(unknown) = self.options.drivers.check(&driver)
            && unknown.is_misspelt()
        {
            return Err(PortableError::unknown_driver(span, &unknown));
        }
        let open = self.advance();
        let mut depth = 1_usize;
        while depth > 0 {
            if self.at_end() {
                return Err(PortableError::new(open, "this parenthesis is not closed"));
            }
            depth = match (self.is_symbol("("), self.is_symbol(")")) {
                (true, _) => depth + 1,
                (_, true) => depth - 1,
                _ => depth,
            };
            self.advance();
        }
        let inside = Span::new(open.end, self.previous().start);
        Ok(Some(NativeType::new(driver, self.slice(inside).trim())))
    }

    fn unknown_type(&self) -> PortableError {
        let span = self.here();
        let word = self.slice(span);
        if is_reserved(word) {
            return self.expected("a type");
        }
        let error = PortableError::new(span, format!("{} is not a portable type", shown(word)));
        if let Some(hint) = type_hint(word) {
            return error.hint(hint);
        }
        match nearest(word, TYPES.iter().copied()) {
            Some(name) => error.hint(format!("did you mean {name}?")),
            None => error.hint("write a portable type, or a driver's own: <driver>(<type>)"),
        }
    }
}

/// What to write instead of other dialects' types.
fn type_hint(word: &str) -> Option<&'static str> {
    let hint = match word.to_ascii_uppercase().as_str() {
        "INT" | "INT4" | "MEDIUMINT" => "write INTEGER",
        "INT2" | "TINYINT" => "write SMALLINT, or BOOLEAN for a truth value",
        "INT8" => "write BIGINT",
        "SERIAL" | "SERIAL4" => "write INTEGER GENERATED BY DEFAULT AS IDENTITY",
        "BIGSERIAL" | "SERIAL8" => "write BIGINT GENERATED BY DEFAULT AS IDENTITY",
        "SMALLSERIAL" | "SERIAL2" => "write SMALLINT GENERATED BY DEFAULT AS IDENTITY",
        "DECIMAL" | "DEC" | "NUMBER" | "MONEY" => {
            "write NUMERIC(12, 2): digits in all, digits after the point"
        }
        "FLOAT" | "FLOAT8" | "DOUBLE" => "write DOUBLE PRECISION",
        "FLOAT4" => "write REAL",
        "BOOL" | "BIT" => "write BOOLEAN",
        "CHARACTER" | "NCHAR" | "BPCHAR" => "write CHAR(n)",
        "NVARCHAR" | "VARCHAR2" | "STRING" => "write VARCHAR(n)",
        "TINYTEXT" | "MEDIUMTEXT" | "LONGTEXT" | "CLOB" | "CITEXT" => "write TEXT",
        "BYTEA" | "BINARY" | "VARBINARY" | "TINYBLOB" | "MEDIUMBLOB" | "LONGBLOB" => "write BLOB",
        "DATETIME" => "write TIMESTAMP",
        "TIMESTAMPTZ" => "write TIMESTAMP WITH TIME ZONE",
        "JSONB" => "write JSON",
        _ => return None,
    };
    Some(hint)
}
