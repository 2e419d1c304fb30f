//! CSV as RFC 4180 has it.
//!
//! Of a field it is kept whether it stood between quotes: without them, nothing is NULL and not an empty text.

use std::io::BufRead;
use std::ops::Range;

use super::DataFault;
use super::Field;
use super::bounded::MAX_BYTES;

/// Reads one record after another.
pub(super) struct CsvReader<R> {
    input: R,
    /// The line of the next byte, from 1.
    next_line: usize,
    record: Record,
}

impl<R: BufRead> CsvReader<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input,
            next_line: 1,
            record: Record::default(),
        }
    }

    pub(super) const fn input(&self) -> &R {
        &self.input
    }

    /// The line of the last fault, or on which the last record begins.
    pub(super) const fn line(&self) -> usize {
        self.record.line
    }

    /// Reads a record; whether there was one.
    pub(super) fn read(&mut self) -> Result<bool, DataFault> {
        self.record.begin(self.next_line);
        loop {
            let bytes = self.input.fill_buf()?;
            if bytes.is_empty() {
                return self.record.end_of_file();
            }
            let taken = self.record.take(bytes, &mut self.next_line)?;
            self.input.consume(taken);
            if self.record.state == State::End {
                return Ok(true);
            }
            if self.record.text.len() > MAX_BYTES {
                return Err(DataFault::TooLong);
            }
        }
    }

    /// How many fields the record has.
    pub(super) const fn len(&self) -> usize {
        self.record.fields.len()
    }

    /// Whether the record is a line without anything.
    pub(super) fn is_blank(&self) -> bool {
        matches!(self.record.fields.as_slice(), [(range, Quotes::Without)] if range.is_empty())
    }

    /// The fields of the record.
    pub(super) fn fields(&self) -> Result<Vec<Field<'_>>, DataFault> {
        let text = std::str::from_utf8(&self.record.text).map_err(|_| DataFault::NotUtf8)?;
        let fields = self.record.fields.iter();
        fields
            .map(|(range, quotes)| match quotes {
                Quotes::Without if range.is_empty() => Ok(Field::Null),
                // Two fields may be characters only together.
                _ => text.get(range.clone()).map(Field::Text).ok_or(DataFault::NotUtf8),
            })
            .collect()
    }
}

/// Whether a field stands between quotes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Quotes {
    #[default]
    Without,
    Between,
}

/// What stands before the next byte.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// Nothing of the record.
    #[default]
    Nothing,
    /// Nothing of the field.
    Comma,
    /// A part of a field without quotes.
    Bare,
    /// A part of a field between quotes.
    Quoted,
    /// A quote within such a field: its end, or the first half of a quote.
    Quote,
    /// A carriage return at the end of the record.
    Return,
    /// The end of the record.
    End,
}

/// The record that is being read.
#[derive(Default)]
struct Record {
    state: State,
    line: usize,
    /// The line on which the last quote was opened.
    quote_line: usize,
    /// The characters of its fields, one after another.
    text: Vec<u8>,
    fields: Vec<(Range<usize>, Quotes)>,
    /// Where the field that is being read begins.
    start: usize,
    quotes: Quotes,
}

impl Record {
    fn begin(&mut self, line: usize) {
        self.state = State::Nothing;
        self.line = line;
        self.text.clear();
        self.fields.clear();
        self.start = 0;
        self.quotes = Quotes::Without;
    }

    /// Takes bytes up to the end of the record; gives their number.
    fn take(&mut self, bytes: &[u8], next_line: &mut usize) -> Result<usize, DataFault> {
        let mut rest = bytes;
        while let Some((plain, byte, behind)) = self.next_mark(rest) {
            self.keep(plain, next_line);
            let state = self.step(byte, *next_line);
            *next_line += usize::from(byte == b'\n');
            self.state = state.inspect_err(|_| self.line = *next_line)?;
            rest = behind;
            if self.state == State::End {
                return Ok(bytes.len() - rest.len());
            }
        }
        self.keep(rest, next_line);
        Ok(bytes.len())
    }

