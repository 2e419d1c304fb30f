//! What a row can be read as.

use super::Fields;
use super::FromValue;
use super::RowError;

/// What a row can be read as: by the names of its columns a struct that derives this or
/// [`Table`](derive@crate::models::Table), by their positions a tuple of up to eight values.
///
/// ```
/// use limbeck_core::driver::Row;
/// use limbeck_core::driver::Rows;
/// use limbeck_core::row::FromRow;
///
/// #[derive(Debug, PartialEq, FromRow)]
/// struct Person {
///     name: String,
///     age: Option<u8>,
/// }
///
/// let rows = Rows::new(
///     vec!["age".to_owned(), "name".to_owned()],
///     vec![Row(vec![40.into(), "Ann".into()])],
/// );
/// let ann = Person { name: "Ann".to_owned(), age: Some(40) };
/// assert_eq!(rows.read::<Person>()?, [ann]);
/// assert_eq!(rows.read::<(i64, String)>()?, [(40, "Ann".to_owned())]);
/// # Ok::<(), limbeck_core::row::RowError>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "a row cannot be read as `{Self}`",
    note = "derive `limbeck_core::models::Table` or `limbeck_core::row::FromRow` for a struct; a tuple of values can be \
            read too: `(i64,)` is a row of one column",
    note = "a struct that derives `Table` can be read when all its fields can: see `limbeck_core::row::FromValue`"
)]
pub trait FromRow: Sized {
    /// Reads a row.
    ///
    /// # Errors
    /// A column is missing, or has a value that does not fit.
    fn from_row(fields: &Fields<'_>) -> Result<Self, RowError>;
}

macro_rules! tuples {
    ($($count:literal: $($name:ident $index:literal)*;)*) => {
        $(impl<$($name: FromValue),*> FromRow for ($($name,)*) {
            fn from_row(fields: &Fields<'_>) -> Result<Self, RowError> {
                fields.width($count)?;
                Ok(($(fields.at::<$name>($index)?,)*))
            }
        })*
    };
}

tuples! {
    1: A 0;
    2: A 0 B 1;
    3: A 0 B 1 C 2;
    4: A 0 B 1 C 2 D 3;
    5: A 0 B 1 C 2 D 3 E 4;
    6: A 0 B 1 C 2 D 3 E 4 F 5;
    7: A 0 B 1 C 2 D 3 E 4 F 5 G 6;
    8: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7;
}
