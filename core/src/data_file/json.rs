//! JSON lines: an object a line.

use std::borrow::Cow;
use std::fmt;
use std::io::BufRead;

use serde::Deserialize;
use serde::Deserializer;
use serde::de::MapAccess;
use serde::de::Visitor;
use serde_json::value::RawValue;

use super::DataFault;
use super::Field;
use super::bounded::read_line;

/// Reads one object after another. Lines without anything are passed over.
pub(super) struct JsonReader<R> {
    input: R,
    line: usize,
    text: Vec<u8>,
}

/// A key that is missing, or that should not be there, as a fault.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct JsonFault {
    pub(super) key: Option<String>,
    pub(super) fault: DataFault,
}

impl<R: BufRead> JsonReader<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input,
            line: 0,
            text: Vec::new(),
        }
    }

    pub(super) const fn input(&self) -> &R {
        &self.input
    }

    /// The line of the last object.
    pub(super) const fn line(&self) -> usize {
        self.line
    }

    /// Reads an object; whether there was one.
    pub(super) fn read(&mut self) -> Result<bool, DataFault> {
        loop {
            self.text.clear();
            self.line += 1;
            if !read_line(&mut self.input, &mut self.text)? {
                return Ok(false);
            }
            if !self.text.trim_ascii().is_empty() {
                return Ok(true);
            }
        }
    }

    /// The keys of the object, in its order.
    pub(super) fn keys(&self) -> Result<Vec<String>, DataFault> {
        let Object(members) = self.object()?;
        Ok(members.into_iter().map(|(key, _)| key.into_owned()).collect())
    }

    /// The values of these keys, in their order; the object has no others.
    pub(super) fn fields(&self, keys: &[String]) -> Result<Vec<Field<'_>>, JsonFault> {
        let plain = |fault| JsonFault { key: None, fault };
        let Object(mut members) = self.object().map_err(plain)?;
        let mut fields = Vec::with_capacity(keys.len());
        for (place, wanted) in keys.iter().enumerate() {
            let found = members.iter().skip(place).position(|(key, _)| key == wanted);
            let found = found.ok_or_else(|| JsonFault {
                key: Some(wanted.clone()),
                fault: DataFault::MissingKey,
            })?;
            members.swap(place, place + found);
            if let Some((_, value)) = members.get(place) {
                let field = field(value.get()).map_err(|error| JsonFault {
                    key: Some(wanted.clone()),
                    fault: DataFault::NotText {
                        reason: reason(&error),
                    },
                })?;
                fields.push(field);
            }
        }
        match members.get(keys.len()) {
            None => Ok(fields),
            Some((extra, _)) => Err(JsonFault {
                fault: if keys.iter().any(|key| key == extra) {
                    DataFault::ColumnTwice
                } else {
                    DataFault::ExtraKey
                },
                key: Some(extra.clone().into_owned()),
            }),
        }
    }

    fn object(&self) -> Result<Object<'_>, DataFault> {
        let text = std::str::from_utf8(&self.text).map_err(|_| DataFault::NotUtf8)?;
        serde_json::from_str(text).map_err(|error| DataFault::NotAnObject {
            reason: reason(&error),
        })
    }
}

/// The parser's words; it knows of one line only.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let words = text
        .rsplit_once(" at line ")
        .map_or(text.as_str(), |(words, _)| words);
    format!("{words}, at byte {}", error.column())
}

/// The value of a member. What stands between the quotes of a string has not been looked at before.
fn field(json: &str) -> Result<Field<'_>, serde_json::Error> {
    if json == "null" {
        return Ok(Field::Null);
    }
    if json.starts_with('"') && json.contains('\\') {
        serde_json::from_str::<String>(json)?;
    }
    Ok(Field::Json(json))
}

