//! How the rows of a file are written.

/// How the rows of a file are written; the ending of its name tells.
///
/// ```
/// use limbeck_core::data_file::DataFormat;
///
/// assert_eq!(DataFormat::of("seed/accounts.csv"), Some(DataFormat::Csv));
/// assert_eq!(DataFormat::of("accounts.JSONL"), Some(DataFormat::JsonLines));
/// assert_eq!(DataFormat::of("accounts.xlsx"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DataFormat {
    /// `.csv`: RFC 4180, with a first line that names the columns.
    Csv,
    /// `.jsonl` and `.ndjson`: a JSON object a line, whose keys name the columns.
    JsonLines,
}

impl DataFormat {
    /// The format of a file of this name.
    pub fn of(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            _ => None,
        }
    }
}