    /// The next byte that may change the state, with what stands before and behind it.
    fn next_mark<'b>(&self, bytes: &'b [u8]) -> Option<(&'b [u8], u8, &'b [u8])> {
        let at = match self.state {
            State::Quoted => bytes.iter().position(|byte| *byte == b'"'),
            State::Nothing | State::Comma | State::Bare => bytes
                .iter()
                .position(|byte| matches!(byte, b',' | b'\n' | b'"' | b'\r')),
            // Whatever comes is told of.
            State::Quote | State::Return | State::End => (!bytes.is_empty()).then_some(0),
        }?;
        let (plain, rest) = bytes.split_at_checked(at)?;
        let (byte, behind) = rest.split_first()?;
        Some((plain, *byte, behind))
    }

    /// Takes a part of a field as it stands there.
    fn keep(&mut self, plain: &[u8], next_line: &mut usize) {
        if plain.is_empty() {
            return;
        }
        self.text.extend_from_slice(plain);
        if self.state == State::Quoted {
            *next_line += plain.iter().filter(|byte| **byte == b'\n').count();
        } else {
            self.state = State::Bare;
        }
    }

    fn step(&mut self, byte: u8, line: usize) -> Result<State, DataFault> {
        Ok(match (self.state, byte) {
            (State::Quoted, b'"') => State::Quote,
            (State::Quote, b'"') => {
                self.text.push(byte);
                State::Quoted
            }
            (State::Return, b'\n') => State::End,
            (State::Return, _) => return Err(DataFault::CarriageReturn),
            (_, b',') => {
                self.end_field();
                State::Comma
            }
            (_, b'\n') => {
                self.end_field();
                State::End
            }
            (_, b'\r') => {
                self.end_field();
                State::Return
            }
            (State::Nothing | State::Comma, b'"') => {
                self.quotes = Quotes::Between;
                self.quote_line = line;
                State::Quoted
            }
            (State::Quote, _) => return Err(DataFault::TextAfterQuote),
            (_, b'"') => return Err(DataFault::QuoteInField),
            _ => {
                self.text.push(byte);
                State::Bare
            }
        })
    }

    fn end_field(&mut self) {
        let quotes = std::mem::take(&mut self.quotes);
        self.fields.push((self.start..self.text.len(), quotes));
        self.start = self.text.len();
    }

    /// The last record may have no line end. Whether there is one.
    fn end_of_file(&mut self) -> Result<bool, DataFault> {
        match self.state {
            State::Nothing => Ok(false),
            State::Quoted => {
                self.line = self.quote_line;
                Err(DataFault::UnclosedQuote)
            }
            State::Return => Err(DataFault::CarriageReturn),
            _ => {
                self.end_field();
                Ok(true)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The records, a field that is NULL as none; or the fault and its line.
    fn read(text: impl AsRef<[u8]>) -> Result<Vec<Vec<Option<String>>>, (usize, DataFault)> {
        let mut reader = CsvReader::new(text.as_ref());
        let mut records = Vec::new();
        while reader.read().map_err(|fault| (reader.line(), fault))? {
            let fields = reader.fields().map_err(|fault| (reader.line(), fault))?;
            let texts = fields
                .into_iter()
                .map(|field| field.text().map(|text| text.into_owned()));
            records.push(texts.collect());
        }
        Ok(records)
    }

    fn some(fields: &[&str]) -> Vec<Option<String>> {
        fields.iter().map(|field| Some((*field).to_owned())).collect()
    }

    #[test]
    fn records_end_with_a_line_feed_with_or_without_a_carriage_return_or_with_the_file() {
        for text in ["a,b\nc,d\n", "a,b\r\nc,d\r\n", "a,b\nc,d", "a,\"b\"\r\nc,\"d\""] {
            assert_eq!(
                read(text),
                Ok(vec![some(&["a", "b"]), some(&["c", "d"])]),
                "{text:?}"
            );
        }
        assert_eq!(read(""), Ok(vec![]));
    }

    #[test]
    fn quotes_hold_commas_line_ends_and_quotes() {
        assert_eq!(
            read("\"a,\"\"b\"\"\r\nc\",\" d \"\n"),
            Ok(vec![some(&["a,\"b\"\r\nc", " d "])])
        );
    }

    #[test]
    fn nothing_is_null_and_nothing_between_quotes_is_a_text() {
        assert_eq!(read(",\"\",\n"), Ok(vec![vec![None, Some(String::new()), None]]));
        assert_eq!(
            read("a,"),
            Ok(vec![vec![Some("a".to_owned()), None]]),
            "at the end of the file"
        );
        assert_eq!(read("\n"), Ok(vec![vec![None]]));
    }

    #[test]
    fn faults_have_their_line() {
        for (text, line, fault) in [
            ("a\nb,\"c\nd\n", 2, DataFault::UnclosedQuote),
            ("a\nb\"c\n", 2, DataFault::QuoteInField),
            ("a\n\"b\nc\"d\n", 3, DataFault::TextAfterQuote),
            ("a\nb\rc\n", 2, DataFault::CarriageReturn),
            ("a\nb\r", 2, DataFault::CarriageReturn),
            ("a\n\"b\r\n\"\"", 2, DataFault::UnclosedQuote),
        ] {
            assert_eq!(read(text), Err((line, fault)), "{text:?}");
        }
        assert_eq!(read(b"a\n\xff\n"), Err((2, DataFault::NotUtf8)));
        assert_eq!(
            read(b"a\n\xc3,\xa4\n"),
            Err((2, DataFault::NotUtf8)),
            "halves of a character"
        );
    }

    fn written(field: &Option<String>) -> String {
        match field {
            None => String::new(),
            Some(text) if !text.is_empty() && !text.contains(['"', ',', '\r', '\n']) => text.clone(),
            Some(text) => format!("\"{}\"", text.replace('"', "\"\"")),
        }
    }

    proptest! {
        #[test]
        fn what_is_written_with_quotes_or_without_is_read_back(
            records in prop::collection::vec(prop::collection::vec(prop::option::of("[a\",\r\nü ]{0,6}"), 1..4), 0..5),
            end in prop::sample::select(vec!["\n", "\r\n"]),
            buffer in 1_usize..9,
        ) {
            let line = |record: &Vec<Option<String>>| {
                let fields: Vec<String> = record.iter().map(written).collect();
                fields.join(",") + end
            };
            let text: String = records.iter().map(line).collect();
            let input = std::io::BufReader::with_capacity(buffer, text.as_bytes());
            let mut reader = CsvReader::new(input);
            for record in &records {
                prop_assert!(reader.read().unwrap());
                let fields = reader.fields().unwrap();
                let texts: Vec<Option<String>> =
                    fields.into_iter().map(|field| field.text().map(|text| text.into_owned())).collect();
                prop_assert_eq!(&texts, record);
            }
            prop_assert!(!reader.read().unwrap());
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(prop::sample::select(b"a\",\r\n\xff".to_vec()), 0..40)) {
            let _ = read(&bytes);
        }
    }
}