/// The members of an object in their order, values as they are written: a number must not go through a float.
struct Object<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object between { and }")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut members = Vec::with_capacity(map.size_hint().unwrap_or(8));
                while let Some((Key(key), value)) = map.next_entry()? {
                    members.push((key, value));
                }
                Ok(Object(members))
            }
        }

        deserializer.deserialize_map(Members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values, by the keys of the first row; a null as none.
    fn read(text: impl AsRef<[u8]>) -> Result<Vec<Vec<Option<String>>>, (usize, JsonFault)> {
        let mut reader = JsonReader::new(text.as_ref());
        let plain = |fault| JsonFault { key: None, fault };
        let mut keys = Vec::new();
        let mut rows = Vec::new();
        while reader.read().map_err(|fault| (reader.line(), plain(fault)))? {
            if rows.is_empty() {
                keys = reader.keys().map_err(|fault| (reader.line(), plain(fault)))?;
            }
            let fields = reader.fields(&keys).map_err(|fault| (reader.line(), fault))?;
            let texts = fields.into_iter().map(|field| field.text().map(Cow::into_owned));
            rows.push(texts.collect());
        }
        Ok(rows)
    }

    fn fault(text: impl AsRef<[u8]>) -> String {
        let (line, JsonFault { key, fault }) = read(text).unwrap_err();
        format!("{line} {}: {fault}", key.unwrap_or_default())
    }

    #[test]
    fn values_keep_the_text_that_they_have() {
        let text = "{\"id\": 123456789012345678901234567890, \"x\": 1.50, \"t\": \"a\\n\\u00fc\", \"n\": null}\r\n\n\
                    {\"x\": -0.0e-3, \"n\": [1, {\"a\": 2}], \"t\": \"ü\", \"id\": true}";
        let rows = read(text).unwrap();
        let texts = |row: usize| -> Vec<&str> {
            rows[row]
                .iter()
                .map(|field| field.as_deref().unwrap_or("NULL"))
                .collect()
        };
        assert_eq!(
            texts(0),
            ["123456789012345678901234567890", "1.50", "a\nü", "NULL"]
        );
        assert_eq!(texts(1), ["true", "-0.0e-3", "ü", "[1, {\"a\": 2}]"]);
        assert_eq!(read("\n \n"), Ok(vec![]));
    }

    #[test]
    fn rows_have_the_keys_of_the_first() {
        insta::assert_snapshot!(fault("{\"a\": 1, \"b\": 2}\n{\"a\": 1}"), @"2 b: the row lacks this key of the first row");
        insta::assert_snapshot!(fault("{\"a\": 1}\n{\"b\": 1, \"a\": 2}"), @"2 b: the first row does not have this key");
        insta::assert_snapshot!(fault("{\"a\": 1}\n{\"a\": 1, \"a\": 2}"), @"2 a: the column stands there twice");
    }

    #[test]
    fn what_is_no_object_is_refused() {
        insta::assert_snapshot!(fault("{\"a\": 1}\n[1]"), @"2 : the line is no JSON object: invalid type: sequence, expected an object between { and }, at byte 0");
        insta::assert_snapshot!(fault("{\"a\": 1,}"), @"1 : the line is no JSON object: trailing comma, at byte 9");
        insta::assert_snapshot!(fault("{\"a\": 1} {}"), @"1 : the line is no JSON object: trailing characters, at byte 10");
        insta::assert_snapshot!(fault("{\"a\": \"x\ny\"}"), @"1 : the line is no JSON object: EOF while parsing a string, at byte 8");
        insta::assert_snapshot!(fault("{\"a\": NaN}"), @"1 : the line is no JSON object: expected value, at byte 7");
        insta::assert_snapshot!(fault(b"{\"a\": \"\xff\"}"), @"1 : the row is not UTF-8");
    }

    #[test]
    fn half_of_a_pair_is_no_character() {
        assert_eq!(
            fault("{\"id\": 1, \"v\": \"abc\\ud800def\"}")
                .split(" in ")
                .next()
                .unwrap_or_default()
                .get(..28),
            Some("1 v: the text can't be read:")
        );
        assert_eq!(
            read("{\"v\": \"\\ud83e\\udd80\"}").unwrap(),
            [[Some("🦀".to_owned())]]
        );
    }
}
