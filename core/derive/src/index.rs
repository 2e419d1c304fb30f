//! Indexes.

use proc_macro2::Ident;
use proc_macro2::TokenStream;
use quote::quote;
use syn::LitStr;
use syn::Token;
use syn::ext::IdentExt;
use syn::parse::ParseStream;

use crate::column::Columns;
use crate::constraint::LISTED;
use crate::constraint::listed;
use crate::constraint::parentheses;
use crate::list::Item;
use crate::list::each;
use crate::list::each_word;
use crate::list::once;
use crate::list::text;
use crate::list::unknown;

/// An index whose columns are fields, which are not known yet.
pub(crate) struct Index {
    name: Option<LitStr>,
    unique: bool,
    filter: Option<LitStr>,
    keys: Vec<Key>,
}

struct Key {
    part: KeyPart,
    descending: bool,
}

enum KeyPart {
    Field(Ident),
    Expression(LitStr),
}

impl Index {
    /// `index([…], …)` of the whole table.
    pub(crate) fn read(word: &Ident, input: ParseStream<'_>) -> syn::Result<Self> {
        let mut index = Self {
            name: None,
            unique: false,
            filter: None,
            keys: Vec::new(),
        };
        let content = parentheses(word, input, LISTED)?;
        each(&listed(word, &content)?, |item, input| {
            let part = match item {
                Item::Text(expression) => KeyPart::Expression(expression),
                Item::Word(field) => KeyPart::Field(field),
            };
            let descending = order(input)?;
            index.keys.push(Key { part, descending });
            Ok(())
        })?;
        each_word(&content, |word, input| index.read_word(&word, input))?;
        Ok(index)
    }

    fn read_word(&mut self, word: &Ident, input: ParseStream<'_>) -> syn::Result<()> {
        match word.to_string().as_str() {
            "name" => once(&mut self.name, word, text(word, input)?),
            "filter" => once(&mut self.filter, word, text(word, input)?),
            "unique" => {
                self.unique = true;
                Ok(())
            }
            _ => Err(unknown(word, &["name", "unique", "filter"])),
        }
    }

    /// The statement that adds it.
    pub(crate) fn statement(&self, columns: &Columns) -> syn::Result<TokenStream> {
        let keys = self.keys.iter().map(|key| {
            let part = match &key.part {
                KeyPart::Field(field) => {
                    let column = columns.name(field)?;
                    quote!(::limbeck_core::operation::Key::column(#column))
                }
                KeyPart::Expression(text) => quote!(::limbeck_core::operation::Key::expression(#text)),
            };
            let descending = key.descending.then(|| quote!(.descending()));
            Ok(quote!(#part #descending))
        });
        let keys = keys.collect::<syn::Result<Vec<_>>>()?;
        let unique = self.unique.then(|| quote!(.unique()));
        let (filter, name) = (self.filter.iter(), self.name.iter());
        Ok(quote!(table.index([#(#keys),*])#unique #(.filter(#filter))* #(.named(#name))*;))
    }
}

/// `asc` or `desc` behind a key; whether it is the latter.
fn order(input: ParseStream<'_>) -> syn::Result<bool> {
    if input.is_empty() || input.peek(Token![,]) {
        return Ok(false);
    }
    let word = input.call(Ident::parse_any)?;
    match word.to_string().as_str() {
        "asc" => Ok(false),
        "desc" => Ok(true),
        _ => Err(unknown(&word, &["asc", "desc"])),
    }
}
